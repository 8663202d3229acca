"""Founding Act of 27 May 1997: no additional permanent stationing of substantial combat forces.

The text defines no number (section IV). Each line that was drawn since is a reading: the draft of 2009,
which binds one side only, beside its mirrored twin; a brigade for each host; and, for comparison, what the
treaties of 1990 and 1999 call a temporary deployment. Readings part on the numbers, on whether what rotates
counts, and on who is bound. ``member`` names the host or the area.
"""

from __future__ import annotations

from collections.abc import Iterable

from equipoise.accords.docket import Docket
from equipoise.accords.forces.judged import Ground, by_line
from equipoise.accords.forces.lines import DEFINED, Line, lines
from equipoise.accords.forces.presence import STATED, Presence, areas_of, presences, stated
from equipoise.accords.inforce import Standing
from equipoise.accords.sides import sides
from equipoise.accords.types import Accord, Clause, Finding, Operand, Query, Reading, Step

NAME, OBLIGATION, ARTICLE = "founding-act", "substantial_combat_forces", "Founding Act, section IV"
OPTIONS = (*STATED, "organised_as")


def judge(query: Query) -> tuple[Finding, ...]:
    """Every side's forces in every area on which anything is said, under every line."""
    docket = Docket(NAME, query)
    standing = docket.standing(NAME)
    found: list[Finding] = []
    for side in sides(docket.facts, docket.day):
        for area in areas_of(docket, side):
            there = (*presences(docket, side, area), *stated(docket, side, area))
            for line in lines():
                found += _judge(docket, standing, side, area, line, there)
    return tuple(found)


def _judge(
    docket: Docket, standing: Standing, side: str, area: str, line: Line, there: tuple[Presence, ...]
) -> Iterable[Finding]:
    """One side, one area, one line; where the act or the line does not bind the side, that is said."""
    about = {"party": side, "reading": line.name, "details": (("member", area),)}
    if not standing.owed:
        yield docket.not_owed(OBLIGATION, ARTICLE, standing, **about)
        return
    if not line.binds(docket, side):
        operand = Operand("binds", False, source=line.source, status=line.status)
        unbound = Step(f"whether {line.name} binds {side}", ARTICLE, (operand,), "", "it does not")
        yield docket.not_owed(OBLIGATION, ARTICLE, Standing("not in force", False, None, unbound), **about)
        return
    ground = Ground(OBLIGATION, ARTICLE, side, area, (standing.step,), there)
    yield from by_line(docket, ground, line)


ACCORD = Accord(
    name=NAME,
    title="Founding Act, 1997: substantial combat forces",
    force="political",
    withdrawal=Clause("none provided: a political act", "", "PISM (parameters.yaml)", "read"),
    disputes=Clause("consultation in the joint council", "section II", "memory", "assumed"),
    remedy=Clause("none named; the other side may hold that it is released", "", "memory", "assumed"),
    readings=(
        Reading(None, "the text as written", ((DEFINED, "no number"), ("stay", "permanent"))),
        *(line.reading for line in lines()),
    ),
    judge=judge,
    options=OPTIONS,
)
