"""Many words are looked for by two of them, and found as a whole."""

import pytest
from django.db import connection

from contacts.models import Contact
from contacts.tests.factories import ContactFactory
from organizations.tenancy.parts import telling
from organizations.tenancy.seeking import is_written_in


@pytest.mark.parametrize(
    ("needle", "parts"),
    [
        ("contact-292657@company-29265.example", ("292657", "29265")),
        ("zollmann housing cooperative", ("zollmann", "cooperat")),
        ("alpen wasser 326 sa", ("wasser", "326")),
        ("+49 30 1234567", ("1234567",)),
        ("order_no123456789x", ("12345678", "order")),
        ("anna, anna", ("anna",)),
        ("a_b-c d", ("a_b-c d",)),
        ("a-b-c-d-e-f-g", ("a-b-c-d-",)),
    ],
)
def test_digits_tell_most_then_letters(needle, parts):
    assert telling(needle) == parts


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Zollmann & Söhne 100 %", ["Zollmann & Söhne 100 %"]),
        ("zollmann & sohne 100", ["Zollmann & Söhne 100 %"]),
        ("zollmann & sohne 200", []),
        ("zollmann", ["Zollmann & Söhne 100 %", "Zollmann_&_Töchter\\100"]),
        ("zollmann_&_tochter\\1", ["Zollmann_&_Töchter\\100"]),
        ("zollmann__&_tochter", []),
        ("ollmann_%_t", []),
    ],
)
def test_all_of_the_words_must_be_there(owner, words, found):
    for name in ("Zollmann & Söhne 100 %", "Zollmann_&_Töchter\\100", "Hollmann & Söhne 100 %"):
        ContactFactory(by=owner, name=name)

    for contacts in (Contact.objects.filter(is_written_in(words)), Contact.objects.for_membership(owner).search(words)):
        assert [contact.name for contact in contacts.order_by("name")] == found


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite sorts in at once")
def test_what_is_new_is_sorted_in_soon():
    with connection.cursor() as cursor:
        cursor.execute(r"SELECT relname, reloptions FROM pg_class WHERE relkind = 'i' AND relname LIKE '%\_parts'")
        options = dict(cursor.fetchall())

    indexes = {"contact_parts", "company_parts", "deal_parts", "task_parts"}
    assert (indexes, [*options.values()]) == ({*options}, [["gin_pending_list_limit=64"]] * 4)
