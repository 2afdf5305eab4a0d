"""Where nothing is generated, because everybody knows the passwords, or by mistake."""

from __future__ import annotations

from crm_project.demo.load import exposure
from organizations.models import User


def objection(*, add: bool, force: bool) -> str | None:
    """Why nothing should be generated here, and how to do it all the same; None where it may."""
    if User.objects.exists() and not add:
        return "This installation has people of its own. Generate beside them with --add."
    if (problem := exposure()) and not force:
        return f"{problem} The passwords of generated people are public. Generate all the same with --force."
    return None
