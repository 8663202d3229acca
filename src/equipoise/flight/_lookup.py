# mypy: disable-error-code="no-any-return"
"""Reading the table of first guesses: the loft of least burn, and burn and kick for a loft, lane by lane."""

from __future__ import annotations

import math

import numpy as np
from jaxtyping import Float
from numba import njit
from numpy import ndarray as Array

from equipoise.flight._guess import FAR_RAD, LOFTS_RAD, Table
from equipoise.flight._memory import KERNEL

_NONE = 1e9
"""Stands for the burn of a goal that no burn reaches."""
_FAR_JUMP_RAD = 1.5
"""How far beyond the last burn that comes down the first that does not is taken to fly."""


@njit(**KERNEL)
def _azimuth_place(azimuth: float, count: int) -> tuple[int, int, float]:
    """The two azimuths of the table about one, and the share of the second."""
    s = azimuth / (2.0 * math.pi)
    s = (s - math.floor(s)) * count
    i = int(s) % count
    return i, (i + 1) % count, s - math.floor(s)


@njit(**KERNEL)
def _place(grid: Array, value: float) -> tuple[int, float]:
    """The interval of an ascending grid that holds a value, and the share of it, held inside the grid."""
    i = 0
    while i < len(grid) - 2 and value >= grid[i + 1]:
        i += 1
    return i, min(max((value - grid[i]) / (grid[i + 1] - grid[i]), 0.0), 1.0)


@njit(**KERNEL)
def _burn_for(ranges: Array, burns: Array, azimuth: float, loft: int, goal: float) -> tuple[float, float]:
    """Least burn (s) that reaches a goal (rad) at a loft of the table, and the longest range seen on the
    way.
    """
    i, k, f = _azimuth_place(azimuth, len(ranges))
    low = 0.0
    for j in range(len(burns)):
        near, far = ranges[i, loft, j], ranges[k, loft, j]
        value = max((1.0 - f) * near + f * far, low)
        if value >= goal and j > 0:
            high = low + _FAR_JUMP_RAD if value >= 0.5 * FAR_RAD * min(f, 1.0 - f) and value > 7.0 else value
            share = min(max((goal - low) / max(high - low, 1e-9), 0.0), 1.0)
            return burns[j - 1] + share * (burns[j] - burns[j - 1]), value
        low = value
    return _NONE, low


@njit(**KERNEL)
def _least_burn_lofts(
    ranges: Array, burns: Array, lofts: Array, azimuth: Array, goal: Array, found: Array
) -> None:
    """Fill ``found`` with the loft of least burn for each lane; the one that reaches furthest where none
    does.
    """
    count = len(lofts)
    cost = np.empty(count)
    for lane in range(len(goal)):
        best, furthest = 0, 0
        reach = np.zeros(count)
        for loft in range(count):
            cost[loft], reach[loft] = _burn_for(ranges, burns, azimuth[lane], loft, goal[lane])
            best = loft if cost[loft] < cost[best] else best
            furthest = loft if reach[loft] > reach[furthest] else furthest
        if cost[best] >= _NONE:
            found[lane] = lofts[furthest]
            continue
        found[lane] = lofts[best]
        if 0 < best < count - 1 and cost[best - 1] < _NONE and cost[best + 1] < _NONE:
            curve = cost[best - 1] - 2.0 * cost[best] + cost[best + 1]
            shift = 0.5 * (cost[best - 1] - cost[best + 1]) / curve if curve > 0.0 else 0.0
            step = lofts[best + 1] - lofts[best] if shift > 0.0 else lofts[best] - lofts[best - 1]
            found[lane] += shift * step


@njit(**KERNEL)
def _kick_at(kicks: Array, burns: Array, lofts: Array, azimuth: float, loft: float, burn: float) -> float:
    """The table's kick (rad) at an azimuth, a loft and a burn."""
    i, k, f = _azimuth_place(azimuth, len(kicks))
    m, g = _place(lofts, loft)
    j, h = _place(burns, burn)
    total = 0.0
    for a in range(2):
        share = (1.0 - f, f)[a]
        table = kicks[(i, k)[a]]
        low = (1.0 - h) * table[m, j] + h * table[m, j + 1]
        high = (1.0 - h) * table[m + 1, j] + h * table[m + 1, j + 1]
        total += share * ((1.0 - g) * low + g * high)
    return total


@njit(**KERNEL)
def _guesses(
    ranges: Array, kicks: Array, burns: Array, lofts: Array, azimuth: Array, loft: Array, goal: Array,
    burn: Array, kick: Array,
) -> None:  # fmt: skip
    """Fill burn (s) and kick (rad) of each lane; the full burn where the goal is out of reach."""
    for lane in range(len(goal)):
        m, g = _place(lofts, loft[lane])
        low = _burn_for(ranges, burns, azimuth[lane], m, goal[lane])[0]
        high = _burn_for(ranges, burns, azimuth[lane], m + 1, goal[lane])[0]
        low, high = min(low, high) if low >= _NONE else low, min(low, high) if high >= _NONE else high
        burn[lane] = (1.0 - g) * low + g * high if low < _NONE else burns[-2]
        kick[lane] = _kick_at(kicks, burns, lofts, azimuth[lane], loft[lane], burn[lane])


@njit(**KERNEL)
def _kicks(
    kicks: Array, burns: Array, lofts: Array, azimuth: Array, loft: Array, burn: Array, kick: Array
) -> None:
    """Fill the table's kick (rad) of each lane."""
    for lane in range(len(burn)):
        kick[lane] = _kick_at(kicks, burns, lofts, azimuth[lane], loft[lane], burn[lane])


def least_burn_loft(
    table: Table, azimuth_rad: Float[Array, " n"], goal_rad: Float[Array, " n"]
) -> Float[Array, " n"]:
    """The loft (rad) whose cut-off comes earliest for each goal (rad), as the table has it.

    Where no loft reaches the goal: the loft that reaches furthest.
    """
    found = np.empty(len(goal_rad))
    _least_burn_lofts(
        table.range_rad, table.burn_s, LOFTS_RAD, np.ascontiguousarray(azimuth_rad), goal_rad, found
    )
    return found


def guess_flight(
    table: Table, azimuth_rad: Float[Array, " n"], loft_rad: Float[Array, " n"], goal_rad: Float[Array, " n"]
) -> tuple[Float[Array, " n"], Float[Array, " n"]]:
    """Burn (s) and kick (rad) that reach each goal at its loft; the full burn where none does."""
    burn, kick = np.empty(len(goal_rad)), np.empty(len(goal_rad))
    _guesses(
        table.range_rad, table.kick_rad, table.burn_s, LOFTS_RAD, np.ascontiguousarray(azimuth_rad),
        np.ascontiguousarray(loft_rad), goal_rad, burn, kick,
    )  # fmt: skip
    return burn, kick


def kick_from(
    table: Table, azimuth_rad: Float[Array, " n"], loft_rad: Float[Array, " n"], burn_s: Float[Array, " n"]
) -> Float[Array, " n"]:
    """Kick (rad) of the table at each lane's azimuth, loft and burn."""
    kick = np.empty(len(burn_s))
    _kicks(
        table.kick_rad, table.burn_s, LOFTS_RAD, np.ascontiguousarray(azimuth_rad),
        np.ascontiguousarray(loft_rad), np.ascontiguousarray(burn_s), kick,
    )  # fmt: skip
    return kick
