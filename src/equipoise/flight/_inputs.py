"""From what a caller asks to the engine's rows, and back from a result to the rows that flew it."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float, Int
from numpy import ndarray as Array

from equipoise.flight import _rows as r
from equipoise.flight._batch import Fleet, fleet_of
from equipoise.flight.types import Flights


def lane_inputs(
    which: Int[Array, " n"],
    origin_deg: Float[Array, "n 2"],
    azimuth_deg: Float[Array, " n"],
    loft_deg: Float[Array, " n"],
    burn_s: Float[Array, " n"],
) -> Float[Array, "n inputs"]:
    """Rows for the engine, with the kick still to be found."""
    flights = np.zeros((len(which), r.INPUTS))
    flights[:, r.IN_LAT], flights[:, r.IN_LON] = np.radians(origin_deg).T
    flights[:, r.IN_AZIMUTH], flights[:, r.IN_LOFT] = np.radians(azimuth_deg), np.radians(loft_deg)
    flights[:, r.IN_BURN], flights[:, r.IN_MISSILE] = burn_s, which
    if not np.isfinite(flights).all():
        raise ValueError("every place, azimuth, loft and cut-off must be a finite number")
    if np.any(np.abs(origin_deg[:, 0]) > 90.0):
        raise ValueError("every latitude must lie between -90 and 90 degrees")
    return flights


def stages_and_cutoff(
    fleet: Fleet, which: Int[Array, " n"], burn_s: Float[Array, " n"]
) -> tuple[Int[Array, " n"], Float[Array, " n"]]:
    """How many stages fire in a burn of so long, and for how long (s) the last of them burns."""
    fired, cutoff = np.ones(len(burn_s), dtype=np.int64), burn_s.copy()
    for m, missile in enumerate(fleet.missiles):
        begins = np.cumsum([0.0, *(s.burn_s for s in missile.stages[:-1])])
        lanes = np.flatnonzero(which == m)
        stage = np.clip(np.searchsorted(begins, burn_s[lanes] - 1e-9), 1, len(begins))
        fired[lanes] = stage
        full = np.array([s.burn_s for s in missile.stages])[stage - 1]
        cutoff[lanes] = np.minimum(burn_s[lanes] - begins[stage - 1], full)
    return fired, cutoff


def burn_of(
    fleet: Fleet,
    which: Int[Array, " n"],
    stages_fired: Int[Array, " n"] | None,
    cutoff_s: Float[Array, " n"] | None,
) -> Float[Array, " n"]:
    """Burn time (s) of all stages together, from how many fire and how long the last of them burns."""
    burn = fleet.burn_s(which)
    for m, missile in enumerate(fleet.missiles):
        lengths = np.array([s.burn_s for s in missile.stages])
        begins = np.cumsum([0.0, *lengths[:-1]])
        lanes = np.flatnonzero(which == m)
        last = np.full(len(lanes), len(lengths)) if stages_fired is None else np.asarray(stages_fired)[lanes]
        if np.any((last < 1) | (last > len(lengths))):
            raise ValueError(
                f"{missile.id} has {len(lengths)} stages; stages_fired must lie between 1 and that"
            )
        if cutoff_s is None:
            burn[lanes] = begins[last - 1] + lengths[last - 1]
        else:
            burn[lanes] = begins[last - 1] + np.clip(np.asarray(cutoff_s)[lanes], 0.0, lengths[last - 1])
    return burn


def inputs_of(flights: Flights) -> tuple[Fleet, Float[Array, "n inputs"]]:
    """The engine's rows that fly a result again."""
    fleet, which = fleet_of(flights.missiles, len(flights))
    burn = burn_of(fleet, which, flights.stages_fired, flights.cutoff_s)
    rows = lane_inputs(which, flights.origin_deg, flights.azimuth_deg, flights.loft_deg, burn)
    rows[:, r.IN_KICK] = flights.kick_rad
    return fleet, rows
