"""The glyph of a stage: a ring that fills on the way, a disc at its end."""

from django import template
from django.utils.html import format_html

from deals.pipelines import Stage

register = template.Library()

TONES = 5
HEAD = '<svg class="stage-glyph" viewBox="0 0 16 16" aria-hidden="true" data-stage="{}">'
RING = (
    '<circle cx="8" cy="8" r="6.25"/><circle class="pie" cx="8" cy="8" r="2.25" pathLength="100"'
    ' stroke-dasharray="{} 100" transform="rotate(-90 8 8)"/></svg>'
)
DISC = '<circle class="disc" cx="8" cy="8" r="6.25"/><path class="mark" d="{}"/></svg>'
MARKS = {"won": "m5.4 8.2 1.9 1.9 3.4-3.8", "lost": "m6 6 4 4m0-4-4 4"}


@register.simple_tag
def stage_glyph(stage: Stage) -> str:
    """The ring of a stage that came from `counted()`; it is full after the last one."""
    return format_html(HEAD + RING, tone(stage), 100 * stage.position // (stage.places + 1))


@register.filter
def tone(stage: Stage) -> int:
    """Which of the five colors of stages is this one's: more stages share them in order."""
    return -(-TONES * stage.position // max(stage.places, TONES))


@register.simple_tag
def outcome_glyph(status: str) -> str:
    """The disc of a deal that is `won` or `lost`."""
    return format_html(HEAD + DISC, status, MARKS[status])


@register.simple_tag
def stage_label(stage: Stage | str) -> str:
    """A stage with its glyph; the short name alone of one that is no more."""
    glyph = stage_glyph(stage) if isinstance(stage, Stage) else ""
    return format_html('<span class="stage">{}{}</span>', glyph, stage)
