"""The time zones that a field with `list="time-zones"` offers."""

from django import template
from django.utils.html import format_html, format_html_join

from organizations.time_zones import TIME_ZONES

register = template.Library()


@register.simple_tag
def time_zones_list() -> str:
    options = format_html_join("", '<option value="{}"></option>', ([name] for name in sorted(TIME_ZONES)))
    return format_html('<datalist id="time-zones">{}</datalist>', options)
