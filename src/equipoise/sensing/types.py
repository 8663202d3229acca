"""The values of sensing: where a sensor looks from, and when each flight is first seen, tracked and lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

Quality = Literal["warning", "search", "fire-control"]
QUALITIES: tuple[Quality, ...] = ("warning", "search", "fire-control")
"""From the least to the greatest: each is good enough for what asks for an earlier one."""


@dataclass(frozen=True)
class Station:
    """One point from which one sensor looks; a sensor in a sea area has several.

    ``sector_deg`` runs clockwise from true north, (0, 360) = all round. ``range_km`` is infinite where none
    is known. ``delay_s`` is (least, greatest): a radar's time from first sight to a track, a satellite's
    from first light to its report.
    """

    sensor: str
    party: str
    kind: Literal["radar", "satellite"]
    quality: Quality
    lat_deg: float
    lon_deg: float
    sector_deg: tuple[float, float]
    elevation_min_deg: float
    range_km: float
    delay_s: tuple[float, float]
    revisit_s: float
    marks: tuple[str, ...]
    """What is not known of it, one sentence each: sector, range, target of the range."""


@dataclass(frozen=True)
class Sightings:
    """When each station first sees, tracks and loses each flight, s from the flight's own launch.

    Plus infinity = never. Late ends of stated ranges; the early end of a satellite's report stands in
    ``warning_early_s``.
    """

    stations: tuple[Station, ...]
    first_light_s: Float[Array, " n"]
    """The rise through cloud break while burning."""
    warning_s: Float[Array, "n s"]
    """The first report that something flies: a satellite's report or a radar's first sight."""
    warning_early_s: Float[Array, "n s"]
    track_s: Float[Array, "n s"]
    """The first track by a radar; satellites see the burn only and hold no track."""
    lost_s: Float[Array, "n s"]
    """When the view in which that track was made ends; minus infinity where there is none."""

    def __len__(self) -> int:
        return len(self.first_light_s)

    def select(self, index: Array) -> Sightings:
        """The flights that ``index`` names, in its order; each station's times lie side by side."""
        names = ("warning_s", "warning_early_s", "track_s", "lost_s")
        tables = (np.asfortranarray(getattr(self, name)[index]) for name in names)
        return Sightings(self.stations, self.first_light_s[index], *tables)

    @staticmethod
    def join(parts: tuple[Sightings, ...]) -> Sightings:
        """The same stations' sightings of several sets of flights, one after another."""
        names = ("first_light_s", "warning_s", "warning_early_s", "track_s", "lost_s")
        return Sightings(
            parts[0].stations, *(np.concatenate([getattr(part, name) for part in parts]) for name in names)
        )
