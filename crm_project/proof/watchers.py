"""Callers who only look, again and again: an answer, or a clear word that there is none at the moment."""

from __future__ import annotations

import time
from collections import Counter
from threading import Event, Thread
from types import TracebackType
from typing import Self

from crm_project.proof.calls import Answer, Line, Request, Unanswered

PAUSE = 0.05
SENTENCE = b"<h1>One moment</h1>"
PROBLEM = "application/problem+json"


class Watcher(Thread):
    """Asks for the same until the `with` ends."""

    def __init__(self, request: Request, port: int):
        super().__init__(daemon=True)
        self.request, self.line = request, Line(port)
        self.is_over = Event()
        self.answered: Counter[int] = Counter()
        self.wrong: list[str] = []
        self.slowest = 0.0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.is_over.set()
        self.join()
        self.line.close()

    def run(self) -> None:
        while not self.is_over.is_set():
            start = time.monotonic()
            try:
                self._look_at(self.line.send(self.request))
            except Unanswered as error:
                self.wrong.append(f"unanswered: {error}")
            self.slowest = max(self.slowest, time.monotonic() - start)
            time.sleep(PAUSE)

    def _look_at(self, answer: Answer) -> None:
        self.answered[answer.status] += 1
        if answer.status != 200 and not is_clear(answer):
            self.wrong.append(f"{self.request.path} answered {answer}")


def is_clear(answer: Answer) -> bool:
    """503 with a time to come back, as a problem for programs or as a sentence for people."""
    kind = answer.headers.get("Content-Type", "")
    return answer.is_busy and (kind == PROBLEM or (kind.startswith("text/html") and SENTENCE in answer.body))
