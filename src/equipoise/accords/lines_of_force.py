"""Rival lines of "substantial combat forces": each a reading, with its numbers or formations as parameters.

Which readings there are is data (``measures_of_force.csv``). A reading that binds one side only has a
mirrored twin that binds the other, so that the two can be seen side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from equipoise.accords.docket import Docket
from equipoise.accords.sides import other_side
from equipoise.accords.tables import rows
from equipoise.accords.types import Operand, Reading

MIRRORED = "_mirrored"
DEFINED = "what makes forces substantial"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its reading, where its parameters stand, what it measures, and which stays it counts."""

    name: str
    root: str
    measure: Literal["none", "numbers", "formation"]
    stays: str
    status: str
    source: str
    says: str
    mirrored: bool = False

    def limit(self, docket: Docket, category: str) -> tuple[int, Operand] | None:
        """The number above which forces of a category are substantial; None where the line has none."""
        return docket.whole(f"{self.root}.{category}") if self.measure == "numbers" else None

    def binds(self, docket: Docket, side: str) -> bool:
        """Whether the line binds a side: ``binds_SIDE`` false says no; a mirrored line binds the other."""
        if not self.mirrored:
            return _bound(docket, self.parent, side)
        other = other_side(docket.facts, side, docket.day)
        return other is not None and _bound(docket, self.parent, other)

    @property
    def parent(self) -> str:
        return self.root.removesuffix(".more_than").removesuffix(".per_host_state")

    def formations(self, docket: Docket) -> tuple[tuple[str, ...], Operand] | None:
        """The formations that are substantial by themselves, with their parameter."""
        found = docket.parameter(self.root if self.measure == "formation" else f"{self.parent}.unit")
        if found is None or not found.value:
            return None
        words = found.value if isinstance(found.value, tuple) else (str(found.value).removeprefix("one "),)
        return tuple(str(w) for w in words), found.operand()

    @property
    def reading(self) -> Reading:
        """The line as a reading: what it takes each disputed operand to be."""
        bound = "the other side only" if self.mirrored else "as the text binds"
        choices = ((DEFINED, self.name), ("stay", self.stays), ("who is bound", bound))
        return Reading(self.name, self.says, choices, self.source, self.status)


@cache
def lines() -> tuple[Line, ...]:
    """Every line, and after a line that binds one side only its mirrored twin."""
    columns = ("reading", "root", "measure", "stays", "status", "source", "says", "one_sided")
    found: list[Line] = []
    for row, _ in rows("measures_of_force.csv", columns, own=True):
        line = Line(
            row["reading"],
            row["root"],
            row["measure"],  # type: ignore[arg-type]
            row["stays"],
            row["status"],
            row["source"],
            row["says"],
        )
        found.append(line)
        if row["one_sided"] == "yes":
            found.append(_twin(line))
    return tuple(found)


@cache
def formation_ranks() -> dict[str, tuple[str, int]]:
    """Each formation's kind (ground, air, helicopter) and its rank among its kind."""
    columns = ("formation", "kind", "rank", "status", "source")
    table = rows("formations.csv", columns, own=True)
    return {row["formation"]: (row["kind"], int(row["rank"])) for row, _ in table}


def reaches(formation: str, lines_: tuple[str, ...]) -> bool:
    """Whether a formation is as large as one of those named, of its own kind."""
    ranks = formation_ranks()
    kind, rank = ranks[formation]
    return any(ranks[name][0] == kind and rank >= ranks[name][1] for name in lines_ if name in ranks)


def _twin(line: Line) -> Line:
    says = f"the same numbers turned round: {line.name} as if it bound the other side"
    return Line(
        line.name + MIRRORED,
        line.root,
        line.measure,
        line.stays,
        "assumed",
        "a mirror made for comparison",
        says,
        mirrored=True,
    )


def _bound(docket: Docket, parent: str, side: str) -> bool:
    found = docket.parameter(f"{parent}.binds_{side}")
    return found is None or found.value is not False
