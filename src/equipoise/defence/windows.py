"""The latest commit that still works: one number for each flight and place of an interceptor.

It is the greatest, over the flight's samples after burnout and inside the altitude window, of the
sample's time minus the flyout time to it, in seconds from the missile's launch. Every commit time,
decision time and command mode is afterwards one comparison with it, and nothing is flown again.

The kernel looks at a flight's samples from the last to the first and stops where even the least time at the
flight's nearest approach could not better what it has; the best sample is then refined between its two
neighbours, so that a meeting at the edge of the interceptor's reach is not rounded to a sample.
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
_STRIDE = 4
"""Every how many samples the nearest approach is looked for; what lies between is allowed for."""
_HALVINGS = 10
"""Golden-section steps between samples: 15 s come down to 0.2 s."""
_FAST = {"nnan", "contract", "reassoc", "nsz", "arcp"}


@dataclass(frozen=True)
class Columns:
    """Places of interceptors with their tables, as the kernel reads them; one column a place."""

    numbers: Float[Array, "c 12"]
    """ux, uy, uz, window floor and ceiling, first altitude, 1/step, 1/step of chord, cap; km and s. Then the
    turning Earth's lift a unit of chord, as a vector to the east."""
    sizes: Int[Array, "c 4"]
    """Altitudes, chords, offset into ``times``, offset into ``soonest``."""
    times: Float[Array, " t"]
    soonest: Float[Array, " s"]
    """For each table and chord: the least time to any altitude at that chord or a longer one."""


def columns(
    tables: Sequence[FlyoutTable], windows_km: Sequence[tuple[float, float]], places_m: Float[Array, "c 3"]
) -> Columns:
    """Columns from one table, altitude window (floor, ceiling) and Earth-fixed position a place.

    The same table object may serve many places and is stored once.
    """
    offsets: dict[int, tuple[int, int]] = {}
    times: list[Float[Array, " k"]] = []
    soonest: list[Float[Array, " k"]] = []
    numbers = np.zeros((len(tables), 12))
    sizes = np.zeros((len(tables), 4), dtype=np.int64)
    unit = places_m / np.linalg.norm(places_m, axis=1, keepdims=True)
    for i, (table, (floor, ceiling)) in enumerate(zip(tables, windows_km, strict=True)):
        if id(table) not in offsets:
            offsets[id(table)] = (sum(map(len, times)), sum(map(len, soonest)))
            reached = np.where(np.isfinite(table.time_s), table.time_s, _FAR)
            times.append(reached.ravel())
            soonest.append(np.minimum.accumulate(reached.min(axis=0)[::-1])[::-1])
        step, wide = table.altitude_km[1] - table.altitude_km[0], table.chord[1]
        window = (floor - _EDGE_KM, min(ceiling, _FAR / 2) + _EDGE_KM)
        look = (table.altitude_km[0], 1 / step, 1 / wide, min(table.cap_s, _FAR / 2))
        east = np.array([-unit[i, 1], unit[i, 0], 0.0]) / max(np.hypot(unit[i, 0], unit[i, 1]), 1e-9)
        numbers[i] = (*unit[i], *window, *look, *(table.lift_km * east))
        sizes[i] = (len(table.altitude_km), len(table.chord), *offsets[id(table)])
    if not times:
        return Columns(numbers, sizes, np.zeros(0), np.zeros(0))
    return Columns(numbers, sizes, np.concatenate(times), np.concatenate(soonest))


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
        packed, gaps = _pack(tracks.position_m, tracks.altitude_m, tracks.time_s, starts)
        _march(packed, gaps, places.numbers, places.sizes, places.times, places.soonest, commit, meeting)
    return commit, meeting


@njit(cache=True, nogil=True, error_model="numpy", fastmath=_FAST)
def _pack(position, altitude, time, burnout):  # type: ignore[no-untyped-def]
    """Rows ux, uy, uz, altitude (km), time of each flight; before burnout the altitude is none.

    Beside them, for each flight, the longest chord from a sample to the nearest ``_STRIDE``-th one.
    """
    n, m = time.shape
    out, gaps = np.empty((n, 5, m)), np.zeros(n)
    for i in range(n):
        for j in range(m):
            x, y, z = position[i, j, 0], position[i, j, 1], position[i, j, 2]
            scale = 1.0 / np.sqrt(x * x + y * y + z * z)
            out[i, 0, j] = x * scale
            out[i, 1, j] = y * scale
            out[i, 2, j] = z * scale
            out[i, 3, j] = altitude[i, j] * 1e-3 if time[i, j] >= burnout[i] else -_FAR
            out[i, 4, j] = time[i, j]
        least = 1.0
        for j in range(m):
            near = min((j + _STRIDE // 2) // _STRIDE * _STRIDE, (m - 1) // _STRIDE * _STRIDE)
            cosine = out[i, 0, j] * out[i, 0, near] + out[i, 1, j] * out[i, 1, near]
            least = min(least, cosine + out[i, 2, j] * out[i, 2, near])
        gaps[i] = np.sqrt(max(2.0 - 2.0 * least, 0.0)) + 1e-6
    return out, gaps


@njit(cache=True, nogil=True, error_model="numpy", fastmath=_FAST)
def _march(packed, gaps, numbers, sizes, times, soonest, commit, meeting):  # type: ignore[no-untyped-def]
    """Every flight against every column; fills ``commit`` and ``meeting`` where a commit works."""
    for i in range(len(packed)):
        for c in range(len(sizes)):
            at = np.int64(max(_nearest(packed, i, numbers, c) - gaps[i], 0.0) * numbers[c, 7])
            if at >= sizes[c, 1]:
                continue
            least = soonest[sizes[c, 3] + at]
            if least > numbers[c, 8]:
                continue
            best, j = _best(packed, i, numbers, sizes, c, times, least)
            if best > _NEVER:
                best, when = _refined(packed, i, j, numbers, sizes, c, times, best)
                commit[i, c] = best
                meeting[i, c] = when


@njit(cache=True, nogil=True, error_model="numpy", fastmath=_FAST, forceinline=True)
def _nearest(packed, i, numbers, c):  # type: ignore[no-untyped-def]
    """Least chord between the place and every ``_STRIDE``-th sample of a flight."""
    cosine = -1.0
    for j in range(0, packed.shape[2], _STRIDE):
        along = numbers[c, 0] * packed[i, 0, j] + numbers[c, 1] * packed[i, 1, j]
        cosine = max(cosine, along + numbers[c, 2] * packed[i, 2, j])
    return np.sqrt(max(2.0 - 2.0 * cosine, 0.0))


@njit(cache=True, nogil=True, error_model="numpy", fastmath=_FAST, forceinline=True)
def _flyout(x, y, z, height, numbers, sizes, c, times):  # type: ignore[no-untyped-def]
    """Bilinear flyout time, s, to a height over unit vector (x, y, z); _FAR where it may not be met."""
    if height < numbers[c, 3] or height > numbers[c, 4]:
        return _FAR
    cosine = numbers[c, 0] * x + numbers[c, 1] * y + numbers[c, 2] * z
    chord = np.sqrt(max(2.0 - 2.0 * cosine, 0.0))
    lift = chord * (numbers[c, 9] * x + numbers[c, 10] * y + numbers[c, 11] * z)
    tall, wide = sizes[c, 0], sizes[c, 1]
    across = chord * numbers[c, 7]
    up = max((height - lift - numbers[c, 5]) * numbers[c, 6], 0.0)
    if across > wide - 1 or up > tall - 1:
        return _FAR
    k = min(np.int64(across), wide - 2)
    row = min(np.int64(up), tall - 2)
    across -= k
    up -= row
    node = sizes[c, 2] + row * wide + k
    low = times[node] + across * (times[node + 1] - times[node])
    high = times[node + wide] + across * (times[node + wide + 1] - times[node + wide])
    flyout = low + up * (high - low)
    return flyout if flyout <= numbers[c, 8] else _FAR


@njit(cache=True, nogil=True, error_model="numpy", fastmath=_FAST, forceinline=True)
def _best(packed, i, numbers, sizes, c, times, least):  # type: ignore[no-untyped-def]
    """Greatest commit over a flight's samples, and its sample; ``least`` bounds every flyout from below."""
    best, at = _NEVER, 0
    for j in range(packed.shape[2] - 1, -1, -1):
        when = packed[i, 4, j]
        if when - least <= best:
            break
        flyout = _flyout(
            packed[i, 0, j], packed[i, 1, j], packed[i, 2, j], packed[i, 3, j], numbers, sizes, c, times
        )
        if flyout < _FAR and when - flyout > best:
            best, at = when - flyout, j
    return best, at


@njit(cache=True, nogil=True, error_model="numpy", fastmath=_FAST, forceinline=True)
def _refined(packed, i, j, numbers, sizes, c, times, best):  # type: ignore[no-untyped-def]
    """The best commit between a sample's neighbours, by golden section on a parabola through the three."""
    when = packed[i, 4, j]
    if j == 0 or j == packed.shape[2] - 1 or packed[i, 3, j - 1] <= -_FAR:
        return best, when
    before, after = packed[i, 4, j - 1] - when, packed[i, 4, j + 1] - when
    if before > -1e-6 or after < 1e-6:
        return best, when
    low, high, at = before, after, 0.0
    for _ in range(_HALVINGS):
        step = 0.381966 * (high - at if high - at > at - low else low - at)
        there = at + step
        a = there * (there - after) / (before * (before - after))
        b = there * (there - before) / (after * (after - before))
        x = packed[i, 0, j] + a * (packed[i, 0, j - 1] - packed[i, 0, j])
        y = packed[i, 1, j] + a * (packed[i, 1, j - 1] - packed[i, 1, j])
        z = packed[i, 2, j] + a * (packed[i, 2, j - 1] - packed[i, 2, j])
        h = packed[i, 3, j] + a * (packed[i, 3, j - 1] - packed[i, 3, j])
        x += b * (packed[i, 0, j + 1] - packed[i, 0, j])
        y += b * (packed[i, 1, j + 1] - packed[i, 1, j])
        z += b * (packed[i, 2, j + 1] - packed[i, 2, j])
        h += b * (packed[i, 3, j + 1] - packed[i, 3, j])
        flyout = _flyout(x, y, z, h, numbers, sizes, c, times)
        commit = when + there - flyout
        if flyout < _FAR and commit > best:
            best = commit
            low, high = (at, high) if step > 0 else (low, at)
            at = there
        elif step > 0:
            high = there
        else:
            low = there
    return best, when + at
