"""From a scenario's declared sensors to the points from which they look."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from equipoise.scenario import Scenario, Sensor, fill_area
from equipoise.sensing.types import Station

POINTS_PER_SIDE = 3
"""Of the grid that fills a sea area: ships and their radars stand at the same points."""


def stations(
    scenario: Scenario, sensors: Iterable[str], points_per_side: int = POINTS_PER_SIDE
) -> tuple[Station, ...]:
    """One station a fixed sensor, several for one in a sea area; in the order given.

    A range without a stated target is a cap, a missing range leaves the horizon alone, a missing sector
    is taken as all round; each is said in ``marks``.
    """
    found: list[Station] = []
    for name in sensors:
        sensor = scenario.sensors[name]
        for lat_deg, lon_deg in _points(scenario, sensor, points_per_side):
            found.append(_station(scenario, sensor, lat_deg, lon_deg))
    return tuple(found)


def _points(scenario: Scenario, sensor: Sensor, points_per_side: int) -> list[tuple[float, float]]:
    if sensor.sea_area is not None:
        filled = fill_area(scenario.sea_areas[sensor.sea_area].area, points_per_side)
        return [(float(lat), float(lon)) for lat, lon in np.asarray(filled)]
    if sensor.lat_deg is None or sensor.lon_deg is None:
        return [(0.0, 0.0)] if sensor.kind == "satellite" else []
    return [(sensor.lat_deg, sensor.lon_deg)]


def _station(scenario: Scenario, sensor: Sensor, lat_deg: float, lon_deg: float) -> Station:
    rules = scenario.rules
    delay = rules.detection_delay_s if sensor.kind == "satellite" else rules.radar_track_s
    revisit = sensor.revisit_s.bounds
    reach = sensor.range_km.middle
    radar = sensor.kind == "radar"
    marks = (
        (radar and sensor.sector_deg is None, "sector not known: taken as all round"),
        (radar and reach is None, "range not known: the horizon alone limits it"),
        (radar and reach is not None and not sensor.target_stated, "range without a stated target: a cap"),
        (not radar and revisit is None, "revisit time not known: taken as none"),
    )
    return Station(
        sensor=sensor.id,
        party=sensor.party,
        kind=sensor.kind,
        quality=sensor.track_quality,
        lat_deg=lat_deg,
        lon_deg=lon_deg,
        sector_deg=sensor.sector_deg or (0.0, 360.0),
        elevation_min_deg=sensor.elevation_min_deg,
        range_km=math.inf if reach is None else reach,
        delay_s=delay.bounds or (0.0, 0.0),
        revisit_s=0.0 if revisit is None else revisit[1],
        marks=tuple(text for applies, text in marks if applies),
    )
