"""A select looks as Django would draw it."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from pytest_django.asserts import assertHTMLEqual

from crm_project.form_rendering import FormRenderer

PLAIN = [("", "---"), ("EUR", "Euro"), (7, "<b>'Seven' & \"more\"</b>")]
GROUPED = [("", "---"), ("Europe & Asia", [("EUR", "Euro"), ("RUB", "Ruble")]), ("Elsewhere", [("USD", "Dollar")])]


@pytest.mark.parametrize("choices", [[], PLAIN, GROUPED])
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (forms.Select, ""),
        (forms.Select, "EUR"),
        (forms.Select, 7),
        (forms.Select, None),
        (forms.Select, "nowhere"),
        (forms.SelectMultiple, ["EUR", "USD"]),
        (forms.SelectMultiple, []),
    ],
)
def test_a_select_is_as_django_draws_it(choices, kind, value):
    widget = kind(attrs={"class": "input", "disabled": True, "title": 'a "b" <c>', "hidden": False}, choices=choices)
    ours, theirs = (widget.render("cur&rency", value, renderer=one()) for one in (FormRenderer, DjangoTemplates))

    assertHTMLEqual(ours, theirs)


def test_other_fields_are_drawn_by_their_templates():
    field = forms.TextInput().render("name", "<Anna>", renderer=FormRenderer())

    assertHTMLEqual(field, '<input type="text" name="name" value="&lt;Anna&gt;">')


def test_our_forms_are_drawn_so():
    class Form(forms.Form):
        currency = forms.ChoiceField(choices=PLAIN)

    assert isinstance(Form().renderer, FormRenderer)
    assert '<option value="EUR">Euro</option>\n<option' in str(Form()["currency"])
