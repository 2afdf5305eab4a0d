"""The figures of the reports: pure queries, no cache. Money is added up per currency, then converted."""

from analytics.figures.funnel import funnel
from analytics.figures.report import report
from analytics.figures.scope import Scope
from analytics.figures.summary import last_change, summary

__all__ = ["Scope", "funnel", "last_change", "report", "summary"]
