# mypy: disable-error-code="no-any-return"
"""First guesses for aiming: range and kick over azimuth, loft and burn, for one missile at one latitude.

The Earth is a body of revolution, so the longitude does not matter, and a table serves a band of latitudes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.flight import _rows as r
from equipoise.flight._batch import Conditions, Fleet, fly_rows
from equipoise.flight._engine import ROUGH_BOOST
from equipoise.flight._kick import solve_kick

LOFTS_RAD = np.radians(
    [3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36, 39, 42, 45, 48, 52, 56, 60, 65, 70, 76, 82]
)
AZIMUTHS = 8
BURN_SHARES = np.array([0.30, 0.38, 0.46, 0.53, 0.6, 0.66, 0.72, 0.77, 0.82, 0.86, 0.9, 0.935, 0.97, 1.0])
_OVER = 1.03
"""The last burn of the table, as a share of the last stage's burn: beyond its end, for a slope there."""
FAR_RAD = 40.0
"""Stands for the range of a flight that never comes down."""
_ROUGH_RAD = 2e-4


@dataclass(frozen=True)
class Table:
    """Range as an angle at the Earth's centre (rad; 0 where no flight came off) and kick (rad)."""

    burn_s: Float[Array, " burns"]
    range_rad: Float[Array, "azimuths lofts burns"]
    kick_rad: Float[Array, "azimuths lofts burns"]


def downrange_rad(flights: Array, outs: Array) -> Float[Array, " n"]:
    """Angle (rad, 0 to nearly 2π) from origin to impact at the Earth's centre, along the launch azimuth.

    Angles of more than 350 degrees are small ones backwards, and count as zero.
    """
    start = unit(flights[:, r.IN_LAT], flights[:, r.IN_LON])
    lat, lon, azimuth = flights[:, r.IN_LAT], flights[:, r.IN_LON], flights[:, r.IN_AZIMUTH]
    north = np.stack([-np.sin(lat) * np.cos(lon), -np.sin(lat) * np.sin(lon), np.cos(lat)], 1)
    east = np.stack([-np.sin(lon), np.cos(lon), np.zeros_like(lon)], 1)
    forward = np.cos(azimuth)[:, None] * north + np.sin(azimuth)[:, None] * east
    end = unit(outs[:, r.IMPACT_LAT], outs[:, r.IMPACT_LON])
    angle = np.arctan2((end * forward).sum(1), (end * start).sum(1)) % (2.0 * np.pi)
    return np.where(angle > np.radians(350.0), 0.0, angle)


def unit(lat_rad: Array, lon_rad: Array) -> Float[Array, "n 3"]:
    """Unit vectors of latitudes and longitudes (rad)."""
    c = np.cos(lat_rad)
    return np.stack([c * np.cos(lon_rad), c * np.sin(lon_rad), np.sin(lat_rad)], 1)


def build_table(fleet: Fleet, missile: int, lat_rad: float, conditions: Conditions) -> Table:
    """Fly the table of one missile from one latitude."""
    plan = fleet.plans[missile]
    over = plan.burn_s + (_OVER - 1.0) * (plan.burn_s - plan.last_start_s)
    burns = np.append(BURN_SHARES * plan.burn_s, over)
    azimuths = np.arange(AZIMUTHS) * 2.0 * np.pi / AZIMUTHS
    grid = np.meshgrid(azimuths, LOFTS_RAD, burns, indexing="ij")
    azimuth, loft, burn = (g.ravel() for g in grid)
    flights = np.zeros((len(burn), r.INPUTS))
    flights[:, r.IN_LAT], flights[:, r.IN_AZIMUTH], flights[:, r.IN_LOFT] = lat_rad, azimuth, loft
    flights[:, r.IN_BURN], flights[:, r.IN_MISSILE] = burn, missile
    kick, found, _ = solve_kick(fleet, flights, None, ROUGH_BOOST, conditions, _ROUGH_RAD)
    flights[:, r.IN_KICK] = kick
    outs = fly_rows(fleet, flights, conditions=conditions)[0]
    angle = np.where(outs[:, r.STATUS] == r.OK, downrange_rad(flights, outs), 0.0)
    angle = np.where(outs[:, r.STATUS] == r.ORBITAL, FAR_RAD, angle)
    shape = (AZIMUTHS, len(LOFTS_RAD), len(burns))
    return Table(burns, np.where(found, angle, 0.0).reshape(shape), kick.reshape(shape))


def _at_azimuth(values: Array, azimuth_rad: Array) -> Float[Array, "n lofts burns"]:
    """Interpolate a table's first axis, round the compass, by the two nearest azimuths."""
    s = (azimuth_rad % (2.0 * np.pi)) * AZIMUTHS / (2.0 * np.pi)
    i = np.floor(s).astype(int) % AZIMUTHS
    f = (s - np.floor(s))[:, None, None]
    return (1.0 - f) * values[i] + f * values[(i + 1) % AZIMUTHS]


def _invert(ranges: Array, burns: Array, goal: Array) -> Array:
    """Least burn (s) whose range reaches the goal (…, burns) → (…); NaN where none does."""
    rising = np.maximum.accumulate(ranges, axis=-1)
    reaches = rising >= goal[..., None]
    j = np.clip(np.argmax(reaches, -1), 1, len(burns) - 1)
    low = np.take_along_axis(rising, (j - 1)[..., None], -1)[..., 0]
    high = np.take_along_axis(rising, j[..., None], -1)[..., 0]
    high = np.where(high >= FAR_RAD / 2, low + 1.5, high)
    share = np.clip((goal - low) / np.maximum(high - low, 1e-9), 0.0, 1.0)
    burn = burns[j - 1] + share * (burns[j] - burns[j - 1])
    return np.where(reaches.any(-1), burn, np.nan)


def _interpolate(table: Array, burns: Array, loft: Array, burn: Array) -> Array:
    """A lane's table (n, lofts, burns) at its loft (rad) and burn (s)."""
    n = np.arange(len(loft))
    i = np.clip(np.searchsorted(LOFTS_RAD, loft) - 1, 0, len(LOFTS_RAD) - 2)
    f = np.clip((loft - LOFTS_RAD[i]) / (LOFTS_RAD[i + 1] - LOFTS_RAD[i]), 0.0, 1.0)
    j = np.clip(np.searchsorted(burns, burn) - 1, 0, len(burns) - 2)
    g = np.clip((burn - burns[j]) / (burns[j + 1] - burns[j]), 0.0, 1.0)
    low = (1 - g) * table[n, i, j] + g * table[n, i, j + 1]
    high = (1 - g) * table[n, i + 1, j] + g * table[n, i + 1, j + 1]
    return (1 - f) * low + f * high


def least_burn_loft(table: Table, azimuth_rad: Array, goal_rad: Array) -> tuple[Array, Array]:
    """The loft (rad) whose cut-off comes earliest for each goal, and that burn (s), from the table.

    Where no loft reaches the goal: the loft that reaches furthest, and the longest burn.
    """
    ranges = _at_azimuth(table.range_rad, azimuth_rad)
    burn = _invert(ranges, table.burn_s, np.broadcast_to(goal_rad[:, None], ranges.shape[:2]))
    none = np.isnan(burn).all(1)
    cost = np.where(np.isnan(burn), 1e9, burn)
    cost[none] = -np.where(ranges[none, :, -1] > FAR_RAD / 2, 0.0, ranges[none, :, -1])
    best = np.argmin(cost, 1)
    inner = np.clip(best, 1, len(LOFTS_RAD) - 2)
    n = np.arange(len(best))
    left, middle, right = cost[n, inner - 1], cost[n, inner], cost[n, inner + 1]
    curve = left - 2 * middle + right
    bent = (best == inner) & (left < 1e8) & (right < 1e8) & (curve > 0)
    shift = np.where(bent, 0.5 * (left - right) / np.where(curve > 0, curve, 1.0), 0.0)
    spacing = np.where(
        shift > 0, LOFTS_RAD[inner + 1] - LOFTS_RAD[inner], LOFTS_RAD[inner] - LOFTS_RAD[inner - 1]
    )
    loft = np.where(bent, LOFTS_RAD[inner] + shift * spacing, LOFTS_RAD[best])
    return loft, np.where(none, table.burn_s[-1], cost[n, best])


def guess_flight(table: Table, azimuth_rad: Array, loft_rad: Array, goal_rad: Array) -> tuple[Array, Array]:
    """Burn (s) and kick (rad) that reach each goal at its loft; the longest burn where none does."""
    ranges = _at_azimuth(table.range_rad, azimuth_rad)
    n = np.arange(len(loft_rad))
    i = np.clip(np.searchsorted(LOFTS_RAD, loft_rad) - 1, 0, len(LOFTS_RAD) - 2)
    f = np.clip((loft_rad - LOFTS_RAD[i]) / (LOFTS_RAD[i + 1] - LOFTS_RAD[i]), 0.0, 1.0)
    low = _invert(ranges[n, i], table.burn_s, goal_rad)
    high = _invert(ranges[n, i + 1], table.burn_s, goal_rad)
    low, high = np.where(np.isnan(low), high, low), np.where(np.isnan(high), low, high)
    burn = (1.0 - f) * low + f * high
    burn = np.where(np.isnan(burn), table.burn_s[-2], burn)
    kicks = _at_azimuth(table.kick_rad, azimuth_rad)
    return burn, _interpolate(kicks, table.burn_s, loft_rad, burn)


def kick_from(table: Table, azimuth_rad: Array, loft_rad: Array, burn_s: Array) -> Array:
    """Kick (rad) of the table at each lane's azimuth, loft and burn."""
    return _interpolate(_at_azimuth(table.kick_rad, azimuth_rad), table.burn_s, loft_rad, burn_s)
