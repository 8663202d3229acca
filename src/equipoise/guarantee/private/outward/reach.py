"""The first vector: 1 where interceptors can be, rasterised outward, so that a 0 means that none can.

Each cell stands as the ball about it. An interceptor is in the ball within a time only if the point of the
still Earth that the cell's centre stands for lies within the ball's radius and the pads of what is reached by
then; it is never there sooner than a straight line at its highest speed. From the first such time after the
earliest permitted commit on the cell stays 1, since a launch may wait.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from jaxtyping import Bool, Float, Int
from numba import njit
from numpy import ndarray as Array

from equipoise.flight import ecef_altitude
from equipoise.guarantee.private.outward.envelope import STEP_S, Rings, rings, turn_rows
from equipoise.guarantee.private.outward.shooters import (
    OMEGA_RAD_S,
    Tile,
    check_inside,
    in_air,
    tiles,
    top_speed_m_s,
)
from equipoise.guarantee.private.outward.statement import Domain
from equipoise.scenario import Shooter

NEVER = 2**31 - 1
"""Stands for the first bin of a cell that no interceptor can be in."""
_ALWAYS_LINE_S = 30.0
"""Before this much coast a straight line bounds well enough, and the grid of rings is not asked."""
_KERNEL: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy"}


def reach_bins(domain: Domain, shooters: Sequence[Shooter], slack_m: float = 0.0) -> Int[Array, " c"]:
    """The first bin in which some interceptor can be in each cell; NEVER where none can.

    ``slack_m`` widens every cell's ball (or narrows it), for an inspection that must allow for rounding.

    Raises OutsideDomain where a shooter breaks the statement.
    """
    check_inside(domain, shooters)
    first = np.full(len(domain.cell), NEVER, dtype=np.int64)
    for shooter in shooters:
        every = tiles(shooter)
        time_s = _least_times(domain, shooter, every, domain.half_diagonal_m + slack_m)
        bins = np.floor((shooter.earliest_commit_s + time_s) * 1e3 / domain.statement.bin_ms)
        known = np.isfinite(bins)
        first[known] = np.minimum(first[known], bins[known].astype(np.int64))
    return first


def reach_vector(domain: Domain, first: Int[Array, " c"], shift_bins: int = 0) -> Bool[Array, " n"]:
    """Every entry of the domain from the cells' first bins; ``shift_bins`` takes all times that much earlier.

    A shifted vector follows from the committed one: entry (cell, bin) is entry (cell, bin + shift), and the
    last bin stands for all after it.
    """
    cell, bins = domain.places()
    return np.asarray(np.minimum(bins + shift_bins, domain.statement.bins - 1) >= first[cell])


def _least_times(
    domain: Domain, shooter: Shooter, every: tuple[Tile, ...], ball: float
) -> Float[Array, " c"]:
    """A bound from below on the time (s) from launch to anywhere in each cell's ball; infinite if none."""
    centre = np.ascontiguousarray(domain.centre_m)
    window = 1e3 * np.array([shooter.altitude_min_km, shooter.altitude_max_km])
    allowed = _may_meet(centre, ball, window[0], window[1])
    speed = top_speed_m_s(shooter)
    best = np.full(len(centre), np.inf)
    table = None if in_air(shooter) else rings(shooter, every)
    for tile in every:
        slack = ball + tile.radius_m
        near = np.linalg.norm(centre - tile.site_m, axis=1) - slack <= 1e3 * shooter.range_km
        lanes = np.flatnonzero(allowed & near)
        if table is None:
            from_site = np.linalg.norm(centre[lanes] - tile.site_m, axis=1) - slack
            burn = 1e3 * shooter.burnout_altitude_km
            time = np.maximum(from_site - burn, 0.0) / speed
        else:
            time = _coast_times(centre[lanes], tile, table, slack, ball, speed)
        best[lanes] = np.minimum(best[lanes], time)
    best += shooter.time_to_burnout_s
    return np.where(best <= shooter.flight_cap_s, best, np.inf)


def _coast_times(
    centre: Float[Array, "l 3"], tile: Tile, table: Rings, slack: float, ball: float, speed: float
) -> Float[Array, " l"]:
    """The bound for the coast from one tile."""
    out = np.empty(len(centre))
    step = float(table.distance_m[1] - table.distance_m[0])
    spread = 2.0 * math.asin(min(tile.radius_m / (2.0 * float(np.linalg.norm(tile.site_m))), 1.0))
    _march(
        np.ascontiguousarray(centre),
        turn_rows(tile),
        table.distance_m[0],
        step,
        STEP_S,
        table.angle,
        table.pad_m + ball * (1.0 + OMEGA_RAD_S * table.time_s),
        spread,
        slack,
        speed,
        out,
    )
    return out


@njit(**_KERNEL)
def _may_meet(centre: Array, ball: float, low: float, high: float) -> Array:
    """Cells whose ball holds an altitude of the window."""
    out = np.zeros(len(centre), dtype=np.bool_)
    for i in range(len(centre)):
        height = ecef_altitude(centre[i, 0], centre[i, 1], centre[i, 2])
        out[i] = height + ball >= low and height - ball <= high
    return out


@njit(**_KERNEL)
def _march(centre, turn, bottom, step, step_s, angle, pad, spread, slack, speed, out):  # type: ignore[no-untyped-def]
    """For each cell the start of the first interval of coast in which it is reached; infinite if none."""
    last = len(pad) - 1
    point = np.empty(2)
    for i in range(len(centre)):
        dx = centre[i, 0] - turn[0] * turn[3]
        dy = centre[i, 1] - turn[1] * turn[3]
        dz = centre[i, 2] - turn[2] * turn[3]
        away = math.sqrt(dx * dx + dy * dy + dz * dz)
        line = max(away - slack, 0.0) / speed
        out[i] = math.inf
        k = int(line / step_s)
        if k > last:
            continue
        if line < _ALWAYS_LINE_S:
            out[i] = line
            continue
        moved = OMEGA_RAD_S * (last - k) * step_s * (away + 9.9 * ((last + 1) * step_s) ** 2)
        _unturned(dx, dy, dz, turn, (last + 1) * step_s, point)
        if not _ringed(point, bottom, step, angle[last], pad[last] + moved, spread):
            continue
        while k <= last:
            _unturned(dx, dy, dz, turn, (k + 1) * step_s, point)
            if _ringed(point, bottom, step, angle[k], pad[k], spread):
                out[i] = max(k * step_s, line)
                break
            k += 1


@njit(**_KERNEL)
def _unturned(dx, dy, dz, turn, time, point):  # type: ignore[no-untyped-def]
    """Distance from the Earth's centre and angle from the start of the still Earth's point.

    Solves X - t w x X = d - w x g t^3 / 6 for X, from the start: (1 - [a])^-1 d = (d + a x d + a (a.d)) /
    (1 + a.a) with a = t w along the axis.
    """
    lift = OMEGA_RAD_S * turn[4] * time**3 / 6.0
    dx, dy = dx - lift * turn[1], dy + lift * turn[0]
    a = OMEGA_RAD_S * time
    share = 1.0 / (1.0 + a * a)
    x = turn[0] * turn[3] + (dx - a * dy) * share
    y = turn[1] * turn[3] + (dy + a * dx) * share
    z = turn[2] * turn[3] + dz
    point[0] = math.sqrt(x * x + y * y + z * z)
    cosine = (x * turn[0] + y * turn[1] + z * turn[2]) / point[0]
    point[1] = math.acos(min(max(cosine, -1.0), 1.0))


@njit(**_KERNEL)
def _ringed(point, bottom, step, widest, pad, spread):  # type: ignore[no-untyped-def]
    """Whether something reached lies within ``pad`` of the point, wherever in the tile it starts."""
    low = max(math.ceil((point[0] - pad - bottom) / step), 0)
    high = min(math.floor((point[0] + pad - bottom) / step), len(widest) - 1)
    for row in range(low, high + 1):
        if widest[row] < 0.0:
            continue
        distance = bottom + row * step
        beyond = point[1] - spread - widest[row]
        apart = distance - point[0]
        gap = apart * apart
        if beyond > 0.0:
            chord = 2.0 * math.sin(min(beyond, math.pi) / 2.0)
            gap += distance * point[0] * chord * chord
        if gap <= pad * pad:
            return True
    return False
