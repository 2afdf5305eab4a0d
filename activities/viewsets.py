"""The API of the timeline: of a deal, oldest first; of the organization, newest first."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from rest_framework import mixins

from activities.filters import ActivityFilter
from activities.models import Activity
from activities.serializers import ActivitySerializer
from deals.models import Deal
from organizations.tenancy.viewsets import TenantListViewSet, TenantReadViewSet, id_in_path


class ActivityViewSet(TenantReadViewSet):
    model = Activity
    serializer_class = ActivitySerializer
    filterset_class = ActivityFilter

    def narrow(self, activities):
        return activities.select_related("author")


class DealActivityViewSet(mixins.CreateModelMixin, TenantListViewSet):
    model = Activity
    serializer_class = ActivitySerializer
    default_ordering = "created_at"

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        deals = Deal.objects.for_membership(request.membership)
        self.deal = get_object_or_404(deals, pk=id_in_path(kwargs["deal_id"]))

    def narrow(self, activities):
        return activities.select_related("author").filter(deal=self.deal)

    def perform_create(self, serializer):
        serializer.save(deal=self.deal)

    def get_success_headers(self, data):
        return {"Location": self.request.build_absolute_uri(reverse("activity-detail", args=[data["id"]]))}
