"""Our verdict under a published claim's own operands, rung by rung, and the range of what it leaves out.

What is published is taken as published; what is not runs over all that anybody stated: speeds over every
author's, places over those where the scenario puts the hardware, the flight cap over 600 s and none. The
commit is the earliest permitted one of each rung that no mode helps.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float
from numpy import ndarray as Array

from equipoise.defence import Meetings
from equipoise.guarantee.boxes import CAPS, Spec
from equipoise.guarantee.claims.spans import Ends, Flown, SpanTable, whatever
from equipoise.guarantee.claims.words import ClaimVector
from equipoise.guarantee.commits import Commits, burnout_commits, worst_commits
from equipoise.guarantee.margins import least
from equipoise.guarantee.proof import AFTER_BURNOUT, WORST_CASE
from equipoise.guarantee.protected import ProtectedFlights
from equipoise.guarantee.types import Verdict
from equipoise.guarantee.verdicts import area_verdict

RUNGS = (AFTER_BURNOUT, WORST_CASE)
"""Rungs of commit that need no sensor of the owner, and so can be asked of any claim."""
AS_PUBLISHED = "as published"
"""The rung of a claim that states its own commit."""


@dataclass(frozen=True)
class ClaimVerdict:
    """The verdict on one claim's operands at one rung and flight cap.

    ``commit_s`` is the span of the earliest permitted commits over the flights, s from launch. The margin is
    the least in seconds at the furthest-reaching corner, None where nothing ever reaches.
    """

    rung: str
    cap: str
    commit_s: tuple[float, float]
    verdict: Verdict
    margin_s: float | None
    by_area: tuple[tuple[str, Verdict], ...]
    by_place: tuple[tuple[str, Verdict], ...] = ()
    """The same with interceptors at each place alone, where there are several."""


@dataclass(frozen=True)
class SpeedRange:
    """At one rung: out of reach below ``holds_below_km_s``, within reach from ``fails_from_km_s`` on.

    Between the two it depends. None: at no speed under 12 km/s. For speeds at the class's own altitude and
    burn time; the lower figure is without a flight cap, the upper with one of 600 s.
    """

    rung: str
    holds_below_km_s: float | None
    fails_from_km_s: float | None


def verdicts_of(table: SpanTable, vector: ClaimVector) -> tuple[ClaimVerdict, ...]:
    """The verdict at each rung and flight cap; none where nothing can be run."""
    return tuple(_verdicts(table, vector)) if vector.runs else ()


def _verdicts(table: SpanTable, vector: ClaimVector) -> Iterator[ClaimVerdict]:
    flown = table.against(vector.interceptors[0])
    rungs = [(rung, commits_at(table, flown, rung)) for rung in RUNGS]
    if vector.commit_s is not None:
        told = np.full(len(flown.flights), vector.commit_s)
        rungs.insert(0, (AS_PUBLISHED, Commits(told, told, told)))
    for rung, commits in rungs:
        for cap, cap_s in CAPS:
            ends = table.ends(vector.interceptors, vector.speeds_km_s, cap_s)
            if ends:
                yield _verdict(table, flown, vector, ends, rung, commits, cap)


def _verdict(
    table: SpanTable,
    flown: Flown,
    vector: ClaimVector,
    ends: tuple[Ends, ...],
    rung: str,
    commits: Commits,
    cap: str,
) -> ClaimVerdict:
    flights, wanted = flown.flights, table.areas(flown, vector.launch)

    def at(places: tuple[str, ...]) -> tuple[Float[Array, " n"], tuple[tuple[str, Verdict], ...]]:
        furthest, surest = table.latest(ends, places, before_burnout=rung == WORST_CASE)
        worst, throughout = furthest >= commits.early_s, surest >= commits.late_s
        areas = ((flights.areas[a].id, area_verdict(flights, a, worst, throughout)) for a in wanted)
        return furthest, tuple(areas)

    furthest, by_area = at(vector.places)
    several = vector.places if len(vector.places) > 1 else ()
    here = np.isin(flights.area, wanted)
    early = commits.early_s[here]
    return ClaimVerdict(
        rung,
        cap,
        (float(early.min(initial=math.inf)), float(commits.late_s[here].max(initial=-math.inf))),
        overall(tuple(word for _, word in by_area)),
        least(early - furthest[here]),
        by_area,
        tuple((place, overall(tuple(w for _, w in at((place,))[1]))) for place in several),
    )


def overall(words: tuple[Verdict, ...]) -> Verdict:
    """Over launch areas: one that fails throughout is enough; holds only if all do."""
    if "fails" in words:
        return "fails"
    return "depends" if "depends" in words else "holds"


def commits_at(table: SpanTable, flown: Flown, rung: str) -> Commits:
    """The earliest permitted commit of each flight at a rung."""
    made = worst_commits if rung == WORST_CASE else burnout_commits
    return made(table.scenario, flown.flights)


def speed_ranges(table: SpanTable, vector: ClaimVector) -> tuple[SpeedRange, ...]:
    """At each rung, the speeds for which each verdict holds; none where nothing can be run."""
    if not vector.runs or not table.ends(vector.interceptors, (), math.inf):
        return ()
    flown = table.against(vector.interceptors[0])
    return tuple(_speeds(table, flown, vector, rung) for rung in RUNGS)


def _speeds(table: SpanTable, flown: Flown, vector: ClaimVector, rung: str) -> SpeedRange:
    flights, wanted = flown.flights, table.areas(flown, vector.launch)
    here, commits = np.isin(flights.area, wanted), commits_at(table, flown, rung)
    loose = tuple(e.far[0] for e in table.ends(vector.interceptors, (), math.inf))
    tight = tuple(e.near[0] for e in table.ends(vector.interceptors, (), CAPS[0][1]))
    meetings: Meetings = "all" if rung == WORST_CASE else "after burnout"
    least_needed = _needed(table, flown, vector, loose, commits.early_s, meetings, np.min)
    most_needed = _needed(table, flown, vector, tight, commits.late_s, "after burnout", np.max)
    holds = float(least_needed[here].min(initial=math.inf))
    fails = min((_surely(flights, here & flights.in_area(a), most_needed) for a in wanted), default=math.inf)
    return SpeedRange(rung, _finite(holds), _finite(fails))


def _needed(
    table: SpanTable,
    flown: Flown,
    vector: ClaimVector,
    specs: tuple[Spec, ...],
    commit_s: Float[Array, " n"],
    meetings: Meetings,
    over_points: object,
) -> Float[Array, " n"]:
    """Least speed that reaches each flight from the best place, over the points of a sea area as told."""
    kinds = tuple(dict.fromkeys(replace(s, claim="", speed_km_s=1.0) for s in specs))
    found = []
    for place in vector.places:
        points = table.points(place)
        asked = [(k, p) for k in kinds for p in points]
        needed = flown.needed.of(asked, commit_s, meetings)
        block = needed.reshape(len(commit_s), len(kinds), len(points))
        found.append((block.min(axis=2) if over_points is np.min else block.max(axis=2)).min(axis=1))
    return np.asarray(np.min(found, axis=0))


def _surely(flights: ProtectedFlights, here: Bool[Array, " n"], needed: Float[Array, " n"]) -> float:
    """The speed from which some end is reached whichever point, model and loft it is."""
    return -whatever(flights, here, -needed)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def by_caps(verdicts: tuple[ClaimVerdict, ...]) -> tuple[tuple[str, str], ...]:
    """(rung, verdict), or both verdicts where the flight cap parts them."""
    words: dict[str, dict[str, str]] = {}
    for v in verdicts:
        words.setdefault(v.rung, {})[v.cap] = v.verdict
    return tuple((rung, _caps(by_cap)) for rung, by_cap in words.items())


def _caps(by_cap: dict[str, str]) -> str:
    if len(set(by_cap.values())) == 1:
        return next(iter(by_cap.values()))
    return ", ".join(f"{word} {'with no flight cap' if c == 'none' else f'with a flight cap of {c}'}"
                     for c, word in by_cap.items())  # fmt: skip
