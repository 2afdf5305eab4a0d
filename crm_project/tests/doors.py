"""The four doors to a record: each takes the same values for a deal and tells the sentences of its refusal."""

from django.core.management import CommandError, call_command
from django.urls import reverse

from deals.models import Deal
from organizations.tenancy.forms import TenantForm


class DealForm(TenantForm):
    optional = ("owner", "stage", "currency")

    class Meta:
        model = Deal
        fields = ["title", "contact", "owner", "stage", "status", "amount", "currency", "external_id", "lost_reason"]


def by_api(values, world):
    body = {**values, "contact_id": world.contact.pk}
    answer = world.call(world.by).post("/api/v1/deals", body).json()
    return [error["detail"] for error in answer.get("errors", [])] or [answer.get("detail")]


def by_form(values, world):
    form = DealForm({"status": "new", "amount": 0, **values, "contact": world.contact.pk}, by=world.by)
    return [] if form.save_or_show() else sentences(form)


def by_admin(values, world):
    form = {
        "organization": world.by.organization_id,
        "contact": world.contact.pk,
        "owner": world.by.user_id,
        "stage": world.stage.pk,
        "status": "new",
        "amount": 0,
        "currency": "EUR",
        **values,
    }
    response = world.desk.post(reverse("admin:deals_deal_add"), form)
    return [] if response.status_code == 302 else sentences(response.context["adminform"].form)


def by_command(values, world):
    names = sorted(values)
    fields = ", ".join(f'{name} = "{name}"' for name in names)
    mapping = world.folder / "mapping.toml"
    mapping.write_text(f'fields = {{{fields}}}\ndefaults = {{contact.name = "Ann", owner.name = "Olga Owner"}}\n')
    rows = world.folder / "rows.csv"
    rows.write_text(",".join(names) + "\n" + ",".join(str(values[name]) for name in names) + "\n")
    try:
        call_command("import_csv", "deals", rows, "--mapping", mapping, "--organization", world.slug, stderr=world.said)
    except CommandError:
        return [line.split(": ", 2)[-1].strip() for line in world.said.getvalue().splitlines()]
    return []


def sentences(form):
    return [sentence for sentences in form.errors.values() for sentence in sentences]


DOORS = {"api": by_api, "form": by_form, "admin": by_admin, "command": by_command}
