# mypy: disable-error-code="no-any-return"
"""Two-body arcs: the unpowered arc of a stated range and apogee, a coast, and Lambert's problem.

``lambert`` and ``coast`` are compiled scalar functions that other rooms' kernels may call.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from numba import njit

from equipoise.flight._memory import KERNEL
from equipoise.flight.earth import WGS84

SPHERE_M = 6_371_000.0
"""Radius of the spherical Earth that closed-form arcs use."""
MU = WGS84.mu_m3_s2
_MOST_ROUNDS = 60


@dataclass(frozen=True)
class Arc:
    """A symmetric unpowered arc over a sphere that does not turn, from surface to surface."""

    speed_km_s: float
    flight_path_angle_deg: float
    semi_major_axis_km: float
    eccentricity: float
    time_s: float


def arc_between(range_km: float, apogee_km: float, radius_km: float = SPHERE_M / 1e3) -> Arc:
    """The arc whose ends lie ``range_km`` apart on the ground and whose top is ``apogee_km`` above it.

    With half-angle φ, r = radius and Q = radius + apogee at the top: e = (Q − r)/(Q − r cos φ) from the
    conic's equation at apogee and at the ends, and the speed at the ends follows from vis-viva (Bate,
    Mueller and White 1971, section 6.2). ValueError unless both lengths are positive and the range is below
    half the way round.
    """
    half = 0.5 * range_km / radius_km
    if not (apogee_km > 0.0 and 0.0 < half < 0.5 * math.pi):
        raise ValueError(
            f"range {range_km:g} km and apogee {apogee_km:g} km make no arc: both must be above 0 and the "
            f"range below {math.pi * radius_km:.0f} km"
        )
    r, top = radius_km * 1e3, (radius_km + apogee_km) * 1e3
    eccentricity = (top - r) / (top - r * math.cos(half))
    semi = top / (1.0 + eccentricity)
    speed = math.sqrt(MU * (2.0 / r - 1.0 / semi))
    momentum = math.sqrt(MU * semi * (1.0 - eccentricity**2))
    angle = math.acos(min(momentum / (r * speed), 1.0))
    anomaly = math.acos(max(-1.0, min((1.0 - r / semi) / eccentricity, 1.0)))
    mean = anomaly - eccentricity * math.sin(anomaly)
    time = 2.0 * (math.pi - mean) * math.sqrt(semi**3 / MU)
    return Arc(speed / 1e3, math.degrees(angle), semi / 1e3, eccentricity, time)


@njit(**KERNEL)
def _stumpff(psi: float) -> tuple[float, float]:
    """The functions c2 and c3 of universal variables (Vallado 2013, algorithm 1)."""
    if psi > 1e-6:
        root = math.sqrt(psi)
        return (1.0 - math.cos(root)) / psi, (root - math.sin(root)) / (psi * root)
    if psi < -1e-6:
        root = math.sqrt(-psi)
        return (1.0 - math.cosh(root)) / psi, (math.sinh(root) - root) / (-psi * root)
    return 0.5 - psi / 24.0, 1.0 / 6.0 - psi / 120.0


@njit(**KERNEL)
def _time_of(chi: float, alpha: float, radius: float, radial: float) -> tuple[float, float]:
    """√mu times the time at universal anomaly ``chi``, and its slope, the radius there (Vallado 2013, alg.
    8).
    """
    psi = chi * chi * alpha
    c2, c3 = _stumpff(psi)
    now = chi * chi * c2 + radial * chi * (1.0 - psi * c3) + radius * (1.0 - psi * c2)
    return chi**3 * c3 + radial * chi * chi * c2 + radius * chi * (1.0 - psi * c3), now


@njit(**KERNEL)
def _universal_anomaly(goal: float, alpha: float, radius: float, radial: float) -> float:
    """The universal anomaly at √mu times a time ≥ 0: Newton inside a bracket, as time only grows with it."""
    low, high = 0.0, max(goal / radius, 1.0)
    for _ in range(_MOST_ROUNDS):
        if _time_of(high, alpha, radius, radial)[0] >= goal:
            break
        low, high = high, 2.0 * high
    chi = 0.5 * (low + high)
    for _ in range(_MOST_ROUNDS):
        flown, slope = _time_of(chi, alpha, radius, radial)
        if flown < goal:
            low = chi
        else:
            high = chi
        trial = chi - (flown - goal) / slope
        trial = trial if low < trial < high else 0.5 * (low + high)
        if abs(trial - chi) < 1e-13 * high:
            return trial
        chi = trial
    return chi


@njit(**KERNEL)
def coast(
    x: float, y: float, z: float, vx: float, vy: float, vz: float, time_s: float
) -> tuple[float, float, float, float, float, float]:
    """Two-body state (m, m/s, inertial) a time ≥ 0 after another, by universal variables (Vallado 2013,
    alg. 8).
    """
    radius = math.sqrt(x * x + y * y + z * z)
    root = math.sqrt(MU)
    radial = (x * vx + y * vy + z * vz) / root
    alpha = 2.0 / radius - (vx * vx + vy * vy + vz * vz) / MU
    chi = _universal_anomaly(root * time_s, alpha, radius, radial)
    psi = chi * chi * alpha
    c2, c3 = _stumpff(psi)
    f = 1.0 - chi * chi * c2 / radius
    g = time_s - chi**3 * c3 / root
    nx, ny, nz = f * x + g * vx, f * y + g * vy, f * z + g * vz
    now = math.sqrt(nx * nx + ny * ny + nz * nz)
    f_rate = root * chi * (psi * c3 - 1.0) / (now * radius)
    g_rate = 1.0 - chi * chi * c2 / now
    return nx, ny, nz, f_rate * x + g_rate * vx, f_rate * y + g_rate * vy, f_rate * z + g_rate * vz


@njit(**KERNEL)
def lambert(
    x1: float, y1: float, z1: float, x2: float, y2: float, z2: float, time_s: float
) -> tuple[float, float, float, bool]:
    """Inertial velocity (m/s) that goes the short way from one position (m) to another in a given time.

    Universal variables with bisection in ψ (Vallado 2013, algorithm 58), less than one turn. The last value
    is false, and the velocity zero, where there is no such arc: no time, or positions opposite each other.
    """
    r1, r2 = math.sqrt(x1 * x1 + y1 * y1 + z1 * z1), math.sqrt(x2 * x2 + y2 * y2 + z2 * z2)
    if r1 <= 0.0 or r2 <= 0.0 or time_s <= 0.0:
        return 0.0, 0.0, 0.0, False
    cosine = (x1 * x2 + y1 * y2 + z1 * z2) / (r1 * r2)
    a = math.sqrt(max(r1 * r2 * (1.0 + cosine), 0.0))
    if a < 1e-6 * math.sqrt(r1 * r2):
        return 0.0, 0.0, 0.0, False
    root = math.sqrt(MU)
    low, high = -4.0 * math.pi**2 * 16.0, 4.0 * math.pi**2
    y = 0.0
    for _ in range(_MOST_ROUNDS):
        psi = 0.5 * (low + high)
        c2, c3 = _stumpff(psi)
        y = r1 + r2 + a * (psi * c3 - 1.0) / math.sqrt(c2)
        flown = -1.0
        if y > 0.0:
            flown = ((y / c2) ** 1.5 * c3 + a * math.sqrt(y)) / root
        if flown <= time_s:
            low = psi
        else:
            high = psi
        if high - low < 1e-12 * max(1.0, abs(psi)):
            break
    if y <= 0.0:
        return 0.0, 0.0, 0.0, False
    f, g = 1.0 - y / r1, a * math.sqrt(y / MU)
    return (x2 - f * x1) / g, (y2 - f * y1) / g, (z2 - f * z1) / g, True
