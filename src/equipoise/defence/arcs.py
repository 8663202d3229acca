"""Arcs of an interceptor over a turning Earth: the speed that a meeting takes, and the soonest meeting.

An interceptor leaves a place that turns with the Earth, with a speed relative to it in any direction, and
coasts on a two-body path to a point that turns as well. In inertial axes that equal the Earth-fixed ones at
its start the point is carried round by ω times the time of flight, so each meeting is a Lambert problem.
All functions are compiled; ``start`` holds the Earth-fixed start (m) in its first three numbers, and a
meeting point is Earth-fixed (m) too.
"""

from __future__ import annotations

import math
from typing import Any

from numba import njit

from equipoise.defence.lambert import MU_M3_S2, departure

OMEGA_RAD_S = 7.292115e-5
"""The Earth's turning, rad/s (WGS84, NIMA TR8350.2, table 3.1)."""
FLOOR_M = 6356752.3
"""WGS84's polar radius: a path that dips below it passes through the Earth. The ellipsoid's least radius, so
that the rule errs toward reach and never toward a guarantee."""
_THROUGH = 1e5
"""Stands for the speed in excess (m/s) of a path through the Earth."""
_NEAR_LEAST_M_S = 10.0
"""The speed at the time of least energy lies nearer than this to the least one (a test looks)."""
_STEP_S = 1e-3
"""Times of flight are found to this."""
_KERNEL: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy"}


@njit(**_KERNEL)
def arc(start: Any, px: float, py: float, pz: float, tof: float) -> tuple[float, float, bool]:
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
def slowest(start: Any, px: float, py: float, pz: float, low: float, high: float) -> tuple[float, float]:
    """Least speed (m/s) over times of flight from ``low`` to ``high``, and its time; within 0.5 m/s.

    One parabola through three speeds about the time of least energy takes the turning in (a test compares
    it with a search). A path through the Earth gives way to the next longer one.
    """
    middle = min(max(_least_energy_time(start, px, py, pz), low), high)
    step = 0.15 * middle
    before, now, after = (
        arc(start, px, py, pz, middle - step)[0],
        arc(start, px, py, pz, middle)[0],
        arc(start, px, py, pz, middle + step)[0],
    )
    bend = before - 2.0 * now + after
    moved = 0.5 * step * (before - after) / bend if bend > 0.0 else 0.0
    tof = min(max(middle + min(max(moved, -0.5 * middle), middle), low), high)
    if arc(start, px, py, pz, tof)[0] > now:
        tof = middle
    while tof <= high:
        speed, _, clear = arc(start, px, py, pz, tof)
        if clear:
            return speed, tof
        tof *= 1.05
    return math.inf, high


@njit(**_KERNEL)
def soonest(start: Any, px: float, py: float, pz: float, allowed: float, low: float, high: float) -> float:
    """Least time of flight from ``low`` to ``high`` at the allowed speed, to 1 ms; infinite where none is.

    Speed falls with time until its minimum and rises after it, and a longer path is a higher one, so what can
    be flown is one interval; its near end is bracketed and bisected, with false position to help.
    """
    if high <= low:
        return math.inf
    speed, falling, clear = arc(start, px, py, pz, high)
    if not clear or (speed > allowed and falling > 0.2):
        return math.inf
    far = speed - allowed
    if far > 0.0:
        middle = min(max(_least_energy_time(start, px, py, pz), low), high)
        now, _, free = arc(start, px, py, pz, middle)
        if now > allowed + _NEAR_LEAST_M_S:
            return math.inf
        if free and now <= allowed:
            high, far = middle, now - allowed
        else:
            least, high = slowest(start, px, py, pz, low, high)
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
        speed, falling, clear = arc(start, px, py, pz, middle)
        value = speed - allowed if clear else _THROUGH
        if value > 0.0:
            low, near = middle, value
        else:
            high, far = middle, value
    return high
