"""The ground: countries, towns, borders and coasts, and the points that fill a declared area.

Everything ships in ``data/`` (see its SOURCES.md: Natural Earth, public domain; GeoNames, CC BY 4.0) and
nothing is fetched. Latitude and longitude are geodetic WGS84 degrees, east positive. Borders say where
people are counted; they are no judgement on whose a place is.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from jaxtyping import Bool, Float, Int
from numpy import ndarray as Array

from equipoise.scenario.messages import fault
from equipoise.scenario.reading.names import did_you_mean
from equipoise.scenario.types import Country
from equipoise.scenario.values import Area

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Window = tuple[float, float, float, float]
"""(west, south, east, north) in degrees; west < east, so that a window never crosses the date line."""

ATTRIBUTION = (
    "Borders and coasts: Natural Earth 4.1, 1:50 million (public domain). "
    "Towns and national totals: GeoNames, geonames.org, CC BY 4.0; "
    "recent figures, not those of the scenario's day."
)
SEA_POINTS_PER_SIDE = 25
"""Of the grid among whose points at sea a point on land finds the nearest."""
_TOTALS = "GeoNames countryInfo (recent, most totals as of 2018; CC BY 4.0)"


@dataclass(frozen=True, eq=False)
class Towns:
    """Places of more than 15,000 people, without their names; ``country`` is ISO 3166-1 alpha-2."""

    lat_deg: Float[Array, " n"]
    lon_deg: Float[Array, " n"]
    population: Int[Array, " n"]
    country: Array

    def __len__(self) -> int:
        return len(self.lat_deg)


@dataclass(frozen=True, eq=False)
class Border:
    """One polygon of a country: an outer ring and its holes, each (n, 2): longitude, latitude, degrees."""

    country: str
    rings: tuple[Float[Array, "n 2"], ...]


def _data(name: str) -> Any:
    return files("equipoise.scenario").joinpath("data").joinpath(name)


@cache
def countries() -> Mapping[str, Country]:
    """Every country by its ISO 3166-1 alpha-2 code, with its national total (recent: see ``ATTRIBUTION``)."""
    with _data("countries.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return MappingProxyType(
        {
            r["id"]: Country(r["id"], r["name"], int(r["population"]), _TOTALS)
            for r in rows
            if int(r["population"])
        }
    )


def find_country(text: str) -> Country:
    """The country of a code or a name, in any case.

    Raises ``InputError`` (``unknown-country``) with the nearest names.
    """
    every = countries()
    if text.upper() in every:
        return every[text.upper()]
    by_name = {c.name.casefold(): c for c in every.values()}
    if text.casefold() in by_name:
        return by_name[text.casefold()]
    known = [c.name for c in every.values()]
    raise fault("unknown-country", name=text, nearest=did_you_mean(text, known))


@cache
def towns() -> Towns:
    """All towns of more than 15,000 people (GeoNames), a city's districts taken out of the city's figure."""
    with _data("towns.npz").open("rb") as file, np.load(file) as stored:
        return Towns(
            stored["lat_centideg"] / 100.0,
            stored["lon_centideg"] / 100.0,
            stored["population"].astype(np.int64),
            stored["country"],
        )


@cache
def _polygons() -> tuple[Array, Array]:
    """(country codes, shapely polygons), one entry a polygon of Natural Earth."""
    import shapely

    with _data("borders.npz").open("rb") as file, np.load(file) as stored:
        points = stored["lon_lat_millideg"] / 1000.0
        starts, polygon_starts, codes = stored["ring_start"], stored["polygon_start"], stored["country"]
    lengths = np.diff(starts)
    rings = shapely.linearrings(points, indices=np.repeat(np.arange(len(lengths)), lengths))
    of = np.repeat(np.arange(len(codes)), np.diff(polygon_starts))
    return codes, shapely.polygons(rings, indices=of)


@cache
def _tree() -> Any:
    import shapely

    polygons = _polygons()[1]
    shapely.prepare(polygons)
    return shapely.STRtree(polygons)


@cache
def _land(code: str) -> Any:
    """One country's polygons as one prepared geometry; empty where Natural Earth draws none."""
    import shapely

    codes, polygons = _polygons()
    whole = shapely.multipolygons(polygons[codes == code])
    shapely.prepare(whole)
    return whole


def inside(country: str, lat_deg: Float[Array, " n"], lon_deg: Float[Array, " n"]) -> Bool[Array, " n"]:
    """Whether each point lies in the country's land (code as in ``countries``)."""
    import shapely

    return np.asarray(shapely.contains_xy(_land(country), lon_deg, lat_deg))


def extent(country: str) -> Window | None:
    """The country's bounding window; None where no land of it is drawn."""
    bounds = _land(country).bounds
    if np.isnan(bounds).any():
        return None
    west, south, east, north = (float(b) for b in bounds)
    return west, south, east, north


def land_km2(country: str) -> float:
    """Land of the country as drawn, in km2, by Lambert's equal-area cylinder on the sphere of 6371.0 km."""
    import shapely

    def unroll(points: Float[Array, "n 2"]) -> Float[Array, "n 2"]:
        return np.column_stack([np.radians(points[:, 0]), np.sin(np.radians(points[:, 1]))])

    return float(shapely.transform(_land(country), unroll).area) * 6371.0**2


def middle_of(country: str) -> tuple[float, float]:
    """(lat, lon) of a point inside the country's land; for a country too small for a grid."""
    point = _land(country).representative_point()
    return float(point.y), float(point.x)


def borders(window: Window) -> tuple[Border, ...]:
    """Every polygon that touches the window, whole where it fits and cut at the window's edge otherwise."""
    import shapely

    codes, polygons = _polygons()
    found = np.sort(_tree().query(shapely.box(*window)))
    out: list[Border] = []
    for index in found:
        cut = shapely.clip_by_rect(polygons[index], *window)
        for part in shapely.get_parts(cut):
            if part.geom_type != "Polygon" or part.is_empty:
                continue
            rings = (part.exterior, *part.interiors)
            out.append(Border(str(codes[index]), tuple(np.asarray(r.coords, dtype=float) for r in rings)))
    return tuple(out)


def is_sea(lat_deg: Float[Array, " n"], lon_deg: Float[Array, " n"]) -> Bool[Array, " n"]:
    """True where a point lies in no country's land at 1:50 million. Lakes are land; the Caspian is sea."""
    import shapely

    points = shapely.points(np.asarray(lon_deg, dtype=float), np.asarray(lat_deg, dtype=float))
    dry = np.zeros(len(points), dtype=bool)
    dry[_tree().query(points, predicate="intersects")[0]] = True
    return ~dry


def fill_area(area: Area, points_per_side: int) -> Float[Array, "k 2"]:
    """(lat, lon) of the points that stand for an area: the point itself, or a grid over the box.

    The grid has ``points_per_side`` rows and columns, the outer ones on the box's edges, so that the area as
    declared is covered; one a side is the middle. In a sea box a point on land, or on another water than the
    widest of the box, gives way to the nearest of a finer grid that is on it, so that the sea is filled to
    its shores. Raises ``InputError``
    (``sea-area-on-land``) where no point of it is at sea.
    """
    return _filled(area, points_per_side).copy()


@cache
def _filled(area: Area, points_per_side: int) -> Float[Array, "k 2"]:
    (south, north), (west, east) = area.lat_deg, area.lon_deg
    if area.kind == "point":
        return np.array([[south, west]])
    points = _grid(area, points_per_side)
    if not area.sea:
        return points
    fine = _grid(area, SEA_POINTS_PER_SIDE)
    wet = is_sea(fine[:, 0], fine[:, 1])
    if not wet.any():
        box = f"{south:g} to {north:g} N, {west:g} to {east:g} E"
        raise fault("sea-area-on-land", box=box)
    main = _widest(wet.reshape(SEA_POINTS_PER_SIDE, SEA_POINTS_PER_SIDE)).ravel()
    astray = ~is_sea(points[:, 0], points[:, 1]) | ~main[_nearest(points, fine)]
    points[astray] = fine[main][_nearest(points[astray], fine[main])]
    return points[np.sort(np.unique(points, axis=0, return_index=True)[1])]


def _grid(area: Area, points_per_side: int) -> Float[Array, "k 2"]:
    """Points over a box, rows from the south, its edges included; one a side is the middle."""
    (south, north), (west, east) = area.lat_deg, area.lon_deg
    width = (east - west) % 360.0 if west > east else east - west
    steps = np.linspace(0.0, 1.0, points_per_side) if points_per_side > 1 else np.array([0.5])
    lat, lon = np.meshgrid(south + steps * (north - south), west + steps * width, indexing="ij")
    return np.column_stack([lat.ravel(), wrap_deg(lon.ravel())])


def _widest(wet: Bool[Array, "n n"]) -> Bool[Array, "n n"]:
    """The largest part of a grid that hangs together side by side."""
    left, best = wet.copy(), np.zeros_like(wet)
    while left.any():
        part = np.zeros_like(wet)
        part.flat[int(np.argmax(left))] = True
        size = 0
        while size < (size := int(part.sum())):
            around = np.pad(part, 1)
            part = left & (part | around[:-2, 1:-1] | around[2:, 1:-1] | around[1:-1, :-2] | around[1:-1, 2:])
        left &= ~part
        best = part if part.sum() > best.sum() else best
    return best


def _nearest(points: Float[Array, "n 2"], among: Float[Array, "k 2"]) -> Int[Array, " n"]:
    """For each (lat, lon) the row of ``among`` at the least great-circle distance."""
    lat, lon = np.radians(points).T
    to_lat, to_lon = np.radians(among).T
    cosine = np.sin(lat)[:, None] * np.sin(to_lat) + np.cos(lat)[:, None] * np.cos(to_lat) * np.cos(
        lon[:, None] - to_lon
    )
    return np.asarray(np.argmax(cosine, axis=1))


def wrap_deg(lon_deg: Float[Array, " n"]) -> Float[Array, " n"]:
    """Longitudes brought into [-180, 180)."""
    return (np.asarray(lon_deg) + 180.0) % 360.0 - 180.0


def codes_of(names: Sequence[str]) -> tuple[str, ...]:
    """Codes of several countries given by code or name; raises as ``find_country`` does."""
    return tuple(find_country(name).id for name in names)
