"""The views of the baseline, written as one writes them with DRF alone."""

import django_filters
from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from activities.models import Activity
from benchmarks.baseline.serializers import ActivitySerializer, DealSerializer
from deals.models import Deal, StageChange, Status
from deals.pipelines import Stage
from organizations.models import Membership
from organizations.tenancy.fields import fold


class DealFilter(django_filters.FilterSet):
    status = django_filters.MultipleChoiceFilter(choices=Status.choices, distinct=False)
    stage = django_filters.CharFilter(field_name="stage__slug")
    min_amount = django_filters.NumberFilter(field_name="amount", lookup_expr="gte")
    max_amount = django_filters.NumberFilter(field_name="amount", lookup_expr="lte")

    class Meta:
        model = Deal
        fields = []


class DealViewSet(viewsets.ModelViewSet):
    serializer_class = DealSerializer
    filterset_class = DealFilter
    ordering_fields = ["created_at", "amount", "id"]
    ordering = ["-created_at", "-id"]
    search_fields = [
        "title",
        *(f"contact__{name}" for name in ("name", "email", "phone")),
        *(f"company__{name}" for name in ("name", "domain", "phone")),
    ]

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        places = Membership.objects.select_related("organization").filter(user=request.user)
        self.membership = places.filter(organization=request.headers.get("X-Organization-Id")).first()
        if self.membership is None:
            raise PermissionDenied

    def get_queryset(self):
        deals = Deal.objects.filter(organization=self.membership.organization_id)
        return deals.select_related("contact", "company", "owner", "stage")

    @transaction.atomic
    def perform_create(self, serializer):
        now, values = timezone.now(), serializer.validated_data
        stage = (
            values.get("stage")
            or Stage.objects.filter(organization=self.membership.organization_id, pipeline__is_default=True)
            .select_related("pipeline")
            .first()
        )
        deal = serializer.save(
            organization=self.membership.organization,
            owner=self.request.user,
            company_id=values["contact"].company_id,
            stage=stage,
            currency=values.get("currency") or self.membership.organization.base_currency,
            stage_entered_at=now,
            search_text=fold(values["title"]),
            version=1,
        )
        self.tell(deal, "deal_created", {"title": deal.title})
        self.keep_move(deal, None, now)

    @transaction.atomic
    def update(self, request, *args, **kwargs):
        stored = self.get_queryset().select_for_update(of=("self",)).get(pk=kwargs["pk"])
        stage, status = stored.stage, stored.status
        serializer = self.get_serializer(stored, data=request.data, partial=kwargs.get("partial", False))
        serializer.is_valid(raise_exception=True)
        changes = {"version": stored.version + 1, "updated_at": timezone.now()}
        if serializer.validated_data.get("stage", stage) != stage:
            changes["stage_entered_at"] = timezone.now()
        deal = serializer.save(**changes)
        if deal.stage != stage:
            self.tell(deal, "stage_changed", {"from": stage.slug, "to": deal.stage.slug})
            self.keep_move(deal, stage, deal.stage_entered_at)
        if deal.status != status:
            self.tell(deal, "status_changed", {"from": status, "to": deal.status})
        return Response(serializer.data)

    def tell(self, deal, kind, payload):
        Activity.objects.create(
            organization=self.membership.organization, deal=deal, author=self.request.user, type=kind, payload=payload
        )

    def keep_move(self, deal, before, at):
        StageChange.objects.create(
            organization=self.membership.organization,
            deal=deal,
            from_stage=before,
            to_stage=deal.stage,
            at=at,
            by=self.request.user,
        )

    @action(detail=True, methods=["post"])
    def activities(self, request, pk):
        serializer = ActivitySerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        serializer.save(organization=self.membership.organization, deal=self.get_object(), author=request.user)
        return Response(serializer.data, status=201)

    @action(detail=False)
    def summary(self, request):
        rows = self.get_queryset().order_by().values("status", "currency")
        return Response(rows.annotate(count=Count("id"), amount=Sum("amount")))

    @action(detail=False)
    def funnel(self, request):
        stages = Stage.objects.filter(organization=self.membership.organization_id, pipeline__is_default=True)
        deals = stages.annotate(total=Count("deals"), amount=Sum("deals__amount"))
        figures = list(deals.values("slug", "name", "position", "total", "amount"))
        moves = StageChange.objects.filter(organization=self.membership.organization_id)
        for figure in figures:
            reached = moves.filter(Q(to_stage__position__gte=figure["position"]))
            figure["reached"] = reached.aggregate(count=Count("deal", distinct=True))["count"]
        return Response(figures)
