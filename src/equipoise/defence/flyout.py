"""Flyout: how long an interceptor takes from its launch to an altitude at a distance.

Outside the air an interceptor is its quoted speed, in any direction, at its burnout altitude above the
site, ``time_to_burnout_s`` after launch, and then a two-body coast over a round Earth of the site's own
radius. Inside the air (burnout under 40 km) it is a straight line at constant speed. The Earth's turning
is left out here: the guarantee's reach has it, and a test states what it changes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float
from numba import njit
from numpy import ndarray as Array

from equipoise.defence.types import OperandVector

MU_M3_S2 = 3.986004418e14
"""Earth's gravitational parameter, m3/s2 (WGS84)."""
EQUATOR_M, FLATTENING = 6378137.0, 1 / 298.257223563
"""WGS84 ellipsoid (NIMA TR8350.2, table 3.1)."""
IN_AIR_KM, IN_AIR_TOP_KM = 40.0, 150.0
"""A claim whose burnout lies under the first and whose highest meeting is not above the second is flown
straight at constant speed: it stays in the air. One that climbs on coasts."""
CEILING_KM = 3000.0
"""Meetings are not looked for above this altitude unless a caller asks for more."""
OMEGA_RAD_S = 7.292115e-5
"""The Earth's turning, rad/s (WGS84, NIMA TR8350.2, table 3.1)."""
_LIFT_SHARE = 0.71
"""Share of ω cos φ times distance squared over burnout speed that stands for the lift: fitted to the exact
reach, against which commits then differ by 1 s at the median (without it by up to 4 s, all to one side)."""
_BEYOND_WINDOW_KM = 60.0
_LEAST_ANGLE = 1e-4
"""Radians: the closed form has no meaning straight overhead; 0.6 km on the ground."""

_KERNEL: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy"}


@dataclass(frozen=True)
class FlyoutTable:
    """Time from the interceptor's launch to each altitude and chord; infinite where it never gets there.

    ``chord`` is the straight distance between unit vectors from the Earth's centre to the site and to
    the point, √(2 − 2u·u′): no arc cosine is needed to look a time up. The altitudes reach beyond the
    window, since points are looked up lower or higher by the Earth's turning.
    """

    altitude_km: Float[Array, " h"]
    chord: Float[Array, " x"]
    time_s: Float[Array, "h x"]
    cap_s: float
    lift_km: float
    """Look a point up lower by this times its chord times the eastward part of its unit vector."""


def local_radius_m(lat_deg: float) -> float:
    """Distance from the Earth's centre to the ellipsoid at a geodetic latitude, m."""
    lat = math.radians(lat_deg)
    polar = EQUATOR_M * (1 - FLATTENING)
    top = (EQUATOR_M**2 * math.cos(lat)) ** 2 + (polar**2 * math.sin(lat)) ** 2
    return math.sqrt(top / ((EQUATOR_M * math.cos(lat)) ** 2 + (polar * math.sin(lat)) ** 2))


def coast_time_s(
    speed_m_s: float,
    start_m: float,
    end_m: Float[Array, "*shape"],
    angle: Float[Array, "*shape"],
    ground_m: float,
) -> Float[Array, "*shape"]:
    """Least time of a two-body coast from radius ``start_m`` to ``end_m`` through a central angle, s.

    The direction is free, so the flight-path angle follows from a quadratic in its tangent (Bate, Mueller
    and White 1971, equation 6.2-7 solved for the angle); the flatter of the two is the faster. Where that
    one would pass under ``ground_m``, less speed is used: the path that just grazes. Infinite where the
    speed does not get there.
    """
    end, swept = np.broadcast_arrays(np.asarray(end_m, dtype=float), np.asarray(angle, dtype=float))
    time = np.empty(end.shape)
    _coasts(float(speed_m_s), float(start_m), end.ravel(), swept.ravel(), float(ground_m), time.reshape(-1))
    return time


@njit(**_KERNEL)
def _coasts(
    speed_m_s: float,
    start_m: float,
    end_m: Float[Array, " n"],
    angle: Float[Array, " n"],
    ground_m: float,
    time_s: Float[Array, " n"],
) -> None:
    """``coast_time_s`` of each point, into ``time_s``."""
    for i in range(end_m.size):
        end, swept = end_m[i], max(angle[i], _LEAST_ANGLE)
        least = _least_speed_m_s(start_m, end, swept)
        if least > speed_m_s:
            time_s[i] = np.inf
            continue
        time_s[i], lowest = _flat_path(speed_m_s, start_m, end, swept)
        if lowest >= ground_m:
            continue
        time_s[i] = _flat_path(
            _grazing_m_s(least, speed_m_s, start_m, end, swept, ground_m), start_m, end, swept
        )[0]


@njit(**_KERNEL)
def _grazing_m_s(
    clear: float, under: float, start_m: float, end_m: float, angle: float, ground_m: float
) -> float:
    """The speed, m/s, between one whose flatter path stays over ``ground_m`` and one whose path does not, at
    which it grazes: false position with Illinois's halving (Dowell and Jarratt 1971), to a millimetre."""
    above = _flat_path(clear, start_m, end_m, angle)[1] - ground_m
    below = _flat_path(under, start_m, end_m, angle)[1] - ground_m
    last = 0.0
    for _ in range(60):
        middle = (clear * below - under * above) / (below - above)
        height = _flat_path(middle, start_m, end_m, angle)[1] - ground_m
        if height < 0:
            under, below = middle, height
            above = above / 2 if last < 0 else above
        else:
            clear, above = middle, height
            below = below / 2 if last > 0 else below
            if height < 1e-3:
                break
        last = height
    return clear


@njit(**_KERNEL)
def _least_speed_m_s(start_m: float, end_m: float, angle: float) -> float:
    """The speed at which the quadratic has but one root: the least that gets there, m/s."""
    offset = math.cos(angle) - start_m / end_m
    share = (math.hypot(offset, math.sin(angle)) - offset) / 2
    return math.sqrt(2 * math.sin(angle / 2) ** 2 * MU_M3_S2 / (start_m * share))


@njit(**_KERNEL)
def _flat_path(speed_m_s: float, start_m: float, end_m: float, angle: float) -> tuple[float, float]:
    """Time, s, and least radius, m, of the flatter path (Bate, Mueller and White 1971, 4.4: f, g, rates)."""
    sine_swept = math.sin(angle)
    opening = 2 * math.sin(angle / 2) ** 2
    share = opening * MU_M3_S2 / (start_m * speed_m_s**2)
    rest = share + math.cos(angle) - start_m / end_m
    root = math.sqrt(max(sine_swept**2 - 4 * share * rest, 0.0))
    tangent = 2 * rest / (sine_swept + root) if rest > 0 else (sine_swept - root) / (2 * share)
    p = (start_m * speed_m_s) ** 2 / (1 + tangent**2) / MU_M3_S2
    inverse_axis = 2 / start_m - speed_m_s**2 / MU_M3_S2
    if abs(inverse_axis) < 1e-14:
        inverse_axis = 1e-14
    axis = 1 / abs(inverse_axis)
    g = start_m * end_m * sine_swept / math.sqrt(MU_M3_S2 * p)
    even = 1 - start_m * end_m * opening * inverse_axis / p
    slope = math.sqrt(MU_M3_S2 / p) * math.tan(angle / 2) * (opening / p - 1 / start_m - 1 / end_m)
    odd = -slope * start_m * end_m / math.sqrt(MU_M3_S2 * axis)
    swing = math.atan2(odd, even) % (2 * math.pi) - odd if inverse_axis > 0 else odd - math.asinh(odd)
    time = g + math.sqrt(axis**3 / MU_M3_S2) * swing
    sine = math.sqrt(p / MU_M3_S2) * speed_m_s * tangent / math.sqrt(1 + tangent**2)
    cosine = p / start_m - 1
    if sine < 0 and math.atan2(sine, cosine) + angle > 0:
        return time, p / (1 + math.hypot(sine, cosine))
    return time, min(start_m, end_m)


def flyout_time_s(
    vector: OperandVector, altitude_km: Float[Array, "*shape"], chord: Float[Array, "*shape"]
) -> Float[Array, "*shape"]:
    """Time from launch to points at ``altitude_km`` and ``chord`` from the vector's first place, s.

    Infinite beyond the declared range (slant, from the site) or where the speed does not reach. Flight
    cap and altitude window are not applied here.
    """
    ground = local_radius_m(float(vector.places_deg[0, 0]))
    point = ground + 1e3 * np.asarray(altitude_km, dtype=float)
    angle = 2 * np.arcsin(np.clip(np.asarray(chord, dtype=float) / 2, 0.0, 1.0))
    slant = np.sqrt((point - ground) ** 2 + ground * point * (2 * np.sin(angle / 2)) ** 2)
    speed = 1e3 * vector.speed_km_s
    if stays_in_air(vector):
        coast = np.maximum(slant - 1e3 * vector.burnout_altitude_km, 0.0) / speed
    else:
        coast = coast_time_s(speed, ground + 1e3 * vector.burnout_altitude_km, point, angle, ground)
    return np.where(slant <= 1e3 * vector.range_km, vector.time_to_burnout_s + coast, np.inf)


def flyout_table(
    vector: OperandVector, ceiling_km: float = CEILING_KM, altitudes: int = 176, chords: int = 512
) -> FlyoutTable:
    """The vector's times on a grid that ends where its window, cap, range or speed ends.

    A look-up between nodes errs by less than 0.1 s for 95 in 100 points, by up to 4 s beside the edge of
    what the speed reaches (a test holds it to that), and the last step before the edge is not used.
    """
    bottom = max(vector.altitude_min_km - _BEYOND_WINDOW_KM, 0.0)
    top = min(vector.altitude_max_km, max(ceiling_km, vector.altitude_min_km + 1.0)) + _BEYOND_WINDOW_KM
    height, chord = _extent(vector, bottom, top)
    altitude_km = np.linspace(bottom, height, altitudes)
    chord_grid = np.linspace(0.0, chord, chords)
    time = flyout_time_s(vector, altitude_km[:, None], chord_grid[None, :])
    return FlyoutTable(altitude_km, chord_grid, time, vector.flight_cap_s, _lift_km(vector))


def stays_in_air(vector: OperandVector) -> bool:
    """Whether the interceptor burns out, and meets, where the air bears it."""
    return vector.burnout_altitude_km < IN_AIR_KM and vector.altitude_max_km <= IN_AIR_TOP_KM


def _lift_km(vector: OperandVector) -> float:
    """The turning Earth's lift, km, for a chord of one due east."""
    if stays_in_air(vector):
        return 0.0
    lat = math.radians(float(vector.places_deg[0, 0]))
    distance_km = local_radius_m(float(vector.places_deg[0, 0])) / 1e3
    return _LIFT_SHARE * OMEGA_RAD_S * math.cos(lat) * distance_km**2 / vector.speed_km_s


def lifted_km(
    table: FlyoutTable,
    altitude_km: Float[Array, "*shape"],
    unit: Float[Array, "*shape 3"],
    place_unit: Float[Array, " 3"],
) -> Float[Array, "*shape"]:
    """The altitudes at which points (unit vectors, Earth-fixed) are looked up from a place, km."""
    chord = np.linalg.norm(unit - place_unit, axis=-1)
    east = np.array([-place_unit[1], place_unit[0], 0.0]) / math.hypot(place_unit[0], place_unit[1])
    lifted: Float[Array, "*shape"] = altitude_km - table.lift_km * chord * (unit @ east)
    return lifted


def _extent(vector: OperandVector, bottom_km: float, top_km: float) -> tuple[float, float]:
    """The highest altitude and the longest chord with a permitted meeting, on a coarse grid, rounded up."""
    altitude_km = np.linspace(bottom_km, top_km, 64)
    longest = min(2.0, 2e3 * vector.range_km / EQUATOR_M) if math.isfinite(vector.range_km) else 2.0
    chord = np.linspace(0.0, longest, 400)
    met = flyout_time_s(vector, altitude_km[:, None], chord[None, :]) <= vector.flight_cap_s
    if not met.any():
        return bottom_km + 1.0, chord[1]
    high, far = np.flatnonzero(met.any(axis=1)).max(), np.flatnonzero(met.any(axis=0)).max()
    return altitude_km[min(high + 1, 63)], chord[min(far + 1, 399)]
