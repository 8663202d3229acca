"""The latest commit that still works: one number for each flight and place of an interceptor.

It is the greatest, over the flight's samples after burnout and inside the altitude window, of the
sample's time minus the flyout time to it, in seconds from the missile's launch. Every commit time,
decision time and command mode is afterwards one comparison with it, and nothing is flown again.

The kernel looks at a flight's samples from the last to the first and stops where even the table's least
time could not better what it has; a place too far from the whole flight is passed over by a first, cheap
look at the angles alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int
from numba import njit
from numpy import ndarray as Array

from equipoise.defence.flyout import FlyoutTable
from equipoise.flight import Tracks

_NEVER = -1e30
"""Stands for minus infinity inside the kernel, which is compiled for finite numbers."""
_FAR = 1e9
_EDGE_KM = 0.05
"""Samples stand on the window's edges within the sampler's error of 50 m."""
_FAST = {"nnan", "contract", "reassoc", "nsz", "arcp"}


@dataclass(frozen=True)
class Columns:
    """Places of interceptors with their tables, as the kernel reads them; one column a place."""

    numbers: Float[Array, "c 11"]
    """ux, uy, uz, window floor and ceiling, first altitude, 1/step, 1/step of chord, least cosine, cap,
    least time; km and s."""
    sizes: Int[Array, "c 3"]
    """Altitudes, chords, offset into ``times``."""
    times: Float[Array, " t"]


def columns(
    tables: Sequence[FlyoutTable], windows_km: Sequence[tuple[float, float]], places_m: Float[Array, "c 3"]
) -> Columns:
    """Columns from one table, altitude window (floor, ceiling) and Earth-fixed position a place.

    The same table object may serve many places and is stored once.
    """
    offsets: dict[int, int] = {}
    pieces: list[Float[Array, " k"]] = []
    numbers = np.zeros((len(tables), 11))
    sizes = np.zeros((len(tables), 3), dtype=np.int64)
    unit = places_m / np.linalg.norm(places_m, axis=1, keepdims=True)
    for i, (table, (floor, ceiling)) in enumerate(zip(tables, windows_km, strict=True)):
        if id(table) not in offsets:
            offsets[id(table)] = sum(len(p) for p in pieces)
            pieces.append(np.where(np.isfinite(table.time_s), table.time_s, _FAR).ravel())
        step, wide = table.altitude_km[1] - table.altitude_km[0], table.chord[1]
        top = min(ceiling, float(table.altitude_km[-1]))
        numbers[i] = (
            *unit[i],
            floor - _EDGE_KM,
            top + _EDGE_KM,
            table.altitude_km[0],
            1 / step,
            1 / wide,
            1 - table.chord[-1] ** 2 / 2,
            min(table.cap_s, _FAR / 2),
            min(float(table.time_s.min()), _FAR),
        )
        sizes[i] = (len(table.altitude_km), len(table.chord), offsets[id(table)])
    return Columns(numbers, sizes, np.concatenate(pieces) if pieces else np.zeros(0))


def latest_commits(tracks: Tracks, places: Columns) -> tuple[Float[Array, "n c"], Float[Array, "n c"]]:
    """Latest commit and the time of the meeting it leads to, s from launch, for each flight and column.

    Minus infinity where no commit works, also for lanes that failed. Meetings before burnout do not
    count. The commit is too early by at most the sampling's share (0.4 s at 98 samples with the window's
    edges among them), and errs by the table's (see ``flyout_table``).
    """
    n = len(tracks)
    commit = np.full((n, len(places.sizes)), -np.inf)
    meeting = np.full((n, len(places.sizes)), -np.inf)
    if n > 0 and len(places.sizes) > 0:
        starts = np.where(tracks.ok, tracks.burnout_s, np.inf)
        packed = _pack(tracks.position_m, tracks.altitude_m, tracks.time_s, starts)
        _march(packed, places.numbers, places.sizes, places.times, commit, meeting)
    return commit, meeting


@njit(cache=True, nogil=True, error_model="numpy", fastmath=_FAST)
def _pack(position, altitude, time, burnout):  # type: ignore[no-untyped-def]
    """Rows ux, uy, uz, altitude (km), time of each flight; before burnout the altitude is none."""
    n, m = time.shape
    out = np.empty((n, 5, m))
    for i in range(n):
        for j in range(m):
            x, y, z = position[i, j, 0], position[i, j, 1], position[i, j, 2]
            scale = 1.0 / np.sqrt(x * x + y * y + z * z)
            out[i, 0, j] = x * scale
            out[i, 1, j] = y * scale
            out[i, 2, j] = z * scale
            out[i, 3, j] = altitude[i, j] * 1e-3 if time[i, j] >= burnout[i] else -_FAR
            out[i, 4, j] = time[i, j]
    return out


@njit(cache=True, nogil=True, error_model="numpy")
def _march(packed, numbers, sizes, times, commit, meeting):  # type: ignore[no-untyped-def]
    """Every flight against every column; fills ``commit`` and ``meeting`` where a commit works."""
    for i in range(len(packed)):
        track = packed[i]
        for c in range(len(sizes)):
            place = numbers[c]
            if _nearest(track, place) >= place[8]:
                table = times[sizes[c, 2] : sizes[c, 2] + sizes[c, 0] * sizes[c, 1]]
                best, at = _best(track, place, sizes[c, 0], sizes[c, 1], table)
                if best > _NEVER:
                    commit[i, c] = best
                    meeting[i, c] = track[4, at]


@njit(cache=True, nogil=True, error_model="numpy", fastmath=_FAST)
def _nearest(track, place):  # type: ignore[no-untyped-def]
    """Greatest cosine between the place and a sample inside the altitude window; -2 where none is inside."""
    ux, uy, uz, floor, ceiling = place[0], place[1], place[2], place[3], place[4]
    near = -2.0
    for j in range(track.shape[1]):
        inside = (track[3, j] >= floor) & (track[3, j] <= ceiling)
        cosine = ux * track[0, j] + uy * track[1, j] + uz * track[2, j]
        cosine = cosine if inside else -2.0
        near = cosine if cosine > near else near
    return near


@njit(cache=True, nogil=True, error_model="numpy", fastmath=_FAST)
def _best(track, place, tall, wide, times):  # type: ignore[no-untyped-def]
    """Greatest commit over one flight's samples, and its sample; bilinear flyout times."""
    ux, uy, uz, floor, ceiling = place[0], place[1], place[2], place[3], place[4]
    first, per_height, per_chord, least, cap, soonest = (
        place[5],
        place[6],
        place[7],
        place[8],
        place[9],
        place[10],
    )
    best, at = _NEVER, 0
    for j in range(track.shape[1] - 1, -1, -1):
        when = track[4, j]
        if when - soonest <= best:
            break
        height = track[3, j]
        cosine = ux * track[0, j] + uy * track[1, j] + uz * track[2, j]
        if height < floor or height > ceiling or cosine < least:
            continue
        x = np.sqrt(max(2.0 - 2.0 * cosine, 0.0)) * per_chord
        y = max((height - first) * per_height, 0.0)
        k = min(np.int64(x), wide - 2)
        i = min(np.int64(y), tall - 2)
        x -= k
        y = min(y - i, 1.0)
        node = i * wide + k
        low = times[node] + x * (times[node + 1] - times[node])
        high = times[node + wide] + x * (times[node + wide + 1] - times[node + wide])
        flyout = low + y * (high - low)
        if flyout <= cap and when - flyout > best:
            best, at = when - flyout, j
    return best, at
