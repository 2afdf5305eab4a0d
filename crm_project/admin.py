"""What other packages offer to operators, and we do not, or otherwise."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin

from organizations.admin import EndableAdmin

admin.site.unregister(EmailAddress)  # a user has one address, in the user's own row
admin.site.unregister(Authenticator)


@admin.register(Authenticator)
class AuthenticatorAdmin(EndableAdmin):
    """To be deleted for who has lost their phone, once the operator knows that it is them."""

    list_display = ["user", "type", "created_at", "last_used_at"]
    list_filter = ["type"]
    list_select_related = ["user"]
    search_fields = ["user__name", "user__email"]
    ordering = ["-created_at"]
    exclude = ["data"]
