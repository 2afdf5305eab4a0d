"""Which time zones there are: the list of IANA, read once."""

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

TIME_ZONES = available_timezones() - {"localtime", "Factory"}  # these mean something else on each machine


def validate_time_zone(name: str) -> None:
    if name not in TIME_ZONES:
        raise ValidationError(_("Write a time zone of the IANA list, like Europe/Berlin."), "time_zone_unknown")
