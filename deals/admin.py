"""Pipelines, stages, deals and their moves for operators."""

from django.contrib import admin

from deals.models import Deal, StageChange
from deals.pipelines import Pipeline, Stage
from organizations.tenancy.admin import HistoryAdmin, SearchedAdmin, TenantAdmin


@admin.register(Pipeline)
class PipelineAdmin(TenantAdmin):
    fields = ["organization", "name", "is_default"]
    autocomplete_fields = ["organization"]
    list_display = ["name", "organization", "is_default"]
    list_filter = ["is_default", "organization"]
    list_select_related = ["organization"]
    search_fields = ["name", "organization__name"]


@admin.register(Stage)
class StageAdmin(TenantAdmin):
    fields = ["organization", "pipeline", "name", "slug", "position", "probability", "expected_days"]
    optional = ("position",)
    autocomplete_fields = ["organization", "pipeline"]
    list_display = ["name", "pipeline", "position", "probability", "expected_days", "organization"]
    list_filter = ["organization"]
    list_select_related = ["organization", "pipeline"]
    ordering = ["organization", "pipeline", "position"]
    search_fields = ["name", "slug", "pipeline__name"]


@admin.register(Deal)
class DealAdmin(SearchedAdmin):
    fields = [
        "organization",
        "title",
        "contact",
        "company",
        "owner",
        "stage",
        "status",
        "amount",
        "currency",
        "expected_close_date",
        "lost_reason",
        "external_id",
    ]
    optional = ("stage", "currency")
    stamps = ("stage_entered_at", "closed_at", *SearchedAdmin.stamps)
    autocomplete_fields = ["organization", "contact", "company", "owner", "stage"]
    list_display = ["title", "organization", "contact", "stage", "status", "amount", "currency", "owner", "created_at"]
    list_filter = ["status", "organization"]
    list_select_related = ["organization", "contact", "stage", "owner"]
    date_hierarchy = "created_at"


@admin.register(StageChange)
class StageChangeAdmin(HistoryAdmin):
    fields = ["organization", "deal", "from_stage", "to_stage", "at", "by", "seconds_before"]
    stamps = ()
    list_display = ["deal", "from_stage", "to_stage", "at", "by", "organization"]
    list_filter = ["organization"]
    list_select_related = ["organization", "deal", "from_stage", "to_stage", "by"]
    ordering = ["-at", "-id"]
    search_fields = ["deal__title"]
    date_hierarchy = "at"
