"""How the margin of an architecture falls as one thing grows: speed, seas, numbers, sensors.

Everything else stays as declared; the commit is one that no mode helps, at burnout plus a track or at first
light plus the stated floor, except on the axis of sensors, which moves it. Each value is the least margin
over all flights; a place is never finer than a named sea.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from equipoise.defence import OperandVector, joined_sensors, operand_vectors
from equipoise.guarantee.boxes import CAPS, Box, Spec, declared_box
from equipoise.guarantee.breakout.notice import Notice, notices_of
from equipoise.guarantee.commits import Commits, burnout_commits, first_track_commits, worst_commits
from equipoise.guarantee.proof import AFTER_BURNOUT, WORST_CASE, edges_of
from equipoise.guarantee.protected import ProtectedFlights, protected_flights
from equipoise.guarantee.readings import SURVIVING, met_at_most
from equipoise.guarantee.seas import share
from equipoise.guarantee.table import LatestTable, Place, needed_table
from equipoise.guarantee.verdicts import places
from equipoise.scenario import Architecture, Scenario, SeaArea, fill_area
from equipoise.sensing import Quality

SPEED, SEAS, NUMBERS, SENSORS = "speed", "seas", "numbers", "sensors"
SPEEDS_KM_S = tuple(float(v) for v in np.arange(3.0, 10.01, 0.5))
"""Every other one where it is to be quick."""
GROWTH = (1, 2, 5, 10, 20, 50)
"""Factors on the declared number of interceptors."""
SEA_POINTS, SEA_POINTS_QUICK = 3, 2
"""Of the grid's side that fills a sea area."""
QUALITY: Quality = "search"
"""Of the track on the axis of sensors."""
Progress = Callable[[str], None]


@dataclass(frozen=True)
class BreakoutPoint:
    """One step along an axis at one rung: the least margin over the flights by flight cap.

    ``margins_s`` gives (cap, margin), None where nothing is reached at all; ``ceiling`` is the most warheads
    met and ``share`` (total, share of it) on the axis of numbers.
    """

    axis: str
    rung: str
    at: str
    value: float | None
    margins_s: tuple[tuple[str, float | None], ...]
    ceiling: int | None = None
    shares: tuple[tuple[int, float], ...] = ()
    not_guaranteed: tuple[str, ...] = ()
    """Launch areas in one sea with these ships: a word, no number; the margin is that of all others."""

    @property
    def holds(self) -> bool | None:
        """Whether no flight is reached whatever the cap; None on the axis of numbers."""
        if not self.margins_s:
            return None
        if self.not_guaranteed:
            return False
        return all(margin is None or margin > 0.0 for _, margin in self.margins_s)


@dataclass(frozen=True)
class Turn:
    """Where the axis of speed turns: the least speed that reaches; None where none under 12 km/s does."""

    rung: str
    cap: str
    speed_km_s: float | None


@dataclass(frozen=True)
class Breakout:
    """One architecture's axes toward one party's deterrent."""

    architecture: str
    protects: str
    declared_km_s: tuple[float, ...]
    """Speeds declared of its interceptors."""
    number: int | None
    """Interceptors declared; None where one battery's number is not."""
    points: tuple[BreakoutPoint, ...]
    turns: tuple[Turn, ...]
    notice: tuple[Notice, ...]


@dataclass(frozen=True)
class _Ground:
    """What all axes toward one party share."""

    scenario: Scenario
    owner: str
    flights: ProtectedFlights
    table: LatestTable
    rungs: tuple[tuple[str, Commits], ...]
    seas: Mapping[str, SeaArea]
    quick: bool


def judge_breakout(
    scenario: Scenario,
    *,
    architectures: Sequence[str] | None = None,
    protects: str | None = None,
    seas: Mapping[str, SeaArea] | None = None,
    quick: bool = False,
    progress: Progress | None = None,
) -> tuple[Breakout, ...]:
    """The axes of every architecture that places interceptors, toward the other party's deterrent.

    ``seas`` are those of the second axis; by default the scenario's.
    """
    say = progress or (lambda _: None)
    chosen = [a for a in scenario.architectures.values() if architectures is None or a.id in architectures]
    found = []
    for party, other in (scenario.parties, scenario.parties[::-1]):
        placed = [a for a in chosen if _own(scenario, a, other.id)]
        if not placed or protects not in (None, party.id):
            continue
        say(f"flying the deterrent of {party.name}")
        ground = _ground(scenario, party.id, other.id, placed, quick)
        ground = replace(ground, seas=scenario.sea_areas if seas is None else seas)
        for architecture in placed:
            say(f"breakout of {architecture.id}")
            found.append(_judge(ground, architecture))
    return tuple(found)


def _own(scenario: Scenario, architecture: Architecture, owner: str) -> tuple[OperandVector, ...]:
    own = {b.id for b in architecture.batteries if b.party == owner}
    vectors = operand_vectors(scenario, architecture)
    return tuple(v for v in vectors if v.battery in own and len(v.places_deg))


def _ground(
    scenario: Scenario, party: str, owner: str, placed: Sequence[Architecture], quick: bool
) -> _Ground:
    boxes = [declared_box(scenario, v) for a in placed for v in _own(scenario, a, owner)]
    flights = protected_flights(scenario, party, edges_of(scenario, boxes), quick=quick)
    rungs = (
        (AFTER_BURNOUT, burnout_commits(scenario, flights)),
        (WORST_CASE, worst_commits(scenario, flights)),
    )
    return _Ground(scenario, owner, flights, LatestTable(flights.tracks), rungs, scenario.sea_areas, quick)


def _judge(ground: _Ground, architecture: Architecture) -> Breakout:
    scenario = ground.scenario
    vectors = _own(scenario, architecture, ground.owner)
    boxes = tuple(declared_box(scenario, v) for v in vectors)
    numbers = [v.number for v in vectors]
    return Breakout(
        architecture.id,
        ground.flights.party,
        tuple(sorted({v.speed_km_s for v in vectors})),
        None if any(n is None for n in numbers) else sum(n or 0 for n in numbers),
        (
            *_speeds(ground, boxes),
            *_seas(ground, boxes),
            *_numbers(ground, boxes),
            *_sensors(ground, architecture, boxes),
        ),
        tuple(_turns(ground, boxes)),
        notices_of(scenario),
    )


_Asked = Sequence[tuple[Spec, tuple[Place, ...]]]
"""Interceptors at the places of their batteries."""


def _in_one_sea(ground: _Ground, asked: _Asked) -> tuple[int, ...]:
    """Launch areas that share their box with one of the batteries'."""
    areas = enumerate(ground.flights.areas)
    return tuple(a for a, area in areas if any(share(area, stands) for _, stands in asked))


def _margins(ground: _Ground, commits: Commits, asked: _Asked) -> tuple[tuple[str, float | None], ...]:
    """Least margin over the flights, by flight cap, of specs at places; flights of one sea left out."""
    early = commits.early_s
    known = np.isfinite(early) & ~np.isin(ground.flights.area, _in_one_sea(ground, asked))
    found = []
    for name, cap_s in CAPS:
        least = math.inf
        for spec, stands in asked:
            latest = ground.table.of([replace(spec, flight_cap_s=cap_s, claim="")], stands)[known, 0]
            least = min(least, float((early[known, None] - latest).min(initial=math.inf)))
        found.append((name, least if math.isfinite(least) else None))
    return tuple(found)


def _speeds(ground: _Ground, boxes: tuple[Box, ...]) -> Iterator[BreakoutPoint]:
    """Every interceptor of the architecture at one speed, its quoting altitude and burn as declared."""
    for rung, commits in ground.rungs:
        for speed in SPEEDS_KM_S[:: 2 if ground.quick else 1]:
            asked = [(replace(b.declared, speed_km_s=speed), places(b)) for b in boxes]
            yield BreakoutPoint(SPEED, rung, f"{speed:g} km/s", speed, _margins(ground, commits, asked))


def _turns(ground: _Ground, boxes: tuple[Box, ...]) -> Iterator[Turn]:
    """The least speed that reaches some flight: where the axis of speed turns; one sea left out."""
    one_sea = _in_one_sea(ground, [(b.declared, places(b)) for b in boxes])
    apart = ~np.isin(ground.flights.area, one_sea)
    for rung, commits in ground.rungs:
        for name, cap_s in CAPS:
            asked = [(replace(b.declared, flight_cap_s=cap_s), place) for b in boxes for place in places(b)]
            needed = needed_table(ground.flights.tracks, asked, commits.early_s, "after burnout")
            least = float(needed[apart].min(initial=math.inf))
            yield Turn(rung, name, least if math.isfinite(least) else None)


def _seas(ground: _Ground, boxes: tuple[Box, ...]) -> Iterator[BreakoutPoint]:
    """The architecture as it is, and with a ship more in each named sea, with the fastest kind that sails."""
    scenario = ground.scenario
    kinds = _sailing(scenario, ground.owner)
    now = [(b.declared, places(b)) for b in boxes]
    for rung, commits in ground.rungs:
        yield _sea(ground, rung, commits, "as declared", now)
        for name, sea in ground.seas.items() if kinds else ():
            side = SEA_POINTS_QUICK if ground.quick else SEA_POINTS
            filled = np.asarray(fill_area(sea.area, side), dtype=float)
            stands = tuple((float(lat), float(lon)) for lat, lon in filled)
            more = [(spec, stands) for spec in kinds]
            yield _sea(ground, rung, commits, name, [*now, *more])


def _sea(ground: _Ground, rung: str, commits: Commits, at: str, asked: _Asked) -> BreakoutPoint:
    one_sea = tuple(ground.flights.areas[a].id for a in _in_one_sea(ground, asked))
    return BreakoutPoint(SEAS, rung, at, None, _margins(ground, commits, asked), not_guaranteed=one_sea)


def _sailing(scenario: Scenario, owner: str) -> tuple[Spec, ...]:
    """The kind with the highest declared speed that the owner places at sea in any proposal."""
    every = (v for a in scenario.architectures.values() for v in operand_vectors(scenario, a))
    at_sea = [v for v in every if v.party == owner and v.site in scenario.sea_areas]
    fastest = max(at_sea, key=lambda v: v.speed_km_s, default=None)
    return () if fastest is None else (declared_box(scenario, fastest).declared,)


def _numbers(ground: _Ground, boxes: tuple[Box, ...]) -> Iterator[BreakoutPoint]:
    """The number that a stated share of each total takes, and the ceiling as the declared number grows.

    The first is left out where no share is stated; the second counts the batteries whose number is declared.
    """
    stated = ground.scenario.rules.disruptive_share.middle
    models = ground.scenario.interceptors
    shots = max((models[b.vector.interceptor].shots for b in boxes), default=1)
    for total in SURVIVING if stated is not None else ():
        number = (math.floor((stated or 0.0) * total) + 1) * shots
        yield BreakoutPoint(
            NUMBERS, "any", f"more than {stated:.0%} of {total} warheads", float(number), (), number // shots
        )
    counted = [b for b in boxes if b.vector.number is not None]
    met = met_at_most(ground.scenario, counted) or 0
    more = "" if len(counted) == len(boxes) else ", those not declared left out"
    for factor in GROWTH if met else ():
        ceiling = met * factor
        shares = tuple((total, min(1.0, ceiling / total)) for total in SURVIVING)
        yield BreakoutPoint(
            NUMBERS, "any", f"{factor} times the declared number{more}", float(factor), (), ceiling, shares
        )


def _sensors(ground: _Ground, architecture: Architecture, boxes: tuple[Box, ...]) -> Iterator[BreakoutPoint]:
    """The earliest first track by more and more sensors, with the quickest decision that any mode states."""
    scenario = ground.scenario
    brought = joined_sensors(scenario, architecture)
    owner = ground.owner
    mine = tuple(n for n, s in scenario.sensors.items() if s.party == owner)
    sets = (
        ("the owner's own in the architecture", tuple(n for n in brought if n in mine)),
        ("all that the architecture and what joins it bring", brought),
        ("all that the owner's members have", mine),
        ("all sensors of both parties", tuple(scenario.sensors)),
    )
    quickest = min((m.decision_s.bounds or (0.0, 0.0))[0] for m in scenario.modes)
    asked = [(b.declared, places(b)) for b in boxes]
    for words, sensors in sets:
        commits = first_track_commits(scenario, ground.flights, sensors, QUALITY, (quickest, quickest))
        yield BreakoutPoint(SENSORS, "first track", words, None, _margins(ground, commits, asked))
    for rung, commits in ground.rungs:
        yield BreakoutPoint(
            SENSORS, rung, "any sensor, undeclared ones too", None, _margins(ground, commits, asked)
        )
