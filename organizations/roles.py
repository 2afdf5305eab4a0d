"""What each role may do: the only table of powers."""

from enum import Enum, auto

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Role(TextChoices):
    OWNER = "owner", pgettext_lazy("role", "Owner")
    ADMIN = "admin", pgettext_lazy("role", "Admin")
    MANAGER = "manager", pgettext_lazy("role", "Manager")
    MEMBER = "member", pgettext_lazy("role", "Member")


class Power(Enum):
    CHANGE_ANY = auto()  # change and delete the records of others
    FILTER_BY_OWNER = auto()  # list what others own
    ASSIGN = auto()  # name another owner or assignee
    MOVE_BACK = auto()  # move a deal to an earlier stage
    ADMINISTER = auto()  # members, invitations, settings, pipelines
    OWN = auto()  # make or remove an owner, delete the organization


POWERS: dict[str, frozenset[Power]] = {
    Role.OWNER: frozenset(Power),
    Role.ADMIN: frozenset(Power) - {Power.OWN},
    Role.MANAGER: frozenset({Power.CHANGE_ANY, Power.FILTER_BY_OWNER, Power.ASSIGN}),
    Role.MEMBER: frozenset(),
}
