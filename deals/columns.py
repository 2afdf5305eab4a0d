"""The columns of the table of deals: all that there are, and those that somebody wants to see."""

from django.http import QueryDict
from django.utils.translation import gettext_lazy

COLUMNS = {  # in their order, behind the title, which is always there
    "contact": gettext_lazy("Contact"),
    "company": gettext_lazy("Company"),
    "stage": gettext_lazy("Stage"),
    "amount": gettext_lazy("Amount"),
    "expected_close_date": gettext_lazy("Close"),
    "next_step": gettext_lazy("Next step"),
    "stage_entered_at": gettext_lazy("In stage"),
    "created_at": gettext_lazy("Created"),
    "owner": gettext_lazy("Owner"),
}
USUAL = ("contact", "stage", "amount", "expected_close_date", "next_step", "owner")
ASKED = "column"  # the parameter that names one


def chosen(asked: QueryDict) -> list[str]:
    """The usual ones where nobody says; `title` alone says: no other one."""
    wanted = asked.getlist(ASKED) or USUAL
    return [name for name in COLUMNS if name in wanted]
