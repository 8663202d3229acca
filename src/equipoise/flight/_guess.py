# mypy: disable-error-code="no-any-return"
"""First guesses for aiming: range and kick over azimuth, loft and burn, for one missile at one latitude.

The Earth is a body of revolution, so the longitude does not matter, and a table serves a band of latitudes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from jaxtyping import Bool, Float
from numpy import ndarray as Array

from equipoise.flight import _rows as r
from equipoise.flight._batch import Conditions, Fleet, fleet_of, fly_rows
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
_SMOOTH_RAD = 2.0
"""Ranges under this vary so smoothly with the azimuth that every other azimuth is enough."""


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
    flown = _Flown(fleet, lat_deg, conditions)
    kick = np.zeros((AZIMUTHS, len(LOFTS_RAD), len(burns)))
    angle = np.zeros_like(kick)
    every = np.ones(kick[::2].shape, dtype=bool)
    near = flown.kicks_north(burns)
    kick[::2], angle[::2] = flown.cells(burns, every, 0, near)
    between = ((angle[::2] > 0.0) & (angle[::2] < _SMOOTH_RAD)).all(axis=0)
    kick[1::2], angle[1::2] = _midway(kick[::2]), np.where(between, _midway(angle[::2]), 0.0)
    rest = np.broadcast_to(~between, every.shape)
    if rest.any():
        kick[1::2][rest], angle[1::2][rest] = (v[rest] for v in flown.cells(burns, rest, 1, near))
    return Table(burns, angle, kick)


@dataclass(frozen=True)
class _Flown:
    """One missile's flights from one latitude."""

    fleet: Fleet
    lat_deg: float
    conditions: Conditions

    def kicks_north(self, burns: Float[Array, " burns"]) -> Float[Array, "lofts burns"]:
        """Kicks (rad) due north, which those of other azimuths resemble."""
        loft, burn = np.meshgrid(LOFTS_RAD, burns, indexing="ij")
        rows = self._rows(np.zeros(loft.size), loft.ravel(), burn.ravel())
        kick, _, _ = solve_kick(self.fleet, rows, None, ROUGH_BOOST, self.conditions, _ROUGH_RAD)
        return kick.reshape(loft.shape)

    def cells(
        self,
        burns: Float[Array, " burns"],
        wanted: Bool[Array, "half lofts burns"],
        first: int,
        near: Float[Array, "lofts burns"],
    ) -> tuple[Float[Array, "half lofts burns"], Float[Array, "half lofts burns"]]:
        """Kick and range (rad) of the wanted cells of every other azimuth, from ``first`` on."""
        a, m, j = np.nonzero(wanted)
        rows = self._rows((2 * a + first) * 2.0 * np.pi / AZIMUTHS, LOFTS_RAD[m], burns[j])
        kick, found, _ = solve_kick(self.fleet, rows, near[m, j], ROUGH_BOOST, self.conditions, _ROUGH_RAD)
        rows[:, r.IN_KICK] = kick
        outs = fly_rows(self.fleet, rows, conditions=self.conditions)[0]
        angle = np.where(outs[:, r.STATUS] == r.OK, downrange_rad(rows, outs), 0.0)
        angle = np.where(outs[:, r.STATUS] == r.ORBITAL, FAR_RAD, angle)
        kicks, angles = np.zeros(wanted.shape), np.zeros(wanted.shape)
        kicks[a, m, j], angles[a, m, j] = kick, np.where(found, angle, 0.0)
        return kicks, angles

    def _rows(self, azimuth: Array, loft: Array, burn: Array) -> Float[Array, "n inputs"]:
        rows = np.zeros((len(burn), r.INPUTS))
        rows[:, r.IN_LAT], rows[:, r.IN_AZIMUTH] = np.radians(self.lat_deg), azimuth
        rows[:, r.IN_LOFT], rows[:, r.IN_BURN] = loft, burn
        return rows


def _midway(quarters: Float[Array, "4 lofts burns"]) -> Float[Array, "4 lofts burns"]:
    """Values half-way between azimuths a quarter turn apart: their mean and first harmonic.

    The Earth's turning works on an azimuth as its sine does, and twice over as the cosine of its double,
    which is nought half-way. What is left out is 0.3 % of the range at the 99th percentile of a table.
    """
    north, east = (quarters[0] - quarters[2]) / 2, (quarters[1] - quarters[3]) / 2
    middle, half = quarters.mean(axis=0), np.sqrt(0.5)
    return np.stack([middle + half * (n * north + e * east) for n, e in ((1, 1), (-1, 1), (-1, -1), (1, -1))])
