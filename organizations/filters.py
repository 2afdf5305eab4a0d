"""What the audit is narrowed by."""

import django_filters

from organizations.audit import AuditEntry, Type
from organizations.tenancy.filters import IdFilter, InstantFilter, authors_of


class AuditFilter(django_filters.FilterSet):
    type = django_filters.ChoiceFilter(choices=Type.choices)
    author_id = IdFilter(field_name="author", queryset=authors_of(AuditEntry))
    created_after = InstantFilter(field_name="created_at", lookup_expr="gte")
    created_before = InstantFilter(field_name="created_at", lookup_expr="lte")

    class Meta:
        model = AuditEntry
        fields: list[str] = []
