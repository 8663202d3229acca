"""Where people live, as cells: one aim a cell, its people scaled so that each country sums to its total.

Towns above 15,000 hold between a fifth and all of a country's people. Each country's towns are scaled to its
national total and the share that was seen is kept, so that a reader can tell counted people from scaled
ones. Every cell bears its land as well, so that a map shows area and people apart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int
from numpy import ndarray as Array

from equipoise.scenario.geography import (
    Window,
    codes_of,
    countries,
    extent,
    inside,
    land_km2,
    middle_of,
    towns,
    wrap_deg,
)
from equipoise.scenario.types import InventedRegion, Region, Scenario
from equipoise.scenario.values import Area

KM_PER_DEG = 111.195
"""One degree of a great circle on the mean sphere of 6371.0 km."""


@dataclass(frozen=True, eq=False)
class PopulationCells:
    """Where people live: one aim a cell. Populations are scaled to each country's sourced total."""

    lat_deg: Float[Array, " n"]
    lon_deg: Float[Array, " n"]
    population: Float[Array, " n"]
    area_km2: Float[Array, " n"]
    region: Int[Array, " n"]
    """Index into ``regions``."""
    regions: tuple[str, ...]
    party: Int[Array, " n"]
    """0 or 1: the party whose member the region belongs to on the scenario's day; -1 for neither."""
    share_seen: tuple[float, ...]
    """For each region: people in towns above 15,000 over the national total, before scaling."""

    def __len__(self) -> int:
        return len(self.lat_deg)


@dataclass(frozen=True, eq=False)
class _Patch:
    """The cells of one region before they are joined."""

    lat: Float[Array, " k"]
    lon: Float[Array, " k"]
    people: Float[Array, " k"]
    area: Float[Array, " k"]
    share: float


def build_cells(
    scenario: Scenario,
    spacing_km: float,
    window: Window | None = None,
    countries: Sequence[str] | None = None,
) -> PopulationCells:
    """Cells about ``spacing_km`` apart over the land of both parties' members on the scenario's day.

    ``countries`` (codes or names) takes the members' place; ``window`` keeps the cells inside it, after the
    scaling, so that a country that it cuts is counted in part. Regions are the countries, split where the
    scenario splits them; invented regions are boxes. A country too small for the grid is one cell.
    """
    of = _party_of(scenario)
    codes = tuple(of) if countries is None else codes_of(countries)
    invented = {r.member: r for r in scenario.invented_regions}
    patches: list[tuple[Region, int, _Patch]] = []
    for code in codes:
        if code in invented:
            patches.append(
                (_region(scenario, code), of.get(code, -1), _box_patch(invented[code], spacing_km))
            )
            continue
        meridian = next((s[1] for s in scenario.region_splits if s[0] == code), None)
        parts = zip(_regions(scenario, code), _country_patches(code, spacing_km, meridian), strict=True)
        patches += [(region, of.get(code, -1), patch) for region, patch in parts]
    return _joined(patches, window)


def regions_of(scenario: Scenario) -> tuple[Region, ...]:
    """The regions that the members' people are counted in, in the order of parties and members."""
    return tuple(r for code in _party_of(scenario) for r in _regions(scenario, code))


def _party_of(scenario: Scenario) -> dict[str, int]:
    """Country code to the index of its party, members on the scenario's day only."""
    return {m.country: i for i, p in enumerate(scenario.parties) for m in p.members_on(scenario.as_of)}


def _regions(scenario: Scenario, code: str) -> tuple[Region, ...]:
    split = next((s for s in scenario.region_splits if s[0] == code), None)
    if split is None:
        return (_region(scenario, code),)
    return (_region(scenario, code, split[2], "west"), _region(scenario, code, split[3], "east"))


def _region(scenario: Scenario, code: str, name: str | None = None, side: str = "") -> Region:
    """The scenario's own region of this country and name; else one made from the country's."""
    for region in scenario.regions:
        if region.country == code and (name is None or region.name == name):
            return region
    for invented in scenario.invented_regions:
        if invented.member == code:
            return Region(invented.id, code, invented.name)
    return Region(f"{code}-{side}" if side else code, code, name or countries()[code].name)


def _country_patches(code: str, spacing_km: float, meridian_deg: float | None) -> list[_Patch]:
    """The country's cells, whole or west and east of a meridian: its towns' people scaled to its total."""
    every = towns()
    mine = every.country == code
    lat, lon, people = every.lat_deg[mine], every.lon_deg[mine], every.population[mine].astype(float)
    seen, total = float(people.sum()), float(countries()[code].population)
    cell_lat, cell_lon, area = _grid(code, spacing_km)
    if seen == 0.0:
        lat, lon, people, scale = cell_lat, cell_lon, area, total / area.sum()
    else:
        scale = total / seen
    out = []
    for side in _sides(meridian_deg):
        cells, places = side(cell_lon), side(lon)
        held = _Patch(cell_lat[cells], cell_lon[cells], np.zeros(cells.sum()), area[cells], seen / total)
        if not cells.any():
            middle = np.array([lat[places].mean()]), np.array([lon[places].mean()])
            held = _Patch(*middle, np.zeros(1), np.zeros(1), seen / total)
        nearest = _nearest(lat[places], lon[places], held.lat, held.lon)
        np.add.at(held.people, nearest, people[places] * scale)
        out.append(held)
    return out


def _sides(meridian_deg: float | None) -> tuple[Callable[[Array], Array], ...]:
    """Masks over longitudes: everything; or what lies west of the meridian, and the rest."""
    if meridian_deg is None:
        return (lambda lon: np.ones(len(lon), dtype=bool),)
    return (lambda lon: wrap_deg(lon - meridian_deg) < 0, lambda lon: wrap_deg(lon - meridian_deg) >= 0)


def _grid(code: str, spacing_km: float) -> tuple[Array, Array, Array]:
    """Cells whose middles lie in the country: latitude, longitude, km2; their areas add up to its land."""
    land = land_km2(code)
    window = extent(code)
    if window is None:
        every = towns()
        mine = every.country == code
        return np.array([every.lat_deg[mine].mean()]), np.array([every.lon_deg[mine].mean()]), np.zeros(1)
    lat, lon, area = _rows(window, spacing_km)
    dry = inside(code, lat, lon)
    if not dry.any():
        middle = middle_of(code)
        return np.array([middle[0]]), np.array([middle[1]]), np.array([land])
    return lat[dry], lon[dry], area[dry] * (land / area[dry].sum())


def _rows(window: Window, spacing_km: float) -> tuple[Array, Array, Array]:
    """Middles and areas of the cells that tile a window in rows of nearly equal spacing."""
    west, south, east, north = window
    step = spacing_km / KM_PER_DEG
    lat = (np.floor(south / step) + 0.5 + np.arange(int(np.ceil((north - south) / step)) + 1)) * step
    lats, lons, areas = [], [], []
    for row in lat:
        if abs(row) >= 90.0:
            continue
        around = max(1, round(360.0 / step * np.cos(np.radians(row))))
        width = 360.0 / around
        first = np.floor((west + 180.0) / width)
        lon = -180.0 + (first + 0.5 + np.arange(int(np.ceil((east - west) / width)) + 1)) * width
        lon = lon[lon < 180.0]
        lats.append(np.full(len(lon), row))
        lons.append(lon)
        areas.append(np.full(len(lon), width * step * np.cos(np.radians(row)) * KM_PER_DEG**2))
    return np.concatenate(lats), np.concatenate(lons), np.concatenate(areas)


def _nearest(lat: Array, lon: Array, cell_lat: Array, cell_lon: Array) -> Int[Array, " n"]:
    """Index of the cell nearest to each point, over the sphere."""
    from scipy.spatial import cKDTree

    tree = cKDTree(_unit(cell_lat, cell_lon))
    return np.asarray(tree.query(_unit(lat, lon))[1])


def _unit(lat_deg: Array, lon_deg: Array) -> Float[Array, "n 3"]:
    lat, lon = np.radians(lat_deg), np.radians(lon_deg)
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _box_patch(region: InventedRegion, spacing_km: float) -> _Patch:
    """An invented region's box as cells; its people are spread evenly and all of them are seen."""
    box: Area = region.area
    (south, north), (west, east) = box.lat_deg, box.lon_deg
    lat, lon, area = _rows((west, south, east, north), spacing_km)
    keep = (lat >= south) & (lat <= north) & (lon >= west) & (lon <= east)
    if not keep.any():
        lat, lon, area = (np.array([v]) for v in ((south + north) / 2, (west + east) / 2, spacing_km**2))
        keep = np.array([True])
    lat, lon, area = lat[keep], lon[keep], area[keep]
    return _Patch(lat, lon, region.population * area / area.sum(), area, 1.0)


def _joined(patches: list[tuple[Region, int, _Patch]], window: Window | None) -> PopulationCells:
    def column(values: list[Array]) -> Array:
        return np.concatenate(values) if values else np.zeros(0)

    sizes = [len(p.lat) for _, _, p in patches]
    lat, lon = column([p.lat for _, _, p in patches]), column([p.lon for _, _, p in patches])
    keep = np.ones(len(lat), dtype=bool)
    if window is not None:
        west, south, east, north = window
        keep = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    return PopulationCells(
        lat_deg=lat[keep],
        lon_deg=lon[keep],
        population=column([p.people for _, _, p in patches])[keep],
        area_km2=column([p.area for _, _, p in patches])[keep],
        region=np.repeat(np.arange(len(patches)), sizes)[keep],
        regions=tuple(r.id for r, _, _ in patches),
        party=np.repeat([party for _, party, _ in patches], sizes).astype(np.int64)[keep],
        share_seen=tuple(p.share for _, _, p in patches),
    )
