"""Days in near words."""

from django import template

from tasks import days

register = template.Library()
register.filter(days.near)
register.filter(days.due)
register.filter(days.whole)
register.filter(days.past)
