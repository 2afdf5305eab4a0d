"""What a browser hands over for a passkey: judged by django-allauth, refused in words of ours."""

from __future__ import annotations

import struct
from typing import Any

from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from fido2.utils import websafe_encode
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from organizations.second_factor import TOO_MANY
from organizations.tenancy.fields import tidy

UNREADABLE = (
    AttributeError,
    KeyError,
    IndexError,
    TypeError,
    ValueError,
    struct.error,
)  # what fido2 raises for nonsense
REFUSED = _("Your browser handed over no passkey that is good here. Try again; it takes JavaScript.")


class CredentialField(forms.JSONField):
    """The JSON that a script of the page sends, in the shape of its kind."""

    widget = forms.HiddenInput

    def __init__(self, shape: Any) -> None:
        super().__init__()
        self.shape = shape

    def clean(self, value: Any) -> Any:
        credential = super().clean(value)
        try:
            self.shape.from_dict(credential)
        except UNREADABLE as error:
            raise ValidationError(REFUSED, "no_passkey") from error
        return credential


class FromABrowser:
    """Whatever is wrong with a passkey, its owner can only try again."""

    cleaned_data: dict[str, Any]

    def add_error(self, field: str | None, error: Any) -> Any:
        if field == "name":
            return super().add_error(field, error)  # type: ignore[misc]
        self.cleaned_data.pop("credential", None)
        told = error if error.code == TOO_MANY else ValidationError(REFUSED, "no_passkey")
        return super().add_error(None, told)  # type: ignore[misc]


class PasskeyNameForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=100, help_text=_("It tells your passkeys apart, like “Phone” or “Blue key”.")
    )

    def clean_name(self) -> str:
        return tidy(self.cleaned_data["name"])


class PasskeyForm(FromABrowser, PasskeyNameForm, AddWebAuthnForm):
    """Every passkey of ours signs in alone, too: its device asks for a finger, a face or a PIN."""

    credential = CredentialField(RegistrationResponse)
    passwordless = None

    def clean_credential(self) -> dict[str, Any]:
        """Only what is needed of it is kept: the rest may be anything."""
        sent = RegistrationResponse.from_dict(self.cleaned_data["credential"])
        if not sent.response.attestation_object.auth_data.credential_data:
            raise ValidationError(REFUSED, "no_passkey")
        parts = {
            "clientDataJSON": websafe_encode(sent.response.client_data),
            "attestationObject": websafe_encode(sent.response.attestation_object),
        }
        return {"id": sent.id, "rawId": sent.id, "type": "public-key", "response": parts}


class SecondFactorForm(FromABrowser, AuthenticateWebAuthnForm):
    credential = CredentialField(AuthenticationResponse)


class SignInForm(FromABrowser, LoginWebAuthnForm):
    credential = CredentialField(AuthenticationResponse)


class AskForm(FromABrowser, ReauthenticateWebAuthnForm):
    credential = CredentialField(AuthenticationResponse)
