"""A task in a list."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from organizations.tenancy.drawing import drawn, place
from tasks.models import Task
from tasks.rows import row_of

register = template.Library()
# What is another one for each reader or address stands so in a row that is drawn for all; no text holds the letter.
BACK, WAY_BACK, TOKEN = "\0back\0", "\0way\0", "\0token\0"
MARK = re.compile("|".join((BACK, WAY_BACK, TOKEN)))


@register.simple_tag(takes_context=True)
def task_row(context: Any, task: Task, of_deal: Any = None, form: Any = None) -> str:
    """This task and what may be done to it there, with what was refused; its deal may be said already (`of_deal`)."""
    by, back = context["by"], context["back"]
    text = drawn(
        "tasks/_row.html",
        task=row_of(task),
        here=place(context["here"]),
        today=context["today"],
        sleeps=tuple(context["sleeps"]),
        is_mine=task.assignee_id == by.user_id,
        may_assign=context["may_assign"],
        reason=task.reason_against(by),
        of_deal=bool(of_deal),
        refusals=tuple(" ".join(map(str, errors)) for errors in form.errors.values()) if form else (),
        back=BACK,
        way_back=WAY_BACK,
        csrf_token=TOKEN,
    )
    own = {BACK: conditional_escape(back), WAY_BACK: quote(back, safe=""), TOKEN: str(context["csrf_token"])}
    return mark_safe(MARK.sub(lambda mark: own[mark[0]], text))  # at once, for an address may hold what looks like one
