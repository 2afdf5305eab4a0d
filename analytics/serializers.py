"""The reports as the schema describes them."""

from rest_framework import serializers

from deals.models import Status
from organizations.tenancy.serializers import IdField


class Counts(serializers.Serializer):
    """A number for each status."""

    def get_fields(self):
        return {status: serializers.IntegerField() for status in Status.values}


class Amounts(serializers.Serializer):
    """An amount for each status."""

    def get_fields(self):
        return {status: money() for status in Status.values}


def money(**options):
    return serializers.DecimalField(max_digits=None, decimal_places=2, **options)


class OverviewSerializer(serializers.Serializer):
    count_by_status = Counts()
    amount_by_status = Amounts()
    average_won_amount = money(allow_null=True)
    new_deals_last_n_days = serializers.IntegerField()
    total_deals = serializers.IntegerField()


class SummarySerializer(OverviewSerializer):
    """The plain figures are in `currency`, converted at the organization's rates of today."""

    days = serializers.IntegerField()
    currency = serializers.CharField()
    by_currency = serializers.DictField(child=OverviewSerializer())
    unconverted = serializers.ListField(
        child=serializers.CharField(), help_text="Currencies without a rate: their amounts are in `by_currency` only."
    )


class FunnelStageSerializer(serializers.Serializer):
    stage = serializers.CharField()
    name = serializers.CharField()
    total = serializers.IntegerField(help_text="Deals in this stage now.")
    by_status = Counts()
    amount = money()
    reached = serializers.IntegerField(help_text="Deals that ever stood in this stage or a later one.")
    conversion_from_previous = serializers.FloatField(allow_null=True, help_text="Percent, of `total`.")
    conversion_reached = serializers.FloatField(allow_null=True, help_text="Percent, of `reached`.")


class FunnelSerializer(serializers.Serializer):
    pipeline_id = IdField()
    currency = serializers.CharField()
    stages = FunnelStageSerializer(many=True)
    unconverted = serializers.ListField(child=serializers.CharField())
