# mypy: disable-error-code="no-any-return"
"""The Earth as a run-time value, and the geometry of its ellipsoid.

Every constant reaches the kernels as an argument, so that a test can switch rotation, J2, flattening or air
off without compiling anything again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from numba import njit
from numpy import ndarray as Array

from equipoise.flight._memory import INLINE, KERNEL, look
from equipoise.flight._roots import inverse_root

STANDARD_GRAVITY_M_S2 = 9.80665
"""Turns specific impulse in seconds into speed (CGPM 1901)."""

A, E2, MU, J2, OMEGA, AIR, C1, C2, C3 = range(9)
"""Places in the array that ``Earth.array`` gives."""


@dataclass(frozen=True)
class Earth:
    """An ellipsoid of revolution with gravity to J2, turning, with or without air.

    The defaults are WGS84 (NIMA TR8350.2, 2000, tables 3.1 to 3.3); J2 follows from its C̄20 times −√5.
    """

    radius_m: float = 6378137.0
    flattening: float = 1.0 / 298.257223563
    mu_m3_s2: float = 3.986004418e14
    j2: float = 1.082629821e-3
    omega_rad_s: float = 7.292115e-5
    air: float = 1.0
    """Factor on the density of the air: 1, or 0 for none."""

    def array(self) -> Float[Array, " 9"]:
        """The constants as the kernels take them.

        The last three are the series of the ellipsoid's radius: with u = sin² of the geocentric latitude and
        k = e²/(1 − e²), R(u) = a (1 + k u)^(−1/2), to u³: exact to 0.01 m on the surface.
        """
        e2 = self.flattening * (2.0 - self.flattening)
        k = e2 / (1.0 - e2)
        series = (-k / 2.0, 3.0 * k * k / 8.0, -5.0 * k**3 / 16.0)
        return np.array([self.radius_m, e2, self.mu_m3_s2, self.j2, self.omega_rad_s, self.air, *series])


WGS84 = Earth()
WGS84_ARRAY = WGS84.array()


@njit(**INLINE)
def surface_radius(earth: Array, u: float) -> float:
    """Geocentric radius of the ellipsoid (m) where u is sin² of the geocentric latitude."""
    return look(earth, A) * (1.0 + u * (look(earth, C1) + u * (look(earth, C2) + u * look(earth, C3))))


@njit(**INLINE)
def inverse_radius(x: float, y: float, z: float) -> float:
    """One over the distance from the Earth's centre (1/m)."""
    return inverse_root(x * x + y * y + z * z)


@njit(**INLINE)
def height_with(earth: Array, x: float, y: float, z: float, inverse: float) -> float:
    """``altitude`` where one over the radius is already known: the kernels divide as seldom as they can."""
    sine = z * inverse
    return (x * x + y * y + z * z) * inverse - surface_radius(earth, sine * sine)


@njit(**INLINE)
def altitude(earth: Array, x: float, y: float, z: float) -> float:
    """Height above the ellipsoid (m) along the radius: exact on the ground, within 1 m at 200 km."""
    return height_with(earth, x, y, z, inverse_radius(x, y, z))


@njit(**KERNEL)
def geodetic_to_ecef(lat_rad: float, lon_rad: float, altitude_m: float) -> tuple[float, float, float]:
    """Earth-fixed WGS84 position (m) of a geodetic latitude, longitude (rad) and height (m)."""
    e2 = 6.69437999014e-3
    s = math.sin(lat_rad)
    n = 6378137.0 / math.sqrt(1.0 - e2 * s * s)
    horizontal = (n + altitude_m) * math.cos(lat_rad)
    return (
        horizontal * math.cos(lon_rad),
        horizontal * math.sin(lon_rad),
        (n * (1.0 - e2) + altitude_m) * s,
    )


@njit(**KERNEL)
def ecef_to_geodetic(x: float, y: float, z: float) -> tuple[float, float, float]:
    """Geodetic latitude, longitude (rad) and height (m) of an Earth-fixed WGS84 position.

    Bowring 1976's closed form followed by one more pass: below 1e-9 m up to 10,000 km.
    """
    a, e2 = 6378137.0, 6.69437999014e-3
    b = a * math.sqrt(1.0 - e2)
    p = math.sqrt(x * x + y * y)
    beta = math.atan2(a * z, b * p)
    lat = 0.0
    for _ in range(3):
        lat = math.atan2(z + e2 / (1.0 - e2) * b * math.sin(beta) ** 3, p - e2 * a * math.cos(beta) ** 3)
        beta = math.atan2(math.sqrt(1.0 - e2) * math.sin(lat), math.cos(lat))
    s, c = math.sin(lat), math.cos(lat)
    h = p * c + z * s - a * math.sqrt(1.0 - e2 * s * s)
    return lat, math.atan2(y, x), h


@njit(**KERNEL)
def ecef_altitude(x: float, y: float, z: float) -> float:
    """Geodetic height (m) above WGS84 of an Earth-fixed position."""
    return ecef_to_geodetic(x, y, z)[2]
