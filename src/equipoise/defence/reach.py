"""Reach: the exact latest commit and the speed needed, with the Earth turning under the interceptor.

An interceptor leaves its place at burnout altitude above its site, ``time_to_burnout_s`` after its launch,
with its quoted speed relative to the Earth in any direction, and coasts on a two-body path (``arcs``); paths
through the Earth are not allowed. Claims that burn out under 40 km and meet nothing above 150 km stay in
the air: a straight line at constant speed relative to the Earth. A meeting may fall between two samples of a
flight: the best sample's neighbourhood is searched on a parabola through three, all coasting or all burning.

``flyout`` answers the first question faster on a round Earth that does not turn, for coverage; the
guarantee needs these.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import numpy as np
from jaxtyping import Float, Int
from numba import njit
from numpy import ndarray as Array

from equipoise.defence.arcs import FLOOR_M, OMEGA_RAD_S, arc, slowest, soonest
from equipoise.defence.flyout import IN_AIR_KM, IN_AIR_TOP_KM
from equipoise.defence.lambert import MU_M3_S2
from equipoise.flight import Tracks, geodetic_to_ecef

SPEED_CEILING_KM_S = 12.0
"""Speeds needed are not looked for above this: more than escape speed."""
_EDGE_M = 50.0
"""Samples stand on the window's edges within the sampler's error."""
_EARLIEST_S = -3600.0
"""Commits earlier than an hour before the missile's launch tell nothing more."""
_HALVINGS = 7
"""Steps of the search between samples: 20 s apart, the meeting is placed to a fifth of a second."""
_APART_S = 0.05
"""Samples closer than this give no parabola."""
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
        ((burnout_altitude_km < IN_AIR_KM) & (np.asarray(ceiling) <= IN_AIR_TOP_KM)).astype(float),
    )


def with_burnout(tracks: Tracks) -> Tracks:
    """The tracks with one more sample, exactly at burnout: where meetings that count begin.

    Its position and altitude come from a parabola through the next three samples: within 100 m at 98
    samples a flight, since only gravity acts there.
    """
    n, m = tracks.time_s.shape
    if n == 0 or m < 3:
        return tracks
    first = np.minimum(np.argmax(tracks.time_s >= tracks.burnout_s[:, None], axis=1), m - 3)
    rows, index = np.arange(n)[:, None], first[:, None] + np.arange(3)
    late, at = tracks.time_s[rows, index], tracks.burnout_s
    gaps = late[:, :, None] - late[:, None, :] + np.eye(3)
    safe = (np.abs(gaps) > _APART_S).all(axis=(1, 2)) & tracks.ok
    gaps = np.where(safe[:, None, None], gaps, 1.0)
    share = np.where(np.eye(3, dtype=bool), 1.0, (at[:, None, None] - late[:, None, :]) / gaps).prod(axis=2)
    share = np.where(safe[:, None], share, np.array([1.0, 0.0, 0.0]))
    order = np.argsort(np.column_stack((tracks.time_s, at)), axis=1, kind="stable")

    def put(values: Float[Array, "n m ..."]) -> Float[Array, "n k ..."]:
        new = np.einsum("nk,nk...->n...", share, values[rows, index])
        return np.concatenate((values, new[:, None]), axis=1)[rows, order]

    time = np.take_along_axis(np.column_stack((tracks.time_s, at)), order, axis=1)
    position, altitude, speed = (put(a) for a in (tracks.position_m, tracks.altitude_m, tracks.speed_m_s))
    return Tracks(tracks.ok, time, position, altitude, speed, tracks.burnout_s, tracks.impact_s)


Meetings = Literal["after burnout", "before burnout", "all"]
"""Which of a flight's samples may be meeting points, by the missile's own burnout."""


def latest_commits_exact(
    tracks: Tracks, lanes: Interceptors, *, meetings: Meetings = "after burnout"
) -> Float[Array, "n k"]:
    """Latest commit that reaches, s from the missile's launch, for each flight and interceptor lane.

    Minus infinity where none does. Flights need a sample at burnout (``with_burnout``) and on the window's
    edges; then 98 samples give the commit of dense ones within 1 s at the 99th percentile (a test looks).
    """
    return latest_meetings_exact(tracks, lanes, meetings=meetings)[0]


def latest_meetings_exact(
    tracks: Tracks, lanes: Interceptors, *, meetings: Meetings = "after burnout"
) -> tuple[Float[Array, "n k"], Float[Array, "n k"]]:
    """The latest commit, and the time of the meeting that it leads to (s from launch; -inf where none)."""
    out = _over(_latest, tracks, lanes, np.zeros(len(tracks)), meetings)
    return out[:, :, 0], out[:, :, 1]


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
    return _over(_needed, tracks, lanes, np.asarray(commit_s, dtype=float), meetings)[:, :, 0]


def _over(
    kernel: Callable[..., None],
    tracks: Tracks,
    lanes: Interceptors,
    commit_s: Float[Array, " n"],
    meetings: Meetings,
) -> Float[Array, "n k 2"]:
    """One kernel over every flight and lane, threads over flights; any number of them gives the same bits."""
    out = np.full((len(tracks), len(lanes), 2), -math.inf)
    rows = np.ascontiguousarray(lanes.rows())
    first = tracks.burnout_s if meetings == "after burnout" else np.zeros(len(tracks))
    last = tracks.burnout_s if meetings == "before burnout" else np.full(len(tracks), np.inf)
    span = np.column_stack((np.where(tracks.ok, first, np.inf), last, tracks.burnout_s))
    looked_at = (tracks.time_s, tracks.position_m, tracks.altitude_m)
    data = [np.ascontiguousarray(a, dtype=float) for a in looked_at]

    def part(flights: Int[Array, " f"]) -> None:
        kernel(flights, *data, span, commit_s, rows, out)

    step = max(1, min(_CHUNK, len(tracks) // 16))
    chunks = [np.arange(i, min(i + step, len(tracks))) for i in range(0, len(tracks), step)]
    list(_threads().map(part, chunks))
    return out


@cache
def _threads() -> ThreadPoolExecutor:
    """The threads that share the flights; kept, since a proof asks some hundred times."""
    return ThreadPoolExecutor(os.cpu_count() or 1)


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
    return float(ready - soonest(lane, position[0], position[1], position[2], lane[3], low, high))


@njit(**_KERNEL)
def _between(times: Any, positions: Any, altitudes: Any, first: int, time: float, out: Any) -> float:
    """Position at a time, into ``out``, and altitude: parabolas through three samples from ``first`` on."""
    a, b, c = times[first], times[first + 1], times[first + 2]
    wa = (time - b) * (time - c) / ((a - b) * (a - c))
    wb = (time - a) * (time - c) / ((b - a) * (b - c))
    wc = 1.0 - wa - wb
    for axis in range(3):
        x, y, z = positions[first, axis], positions[first + 1, axis], positions[first + 2, axis]
        out[axis] = wa * x + wb * y + wc * z
    return float(wa * altitudes[first] + wb * altitudes[first + 1] + wc * altitudes[first + 2])


@njit(**_KERNEL)
def _around(times: Any, at: int, span: Any) -> int:
    """First of three samples about ``at`` on its own side of burnout, or -1 where there are not three."""
    last = len(times) - 3
    first = max(min(at - 1, last), 0)
    if times[at] >= span[2]:
        while first < last and times[first] < span[2]:
            first += 1
    else:
        while first > 0 and times[first + 2] > span[2]:
            first -= 1
    if last < 0 or not times[first] <= times[at] <= times[first + 2]:
        return -1
    if (times[first] < span[2]) == (times[first + 2] > span[2]):
        return -1
    apart = min(times[first + 1] - times[first], times[first + 2] - times[first + 1])
    return first if apart > _APART_S else -1


@njit(**_KERNEL)
def _latest(flights, times, positions, altitudes, spans, commits, lanes, out):  # type: ignore[no-untyped-def]
    """Latest commit for each flight and lane: the most hopeful sample, any that betters it, and between."""
    point = np.empty(3)
    for f in flights:
        span = spans[f]
        for k in range(len(lanes)):
            lane, most, at = lanes[k], -math.inf, -1
            for j in range(times.shape[1]):
                hope = _hope(lane, positions[f, j], altitudes[f, j], times[f, j], span)
                if hope > most:
                    most, at = hope, j
            best, won, meeting = -math.inf, at, -math.inf
            if at >= 0:
                best = _commit(lane, positions[f, at], times[f, at], most, best)
                for step in (7, 1):
                    for j in range(times.shape[1] - 1, -1, -step):
                        hope = _hope(lane, positions[f, j], altitudes[f, j], times[f, j], span)
                        if hope > best:
                            commit = _commit(lane, positions[f, j], times[f, j], hope, best)
                            if commit > best:
                                best, won = commit, j
            if best > -math.inf:
                meeting, first = times[f, won], _around(times[f], won, span)
                if first >= 0:
                    best, meeting = _later(
                        lane, times[f], positions[f], altitudes[f], span, first, won, best, point
                    )
            out[f, k, 0], out[f, k, 1] = best, meeting


@njit(**_KERNEL)
def _later(lane, times, positions, altitudes, span, first, at, best, point):  # type: ignore[no-untyped-def]
    """The latest commit between the samples about the best one, and its meeting: steps to a side, halved."""
    centre, step = times[at], 0.5 * (times[first + 2] - times[first])
    for _ in range(_HALVINGS):
        step *= 0.5
        for side in (-1.0, 1.0):
            time = centre + side * step
            if time < times[first] or time > times[first + 2]:
                continue
            altitude = _between(times, positions, altitudes, first, time, point)
            hope = _hope(lane, point, altitude, time, span)
            if hope > best:
                commit = _commit(lane, point, time, hope, best)
                if commit > best:
                    best, centre = commit, time
                    break
    return best, centre


@njit(**_KERNEL)
def _needed(flights, times, positions, altitudes, spans, commits, lanes, out):  # type: ignore[no-untyped-def]
    """Least speed (km/s) for each flight and lane when launch is permitted from the flight's commit on."""
    point = np.empty(3)
    for f in flights:
        for k in range(len(lanes)):
            lane, best, won = lanes[k], 1e3 * SPEED_CEILING_KM_S, -1
            for j in range(times.shape[1]):
                speed = _speed(
                    lane, positions[f, j], altitudes[f, j], times[f, j], spans[f], commits[f], best
                )
                if speed < best:
                    best, won = speed, j
            first = _around(times[f], won, spans[f]) if won >= 0 else -1
            if first >= 0:
                centre, step = times[f, won], 0.5 * (times[f, first + 2] - times[f, first])
                for _ in range(_HALVINGS):
                    step *= 0.5
                    for side in (-1.0, 1.0):
                        time = centre + side * step
                        if times[f, first] <= time <= times[f, first + 2]:
                            height = _between(times[f], positions[f], altitudes[f], first, time, point)
                            speed = _speed(lane, point, height, time, spans[f], commits[f], best)
                            if speed < best:
                                best, centre = speed, time
                                break
            out[f, k, 0] = best / 1e3 if best < 1e3 * SPEED_CEILING_KM_S else math.inf


@njit(**_KERNEL)
def _speed(lane, position, altitude, time, span, commit, best):  # type: ignore[no-untyped-def]
    """Least speed (m/s) to one meeting point in the time that the commit leaves; exact if under ``best``."""
    longest = min(time - commit, lane[5]) - lane[4]
    if longest <= 0.0 or not _counts(lane, position, altitude, time, span):
        return math.inf
    gain = 0.0 if lane[9] > 0.5 else _gain(lane)
    away = _away(lane, position)
    if (away / longest) ** 2 >= best * best + gain:
        return math.inf
    if lane[9] > 0.5:
        return away / longest
    px, py, pz = position[0], position[1], position[2]
    speed, falling, clear = arc(lane, px, py, pz, longest)
    if not clear:
        return math.inf
    if falling > 0.2:
        return speed
    least = min(speed, best)
    return min(least, slowest(lane, px, py, pz, away / math.sqrt(least * least + gain), longest)[0])
