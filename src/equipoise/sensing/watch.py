"""When sensors see flights: cloud break for satellites; horizon, sector and range for radars.

The horizon is plain geometry on the WGS84 ellipsoid: no refraction (the 4/3-Earth rule of thumb would see
a little sooner), no terrain. Radars stand at altitude zero. Times of entering and leaving a view are
interpolated between a flight's samples, not rounded to them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from jaxtyping import Float
from numba import njit
from numpy import ndarray as Array

from equipoise.flight import Tracks
from equipoise.sensing.types import Sightings, Station

EQUATOR_M, FLATTENING = 6378137.0, 1 / 298.257223563
"""WGS84 ellipsoid (NIMA TR8350.2, table 3.1)."""


def sight(tracks: Tracks, stations: Sequence[Station], cloud_break_km: float) -> Sightings:
    """First light, first warning, first track and loss of each flight for each station, s from launch.

    A satellite reports ``revisit + delay`` after first light, provided that one revisit falls inside the
    burn above the clouds. A radar has a track once it has had the flight in view for its ``delay`` without
    a break. Interpolation errs by less than 1 s at 98 samples a flight, a passage
    near the zenith apart (a test compares).
    """
    n = len(tracks)
    light = first_light_s(tracks, cloud_break_km)
    shape = (n, len(stations))
    seen, track, early = np.full(shape, np.inf), np.full(shape, np.inf), np.full(shape, np.inf)
    lost = np.full(shape, -np.inf)
    radars = [i for i, s in enumerate(stations) if s.kind == "radar"]
    if radars and n:
        numbers = np.array([_numbers(stations[i]) for i in radars])
        found = _watch(_rows(tracks.position_m, tracks.time_s), np.asarray(tracks.ok), numbers)
        seen[:, radars], track[:, radars], lost[:, radars] = found
        early[:, radars] = found[0]
    for i, station in enumerate(stations):
        if station.kind == "satellite":
            caught = light + station.revisit_s <= tracks.burnout_s
            seen[:, i] = np.where(caught, light + station.revisit_s + station.delay_s[1], np.inf)
            early[:, i] = light + station.delay_s[0]
    return Sightings(tuple(stations), light, seen, early, track, lost)


def first_light_s(tracks: Tracks, cloud_break_km: float) -> Float[Array, " n"]:
    """When each flight rises through ``cloud_break_km`` while burning, s; infinite where it never does."""
    if len(tracks) == 0:
        return np.zeros(0)
    above = tracks.altitude_m >= 1e3 * cloud_break_km
    at = np.argmax(above, axis=1)
    lane, before = np.arange(len(tracks)), np.maximum(at - 1, 0)
    low, high = tracks.altitude_m[lane, before], tracks.altitude_m[lane, at]
    share = np.clip((1e3 * cloud_break_km - low) / np.where(high > low, high - low, 1.0), 0.0, 1.0)
    start, end = tracks.time_s[lane, before], tracks.time_s[lane, at]
    time = start + share * (end - start)
    return np.where(tracks.ok & above.any(axis=1) & (time <= tracks.burnout_s), time, np.inf)


def ground_position_m(places_deg: Float[Array, "k 2"]) -> Float[Array, "k 3"]:
    """Earth-fixed position, m, of points on the ellipsoid at geodetic (latitude, longitude), degrees."""
    lat, lon = np.radians(np.asarray(places_deg, dtype=float).reshape(-1, 2)).T
    up = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    squash = (1 - FLATTENING) ** 2
    curve = EQUATOR_M / np.sqrt(1 - (1 - squash) * np.sin(lat) ** 2)
    position: Float[Array, "k 3"] = curve[:, None] * up * np.array([1.0, 1.0, squash])
    return position


def _numbers(station: Station) -> list[float]:
    """Position, up, north, east, sine of least elevation, range m, sector's middle and half, delay."""
    lat, lon = math.radians(station.lat_deg), math.radians(station.lon_deg)
    up = np.array([math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)])
    north = np.array([-math.sin(lat) * math.cos(lon), -math.sin(lat) * math.sin(lon), math.cos(lat)])
    east = np.array([-math.sin(lon), math.cos(lon), 0.0])
    position = ground_position_m(np.array([[station.lat_deg, station.lon_deg]]))[0]
    start, end = station.sector_deg
    width = end - start if end - start >= 360.0 else (end - start) % 360.0
    half = math.pi + 1.0 if width >= 360.0 else math.radians(width) / 2
    middle = math.radians(start + width / 2)
    reach = min(1e3 * station.range_km, 1e9)
    elevation = math.sin(math.radians(station.elevation_min_deg))
    return [*position, *up, *north, *east, elevation, reach, middle, half, station.delay_s[1]]


@njit(cache=True, nogil=True, error_model="numpy")
def _rows(position, time):  # type: ignore[no-untyped-def]
    """Rows x, y, z, t of each flight, so that a flight's samples lie side by side."""
    n, m = time.shape
    out = np.empty((n, 4, m))
    for i in range(n):
        for j in range(m):
            for axis in range(3):
                out[i, axis, j] = position[i, j, axis]
            out[i, 3, j] = time[i, j]
    return out


@njit(cache=True, nogil=True, error_model="numpy")
def _watch(rows, ok, stations):  # type: ignore[no-untyped-def]
    """First sight, first track, loss; infinite where none."""
    n, s = len(rows), len(stations)
    seen, track, lost = np.full((n, s), np.inf), np.full((n, s), np.inf), np.full((n, s), -np.inf)
    for i in range(n):
        for k in range(s):
            if ok[i] and _rises(rows[i], stations[k]):
                seen[i, k], track[i, k], lost[i, k] = _first_view(rows[i], stations[k])
    return seen, track, lost


@njit(
    cache=True,
    nogil=True,
    error_model="numpy",
    fastmath={"nnan", "contract", "reassoc", "nsz"},
    forceinline=True,
)
def _rises(row, station):  # type: ignore[no-untyped-def]
    """Whether any sample lies above the station's horizontal plane: without it nothing can be seen."""
    ux, uy, uz = station[3], station[4], station[5]
    top = -1e30
    for j in range(row.shape[1]):
        height = ux * row[0, j] + uy * row[1, j] + uz * row[2, j]
        top = height if height > top else top
    return top > ux * station[0] + uy * station[1] + uz * station[2]


@njit(cache=True, nogil=True, error_model="numpy", forceinline=True)
def _margins(row, j, station):  # type: ignore[no-untyped-def]
    """How far inside a sample lies: sine of elevation, share of range, sector in radians."""
    x, y, z = row[0, j] - station[0], row[1, j] - station[1], row[2, j] - station[2]
    distance = max(np.sqrt(x * x + y * y + z * z), 1e-3)
    above = (x * station[3] + y * station[4] + z * station[5]) / distance - station[12]
    near = 1.0 - distance / station[13]
    if above < 0.0 or station[15] > np.pi:
        return above, near, 1.0
    north = x * station[6] + y * station[7] + z * station[8]
    east = x * station[9] + y * station[10] + z * station[11]
    off = (np.arctan2(east, north) - station[14] + np.pi) % (2 * np.pi) - np.pi
    return above, near, station[15] - abs(off)


@njit(cache=True, nogil=True, error_model="numpy", forceinline=True)
def _share(before, after, entering):  # type: ignore[no-untyped-def]
    """Share of a step at which a margin crosses zero, going in (else 0) or out (else 1)."""
    if entering:
        return before / (before - after) if before < 0.0 <= after else 0.0
    return before / (before - after) if after < 0.0 <= before else 1.0


@njit(cache=True, nogil=True, error_model="numpy", forceinline=True)
def _first_view(row, station):  # type: ignore[no-untyped-def]
    """(first sight, first track, end of the view with the track) of one flight from one radar."""
    seen, enter = np.inf, np.inf
    need = station[16]
    last = row.shape[1] - 1
    a0, r0, s0 = _margins(row, 0, station)
    if a0 >= 0.0 and r0 >= 0.0 and s0 >= 0.0:
        seen = enter = row[3, 0]
    for j in range(1, last + 1):
        a1, r1, s1 = _margins(row, j, station)
        inside = a1 >= 0.0 and r1 >= 0.0 and s1 >= 0.0
        step = row[3, j] - row[3, j - 1]
        if inside and enter == np.inf:
            share = max(_share(a0, a1, True), _share(r0, r1, True), _share(s0, s1, True))
            enter = row[3, j - 1] + share * step
            seen = min(seen, enter)
        elif not inside and enter < np.inf:
            share = min(_share(a0, a1, False), _share(r0, r1, False), _share(s0, s1, False))
            leave = row[3, j - 1] + share * step
            if leave - enter >= need:
                return seen, enter + need, leave
            enter = np.inf
        a0, r0, s0 = a1, r1, s1
    if enter < np.inf and row[3, last] - enter >= need:
        return seen, enter + need, row[3, last]
    return seen, np.inf, -np.inf
