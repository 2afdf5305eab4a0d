"""A POST that is sent again with the same Idempotency-Key changes nothing and is answered as the first time.

The key's row is written first, in the transaction of the change itself: either both are there or none, and of two
requests at once only one changes something. A refused request is not kept, so it may be mended under the same key.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response

from organizations.tenancy.refusals import Conflict
from organizations.tenancy.rendering import written
from organizations.users import KeptAnswer

HEADER = "Idempotency-Key"
GOOD_KEY = re.compile("[!-~]{1,255}")
KEPT = timedelta(hours=24)
KEPT_HEADERS = ("Location", "ETag")


class KeyReused(APIException):
    status_code = 422
    default_detail = "This Idempotency-Key was sent with another request. Take a new key."
    default_code = "idempotency_key_reused"


def answer_once(request: Any, handle: Callable[[], Response]) -> Response:
    """What `handle` answers, or what it answered the first time this key was sent in the last 24 hours."""
    key = request.headers[HEADER]
    if not GOOD_KEY.fullmatch(key):
        sentence = "Write 1 to 255 visible ASCII characters."
        raise ValidationError({HEADER: [sentence]}, "idempotency_key_invalid")
    answer = KeptAnswer(id=_name(request, key), user=request.user, asked=_asked(request))
    KeptAnswer.objects.filter(user=request.user, created_at__lt=timezone.now() - KEPT).delete()
    with transaction.atomic():
        if _is_first(answer):
            response = handle()
            _keep(answer, response, key)
            return response
    return _again(answer, key)


def _name(request: Any, key: str) -> str:
    organization_id = request.membership.organization_id if request.membership else None
    return _hash(f"{request.user.pk}:{organization_id}:{key}")


def _asked(request: Any) -> str:
    return _hash(json.dumps([request.get_full_path().rstrip("/"), request.data], sort_keys=True, default=str))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _is_first(answer: KeptAnswer) -> bool:
    if connection.vendor == "postgresql" and not _lock(answer.pk):
        raise Conflict("The first request with this Idempotency-Key is still running.", "idempotency_key_in_use")
    try:
        with transaction.atomic():
            answer.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _lock(name: str) -> bool:
    """Until the transaction ends; SQLite needs none, it has one writer at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [int(name[:15], 16)])
        return bool(cursor.fetchone()[0])


def _keep(answer: KeptAnswer, response: Response, key: str) -> None:
    answer.status = response.status_code
    answer.headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    answer.body = _cipher(key).encrypt(b"" if response.data is None else written(response.data))
    answer.save(update_fields=["status", "headers", "body"])


def _again(answer: KeptAnswer, key: str) -> Response:
    kept = KeptAnswer.objects.get(pk=answer.pk)
    if kept.asked != answer.asked:
        raise KeyReused
    body = _cipher(key).decrypt(bytes(kept.body))
    data = json.loads(body) if body else None
    return Response(data, kept.status, headers={**kept.headers, "Idempotent-Replayed": "true"})


def _cipher(key: str) -> Fernet:
    """An answer may hold a secret that is shown once, an invitation's token: the row alone must not tell it."""
    secret = hashlib.sha256(f"{settings.SECRET_KEY}:{key}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(secret))
