# mypy: disable-error-code="no-any-return"
"""The kick that makes the burnout's flight-path angle equal the loft.

A larger kick gives a flatter burnout, so each lane keeps a bracket in the logarithm of the kick and walks by
secants inside it.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Bool, Float
from numpy import ndarray as Array

from equipoise.flight import _rows as r
from equipoise.flight._batch import STANDARD, Conditions, Fleet, fly_rows
from equipoise.flight._engine import BOOST

SMALLEST_RAD, LARGEST_RAD = 1e-4, 1.4
TOLERANCE_RAD = 2e-7
_FIRST_GUESS_RAD = 0.06
_MOST_ROUNDS = 40
_NARROWEST = 1e-12
_FELL_RAD = -9.0
"""Stands for the angle of a flight that hit the ground: flatter than any."""


def _excess(fleet: Fleet, flights: Array, log_kick: Array, mode: int, conditions: Conditions) -> Array:
    """Burnout angle less the loft (rad); a flight that hit the ground counts as far too flat."""
    rows = flights.copy()
    rows[:, r.IN_KICK] = np.exp(log_kick)
    outs = fly_rows(fleet, rows, mode, conditions)[0]
    excess = outs[:, r.ANGLE] - rows[:, r.IN_LOFT]
    return np.where(outs[:, r.STATUS] == r.FELL, _FELL_RAD, excess)


def solve_kick(
    fleet: Fleet,
    flights: Float[Array, "n inputs"],
    guess_rad: Float[Array, " n"] | None = None,
    mode: int = BOOST,
    conditions: Conditions = STANDARD,
    tolerance_rad: float = TOLERANCE_RAD,
) -> tuple[Float[Array, " n"], Bool[Array, " n"], Float[Array, " n"]]:
    """Kick (rad) for each row of ``flights`` so that it burns out at its IN_LOFT.

    Returns kicks, whether each was found, and the burnout angle less the loft (rad) at the kick returned:
    where none was found, its sign says whether the flight can only be steeper (positive) or flatter than
    asked.
    """
    n = len(flights)
    low, high = np.full(n, np.log(SMALLEST_RAD)), np.full(n, np.log(LARGEST_RAD))
    x = np.log(np.full(n, _FIRST_GUESS_RAD) if guess_rad is None else guess_rad)
    x = np.clip(x, low, high)
    excess = _excess(fleet, flights, x, mode, conditions)
    last_x, last_excess = np.full(n, np.nan), np.full(n, np.nan)
    for _ in range(_MOST_ROUNDS):
        steep = excess > 0.0
        low, high = np.where(steep, x, low), np.where(steep, high, x)
        active = (np.abs(excess) > tolerance_rad) & (high - low > _NARROWEST)
        if not active.any():
            break
        with np.errstate(divide="ignore", invalid="ignore"):
            slope = (excess - last_excess) / (x - last_x)
            slope = np.where(np.isfinite(slope) & (slope < 0.0) & (excess > _FELL_RAD), slope, np.nan)
            step = np.where(
                np.isnan(slope),
                np.where(np.isnan(last_x), np.clip(0.8 * excess, -0.5, 0.5), np.nan),
                -excess / slope,
            )
            trial = x + np.clip(step, -1.0, 1.0)
        inside = (trial > low) & (trial < high)
        trial = np.where(inside, trial, 0.5 * (low + high))
        i = np.flatnonzero(active)
        last_x[i], last_excess[i] = x[i], excess[i]
        x[i] = trial[i]
        excess[i] = _excess(fleet, flights[i], x[i], mode, conditions)
    return np.exp(x), np.abs(excess) <= max(tolerance_rad, 1e-6), excess
