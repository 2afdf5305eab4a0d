"""What a proof found: its figures, and whatever speaks against the promise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

SHOWN = 20


@dataclass
class Verdict:
    figures: dict[str, int | float | str] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    details: list[str] = field(default_factory=list)  # lines for those who want to know more
    skipped: list[str] = field(default_factory=list)  # what could not be tried here, and why

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), indent=1))

    @classmethod
    def read(cls, path: Path) -> Verdict:
        """Of a proof that writes its figures flat, those."""
        found = json.loads(path.read_text())
        flat = {name: value for name, value in found.items() if isinstance(value, (int, float, str))}
        return cls(**{"figures": flat, **{name: found[name] for name in cls.__dataclass_fields__ if name in found}})

    def lines(self) -> Iterator[str]:
        yield from (f"{name}: {value}" for name, value in self.figures.items())
        yield from self.details
        yield from (f"SKIPPED: {reason}" for reason in self.skipped)
        yield from (f"VIOLATION: {violation}" for violation in self.violations[:SHOWN])
        if len(self.violations) > SHOWN:
            yield f"and {len(self.violations) - SHOWN} violations more"
