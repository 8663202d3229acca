"""Where an interceptor can be so long after its burnout: rings in a plane, and the pads that make them sound.

On an Earth that stands still, what is reached within a time depends on the distance from the Earth's centre
and on the angle from the start alone. ``Rings`` keeps, for each time and distance, the widest angle with
least time (Bate, Mueller and White 1971, as in ``defence``) up to that time, on a grid. The Earth's turning
is taken in by ``unturned``, which gives the point of the still Earth that a point of the turning one stands
for, to within ``pads_m``. The proof is in docs/explanation/private-check.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.defence import coast_time_s
from equipoise.guarantee.private.outward.shooters import MU_M3_S2, OMEGA_RAD_S, Tile
from equipoise.guarantee.private.outward.statement import EQUATOR_M, POLAR_M
from equipoise.scenario import Shooter

STEP_S = 2.5
"""Between the times at which rings are kept."""
GRID_M = 5e3
"""Between distances, and between angles at the greatest distance."""
NODE_PAD = 2.1
"""Grid steps within which a reached node lies of any reached point, up to coasts of 750 s."""
LOWERED_M = 40e3
"""Paths of the grid may dip this much deeper than any real one."""
_TIDE = 2.0 * MU_M3_S2 / (POLAR_M - LOWERED_M) ** 3
"""Largest gravity gradient, 1/s2: at the lowest point of a path, along the radius."""
SPREAD = 2.05
"""How much two coasts that start apart are further apart at the end: cosh of root tide times 750 s."""


@dataclass(frozen=True)
class Rings:
    """Widest angle (rad) reached within ``time_s[k]`` of coast at each distance; -1 where nothing is."""

    time_s: Float[Array, " k"]
    distance_m: Float[Array, " r"]
    angle: Float[Array, "k r"]
    pad_m: Float[Array, " k"]
    """At each time: by how much a reached point may lie outside its ring."""


def rings(shooter: Shooter, every: tuple[Tile, ...]) -> Rings:
    """The rings of a shooter, one table for all its tiles."""
    speed = 1e3 * shooter.speed_km_s
    starts = [float(np.linalg.norm(t.start_m)) for t in every]
    start = (min(starts) + max(starts)) / 2
    longest = shooter.flight_cap_s - shooter.time_to_burnout_s
    time_s = STEP_S * np.arange(1, math.ceil(longest / STEP_S) + 1)
    inverse = 1.0 / start - speed**2 / (2.0 * MU_M3_S2)
    energetic = 1.0 / inverse if inverse > 0.0 else math.inf
    top = min(energetic, start + speed * longest, EQUATOR_M + 1e3 * shooter.altitude_max_km + 300e3) + GRID_M
    low = POLAR_M + max(1e3 * shooter.altitude_min_km - 300e3, 0.0)
    distance = np.arange(low, top + GRID_M, GRID_M)
    furthest = min(fastest_m_s(speed, start) * longest / (POLAR_M - LOWERED_M), math.pi)
    angle = np.arange(0.0, furthest + GRID_M / top, GRID_M / top)
    least = coast_time_s(speed, start, distance[:, None], angle[None, :], POLAR_M - LOWERED_M)
    widest = np.full((len(time_s), len(distance)), -1.0)
    for k, within in enumerate(time_s):
        reached = least <= within
        last = reached.shape[1] - 1 - np.argmax(reached[:, ::-1], axis=1)
        widest[k] = np.where(reached.any(axis=1), angle[last], -1.0)
    uneven = SPREAD * (max(starts) - min(starts)) / 2
    tile = max(t.radius_m for t in every)
    turned = OMEGA_RAD_S * time_s * tile * (1.0 + 9.9 * time_s**2 / (6.0 * POLAR_M))
    pad = pads_m(time_s, fastest_m_s(speed, start)) + NODE_PAD * GRID_M + uneven + turned
    return Rings(time_s, distance, widest, pad)


def fastest_m_s(speed_m_s: float, start_m: float) -> float:
    """Highest speed of a coast on an Earth that stands still, m/s: down at the poles' radius."""
    return math.sqrt(speed_m_s**2 + 2.0 * MU_M3_S2 * (1.0 / POLAR_M - 1.0 / start_m))


def pads_m(time_s: Float[Array, " k"], fastest: float) -> Float[Array, " k"]:
    """By how much ``unturned`` may err at each time, m.

    With D the distance that the turning makes, |D''| is at most tide |D| + 2 omega (|X'| + |D'|) + omega^2 r.
    What is left after the shift is the same less 2 omega |X'|; the shift itself takes the path to be a
    parabola, whose mean errs by omega tide w t^4 / 12. To it is added what the shift changes between two of
    the kept times. Solved in steps of a second by their end values (backward Euler), so from above.
    """
    outward = OMEGA_RAD_S**2 * (EQUATOR_M + 3e6)
    even = 2.0 * OMEGA_RAD_S * fastest + outward
    shift, rate, rest, rest_rate = 0.0, 0.0, 0.0, 0.0
    found = []
    for _ in range(math.ceil(time_s[-1])):
        rate = (rate + _TIDE * shift + even) / (1.0 - _TIDE - 2.0 * OMEGA_RAD_S)
        shift += rate
        rest_rate += _TIDE * shift + 2.0 * OMEGA_RAD_S * rate + outward
        rest += rest_rate
        found.append(rest)
    bent = OMEGA_RAD_S * _TIDE * fastest * time_s**4 / 12.0
    moved = OMEGA_RAD_S * STEP_S * (fastest * time_s + 9.9 * time_s**2)
    left: Float[Array, " k"] = np.array(found)[np.ceil(time_s).astype(int) - 1]
    return np.asarray(left + bent + moved)


def turn_rows(tile: Tile) -> Float[Array, " 5"]:
    """Of a tile: the unit vector to its start, its distance (m), and gravity there (m/s2)."""
    distance = float(np.linalg.norm(tile.start_m))
    return np.array([*(tile.start_m / distance), distance, MU_M3_S2 / distance**2])
