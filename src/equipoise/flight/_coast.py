# mypy: disable-error-code="no-any-return"
"""The coast of a chunk: Kepler from the burnout, and Encke's departure from it in steps of eccentric
anomaly.

The reference is the two-body orbit through the state where the coast begins. The departure grows under
[gravity with J2 at reference + departure] − [two-body gravity at the reference], with nothing linearised
(Encke 1854; Battin 1999, section 10.5), and dt = (r / n a) dE, so that the steps are equal where the orbit
is not. The first half runs to the apogee, the second to where the orbit comes down to the air.
"""

from __future__ import annotations

import math

from numba import njit
from numpy import ndarray as Array

from equipoise.flight import _rows as r
from equipoise.flight import earth as ground
from equipoise.flight._boost import advance
from equipoise.flight._forces import gravity, sine_cosine
from equipoise.flight._memory import INLINE, KERNEL, LANES, get, look, put, widest
from equipoise.flight._runge_kutta import RK_A, RK_B, RK_C, STAGES

AIR_M = 120_000.0
"""Where the coast ends and the air begins to matter."""


@njit(**INLINE)
def _reference(b: Array, lane: int, s: float, c: float) -> tuple[float, float, float, float]:
    """Position (m) and radius of the reference at eccentric anomaly turned by (sin, cos) = (s, c).

    Lagrange's f and g in eccentric anomaly (Battin 1999, eq. 4.41).
    """
    semi, ecos = get(b, r.SEMI * LANES + lane), get(b, r.ECOS * LANES + lane)
    esin = get(b, r.ESIN * LANES + lane)
    f = 1.0 - (1.0 - c) * get(b, r.PER_START * LANES + lane)
    g = semi * get(b, r.PACE * LANES + lane) * ((1.0 - ecos) * s + esin * (1.0 - c))
    return (
        f * get(b, r.RX * LANES + lane) + g * get(b, r.SX * LANES + lane),
        f * get(b, r.RY * LANES + lane) + g * get(b, r.SY * LANES + lane),
        f * get(b, r.RZ * LANES + lane) + g * get(b, r.SZ * LANES + lane),
        semi * (1.0 - ecos * c + esin * s),
    )


@njit(**INLINE)
def _lane_reference(b: Array, lane: int, c: float) -> None:
    """First part of a stage: the reference there."""
    ds, dc = sine_cosine(c * get(b, r.TURN_STEP * LANES + lane))
    s0, c0 = get(b, r.SIN0 * LANES + lane), get(b, r.COS0 * LANES + lane)
    x, y, z, radius = _reference(b, lane, s0 * dc + c0 * ds, c0 * dc - s0 * ds)
    put(b, r.REFX * LANES + lane, x)
    put(b, r.REFY * LANES + lane, y)
    put(b, r.REFZ * LANES + lane, z)
    put(b, r.REFR * LANES + lane, radius)


@njit(**INLINE)
def _lane_departure(b: Array, lane: int, earth: Array, a: float, bb: float) -> None:
    """Second part: how the departure from the reference grows."""
    x, y, z = get(b, r.REFX * LANES + lane), get(b, r.REFY * LANES + lane), get(b, r.REFZ * LANES + lane)
    radius = get(b, r.REFR * LANES + lane)
    px, py, pz = (
        x + get(b, r.X * LANES + lane),
        y + get(b, r.Y * LANES + lane),
        z + get(b, r.Z * LANES + lane),
    )
    per_radius = 1.0 / radius
    gx, gy, gz = gravity(earth, px, py, pz, ground.inverse_radius(px, py, pz))
    central = look(earth, ground.MU) * per_radius * per_radius * per_radius
    dt = get(b, r.TURN_STEP * LANES + lane) * radius * get(b, r.PACE * LANES + lane)
    dvx, dvy, dvz = (
        get(b, r.VX * LANES + lane),
        get(b, r.VY * LANES + lane),
        get(b, r.VZ * LANES + lane),
    )
    advance(b, lane, r.X, a, bb, dt * dvx)
    advance(b, lane, r.Y, a, bb, dt * dvy)
    advance(b, lane, r.Z, a, bb, dt * dvz)
    advance(b, lane, r.VX, a, bb, dt * (gx + central * x))
    advance(b, lane, r.VY, a, bb, dt * (gy + central * y))
    advance(b, lane, r.VZ, a, bb, dt * (gz + central * z))


@njit(**KERNEL)
def coast_stage(b: Array, earth: Array, a: float, bb: float, c: float) -> None:
    """One Runge-Kutta stage of all lanes, part by part."""
    widest()
    for lane in range(LANES):
        _lane_reference(b, lane, c)
    for lane in range(LANES):
        _lane_departure(b, lane, earth, a, bb)


@njit(**KERNEL)
def coast_step(b: Array, earth: Array) -> None:
    """One step of eccentric anomaly for all lanes."""
    widest()
    for s in range(STAGES):
        coast_stage(b, earth, RK_A[s], RK_B[s], RK_C[s])
    for lane in range(LANES):
        ds, dc = sine_cosine(get(b, r.TURN_STEP * LANES + lane))
        s0, c0 = get(b, r.SIN0 * LANES + lane), get(b, r.COS0 * LANES + lane)
        put(b, r.SIN0 * LANES + lane, s0 * dc + c0 * ds)
        put(b, r.COS0 * LANES + lane, c0 * dc - s0 * ds)


@njit(**KERNEL)
def orbit_of(
    x: float, y: float, z: float, vx: float, vy: float, vz: float, mu: float
) -> tuple[float, float, float]:
    """Semi-major axis (m, negative where the orbit is open), e cos E and e sin E of an inertial state."""
    radius = math.sqrt(x * x + y * y + z * z)
    semi = 1.0 / (2.0 / radius - (vx * vx + vy * vy + vz * vz) / mu)
    return semi, 1.0 - radius / semi, (x * vx + y * vy + z * vz) / math.sqrt(mu * abs(semi))


@njit(**KERNEL)
def begin_coast(b: Array, lane: int, earth: Array) -> None:
    """Turn a lane's Earth-fixed state into the reference orbit, with no departure."""
    w = earth[ground.OMEGA]
    x, y, z = b[r.X * LANES + lane], b[r.Y * LANES + lane], b[r.Z * LANES + lane]
    vx = b[r.VX * LANES + lane] - w * y
    vy = b[r.VY * LANES + lane] + w * x
    vz = b[r.VZ * LANES + lane]
    semi, ecos, esin = orbit_of(x, y, z, vx, vy, vz, earth[ground.MU])
    values = (x, y, z, vx, vy, vz, semi, ecos, esin)
    for q in range(9):
        b[(r.RX + q) * LANES + lane] = values[q]
    for q in range(6):
        b[q * LANES + lane] = 0.0
    b[r.PER_START * LANES + lane] = 1.0 / (1.0 - ecos)
    b[r.PACE * LANES + lane] = math.sqrt(abs(semi) / earth[ground.MU])
    b[r.SIN0 * LANES + lane] = 0.0
    b[r.COS0 * LANES + lane] = 1.0


@njit(**KERNEL)
def start_anomaly(b: Array, lane: int) -> float:
    """Eccentric anomaly (rad, 0 to pi) where the coast began."""
    return math.atan2(b[r.ESIN * LANES + lane], b[r.ECOS * LANES + lane])


@njit(**KERNEL)
def anomaly_of_descent(b: Array, lane: int, begin: float, earth: Array) -> float:
    """Eccentric anomaly (rad) at which the reference, begun at ``begin``, comes down to the air.

    The top of the air is taken above the ground it passes there, to a kilometre: the entry begins anywhere.
    """
    ecos, esin, semi = b[r.ECOS * LANES + lane], b[r.ESIN * LANES + lane], b[r.SEMI * LANES + lane]
    per_eccentricity = 1.0 / math.sqrt(ecos * ecos + esin * esin)
    cosine = (1.0 - (earth[ground.A] + AIR_M) / semi) * per_eccentricity
    turned = 2.0 * math.pi - math.acos(min(max(cosine, -1.0), 1.0)) - begin
    s, c = math.sin(turned), math.cos(turned)
    f = 1.0 - (1.0 - c) * b[r.PER_START * LANES + lane]
    g = semi * b[r.PACE * LANES + lane] * ((1.0 - ecos) * s + esin * (1.0 - c))
    z = f * b[r.RZ * LANES + lane] + g * b[r.SZ * LANES + lane]
    radius = semi * (1.0 - ecos * c + esin * s)
    ground_m = ground.surface_radius(earth, z * z / (radius * radius))
    cosine = (1.0 - (ground_m + AIR_M) / semi) * per_eccentricity
    return 2.0 * math.pi - math.acos(min(max(cosine, -1.0), 1.0))


@njit(**KERNEL)
def coasted_state(
    b: Array, lane: int, turned: float, earth: Array
) -> tuple[float, float, float, float, float, float, float]:
    """Time since the coast began (s) and the Earth-fixed state, ``turned`` rad of eccentric anomaly on.

    The lane's departure, and its SIN0 and COS0, stand at that anomaly.
    """
    ecos, esin, semi = b[r.ECOS * LANES + lane], b[r.ESIN * LANES + lane], b[r.SEMI * LANES + lane]
    s, c = b[r.SIN0 * LANES + lane], b[r.COS0 * LANES + lane]
    root = semi * b[r.PACE * LANES + lane]
    f = 1.0 - (1.0 - c) / (1.0 - ecos)
    g = root * ((1.0 - ecos) * s + esin * (1.0 - c))
    ratio = 1.0 - ecos * c + esin * s
    f_rate = -s / (root * ratio * (1.0 - ecos))
    g_rate = 1.0 - (1.0 - c) / ratio
    time = root * (turned + esin * (1.0 - c) - ecos * s)
    x = f * b[r.RX * LANES + lane] + g * b[r.SX * LANES + lane] + b[r.X * LANES + lane]
    y = f * b[r.RY * LANES + lane] + g * b[r.SY * LANES + lane] + b[r.Y * LANES + lane]
    z = f * b[r.RZ * LANES + lane] + g * b[r.SZ * LANES + lane] + b[r.Z * LANES + lane]
    vx = f_rate * b[r.RX * LANES + lane] + g_rate * b[r.SX * LANES + lane] + b[r.VX * LANES + lane]
    vy = f_rate * b[r.RY * LANES + lane] + g_rate * b[r.SY * LANES + lane] + b[r.VY * LANES + lane]
    vz = f_rate * b[r.RZ * LANES + lane] + g_rate * b[r.SZ * LANES + lane] + b[r.VZ * LANES + lane]
    w = earth[ground.OMEGA]
    vx, vy = vx + w * y, vy - w * x
    s, c = math.sin(w * time), math.cos(w * time)
    return time, c * x + s * y, c * y - s * x, z, c * vx + s * vy, c * vy - s * vx, vz
