"""Who is probably written down already. A question to people who create by page, no rule: the API asks nobody."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from contacts.models import Company, Contact
from organizations.models import Membership

SHOWN = 5


def contacts_like(contact: Contact, by: Membership) -> Any:
    """A few contacts with its e-mail, its phone, or its name, unless they are known to work elsewhere."""
    contact.recognize()
    known = Contact.objects.for_membership(by).select_related("company")
    colleagues = known.filter(Q(company=contact.company_id) | Q(company=None)) if contact.company_id else known
    return _few([*_equal(known, contact, "email_key", "phone_key"), *_equal(colleagues, contact, "name_key")])


def companies_like(company: Company, by: Membership) -> Any:
    """A few companies with its name, its domain or its phone."""
    company.recognize()
    return _few(_equal(Company.objects.for_membership(by), company, "name_key", "domain_key", "phone_key"))


def _equal(known: Any, record: Contact | Company, *columns: str) -> list[Any]:
    """Those with the same in each of these columns; what is empty is like nothing."""
    keys = {column: getattr(record, column) for column in columns}
    return [known.filter(**{column: key}).order_by() for column, key in keys.items() if key]


def _few(alike: list[Any]) -> Any:
    """A union, not an OR, for which SQLite would read all rows."""
    return alike[0].union(*alike[1:]).order_by("pk")[:SHOWN] if alike else []
