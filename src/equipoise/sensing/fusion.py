"""The picture: the first moment at which a set of sensors knows a flight well enough."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.sensing.types import QUALITIES, Quality, Sightings


def picture(sightings: Sightings, sensors: Collection[str], quality: Quality) -> Float[Array, " n"]:
    """Earliest time at which one of ``sensors`` gives a track of at least ``quality``, s from launch.

    ``warning`` is met by any sensor's first report; the others by radars of that quality or a better one.
    Several sensors do not add up to a quality that none of them has. Plus infinity = never.
    """
    usable = [
        i for i, s in enumerate(sightings.stations) if s.sensor in sensors and _enough(s.quality, quality)
    ]
    times = sightings.warning_s if quality == "warning" else sightings.track_s
    first = np.full(len(sightings), np.inf)
    for i in usable:
        first = np.minimum(first, times[:, i])
    return first


def _enough(held: Quality, needed: Quality) -> bool:
    return QUALITIES.index(held) >= QUALITIES.index(needed)
