"""How forms are drawn: by Django's templates, but a select at once, for some have two hundred options."""

from __future__ import annotations

from typing import Any

from django.forms import Select
from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

OPTION = '<option value="{}"{}>{}</option>'
GROUP = '<optgroup label="{}">{}</optgroup>'
SELECT = '<select name="{}"{}>{}</select>'


class FormRenderer(DjangoTemplates):
    """Django draws a template for each option, and one more for its attributes."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> Any:
        if template_name == Select.template_name:
            return select(context["widget"])
        return super().render(template_name, context, request)


def select(widget: dict[str, Any]) -> SafeString:
    """The select that is described so, as Django's template draws it."""
    groups = format_html_join("\n", "{}", ((_group(name, options),) for name, options, _ in widget["optgroups"]))
    return format_html(SELECT, widget["name"], flatatt(widget["attrs"]), groups)


def _group(name: str | None, options: list[dict[str, Any]]) -> SafeString:
    shown = ((str(one["value"]), flatatt(one["attrs"]), one["label"]) for one in options)
    drawn = format_html_join("\n", OPTION, shown)
    return format_html(GROUP, name, drawn) if name else drawn
