"""Lambert's problem, quickly: the velocity that goes from one position to another in a given time.

Reach asks it some ten million times in one proof, so it is solved by Izzo's third-order iteration, two or
three rounds, some twenty times quicker than the bisection that ``flight`` offers, which checks it in tests.
"""

from __future__ import annotations

import math
from typing import Any

from numba import njit

MU_M3_S2 = 3.986004418e14
"""Earth's gravitational parameter, m3/s2 (WGS84, NIMA TR8350.2, table 3.1)."""
_KERNEL: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy"}
_CLOSE = 1e-10
_ROUNDS = 12


@njit(**_KERNEL)
def _time(x: float, shape: float) -> float:
    """Izzo's time of flight, in units of sqrt(s^3 / 2 mu), of the path x for a geometry ``shape`` (lambda).

    Lancaster and Blanchard's form (Izzo 2015, eq. 9); near the parabola, x = 1, Battin's series (eq. 20).
    """
    y = math.sqrt(1.0 - shape * shape * (1.0 - x * x))
    if 0.6 < x < 1.4:
        eta = y - shape * x
        z = 0.5 * (1.0 - shape - x * eta)
        total, term = 1.0, 1.0
        for j in range(60):
            term *= (3.0 + j) * (1.0 + j) / ((2.5 + j) * (j + 1.0)) * z
            total += term
            if abs(term) < 1e-14:
                break
        return 0.5 * (eta**3 * 4.0 / 3.0 * total + 4.0 * shape * eta)
    e = 1.0 - x * x
    turned = math.acos(x * y + shape * e) if x < 1.0 else math.asinh((y - x * shape) * math.sqrt(-e))
    return (turned / math.sqrt(abs(e)) - x + shape * y) / e


@njit(**_KERNEL)
def _path(goal: float, shape: float) -> float:
    """The x whose time is ``goal``: Izzo's guess (2015, eq. 30), then Householder's steps (section 4)."""
    s2 = shape * shape
    at_zero = math.acos(shape) + shape * math.sqrt(1.0 - s2)
    parabola = 2.0 / 3.0 * (1.0 - s2 * shape)
    if goal >= at_zero:
        x = (at_zero / goal) ** (2.0 / 3.0) - 1.0
    elif goal < parabola:
        x = 2.5 * parabola * (parabola - goal) / (goal * (1.0 - s2 * s2 * shape)) + 1.0
    else:
        x = math.exp(math.log(at_zero / goal) / math.log(at_zero / parabola) * math.log(2.0)) - 1.0
    for _ in range(_ROUNDS):
        e = 1.0 - x * x
        if abs(e) < 1e-9:
            x, e = x + 1e-8, -2e-8
        time = _time(x, shape)
        y = math.sqrt(1.0 - s2 * e)
        first = (3.0 * time * x - 2.0 + 2.0 * shape * s2 * x / y) / e
        second = (3.0 * time + 5.0 * x * first + 2.0 * (1.0 - s2) * shape * s2 / y**3) / e
        third = (7.0 * x * second + 8.0 * first - 6.0 * (1.0 - s2) * s2 * s2 * shape * x / y**5) / e
        off = time - goal
        below = first * (first * first - off * second) + third * off * off / 6.0
        step = off * (first * first - 0.5 * off * second) / below
        x -= step
        if abs(step) < _CLOSE:
            break
    return float(x)


@njit(**_KERNEL)
def departure(
    x1: float, y1: float, z1: float, x2: float, y2: float, z2: float, time_s: float
) -> tuple[float, float, float]:
    """Inertial velocity (m/s) at the first position (m) of the path, less than half a turn, to the second.

    The positions must not lie on one line through the Earth's centre; ``time_s`` is positive. Izzo 2015,
    Celestial Mechanics and Dynamical Astronomy 121, algorithm 1.
    """
    r1 = math.sqrt(x1 * x1 + y1 * y1 + z1 * z1)
    r2 = math.sqrt(x2 * x2 + y2 * y2 + z2 * z2)
    chord = math.sqrt((x2 - x1) ** 2 + (y2 - y1) ** 2 + (z2 - z1) ** 2)
    half = 0.5 * (r1 + r2 + chord)
    shape = math.sqrt(max(1.0 - chord / half, 0.0))
    x = _path(math.sqrt(2.0 * MU_M3_S2 / half**3) * time_s, shape)
    y = math.sqrt(1.0 - shape * shape * (1.0 - x * x))
    scale, lean = math.sqrt(0.5 * MU_M3_S2 * half), (r1 - r2) / chord
    up = scale * ((shape * y - x) - lean * (shape * y + x)) / r1
    on = scale * math.sqrt(max(1.0 - lean * lean, 0.0)) * (y + shape * x) / r1
    along = (x1 * x2 + y1 * y2 + z1 * z2) / (r1 * r1)
    tx, ty, tz = x2 - along * x1, y2 - along * y1, z2 - along * z1
    side = math.sqrt(tx * tx + ty * ty + tz * tz)
    a, b = up / r1, on / side
    return a * x1 + b * tx, a * y1 + b * ty, a * z1 + b * tz
