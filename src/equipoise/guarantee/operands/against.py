"""A reader's vector beside a published claim: where they differ, and what follows with the claim's figure."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from equipoise.guarantee.claims.words import (
    CAP,
    COMMIT,
    INTERCEPTOR,
    LAUNCH,
    NUMBER,
    QUOTED,
    SITE,
    SPEED,
    ClaimVector,
    published_of,
    vector_of,
)
from equipoise.guarantee.operands.judging import judge_stated
from equipoise.guarantee.types import Verdict
from equipoise.scenario import Area, Scenario, StatedOperands, StatedPlace, Statement

Range = tuple[float, float]


@dataclass(frozen=True)
class Difference:
    """One operand of a reader's vector beside a published claim's; None = not stated, not published."""

    claim: str
    operand: str
    stated: str | None
    published: str | None
    status: str
    """How well it is known that the claim gives the figure."""
    same: bool
    verdict_then: Verdict | None
    """The verdict on the reader's first rung with the claim's figure in place of the reader's; None where the
    claim gives none, or one that cannot be put in.
    """


def differences(
    scenario: Scenario, stated: StatedOperands, claim: Statement, *, quick: bool = False
) -> tuple[Difference, ...]:
    """Every operand of reach, as the reader states it and as the claim published it."""
    vector = vector_of(scenario, claim)
    mine = dict(_in_words(stated))
    found = []
    for theirs in published_of(claim, vector):
        own = mine.get(theirs.operand)
        same = own is not None and own == theirs.figure
        then = None
        if theirs.figure is not None and not same:
            swapped = _swapped(scenario, stated, theirs.operand, vector)
            rows = judge_stated(scenario, swapped, quick=quick).guarantees if swapped else ()
            then = rows[0].verdict if rows else None
        found.append(Difference(claim.id, theirs.operand, own, theirs.figure, theirs.status, same, then))
    return tuple(found)


def _in_words(stated: StatedOperands) -> Iterator[tuple[str, str | None]]:
    """Each operand as the reader states it, in the words that the claims are read in."""
    f, commit = stated.figures[0], stated.commit
    yield INTERCEPTOR, stated.interceptor
    yield SPEED, None if f.speed_km_s is None else _range(f.speed_km_s)
    yield QUOTED, _range(f.quoted_at_km)
    yield SITE, ", ".join(p.id for p in stated.places)
    yield LAUNCH, ", ".join(a.name for a in stated.launch)
    yield "aim", ", ".join(e.name for e in stated.aim)
    yield COMMIT, None if commit is None else f"{_range(commit.seconds)} after {commit.counts_from}"
    yield CAP, _range(f.flight_cap_s)
    yield NUMBER, None if stated.number is None else str(stated.number)
    yield "time to 100 km, s", f"{_range(f.time_to_burnout_s)} to {_range(f.quoted_at_km)} km"
    yield "altitude window, km", f"{_range(f.altitude_min_km)} to {_range(f.altitude_max_km)}"
    yield "boost profile", ", ".join([*stated.models, *(p.id for p in stated.profiles)])
    yield "loft", ", ".join(name for name, _ in stated.lofts)
    yield "meeting before burnout", "counts" if stated.meetings_before_burnout else "does not count"
    tracked = commit is not None and commit.counts_from == "track"
    yield "track quality", commit.quality if commit is not None and tracked else None
    also = stated.also_counted
    yield "which interceptors count", "those of this vector" if also is None else f"these and {also.which}"


def _range(ends: Range) -> str:
    low, high = (f"{v:g}" if math.isfinite(v) else "none" for v in ends)
    return low if low == high else f"{low}, {high}"


def _swapped(
    scenario: Scenario, stated: StatedOperands, operand: str, vector: ClaimVector
) -> StatedOperands | None:
    """The reader's vector with one operand as the claim has it, where that can be run."""
    if operand == SPEED and vector.speeds_km_s:
        speed = min(vector.speeds_km_s), max(vector.speeds_km_s)
        return replace(stated, figures=tuple(replace(f, speed_km_s=speed) for f in stated.figures))
    if operand == SITE and vector.placed:
        return replace(stated, places=tuple(_place(scenario, name) for name in vector.places))
    if operand == LAUNCH and vector.launch:
        held = tuple(m for a in stated.launch for m in a.missiles)
        areas = [a for a in scenario.deterrent_areas if a.id in vector.launch and a.missiles]
        if stated.profiles:
            areas = [replace(a, missiles=held) for a in areas]
        models = {**scenario.missile_models, **stated.models}
        return replace(stated, launch=tuple(areas), models=models) if areas else None
    return None


def _place(scenario: Scenario, name: str) -> StatedPlace:
    if name in scenario.sea_areas:
        return StatedPlace(name, scenario.sea_areas[name].area)
    site = scenario.sites[name]
    point = (site.lat_deg, site.lat_deg), (site.lon_deg, site.lon_deg)
    return StatedPlace(name, Area("point", *point, site.status))
