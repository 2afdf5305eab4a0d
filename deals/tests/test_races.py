"""Two at once: nobody's change is lost, and no rule is broken between two requests."""

from threading import Event
from time import sleep

from django.db import transaction

from contacts.tests.factories import ContactFactory
from deals.models import Deal
from deals.pipelines import Pipeline, Stage
from deals.tests.factories import DealFactory

ROUNDS = 3


def patch(client, deal, body, **headers):
    return lambda: client.patch(f"/api/v1/deals/{deal.pk}", body, headers=headers)


def test_two_edits_of_different_fields_both_survive(race, call, owner, admin):
    for _ in range(ROUNDS):
        deal = DealFactory(by=owner)

        one, other = race(
            patch(call(owner), deal, {"title": "Roof"}), patch(call(admin), deal, {"lost_reason": "Too dear"})
        )

        stored = Deal.objects.get(pk=deal.pk)
        assert (one.status_code, other.status_code) == (200, 200)
        assert (stored.title, stored.lost_reason, stored.version) == ("Roof", "Too dear", 3)


def test_an_edit_waits_for_a_move_and_survives_it(race, call, owner, admin):
    deal, moving = DealFactory(by=owner), Event()

    def move():
        with transaction.atomic():
            moved = Deal.objects.get(pk=deal.pk)
            moved.stage = Stage.objects.get(slug="closed")
            moved.save_by(owner)
            moving.set()
            sleep(0.5)

    def edit():
        client = call(admin)
        client.get(f"/api/v1/deals/{deal.pk}")
        moving.wait()
        return patch(client, deal, {"title": "Roof"})()

    _, edited = race(move, edit)

    assert edited.status_code == 200
    stored = Deal.objects.get(pk=deal.pk)
    assert (stored.stage.slug, stored.title, stored.version) == ("closed", "Roof", 3)


def test_winning_against_zeroing_never_ends_in_a_deal_won_for_nothing(race, call, owner, admin):
    for _ in range(ROUNDS):
        deal = DealFactory(by=owner, amount=5)

        answers = race(patch(call(owner), deal, {"status": "won"}), patch(call(admin), deal, {"amount": 0}))

        stored = Deal.objects.get(pk=deal.pk)
        assert sorted(answer.status_code for answer in answers) == [200, 400]
        assert (stored.status, stored.amount) in [("won", 5), ("new", 0)]
        assert stored.activities.count() == 2


def test_of_two_who_saw_the_same_version_one_wins(race, call, owner, admin):
    for _ in range(ROUNDS):
        deal = DealFactory(by=owner)
        seen = {"If-Match": call(owner).get(f"/api/v1/deals/{deal.pk}")["ETag"]}

        answers = race(
            patch(call(owner), deal, {"title": "One"}, **seen), patch(call(admin), deal, {"title": "Two"}, **seen)
        )

        winner, loser = sorted(answers, key=lambda answer: answer.status_code)
        assert (winner.status_code, loser.status_code) == (200, 412)
        assert loser.json()["current"] == winner.json()
        assert Deal.objects.get(pk=deal.pk).title == winner.json()["title"]


def test_an_external_id_is_taken_by_one(race, call, owner, admin):
    contact = ContactFactory(by=owner)
    body = {"contact_id": contact.pk, "title": "Roof", "external_id": "d-1"}

    answers = race(*(lambda by=by: call(by).post("/api/v1/deals", body) for by in (owner, admin)))

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert Deal.objects.count() == 1


def test_a_contact_goes_or_gets_a_deal_but_not_both(race, call, owner, admin):
    for _ in range(ROUNDS):
        contact = ContactFactory(by=owner)
        body = {"contact_id": contact.pk, "title": "Roof"}

        deleted, created = race(
            lambda contact=contact: call(owner).delete(f"/api/v1/contacts/{contact.pk}"),
            lambda body=body: call(admin).post("/api/v1/deals", body),
        )

        assert (deleted.status_code, created.status_code) in [(204, 400), (409, 201)]


def test_one_deletes_what_the_other_changes(race, call, owner, admin):
    for _ in range(ROUNDS):
        deal = DealFactory(by=owner)

        deleted, changed = race(
            lambda deal=deal: call(owner).delete(f"/api/v1/deals/{deal.pk}"),
            patch(call(admin), deal, {"title": "Roof"}),
        )

        assert deleted.status_code == 204
        assert changed.status_code in (200, 404)
        assert not Deal.objects.filter(pk=deal.pk).exists()


def test_a_pipeline_keeps_its_last_stage(race, call, owner, admin, organization):
    pipeline = Pipeline(organization=organization, name="Partners").save_by(None)
    stages = [Stage(pipeline=pipeline, slug=slug, name=slug).save_by(None) for slug in ("offer", "signed")]

    answers = race(
        *(
            lambda by=by, stage=stage: call(by).delete(f"/api/v1/stages/{stage.pk}")
            for by, stage in zip((owner, admin), stages, strict=True)
        )
    )

    assert sorted(answer.status_code for answer in answers) == [204, 409]
    assert list(pipeline.stages.values_list("position", flat=True)) == [1]


def test_stages_moved_at_once_keep_an_order_without_gaps(race, call, owner, admin):
    first, last = Stage.objects.get(slug="qualification"), Stage.objects.get(slug="closed")

    answers = race(
        lambda: call(owner).patch(f"/api/v1/stages/{first.pk}", {"position": 4}),
        lambda: call(admin).patch(f"/api/v1/stages/{last.pk}", {"position": 1}),
    )

    assert [answer.status_code for answer in answers] == [200, 200]
    assert list(Stage.objects.order_by("position").values_list("position", flat=True)) == [1, 2, 3, 4]


def test_of_two_new_defaults_one_is_the_default(race, call, owner, admin):
    pipelines = [Pipeline(organization=owner.organization, name=name).save_by(None) for name in "AB"]
    one, other = [Stage(pipeline=pipeline, slug="offer", name="Offer").save_by(None).pipeline for pipeline in pipelines]

    answers = race(
        lambda: call(owner).patch(f"/api/v1/pipelines/{one.pk}", {"is_default": True}),
        lambda: call(admin).patch(f"/api/v1/pipelines/{other.pk}", {"is_default": True}),
    )

    assert [answer.status_code for answer in answers] == [200, 200]
    assert Pipeline.objects.filter(is_default=True).count() == 1
