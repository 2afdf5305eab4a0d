"""Which state of a record the caller means: ETag out, If-Match and If-None-Match in."""

from __future__ import annotations

import re
import zlib
from typing import Any

from rest_framework.response import Response

from organizations.tenancy.rendering import written

VERSION_TAG = re.compile(r'"(\d{1,9})(?:-[0-9a-f]+)?"')
NEVER = -1


def version_asked(request: Any) -> int | None:
    """The version that If-Match asks for: None when any will do, one that never was when it is not ours."""
    tag = request.headers.get("If-Match", "*").strip() if request else "*"
    if tag == "*":
        return None
    match = VERSION_TAG.fullmatch(tag)
    return int(match[1]) if match else NEVER


def tagged(response: Response) -> Response:
    """With an ETag: the version, which If-Match compares, and a sum of all that is shown, neighbors' names too."""
    response["ETag"] = f'"{response.data.get("version", 1)}-{zlib.crc32(written(response.data)):08x}"'
    return response


def conditional(request: Any, response: Response) -> Response:
    """304 when the caller has this very state already."""
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")]
    if response["ETag"] in known or "*" in known:
        return Response(status=304, headers={"ETag": response["ETag"]})
    return response
