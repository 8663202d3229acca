"""Latest commits and needed speeds for every spec and place that is asked about, each computed once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.defence import Interceptors, interceptors, latest_commits_exact, needed_speeds
from equipoise.flight import Tracks
from equipoise.guarantee.boxes import Spec

Place = tuple[float, float]
"""Geodetic latitude and longitude, degrees."""
Column = tuple[Spec, Place]


@dataclass(frozen=True)
class LatestTable:
    """Latest commit (s from the missile's launch, -inf where none) of n flights for each spec and place."""

    columns: dict[Column, int]
    commit_s: Float[Array, "n k"]

    def of(self, specs: Iterable[Spec], places: Iterable[Place]) -> Float[Array, "n s p"]:
        """The block of some specs at some places."""
        index = [[self.columns[spec, place] for place in places] for spec in specs]
        return self.commit_s[:, np.array(index, dtype=int)]


def latest_table(tracks: Tracks, asked: Iterable[Column], *, boost_counts: bool) -> LatestTable:
    """Compute every column once; names that differ only in the claim share a column's numbers."""
    columns: dict[Column, int] = {}
    unique: dict[tuple[tuple[float, ...], Place], int] = {}
    for spec, place in asked:
        columns[spec, place] = unique.setdefault((_kinematics(spec), place), len(unique))
    lanes = lanes_of([(numbers, place) for numbers, place in unique])
    commit = latest_commits_exact(tracks, lanes, boost_counts=boost_counts) if unique else None
    return LatestTable(columns, np.zeros((len(tracks), 0)) if commit is None else commit)


def needed_table(
    tracks: Tracks, asked: Iterable[Column], commit_s: Float[Array, " n"], *, boost_counts: bool
) -> Float[Array, "n k"]:
    """Least speed (km/s, inf where none under 12 does) from ``commit_s`` on, a column for each asked for."""
    lanes = lanes_of([(_kinematics(spec), place) for spec, place in asked])
    return needed_speeds(tracks, lanes, commit_s, boost_counts=boost_counts)


def _kinematics(spec: Spec) -> tuple[float, ...]:
    return (
        spec.speed_km_s,
        spec.burnout_altitude_km,
        spec.time_to_burnout_s,
        spec.flight_cap_s,
        spec.altitude_min_km,
        spec.altitude_max_km,
        spec.range_km,
    )


def lanes_of(asked: list[tuple[tuple[float, ...], Place]]) -> Interceptors:
    """Interceptor lanes of the reach kernels."""
    numbers = np.array([n for n, _ in asked], dtype=float).reshape(-1, 7).T
    places = np.array([p for _, p in asked], dtype=float).reshape(-1, 2).T
    speed, height, burn, cap, floor, ceiling, reach = numbers
    return interceptors(places[0], places[1], speed, height, burn, cap, (floor, ceiling), reach)
