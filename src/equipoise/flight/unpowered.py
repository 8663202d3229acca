# mypy: disable-error-code="no-any-return"
"""From a state at cut-off to the ground, for many flights: the coast and the entry without the boost.

The steps are the engine's own, so that a flight begun at another's burnout lands where that one does. It is
what an observer who knows only range, apogee and time can compute: no missile is needed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float
from numba import njit
from numpy import ndarray as Array

from equipoise.flight import _rows as r
from equipoise.flight import earth as ground
from equipoise.flight._batch import STANDARD, Conditions, pieces, run_pieces, standard_air
from equipoise.flight._engine import _IN_TIME, _ascend, _coast, _enter, _judge_burnouts, _write_impact
from equipoise.flight._in_time import KEPT, SEEN, fall_in_time
from equipoise.flight._memory import KERNEL, LANES
from equipoise.flight._results import GEOD


@dataclass(frozen=True)
class Cutoffs:
    """States at cut-off, one a lane; every field is an array of the same length."""

    lat_deg: Float[Array, " n"]
    """Geodetic."""
    lon_deg: Float[Array, " n"]
    altitude_km: Float[Array, " n"]
    """Above the ellipsoid."""
    speed_km_s: Float[Array, " n"]
    """Relative to the rotating Earth."""
    angle_deg: Float[Array, " n"]
    """Of the flight path above the geocentric horizontal, relative to the rotating Earth."""
    azimuth_deg: Float[Array, " n"]
    time_s: Float[Array, " n"]
    """Since lift-off."""


@dataclass(frozen=True)
class Falls:
    """Where and when each came down; a lane that stays up has ``ok`` false and zeros."""

    ok: Bool[Array, " n"]
    impact_deg: Float[Array, "n 2"]
    apogee_km: Float[Array, " n"]
    time_s: Float[Array, " n"]
    """Since lift-off."""

    def range_km(self, origin_deg: Float[Array, "n 2"]) -> Float[Array, " n"]:
        """Geodesic distance on WGS84 from each launch point; zero where nothing came down."""
        found = GEOD.inv(origin_deg[:, 1], origin_deg[:, 0], self.impact_deg[:, 1], self.impact_deg[:, 0])[2]
        return np.where(self.ok, np.asarray(found) / 1e3, 0.0)


def fall_many(
    cutoffs: Cutoffs, ballistic_coefficient_kg_m2: float = 8000.0, conditions: Conditions = STANDARD
) -> Falls:
    """Let every state at cut-off coast and come down, with J2, rotation and the air.

    A lane's result depends on nothing but its own state. Numbers that are not finite are a ValueError.
    """
    earth, air = conditions.earth.array(), standard_air()
    states = _earth_fixed(cutoffs, earth)
    if not (np.isfinite(states).all() and np.isfinite(cutoffs.time_s).all()):
        raise ValueError("every state at cut-off must be finite")
    n = len(states)
    outs = np.zeros((n, r.OUTPUTS))
    clock = np.ascontiguousarray(cutoffs.time_s, dtype=np.float64)

    def work(piece: slice) -> None:
        _fall_chunk(
            states[piece], clock[piece], ballistic_coefficient_kg_m2, earth, air, conditions.half_steps,
            outs[piece],
        )  # fmt: skip

    run_pieces(work, pieces(n, conditions.worker_count()), conditions.worker_count())
    ok = outs[:, r.STATUS] == r.OK
    start = np.column_stack([cutoffs.lat_deg, cutoffs.lon_deg])
    impact = np.where(ok[:, None], np.degrees(outs[:, [r.IMPACT_LAT, r.IMPACT_LON]]), start)
    return Falls(
        ok=ok,
        impact_deg=impact,
        apogee_km=np.where(ok, outs[:, r.APOGEE_H] / 1e3, 0.0),
        time_s=np.where(ok, outs[:, r.IMPACT_T], 0.0),
    )


def _earth_fixed(c: Cutoffs, earth: Float[Array, " 9"]) -> Float[Array, "n 6"]:
    """Position (m) and velocity (m/s) on Earth-fixed axes."""
    lat, lon = np.radians(c.lat_deg), np.radians(c.lon_deg)
    sl, cl, so, co = np.sin(lat), np.cos(lat), np.sin(lon), np.cos(lon)
    e2 = earth[ground.E2]
    normal = earth[ground.A] / np.sqrt(1.0 - e2 * sl * sl)
    height = np.asarray(c.altitude_km) * 1e3
    place = np.stack(
        [(normal + height) * cl * co, (normal + height) * cl * so, (normal * (1.0 - e2) + height) * sl], 1
    )
    up = place / np.linalg.norm(place, axis=1)[:, None]
    east = np.stack([-so, co, np.zeros_like(so)], 1)
    north = np.cross(up, east)
    azimuth, angle = np.radians(c.azimuth_deg)[:, None], np.radians(c.angle_deg)[:, None]
    along = np.cos(azimuth) * north + np.sin(azimuth) * east
    speed = np.asarray(c.speed_km_s)[:, None] * 1e3
    return np.ascontiguousarray(np.hstack([place, speed * (np.sin(angle) * up + np.cos(angle) * along)]))


@njit(**KERNEL)
def _load(states: Array, clock: Array, begin: int, size: int, b: Array, lane_out: Array) -> None:
    """Put a block's states in the buffer; a short block repeats its last lane."""
    for lane in range(LANES):
        row = begin + min(lane, size - 1)
        for q in range(6):
            b[q * LANES + lane] = states[row, q]
        b[r.CLOCK * LANES + lane] = clock[row]
        b[r.LOWEST * LANES + lane] = 1.0
        b[r.MASS * LANES + lane] = 0.0
        lane_out[lane] = 0.0


@njit(**KERNEL)
def _fall_chunk(
    states: Array, clock: Array, beta: float, earth: Array, air: Array, half_steps: int, outs: Array
) -> None:
    """Bring every state down into its row of outputs."""
    b, own = np.zeros(r.ROWS * LANES), np.zeros((r.ROWS + 1) * LANES)
    lane_out, betas = np.zeros((LANES, r.OUTPUTS)), np.full(LANES, beta)
    paths, counters = np.empty(LANES, dtype=np.int64), np.ones(3, dtype=np.int64)
    track, none = np.zeros((0, 0, 7)), np.zeros((0, 7))
    for begin in range(0, len(states), LANES):
        size = min(LANES, len(states) - begin)
        _load(states, clock, begin, size, b, lane_out)
        _judge_burnouts(b, lane_out, paths, earth)
        _ascend(b, lane_out, betas, earth, air, track, 0)
        _coast(b, lane_out, earth, half_steps, track, 0)
        _enter(b, betas, earth, air, track, 0)
        for lane in range(size):
            row, out = begin + lane, lane_out[lane]
            if paths[lane] == _IN_TIME:
                for q in range(6):
                    own[q * LANES] = states[row, q]
                own[r.CLOCK * LANES] = clock[row]
                counters[SEEN], counters[KEPT] = 0, 0
                out[r.APOGEE_H] = out[r.BURNOUT_H]
                out[r.STATUS] = fall_in_time(own, beta, earth, air, none, counters, out)
                _write_impact(own, 0, own[r.CLOCK * LANES], out, earth)
            elif out[r.STATUS] == r.OK:
                _write_impact(b, lane, b[r.TIME * LANES + lane], out, earth)
            outs[row] = out
