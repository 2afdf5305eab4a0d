"""The figures of the reports: pure queries, no cache. Money is added up per currency, then converted."""

from analytics.figures.funnel import funnel
from analytics.figures.summary import last_change, summary

__all__ = ["funnel", "last_change", "summary"]
