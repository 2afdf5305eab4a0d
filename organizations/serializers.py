"""Users, organizations, members, invitations and rates as the API shows and takes them."""

from typing import Any

from django.contrib.auth.password_validation import validate_password
from rest_framework import serializers

from organizations import accounts, actions
from organizations.audit import AuditEntry
from organizations.models import ExchangeRate, Invitation, Membership, Organization, User
from organizations.roles import Role
from organizations.tenancy.serializers import (
    IdField,
    NeighborText,
    StrictSerializer,
    TenantSerializer,
    TidyEmailField,
    TidyField,
)

PASSWORD: dict[str, Any] = {"max_length": 200, "trim_whitespace": False, "style": {"input_type": "password"}}
NEW_PASSWORD: dict[str, Any] = {**PASSWORD, "validators": [validate_password]}


class UserSerializer(StrictSerializer, serializers.ModelSerializer):
    id = IdField(read_only=True)
    name = TidyField(max_length=200)

    class Meta:
        model = User
        fields = ["id", "email", "name", "locale", "time_zone", "keyboard_shortcuts", "created_at"]
        read_only_fields = ["email"]

    def update(self, user: User, values: dict[str, Any]) -> User:
        return accounts.update_user(user, **values)


class OrganizationSerializer(TenantSerializer):
    class Meta:
        model = Organization
        fields = ["id", "name", "slug", "base_currency", "time_zone", "created_at", "version"]


class NewOrganizationSerializer(OrganizationSerializer):
    """Another organization of the caller's; its short name is made from its name unless it is given."""

    class Meta(OrganizationSerializer.Meta):
        extra_kwargs = {"slug": {"required": False}}

    def create(self, values: dict[str, Any]) -> Organization:
        return actions.open_organization(self.context["request"].user, **values).organization


class OwnOrganizationSerializer(serializers.ModelSerializer):
    """One of the caller's organizations, with the role they have there."""

    id = IdField(source="organization.id")
    name = serializers.CharField(source="organization.name")
    slug = serializers.CharField(source="organization.slug")
    created_at = serializers.DateTimeField(source="organization.created_at")

    class Meta:
        model = Membership
        fields = ["id", "name", "slug", "role", "created_at"]


class ConfirmSerializer(StrictSerializer):
    confirm = serializers.CharField(max_length=60, help_text="The organization's slug: everything in it is lost.")


class RegisterSerializer(StrictSerializer):
    email = TidyEmailField(max_length=254)
    password = serializers.CharField(**NEW_PASSWORD)
    name = TidyField(max_length=200)
    organization_name = TidyField(max_length=200)


class LoginSerializer(StrictSerializer):
    email = TidyField(max_length=254)
    password = serializers.CharField(**PASSWORD)
    code = serializers.CharField(
        max_length=20, required=False, help_text="Of the second factor, where it is on: from the app, or for recovery."
    )


class RefreshSerializer(StrictSerializer):
    refresh_token = serializers.CharField(max_length=2000)


class PasswordSerializer(StrictSerializer):
    current_password = serializers.CharField(**PASSWORD)
    new_password = serializers.CharField(**NEW_PASSWORD)


class TokensSerializer(serializers.Serializer):
    """What a login gives out."""

    access_token = serializers.CharField()
    refresh_token = serializers.CharField()
    token_type = serializers.ChoiceField(choices=["bearer"])
    expires_in = serializers.IntegerField(help_text="Seconds that the access token lives.")


class LoggedInSerializer(TokensSerializer):
    user = UserSerializer()


class RegisteredSerializer(LoggedInSerializer):
    organization = OrganizationSerializer()


class MemberSerializer(TenantSerializer):
    name = serializers.CharField(source="user.name", read_only=True)
    email = serializers.EmailField(source="user.email", read_only=True)

    class Meta:
        model = Membership
        fields = ["id", "user_id", "name", "email", "role", "created_at", "version"]
        read_only_fields = ["user_id"]


class InvitationSerializer(TenantSerializer):
    class Meta:
        model = Invitation
        fields = ["id", "email", "role", "expires_at", "created_at", "version"]

    def create(self, values: dict[str, Any]) -> Any:
        by = self.context["request"].membership
        invitation: Any
        invitation, token = actions.invite(email=values["email"], role=values.get("role", Role.MEMBER), by=by)
        invitation.token, invitation.accept_url = token, actions.accept_url(token)
        return invitation


class NewInvitationSerializer(InvitationSerializer):
    """With what is shown only once."""

    token = serializers.CharField(read_only=True)
    accept_url = serializers.URLField(read_only=True)

    class Meta(InvitationSerializer.Meta):
        fields = [*InvitationSerializer.Meta.fields, "token", "accept_url"]


class AcceptSerializer(StrictSerializer):
    """Signed in, the token is enough; a new user adds a name and a password."""

    token = serializers.CharField(max_length=200)
    name = TidyField(max_length=200, required=False)
    password = serializers.CharField(required=False, **NEW_PASSWORD)


class AcceptedSerializer(serializers.Serializer):
    user = UserSerializer()
    organization = OrganizationSerializer()
    membership = MemberSerializer()


class ExchangeRateSerializer(TenantSerializer):
    class Meta:
        model = ExchangeRate
        fields = ["id", "currency", "rate", "valid_from", "created_at", "updated_at", "version"]
        extra_kwargs = {"valid_from": {"required": False}}


class AuditEntrySerializer(TenantSerializer):
    author_name = NeighborText("author.name")
    payload = serializers.DictField()

    class Meta:
        model = AuditEntry
        fields = ["id", "type", "author_id", "author_name", "about", "payload", "address", "browser", "created_at"]
        read_only_fields = ["author_id"]
