"""What a role may not do is not offered on its pages, or with the reason; and the server refuses it all the same."""

from html.parser import HTMLParser

import pytest

from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.pipelines import Pipeline, Stage
from deals.tests.factories import DealFactory
from organizations.models import ExchangeRate
from organizations.tests.factories import MembershipFactory
from tasks.tests.factories import TaskFactory

ALL, MANAGERS, ADMINS, OWNERS = (
    {"owner", "admin", "manager", "member"},
    {"owner", "admin", "manager"},
    {"owner", "admin"},
    {"owner"},
)
ON, BACK = 'name="stage" value="{last}"', 'name="stage" value="{first}"'
CHANGED = {"name": "New", "owner": "{owner}"}
SLUG = {"confirm": "{slug}"}
INVITED = {"emails": "new@example.com", "role": "member"}
RENAMED = {"name": "New", "slug": "new-one", "base_currency": "EUR", "time_zone": "UTC"}
MATRIX = {  # what: (who may, the page, what it offers, the form that it sends to, the values)
    "change a contact": (MANAGERS, "contacts/{contact}/", "edit/", "contacts/{contact}/edit/", CHANGED),
    "name a contact": (MANAGERS, "contacts/{contact}/", "edit/name/", "contacts/{contact}/edit/name/", CHANGED),
    "delete a contact": (MANAGERS, "contacts/{contact}/", "delete/", "contacts/{contact}/delete/", {}),
    "change a company": (MANAGERS, "companies/{company}/", "edit/", "companies/{company}/edit/", CHANGED),
    "delete a company": (MANAGERS, "companies/{company}/", "delete/", "companies/{company}/delete/", {}),
    "name a deal": (MANAGERS, "deals/{deal}/", "edit/title/", "deals/{deal}/edit/title/", {"title": "New"}),
    "delete a deal": (MANAGERS, "deals/{deal}/", "delete/", "deals/{deal}/delete/", {}),
    "win a deal": (MANAGERS, "deals/{deal}/", "won", "deals/{deal}/move/", {"status": "won", "amount": "5"}),
    "move a deal on": (MANAGERS, "deals/{deal}/", ON, "deals/{deal}/move/", {"stage": "{last}"}),
    "move a deal back": (ADMINS, "deals/{deal}/", BACK, "deals/{deal}/move/", {"stage": "{first}"}),
    "do a task": (MANAGERS, "tasks/{task}/", "edit/", "tasks/{task}/done/", {"is_done": "true"}),
    "delete a task": (MANAGERS, "tasks/{task}/", "delete/", "tasks/{task}/delete/", {}),
    "invite": (ADMINS, "members/", "invitations/new/", "invitations/new/", INVITED),
    "change a role": (ADMINS, "members/", 'name="role"', "members/{membership}/role/", {"role": "manager"}),
    "remove a member": (ADMINS, "members/", "members/{membership}/remove/", "members/{membership}/remove/", {}),
    "change the organization": (ADMINS, "settings/", 'name="name"', "settings/", RENAMED),
    "delete the organization": (OWNERS, "settings/delete/", 'name="confirm"', "settings/delete/", SLUG),
    "create a pipeline": (ADMINS, "pipelines/", "pipelines/new/", "pipelines/new/", {"name": "Partners"}),
    "delete a stage": (ADMINS, "pipelines/{pipeline}/", "stages/{last}/delete/", "stages/{last}/delete/", {}),
    "add a rate": (ADMINS, "rates/", "rates/new/", "rates/new/", {"currency": "USD", "rate": "0.9"}),
    "delete a rate": (ADMINS, "rates/", "rates/{rate}/delete/", "rates/{rate}/delete/", {}),
}  # fmt: skip


@pytest.fixture
def ids(owner):
    """A record of each kind, all of them the owner's; the deal stands in the second stage."""
    stages = list(Stage.objects.filter(organization=owner.organization))
    deal = DealFactory(by=owner, stage=stages[1])
    return {
        "contact": ContactFactory(by=owner, name="Anna Karg").pk,
        "company": CompanyFactory(by=owner, name="Alster Bau").pk,
        "deal": deal.pk,
        "task": TaskFactory(by=owner, deal=deal).pk,
        "membership": MembershipFactory(organization=owner.organization).pk,
        "pipeline": Pipeline.objects.get(organization=owner.organization).pk,
        "rate": ExchangeRate(organization=owner.organization, currency="GBP", rate="1.2").save_by(owner).pk,
        "first": stages[0].pk,
        "last": stages[-1].pk,
        "slug": owner.organization.slug,
        "owner": owner.user_id,
    }


class Controls(HTMLParser):
    """The links, forms, fields and buttons of a page that may be used, each as it is written."""

    def __init__(self, html):
        super().__init__()
        self.usable = []
        self.feed(html.partition("<main")[2])

    def handle_starttag(self, tag, attributes):
        if tag in ("a", "form", "button", "input", "select", "textarea") and "disabled" not in dict(attributes):
            self.usable.append(self.get_starttag_text())


def offers(by, page, sought):
    return any(sought in control for control in Controls(page.html).usable)


@pytest.mark.parametrize("role", ["owner", "admin", "manager", "member"])
@pytest.mark.parametrize("what", MATRIX)
def test_page_offers_what_the_role_may_do_and_nothing_else(at, request, ids, what, role):
    by = request.getfixturevalue(role)
    who, path, sought, form, values = MATRIX[what]
    may = role in who
    browser = at(by)

    shown = offers(by, browser.read(path.format(**ids)), sought.format(**ids))
    sent = browser.send(form.format(**ids), **{name: value.format(**ids) for name, value in values.items()})

    assert (what, role, shown, sent.status in (200, 302)) == (what, role, may, may)
