"""Which way to launch so as to meet a place that the turning Earth carries on: first guesses for aiming.

On a sphere without air: the destination is moved east by the Earth's turn during the flight, the Kepler arc
to it starts at the loft, and the Earth's own speed at the launch point is taken off the velocity that the
arc begins with. It errs by two degrees at most, where the bearing on the ground errs by fifty.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.flight import _rows as r
from equipoise.flight._guess import unit
from equipoise.flight.earth import Earth

_RADIUS_M = 6_371_000.0
_ROUNDS = 4
_FASTEST = 1.9
"""Most of the square of the speed in units of mu over radius: 2 is escape."""
_BACKWARD_RAD = np.radians(350.0)


def _axes(flights: Float[Array, "n inputs"]) -> tuple[Array, Array, Array]:
    """Unit vectors up, north and east at each origin, on a sphere."""
    lat, lon = flights[:, r.IN_LAT], flights[:, r.IN_LON]
    north = np.stack([-np.sin(lat) * np.cos(lon), -np.sin(lat) * np.sin(lon), np.cos(lat)], 1)
    east = np.stack([-np.sin(lon), np.cos(lon), np.zeros_like(lon)], 1)
    return unit(lat, lon), north, east


def led_azimuth(
    flights: Float[Array, "n inputs"],
    destination_rad: Float[Array, "n 2"],
    loft_rad: Array | None,
    earth: Earth,
) -> Float[Array, " n"]:
    """Launch azimuth (rad, relative to the turning Earth) to each latitude and longitude, at a loft.

    None for the loft takes the one of least speed, which on a sphere is (π − range)/4. The arc's speed and
    time are those of Wheelon (1959): λ = (1 − cos θ) / (cos γ (cos γ − cos(θ + γ))), Kepler's equation.
    """
    up, north, east = _axes(flights)
    ground_m_s = earth.omega_rad_s * _RADIUS_M * np.cos(flights[:, r.IN_LAT])
    time, azimuth = np.zeros(len(flights)), np.zeros(len(flights))
    for _ in range(_ROUNDS):
        end = unit(destination_rad[:, 0], destination_rad[:, 1] + earth.omega_rad_s * time)
        x, y = (end * east).sum(1), (end * north).sum(1)
        theta = np.arctan2(np.hypot(x, y), (end * up).sum(1))
        bearing = np.arctan2(x, y)
        loft = 0.25 * (np.pi - theta) if loft_rad is None else loft_rad
        c = np.cos(loft)
        speed2 = (1.0 - np.cos(theta)) / np.maximum(c * (c - np.cos(theta + loft)), 1e-9)
        speed2 = np.clip(speed2, 1e-6, _FASTEST)
        esin = np.sin(loft) * np.sqrt(speed2 * (2.0 - speed2))
        anomaly = np.arctan2(esin, speed2 - 1.0)
        semi = _RADIUS_M / (2.0 - speed2)
        time = 2.0 * np.sqrt(semi**3 / earth.mu_m3_s2) * (np.pi - anomaly + esin)
        level = np.sqrt(speed2 * earth.mu_m3_s2 / _RADIUS_M) * c
        azimuth = np.arctan2(level * np.sin(bearing) - ground_m_s, level * np.cos(bearing))
    return np.asarray(azimuth)


def goal_along(flights: Float[Array, "n inputs"], destination_rad: Float[Array, "n 2"]) -> Float[Array, " n"]:
    """Angle (rad) to each destination as ``downrange_rad`` measures it along the launch azimuth."""
    up, north, east = _axes(flights)
    azimuth = flights[:, r.IN_AZIMUTH]
    forward = np.cos(azimuth)[:, None] * north + np.sin(azimuth)[:, None] * east
    end = unit(destination_rad[:, 0], destination_rad[:, 1])
    angle = np.arctan2((end * forward).sum(1), (end * up).sum(1)) % (2.0 * np.pi)
    return np.where(angle > _BACKWARD_RAD, 0.0, angle)
