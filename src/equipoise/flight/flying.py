"""Flying: one flight or many, from an azimuth, a loft and a cut-off."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float, Int
from numpy import ndarray as Array

from equipoise.flight import _rows as r
from equipoise.flight._batch import STANDARD, Conditions, Fleet, fleet_of, fly_rows
from equipoise.flight._events import flight_events
from equipoise.flight._guess import Table, table_of
from equipoise.flight._inputs import burn_of, lane_inputs
from equipoise.flight._kick import solve_kick
from equipoise.flight._lookup import kick_from
from equipoise.flight._results import failed, pack, single
from equipoise.flight.types import FailedFlight, Flight, Flights, Missile, Place

_TABLE_PAYS = 4000
"""Lanes a missile from which a table of first guesses is cheaper than searching without one."""


def fly_many(
    missiles: Sequence[Missile],
    origin_deg: Float[Array, "n 2"],
    azimuth_deg: Float[Array, " n"],
    loft_deg: Float[Array, " n"],
    cutoff_s: Float[Array, " n"] | None = None,
    stages_fired: Int[Array, " n"] | None = None,
    conditions: Conditions = STANDARD,
) -> Flights:
    """Fly many missiles, each at its azimuth, loft (flight-path angle at burnout) and cut-off.

    Args:
        missiles: one for all lanes, or one a lane.
        origin_deg: geodetic latitude and longitude.
        azimuth_deg: of the launch, clockwise from true north.
        loft_deg: relative to the rotating Earth, above the geocentric horizontal, above 0 and below 90.
        cutoff_s: burn time of the last stage that fires; full burn where not given.
        stages_fired: how many stages fire; all where not given.

    A lane that fails has ``ok`` false and a cause; numbers that are not finite are a ValueError.
    """
    fleet, which = fleet_of(missiles, len(origin_deg))
    burn = burn_of(fleet, which, stages_fired, cutoff_s)
    flights = lane_inputs(which, origin_deg, azimuth_deg, loft_deg, burn)
    flights, outs, cause = fly_at_loft(fleet, flights, conditions)
    return pack(fleet, tuple(missiles), flights, outs, cause)


def fly_kicked(
    missiles: Sequence[Missile],
    origin_deg: Float[Array, "n 2"],
    azimuth_deg: Float[Array, " n"],
    kick_rad: Float[Array, " n"],
    programme_end_deg: Float[Array, " n"],
    conditions: Conditions = STANDARD,
) -> Flights:
    """Fly many missiles at full burn by the kick itself, with no search for a loft: one pass of the engine.

    ``programme_end_deg`` is the elevation of the thrust at burnout; a missile of one stage has no programme
    and ignores it. In the result ``loft_deg`` repeats it, and ``burnout_angle_deg`` is the angle flown.
    """
    fleet, which = fleet_of(missiles, len(origin_deg))
    flights = lane_inputs(which, origin_deg, azimuth_deg, programme_end_deg, fleet.burn_s(which))
    flights[:, r.IN_KICK] = kick_rad
    outs = fly_rows(fleet, flights, conditions=conditions)[0]
    return pack(fleet, tuple(missiles), flights, outs, np.full(len(which), "", dtype=object).astype("U20"))


def fly(
    missile: Missile,
    origin: Place,
    azimuth_deg: float,
    loft_deg: float,
    cutoff_s: float | None = None,
    stages_fired: int | None = None,
) -> Flight | FailedFlight:
    """Fly one missile; the arguments are those of ``fly_many``."""
    fleet, which = fleet_of((missile,), 1)
    fired = None if stages_fired is None else np.array([stages_fired])
    burn = burn_of(fleet, which, fired, None if cutoff_s is None else np.array([cutoff_s]))
    origin_deg = np.array([[origin.lat_deg, origin.lon_deg]])
    flights = lane_inputs(which, origin_deg, np.array([azimuth_deg]), np.array([loft_deg]), burn)
    flights, outs, cause = fly_at_loft(fleet, flights, STANDARD)
    return one_result(fleet, missile, flights, outs, str(cause[0]))


def one_result(
    fleet: Fleet, missile: Missile, flights: Array, outs: Array, cause: str, **fields: object
) -> Flight | FailedFlight:
    """A single lane as a flight with its events, or as a failed flight with its sentence."""
    many = pack(fleet, (missile,), flights, outs, np.array([cause], dtype="U20"))
    if many.ok[0]:
        return single(fleet, missile, flights, outs, flight_events(fleet, flights, outs))
    time_s, altitude_km = float(outs[0, r.IMPACT_T]), float(outs[0, r.FAIL_H]) / 1e3
    loft_deg = float(np.degrees(flights[0, r.IN_LOFT]))
    return failed(missile, str(many.cause[0]), time_s, altitude_km, loft_deg=loft_deg, **fields)


def fly_at_loft(
    fleet: Fleet, flights: Float[Array, "n inputs"], conditions: Conditions = STANDARD
) -> tuple[Float[Array, "n inputs"], Float[Array, "n outputs"], Array]:
    """Find each lane's kick and fly it; returns inputs with the kick, outputs, and causes of lanes not
    flown.
    """
    flights = flights.copy()
    cause = np.full(len(flights), "", dtype="U20")
    loft = flights[:, r.IN_LOFT]
    bad = (loft <= 0.0) | (loft >= 0.5 * np.pi)
    cause[bad] = "loft-out-of-range"
    outs = np.zeros((len(flights), r.OUTPUTS))
    lanes = np.flatnonzero(~bad)
    kick, found, _ = solve_kick(
        fleet, flights[lanes], kick_guesses(fleet, flights[lanes], conditions), conditions=conditions
    )
    flights[lanes, r.IN_KICK] = kick
    outs[lanes] = fly_rows(fleet, flights[lanes], conditions=conditions)[0]
    lost = ~found & (outs[lanes, r.STATUS] != r.FELL)
    cause[lanes[lost]] = "loft-not-reached"
    return flights, outs, cause


def kick_guesses(fleet: Fleet, flights: Float[Array, "n inputs"], conditions: Conditions) -> Array | None:
    """First guesses (rad) from tables where there are lanes enough for one; None where there are not."""
    which = flights[:, r.IN_MISSILE].astype(int)
    if len(flights) < _TABLE_PAYS * len(np.unique(which)):
        return None
    kick = np.empty(len(flights))
    for lanes, table in tables(fleet, flights, conditions):
        row = flights[lanes]
        kick[lanes] = kick_from(table, row[:, r.IN_AZIMUTH], row[:, r.IN_LOFT], row[:, r.IN_BURN])
    return kick


LATITUDE_BAND_DEG = 20.0


def tables(
    fleet: Fleet, flights: Float[Array, "n inputs"], conditions: Conditions
) -> list[tuple[Array, Table]]:
    """The lanes that share a missile and a band of latitude, with the table of the band's middle."""
    which = flights[:, r.IN_MISSILE].astype(int)
    band = np.floor(np.degrees(flights[:, r.IN_LAT]) / LATITUDE_BAND_DEG).astype(int)
    found = []
    for key in np.unique(which * 1000 + band):
        lanes = np.flatnonzero(which * 1000 + band == key)
        missile = fleet.missiles[int(which[lanes[0]])]
        middle_deg = min((int(band[lanes[0]]) + 0.5) * LATITUDE_BAND_DEG, 85.0)
        found.append((lanes, table_of(missile, middle_deg, conditions)))
    return found
