"""The raids that a coverage is judged by: every flight of a threat that reaches somebody.

From each point of each launch area, each candidate model of each threat is aimed at each cell within its
reach, at minimum energy (the least burn) and at the stated offsets from that loft. All of them must be met;
none is chosen for being hard or easy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
from jaxtyping import Bool, Float, Int
from numpy import ndarray as Array

from equipoise.defence.types import Cells
from equipoise.flight import Flights, Missile, Place, aim_many, maximum_range
from equipoise.scenario import LaunchArea, Scenario, fill_area

Progress = Callable[[str, float], None]
"""Called with what is being done and the share done, 0 to 1."""

MEAN_RADIUS_KM = 6371.0088
"""Mean Earth radius (IUGG); only for the first, generous look at what lies within reach."""
_REACH_MARGIN = 1.02
_REACH_AZIMUTHS_DEG = np.arange(0.0, 360.0, 30.0)
_LEAST_LOFT_DEG, _GREATEST_LOFT_DEG = 3.0, 87.0


AIMING_SHARE = 0.5
"""Of the time that a raid takes with its engagements, for the progress told."""


@dataclass(frozen=True)
class Wave:
    """Flights of one missile model at one loft, with where each comes from and goes to."""

    flights: Flights
    threat: int
    model: int
    loft: int
    launch_area: Int[Array, " n"]
    point: Int[Array, " n"]
    cell: Int[Array, " n"]

    def __len__(self) -> int:
        return len(self.cell)


@dataclass(frozen=True)
class Raid:
    """All waves, the names their indices stand for, and what could not be aimed."""

    waves: tuple[Wave, ...]
    threats: tuple[str, ...]
    launch_areas: tuple[str, ...]
    models: tuple[str, ...]
    lofts: tuple[str, ...]
    failed: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class _Shots:
    """Origins and destinations of one model, before aiming."""

    area: Int[Array, " n"]
    point: Int[Array, " n"]
    cell: Int[Array, " n"]
    origin_deg: Float[Array, "n 2"]
    destination_deg: Float[Array, "n 2"]


def raid(
    scenario: Scenario,
    cells: Cells,
    *,
    assessed: bool,
    points_per_side: int,
    progress: Progress | None = None,
) -> Raid:
    """Aim every threat of one kind (assessed, or projected only) at every cell that it reaches.

    A cell beyond reach is no failure; a cell within reach that no flight at a loft can be aimed at (too near
    for the full burn, for one) is counted by its cause and the loft is left out for that cell.
    """
    threats = [t for t in scenario.threats if t.assessed == assessed]
    areas = {area.id: area for area in scenario.threat_areas}
    area_ids = tuple(dict.fromkeys(name for t in threats for name in t.launch_areas))
    model_ids = tuple(dict.fromkeys(m for t in threats for m in t.models))
    lofts = (("minimum-energy", 0.0), *scenario.rules.loft_offsets_deg)
    failed: Counter[str] = Counter()
    waves: list[Wave] = []
    pairs = [(i, m) for i, threat in enumerate(threats) for m in threat.models]
    for step, (i, model) in enumerate(pairs):
        missile = scenario.missile_models[model].missile
        stands = [(area_ids.index(a), areas[a]) for a in threats[i].launch_areas]
        shots = _within_reach(missile, stands, cells, points_per_side)
        for loft, flights, kept in _aim(missile, shots, lofts, failed):
            waves.append(
                Wave(
                    flights,
                    i,
                    model_ids.index(model),
                    loft,
                    shots.area[kept],
                    shots.point[kept],
                    shots.cell[kept],
                )
            )
        if progress is not None:
            progress("aiming", AIMING_SHARE * (step + 1) / len(pairs))
    names = tuple(name for name, _ in lofts)
    return Raid(
        tuple(waves), tuple(t.id for t in threats), area_ids, model_ids, names, tuple(sorted(failed.items()))
    )


def _within_reach(
    missile: Missile, stands: Sequence[tuple[int, LaunchArea]], cells: Cells, points_per_side: int
) -> _Shots:
    """Every pair of launch point and cell of a party not farther than the longest range that way."""
    columns: list[list[Array]] = [[], [], [], [], []]
    owned = np.flatnonzero(cells.party >= 0)
    there = np.column_stack([cells.lat_deg[owned], cells.lon_deg[owned]])
    for index, area in stands:
        points = np.asarray(fill_area(area.area, points_per_side), dtype=float)
        middle = points.mean(axis=0)
        reach = maximum_range(missile, Place(float(middle[0]), float(middle[1])), _REACH_AZIMUTHS_DEG)
        for k, point in enumerate(points):
            distance, azimuth = distance_and_azimuth(point, there)
            farthest = np.interp(
                azimuth, [*_REACH_AZIMUTHS_DEG, 360.0], [*reach.range_km, float(reach.range_km[0])]
            )
            near = np.flatnonzero(distance <= _REACH_MARGIN * farthest)
            columns[0].append(np.full(len(near), index))
            columns[1].append(np.full(len(near), k))
            columns[2].append(owned[near])
            columns[3].append(np.tile(point, (len(near), 1)))
            columns[4].append(there[near])
    if not columns[0]:
        none = np.zeros(0, dtype=np.int64)
        return _Shots(none, none, none, np.zeros((0, 2)), np.zeros((0, 2)))
    return _Shots(*(np.concatenate(column) for column in columns))


def _aim(
    missile: Missile, shots: _Shots, lofts: Sequence[tuple[str, float]], failed: Counter[str]
) -> Iterator[tuple[int, Flights, Int[Array, " k"]]]:
    """(loft index, flights that succeed, their places among the shots) for each loft.

    The first of ``lofts`` is minimum energy itself.
    """
    if not len(shots.cell):
        return
    least = aim_many((missile,), shots.origin_deg, shots.destination_deg)
    reached = np.flatnonzero(least.ok)
    _count(least, failed)
    yield 0, lanes_of(least, reached), reached
    if len(lofts) == 1 or not len(reached):
        return
    offsets = np.array([offset for _, offset in lofts[1:]])
    every = np.tile(reached, len(offsets))
    loft = np.clip(
        least.loft_deg[every] + np.repeat(offsets, len(reached)), _LEAST_LOFT_DEG, _GREATEST_LOFT_DEG
    )
    flights = aim_many((missile,), shots.origin_deg[every], shots.destination_deg[every], loft)
    _count(flights, failed)
    of = np.repeat(np.arange(1, len(lofts)), len(reached))
    for index in range(1, len(lofts)):
        fine = np.flatnonzero(flights.ok & (of == index))
        yield index, lanes_of(flights, fine), every[fine]


def _count(flights: Flights, failed: Counter[str]) -> None:
    for cause in flights.cause[~flights.ok]:
        if str(cause) != "beyond-range":
            failed[str(cause)] += 1


def lanes_of(flights: Flights, index: Int[Array, " k"] | Bool[Array, " n"]) -> Flights:
    """Some lanes of a set of flights of one missile, in the order of ``index``."""
    columns = {f.name: getattr(flights, f.name) for f in fields(Flights)}
    missiles = columns.pop("missiles")
    if len(missiles) > 1:
        missiles = tuple(np.array(missiles, dtype=object)[index])
    return Flights(missiles=missiles, **{name: np.asarray(v)[index] for name, v in columns.items()})


def distance_and_azimuth(
    origin_deg: Float[Array, " 2"], there_deg: Float[Array, "n 2"]
) -> tuple[Float[Array, " n"], Float[Array, " n"]]:
    """Great-circle distance (km) and azimuth (degrees, 0 to 360) on the mean sphere: 0.6 % off at most."""
    lat, lon = np.radians(origin_deg)
    lats, lons = np.radians(there_deg.T)
    east = np.cos(lats) * np.sin(lons - lon)
    north = np.cos(lat) * np.sin(lats) - np.sin(lat) * np.cos(lats) * np.cos(lons - lon)
    along = np.sin(lat) * np.sin(lats) + np.cos(lat) * np.cos(lats) * np.cos(lons - lon)
    angle = np.arctan2(np.hypot(east, north), along)
    return MEAN_RADIUS_KM * angle, np.degrees(np.arctan2(east, north)) % 360.0
