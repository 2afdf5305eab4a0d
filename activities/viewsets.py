"""The API of the timeline: of a deal, oldest first; of the organization, newest first."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from rest_framework.response import Response

from activities.filters import ActivityFilter
from activities.models import Activity
from activities.serializers import ActivitySerializer
from deals.models import Deal
from organizations.tenancy.conditions import Condition
from organizations.tenancy.viewsets import TenantListViewSet, TenantReadViewSet, id_in_path


class ActivityViewSet(TenantReadViewSet):
    model = Activity
    serializer_class = ActivitySerializer
    filterset_class = ActivityFilter

    def narrow(self, activities):
        return activities.select_related("author")


class DealActivityViewSet(TenantListViewSet):
    model = Activity
    serializer_class = ActivitySerializer
    default_ordering = "created_at"

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        deals = Deal.objects.for_membership(request.membership)
        self.deal = get_object_or_404(deals, pk=id_in_path(kwargs["deal_id"]))

    def narrow(self, activities):
        return activities.select_related("author")

    def within(self):
        return (Condition("deal", "exact", (self.deal.pk,)),)

    def create(self, request, *args, **kwargs):
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        comment = self.columns().shown_of(serializer.save(deal=self.deal))
        address = request.build_absolute_uri(reverse("activity-detail", args=[comment["id"]]))
        return Response(comment, 201, headers={"Location": address})
