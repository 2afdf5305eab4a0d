"""How much is generated, and which amounts make no sense."""

from __future__ import annotations

from dataclasses import asdict, dataclass

LARGEST = 100_000_000
MOST_ORGANIZATIONS = 100_000


@dataclass(frozen=True)
class Size:
    organizations: int
    deals: int
    contacts: int
    activities: int

    def __str__(self) -> str:
        return ", ".join(f"{count:,} {name}" for name, count in asdict(self).items())

    def objection(self) -> str | None:
        """Why nobody can have so many; None where they can."""
        for name, count in asdict(self).items():
            largest = MOST_ORGANIZATIONS if name == "organizations" else LARGEST
            if not 1 <= count <= largest:
                return f"--{name} is a whole number from 1 to {largest}."
        if min(self.deals, self.contacts) < self.organizations:
            return "Each organization has a deal and a contact: ask for at least as many of them as of organizations."
        if self.activities < self.deals:
            return "Each deal has an activity, that of its creation: ask for at least as many activities as deals."
        return None


PRESETS = {
    "small": Size(organizations=10, deals=10_000, contacts=10_000, activities=50_000),
    "million": Size(organizations=1_000, deals=1_000_000, contacts=1_000_000, activities=5_000_000),
}
