# mypy: disable-error-code="no-any-return"
"""The forces, written once: the lane kernels, the time-stepped path and dense output all call these.

Each is inlined into its caller, so that the loop over lanes stays one loop. Positions and velocities are
Earth-fixed (rotating) unless a name says ``inertial``; SI throughout.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy import ndarray as Array

from equipoise.flight import earth as ground
from equipoise.flight._memory import INLINE, clamped, look, look_pair
from equipoise.flight._roots import inverse_root
from equipoise.flight.air import ROWS, STEP_M

_PER_STEP = 1.0 / STEP_M
_LAST = float(ROWS) - 1.001
DRAG_ROWS = 1024
"""Entries of one drag table on its uniform Mach grid."""
_DRAG_LAST = float(DRAG_ROWS) - 1.001
_MU, _J2, _A, _OMEGA, _AIR = ground.MU, ground.J2, ground.A, ground.OMEGA, ground.AIR


@njit(**INLINE)
def _air_place(height: float) -> tuple[np.int64, float]:
    """The interval of the table of the air that holds a height, and the share of it; NaN is the ground."""
    s = clamped(height * _PER_STEP, 0.0, _LAST)
    i = np.int64(s)
    return i, s - i


@njit(**INLINE)
def density(air: Array, height: float) -> float:
    """Density (kg/m³)."""
    i, share = _air_place(height)
    rho, change = look_pair(air, 2 * i)
    return rho + share * change


@njit(**INLINE)
def sound_speed(air: Array, height: float) -> float:
    """Speed of sound (m/s)."""
    i, share = _air_place(height)
    sound, change = look_pair(air, 2 * i + 1)
    return sound + share * change


@njit(**INLINE)
def drag_coefficient(drag: Array, start: float, per_mach: float, mach: float) -> float:
    """Zero-lift drag coefficient from the table that begins at ``start``: linear between, level beyond the
    end.
    """
    s = clamped(mach * per_mach, 0.0, _DRAG_LAST)
    i = np.int64(s)
    cd, change = look_pair(drag, np.int64(start) + i)
    return cd + (s - i) * change


@njit(**INLINE)
def gravity(earth: Array, x: float, y: float, z: float, inverse: float) -> tuple[float, float, float]:
    """Acceleration of gravity with J2 (m/s²), in any frame whose z is the Earth's axis (Vallado 2013, eq.
    8-28).

    ``inverse`` is one over the radius (1/m).
    """
    inverse2 = inverse * inverse
    pull = -look(earth, _MU) * inverse2 * inverse
    flat = 1.5 * look(earth, _J2) * look(earth, _A) * look(earth, _A) * inverse2
    u5 = 5.0 * z * z * inverse2
    plane = pull * (1.0 + flat * (1.0 - u5))
    return plane * x, plane * y, pull * (1.0 + flat * (3.0 - u5)) * z


@njit(**INLINE)
def unpowered(
    earth: Array,
    place: tuple[float, float, float],
    velocity: tuple[float, float, float],
    inverse: float,
    drag: float,
) -> tuple[float, float, float]:
    """Acceleration in the rotating frame (m/s²): gravity, Coriolis, centrifugal, and −drag · v (drag in
    1/s).
    """
    x, y, z = place
    vx, vy, vz = velocity
    gx, gy, gz = gravity(earth, x, y, z, inverse)
    w = look(earth, _OMEGA)
    return (
        gx + w * (2.0 * vy + w * x) - drag * vx,
        gy - w * (2.0 * vx - w * y) - drag * vy,
        gz - drag * vz,
    )


@njit(**INLINE)
def push(
    drag: Array,
    here: tuple[float, float, float],
    engine: tuple[float, float, float],
    body: tuple[float, float, float],
) -> tuple[float, float]:
    """Thrust per mass (m/s²), and drag per mass and speed (1/s).

    ``here``: density of the air (kg/m³), its speed of sound (m/s), speed through it (m/s). ``engine``:
    vacuum thrust (N), nozzle exit area (m²), mass (kg). ``body``: half the reference area (m²), where the
    drag table starts, its entries per unit of Mach.
    """
    rho, sound, speed = here
    inverse = 1.0 / (engine[2] * sound)  # one division serves both
    inverse_mass, inverse_sound = inverse * sound, inverse * engine[2]
    cd = drag_coefficient(drag, body[1], body[2], speed * inverse_sound)
    pressure = rho * sound * sound * (1.0 / 1.4)
    thrust = (engine[0] - pressure * engine[1]) * inverse_mass
    return thrust, rho * speed * cd * body[0] * inverse_mass


@njit(**INLINE)
def height_rate(
    earth: Array, place: tuple[float, float, float], velocity: tuple[float, float, float], inverse: float
) -> float:
    """Rate of the height above the ellipsoid (m/s): radial speed less the change of the surface below."""
    x, y, z = place
    vx, vy, vz = velocity
    climb = (x * vx + y * vy + z * vz) * inverse
    sine = z * inverse
    u = sine * sine
    change = 2.0 * (sine * vz - u * climb) * inverse
    c1, c2, c3 = look(earth, ground.C1), look(earth, ground.C2), look(earth, ground.C3)
    slope = look(earth, _A) * (c1 + u * (2.0 * c2 + u * 3.0 * c3))
    return climb - slope * change


@njit(**INLINE)
def sine_cosine(angle: float) -> tuple[float, float]:
    """sin and cos by their series, within 1e-9 for |angle| ≤ π/2 (a library call would stay scalar)."""
    q = angle * angle
    s = 1.0 - q / 156.0
    s = 1.0 - q / 110.0 * s
    s = 1.0 - q / 72.0 * s
    s = 1.0 - q / 42.0 * s
    s = 1.0 - q / 20.0 * s
    s = angle * (1.0 - q / 6.0 * s)
    c = 1.0 - q / 182.0
    c = 1.0 - q / 132.0 * c
    c = 1.0 - q / 90.0 * c
    c = 1.0 - q / 56.0 * c
    c = 1.0 - q / 30.0 * c
    c = 1.0 - q / 12.0 * c
    return s, 1.0 - q / 2.0 * c


@njit(**INLINE)
def split_velocity(
    place: tuple[float, float, float], velocity: tuple[float, float, float], inverse: float
) -> tuple[float, float, float, float]:
    """The velocity's part along the local horizontal (m/s, geocentric), and its size, never quite zero."""
    x, y, z = place
    vx, vy, vz = velocity
    climb = (vx * x + vy * y + vz * z) * inverse * inverse
    hx, hy, hz = vx - climb * x, vy - climb * y, vz - climb * z
    return hx, hy, hz, inverse_root(hx * hx + hy * hy + hz * hz + 1e-12)
