# mypy: disable-error-code="no-any-return"
"""Flights sampled in time: what sensors and interceptors look at.

Each flight is flown again and its track noted at some hundred nodes: every step of boost, ascent and entry,
and the coast in 2 × 14 steps. Between nodes position is a cubic in time through the nodes' positions and
velocities (Hermite). Against dense output of the reference the position errs by less than 50 m and the time
at which a height is passed by less than 0.05 s.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numba import njit
from numpy import ndarray as Array

from equipoise.flight import _rows as r
from equipoise.flight import earth as ground
from equipoise.flight._batch import STANDARD, Conditions, fly_rows, pieces, run_pieces
from equipoise.flight._inputs import inputs_of
from equipoise.flight._memory import KERNEL
from equipoise.flight._track import node_count, state_at, when_passed
from equipoise.flight.types import Flights, Tracks

_HALF_STEPS = 14
_BLOCK = 8192
"""Flights whose nodes are held at a time."""


@njit(**KERNEL)
def _times(earth: Array, nodes: Array, kept: int, heights: Array, times: Array, state: Array) -> None:
    """Fill a lane's sample times: exact ones on the heights it passes, the rest evenly from lift-off to
    impact.
    """
    count, used = len(times), 0
    end = nodes[kept - 1, 0]
    for h in range(len(heights)):
        for side in range(2):
            found = when_passed(earth, nodes, kept, heights[h], side == 1, state)
            if found >= 0.0:
                times[used] = found
                used += 1
    ordinary = count - used
    for k in range(ordinary):
        times[used + k] = end * k / (ordinary - 1)
    times.sort()


@njit(**KERNEL)
def _sample_block(
    earth: Array, nodes: Array, kept: Array, ok: Array, heights: Array, time: Array, position: Array,
    altitude: Array, speed: Array,
) -> None:  # fmt: skip
    """Sample each lane of a block into its rows of the results."""
    state = np.empty(6)
    for lane in range(len(kept)):
        if not ok[lane]:
            continue
        _times(earth, nodes[lane], kept[lane], heights, time[lane], state)
        i = 0
        for k in range(time.shape[1]):
            while i < kept[lane] - 2 and nodes[lane, i + 1, 0] < time[lane, k]:
                i += 1
            state_at(nodes[lane], i, time[lane, k], state)
            for q in range(3):
                position[lane, k, q] = state[q]
            altitude[lane, k] = ground.altitude(earth, state[0], state[1], state[2])
            speed[lane, k] = np.sqrt(state[3] ** 2 + state[4] ** 2 + state[5] ** 2)


def sample(
    flights: Flights,
    count: int = 98,
    altitudes_km: tuple[float, ...] = (),
    conditions: Conditions = STANDARD,
) -> Tracks:
    """Sample flights at ``count`` times each, evenly from lift-off to impact, and exactly at given
    altitudes.

    Each altitude (km above the ellipsoid) takes two of the samples, one where the flight first climbs
    through it and one where it last falls through it; a flight that does not reach it has ordinary samples
    instead. At least two samples must be left for lift-off and impact.
    """
    if count < 2 * len(altitudes_km) + 2:
        raise ValueError(
            f"{count} samples are too few for {len(altitudes_km)} altitudes: give at least two each, and two"
        )
    n = len(flights)
    fleet, rows = inputs_of(flights)
    time, altitude, speed = np.zeros((n, count)), np.zeros((n, count)), np.zeros((n, count))
    position = np.zeros((n, count, 3))
    heights = np.sort(np.asarray(altitudes_km, dtype=np.float64)) * 1e3
    earth = conditions.earth.array()
    finer = replace(conditions, half_steps=_HALF_STEPS)
    for begin in range(0, n, _BLOCK):
        block = slice(begin, min(begin + _BLOCK, n))
        _, nodes, kept = fly_rows(
            fleet, rows[block], conditions=finer, node_count=node_count(fleet, _HALF_STEPS)
        )
        ok = np.ascontiguousarray(flights.ok[block])
        results = [a[block] for a in (time, position, altitude, speed)]

        def work(
            piece: slice,
            nodes: Array = nodes,
            kept: Array = kept,
            ok: Array = ok,
            results: list[Array] = results,
        ) -> None:
            _sample_block(earth, nodes[piece], kept[piece], ok[piece], heights, *(a[piece] for a in results))

        workers = conditions.worker_count()
        run_pieces(work, pieces(len(kept), workers), workers)
        pad = rows[block][~ok]
        if len(pad):
            position[block][~ok] = np.array(
                [ground.geodetic_to_ecef(a, b, 0.0) for a, b in pad[:, [r.IN_LAT, r.IN_LON]]]
            )[:, None, :]
    return Tracks(
        ok=flights.ok.copy(),
        time_s=time,
        position_m=position,
        altitude_m=altitude,
        speed_m_s=speed,
        burnout_s=flights.burnout_s.copy(),
        impact_s=flights.time_s.copy(),
    )
