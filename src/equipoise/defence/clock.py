"""The commit clock: when a side may launch, and how long a decision each flight leaves it.

Every time counts from the threat's own launch. A launch is permitted once the picture holds a track of the
needed quality and the decision time has passed. Fire control is a property of the run: *engage-on-remote*
fires and meets on any sensor of the picture, *launch-on-remote* also needs the battery's own radar to have
the flight by the meeting, *organic* needs the battery's own radar before launch.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Bool, Float, Int
from numpy import ndarray as Array

from equipoise.defence.types import Engagements
from equipoise.sensing import Quality, Sightings, picture

FireControl = Literal["engage-on-remote", "launch-on-remote", "organic"]
BESIDE_DEG = 0.3
"""A radar within this many degrees of a battery is its own: catalogue coordinates are good to 0.1 degree."""


@dataclass(frozen=True)
class Force:
    """What one party brings: its columns of interceptors and its sensors."""

    columns: Int[Array, " c"]
    sensors: frozenset[str]


def pictures(
    sightings: Sightings, forces: tuple[Force, Force], quality: Quality
) -> dict[str, Float[Array, " f"]]:
    """First track of the needed quality in each party's own picture and in the fused one, s from launch."""
    own = [picture(sightings, force.sensors, quality) for force in forces]
    return {"own-0": own[0], "own-1": own[1], "fused": np.minimum(*own)}


def slacks(
    engagements: Engagements,
    forces: tuple[Force, Force],
    tracked: dict[str, Float[Array, " f"]],
    fire_control: FireControl,
) -> dict[tuple[int, str], Float[Array, " f"]]:
    """Longest decision time for each shooting party and picture, s; minus infinity where nothing works."""
    found = {}
    for shooter, force in enumerate(forces):
        for name, first_track in tracked.items():
            found[shooter, name] = _slack(engagements, force, first_track, fire_control)
    return found


def _slack(
    engagements: Engagements, force: Force, first_track: Float[Array, " f"], fire_control: FireControl
) -> Float[Array, " f"]:
    best: Float[Array, " f"] = np.full(len(engagements), -np.inf)
    if fire_control == "engage-on-remote":
        for column in force.columns:
            best = np.maximum(best, engagements.commit_s[column])
        best = best - first_track
        return best
    for column in force.columns:
        own = own_track_s(engagements, int(column), force.sensors)
        if fire_control == "organic":
            slack = engagements.commit_s[column] - own
        else:
            held = engagements.meeting_s[column] >= own
            slack = np.where(held, engagements.commit_s[column] - first_track, -np.inf)
        best = np.maximum(best, slack)
    return best


def own_track_s(engagements: Engagements, column: int, sensors: Collection[str]) -> Float[Array, " f"]:
    """First track by a fire-control radar that stands with the column's place, s from launch."""
    lat_deg, lon_deg = engagements.column_place_deg[column]
    beside = _beside(engagements.sightings, lat_deg, lon_deg, sensors)
    if not beside.any():
        return np.full(len(engagements), np.inf)
    first: Float[Array, " f"] = engagements.sightings.track_s[:, beside].min(axis=1)
    return first


def _beside(
    sightings: Sightings, lat_deg: float, lon_deg: float, sensors: Collection[str]
) -> Bool[Array, " s"]:
    return np.array(
        [
            s.sensor in sensors
            and s.kind == "radar"
            and s.quality == "fire-control"
            and abs(s.lat_deg - lat_deg) < BESIDE_DEG
            and abs(s.lon_deg - lon_deg) * np.cos(np.radians(lat_deg)) < BESIDE_DEG
            for s in sightings.stations
        ],
        dtype=bool,
    )
