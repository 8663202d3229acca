"""Flights of a missile of which only the burnout is stated: from there on, a two-body path to the aim.

The path of least inertial speed stands for minimum energy; a loft is an offset of the inertial flight-path
angle at burnout from that path's. The Earth is the turning WGS84 ellipsoid, without J2 and without air, so
that times low in the air are rough. Before burnout the altitude is taken to grow with the square of time and
the distance with the cube: that shape serves first light alone, and nothing is met on it.

Searches and samples are compiled: a box of places, burnouts and lofts soon has some thousand flights.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float
from numba import njit
from numpy import ndarray as Array

from equipoise.flight import WGS84, Tracks, coast, ecef_altitude, geodetic_to_ecef, lambert
from equipoise.scenario import BurnoutProfile

SHORTEST_S, LONGEST_S = 60.0, 7200.0
"""Between these flights last; a least-speed path half round the Earth takes under 3,000 s."""
GOLDEN = (math.sqrt(5.0) - 1.0) / 2.0
BOOST_SAMPLES = 12
NEAREST_M = 1e4
"""The aim lies at least so far beyond the point under the burnout."""
OMEGA_RAD_S, RADIUS_M = WGS84.omega_rad_s, WGS84.radius_m
_ROUNDS = 60
_COARSE = 64
"""Places at which a path is looked at for the altitudes that it passes."""
_KERNEL: dict[str, Any] = {"cache": True, "nogil": True}
Position = Float[Array, " 3"]


def burnout_tracks(
    profiles: Sequence[BurnoutProfile],
    origin_deg: Float[Array, "n 2"],
    destination_deg: Float[Array, "n 2"],
    offset_deg: float,
    count: int,
    altitudes_km: tuple[float, ...],
) -> Tracks:
    """One flight a lane, ``count`` samples each, some exactly at burnout and on the altitudes passed.

    Origins and destinations are geodetic degrees on WGS84. A lane is not ok where its loft leads to no path,
    or its aim does not lie beyond the burnout.
    """
    lanes = [
        _lane(profile, start, end, offset_deg, count, altitudes_km)
        for profile, start, end in zip(profiles, origin_deg, destination_deg, strict=True)
    ]
    columns = [np.array([getattr(lane, f) for lane in lanes]) for f in Tracks.__dataclass_fields__]
    return Tracks(*columns)


@dataclass(frozen=True)
class _Lane:
    """One flight's row of ``Tracks``."""

    ok: bool
    time_s: Array
    position_m: Array
    altitude_m: Array
    speed_m_s: Array
    burnout_s: float
    impact_s: float


def _lane(
    profile: BurnoutProfile,
    origin_deg: Float[Array, " 2"],
    destination_deg: Float[Array, " 2"],
    offset_deg: float,
    count: int,
    altitudes_km: tuple[float, ...],
) -> _Lane:
    launch, aim = (_unit(p) for p in (origin_deg, destination_deg))
    burnout, flown = profile.time_s, math.nan
    if math.acos(min(1.0, float(launch @ aim))) * RADIUS_M > 1e3 * profile.downrange_km + NEAREST_M:
        start = _over(_along(launch, aim, 1e3 * profile.downrange_km), 1e3 * profile.altitude_km)
        target = np.array(geodetic_to_ecef(*np.radians(destination_deg), 0.0))
        *velocity, flown = _path(start, target, math.radians(offset_deg))
    if not math.isfinite(flown):
        still = np.tile(np.array(geodetic_to_ecef(*np.radians(origin_deg), 0.0)), (count, 1))
        flat = np.zeros(count)
        return _Lane(False, flat, still, flat, flat, burnout, burnout)
    state = np.array([*start, *velocity])
    exact = _crossings(state, flown, 1e3 * np.array(altitudes_km, dtype=float))
    rest = count - BOOST_SAMPLES - len(exact)
    coasts = np.sort(np.concatenate([np.linspace(0.0, flown, rest), exact]))
    found = _coasting(state, coasts)
    rising = np.arange(BOOST_SAMPLES) / BOOST_SAMPLES
    boost = np.array([_boosting(profile, launch, aim, share) for share in rising])
    position = np.concatenate([boost, found[:, :3]])
    time = np.concatenate([burnout * rising, burnout + coasts])
    climb = 2.0 * 1e3 * profile.altitude_km / burnout * rising
    altitude = np.concatenate([[ecef_altitude(*p) for p in boost], found[:, 3]])
    speed = np.concatenate([climb, found[:, 4]])
    return _Lane(True, time, position, altitude, speed, burnout, burnout + flown)


def _boosting(profile: BurnoutProfile, launch: Position, aim: Position, share: float) -> Position:
    along = _along(launch, aim, 1e3 * profile.downrange_km * share**3)
    return _over(along, 1e3 * profile.altitude_km * share**2)


@njit(**_KERNEL)
def _to(start: Any, target: Any, flight_s: float) -> tuple[float, float, float, float]:
    """Inertial velocity (m/s) at burnout that meets the turning target after a time, and its size; infinite
    where there is none. Inertial axes are Earth-fixed ones at burnout.
    """
    c, s = math.cos(OMEGA_RAD_S * flight_s), math.sin(OMEGA_RAD_S * flight_s)
    there = c * target[0] - s * target[1], s * target[0] + c * target[1]
    vx, vy, vz, found = lambert(start[0], start[1], start[2], there[0], there[1], target[2], flight_s)
    return vx, vy, vz, math.sqrt(vx * vx + vy * vy + vz * vz) if found else math.inf


@njit(**_KERNEL)
def _angle(start: Any, target: Any, flight_s: float) -> float:
    """Inertial flight-path angle (rad) at burnout of that velocity; minus infinity where there is none."""
    vx, vy, vz, speed = _to(start, target, flight_s)
    if not speed < math.inf:
        return -math.inf
    radius = math.sqrt(start[0] ** 2 + start[1] ** 2 + start[2] ** 2)
    return math.asin((vx * start[0] + vy * start[1] + vz * start[2]) / (speed * radius))


@njit(**_KERNEL)
def _path(start: Any, target: Any, offset: float) -> tuple[float, float, float, float]:
    """Inertial velocity at burnout and time of flight of the path to the turning target; nan where none.

    Speed has one least value over the time of flight (golden section); the angle grows with the time
    (bisection).
    """
    flown = _least(start, target)
    if offset != 0.0:
        wanted = _angle(start, target, flown) + offset
        low, high = (flown, LONGEST_S) if offset > 0.0 else (SHORTEST_S, flown)
        if not _angle(start, target, low) <= wanted <= _angle(start, target, high):
            return math.nan, math.nan, math.nan, math.nan
        for _ in range(_ROUNDS):
            middle = 0.5 * (low + high)
            if _angle(start, target, middle) < wanted:
                low = middle
            else:
                high = middle
        flown = high
    vx, vy, vz, speed = _to(start, target, flown)
    return vx, vy, vz, flown if speed < math.inf else math.nan


@njit(**_KERNEL)
def _least(start: Any, target: Any) -> float:
    """The time of flight of the least speed, between the shortest and the longest flight."""
    low, high = SHORTEST_S, LONGEST_S
    left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    at_left, at_right = _to(start, target, left)[3], _to(start, target, right)[3]
    for _ in range(_ROUNDS):
        if at_left <= at_right:
            high, right, at_right = right, left, at_left
            left = high - GOLDEN * (high - low)
            at_left = _to(start, target, left)[3]
        else:
            low, left, at_left = left, right, at_right
            right = low + GOLDEN * (high - low)
            at_right = _to(start, target, right)[3]
    return 0.5 * (low + high)


@njit(**_KERNEL)
def _coasting(state: Any, since_s: Any) -> Any:
    """Earth-fixed position (m), altitude (m) and speed relative to the Earth (m/s) at times after burnout."""
    out = np.empty((len(since_s), 5))
    for i, since in enumerate(since_s):
        x, y, z, vx, vy, vz = coast(state[0], state[1], state[2], state[3], state[4], state[5], since)
        c, s = math.cos(OMEGA_RAD_S * since), math.sin(OMEGA_RAD_S * since)
        out[i, 0], out[i, 1], out[i, 2] = c * x + s * y, c * y - s * x, z
        out[i, 3] = ecef_altitude(out[i, 0], out[i, 1], z)
        out[i, 4] = math.sqrt((vx + OMEGA_RAD_S * y) ** 2 + (vy - OMEGA_RAD_S * x) ** 2 + vz * vz)
    return out


@njit(**_KERNEL)
def _crossings(state: Any, flown: float, altitudes_m: Any) -> Any:
    """Times after burnout at which the path passes each altitude, up and down, by bisection."""
    coarse = np.linspace(0.0, flown, _COARSE)
    heights = _coasting(state, coarse)[:, 3]
    found = np.empty(len(altitudes_m) * _COARSE)
    many = 0
    for altitude in altitudes_m:
        for i in range(_COARSE - 1):
            above = heights[i] > altitude
            if above == (heights[i + 1] > altitude):
                continue
            low, high = coarse[i], coarse[i + 1]
            for _ in range(30):
                middle = 0.5 * (low + high)
                if (_coasting(state, np.array([middle]))[0, 3] > altitude) == above:
                    low = middle
                else:
                    high = middle
            # The side inside the window, so that the edge itself counts.
            found[many] = low if above else high
            many += 1
    return found[:many]


def _unit(place_deg: Float[Array, " 2"]) -> Position:
    """Direction of a geodetic latitude and longitude (degrees), taken as angles on a sphere."""
    lat, lon = np.radians(place_deg)
    return np.array([math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)])


def _along(unit: Position, toward: Position, distance_m: float) -> Position:
    """The direction a distance along the great circle from one direction to another."""
    across = toward - (unit @ toward) * unit
    turn = distance_m / RADIUS_M
    return np.asarray(math.cos(turn) * unit + math.sin(turn) * across / np.linalg.norm(across))


def _over(unit: Position, altitude_m: float) -> Position:
    """Earth-fixed position above the ellipsoid in a direction."""
    return np.array(geodetic_to_ecef(math.asin(unit[2]), math.atan2(unit[1], unit[0]), altitude_m))
