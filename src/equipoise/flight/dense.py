"""One flight as a dense table of states, for files and for anyone's own integrator."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.flight import _rows as r
from equipoise.flight._batch import Conditions, fleet_of, fly_rows
from equipoise.flight._events import ENTRY_M, Stretch, timeline
from equipoise.flight._inputs import burn_of, lane_inputs
from equipoise.flight._kick import solve_kick
from equipoise.flight.earth import WGS84, ecef_to_geodetic
from equipoise.flight.types import Flight, Missile

_HALF_STEPS = 60
_MOST_NODES = 4000
_SAME_S = 1e-6


@dataclass(frozen=True)
class States:
    """A row a state, in ascending time. Inertial axes are the Earth-fixed ones at lift-off."""

    time_s: Float[Array, " n"]
    position_eci_m: Float[Array, "n 3"]
    velocity_eci_m_s: Float[Array, "n 3"]
    position_m: Float[Array, "n 3"]
    """Earth-fixed."""
    lat_deg: Float[Array, " n"]
    lon_deg: Float[Array, " n"]
    altitude_km: Float[Array, " n"]
    speed_km_s: Float[Array, " n"]
    """Relative to the rotating Earth."""
    mass_kg: Float[Array, " n"]
    """Of the stack until cut-off, that row included; of the payload afterwards."""
    phase: tuple[str, ...]
    """rise, stage-1 …, pause, burnout (one row, at cut-off), coast, entry, impact (the last row)."""

    def __len__(self) -> int:
        return len(self.time_s)


def states(missile: Missile, flight: Flight) -> States:
    """Every state that the integrator passed through in a flight that came off.

    Each row is a step's end, never an interpolation, so that another integrator may fly on from any of
    them. From ``burnout`` on the forces are gravity to J2 and drag rho v²/(2 beta), with v relative to the
    rotating air.
    """
    fleet, which = fleet_of((missile,), 1)
    burn = burn_of(fleet, which, np.array([flight.stages_fired]), np.array([flight.cutoff_s]))
    origin = np.array([[flight.origin.lat_deg, flight.origin.lon_deg]])
    rows = lane_inputs(which, origin, np.array([flight.azimuth_deg]), np.array([flight.loft_deg]), burn)
    rows[:, r.IN_KICK] = solve_kick(fleet, rows)[0]
    outs, nodes, kept = fly_rows(
        fleet, rows, conditions=Conditions(half_steps=_HALF_STEPS), node_count=_MOST_NODES
    )
    track = nodes[0, : kept[0]]
    later = np.append(np.diff(track[:, 0]) > _SAME_S, True)
    track = track[later]
    time, x, v = track[:, 0], track[:, 1:4], track[:, 4:7]
    w = WGS84.omega_rad_s
    c, s = np.cos(w * time), np.sin(w * time)
    inertial = v + w * np.stack([-x[:, 1], x[:, 0], np.zeros(len(x))], 1)
    place = np.array([ecef_to_geodetic(*row) for row in x])
    mass, phase = _mass_and_phase(
        missile, timeline(fleet, 0, float(burn[0]), float(outs[0, r.DROP_T])), time, place[:, 2]
    )
    return States(
        time_s=time,
        position_eci_m=_turned(x, c, s),
        velocity_eci_m_s=_turned(inertial, c, s),
        position_m=x,
        lat_deg=np.degrees(place[:, 0]),
        lon_deg=np.degrees(place[:, 1]),
        altitude_km=place[:, 2] / 1e3,
        speed_km_s=np.linalg.norm(v, axis=1) / 1e3,
        mass_kg=mass,
        phase=phase,
    )


def _turned(vectors: Array, c: Array, s: Array) -> Float[Array, "n 3"]:
    """Rotate Earth-fixed vectors by the Earth's turn since lift-off."""
    return np.stack(
        [c * vectors[:, 0] - s * vectors[:, 1], s * vectors[:, 0] + c * vectors[:, 1], vectors[:, 2]], 1
    )


def _mass_and_phase(
    missile: Missile,
    boost: list[Stretch],
    time: Array,
    altitude_m: Array,
) -> tuple[Float[Array, " n"], tuple[str, ...]]:
    """Mass (kg) and phase of each row; a row on the edge of two stretches belongs to the earlier one."""
    cutoff = boost[-1].end_s
    mass, phase = np.full(len(time), float(missile.payload_kg)), []
    top = int(np.argmax(altitude_m))
    for i, t in enumerate(time):
        if t < cutoff - _SAME_S:
            now = next(b for b in boost if t <= b.end_s + _SAME_S)
            mass[i] = now.mass_kg - now.flow_kg_s * (t - now.begin_s)
            phase.append(now.phase)
        elif t <= cutoff + _SAME_S:
            mass[i] = boost[-1].mass_kg - boost[-1].flow_kg_s * (t - boost[-1].begin_s)
            phase.append("burnout")
        else:
            phase.append("entry" if i > top and altitude_m[i] <= ENTRY_M else "coast")
    phase[-1] = "impact"
    return mass, tuple(phase)
