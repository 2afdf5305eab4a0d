"""The people and the companies that a team sells to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy

from organizations.tenancy.constraints import TenantForeignKey, Unique
from organizations.tenancy.fields import Email, LongText, TextLine, fold
from organizations.tenancy.keyset import indexes_for
from organizations.tenancy.models import OwnedModel, TenantQuerySet

if TYPE_CHECKING:
    from organizations.models import Membership


def external_id_unique(name: str) -> Unique:
    return Unique(
        fields=["organization", "external_id"],
        name=name,
        violation_error_message=gettext_lazy("Another record has this external id."),
        violation_error_code="external_id_taken",
    )


class CompanyQuerySet(TenantQuerySet):
    def search(self, words: str) -> Self:
        """Companies with these words in their name, domain or phone, letter case apart."""
        return self.filter(search_text__contains=fold(words.strip()))


class Company(OwnedModel):
    external_id = TextLine(max_length=200, null=True, blank=True)
    name = TextLine(max_length=200)
    domain = TextLine(max_length=253, blank=True)
    phone = TextLine(max_length=50, blank=True)
    address = LongText(max_length=1000, blank=True)
    search_text = models.TextField(editable=False, default="")

    objects: ClassVar = CompanyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "companies"
        ordering = ["name", "id"]
        indexes = indexes_for("company", "name", "created_at", "updated_at")
        constraints = [
            models.UniqueConstraint(fields=["organization", "id"], name="company_pair"),
            external_id_unique("company_external_id_unique"),
            TenantForeignKey(field="owner", name="company_owner", to="organizations.Membership", to_field="user"),
        ]

    def __str__(self) -> str:
        return self.name

    def prepare(self, stored: Self | None, by: Membership | None) -> None:
        super().prepare(stored, by)
        self.search_text = fold("\n".join([self.name or "", self.domain or "", self.phone or ""]))


class ContactQuerySet(TenantQuerySet):
    def search(self, words: str) -> Self:
        """Contacts with these words in their name, e-mail, phone or company, letter case apart."""
        needle = fold(words.strip())
        return self.filter(models.Q(search_text__contains=needle) | models.Q(company__search_text__contains=needle))


class Contact(OwnedModel):
    external_id = TextLine(max_length=200, null=True, blank=True)
    name = TextLine(max_length=200)
    email = Email("e-mail", blank=True)
    phone = TextLine(max_length=50, blank=True)
    job_title = TextLine(max_length=200, blank=True)
    company = models.ForeignKey(Company, on_delete=models.SET_NULL, null=True, blank=True, related_name="contacts")
    search_text = models.TextField(editable=False, default="")

    objects: ClassVar = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        indexes = indexes_for("contact", "name", "created_at", "updated_at")
        constraints = [
            models.UniqueConstraint(fields=["organization", "id"], name="contact_pair"),
            external_id_unique("contact_external_id_unique"),
            TenantForeignKey(field="company", name="contact_company"),
            TenantForeignKey(field="owner", name="contact_owner", to="organizations.Membership", to_field="user"),
        ]

    def __str__(self) -> str:
        return self.name

    def prepare(self, stored: Self | None, by: Membership | None) -> None:
        super().prepare(stored, by)
        self.search_text = fold("\n".join([self.name or "", self.email or "", self.phone or ""]))
