"""From the engine's rows to the values that other rooms get."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array
from pyproj import Geod

from equipoise.flight import _rows as r
from equipoise.flight._batch import Fleet
from equipoise.flight._inputs import stages_and_cutoff
from equipoise.flight.earth import WGS84
from equipoise.flight.types import Burnout, Event, FailedFlight, Flight, Flights, Missile, Place

GEOD = Geod(ellps="WGS84")

CAUSES = np.array(["", "fell-in-boost", "orbital"])
"""The cause of each status of the engine."""
DETAILS = {
    "fell-in-boost": "it comes down under power {time_s:.1f} s after lift-off; a steeper loft or more thrust "
    "would do",
    "orbital": "at cut-off ({time_s:.1f} s, {altitude_km:.0f} km) it goes too fast to come down again; an "
    "earlier cut-off would do",
    "loft-not-reached": "no kick gives the loft of {loft_deg:.1f} degrees at burnout; a loft nearer "
    "45 degrees would do",
    "loft-out-of-range": "the loft is {loft_deg:g} degrees; it must lie above 0 and below 90",
    "beyond-range": "the destination is {distance_km:.0f} km away, and {reach}",
    "too-near": "the destination is {distance_km:.0f} km away, nearer than the least burn flies at that "
    "loft; a loft well above it would do, or a shorter-ranged missile",
    "same-place": "origin and destination are the same place; choose another destination",
    "near-antipode": "the destination is {distance_km:.0f} km away, almost on the far side of the Earth, "
    "where the search for an azimuth does not settle; a destination some 2000 km nearer would do",
    "no-solution": "the search for azimuth and cut-off did not settle within 100 m; another loft would do",
}
"""What each cause says to a person; the fields are filled in where it is raised."""


def pack(
    fleet: Fleet,
    missiles: tuple[Missile, ...],
    flights: Float[Array, "n inputs"],
    outs: Float[Array, "n outputs"],
    cause: Array,
) -> Flights:
    """The engine's rows as ``Flights``; ``cause`` holds an id for lanes that failed before the engine."""
    cause = np.where(cause == "", CAUSES[outs[:, r.STATUS].astype(int)], cause)
    ok = cause == ""
    which = flights[:, r.IN_MISSILE].astype(np.int64)
    origin = np.degrees(flights[:, [r.IN_LAT, r.IN_LON]])
    impact = np.where(ok[:, None], np.degrees(outs[:, [r.IMPACT_LAT, r.IMPACT_LON]]), origin)
    distance = GEOD.inv(origin[:, 1], origin[:, 0], impact[:, 1], impact[:, 0])[2]
    fired, cutoff = stages_and_cutoff(fleet, which, flights[:, r.IN_BURN])
    speed = np.linalg.norm(outs[:, r.BURNOUT_X + 3 : r.BURNOUT_X + 6], axis=1)

    def shown(column: Array) -> Array:
        return np.where(ok, column, 0.0)

    return Flights(
        missiles=missiles,
        ok=ok,
        cause=cause,
        origin_deg=origin,
        impact_deg=impact,
        azimuth_deg=np.degrees(flights[:, r.IN_AZIMUTH]) % 360.0,
        loft_deg=np.degrees(flights[:, r.IN_LOFT]),
        cutoff_s=cutoff,
        stages_fired=fired,
        kick_rad=flights[:, r.IN_KICK].copy(),
        range_km=shown(np.asarray(distance) / 1e3),
        apogee_km=shown(outs[:, r.APOGEE_H] / 1e3),
        time_s=shown(outs[:, r.IMPACT_T]),
        burnout_s=shown(outs[:, r.BURNOUT_T]),
        burnout_speed_km_s=shown(speed / 1e3),
        burnout_altitude_km=shown(outs[:, r.BURNOUT_H] / 1e3),
        burnout_angle_deg=shown(np.degrees(outs[:, r.ANGLE])),
        in_air=ok & (outs[:, r.IN_AIR] > 0.0),
    )


def failed(
    missile: Missile, cause: str, time_s: float = 0.0, altitude_km: float = 0.0, **fields: object
) -> FailedFlight:
    """A failed flight with its sentence filled in."""
    detail = DETAILS[cause].format(time_s=time_s, altitude_km=altitude_km, **fields)
    return FailedFlight(missile.id, cause, time_s, altitude_km, f"{missile.id}: {detail}.")


def burnout_of(out: Float[Array, " outputs"]) -> Burnout:
    """The burnout of one lane, relative to the Earth and inertial."""
    x = out[r.BURNOUT_X : r.BURNOUT_X + 3]
    v = out[r.BURNOUT_X + 3 : r.BURNOUT_X + 6]
    inertial = v + WGS84.omega_rad_s * np.array([-x[1], x[0], 0.0])
    radius, speed = float(np.linalg.norm(x)), float(np.linalg.norm(inertial))
    return Burnout(
        time_s=float(out[r.BURNOUT_T]),
        speed_km_s=float(np.linalg.norm(v)) / 1e3,
        altitude_km=float(out[r.BURNOUT_H]) / 1e3,
        flight_path_angle_deg=float(np.degrees(out[r.ANGLE])),
        speed_inertial_km_s=speed / 1e3,
        flight_path_angle_inertial_deg=float(np.degrees(np.arcsin(x @ inertial / (radius * speed)))),
    )


def single(
    fleet: Fleet, missile: Missile, flights: Float[Array, "1 inputs"], outs: Float[Array, "1 outputs"],
    events: tuple[Event, ...],
) -> Flight:  # fmt: skip
    """One lane that flew, as a ``Flight``."""
    many = pack(fleet, (missile,), flights, outs, np.array([""]))
    return Flight(
        missile=missile.id,
        origin=Place(*map(float, many.origin_deg[0])),
        impact=Place(*map(float, many.impact_deg[0])),
        range_km=float(many.range_km[0]),
        apogee_km=float(many.apogee_km[0]),
        time_s=float(many.time_s[0]),
        azimuth_deg=float(many.azimuth_deg[0]),
        loft_deg=float(many.loft_deg[0]),
        cutoff_s=float(many.cutoff_s[0]),
        stages_fired=int(many.stages_fired[0]),
        burnout=burnout_of(outs[0]),
        events=events,
        path="in-air" if many.in_air[0] else "scheme",
    )
