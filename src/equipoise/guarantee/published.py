"""Case C02 of the published coverage claims: one interceptor in Poland at two speeds, both sides' figures.

The maker said 6.3 km/s, its critics about 9, and each drew the answer that follows. Only the speed is changed
here; the commit is swept and the flight cap run at 600 s and at none, since above the missile's own burnout
speed an interceptor without a cap always reaches, by flying to the far end.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from equipoise.defence import PublishedCase, operand_vectors
from equipoise.guarantee.boxes import CAPS, Spec, declared_box
from equipoise.guarantee.protected import ProtectedFlights, protected_flights
from equipoise.guarantee.table import LatestTable
from equipoise.guarantee.verdicts import places
from equipoise.scenario import Scenario

SPEEDS_KM_S = (6.3, 9.0)
COMMITS_S = tuple(range(60, 401, 20))
WEST_OF_DEG, EAST_OF_DEG = 60.0, -80.0
"""The case's launch areas lie west of 60 E; eastern ends, by longitude."""
NEEDED_COMMIT_S = 300.0
"""Up to here the case asks for reach at 9.0 km/s, for every pair."""


@dataclass(frozen=True)
class SpeedPair:
    """One launch area, end and model: latest commit (s from launch) by speed and cap; -inf = never."""

    launch_area: str
    end: str
    missile_model: str
    burnout_s: float
    latest_s: tuple[tuple[float, str, float], ...]
    """(speed km/s, cap, latest commit)."""

    def latest(self, speed_km_s: float, cap: str) -> float:
        """The latest commit at one speed and cap."""
        return next(c for s, name, c in self.latest_s if s == speed_km_s and name == cap)


@dataclass(frozen=True)
class SpeedCase:
    """Case C02, ours: every pair, the shares reached along the sweep of commits, and what it turns on."""

    case: str
    published: str
    pairs: tuple[SpeedPair, ...]
    reached: tuple[tuple[float, str, float, float], ...]
    """(speed km/s, cap, commit s, share of pairs reached)."""
    turns_on: str
    quoted_at_km: float
    agrees: bool
    reason: str

    def share(self, speed_km_s: float, cap: str, commit_s: float) -> float:
        """Share of pairs reached at one speed, cap and commit."""
        return next(x for s, n, c, x in self.reached if (s, n, c) == (speed_km_s, cap, commit_s))


def speed_case(scenario: Scenario, architecture: str = "third-site-2007") -> SpeedCase:
    """Work case C02 with the architecture's own site and interceptor, only the speed changed.

    Flights are the minimum-energy ones that the case draws, from land areas west of 60 E to eastern ends,
    with every model.
    """
    vector = operand_vectors(scenario, scenario.architectures[architecture])[0]
    box = declared_box(scenario, vector)
    flights = _drawn(scenario, next(p.id for p in scenario.parties if p.id != vector.party), box.declared)
    specs = {
        (speed, name): replace(box.declared, speed_km_s=speed, flight_cap_s=cap_s, claim=f"{speed}")
        for speed in SPEEDS_KM_S
        for name, cap_s in CAPS
    }
    place = places(box)[0]
    table = LatestTable(flights.tracks)
    pairs = tuple(_pair(flights, lane, specs, table, place) for lane in range(len(flights)))
    reached = tuple(
        (speed, name, float(c), float(np.mean([p.latest(speed, name) >= c for p in pairs])))
        for speed, name in specs
        for c in COMMITS_S
    )
    agrees = all(p.latest(9.0, "none") >= NEEDED_COMMIT_S for p in pairs)
    return SpeedCase(
        "C02",
        "no at 6.3 km/s; yes at 9.0 km/s",
        pairs,
        reached,
        "interceptor speed",
        vector.burnout_altitude_km,
        agrees,
        _reason(pairs, vector.burnout_altitude_km),
    )


def _drawn(scenario: Scenario, party: str, spec: Spec) -> ProtectedFlights:
    """The flights of the case: western land areas to eastern ends, minimum energy."""
    areas = tuple(
        a
        for a in scenario.deterrent_areas
        if a.party == party and a.basing != "submarine" and max(a.area.lon_deg) < WEST_OF_DEG
    )
    ends = tuple(e for e in scenario.ends if EAST_OF_DEG < min(e.area.lon_deg) < -30.0)
    rules = replace(scenario.rules, loft_offsets_deg=())
    case = replace(scenario, deterrent_areas=areas, ends=ends, rules=rules)
    return protected_flights(case, party, (spec.altitude_min_km,))


def _pair(
    flights: ProtectedFlights,
    lane: int,
    specs: dict[tuple[float, str], Spec],
    table: LatestTable,
    place: tuple[float, float],
) -> SpeedPair:
    latest = tuple(
        (s, name, float(table.of([spec], [place])[lane, 0, 0])) for (s, name), spec in specs.items()
    )
    return SpeedPair(
        flights.areas[flights.area[lane]].id,
        flights.ends[flights.end[lane]].id,
        flights.models[flights.model[lane]],
        float(flights.tracks.burnout_s[lane]),
        latest,
    )


def _reason(pairs: tuple[SpeedPair, ...], quoted_at_km: float) -> str:
    """One sentence on where the slower speed stands: its break-even commits, and what decides."""

    def span(speed_km_s: float, cap: str) -> str:
        found = [p.latest(speed_km_s, cap) for p in pairs]
        low, high = min(found), max(found)
        first = "never" if math.isinf(low) else f"{low:.0f} s"
        return f"{first} to {high:.0f} s" if math.isfinite(high) else "never"

    return (
        f"latest commits that reach, by pair: at 6.3 km/s {span(6.3, 'none')} without a flight cap and "
        f"{span(6.3, '600 s')} with 600 s; at 9.0 km/s {span(9.0, 'none')} and {span(9.0, '600 s')}; "
        f"the answer turns on interceptor speed (taken at {quoted_at_km:.0f} km), then on commit"
    )


def published_cases(scenario: Scenario) -> tuple[PublishedCase, ...]:
    """The rows of the validation page that are the guarantee's: C02."""
    case = speed_case(scenario)
    shares = tuple(
        (f"share of pairs reached at {speed} km/s, flight cap {cap}, commit {commit_s:.0f} s", share, "1")
        for speed, cap, commit_s, share in case.reached
        if commit_s % 100.0 == 0.0
    )
    words = (
        f"reached from a commit of {NEEDED_COMMIT_S:.0f} s: "
        f"{case.share(speed, 'none', NEEDED_COMMIT_S):.0%} of pairs at {speed} km/s"
        for speed in SPEEDS_KM_S
    )
    claim = (
        "MDA: interceptors in Poland (6.3 km/s) cannot engage a Russian ICBM; Postol: they are near 9 and can"
    )
    verdict: Literal["agrees", "differs"] = "agrees" if case.agrees else "differs"
    return (PublishedCase(case.case, claim, case.published, "; ".join(words), verdict, case.reason, shares),)
