"""Which way a flight may have gone, where nobody announced it.

A test is flown over sea or over its owner's own land: a direction is allowed where the flight would come down
in one of the two. A steep flight comes down well west of where it was thrown, since the Earth turns under it
(1,000 km at an apogee of 6,700): that is reckoned with. An announced azimuth or landing place takes the place
of all this.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array
from pyproj import Geod

from equipoise.scenario import countries, inside, is_sea
from equipoise.threats import arcs
from equipoise.threats.types import HALF_WIDTH_SDS, Observation

STEP_DEG = 5.0
LANDING_SD_DEG = 0.5
"""Of the azimuth to a stated landing place."""
_GEOD = Geod(ellps="WGS84")


def draw_azimuths(
    observation: Observation,
    range_km: float | None,
    apogee_km: float | None,
    rng: np.random.Generator,
    count: int,
) -> Float[Array, " n"]:
    """Azimuths (degrees, clockwise from true north) that the flight may have been launched in.

    ``range_km`` None: nothing is known of where it came down, and all directions are alike.
    """
    return azimuth_at(allowed(observation, range_km, apogee_km), rng.random(count), observation)


def azimuth_at(
    sectors: Float[Array, " k"], share: Float[Array, " n"], observation: Observation
) -> Float[Array, " n"]:
    """The azimuths that stand at given shares (0 to 1) of what is allowed; normal about a stated one."""
    from scipy.special import ndtri

    stated = _stated(observation)
    if stated is not None:
        azimuth, sd = stated
        spread: Array = ndtri(np.clip(share, 1e-12, 1.0 - 1e-12))
        return np.asarray(np.mod(azimuth + sd * spread, 360.0))
    place = np.clip(share, 0.0, 1.0 - 1e-12) * len(sectors)
    index = place.astype(np.int64)
    return np.asarray(np.mod(sectors[index] + (place - index - 0.5) * STEP_DEG, 360.0))


def allowed(observation: Observation, range_km: float | None, apogee_km: float | None) -> Float[Array, " k"]:
    """Middles (degrees) of the sectors, ``STEP_DEG`` wide, in which the flight may have been launched.

    ``apogee_km`` None: it went no higher than usual, and comes down where it was thrown.
    """
    every = np.arange(0.0, 360.0, STEP_DEG)
    if range_km is None or observation.landing_deg is not None or observation.azimuth_deg is not None:
        return every
    lat, lon = observation.launch_deg
    n = len(every)
    far, high = np.full(n, range_km), np.full(n, apogee_km or 0.0)
    throw, nearest, bearing = arcs.thrown_km(far, high, every, lat)
    end_lon, end_lat, _ = _GEOD.fwd(np.full(n, lon), np.full(n, lat), bearing, far * 1e3)
    end_lat, end_lon = np.asarray(end_lat), np.asarray(end_lon)
    fits = is_sea(end_lat, end_lon)
    home = country_of(lat, lon)
    if home is not None:
        fits = fits | inside(home, end_lat, end_lon)
    fits = fits & (throw > nearest)
    return every[fits] if fits.any() else every


def country_of(lat_deg: float, lon_deg: float) -> str | None:
    """The country on whose land a place lies; None at sea."""
    lat, lon = np.array([lat_deg]), np.array([lon_deg])
    if is_sea(lat, lon)[0]:
        return None
    return next((code for code in countries() if inside(code, lat, lon)[0]), None)


def places_apart(observation: Observation) -> str | None:
    """What is said where the announced range is not the distance to the stated landing place; else None.

    A range that fits when it is read in miles is said to look like them.
    """
    if observation.landing_deg is None or observation.range_km is None:
        return None
    lat, lon = observation.launch_deg
    end_lat, end_lon = observation.landing_deg
    apart_km = float(_GEOD.inv(lon, lat, end_lon, end_lat)[2]) / 1e3
    said, slack = observation.range_km.value, max(observation.range_km.half, 0.01 * apart_km)
    if abs(said - apart_km) <= slack:
        return None
    told = f"range_km: launch and landing place lie {apart_km:,.0f} km apart"
    for unit, km in (("miles", 1.609344), ("nautical miles", 1.852)):
        if abs(said * km - apart_km) <= slack:
            return f"{told}; {said:,.0f} looks like {unit}"
    return f"{told}, and {said:,.0f} km was announced"


def _stated(observation: Observation) -> tuple[float, float] | None:
    """(azimuth, standard deviation) where it follows from what was announced."""
    if observation.azimuth_deg is not None:
        return observation.azimuth_deg.value, observation.azimuth_deg.half / HALF_WIDTH_SDS
    if observation.landing_deg is not None:
        lat, lon = observation.launch_deg
        end_lat, end_lon = observation.landing_deg
        return float(_GEOD.inv(lon, lat, end_lon, end_lat)[0]) % 360.0, LANDING_SD_DEG
    return None
