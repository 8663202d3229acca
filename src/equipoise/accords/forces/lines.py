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
from equipoise.accords.types import Bounds, Operand, Reading

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
    together: tuple[str, ...] = ()
    """Categories that are counted as one sum; where there are any, the line is about no others."""
    mirrored: bool = False

    def limit(self, docket: Docket, category: str) -> tuple[int, Operand] | None:
        """The number above which forces of a category are substantial; None where the line has none."""
        if self.measure != "numbers" or (self.together and category != self.together[0]):
            return None
        return docket.whole(f"{self.root}.{category}")

    def counts(self, category: str) -> tuple[str, ...]:
        """The categories that are counted for a limit: itself, or all that are one sum with it."""
        return self.together or (category,)

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
        if self.together:
            return None
        found = docket.parameter(self.root if self.measure == "formation" else f"{self.parent}.unit")
        if found is None or not found.value:
            return None
        words = found.value if isinstance(found.value, tuple) else (str(found.value).removeprefix("one "),)
        return tuple(str(w) for w in words), found.operand()

    @property
    def reading(self) -> Reading:
        """The line as a reading: what it takes each disputed operand to be."""
        bound = "the other side only" if self.mirrored else "as the text binds"
        choices = [(DEFINED, self.name), ("stay", self.stays), ("who is bound", bound)]
        if self.together:
            choices.append(("aircraft and helicopters", "one sum"))
        return Reading(self.name, self.says, tuple(choices), self.source, self.status)


@cache
def lines() -> tuple[Line, ...]:
    """Every line, and after a line that binds one side only its mirrored twin."""
    columns = ("reading", "root", "measure", "stays", "status", "source", "says", "one_sided", "together")
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
            tuple(row["together"].split(";")) if row["together"] else (),
        )
        found.append(line)
        if row["one_sided"] == "yes":
            found.append(_twin(line))
    return tuple(found)


def formation_ranks() -> dict[str, tuple[str, int]]:
    """Each formation's kind (ground, air, helicopter) and its rank among its kind."""
    return {row["formation"]: (row["kind"], int(row["rank"])) for row in _formations()}


def people_of(formations: tuple[str, ...]) -> tuple[Bounds, Operand] | None:
    """How many people the first of these formations that has a figure commonly has."""
    for row in _formations():
        if row["formation"] in formations and row["people_low"]:
            low, high = int(row["people_low"]), int(row["people_high"])
            name = f"people of a {row['formation']}"
            status, source = row["status"], row["source"]
            operand = Operand(name, None, low, high, "persons", source=source, status=status)
            return Bounds(low, high), operand
    return None


@cache
def _formations() -> tuple[dict[str, str], ...]:
    columns = ("formation", "kind", "rank", "people_low", "people_high", "status", "source")
    return tuple(row for row, _ in rows("formations.csv", columns, own=True))


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
        line.together,
        mirrored=True,
    )


def _bound(docket: Docket, parent: str, side: str) -> bool:
    found = docket.parameter(f"{parent}.binds_{side}")
    return found is None or found.value is not False
