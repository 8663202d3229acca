"""Closed forms on a sphere that does not turn and has no air: first guesses, and a check on the rest.

Radius 6371.0 km. Everything that an answer rests on is flown afterwards with rotation, J2 and air.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.flight import WGS84

RADIUS_M = 6_371_000.0
MU = WGS84.mu_m3_s2


def speed_and_angle(
    range_km: Float[Array, " n"], apogee_km: Float[Array, " n"]
) -> tuple[Float[Array, " n"], Float[Array, " n"]]:
    """Speed (km/s) and flight-path angle (degrees) at the ground of the arc of a range and an apogee.

    With half-angle φ, r the radius and Q = r + apogee: e = (Q − r)/(Q − r cos φ), the semi-latus rectum
    p = r (1 − e cos φ), and vis-viva (Bate, Mueller and White 1971, section 6.2 and eq. 1.6-3).
    """
    half = np.minimum(0.5e3 * np.asarray(range_km) / RADIUS_M, 0.5 * np.pi)
    top = RADIUS_M + np.asarray(apogee_km) * 1e3
    eccentricity = (top - RADIUS_M) / (top - RADIUS_M * np.cos(half))
    semi = top / (1.0 + eccentricity)
    speed = np.sqrt(MU * (2.0 / RADIUS_M - 1.0 / semi))
    momentum = np.sqrt(MU * semi * (1.0 - eccentricity**2))
    return speed / 1e3, np.degrees(np.arccos(np.minimum(momentum / (RADIUS_M * speed), 1.0)))


def apogee_at_angle(range_km: Float[Array, " n"], angle_deg: Float[Array, " n"]) -> Float[Array, " n"]:
    """Apogee (km) of the arc of a range that leaves the ground at an angle.

    With half the range φ and Q = v² r/μ: tan φ = Q sin γ cos γ / (1 − Q cos² γ), solved for Q (the
    free-flight range equation, Bate, Mueller and White 1971, section 6.2); then e² = 1 + Q (Q − 2) cos² γ.
    """
    tangent = np.tan(0.5e3 * np.asarray(range_km) / RADIUS_M)
    s, c = np.sin(np.radians(angle_deg)), np.cos(np.radians(angle_deg))
    q = tangent / (s * c + tangent * c * c)
    eccentricity = np.sqrt(np.maximum(1.0 + q * (q - 2.0) * c * c, 0.0))
    semi = RADIUS_M / (2.0 - q)
    return np.asarray(semi * (1.0 + eccentricity) - RADIUS_M) / 1e3


def longest_km(speed_km_s: Float[Array, " n"]) -> Float[Array, " n"]:
    """Longest range (km) from the ground of a speed: sin(Ψ/2) = Q/(2 − Q) (Bate, Mueller and White 1971,
    eq. 6.2-22); half the way round where Q is 1 or more.
    """
    q = (np.asarray(speed_km_s) * 1e3) ** 2 * RADIUS_M / MU
    sine = np.minimum(q / np.maximum(2.0 - q, 1e-9), 1.0)
    return np.asarray(2.0 * np.arcsin(np.where(q >= 1.0, 1.0, sine)) * RADIUS_M) / 1e3


def arc_time_s(range_km: Float[Array, " n"], apogee_km: Float[Array, " n"]) -> Float[Array, " n"]:
    """Time (s) from ground to ground of the arc of a range and an apogee, by Kepler's equation (Bate, Mueller
    and White 1971, eq. 6.2-27).
    """
    speed, angle = speed_and_angle(range_km, apogee_km)
    semi = 1.0 / (2.0 / RADIUS_M - (speed * 1e3) ** 2 / MU)
    cosine = np.cos(np.radians(angle))
    momentum2 = (RADIUS_M * speed * 1e3 * cosine) ** 2
    eccentricity = np.sqrt(np.maximum(1.0 - momentum2 / (MU * semi), 0.0))
    anomaly = np.arccos(np.clip((1.0 - RADIUS_M / semi) / eccentricity, -1.0, 1.0))
    return np.asarray(2.0 * (np.pi - anomaly + eccentricity * np.sin(anomaly)) * np.sqrt(semi**3 / MU))


def drift_km(apogee_km: Float[Array, " n"], lat_deg: float) -> Float[Array, " n"]:
    """How far west of its start what goes straight up over the turning Earth comes down.

    Going up it keeps the start's momentum, so that it turns about the axis more slowly than the ground does:
    ω cos(lat) ∫ (r0 − r0³/r²) dt over the vertical arc, in closed form with r = Q cos² ψ, Q = r0 + apogee.
    """
    top = RADIUS_M + np.asarray(apogee_km) * 1e3
    psi = np.arccos(np.sqrt(RADIUS_M / top))
    scale = 4.0 * top**1.5 / np.sqrt(2.0 * MU)
    time_s = scale * (0.5 * psi + 0.25 * np.sin(2.0 * psi))
    slowed_s = scale * (RADIUS_M / top) ** 2 * np.tan(psi)
    turning = WGS84.omega_rad_s * np.cos(np.radians(lat_deg))
    return np.asarray(turning * RADIUS_M * (time_s - slowed_s)) / 1e3


def thrown_km(
    range_km: Float[Array, " n"],
    apogee_km: Float[Array, " n"],
    azimuth_deg: Float[Array, " n"],
    lat_deg: float,
) -> tuple[Float[Array, " n"], Float[Array, " n"], Float[Array, " n"]]:
    """How far a flight is thrown along its azimuth to come down at a range, the Earth turning under it; the
    throw that comes down nearest; and the bearing (degrees) of where it comes down.

    A throw x along azimuth A lands (x sin A − d, x cos A) to the east and north, d being the drift: the range
    is least at x = d sin A, and the flight beyond it is the one that is meant. Where no throw along that
    azimuth comes down so near, all three are those of the nearest.
    """
    drift = drift_km(apogee_km, lat_deg)
    east, north = np.sin(np.radians(azimuth_deg)), np.cos(np.radians(azimuth_deg))
    nearest = np.maximum(drift * east, 0.0)
    left = np.asarray(range_km) ** 2 - (drift * north) ** 2
    throw = np.maximum(drift * east + np.sqrt(np.maximum(left, 0.0)), nearest)
    bearing = np.degrees(np.arctan2(throw * east - drift, throw * north)) % 360.0
    return throw, nearest, bearing
