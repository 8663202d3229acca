"""For one interceptor at given places: up to which commit it fails, and from which commit on it holds.

Between the two the verdict depends on what is not known: burn time within its range, the protected missile's
model and loft, the place inside a box. Commits are the same for all flights, seconds from their launch.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float
from numpy import ndarray as Array

from equipoise.guarantee.boxes import CAPS, Spec, claim_corner
from equipoise.guarantee.protected import ProtectedFlights, protected_flights
from equipoise.guarantee.table import LatestTable, NeededTable, Place
from equipoise.scenario import InterceptorClaim, Scenario, fill_area

PLACES_PER_SIDE = 3
"""Of the grid that fills a sea area; never coarser, for a certain reach is one from all of its points."""


@dataclass(frozen=True)
class Span:
    """Commits (s from the missile's launch) at which each verdict holds, at one speed and flight cap.

    Fails up to ``fails_until_s`` (None: at no commit), holds after ``holds_from_s`` (None: at every commit).
    """

    interceptor: str
    author: str
    speed_km_s: float
    quoted_at_km: float
    cap: str
    places: tuple[str, ...]
    fails_until_s: float | None
    holds_from_s: float | None
    stated: bool
    """True where the speed is the claim's own figure."""


@dataclass(frozen=True)
class Ends:
    """One interceptor at the far- and near-reaching end of each of its speeds: a spec a speed."""

    interceptor: str
    far: tuple[Spec, ...]
    near: tuple[Spec, ...]


@dataclass(frozen=True)
class Flown:
    """The flights of one protected party and the latest commits to them, by where meetings may be."""

    flights: ProtectedFlights
    after_burnout: LatestTable
    before_burnout: LatestTable
    needed: NeededTable


class SpanTable:
    """Spans of one scenario; flights of each protected party are flown once and reach tables kept."""

    def __init__(self, scenario: Scenario, *, quick: bool = False) -> None:
        self.scenario, self._quick = scenario, quick
        self._flown: dict[str, Flown] = {}

    def spans(
        self,
        interceptors: Iterable[str],
        places: tuple[str, ...],
        launch: tuple[str, ...],
        stated_km_s: tuple[float, ...],
    ) -> tuple[Span, ...]:
        """Every speed claimed for the interceptors, and the stated ones, at both flight caps.

        ``places`` are ids of sites and sea areas, ``launch`` of launch areas (empty: all).
        """
        found = []
        for name in interceptors:
            model = self.scenario.interceptors[name]
            claims = [c for c in model.claims if c.speed_km_s.known]
            if not claims:
                continue
            sides = [(c, c.author, c.speed_km_s.bounds or (0.0, 0.0), False) for c in claims]
            sides += [(claims[0], "the claim itself", (v, v), True) for v in stated_km_s]
            for claim, author, speeds, stated in sides:
                for cap, cap_s in CAPS:
                    far, near = _ends(claim, speeds, cap_s)
                    ends = (Ends(name, (far,), (near,)),)
                    until, after = self.turns(ends, places, launch)
                    quoted = far.burnout_altitude_km
                    found.append(Span(name, author, speeds[1], quoted, cap, places, until, after, stated))
        return tuple(found)

    def ends(
        self, interceptors: Iterable[str], stated_km_s: tuple[float, ...], cap_s: float
    ) -> tuple[Ends, ...]:
        """Each interceptor at its own stated speeds, or at those of every author where none is stated."""
        found = []
        for name in interceptors:
            claims = [c for c in self.scenario.interceptors[name].claims if c.speed_km_s.known]
            sides = [(claims[0], (v, v)) for v in stated_km_s] if claims else []
            sides = sides or [(c, c.speed_km_s.bounds or (0.0, 0.0)) for c in claims]
            if sides:
                far, near = zip(*(_ends(c, speeds, cap_s) for c, speeds in sides), strict=True)
                found.append(Ends(name, far, near))
        return tuple(found)

    def turns(
        self, ends: tuple[Ends, ...], places: tuple[str, ...], launch: tuple[str, ...]
    ) -> tuple[float | None, float | None]:
        """(fails until, holds from) of some interceptors at some places against some launch areas."""
        flown = self.against(ends[0].interceptor)
        flights, wanted = flown.flights, self.areas(flown, launch)
        here = np.isin(flights.area, wanted)
        furthest, surest = self.latest(ends, places)
        holds = furthest[here].max(initial=-math.inf)
        fails = max((whatever(flights, here & flights.in_area(a), surest) for a in wanted), default=-math.inf)
        return (
            float(fails) if fails > 0.0 else None,
            float(holds) if holds > 0.0 else None,
        )

    def over_caps(
        self,
        interceptors: tuple[str, ...],
        stated_km_s: tuple[float, ...],
        places: tuple[str, ...],
        launch: tuple[str, ...],
    ) -> tuple[float | None, float | None]:
        """(fails until, holds from) whatever the flight cap: 600 s and none are both looked at."""
        turns = [self.turns(self.ends(interceptors, stated_km_s, cap_s), places, launch) for _, cap_s in CAPS]
        fails = min((t[0] for t in turns), key=_or_before_launch)
        holds = max((t[1] for t in turns), key=_or_before_launch)
        return fails, holds

    def latest(
        self, ends: tuple[Ends, ...], places: tuple[str, ...], *, before_burnout: bool = False
    ) -> tuple[Float[Array, " n"], Float[Array, " n"]]:
        """Latest commit to each flight (furthest, surest): by the best interceptor at its best place.

        The surest takes each interceptor's slowest speed and the worst point of a sea area. Meetings before
        burnout, where they count, add to the furthest alone: no path is known by then.
        """
        flown, spots = self.against(ends[0].interceptor), [self.points(p) for p in places]
        after, before = flown.after_burnout, flown.before_burnout
        each = [(e, s) for e in ends for s in spots]
        furthest = np.max([_capped(after, e.far, s).max(axis=(1, 2)) for e, s in each], axis=0)
        if before_burnout:
            sooner = np.max([_capped(before, e.far, s).max(axis=(1, 2)) for e, s in each], axis=0)
            furthest = np.maximum(furthest, sooner)
        return furthest, np.max([_capped(after, e.near, s).min(axis=(1, 2)) for e, s in each], axis=0)

    def areas(self, flown: Flown, launch: tuple[str, ...]) -> list[int]:
        """Indices of the launch areas that are named, or of all; none that nothing flies from."""
        areas = enumerate(flown.flights.areas)
        return [i for i, a in areas if (not launch or a.id in launch) and flown.flights.in_area(i).any()]

    def against(self, interceptor: str) -> Flown:
        """Flights of the party that does not own the interceptor, and their tables."""
        first = self.scenario.interceptors[interceptor].owner.split(" / ")[0]
        party = next(p.id for p in self.scenario.parties if first not in {m.name for m in p.members})
        if party not in self._flown:
            edges = {c.altitude_min_km.middle for m in self.scenario.interceptors.values() for c in m.claims}
            inside = tuple(sorted(e for e in edges if e))
            flights = protected_flights(self.scenario, party, inside, quick=self._quick)
            tables = LatestTable(flights.tracks), LatestTable(flights.tracks, "before burnout")
            self._flown[party] = Flown(flights, *tables, NeededTable(flights.tracks))
        return self._flown[party]

    def points(self, name: str) -> tuple[Place, ...]:
        """The site, or the points that fill the sea area, of this name."""
        if name in self.scenario.sites:
            site = self.scenario.sites[name]
            return ((site.lat_deg, site.lon_deg),)
        filled = fill_area(self.scenario.sea_areas[name].area, PLACES_PER_SIDE)
        return tuple((float(lat), float(lon)) for lat, lon in filled)


def _capped(table: LatestTable, specs: tuple[Spec, ...], spots: tuple[Place, ...]) -> Float[Array, "n s p"]:
    """A block whose free flights are known first: the cap leaves only those to work out that it cuts."""
    table.of((replace(s, flight_cap_s=math.inf) for s in specs), spots)
    return table.of(specs, spots)


def _or_before_launch(commit_s: float | None) -> float:
    """Orders a commit that there is not before every one that there is."""
    return -1.0 if commit_s is None else commit_s


def whatever(flights: ProtectedFlights, here: Bool[Array, " n"], latest_s: Float[Array, " n"]) -> float:
    """Latest commit that reaches some end whichever point, model and loft it is; -inf where none does."""
    lanes = np.flatnonzero(here)
    if lanes.size == 0:
        return -math.inf
    key = (flights.point * len(flights.models) + flights.model) * len(flights.lofts) + flights.loft
    return float(min(latest_s[lanes[key[lanes] == k]].max() for k in np.unique(key[lanes])))


def _ends(claim: InterceptorClaim, speeds: tuple[float, float], cap_s: float) -> tuple[Spec, Spec]:
    """The far- and near-reaching specs of a claim at its speeds, with one flight cap."""
    far, near = (claim_corner(claim, far=far) for far in (True, False))
    return (
        replace(far, speed_km_s=speeds[1], flight_cap_s=cap_s),
        replace(near, speed_km_s=speeds[0], flight_cap_s=cap_s),
    )
