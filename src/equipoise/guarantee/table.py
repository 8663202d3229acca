"""Latest commits and needed speeds for the specs and places that are asked about, each computed once."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.defence import Interceptors, Meetings, interceptors, latest_meetings_exact, needed_speeds
from equipoise.flight import Tracks
from equipoise.guarantee.boxes import Spec

Place = tuple[float, float]
"""Geodetic latitude and longitude, degrees."""
Kinematics = tuple[float, ...]
"""A spec's figures without its name."""
Column = tuple[Kinematics, Place]
"""One interceptor at one place."""
CAP = 3
"""Where the flight cap stands in the kinematics."""


class LatestTable:
    """Latest commit (s from the missile's launch, -inf where none) of n flights for specs at places.

    A column is computed when it is first asked for, and kept: most verdicts need only the corners of their
    box. Specs that differ in name alone share a column. A shorter flight cap only leaves meetings out, so
    that the latest commit of a longer one stands where its flight is short enough.
    """

    def __init__(self, tracks: Tracks, meetings: Meetings = "after burnout") -> None:
        self._tracks, self._meetings = tracks, meetings
        self._known: dict[Column, Float[Array, "2 n"]] = {}
        self._freest: dict[Column, Column] = {}
        self._blocks: dict[tuple[tuple[Spec, ...], tuple[Place, ...]], Float[Array, "n s p"]] = {}

    @property
    def engagements(self) -> int:
        """How many latest commits were worked out: one a flight, spec and place."""
        return len(self._known) * len(self._tracks)

    def of(self, specs: Iterable[Spec], places: Iterable[Place]) -> Float[Array, "n s p"]:
        """The block of some specs at some places; one that was asked for is kept, and not to be changed."""
        key = tuple(specs), tuple(places)
        if key not in self._blocks:
            self._blocks[key] = self._block(*key)
            self._blocks[key].flags.writeable = False
        return self._blocks[key]

    def _block(self, specs: tuple[Spec, ...], places: tuple[Place, ...]) -> Float[Array, "n s p"]:
        asked = [[(_kinematics(spec), place) for place in places] for spec in specs]
        new = list(dict.fromkeys(c for row in asked for c in row if c not in self._known))
        for cap_s in sorted({c[0][CAP] for c in new}, reverse=True):
            self._solve([c for c in new if c[0][CAP] == cap_s])
        return np.stack([np.stack([self._known[c][0] for c in row], axis=-1) for row in asked], axis=1)

    def _solve(self, columns: list[Column]) -> None:
        """Columns of one flight cap, from one of a longer cap where that is known."""
        bare = [c for c in columns if self._longer(c) is None]
        if bare:
            commits, meetings = latest_meetings_exact(self._tracks, lanes_of(bare), meetings=self._meetings)
            for column, found in zip(bare, np.stack((commits.T, meetings.T), axis=1), strict=True):
                self._known[column] = found
        for column in columns:
            longer = self._longer(column)
            if longer is None:
                self._freest[_capless(column)] = column
            elif column not in self._known:
                self._known[column] = self._shortened(column, self._known[longer])

    def _longer(self, column: Column) -> Column | None:
        """The column known that differs in a flight cap no shorter; None where there is none."""
        freest = self._freest.get(_capless(column))
        return freest if freest is not None and freest[0][CAP] >= column[0][CAP] else None

    def _shortened(self, column: Column, longer: Float[Array, "2 n"]) -> Float[Array, "2 n"]:
        """The column of a shorter cap: worked out for those flights alone that the cap cuts off."""
        with np.errstate(invalid="ignore"):
            cut = np.isfinite(longer[0]) & (longer[1] - longer[0] > column[0][CAP])
        found, rest = longer.copy(), np.flatnonzero(cut)
        if rest.size:
            some = self._tracks.select(rest)
            commits, meetings = latest_meetings_exact(some, lanes_of([column]), meetings=self._meetings)
            found[:, rest] = commits[:, 0], meetings[:, 0]
        return found


def needed_table(
    tracks: Tracks, asked: Iterable[tuple[Spec, Place]], commit_s: Float[Array, " n"], meetings: Meetings
) -> Float[Array, "n k"]:
    """Least speed (km/s, inf where none under 12 does) from ``commit_s`` on, a column for each asked for."""
    lanes = lanes_of([(_kinematics(spec), place) for spec, place in asked])
    return needed_speeds(tracks, lanes, commit_s, meetings=meetings)


class NeededTable:
    """Needed speeds of n flights, each interceptor, place and commit computed once, as they are asked for."""

    def __init__(self, tracks: Tracks) -> None:
        self._tracks = tracks
        self._known: dict[tuple[Spec, Place, Meetings, bytes], Float[Array, " n"]] = {}

    def of(
        self, asked: Iterable[tuple[Spec, Place]], commit_s: Float[Array, " n"], meetings: Meetings
    ) -> Float[Array, "n k"]:
        """As ``needed_table``."""
        keys = [(spec, place, meetings, commit_s.tobytes()) for spec, place in asked]
        new = [k for k in dict.fromkeys(keys) if k not in self._known]
        if new:
            found = needed_table(self._tracks, [k[:2] for k in new], commit_s, meetings)
            self._known.update(zip(new, found.T, strict=True))
        return np.stack([self._known[k] for k in keys], axis=-1)


def _capless(column: Column) -> Column:
    kinematics, place = column
    return (*kinematics[:CAP], *kinematics[CAP + 1 :]), place


def _kinematics(spec: Spec) -> Kinematics:
    return (
        spec.speed_km_s,
        spec.burnout_altitude_km,
        spec.time_to_burnout_s,
        spec.flight_cap_s,
        spec.altitude_min_km,
        spec.altitude_max_km,
        spec.range_km,
    )


def lanes_of(asked: list[Column]) -> Interceptors:
    """Interceptor lanes of the reach kernels."""
    numbers = np.array([n for n, _ in asked], dtype=float).reshape(-1, 7).T
    places = np.array([p for _, p in asked], dtype=float).reshape(-1, 2).T
    speed, height, burn, cap, floor, ceiling, reach = numbers
    return interceptors(places[0], places[1], speed, height, burn, cap, (floor, ceiling), reach)
