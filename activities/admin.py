"""The timeline for operators, who read it as everybody does."""

from django.contrib import admin

from activities.models import Activity
from organizations.tenancy.admin import HistoryAdmin


@admin.register(Activity)
class ActivityAdmin(HistoryAdmin):
    fields = ["organization", "deal", "type", "author", "payload", "created_at"]
    stamps = ()
    list_display = ["type", "deal", "author", "created_at", "organization"]
    list_filter = ["type", "organization"]
    list_select_related = ["organization", "deal", "author"]
    ordering = ["-created_at", "-id"]
    search_fields = ["deal__title", "author__name"]
    date_hierarchy = "created_at"
