"""Callers who write without a pause and do not give up: what is not acknowledged they ask for again, as it was."""

from __future__ import annotations

import secrets
import time
from collections import Counter
from collections.abc import Sequence
from itertools import count
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self

from crm_project.proof.calls import Answer, Line, Request, Unanswered
from crm_project.proof.ledger import CHANGED, COMMENTED, CREATED, Acknowledged, Ledger
from crm_project.proof.people import Person

WATCHED = ("title", "amount", "status", "lost_reason", "expected_close_date", "owner_id", "stage", "version")
STAGES = ("qualification", "proposal", "negotiation", "closed")
PAUSE = 0.05  # before one asks again
GIVING_UP = 180  # seconds
CHANGES_OF_A_DEAL = 7
STILL_RUNNING = "idempotency_key_in_use"  # the first request with it, in a server that was killed, say
NO_ROOM = 507


class Writer(Thread):
    """Makes a deal, changes it and comments on it, then the next; nobody else touches these."""

    def __init__(self, person: Person, contact_id: int, line: Line, ledger: Ledger):
        super().__init__(daemon=True)
        self.person, self.contact_id, self.line, self.ledger = person, contact_id, line, ledger
        self.is_over = Event()
        self.met: Counter[str] = Counter()  # what came instead of an acknowledgment
        self.strange: list[str] = []
        _ = person.token  # here: a thread would keep a connection to the database for it

    def run(self) -> None:
        try:
            self._work()
        except BaseException as error:
            self.strange.append(f"a writer broke down: {error!r}")
            raise

    def _work(self) -> None:
        for number in count(1):
            created = self._insist(self._new_deal())
            if created is None:
                return
            deal = created.json["id"]
            self.ledger.write(Acknowledged(deal, CREATED, shown=_watched(created)))
            for step in range(CHANGES_OF_A_DEAL):
                if self.is_over.is_set() or not self._take(deal, number, step):
                    return

    def _take(self, deal: int, number: int, step: int) -> bool:
        """One more step with this deal; False when an answer makes no sense."""
        if step % 3 == 2:
            text = f"Comment {secrets.token_hex(8)}"
            asked: dict[str, Any] = {"type": "comment", "payload": {"text": text}}
            answer = self._insist(self._post(f"/deals/{deal}/activities", asked))
            entry = Acknowledged(deal, COMMENTED, {"text": text})
        else:
            asked = {"stage": STAGES[step % 4]} if step % 3 else {"amount": f"{number * 10 + step}.00"}
            answer = self._insist(self.person.ask("PATCH", f"/deals/{deal}", asked))
            entry = Acknowledged(deal, CHANGED, asked, _watched(answer) if answer else {})
        if answer:
            self.ledger.write(entry)
        return answer is not None

    def _new_deal(self) -> Request:
        return self._post("/deals", {"contact_id": self.contact_id, "title": f"Deal {secrets.token_hex(6)}"})

    def _post(self, path: str, body: Any) -> Request:
        return self.person.ask("POST", path, body, Idempotency_Key=secrets.token_hex(16))

    def _insist(self, request: Request) -> Answer | None:
        """The acknowledgment, however often it takes to ask; None when the answer makes no sense."""
        until = time.monotonic() + GIVING_UP
        while time.monotonic() < until:
            answer = self._try(request)
            if answer and answer.is_done:
                return answer
            if answer and not self._may_come_back(answer):
                self.strange.append(f"{request.method} {request.path} answered {answer}")
                return None
            time.sleep(PAUSE)
        self.strange.append(f"{request.method} {request.path} was not acknowledged within {GIVING_UP} seconds")
        return None

    def _try(self, request: Request) -> Answer | None:
        try:
            return self.line.send(request)
        except Unanswered:
            self.met["unanswered"] += 1
            return None

    def _may_come_back(self, answer: Answer) -> bool:
        if answer.is_busy or answer.status == NO_ROOM:
            self.met[str(answer.status)] += 1
            return True
        return answer.status == 409 and answer.json["code"] == STILL_RUNNING


class Crew:
    """Writers at work until the `with` ends."""

    def __init__(self, people: Sequence[Person], contact_id: int, port: int, ledger: Ledger):
        self.ledger = ledger
        self.writers = [Writer(person, contact_id, Line(port), ledger) for person in people]

    def __enter__(self) -> Self:
        for writer in self.writers:
            writer.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for writer in self.writers:
            writer.is_over.set()
        for writer in self.writers:
            writer.join()
            writer.line.close()

    def wait_for(self, more: int, *, seconds: float = 300) -> None:
        """Until so many more writes are acknowledged."""
        wanted, until = len(self.ledger) + more, time.monotonic() + seconds
        while len(self.ledger) < wanted and self.is_at_work:
            if time.monotonic() > until:
                raise TimeoutError(f"{wanted - len(self.ledger)} writes were not acknowledged in {seconds} seconds.")
            time.sleep(0.02)

    @property
    def is_at_work(self) -> bool:
        """Not where each of them met an answer that makes no sense."""
        return any(writer.is_alive() for writer in self.writers)

    def met(self) -> Counter[str]:
        return sum((writer.met for writer in self.writers), Counter())

    def strange(self) -> list[str]:
        return [found for writer in self.writers for found in writer.strange]


def _watched(answer: Answer) -> dict[str, Any]:
    return {name: answer.json[name] for name in WATCHED}
