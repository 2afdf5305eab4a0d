"""The figures of the reports: pure queries, no cache. Money is added up per currency, then converted."""

from analytics.figures.closed import won_by_month
from analytics.figures.funnel import funnel
from analytics.figures.report import report
from analytics.figures.scope import Scope
from analytics.figures.standing import by_owner
from analytics.figures.summary import last_change, summary

__all__ = ["Scope", "by_owner", "funnel", "last_change", "report", "summary", "won_by_month"]
