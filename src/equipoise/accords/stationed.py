"""Forces kept in a host's territory, activities that were announced, and kinds of things that are declared.

Three small tables of what the catalogue tells in sentences: who keeps what in whose land over which days, and
how large an activity was said to be.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from equipoise.scenario import read_csv

_OWN = Path(__file__).resolve().parent / "data"
EXERCISE = "exercise"
"""The state of pieces and people that take part in an activity; its zone is then the activity's name."""


@dataclass(frozen=True, slots=True)
class Stationed:
    """Forces that a State or a side keeps in a host's land over [since, until), as far as was read.

    ``state`` is permanent, rotating or temporary; ``high`` None where nothing bounds them from above.
    """

    party: str
    category: str
    zone: str
    state: str
    low: int
    high: int | None
    since: date
    until: date | None
    status: str
    source: str
    note: str = ""

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Area:
    """Land in which one side's forces are looked at, over [since, until)."""

    name: str
    side: str
    since: date
    until: date | None
    status: str
    source: str

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


def load_areas() -> tuple[Area, ...]:
    """The areas that ship with the program: land of each side that lies beside the other's."""
    columns = ("area", "side", "from", "to", "status", "source")
    return tuple(
        Area(
            row["area"],
            row["side"],
            date.fromisoformat(row["from"]),
            date.fromisoformat(row["to"]) if row["to"] else None,
            row["status"],
            row["source"],
        )
        for row in _rows("areas.csv", columns)
    )


def load_stationed() -> tuple[Stationed, ...]:
    """The forces that ship with the program."""
    columns = (
        "party", "category", "zone", "state", "low", "high", "from", "to", "status", "source", "note",
    )  # fmt: skip
    return tuple(
        Stationed(
            row["party"],
            row["category"],
            row["zone"],
            row["state"],
            int(row["low"]),
            int(row["high"]) if row["high"] else None,
            date.fromisoformat(row["from"]),
            date.fromisoformat(row["to"]) if row["to"] else None,
            row["status"],
            row["source"],
            row["note"],
        )
        for row in _rows("stationed.csv", columns)
    )


def load_activities() -> Iterable[tuple[Any, ...]]:
    """Activities as the fields of a declaration: each State's part, on the day and by the State itself."""
    columns = ("party", "category", "zone", "value", "as_of", "status", "source", "note")
    for row in _rows("activities.csv", columns):
        day, value = date.fromisoformat(row["as_of"]), int(row["value"])
        who = row["party"]
        yield (
            who, row["category"], row["zone"], EXERCISE, value, value, day, day, who, row["status"],
            row["source"], row["note"],
        )  # fmt: skip


def load_kinds() -> tuple[str, ...]:
    """Kinds of things that are declared and that no table of ceilings names."""
    columns = ("category", "unit", "says", "status", "source")
    return tuple(row["category"] for row in _rows("categories.csv", columns))


def load_further_states() -> tuple[str, ...]:
    """States that an accord binds and that no table of ceilings, groups or sides names."""
    return tuple(row["state"] for row in _rows("further_states.csv", ("state", "status", "source")))


def _rows(name: str, columns: tuple[str, ...]) -> Iterable[dict[str, str]]:
    for row in read_csv(_OWN / name, columns).rows:
        yield {key: "" if cell is None else str(cell) for key, cell in row.items()}
