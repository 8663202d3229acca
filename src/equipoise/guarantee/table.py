"""Latest commits and needed speeds for the specs and places that are asked about, each computed once."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.defence import Interceptors, Meetings, interceptors, latest_commits_exact, needed_speeds
from equipoise.flight import Tracks
from equipoise.guarantee.boxes import Spec

Place = tuple[float, float]
"""Geodetic latitude and longitude, degrees."""
Kinematics = tuple[float, ...]
"""A spec's figures without its name."""


class LatestTable:
    """Latest commit (s from the missile's launch, -inf where none) of n flights for specs at places.

    A column is computed when it is first asked for, and kept: most verdicts need only the corners of their
    box. Specs that differ in name alone share a column.
    """

    def __init__(self, tracks: Tracks, meetings: Meetings = "after burnout") -> None:
        self._tracks, self._meetings = tracks, meetings
        self._known: dict[tuple[Kinematics, Place], Float[Array, " n"]] = {}
        self._blocks: dict[tuple[tuple[Spec, ...], tuple[Place, ...]], Float[Array, "n s p"]] = {}

    @property
    def engagements(self) -> int:
        """How many latest commits were worked out: one a flight, spec and place."""
        return sum(len(column) for column in self._known.values())

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
        if new:
            found = latest_commits_exact(self._tracks, lanes_of(new), meetings=self._meetings)
            self._known |= dict(zip(new, found.T, strict=True))
        return np.stack([np.stack([self._known[c] for c in row], axis=-1) for row in asked], axis=1)


def needed_table(
    tracks: Tracks, asked: Iterable[tuple[Spec, Place]], commit_s: Float[Array, " n"], meetings: Meetings
) -> Float[Array, "n k"]:
    """Least speed (km/s, inf where none under 12 does) from ``commit_s`` on, a column for each asked for."""
    lanes = lanes_of([(_kinematics(spec), place) for spec, place in asked])
    return needed_speeds(tracks, lanes, commit_s, meetings=meetings)


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


def lanes_of(asked: list[tuple[Kinematics, Place]]) -> Interceptors:
    """Interceptor lanes of the reach kernels."""
    numbers = np.array([n for n, _ in asked], dtype=float).reshape(-1, 7).T
    places = np.array([p for _, p in asked], dtype=float).reshape(-1, 2).T
    speed, height, burn, cap, floor, ceiling, reach = numbers
    return interceptors(places[0], places[1], speed, height, burn, cap, (floor, ceiling), reach)
