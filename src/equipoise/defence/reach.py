"""Reach: the exact latest commit and the speed needed, with the Earth turning under the interceptor.

An interceptor leaves its place at burnout altitude above its site, ``time_to_burnout_s`` after its launch,
with its quoted speed relative to the Earth in any direction, and coasts on a two-body path. Its inertial
velocity is the relative one plus ω × r; the meeting point is carried round by the Earth meanwhile, so each
meeting is a Lambert problem in inertial axes that equal the Earth-fixed ones at the interceptor's burnout.
Claims that burn out under 40 km stay in the air: a straight line at constant speed relative to the Earth.

``flyout`` answers the first question faster on a round Earth that does not turn, for coverage; the
guarantee needs these. Paths that pass through the Earth are not allowed.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from jaxtyping import Float, Int
from numba import njit
from numpy import ndarray as Array

from equipoise.defence.flyout import IN_AIR_KM
from equipoise.defence.lambert import MU_M3_S2, departure
from equipoise.flight import Tracks, geodetic_to_ecef

OMEGA_RAD_S = 7.292115e-5
"""The Earth's turning, rad/s (WGS84, NIMA TR8350.2, table 3.1)."""
FLOOR_M = 6356752.3
"""WGS84's polar radius: a path that dips below it passes through the Earth. The ellipsoid's least radius, so
that the rule errs toward reach and never toward a guarantee."""
SPEED_CEILING_KM_S = 12.0
"""Speeds needed are not looked for above this: more than escape speed."""
_EDGE_M = 50.0
"""Samples stand on the window's edges within the sampler's error."""
_STEP_S = 1e-3
"""Times of flight are found to this."""
_THROUGH = 1e5
"""Stands for the speed in excess (m/s) of a path through the Earth."""
_EARLIEST_S = -3600.0
"""Commits earlier than an hour before the missile's launch tell nothing more."""
_CHUNK = 256
_KERNEL: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy"}


@dataclass(frozen=True)
class Interceptors:
    """What reach depends on, a lane each: where the interceptor starts coasting and what binds it.

    ``start_m`` is Earth-fixed, at burnout altitude above the site at ``site_m``.
    """

    site_m: Float[Array, "k 3"]
    start_m: Float[Array, "k 3"]
    speed_m_s: Float[Array, " k"]
    time_to_burnout_s: Float[Array, " k"]
    flight_cap_s: Float[Array, " k"]
    floor_m: Float[Array, " k"]
    ceiling_m: Float[Array, " k"]
    range_m: Float[Array, " k"]
    in_air: Float[Array, " k"]
    """1 where it stays in the air and flies straight, else 0."""

    def __len__(self) -> int:
        return len(self.speed_m_s)

    def rows(self) -> Float[Array, "k 13"]:
        """The lanes as the kernels read them."""
        numbers = (self.speed_m_s, self.time_to_burnout_s, self.flight_cap_s, self.floor_m, self.ceiling_m)
        return np.column_stack((self.start_m, *numbers, self.range_m, self.in_air, self.site_m))


def interceptors(
    lat_deg: Float[Array, " k"],
    lon_deg: Float[Array, " k"],
    speed_km_s: Float[Array, " k"],
    burnout_altitude_km: Float[Array, " k"],
    time_to_burnout_s: Float[Array, " k"],
    flight_cap_s: Float[Array, " k"],
    window_km: tuple[Float[Array, " k"], Float[Array, " k"]],
    range_km: Float[Array, " k"],
) -> Interceptors:
    """Lanes from declared figures: geodetic degrees, km, s; infinite where no cap, ceiling or range binds."""
    lat, lon = np.radians(lat_deg), np.radians(lon_deg)
    site = np.array([geodetic_to_ecef(a, o, 0.0) for a, o in zip(lat, lon, strict=True)])
    high = zip(lat, lon, 1e3 * burnout_altitude_km, strict=True)
    start = np.array([geodetic_to_ecef(a, o, h) for a, o, h in high])
    floor, ceiling = window_km
    return Interceptors(
        site.reshape(-1, 3),
        start.reshape(-1, 3),
        1e3 * speed_km_s,
        np.asarray(time_to_burnout_s, dtype=float),
        np.asarray(flight_cap_s, dtype=float),
        1e3 * floor,
        1e3 * ceiling,
        1e3 * range_km,
        (burnout_altitude_km < IN_AIR_KM).astype(float),
    )


Meetings = Literal["after burnout", "before burnout", "all"]
"""Which of a flight's samples may be meeting points, by the missile's own burnout."""


def latest_commits_exact(
    tracks: Tracks, lanes: Interceptors, *, meetings: Meetings = "after burnout"
) -> Float[Array, "n k"]:
    """Latest commit that reaches, s from the missile's launch, for each flight and interceptor lane.

    Minus infinity where none does. The time between a flight's samples is not searched: with the window's
    edges among 98 samples the result is early by at most 1.6 s at 20 s spacing (FLIGHT: coverage).
    """
    return _over(_latest, tracks, lanes, np.zeros(len(tracks)), meetings)


def needed_speeds(
    tracks: Tracks,
    lanes: Interceptors,
    commit_s: Float[Array, " n"],
    *,
    meetings: Meetings = "after burnout",
) -> Float[Array, "n k"]:
    """Least speed that reaches when launch is permitted from ``commit_s`` of each flight on, km/s.

    Relative to the Earth, at the lane's burnout altitude and burn time; its own speed is not looked at. The
    interceptor may wait. Infinite where no speed under 12 km/s does.
    """
    return _over(_needed, tracks, lanes, np.asarray(commit_s, dtype=float), meetings)


def _over(
    kernel: Callable[..., None],
    tracks: Tracks,
    lanes: Interceptors,
    commit_s: Float[Array, " n"],
    meetings: Meetings,
) -> Float[Array, "n k"]:
    """One kernel over every flight and lane, threads over flights; any number of them gives the same bits."""
    out = np.empty((len(tracks), len(lanes)))
    rows = np.ascontiguousarray(lanes.rows())
    first = tracks.burnout_s if meetings == "after burnout" else np.zeros(len(tracks))
    last = tracks.burnout_s if meetings == "before burnout" else np.full(len(tracks), np.inf)
    span = np.column_stack((np.where(tracks.ok, first, np.inf), last))
    looked_at = (tracks.time_s, tracks.position_m, tracks.altitude_m)
    data = [np.ascontiguousarray(a, dtype=float) for a in looked_at]

    def part(flights: Int[Array, " f"]) -> None:
        kernel(flights, *data, span, commit_s, rows, out)

    step = max(1, min(_CHUNK, len(tracks) // 16))
    chunks = [np.arange(i, min(i + step, len(tracks))) for i in range(0, len(tracks), step)]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        list(pool.map(part, chunks))
    return out


@njit(**_KERNEL)
def _arc(start: Any, px: float, py: float, pz: float, tof: float) -> tuple[float, float, bool]:
    """Speed relative to the Earth at ``start`` (m/s) of the path that meets an Earth-fixed point after tof.

    Also how fast that speed falls as the time grows (positive: falling; scaled, the point held still), and
    whether the path clears the Earth. Lambert's velocity is taken apart along the chord and the radius:
    their product is fixed by the two points (Battin 1999, section 6.8), and the chordal part falls with time.
    """
    turn = OMEGA_RAD_S * tof
    c, s = math.cos(turn), math.sin(turn)
    qx, qy, qz = c * px - s * py, s * px + c * py, pz
    bx, by, bz = start[0], start[1], start[2]
    rb = math.sqrt(bx * bx + by * by + bz * bz)
    along = (qx * bx + qy * by + qz * bz) / (rb * rb)
    side = math.sqrt(max((qx - along * bx) ** 2 + (qy - along * by) ** 2 + (qz - along * bz) ** 2, 0.0))
    if side < 10.0:
        qy += 20.0  # straight overhead the plane of the path is undefined; 20 m aside it is not
    vx, vy, vz = departure(bx, by, bz, qx, qy, qz, tof)
    ux, uy, uz = vx + OMEGA_RAD_S * by, vy - OMEGA_RAD_S * bx, vz
    speed = math.sqrt(ux * ux + uy * uy + uz * uz)
    dx, dy, dz = qx - bx, qy - by, qz - bz
    d = math.sqrt(dx * dx + dy * dy + dz * dz)
    k = (dx * bx + dy * by + dz * bz) / (d * rb)
    chordal = (vx * dx + vy * dy + vz * dz) / d
    radial = (vx * bx + vy * by + vz * bz) / rb
    skew = max(1.0 - k * k, 1e-12)
    share = (radial - k * chordal) / max(abs(chordal - k * radial), 1e-9 * skew)
    gx, gy, gz = dx / d - share * bx / rb, dy / d - share * by / rb, dz / d - share * bz / rb
    falling = (ux * gx + uy * gy + uz * gz) / (speed * math.sqrt(gx * gx + gy * gy + gz * gz))
    return speed, falling, radial >= 0.0 or _clears(bx, by, bz, vx, vy, vz, qx, qy, qz)


@njit(**_KERNEL)
def _clears(
    bx: float, by: float, bz: float, vx: float, vy: float, vz: float, qx: float, qy: float, qz: float
) -> bool:
    """Whether a path that sets out downward from b with velocity v stays above the Earth until q."""
    hx, hy, hz = by * vz - bz * vy, bz * vx - bx * vz, bx * vy - by * vx
    h2 = hx * hx + hy * hy + hz * hz
    p = h2 / MU_M3_S2
    rb = math.sqrt(bx * bx + by * by + bz * bz)
    rq = math.sqrt(qx * qx + qy * qy + qz * qz)
    cosine = p / rb - 1.0
    sine = math.sqrt(h2) * (bx * vx + by * vy + bz * vz) / (rb * MU_M3_S2)
    perigee = p / (1.0 + math.sqrt(cosine * cosine + sine * sine))
    if perigee >= FLOOR_M:
        return True
    angle = math.acos(min(max((bx * qx + by * qy + bz * qz) / (rb * rq), -1.0), 1.0))
    return math.atan2(sine, cosine) + angle <= 0.0


@njit(**_KERNEL)
def _least_energy_time(start: Any, px: float, py: float, pz: float) -> float:
    """Time of flight of the path of least energy on an Earth that stands still (Battin 1999, eq. 6.72), s."""
    bx, by, bz = start[0], start[1], start[2]
    dx, dy, dz = px - bx, py - by, pz - bz
    chord = math.sqrt(dx * dx + dy * dy + dz * dz)
    half = 0.5 * (math.sqrt(bx * bx + by * by + bz * bz) + math.sqrt(px * px + py * py + pz * pz) + chord)
    beta = 2.0 * math.asin(math.sqrt(max(half - chord, 0.0) / half))
    return math.sqrt(half**3 / (8.0 * MU_M3_S2)) * (math.pi - beta + math.sin(beta))


@njit(**_KERNEL)
def _slowest(start: Any, px: float, py: float, pz: float, low: float, high: float) -> tuple[float, float]:
    """Least speed (m/s) over times of flight from ``low`` to ``high``, and its time; within 0.5 m/s.

    One parabola through three speeds about the time of least energy takes the turning in (a test compares
    it with a search). A path through the Earth gives way to the next longer one.
    """
    middle = min(max(_least_energy_time(start, px, py, pz), low), high)
    step = 0.15 * middle
    before, now, after = (
        _arc(start, px, py, pz, middle - step)[0],
        _arc(start, px, py, pz, middle)[0],
        _arc(start, px, py, pz, middle + step)[0],
    )
    bend = before - 2.0 * now + after
    moved = 0.5 * step * (before - after) / bend if bend > 0.0 else 0.0
    tof = min(max(middle + min(max(moved, -0.5 * middle), middle), low), high)
    if _arc(start, px, py, pz, tof)[0] > now:
        tof = middle
    while tof <= high:
        speed, _, clear = _arc(start, px, py, pz, tof)
        if clear:
            return speed, tof
        tof *= 1.05
    return math.inf, high


@njit(**_KERNEL)
def _soonest(start: Any, px: float, py: float, pz: float, allowed: float, low: float, high: float) -> float:
    """Least time of flight from ``low`` to ``high`` at the allowed speed, to 1 ms; infinite where none is.

    Speed falls with time until its minimum and rises after it, and a longer path is a higher one, so what can
    be flown is one interval; its near end is bracketed and bisected, with false position to help.
    """
    if high <= low:
        return math.inf
    speed, falling, clear = _arc(start, px, py, pz, high)
    if not clear or (speed > allowed and falling > 0.2):
        return math.inf
    far = speed - allowed
    if far > 0.0:
        least, high = _slowest(start, px, py, pz, low, high)
        far = least - allowed
        if far > 0.0:
            return math.inf
    near = _THROUGH
    for i in range(80):
        if high - low < _STEP_S:
            break
        middle = 0.5 * (low + high)
        if near < _THROUGH and i % 3 != 2:
            middle = high - far * (high - low) / (far - near)
            middle = min(max(middle, low + 0.01 * (high - low)), high - 0.01 * (high - low))
        speed, falling, clear = _arc(start, px, py, pz, middle)
        value = speed - allowed if clear else _THROUGH
        if value > 0.0:
            low, near = middle, value
        else:
            high, far = middle, value
    return high


@njit(**_KERNEL)
def _gain(lane: Any) -> float:
    """Most that the square of an interceptor's relative speed can grow on its way, m2/s2.

    In turning axes half the relative speed squared less mu/r less half (omega rho)^2 is kept (Jacobi's
    integral), and below the geostationary height that potential is least at the Earth's own surface.
    """
    across = lane[0] * lane[0] + lane[1] * lane[1]
    start = math.sqrt(across + lane[2] * lane[2])
    turned = OMEGA_RAD_S * OMEGA_RAD_S * (FLOOR_M * FLOOR_M - across)
    return float(max(2.0 * MU_M3_S2 * (1.0 / FLOOR_M - 1.0 / start) + turned, 0.0))


@njit(**_KERNEL)
def _away(lane: Any, position: Any) -> float:
    """What is left to fly in a straight line, m: from the start; in the air from the site less the burn."""
    x, y, z = position[0] - lane[0], position[1] - lane[1], position[2] - lane[2]
    if lane[9] > 0.5:
        x, y, z = position[0] - lane[10], position[1] - lane[11], position[2] - lane[12]
        bx, by, bz = lane[0] - lane[10], lane[1] - lane[11], lane[2] - lane[12]
        return max(math.sqrt(x * x + y * y + z * z) - math.sqrt(bx * bx + by * by + bz * bz), 0.0)
    return math.sqrt(x * x + y * y + z * z)


@njit(**_KERNEL)
def _counts(lane: Any, position: Any, altitude: float, time: float, span: Any) -> bool:
    """Whether a sample may be a meeting point: late enough, in the altitude window, in range of the site."""
    if time < span[0] or time > span[1] or altitude < lane[6] - _EDGE_M or altitude > lane[7] + _EDGE_M:
        return False
    x, y, z = position[0] - lane[10], position[1] - lane[11], position[2] - lane[12]
    return bool(x * x + y * y + z * z <= lane[8] * lane[8])


@njit(**_KERNEL)
def _hope(lane: Any, position: Any, altitude: float, time: float, span: Any) -> float:
    """A commit that no path to this sample can better, s: a straight line at the highest speed; or -inf."""
    if not _counts(lane, position, altitude, time, span):
        return -math.inf
    faster = math.sqrt(lane[3] * lane[3] + (0.0 if lane[9] > 0.5 else _gain(lane)))
    flight = lane[4] + _away(lane, position) / faster
    return time - flight if flight <= lane[5] else -math.inf


@njit(**_KERNEL)
def _commit(lane: Any, position: Any, time: float, hope: float, best: float) -> float:
    """Latest commit for one meeting point if it is later than ``best``, else minus infinity."""
    if lane[9] > 0.5:
        return hope
    ready = float(time - lane[4])
    high = min(float(lane[5] - lane[4]), ready - max(best, _EARLIEST_S))
    low = ready - hope
    return ready - float(_soonest(lane, position[0], position[1], position[2], lane[3], low, high))


@njit(**_KERNEL)
def _latest(flights, times, positions, altitudes, span, commits, lanes, out):  # type: ignore[no-untyped-def]
    """Latest commit for each flight and lane: the most hopeful sample, then those that could better it."""
    for f in flights:
        for k in range(len(lanes)):
            lane, most, at = lanes[k], -math.inf, -1
            for j in range(times.shape[1]):
                hope = _hope(lane, positions[f, j], altitudes[f, j], times[f, j], span[f])
                if hope > most:
                    most, at = hope, j
            best = -math.inf
            if at >= 0:
                best = _commit(lane, positions[f, at], times[f, at], most, best)
                for step in (7, 1):
                    for j in range(times.shape[1] - 1, -1, -step):
                        hope = _hope(lane, positions[f, j], altitudes[f, j], times[f, j], span[f])
                        if hope > best:
                            best = max(best, _commit(lane, positions[f, j], times[f, j], hope, best))
            out[f, k] = best


@njit(**_KERNEL)
def _needed(flights, times, positions, altitudes, span, commits, lanes, out):  # type: ignore[no-untyped-def]
    """Least speed (km/s) for each flight and lane when launch is permitted from the flight's commit on."""
    for f in flights:
        for k in range(len(lanes)):
            lane, best = lanes[k], 1e3 * SPEED_CEILING_KM_S
            gain = 0.0 if lane[9] > 0.5 else _gain(lane)
            for j in range(times.shape[1]):
                time = times[f, j]
                longest = min(time - commits[f], lane[5]) - lane[4]
                if longest <= 0.0 or not _counts(lane, positions[f, j], altitudes[f, j], time, span[f]):
                    continue
                away = _away(lane, positions[f, j])
                if (away / longest) ** 2 < best * best + gain:
                    best = min(best, _least_speed(lane, positions[f, j], away, gain, longest, best))
            out[f, k] = best / 1e3 if best < 1e3 * SPEED_CEILING_KM_S else math.inf


@njit(**_KERNEL)
def _least_speed(lane: Any, position: Any, away: float, gain: float, longest: float, best: float) -> float:
    """Least speed (m/s) to a meeting point within ``longest`` seconds of coast; exact if under ``best``."""
    if lane[9] > 0.5:
        return float(away / longest)
    px, py, pz = position[0], position[1], position[2]
    speed, falling, clear = _arc(lane, px, py, pz, longest)
    if not clear:
        return math.inf
    if falling > 0.2:
        return float(speed)
    least = min(float(speed), best)
    low = away / math.sqrt(least * least + gain)
    return min(least, float(_slowest(lane, px, py, pz, low, longest)[0]))
