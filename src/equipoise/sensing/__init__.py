"""Sensing: when satellites and radars see a flight, and what a set of sensors knows together.

A scenario's sensors become stations (points to look from), flights sampled in time are watched from them,
and a picture is the first moment at which a set of sensors has a track of the quality that a release needs.
The kernels load only when something is watched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from equipoise.sensing.types import QUALITIES, Quality, Sightings, Station

if TYPE_CHECKING:
    from equipoise.sensing.fusion import picture
    from equipoise.sensing.posts import stations
    from equipoise.sensing.watch import first_light_s, ground_position_m, sight

_HOMES = {
    "first_light_s": "watch",
    "ground_position_m": "watch",
    "picture": "fusion",
    "sight": "watch",
    "stations": "posts",
}

__all__ = [
    "QUALITIES",
    "Quality",
    "Sightings",
    "Station",
    "first_light_s",
    "ground_position_m",
    "picture",
    "sight",
    "stations",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
