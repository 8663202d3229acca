"""Flights of a missile of which only the burnout is stated: from there on, a two-body path to the aim.

The path of least inertial speed stands for minimum energy; a loft is an offset of the inertial flight-path
angle at burnout from that path's. The Earth is the turning WGS84 ellipsoid, without J2 and without air, so
that times low in the air are rough. Before burnout the altitude is taken to grow with the square of time and
the distance with the cube: that shape serves first light alone, and nothing is met on it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.flight import WGS84, Tracks, coast, ecef_altitude, geodetic_to_ecef, lambert
from equipoise.scenario import BurnoutProfile

SHORTEST_S, LONGEST_S = 60.0, 7200.0
"""Between these flights last; a least-speed path half round the Earth takes under 3,000 s."""
GOLDEN = (math.sqrt(5.0) - 1.0) / 2.0
BOOST_SAMPLES = 12
NEAREST_M = 1e4
"""The aim lies at least so far beyond the point under the burnout."""
_ROUNDS = 60
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
    burnout, found = profile.time_s, None
    if math.acos(min(1.0, float(launch @ aim))) * WGS84.radius_m > 1e3 * profile.downrange_km + NEAREST_M:
        start = _over(_along(launch, aim, 1e3 * profile.downrange_km), 1e3 * profile.altitude_km)
        target = np.array(geodetic_to_ecef(*np.radians(destination_deg), 0.0))
        found = _path(start, target, math.radians(offset_deg))
    if found is None:
        still = np.tile(np.array(geodetic_to_ecef(*np.radians(origin_deg), 0.0)), (count, 1))
        flat = np.zeros(count)
        return _Lane(False, flat, still, flat, flat, burnout, burnout)
    velocity, flown = found

    def coasting(since: float) -> tuple[Position, float]:
        x, y, z, vx, vy, vz = coast(*start, *velocity, since)
        place = _turned(np.array([x, y, z]), -WGS84.omega_rad_s * since)
        turning = WGS84.omega_rad_s * np.array([-y, x, 0.0])
        return place, float(np.linalg.norm(np.array([vx, vy, vz]) - turning))

    exact = _crossings(coasting, flown, altitudes_km)
    rest = count - BOOST_SAMPLES - len(exact)
    coasts = np.sort(np.concatenate([np.linspace(0.0, flown, rest), exact]))
    places, speeds = zip(*(coasting(float(t)) for t in coasts), strict=True)
    rising = np.arange(BOOST_SAMPLES) / BOOST_SAMPLES
    boost = np.array([_boosting(profile, launch, aim, share) for share in rising])
    position = np.concatenate([boost, np.array(places)])
    time = np.concatenate([burnout * rising, burnout + coasts])
    climb = 2.0 * 1e3 * profile.altitude_km / burnout * rising
    altitude = np.array([ecef_altitude(*p) for p in position])
    return _Lane(True, time, position, altitude, np.concatenate([climb, speeds]), burnout, burnout + flown)


def _boosting(profile: BurnoutProfile, launch: Position, aim: Position, share: float) -> Position:
    along = _along(launch, aim, 1e3 * profile.downrange_km * share**3)
    return _over(along, 1e3 * profile.altitude_km * share**2)


def _path(start: Position, target: Position, offset: float) -> tuple[Position, float] | None:
    """(inertial velocity at burnout, time of flight) of the path to the turning target, or None.

    Inertial axes are Earth-fixed ones at burnout. Speed has one least value over the time of flight (golden
    section); the angle grows with the time (bisection).
    """

    def to(flight_s: float) -> Position:
        aim = _turned(target, WGS84.omega_rad_s * flight_s)
        x, y, z, found = lambert(*start, *aim, flight_s)
        return np.array([x, y, z]) if found else np.full(3, math.inf)

    def angle(flight_s: float) -> float:
        velocity = to(flight_s)
        speed = float(np.linalg.norm(velocity))
        if not math.isfinite(speed):
            return -math.inf
        return math.asin(float(velocity @ start) / (speed * float(np.linalg.norm(start))))

    least = _golden(lambda t: float(np.linalg.norm(to(t))))
    if offset == 0.0:
        return to(least), least
    wanted = angle(least) + offset
    low, high = (least, LONGEST_S) if offset > 0.0 else (SHORTEST_S, least)
    if not angle(low) <= wanted <= angle(high):
        return None
    for _ in range(_ROUNDS):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if angle(middle) < wanted else (low, middle)
    return to(high), high


def _golden(value: Callable[[float], float]) -> float:
    """Where a function with one least value has it, between the shortest and the longest flight."""
    low, high = SHORTEST_S, LONGEST_S
    left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    at_left, at_right = value(left), value(right)
    for _ in range(_ROUNDS):
        if at_left <= at_right:
            high, right, at_right = right, left, at_left
            left = high - GOLDEN * (high - low)
            at_left = value(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + GOLDEN * (high - low)
            at_right = value(right)
    return 0.5 * (low + high)


def _crossings(
    coasting: Callable[[float], tuple[Position, float]], flown: float, altitudes_km: tuple[float, ...]
) -> list[float]:
    """Times after burnout at which the path passes each altitude, up and down, by bisection."""
    coarse = np.linspace(0.0, flown, 64)
    heights = np.array([ecef_altitude(*coasting(float(t))[0]) for t in coarse])
    found = []
    for altitude in altitudes_km:
        above = heights > 1e3 * altitude
        for i in np.flatnonzero(above[:-1] != above[1:]):
            low, high = float(coarse[i]), float(coarse[i + 1])
            for _ in range(30):
                middle = 0.5 * (low + high)
                same = (ecef_altitude(*coasting(middle)[0]) > 1e3 * altitude) == above[i]
                low, high = (middle, high) if same else (low, middle)
            # The side inside the window, so that the edge itself counts.
            found.append(low if above[i] else high)
    return found


def _unit(place_deg: Float[Array, " 2"]) -> Position:
    """Direction of a geodetic latitude and longitude (degrees), taken as angles on a sphere."""
    lat, lon = np.radians(place_deg)
    return np.array([math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)])


def _along(unit: Position, toward: Position, distance_m: float) -> Position:
    """The direction a distance along the great circle from one direction to another."""
    across = toward - (unit @ toward) * unit
    turn = distance_m / WGS84.radius_m
    return np.asarray(math.cos(turn) * unit + math.sin(turn) * across / np.linalg.norm(across))


def _over(unit: Position, altitude_m: float) -> Position:
    """Earth-fixed position above the ellipsoid in a direction."""
    return np.array(geodetic_to_ecef(math.asin(unit[2]), math.atan2(unit[1], unit[0]), altitude_m))


def _turned(position: Position, angle: float) -> Position:
    """A position carried east about the pole by an angle (rad)."""
    c, s = math.cos(angle), math.sin(angle)
    x, y, z = position
    return np.array([c * x - s * y, s * x + c * y, z])
