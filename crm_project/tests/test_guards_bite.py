"""Each guard turns red when the violation that it stands for is planted."""

import pytest
from django.db import models
from django.db.migrations import Migration, RunPython

from contacts.models import Contact
from crm_project.tests.guards import imports, source, tenancy
from crm_project.tests.routes import Route, api_routes, page_routes
from crm_project.tests.world import record_of_each
from deals.viewsets import DealViewSet
from organizations.models import Organization, User
from organizations.permissions import IsAnybody
from organizations.tenancy.constraints import TenantForeignKey
from organizations.tenancy.models import TenantModel

OPEN_VIEW = type("OpenView", (), {"permission_classes": [IsAnybody]})


def test_an_open_route_needs_a_reason():
    routes = [Route("api/v1/leak", "leak", OPEN_VIEW, ("get",)), Route("api/v1/deals", "deals", DealViewSet, ("get",))]

    assert tenancy.open_routes(routes, {}) == ["leak is open without a reason"]
    assert tenancy.open_routes(routes, {"leak": "meant so"}) == []


def test_a_reason_of_no_route_is_stale():
    routes = [Route("api/v1/deals", "deals", DealViewSet, ("get",))]

    assert tenancy.open_routes(routes, {"gone": "was meant so"}) == ["gone needs no reason any more"]
    assert tenancy.open_routes(routes, {"deals": "not needed"}) == ["deals needs no reason any more"]


@pytest.mark.parametrize("name", ["get_queryset", "rows_of"])
def test_own_queryset_is_seen_wherever_it_is(name):
    view = f"class Leak(TenantViewSet):\n    def {name}(self):\n        return Deal.objects.all()\n"
    sources = {"deals/viewsets.py": view, "organizations/tenancy/viewsets.py": view, "deals/tests/test_x.py": view}

    assert source.own_querysets(sources) == [f"deals/viewsets.py: Leak overrides {name}"]


class Stray(models.Model):
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")

    class Meta:
        app_label = "planted"


class Careless(TenantModel):
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    assignee = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    seen_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        app_label = "planted"
        constraints = [TenantForeignKey(field="owner", name="x", to="organizations.Membership", to_field="user")]


def test_a_model_with_an_organization_must_be_a_tenant_model():
    assert tenancy.models_without_tenancy([Stray, Careless, User]) == ["planted.Stray"]


def test_a_neighbor_without_its_constraint_is_seen():
    assert tenancy.unguarded_neighbors([Stray, Careless, User]) == [
        "planted.Careless.contact",
        "planted.Careless.assignee",
    ]


def test_a_record_that_can_be_reached_is_a_leak(call, owner):
    ids = record_of_each(owner)
    routes = [route for route in api_routes() if route.path == "api/v1/tasks/{pk}"]

    leaks = tenancy.leaking_routes(routes, lambda _: ids["tasks"], call(owner), expected=404)

    assert leaks == [
        "GET api/v1/tasks/{pk} answers 200",
        "PATCH api/v1/tasks/{pk} answers 200",
        "DELETE api/v1/tasks/{pk} answers 204",
    ]


def test_page_that_lets_others_in_is_found(client, owner):
    ids = record_of_each(owner)
    pages = [route for route in page_routes() if route.path == "o/{organization}/contacts/{pk}/edit/"]
    client.force_login(owner.user)

    leaks = tenancy.leaking_pages(pages, owner.organization.slug, lambda _: ids["contacts"], client, expected=404)

    assert leaks == [
        "GET o/{organization}/contacts/{pk}/edit/ answers 200",
        "POST o/{organization}/contacts/{pk}/edit/ answers 422",
    ]


@pytest.mark.parametrize(
    ("files", "wrong"),
    [
        (
            {"contacts/models.py": "from deals.models import Deal", "deals/models.py": ""},
            ["contacts.models imports deals.models, which stands right of it"],
        ),
        (
            {"contacts/models.py": "from deals import models", "deals/models.py": ""},
            ["contacts.models imports deals.models, which stands right of it"],
        ),
        (
            {"deals/models.py": "import deals.serializers", "deals/serializers.py": ""},
            ["deals.models imports deals.serializers, which stands right of it"],
        ),
        (
            {"deals/actions.py": "from deals.views import x", "deals/views.py": ""},
            ["deals.actions imports deals.views, which stands right of it"],
        ),
        (
            {"deals/urls.py": "from deals import receivers", "deals/receivers.py": ""},
            ["deals.urls imports receivers"],
        ),
        (
            {"deals/urls.py": "def late():\n    import json"},
            ["deals.urls imports inside a function: import json"],
        ),
        (
            {"deals/apps.py": "class C:\n    def ready(self):\n        from deals import models"},
            ["deals.apps imports inside a function: from deals import models"],
        ),
        (
            {"deals/a.py": "import deals.b", "deals/b.py": "import deals.a"},
            ["a circle: deals.a → deals.b → deals.a"],
        ),
    ],
)
def test_imports_against_the_order_are_seen(files, wrong):
    assert imports.wrong_imports(files) == wrong


@pytest.mark.parametrize(
    "files",
    [
        {"deals/models.py": "from contacts.models import Contact", "contacts/models.py": ""},
        {"deals/views.py": "from deals.models import Deal", "deals/models.py": ""},
        {
            "deals/apps.py": "class C:\n    def ready(self):\n        from deals import receivers",
            "deals/receivers.py": "",
        },
        {"contacts/tests/test_x.py": "from deals.models import Deal", "deals/models.py": ""},
        {"contacts/models.py": "if TYPE_CHECKING:\n    from deals.models import Deal", "deals/models.py": ""},
    ],
)
def test_imports_along_the_order_are_let_through(files):
    assert imports.wrong_imports(files) == []


def test_a_nameless_migration_is_seen():
    names = ["0001_create_deals", "0001_initial", "0002_auto_20260101_1200", "0003_deal_title_and_more"]

    assert tenancy.unnamed_migrations(names) == names[1:]


def test_a_migration_without_a_way_back_is_seen():
    one_way, both_ways = Migration("one_way", "deals"), Migration("both_ways", "deals")
    one_way.operations = [RunPython(lambda apps, editor: None)]
    both_ways.operations = [RunPython(RunPython.noop, RunPython.noop)]

    assert tenancy.irreversible_migrations([one_way, both_ways]) == ["deals.one_way"]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<script type="module">x</script>',
        "<style>p {}</style>",
        '<p style="color: red">',
        '<a onclick="x()">',
        '<a href="javascript:x()">',
    ],
)
def test_inline_code_is_seen(text):
    assert len(source.inline_code({"page.html": text})) == 1


def test_linked_code_is_let_through():
    text = '<script src="/static/app.js" defer></script><link rel="stylesheet" href="/static/app.css"><p class="style">'

    assert source.inline_code({"page.html": text}) == []


def test_a_write_around_the_hall_is_seen():
    sources = {
        "deals/viewsets.py": "def f(deal):\n    deal.save()\n    Deal.objects.filter(pk=1).update(title='x')\n",
        "deals/serializers.py": "def f(serializer):\n    serializer.save()\n    super().update()\n    deal.save_by()\n",
        "deals/tests/test_x.py": "def f(deal):\n    deal.save()\n",
        "organizations/tenancy/models.py": "def f(deal):\n    deal.save()\n",
    }

    assert source.plain_writes(sources, {}) == [
        "deals/viewsets.py: Deal.objects.filter(pk=1).update goes around the hall",
        "deals/viewsets.py: deal.save goes around the hall",
    ]


def test_an_exception_that_nothing_needs_is_stale():
    assert source.plain_writes({}, {"deals/x.py: deal.save": "once"}) == [
        "deals/x.py: deal.save needs no exception any more"
    ]
    assert source.too_long({}, {"deals/x.py": "once"}) == ["deals/x.py needs no exception any more"]


def test_what_is_too_long_is_seen():
    function = "def f():\n" + "    x = 1\n" * 30
    viewset = "class DealViewSet:\n" + "    x = 1\n" * 24
    sources = {"a.py": "x = 1\n" * 251, "b.py": function, "c.py": viewset, "d/tests/test_d.py": "x = 1\n" * 301}

    assert source.too_long(sources, {}) == [
        "a.py has 251 lines",
        "b.py: f has 31 lines",
        "c.py: DealViewSet has 25 lines",
        "d/tests/test_d.py has 301 lines",
    ]


def test_what_is_just_short_enough_is_let_through():
    function = "def f():\n" + "    x = 1\n" * 29
    sources = {"a.py": "x = 1\n" * 250, "b.py": function, "d/tests/test_d.py": "x = 1\n" * 300}

    assert source.too_long(sources, {}) == []


def test_tests_are_weighed_against_code():
    assert source.weight_of_tests({"deals/models.py": "x\n" * 10, "deals/tests/test_x.py": "x\n" * 13}) == 1.3
