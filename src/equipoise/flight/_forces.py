# mypy: disable-error-code="no-any-return"
"""The forces, written once: the lane kernels, the time-stepped path and dense output all call these.

Each is inlined into its caller, so that the loop over lanes stays one loop. Positions and velocities are
Earth-fixed (rotating) unless a name says ``inertial``; SI throughout.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy import ndarray as Array

from equipoise.flight import earth as ground
from equipoise.flight._memory import INLINE, look
from equipoise.flight.air import ROWS, STEP_M

_PER_STEP = 1.0 / STEP_M
_LAST = float(ROWS) - 1.001
DRAG_ROWS = 1024
"""Entries of one drag table on its uniform Mach grid."""
_DRAG_LAST = float(DRAG_ROWS) - 1.001
_MU, _J2, _A, _OMEGA, _AIR = ground.MU, ground.J2, ground.A, ground.OMEGA, ground.AIR


@njit(**INLINE)
def reciprocals(a: float, b: float, c: float) -> tuple[float, float, float]:
    """1/a, 1/b and 1/c by one division: divisions and roots are what the kernels' time goes into."""
    ab = a * b
    one = 1.0 / (ab * c)
    with_c = one * c
    return with_c * b, with_c * a, one * ab


@njit(**INLINE)
def density(air: Array, height: float) -> float:
    """Density (kg/m³); the clamp also turns a NaN height into the ground."""
    s = height * _PER_STEP
    s = s if s > 0.0 else 0.0
    s = s if s < _LAST else _LAST
    i = np.int64(s)
    rho = look(air, i)
    return rho + (s - i) * (look(air, i + 1) - rho)


@njit(**INLINE)
def sound_speed(air: Array, height: float) -> float:
    """Speed of sound (m/s), with the same clamp."""
    s = height * _PER_STEP
    s = s if s > 0.0 else 0.0
    s = s if s < _LAST else _LAST
    i = np.int64(s)
    sound = look(air, ROWS + i)
    return sound + (s - i) * (look(air, ROWS + i + 1) - sound)


@njit(**INLINE)
def drag_coefficient(drag: Array, start: float, per_mach: float, mach: float) -> float:
    """Zero-lift drag coefficient from the table that begins at ``start``: linear between, level beyond the
    end.
    """
    s = mach * per_mach
    s = s if s < _DRAG_LAST else _DRAG_LAST
    s = s if s > 0.0 else 0.0
    i = np.int64(s)
    f = s - i
    j = np.int64(start) + i
    low = look(drag, j)
    return low + f * (look(drag, j + 1) - low)


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
    earth: Array,
    air: Array,
    drag: Array,
    flight: tuple[float, float, float],
    engine: tuple[float, float, float],
    body: tuple[float, float, float],
) -> tuple[float, float, float]:
    """Thrust per mass (m/s²), drag per mass and speed (1/s), and one over the third number of ``flight``.

    ``flight``: height (m), speed (m/s), and a speed that the caller divides by. ``engine``: vacuum thrust
    (N), nozzle exit area (m²), mass (kg). ``body``: half the reference area (m²), where the drag table
    starts, its entries per unit of Mach.
    """
    height, speed, divisor = flight
    rho, sound = density(air, height) * look(earth, _AIR), sound_speed(air, height)
    inverse_mass, inverse_sound, inverse_divisor = reciprocals(engine[2], sound, divisor)
    cd = drag_coefficient(drag, body[1], body[2], speed * inverse_sound)
    pressure = rho * sound * sound * (1.0 / 1.4)
    thrust = (engine[0] - pressure * engine[1]) * inverse_mass
    return thrust, rho * speed * cd * body[0] * inverse_mass, inverse_divisor


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
    return hx, hy, hz, math.sqrt(hx * hx + hy * hy + hz * hz + 1e-12)
