"""The purpose test, site by site: whom it newly protects, beside whose missiles it newly reaches.

"Threats come mainly from the south, yet the infrastructure develops near us": so each site stands beside one
mirrored in the line from the threats to the people whom they threaten, as near to both and on the other side,
and one moved farther from the other party's deterrent. The comparison is a point on the map and no proposal.
Both figures are ceilings: people who can be met, flights that can be reached at the furthest-reaching corner.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from jaxtyping import Bool, Float
from numpy import ndarray as Array

from equipoise.guarantee.measures.rows import RowJudge
from equipoise.guarantee.proof import LADDER
from equipoise.guarantee.protected import ProtectedFlights
from equipoise.guarantee.purpose.people import PeopleCount, threatened_deg, with_architectures
from equipoise.guarantee.verdicts import reached_at_worst
from equipoise.scenario import Architecture, Area, Battery, Scenario, Site

Kind = Literal["as proposed", "mirrored", "farther"]
KINDS: tuple[Kind, ...] = ("as proposed", "mirrored", "farther")
FARTHER_KM = 1000.0
"""By how much the farther site is moved away from the other party's launch areas."""
EARTH_KM = 6371.0
Vector = Float[Array, " 3"]


@dataclass(frozen=True)
class SitePurpose:
    """One site of one architecture, or its comparison: people newly met, and flights newly reached.

    People are the owner's, over what its own systems meet; None where that is not computed, for want of the
    sensors in the facts. ``projected_people``: against the projected threats, None also where there are none.
    Shares are of the other party's flights, each launch area counting the same: those that the place reaches,
    and those of them that the owner's own systems do not.
    """

    architecture: str
    place: str
    """Id of the site or sea area."""
    kind: Kind
    owner: str
    protects: str
    interceptors: tuple[str, ...]
    lat_deg: float
    lon_deg: float
    people: float | None
    threatened: float
    projected_people: float | None
    reached: tuple[tuple[str, float, float], ...]
    """(rung, share reached, share newly reached)."""
    own_system: bool

    def share(self, rung: str) -> float:
        """The share reached at one rung."""
        return next(share for name, share, _ in self.reached if name == rung)

    def newly(self, rung: str) -> float:
        """The share newly reached at one rung."""
        return next(new for name, _, new in self.reached if name == rung)


def judge_purpose(
    scenario: Scenario, *, quick: bool = False, progress: Callable[[str], None] | None = None
) -> tuple[SitePurpose, ...]:
    """Every place at which an architecture puts interceptors; sites on land with both comparisons.

    A sea area stands alone: ships may be anywhere in it, and the other named boxes are its comparison. So
    does a member's own system, which stands where it stands.
    """
    say = progress or (lambda _: None)
    say("finding whom the threats reach")
    tests = tuple(_tests(scenario))
    sites = {s.id: s for t in tests for s in [t.site] if s is not None}
    bare = [t.without for t in tests]
    whole = replace(
        with_architectures(scenario, [*(t.variant for t in tests), *bare]),
        sites={**scenario.sites, **sites},
    )
    count = PeopleCount(whole, quick=quick, progress=progress)
    say("holding the sites against both deterrents")
    judge = RowJudge(whole, quick=quick)
    return tuple(_judged(whole, t, count, judge) for t in tests)


@dataclass(frozen=True)
class _Test:
    """One place as it stands or moved: an architecture with it alone, and the same without it."""

    of: Architecture
    place: str
    kind: Kind
    owner: str
    protects: str
    variant: Architecture
    without: Architecture
    site: Site | None
    at_deg: tuple[float, float]


def _tests(scenario: Scenario) -> Iterator[_Test]:
    first, second = (p.id for p in scenario.parties)
    other = {first: second, second: first}
    middles = {p: Middles(scenario, p, other[p]) for p in other}
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for a in scenario.architectures.values():
        for place in dict.fromkeys(b.site or b.sea_area or "" for b in a.batteries):
            here = tuple(b for b in a.batteries if place in (b.site, b.sea_area))
            key = (place, tuple(sorted(b.interceptor for b in here)))
            if key in seen or not place:
                continue
            seen.add(key)
            owner = here[0].party
            yield from _kinds(scenario, a, place, here, (owner, other[owner]), middles[owner])


def _kinds(
    scenario: Scenario,
    of: Architecture,
    place: str,
    here: tuple[Battery, ...],
    sides: tuple[str, str],
    middles: Middles,
) -> Iterator[_Test]:
    """The place as proposed and, on land, mirrored and farther."""
    bare = _alone(of, f"{of.id} without {place}", ())
    if place in scenario.sea_areas or of.own_system:
        variant, at = _alone(of, f"{of.id} at {place}", here), _where(scenario, place)
        yield _Test(of, place, "as proposed", *sides, variant, bare, None, at)
        return
    site = scenario.sites[place]
    spot = (site.lat_deg, site.lon_deg)
    for kind, at in zip(KINDS, (spot, middles.mirrored(spot), middles.farther(spot)), strict=True):
        moved = replace(site, id=f"{place} {kind}", lat_deg=at[0], lon_deg=at[1], status="assumed")
        batteries = tuple(replace(b, id=f"{b.id} {kind}", site=moved.id) for b in here)
        variant = _alone(of, f"{of.id} at {place} {kind}", batteries)
        yield _Test(of, place, kind, *sides, variant, bare, moved, at)


def _where(scenario: Scenario, place: str) -> tuple[float, float]:
    if place in scenario.sea_areas:
        return _centre(scenario.sea_areas[place].area)
    return scenario.sites[place].lat_deg, scenario.sites[place].lon_deg


def _alone(of: Architecture, name: str, batteries: tuple[Battery, ...]) -> Architecture:
    """The architecture with some batteries alone, its own sensors, and nothing joined."""
    return replace(of, id=name, batteries=batteries, joins=(), own_system=False, joint=False)


class Middles:
    """The middles that the comparisons are drawn from: threats, the owner's people, the other's areas."""

    def __init__(self, scenario: Scenario, owner: str, other: str) -> None:
        index = [p.id for p in scenario.parties].index(owner)
        areas = {n for t in scenario.threats if t.assessed for n in t.launch_areas}
        threats = [_unit(_centre(a.area)) for a in scenario.threat_areas if a.id in areas]
        people = threatened_deg(scenario, index)
        self._people = _mean([_unit((lat, lon)) * count for lat, lon, count in people])
        near = sorted(threats, key=lambda t: -float(t @ self._people))
        self._threat = _mean(near[: max(1, len(near) // 2)])
        mainland = [a for a in scenario.deterrent_areas if a.party == other and a.basing != "submarine"]
        self._other = [_unit(_centre(a.area)) for a in mainland]

    @property
    def threat_deg(self) -> tuple[float, float]:
        """The middle of the nearer half of the assessed threats' launch areas: latitude, longitude."""
        return _degrees(self._threat)

    @property
    def people_deg(self) -> tuple[float, float]:
        """The middle of the owner's people whom an assessed threat reaches: latitude, longitude."""
        return _degrees(self._people)

    def mirrored(self, spot: tuple[float, float]) -> tuple[float, float]:
        """On the other side of the great circle from the threats to the people, as far from both."""
        pole = np.cross(self._threat, self._people)
        length = float(np.linalg.norm(pole))
        if length < 1e-9:
            return spot
        pole, here = pole / length, _unit(spot)
        return _degrees(here - 2.0 * float(here @ pole) * pole)

    def farther(self, spot: tuple[float, float]) -> tuple[float, float]:
        """Moved over the ground straight away from the nearest of the other party's areas on land."""
        here = _unit(spot)
        if not self._other:
            return spot
        nearest = max(self._other, key=lambda u: float(u @ here))
        away = here * float(here @ nearest) - nearest
        length = float(np.linalg.norm(away))
        if length < 1e-9:
            return spot
        angle = FARTHER_KM / EARTH_KM
        return _degrees(math.cos(angle) * here + math.sin(angle) * away / length)


def _judged(scenario: Scenario, test: _Test, count: PeopleCount, judge: RowJudge) -> SitePurpose:
    without = (test.of.id,) if test.of.own_system else ()
    with_it, bare = (
        next(m for m in count.of([a.id], without) if m.party == test.owner)
        for a in (test.variant, test.without)
    )
    later = None
    if with_it.projected_met is not None and bare.projected_met is not None:
        later = with_it.projected_met - bare.projected_met
    return SitePurpose(
        test.of.id,
        test.place,
        test.kind,
        test.owner,
        test.protects,
        tuple(dict.fromkeys(b.interceptor for b in test.variant.batteries)),
        round(test.at_deg[0], 1),
        round(test.at_deg[1], 1),
        None if test.of.sensors_missing else with_it.met - bare.met,
        with_it.threatened,
        None if test.of.sensors_missing else later,
        tuple((rung, *_reached(scenario, test, judge, rung)) for rung in LADDER),
        test.of.own_system,
    )


def _reached(scenario: Scenario, test: _Test, judge: RowJudge, rung: str) -> tuple[float, float]:
    """The share of the other's flights that the place reaches, and that own systems do not reach besides."""
    case = judge.case(scenario, test.variant, test.owner, test.protects, rung, set())
    met = reached_at_worst(case)
    new = met.copy()
    for own in scenario.architectures.values():
        if own.own_system and own.id != test.of.id:
            known = judge.case(scenario, own, test.owner, test.protects, rung, set())
            new &= ~reached_at_worst(known)
    return _share(case.flights, met), _share(case.flights, new)


def _share(flights: ProtectedFlights, met: Bool[Array, " n"]) -> float:
    """Share of the flights, each launch area counting the same however many points fill it."""
    areas = [flights.in_area(a) for a in range(len(flights.areas))]
    shares = [float(met[here].mean()) for here in areas if here.any()]
    return float(np.mean(shares)) if shares else 0.0


def _centre(area: Area) -> tuple[float, float]:
    (south, north), (west, east) = area.lat_deg, area.lon_deg
    return (south + north) / 2, west + ((east - west) % 360.0) / 2


def _unit(spot_deg: tuple[float, float]) -> Vector:
    lat, lon = math.radians(spot_deg[0]), math.radians(spot_deg[1])
    level = math.cos(lat)
    return np.array([level * math.cos(lon), level * math.sin(lon), math.sin(lat)])


def _degrees(unit: Vector) -> tuple[float, float]:
    x, y, z = (float(v) for v in unit / np.linalg.norm(unit))
    return math.degrees(math.asin(max(-1.0, min(1.0, z)))), math.degrees(math.atan2(y, x))


def _mean(units: list[Vector]) -> Vector:
    total = np.sum(units, axis=0) if units else np.array([1.0, 0.0, 0.0])
    length = float(np.linalg.norm(total))
    return np.asarray(total / length if length > 0.0 else total)
