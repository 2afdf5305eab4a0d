"""What other packages offer to operators, and we do not."""

from allauth.account.models import EmailAddress
from django.contrib import admin

admin.site.unregister(EmailAddress)  # a user has one address, in the user's own row
