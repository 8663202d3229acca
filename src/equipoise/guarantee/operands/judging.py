"""A reader's own operand vector, judged down the ladder of commits, with the figures asked for beside it.

Every operand may be a range; the verdict is taken over the box, at every place, model, loft and end. The
first rung is the reader's own commit; below it stand the two bounds that hold whatever is stated: burnout
plus a track, and first light plus the scenario's floor. What would make nonsense of a vector is refused where
the file is read.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.defence import OperandVector
from equipoise.guarantee.boxes import Box, Spec, box_of_corners, claims_box
from equipoise.guarantee.commits import (
    Commits,
    burnout_commits,
    first_track_commits,
    light_commits,
    worst_commits,
)
from equipoise.guarantee.counting import vector_sets
from equipoise.guarantee.operands.answers import Answers, answer
from equipoise.guarantee.proof import AFTER_BURNOUT, WORST_CASE, edges_of
from equipoise.guarantee.protected import ProtectedFlights, Wanted, fly_wanted
from equipoise.guarantee.readings import Force, declared_warheads, met_at_most
from equipoise.guarantee.rows import row_of
from equipoise.guarantee.table import LatestTable
from equipoise.guarantee.types import Guarantee
from equipoise.guarantee.verdicts import Case
from equipoise.scenario import InputError, Scenario, StatedFigures, StatedOperands, StatedPlace, fill_area

AS_STATED = "as stated"
"""The rung of a reader's own commit."""
POINTS_PER_SIDE = 3
"""Of the grid that fills a sea area."""
SPEEDLESS_KM_S = 1.0
"""Stands in where no speed is stated: only the speed needed is then given, which does not look at it."""


@dataclass(frozen=True)
class StatedVerdict:
    """The rows of a reader's vector, the figures asked for, and how much was worked out."""

    operands: StatedOperands
    guarantees: tuple[Guarantee, ...]
    """One a rung; empty where no speed is stated."""
    answers: Answers
    flights: int
    engagements: int
    """Flights times places."""
    not_flown: tuple[str, ...]


def judge_stated(scenario: Scenario, stated: StatedOperands, *, quick: bool = False) -> StatedVerdict:
    """The verdict on a reader's own vector, and the speeds needed and latest commits that it asks for.

    Raises:
        InputError: ``operands-no-flight`` where nothing flies as stated.
    """
    party = next(p.id for p in scenario.parties if p.id != stated.owner)
    beside = tuple(_beside(scenario, stated))
    flights = _flights(scenario, stated, party, beside, quick)
    own = tuple(_box(stated, place) for place in stated.places)
    boxes = (*own, *beside)
    after = LatestTable(flights.tracks)
    before = LatestTable(flights.tracks, "before burnout") if stated.meetings_before_burnout else None
    rows = []
    if all(f.speed_km_s is not None for f in stated.figures):
        for rung, commits in _ladder(scenario, stated, flights):
            counted = before
            if rung == WORST_CASE and not stated.profiles:
                counted = before or LatestTable(flights.tracks, "before burnout")
            case = Case(flights, boxes, commits, after, counted)
            rows.append(
                row_of(scenario, stated.id, "any", rung, case, force=_force(scenario, stated, party, beside))
            )
    return StatedVerdict(
        stated,
        tuple(rows),
        answer(stated, flights, own),
        len(flights),
        len(flights) * sum(len(b.vector.places_deg) for b in boxes),
        flights.unflown,
    )


def _beside(scenario: Scenario, stated: StatedOperands) -> Iterator[Box]:
    """Other interceptors of the owner that the reader lets count, over every author's claim."""
    also = stated.also_counted
    if also is not None:
        sets = vector_sets(scenario, scenario.architectures[also.architecture], stated.owner)
        yield from (claims_box(scenario, v) for v in sets[also.which])


def _force(scenario: Scenario, stated: StatedOperands, party: str, beside: tuple[Box, ...]) -> Force:
    """The numbers that the second reading needs: the reader's, else what the scenario's party declares."""
    share = scenario.rules.disruptive_share.middle
    met = None if stated.number is None else stated.number // stated.shots_each
    more = met_at_most(scenario, beside)
    met = None if met is None or more is None else met + more
    total = stated.declared_warheads or declared_warheads(scenario, party)
    return Force(met, total, share, stated.surviving_warheads)


def _flights(
    scenario: Scenario, stated: StatedOperands, party: str, beside: tuple[Box, ...], quick: bool
) -> ProtectedFlights:
    profiles = {p.id: p for p in stated.profiles}
    edges = {e for f in stated.figures for e in (*f.altitude_min_km, *f.altitude_max_km)}
    inside = tuple(sorted({e for e in edges if 0.0 < e < 2000.0} | {*edges_of(scenario, beside)}))
    wanted = Wanted(party, stated.launch, stated.aim, stated.models, stated.lofts, profiles)
    flights = fly_wanted(wanted, inside, quick=quick)
    if len(flights) == 0:
        raise _no_flight(stated)
    return flights


def _no_flight(stated: StatedOperands) -> InputError:
    launch, aim = (", ".join(p.name for p in places) for places in (stated.launch, stated.aim))
    said = NO_FLIGHT.format(launch=launch or "any launch area", aim=aim or "any end")
    file, line, column = stated.stands
    return InputError(
        "operands-no-flight",
        said,
        file=file,
        line=line,
        column=column,
        field="missile",
        hint=NO_FLIGHT_HINT,
    )


NO_FLIGHT = "none of the missiles named flies from {launch} to {aim} at these lofts"
NO_FLIGHT_HINT = "name a missile of longer range, a nearer aim, or another loft"


def _ladder(
    scenario: Scenario, stated: StatedOperands, flights: ProtectedFlights
) -> Iterator[tuple[str, Commits]]:
    """(rung, commits): the reader's own where stated, then the two bounds."""
    if stated.commit is not None:
        yield AS_STATED, _commits(scenario, stated, flights)
    yield AFTER_BURNOUT, burnout_commits(scenario, flights)
    yield WORST_CASE, worst_commits(scenario, flights)


def _commits(scenario: Scenario, stated: StatedOperands, flights: ProtectedFlights) -> Commits:
    commit = stated.commit
    if commit is None:
        raise ValueError("no commit is stated")
    if commit.counts_from == "track":
        return first_track_commits(scenario, flights, commit.sensors, commit.quality, commit.seconds)
    if commit.counts_from == "first light":
        return light_commits(scenario, flights, commit.seconds)
    start = flights.tracks.burnout_s if commit.counts_from == "burnout" else np.zeros(len(flights))
    low, high = commit.seconds
    return Commits(start + low, start + (low + high) / 2, start + high)


def _box(stated: StatedOperands, place: StatedPlace) -> Box:
    """One place as a battery: the first author's figures as the declared point, every author's as corners."""
    far, near = (tuple(_spec(f, far=end) for f in stated.figures) for end in (True, False))
    return box_of_corners(_vector(stated, place), far, near)


def _spec(figures: StatedFigures, *, far: bool) -> Spec:
    """The corner that reaches furthest, or least."""
    up, down = (1, 0) if far else (0, 1)
    speed = figures.speed_km_s or (SPEEDLESS_KM_S, SPEEDLESS_KM_S)
    return Spec(
        figures.author,
        speed[up],
        figures.quoted_at_km[up],
        figures.time_to_burnout_s[down],
        figures.flight_cap_s[up],
        figures.altitude_min_km[down],
        figures.altitude_max_km[up],
        figures.range_km[up],
    )


def _vector(stated: StatedOperands, place: StatedPlace) -> OperandVector:
    """The middle of the first author's box, as the row prints it."""
    figures = stated.figures[0]
    speed = figures.speed_km_s or (math.inf, math.inf)
    return OperandVector(
        battery=f"{stated.id} at {place.id}" if len(stated.places) > 1 else stated.id,
        interceptor=stated.interceptor,
        claim=figures.author,
        author=figures.author,
        party=stated.owner,
        member="",
        site=place.id,
        places_deg=_places(place),
        speed_km_s=sum(speed) / 2,
        burnout_altitude_km=sum(figures.quoted_at_km) / 2,
        time_to_burnout_s=sum(figures.time_to_burnout_s) / 2,
        flight_cap_s=sum(figures.flight_cap_s) / 2,
        altitude_min_km=sum(figures.altitude_min_km) / 2,
        altitude_max_km=sum(figures.altitude_max_km) / 2,
        range_km=sum(figures.range_km) / 2,
        number=stated.number,
        statuses=(),
    )


def _places(place: StatedPlace) -> Float[Array, "k 2"]:
    return np.asarray(fill_area(place.area, POINTS_PER_SIDE), dtype=float).reshape(-1, 2)
