"""Pages travel compressed, the answers of the API as they are."""

import gzip

GZIP = {"Accept-Encoding": "gzip"}


def test_page_is_compressed(client, db):
    plain, small = client.get("/sign-in/"), client.get("/sign-in/", headers=GZIP)

    assert (small.headers["Content-Encoding"], len(small.content) < len(plain.content)) == ("gzip", True)
    assert gzip.decompress(small.content).startswith(b"<!doctype html>")


def test_record_of_the_api_keeps_its_strong_etag(call, owner):
    api = call(owner)
    location = api.post("/api/v1/contacts", {"name": "Anna Karg"}).headers["Location"]

    answer = api.get(location, headers=GZIP)

    assert (answer.headers.get("Content-Encoding"), answer.headers["ETag"][:3]) == (None, '"1-')
