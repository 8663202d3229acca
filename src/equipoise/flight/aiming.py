"""Aiming: the azimuth and cut-off that reach a destination at a chosen loft.

``minimum-energy`` is the loft whose cut-off comes earliest, which is the least burn; it differs by some
degrees from the loft of least burnout speed. Where a destination is nearer than the last stage's ignition
would fly, the burn is cut in an earlier stage and the later ones do not fire.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int
from numpy import ndarray as Array

from equipoise.flight import _rows as r
from equipoise.flight._batch import STANDARD, Conditions, Fleet, fleet_of, fly_rows
from equipoise.flight._guess import Table
from equipoise.flight._inputs import lane_inputs
from equipoise.flight._lead import goal_along, led_azimuth
from equipoise.flight._lookup import guess_flight, least_burn_loft
from equipoise.flight._newton import (
    FINE,
    ROUGH,
    Aimed,
    Course,
    Tolerance,
    aim_lanes,
    corrected_burn,
    course,
    shifted,
)
from equipoise.flight._plan import OVERBURN
from equipoise.flight._results import GEOD, pack
from equipoise.flight.flying import one_result, tables
from equipoise.flight.reach import longest_sentence
from equipoise.flight.types import FailedFlight, Flight, Flights, Missile, Place

MINIMUM_ENERGY = "minimum-energy"

_BLOCK = 16_384
"""Destinations handled at a time, so that memory stays small."""
_PROBE_RAD = np.radians(2.5)
"""How far either side of the guess the cut-off is flown to find the loft of least burn."""
_LEAST_LOFT_RAD = np.radians(1.0)
"""The search for the loft of least burn stops here."""
_RESCUE_LOFTS_RAD = np.radians([8.0, 12.0, 17.0, 24.0])
_SAME_PLACE_M = 1.0
_NEAR_ANTIPODE_RAD = np.radians(165.0)
_BURN_SLACK_S = 1e-5


@dataclass(frozen=True)
class Offset:
    """A loft given as degrees above (or below) each destination's own minimum-energy loft."""

    degrees: float


def aim_many(
    missiles: Sequence[Missile],
    origin_deg: Float[Array, "n 2"],
    destination_deg: Float[Array, "n 2"],
    loft: str | float | Offset | Float[Array, " n"] = MINIMUM_ENERGY,
    conditions: Conditions = STANDARD,
) -> Flights:
    """Aim many missiles; each lane's flight ends within 100 m of its destination, or it fails with a cause.

    Args:
        missiles: one for all lanes, or one a lane.
        origin_deg, destination_deg: geodetic latitude and longitude.
        loft: ``minimum-energy``; degrees, for all or one a lane; or an ``Offset`` from minimum energy.

    Causes: ``beyond-range``, ``too-near``, ``same-place``, ``loft-out-of-range``,
        ``near-antipode``, ``no-solution``.
    """
    if isinstance(loft, str) and loft != MINIMUM_ENERGY:
        raise ValueError(f"loft is {loft!r}; give degrees, an Offset, or {MINIMUM_ENERGY!r}")
    origin_deg, destination_deg = np.asarray(origin_deg, float), np.asarray(destination_deg, float)
    fleet, which = fleet_of(missiles, len(origin_deg))
    if not np.isfinite(destination_deg).all() or np.any(np.abs(destination_deg[:, 0]) > 90.0):
        raise ValueError(
            "every destination needs a finite longitude and a latitude between -90 and 90 degrees"
        )
    azimuth, _, distance = GEOD.inv(
        origin_deg[:, 1], origin_deg[:, 0], destination_deg[:, 1], destination_deg[:, 0]
    )
    fixed = (
        np.broadcast_to(np.asarray(loft, float), len(which)) if not isinstance(loft, str | Offset) else None
    )
    first = np.full(len(which), 45.0) if fixed is None else fixed
    flights = lane_inputs(which, origin_deg, np.asarray(azimuth), first, fleet.burn_s(which))
    outs, cause = np.zeros((len(which), r.OUTPUTS)), np.full(len(which), "", dtype="U20")
    cause[np.asarray(distance) < _SAME_PLACE_M] = "same-place"
    cause[(first <= 0.0) | (first >= 90.0)] = "loft-out-of-range"
    lanes = np.flatnonzero(cause == "")
    for block_tables in _blocks(fleet, flights, lanes, conditions):
        for part, table in block_tables:
            request = _Request(fleet, flights[part], np.radians(destination_deg[part]), table, conditions)
            if fixed is not None:
                aimed = request.at_loft()
            else:
                aimed = request.least_burn(np.radians(loft.degrees) if isinstance(loft, Offset) else 0.0)
            flights[part], outs[part], cause[part] = request.judged(aimed)
    return pack(fleet, tuple(missiles), flights, outs, cause)


def _blocks(
    fleet: Fleet, flights: Array, lanes: Int[Array, " k"], conditions: Conditions
) -> list[list[tuple[Array, Table]]]:
    """The lanes by missile and latitude, with their tables, cut into blocks."""
    found = []
    for part, table in tables(fleet, flights[lanes], conditions):
        members = lanes[part]
        found.append([(members[i : i + _BLOCK], table) for i in range(0, len(members), _BLOCK)])
    return found


class _Request:
    """Lanes of one table to be aimed: what was asked, and the steps that answer it."""

    def __init__(
        self, fleet: Fleet, flights: Array, destination_rad: Array, table: Table, conditions: Conditions
    ) -> None:
        self.fleet, self.table, self.conditions = fleet, table, conditions
        self.flights, self.destination_rad = flights, destination_rad
        self.way: Course = course(flights, destination_rad)
        which = flights[:, r.IN_MISSILE].astype(int)
        self.full_s = fleet.burn_s(which)
        starts = np.array([p.last_start_s for p in fleet.plans])[which]
        self.most_s = self.full_s + 0.98 * (OVERBURN - 1.0) * (self.full_s - starts)

    def at_loft(self, tolerance: Tolerance = FINE) -> Aimed:
        """Aim at the lofts already in the inputs."""
        rows = self.flights.copy()
        goal = self._led(rows, rows[:, r.IN_LOFT])
        rows[:, r.IN_BURN], rows[:, r.IN_KICK] = guess_flight(
            self.table, rows[:, r.IN_AZIMUTH], rows[:, r.IN_LOFT], goal
        )
        return self._aimed(rows, None, tolerance)

    def _led(self, rows: Array, loft_rad: Array | None) -> Float[Array, " n"]:
        """Set the azimuths of ``rows`` to first guesses at a loft; returns the range to look up (rad)."""
        rows[:, r.IN_AZIMUTH] = led_azimuth(rows, self.destination_rad, loft_rad, self.conditions.earth)
        return goal_along(rows, self.destination_rad)

    def least_burn(self, offset_rad: float) -> Aimed:
        """Aim at the loft of least burn, found by a parabola through three cut-offs, plus an offset."""
        goal = self._led(self.flights, None)
        self.flights[:, r.IN_LOFT] = least_burn_loft(self.table, self.flights[:, r.IN_AZIMUTH], goal)
        aimed = self._rescued(self.at_loft(ROUGH))
        for _ in range(2):
            shift = self._to_least_burn(aimed)
            done = np.max(np.abs(shift), initial=0.0) < _PROBE_RAD
            tolerance = FINE if done else ROUGH
            moved = self._aimed(shifted(aimed, shift, self.most_s), aimed.jacobian, tolerance)
            lanes = np.flatnonzero(moved.settled | ~aimed.settled)
            aimed = aimed.replaced(lanes, moved.select(lanes))
            if done:
                break
        if offset_rad:
            self.flights[:, r.IN_LOFT] = aimed.flights[:, r.IN_LOFT] + offset_rad
            return self.at_loft()
        return self._aimed(aimed.flights, aimed.jacobian, FINE)

    def _aimed(self, rows: Array, jacobian: Array | None, tolerance: Tolerance) -> Aimed:
        return aim_lanes(self.fleet, rows, self.way, self.most_s, self.conditions, jacobian, tolerance)

    def _rescued(self, aimed: Aimed) -> Aimed:
        """Lanes that did not settle, aimed from other lofts where the table promises that one reaches.

        A missile that nearly reaches orbit has its least burn, by the table, at so flat a loft that no flight
        comes down; the least burn among these lofts is what the search goes on from.
        """
        for loft in _RESCUE_LOFTS_RAD:
            lanes = np.flatnonzero(~aimed.settled)
            if not len(lanes):
                break
            part = _Request(
                self.fleet, self.flights[lanes], self.destination_rad[lanes], self.table, self.conditions
            )
            part.flights[:, r.IN_LOFT] = loft
            promised = part.promised()
            if promised.any():
                found = part.at_loft(ROUGH)
                good = np.flatnonzero(promised & found.settled)
                aimed = aimed.replaced(lanes[good], found.select(good))
        return aimed

    def promised(self) -> Bool[Array, " n"]:
        """Lanes that, by the table, their lofts take to their destinations within the burn there is."""
        rows = self.flights.copy()
        goal = self._led(rows, rows[:, r.IN_LOFT])
        burn = guess_flight(self.table, rows[:, r.IN_AZIMUTH], rows[:, r.IN_LOFT], goal)[0]
        return np.asarray(burn < self.full_s)

    def _to_least_burn(self, aimed: Aimed) -> Array:
        """Change of loft (rad) to the vertex of the parabola of burn over loft; zero where a probe failed."""
        burns = [corrected_burn(aimed)]
        good = aimed.settled.copy()
        for side in (-_PROBE_RAD, _PROBE_RAD):
            rows = shifted(aimed, np.full(len(good), side), self.most_s)
            probe = self._aimed(rows, aimed.jacobian, ROUGH)
            burns.append(corrected_burn(probe))
            good &= probe.settled
        middle, left, right = burns
        curve = left - 2.0 * middle + right
        vertex = 0.5 * _PROBE_RAD * (left - right) / np.where(curve > 0.0, curve, np.inf)
        away = np.where(curve > 0.0, vertex, np.sign(left - right) * 2.0 * _PROBE_RAD)
        away = np.where(good, np.clip(away, -3.0 * _PROBE_RAD, 3.0 * _PROBE_RAD), 0.0)
        most_down = np.minimum(0.0, _LEAST_LOFT_RAD - aimed.flights[:, r.IN_LOFT])
        return np.asarray(np.maximum(away, most_down))

    def judged(self, aimed: Aimed) -> tuple[Array, Array, Array]:
        """Inputs, outputs and causes: what settled within the burn there is."""
        rows = aimed.flights.copy()
        over = rows[:, r.IN_BURN] > self.full_s + _BURN_SLACK_S
        rows[:, r.IN_BURN] = np.minimum(rows[:, r.IN_BURN], self.full_s)
        cause = np.full(len(rows), "", dtype="U20")
        short = aimed.residual[:, 0] < 0.0
        least = self.table.burn_s[0]
        cause[~aimed.settled] = "no-solution"
        cause[~aimed.settled & (self.way.angle_rad > _NEAR_ANTIPODE_RAD)] = "near-antipode"
        full_burn = self.table.range_rad[:, :, -2]
        if full_burn.max() < _NEAR_ANTIPODE_RAD:
            cause[cause == "near-antipode"] = "beyond-range"
        cause[~aimed.settled & ~short & (rows[:, r.IN_BURN] < least)] = "too-near"
        spent = rows[:, r.IN_BURN] > 0.999 * self.full_s
        cause[(aimed.settled & over) | (~aimed.settled & short & spent)] = "beyond-range"
        bad = (rows[:, r.IN_LOFT] <= 0.0) | (rows[:, r.IN_LOFT] >= 0.5 * np.pi)
        cause[bad] = "loft-out-of-range"
        outs = np.where((cause == "")[:, None], aimed.outs, 0.0)
        return rows, outs, cause


def aim(
    missile: Missile, origin: Place, destination: Place, loft: str | float | Offset = MINIMUM_ENERGY
) -> Flight | FailedFlight:
    """Aim one missile; as ``aim_many``. Beyond its range the detail states the longest reach that way."""
    origin_deg = np.array([[origin.lat_deg, origin.lon_deg]])
    many = aim_many((missile,), origin_deg, np.array([[destination.lat_deg, destination.lon_deg]]), loft)
    fleet, which = fleet_of((missile,), 1)
    distance = GEOD.inv(origin.lon_deg, origin.lat_deg, destination.lon_deg, destination.lat_deg)[2]
    begins = np.cumsum([0.0, *(s.burn_s for s in missile.stages)])[int(many.stages_fired[0]) - 1]
    flights = lane_inputs(which, origin_deg, many.azimuth_deg, many.loft_deg, begins + many.cutoff_s)
    flights[:, r.IN_KICK] = many.kick_rad
    outs = np.zeros((1, r.OUTPUTS))
    if many.ok[0]:
        outs = fly_rows(fleet, flights)[0]
    reach = (
        longest_sentence(missile, origin, float(many.azimuth_deg[0]))
        if many.cause[0] == "beyond-range"
        else ""
    )
    return one_result(
        fleet, missile, flights, outs, str(many.cause[0]), distance_km=distance / 1e3, reach=reach
    )
