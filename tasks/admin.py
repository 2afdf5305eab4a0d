"""Tasks for operators."""

from django.contrib import admin

from organizations.tenancy.admin import TenantAdmin
from tasks.models import Task


@admin.register(Task)
class TaskAdmin(TenantAdmin):
    fields = ["organization", "deal", "title", "description", "assignee", "due_date", "is_done"]
    stamps = ("done_at", *TenantAdmin.stamps)
    autocomplete_fields = ["organization", "deal", "assignee"]
    list_display = ["title", "organization", "deal", "assignee", "due_date", "is_done"]
    list_filter = ["is_done", "organization"]
    list_select_related = ["organization", "deal", "assignee"]
    search_fields = ["title", "deal__title"]
    date_hierarchy = "due_date"
