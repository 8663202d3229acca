# mypy: disable-error-code="no-any-return"
"""First guesses for aiming: range and kick over azimuth, loft and burn, for one missile at one latitude.

The Earth is a body of revolution, so the longitude does not matter, and a table serves a band of latitudes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.flight import _rows as r
from equipoise.flight._batch import Conditions, fleet_of, fly_rows
from equipoise.flight._engine import ROUGH_BOOST
from equipoise.flight._kick import solve_kick
from equipoise.flight.types import Missile

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
    """Ascending; the last but one is the full burn."""
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


@lru_cache(maxsize=256)
def table_of(missile: Missile, lat_deg: float, conditions: Conditions) -> Table:
    """Fly the table of one missile from one latitude; kept, since a study asks for the same ones often."""
    fleet, _ = fleet_of((missile,), 1)
    plan = fleet.plans[0]
    over = plan.burn_s + (_OVER - 1.0) * (plan.burn_s - plan.last_start_s)
    burns = np.append(BURN_SHARES * plan.burn_s, over)
    azimuths = np.arange(AZIMUTHS) * 2.0 * np.pi / AZIMUTHS
    grid = np.meshgrid(azimuths, LOFTS_RAD, burns, indexing="ij")
    azimuth, loft, burn = (g.ravel() for g in grid)
    flights = np.zeros((len(burn), r.INPUTS))
    flights[:, r.IN_LAT], flights[:, r.IN_AZIMUTH], flights[:, r.IN_LOFT] = np.radians(lat_deg), azimuth, loft
    flights[:, r.IN_BURN] = burn
    north = len(flights) // AZIMUTHS
    first, _, _ = solve_kick(fleet, flights[:north], None, ROUGH_BOOST, conditions, _ROUGH_RAD)
    near = np.tile(first, AZIMUTHS)  # the azimuth changes a kick but little
    kick, found, _ = solve_kick(fleet, flights, near, ROUGH_BOOST, conditions, _ROUGH_RAD)
    flights[:, r.IN_KICK] = kick
    outs = fly_rows(fleet, flights, conditions=conditions)[0]
    angle = np.where(outs[:, r.STATUS] == r.OK, downrange_rad(flights, outs), 0.0)
    angle = np.where(outs[:, r.STATUS] == r.ORBITAL, FAR_RAD, angle)
    shape = (AZIMUTHS, len(LOFTS_RAD), len(burns))
    return Table(burns, np.where(found, angle, 0.0).reshape(shape), kick.reshape(shape))
