"""A reader's own operand vector: judged like a battery, and set beside the published claims.

Every operand may be a range; the verdict is taken over the box. What would make nonsense of it (a speed that
cannot climb into the altitude window, a cap shorter than the burn, a sea box on land) is refused by name.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.defence import OperandVector
from equipoise.guarantee.boxes import Spec, box_between
from equipoise.guarantee.claims import ClaimReading
from equipoise.guarantee.commits import Commits
from equipoise.guarantee.protected import ProtectedFlights, protected_flights
from equipoise.guarantee.rows import row_of
from equipoise.guarantee.table import LatestTable
from equipoise.guarantee.types import Guarantee
from equipoise.guarantee.verdicts import Case
from equipoise.scenario import InputError, Scenario, fill_area

AS_STATED = "as stated"
"""The rung of a reader's own vector."""
POINTS_PER_SIDE = 3
"""Of the grid that fills a sea area."""
MU_KM3_S2, EARTH_KM = 398600.4418, 6371.0
"""For the least speed that climbs: WGS84's gravitational parameter, and the mean radius."""

REFUSED = {
    "operands-party": "{value} is no party of {scenario}",
    "operands-place": "{value} is neither a site nor a sea area of {scenario}",
    "operands-range": "{value} runs from high to low",
    "operands-commit": "a commit {value} s before the missile's launch has nothing to go by",
    "operands-cap": "a flight cap of {value} s is shorter than the burn",
    "operands-slow": "{value} km/s does not climb to the altitude window from where it is quoted",
    "operands-area": "{value} is no launch area of the party that is asked about",
    "operands-end": "{value} is no end of the party that is asked about",
}
"""Each refusal by its id."""
_HINTS = {
    "operands-commit": "Commits count from the missile's launch; give 0 or later.",
    "operands-cap": "The cap counts from the interceptor's own launch; convert one that counts from burnout.",
    "operands-slow": "Give a higher speed, or the altitude at which yours is quoted.",
}

Range = tuple[float, float]
"""Low and high end; equal for one figure."""


@dataclass(frozen=True)
class StatedOperands:
    """What a reader states. Infinite ``flight_cap_s``, ``altitude_max_km`` or ``range_km`` = none binds.

    ``place`` is the id of a site or sea area. ``launch_areas`` and ``ends`` are ids, empty for all;
    ``commit_s`` counts from the missile's launch, or from its burnout with ``commit_after_burnout``.
    """

    id: str
    owner: str
    """The party whose interceptor it is; the other's deterrent is protected."""
    place: str
    speed_km_s: Range
    quoted_at_km: Range
    time_to_burnout_s: Range
    flight_cap_s: Range
    altitude_min_km: Range
    commit_s: Range
    altitude_max_km: float = math.inf
    range_km: float = math.inf
    commit_after_burnout: bool = False
    meetings_before_burnout: bool = False
    launch_areas: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    number: int | None = None


@dataclass(frozen=True)
class Difference:
    """Where a reader's vector and one published claim differ on an operand; None = not published."""

    claim: str
    operand: str
    stated: str
    published: str | None


def judge_stated(scenario: Scenario, stated: StatedOperands, *, quick: bool = False) -> Guarantee:
    """The verdict on a reader's own vector.

    Raises:
        InputError: an operand outside any model (its id is a key of ``REFUSED``), or a sea box on land.
    """
    _check(scenario, stated)
    party = next(p.id for p in scenario.parties if p.id != stated.owner)
    low = min(stated.altitude_min_km)
    asked = _asked(scenario, stated, party)
    flights = protected_flights(asked, party, tuple({low, max(stated.altitude_min_km)} - {0.0}), quick=quick)
    box = box_between(_vector(scenario, stated), _spec(stated, far=True), _spec(stated, far=False))
    before = LatestTable(flights.tracks, "before burnout") if stated.meetings_before_burnout else None
    case = Case(flights, (box,), _commits(stated, flights), LatestTable(flights.tracks), before)
    return replace(row_of(asked, stated.id, "any", AS_STATED, case), closed_by=())


def differences(stated: StatedOperands, claims: Iterable[ClaimReading]) -> tuple[Difference, ...]:
    """Each operand on which the vector and a claim of the same place differ, or that the claim leaves out."""
    mine = {
        "interceptor speed, km/s": _words(stated.speed_km_s),
        "altitude of that speed, km": _words(stated.quoted_at_km),
        "site": stated.place,
        "commit, s": _words(stated.commit_s),
        "flight cap, s": _words(stated.flight_cap_s),
    }
    found = []
    for claim in claims:
        theirs = dict(claim.operands)
        if stated.place in (theirs["site"] or "").split(", "):
            pairs = ((name, value, theirs[name]) for name, value in mine.items())
            found += [Difference(claim.claim, n, v, p) for n, v, p in pairs if v != p]
    return tuple(found)


def _words(ends: Range) -> str:
    low, high = (f"{v:g}" if math.isfinite(v) else "none" for v in ends)
    return low if low == high else f"{low}, {high}"


def _asked(scenario: Scenario, stated: StatedOperands, party: str) -> Scenario:
    """The scenario with the named launch areas and ends only."""
    areas = [a for a in scenario.deterrent_areas if a.party == party]
    kept = tuple(a for a in areas if not stated.launch_areas or a.id in stated.launch_areas)
    ends = tuple(e for e in scenario.ends if not stated.ends or e.id in stated.ends)
    _refuse_unknown("operands-area", stated.launch_areas, {a.id for a in areas}, "launch_areas")
    _refuse_unknown("operands-end", stated.ends, {e.id for e in ends}, "ends")
    return replace(scenario, deterrent_areas=kept, ends=ends)


def _spec(stated: StatedOperands, *, far: bool) -> Spec:
    """The corner that reaches furthest, or least."""
    up, down = (1, 0) if far else (0, 1)
    return Spec(
        stated.id,
        stated.speed_km_s[up],
        stated.quoted_at_km[up],
        stated.time_to_burnout_s[down],
        stated.flight_cap_s[up],
        stated.altitude_min_km[down],
        stated.altitude_max_km,
        stated.range_km,
    )


def _vector(scenario: Scenario, stated: StatedOperands) -> OperandVector:
    """The middle of the box, as the row prints it."""
    return OperandVector(
        battery=stated.id,
        interceptor=stated.id,
        claim=stated.id,
        author="a reader",
        party=stated.owner,
        member="",
        site=stated.place,
        places_deg=_places(scenario, stated.place),
        speed_km_s=sum(stated.speed_km_s) / 2,
        burnout_altitude_km=sum(stated.quoted_at_km) / 2,
        time_to_burnout_s=sum(stated.time_to_burnout_s) / 2,
        flight_cap_s=sum(stated.flight_cap_s) / 2,
        altitude_min_km=sum(stated.altitude_min_km) / 2,
        altitude_max_km=stated.altitude_max_km,
        range_km=stated.range_km,
        number=stated.number,
        statuses=(),
    )


def _commits(stated: StatedOperands, flights: ProtectedFlights) -> Commits:
    start = flights.tracks.burnout_s if stated.commit_after_burnout else np.zeros(len(flights))
    low, high = stated.commit_s
    return Commits(start + low, start + (low + high) / 2, start + high)


def _places(scenario: Scenario, name: str) -> Float[Array, "k 2"]:
    if name in scenario.sites:
        return np.array([[scenario.sites[name].lat_deg, scenario.sites[name].lon_deg]])
    return np.asarray(fill_area(scenario.sea_areas[name].area, POINTS_PER_SIDE), dtype=float).reshape(-1, 2)


def _check(scenario: Scenario, stated: StatedOperands) -> None:
    """Refuse what no model can answer, naming the field."""
    if stated.owner not in {p.id for p in scenario.parties}:
        raise _refusal("operands-party", "owner", stated.owner, scenario.id)
    if stated.place not in {*scenario.sites, *scenario.sea_areas}:
        raise _refusal("operands-place", "place", stated.place, scenario.id)
    for name in (
        "speed_km_s",
        "quoted_at_km",
        "time_to_burnout_s",
        "flight_cap_s",
        "altitude_min_km",
        "commit_s",
    ):
        low, high = getattr(stated, name)
        if low > high:
            raise _refusal("operands-range", name, name, scenario.id)
    if stated.commit_s[0] < 0.0 and not stated.commit_after_burnout:
        raise _refusal("operands-commit", "commit_s", f"{-stated.commit_s[0]:g}", scenario.id)
    if stated.flight_cap_s[0] <= stated.time_to_burnout_s[1]:
        raise _refusal("operands-cap", "flight_cap_s", f"{stated.flight_cap_s[0]:g}", scenario.id)
    if stated.speed_km_s[1] < _climb_km_s(stated):
        raise _refusal("operands-slow", "speed_km_s", f"{stated.speed_km_s[1]:g}", scenario.id)


def _climb_km_s(stated: StatedOperands) -> float:
    """Least speed that rises from the highest quoting altitude to the lowest meeting: energy alone."""
    start, top = EARTH_KM + stated.quoted_at_km[1], EARTH_KM + stated.altitude_min_km[0]
    return math.sqrt(max(2.0 * MU_KM3_S2 * (1.0 / start - 1.0 / top), 0.0))


def _refuse_unknown(id: str, named: Iterable[str], known: set[str], field: str) -> None:
    for name in named:
        if name not in known:
            raise _refusal(id, field, name, "")


def _refusal(id: str, field: str, value: str, scenario: str) -> InputError:
    said = REFUSED[id].format(value=value, scenario=scenario)
    return InputError(id, said, field=field, hint=_HINTS.get(id))
