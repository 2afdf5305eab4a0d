"""Contacts and companies as the API shows and takes them."""

from rest_framework import serializers

from contacts.models import Company, Contact
from organizations.tenancy.serializers import NeighborText, TenantSerializer


class CompanySerializer(TenantSerializer):
    owner_name = serializers.CharField(source="owner.name", read_only=True)

    class Meta:
        model = Company
        fields = [
            "id",
            "external_id",
            "name",
            "domain",
            "phone",
            "address",
            "owner_id",
            "owner_name",
            "created_at",
            "updated_at",
            "version",
        ]
        extra_kwargs = {"owner_id": {"required": False}}


class ContactSerializer(TenantSerializer):
    company_name = NeighborText("company.name")
    owner_name = serializers.CharField(source="owner.name", read_only=True)

    class Meta:
        model = Contact
        fields = [
            "id",
            "external_id",
            "name",
            "email",
            "phone",
            "job_title",
            "company_id",
            "company_name",
            "owner_id",
            "owner_name",
            "created_at",
            "updated_at",
            "version",
        ]
        extra_kwargs = {"owner_id": {"required": False}}
