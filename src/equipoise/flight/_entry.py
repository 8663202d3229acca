# mypy: disable-error-code="no-any-return"
"""Unpowered flight through the air with altitude as the variable: the last of the ascent, and the entry.

The state is position, velocity and time; d/dh = (d/dt) / (dh/dt). No event is searched for: the entry ends
on the ground exactly. It holds only while the body climbs or falls steadily, which ``_engine`` tests.
"""

from __future__ import annotations

from numba import njit
from numpy import ndarray as Array

from equipoise.flight import _rows as r
from equipoise.flight import earth as ground
from equipoise.flight._boost import advance
from equipoise.flight._forces import density, height_rate, unpowered
from equipoise.flight._memory import INLINE, KERNEL, LANES, get, look, put, widest
from equipoise.flight._roots import inverse_root
from equipoise.flight._runge_kutta import RK_A, RK_B, RK_C, STAGES


@njit(**INLINE)
def _lane_stage(b: Array, lane: int, earth: Array, air: Array, a: float, bb: float, c: float) -> None:
    """One Runge-Kutta stage of one lane, in altitude."""
    x, y, z = get(b, r.X * LANES + lane), get(b, r.Y * LANES + lane), get(b, r.Z * LANES + lane)
    vx, vy, vz = get(b, r.VX * LANES + lane), get(b, r.VY * LANES + lane), get(b, r.VZ * LANES + lane)
    place, velocity = (x, y, z), (vx, vy, vz)
    climb = get(b, r.CLIMB * LANES + lane)
    rho = density(air, get(b, r.HEIGHT * LANES + lane) + c * climb)
    square = vx * vx + vy * vy + vz * vz
    speed = square * inverse_root(square)
    drag = rho * look(earth, ground.AIR) * speed * get(b, r.HALF_BETA * LANES + lane)
    inverse = ground.inverse_radius(x, y, z)
    fx, fy, fz = unpowered(earth, place, velocity, inverse, drag)
    dt = climb / height_rate(earth, place, velocity, inverse)
    advance(b, lane, r.X, a, bb, dt * vx)
    advance(b, lane, r.Y, a, bb, dt * vy)
    advance(b, lane, r.Z, a, bb, dt * vz)
    advance(b, lane, r.VX, a, bb, dt * fx)
    advance(b, lane, r.VY, a, bb, dt * fy)
    advance(b, lane, r.VZ, a, bb, dt * fz)
    advance(b, lane, r.TIME, a, bb, dt)


@njit(**KERNEL)
def altitude_step(b: Array, earth: Array, air: Array) -> None:
    """Take all lanes from their HEIGHT by their CLIMB (which may be zero)."""
    widest()
    for s in range(STAGES):
        a, bb, c = RK_A[s], RK_B[s], RK_C[s]
        for lane in range(LANES):
            _lane_stage(b, lane, earth, air, a, bb, c)
    for lane in range(LANES):
        put(b, r.HEIGHT * LANES + lane, get(b, r.HEIGHT * LANES + lane) + get(b, r.CLIMB * LANES + lane))
