"""The doors of the timeline: reading it, commenting in it, and leaving it as it is."""

import pytest

from activities.models import Activity
from activities.tests.factories import ActivityFactory
from deals.tests.factories import DealFactory
from organizations.tenancy.refusals import Forbidden

URL = "/api/v1/activities"


@pytest.fixture
def deal(owner):
    return DealFactory(by=owner)


@pytest.fixture
def url(deal):
    return f"/api/v1/deals/{deal.pk}/activities"


def comment(text):
    return {"type": "comment", "payload": {"text": text}}


def errors(response):
    return [(error["pointer"], error["code"]) for error in response.json()["errors"]]


def test_anybody_comments_on_any_deal(call, member, deal, url):
    response = call(member).post(url, comment("  Called, Анна is\nglad. "))

    entry = Activity.objects.get(type="comment")
    assert response.status_code == 201
    assert response.json() == {
        "id": entry.pk,
        "deal_id": deal.pk,
        "author_id": member.user_id,
        "author_name": "Max Member",
        "type": "comment",
        "payload": {"text": "Called, Анна is\nglad."},
        "created_at": entry.created_at.isoformat().replace("+00:00", "Z"),
    }


def test_location_answers_with_the_comment(call, member, url):
    created = call(member).post(url, comment("Called."))

    found = call(member).get(created["Location"])

    assert created["Location"] == f"http://testserver{URL}/{created.json()['id']}"
    assert (found.status_code, found.json()) == (200, created.json())


@pytest.mark.parametrize(
    "kind", ["system", "deal_created", "status_changed", "stage_changed", "amount_changed", "task_done", "nonsense", ""]
)
def test_people_write_nothing_but_comments(call, owner, url, kind):
    response = call(owner).post(url, {"type": kind, "payload": {"text": "Hello"}})

    assert response.status_code == 400
    assert [error["pointer"] for error in response.json()["errors"]] == ["/type"]
    assert Activity.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, [("/payload", "required"), ("/type", "required")]),
        ({"type": "comment"}, [("/payload", "required")]),
        ({"type": "comment", "payload": None}, [("/payload", "null")]),
        ({"type": "comment", "payload": "Hello"}, [("/payload", "not_a_dict")]),
        ({"type": "comment", "payload": {}}, [("/payload", "payload_invalid")]),
        ({"type": "comment", "payload": {"text": 5}}, [("/payload", "payload_invalid")]),
        ({"type": "comment", "payload": {"text": "a", "to": "b"}}, [("/payload", "payload_invalid")]),
        (comment("  "), [("/payload", "blank")]),
        (comment("a\x00"), [("/payload", "control_characters")]),
        (comment("x" * 20_001), [("/payload", "max_length")]),
        ({**comment("a"), "author_id": 1}, [("/author_id", "read_only_field")]),
        ({**comment("a"), "deal_id": 1}, [("/deal_id", "read_only_field")]),
        ({**comment("a"), "color": "red"}, [("/color", "unknown_field")]),
    ],
)
def test_a_comment_has_a_text_and_nothing_else(call, owner, url, body, wrong):
    response = call(owner).post(url, body)

    assert (response.status_code, sorted(errors(response))) == (400, wrong)
    assert Activity.objects.count() == 1


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
@pytest.mark.parametrize("place", ["list", "entry", "deal", "entry of the deal"])
def test_entries_are_neither_edited_nor_deleted(call, owner, url, method, place):
    entry = Activity.objects.get()
    paths = {"list": URL, "entry": f"{URL}/{entry.pk}", "deal": url, "entry of the deal": f"{url}/{entry.pk}"}

    response = getattr(call(owner), method)(paths[place], comment("Forged"))

    assert response.status_code == (404 if place == "entry of the deal" else 405)
    assert list(Activity.objects.values_list("type", "version")) == [(entry.type, entry.version)]


def test_the_hall_neither_edits_nor_deletes_entries(owner, deal):
    entry = Activity.objects.get()
    entry.payload = {"title": "Forged"}

    with pytest.raises(Forbidden, match="not edited"):
        entry.save_by(owner)
    with pytest.raises(Forbidden, match="not deleted"):
        entry.delete_by(None)


def test_a_deal_tells_the_oldest_first_and_the_organization_the_newest(call, owner, deal, url):
    for text in "AB":
        call(owner).post(url, comment(text))

    def told(path):
        return [entry["payload"].get("text") for entry in call(owner).get(path).json()["results"]]

    assert (told(url), told(URL)) == ([None, "A", "B"], ["B", "A", None])


def test_a_timeline_comes_in_pages(call, owner, url):
    for text in "ABCD":
        call(owner).post(url, comment(text))

    page = call(owner).get(url, {"page": 2, "page_size": 2}).json()

    assert (page["count"], [entry["payload"] for entry in page["results"]]) == (5, [{"text": "B"}, {"text": "C"}])


@pytest.mark.parametrize("path", ["/api/v1/deals/{}/activities", URL])
def test_a_timeline_is_walked_by_cursor(call, owner, deal, path):
    for number in range(4):
        ActivityFactory(by=owner, deal=deal, payload={"text": str(number)})
    client, url = call(owner), path.format(deal.pk)
    whole = [entry["id"] for entry in client.get(url).json()["results"]]

    pages = [client.get(url, {"cursor": "", "page_size": 2}).json()]
    while pages[-1]["next"]:
        pages.append(client.get(pages[-1]["next"]).json())

    assert [entry["id"] for page in pages for entry in page["results"]] == whole
    assert len(whole) == 5


@pytest.mark.parametrize("deal_id", ["0", "-1", "abc", str(2**63), "987654321"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_deal_that_is_not_there_has_no_timeline(call, owner, method, deal_id):
    response = getattr(call(owner), method)(
        f"/api/v1/deals/{deal_id}/activities", comment("A") if method == "post" else None
    )

    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_the_timeline_of_others_is_not_there(call, owner, stranger):
    theirs = DealFactory(by=stranger)
    entry = Activity.objects.get(deal=theirs)

    statuses = [
        call(owner).get(f"/api/v1/deals/{theirs.pk}/activities").status_code,
        call(owner).post(f"/api/v1/deals/{theirs.pk}/activities", comment("A")).status_code,
        call(owner).get(f"{URL}/{entry.pk}").status_code,
    ]

    assert statuses == [404, 404, 404]
    assert call(owner).get(URL).json()["count"] == 0


@pytest.mark.parametrize("body", [{}, {"type": "system", "payload": {}}, []])
def test_the_deal_in_the_path_comes_before_the_body(call, stranger, url, body):
    response = call(stranger).post(url, body)

    assert (response.status_code, response.json()["code"]) == (404, "not_found")


# Filters


def test_filters_narrow(call, owner, member, deal, url):
    other = DealFactory(by=owner)
    call(member).post(url, comment("A"))

    def types(**filters):
        results = call(owner).get(URL, filters).json()["results"]
        return [(entry["type"], entry["deal_id"]) for entry in results]

    assert types(type="comment") == [("comment", deal.pk)]
    assert types(author_id=member.user_id) == [("comment", deal.pk)]
    assert types(deal_id=other.pk) == [("deal_created", other.pk)]
    assert types(deal_id=other.pk, type="comment") == []


def test_a_member_without_entries_is_an_author_of_none(call, owner, member, deal):
    response = call(owner).get(URL, {"author_id": member.user_id})

    assert (response.status_code, response.json()["count"]) == (200, 0)


def test_an_author_who_left_is_still_found(call, owner, member, url):
    call(member).post(url, comment("A"))
    member.delete()

    assert call(owner).get(URL, {"author_id": member.user_id}).json()["count"] == 1


@pytest.mark.parametrize("name", ["deal_id", "author_id"])
def test_what_belongs_to_others_is_worded_as_what_never_was(call, owner, stranger, name):
    theirs = DealFactory(by=stranger).pk if name == "deal_id" else stranger.user_id

    seen, unknown = call(owner).get(URL, {name: theirs}), call(owner).get(URL, {name: 987_654_321})

    assert (seen.status_code, unknown.status_code) == (400, 400)
    assert seen.json()["errors"] == unknown.json()["errors"]


@pytest.mark.parametrize(("name", "value"), [("type", "nonsense"), ("deal_id", "abc"), ("author_id", str(2**63))])
def test_a_filter_that_makes_no_sense_is_refused(call, owner, name, value):
    response = call(owner).get(URL, {name: value})

    assert response.status_code == 400
    assert [error["pointer"] for error in response.json()["errors"]] == [f"/{name}"]
