"""Closed forms on the still sphere, against each other and against the falls that the answers rest on."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipoise.flight import Conditions, Cutoffs, Earth, arc_between, fall_many
from equipoise.threats.arcs import apogee_at_angle, arc_time_s, longest_km, speed_and_angle

SPHERE = Earth(radius_m=6_371_000.0, flattening=0.0, j2=0.0, omega_rad_s=0.0, air=0.0)


@given(st.floats(200.0, 12_000.0), st.floats(50.0, 9_000.0))
def test_an_arc_of_a_range_and_apogee_is_the_engine_s_own(range_km: float, apogee_km: float) -> None:
    arc = arc_between(range_km, apogee_km)
    speed, angle = speed_and_angle(np.array([range_km]), np.array([apogee_km]))
    assert speed[0] == pytest.approx(arc.speed_km_s, rel=1e-9)
    assert angle[0] == pytest.approx(arc.flight_path_angle_deg, rel=1e-6)
    assert arc_time_s(np.array([range_km]), np.array([apogee_km]))[0] == pytest.approx(arc.time_s, rel=1e-6)
    assert apogee_at_angle(np.array([range_km]), angle)[0] == pytest.approx(apogee_km, rel=1e-5)


@given(st.floats(2.0, 7.5))
def test_the_longest_range_is_the_longest_over_angles(speed: float) -> None:
    """Bate, Mueller and White 1971, eq. 6.2-22, against a search over their free-flight range."""
    q = (speed * 1e3) ** 2 * 6_371_000.0 / 3.986004418e14
    angle = np.radians(np.linspace(0.5, 60.0, 4000))
    range_rad = 2.0 * np.arctan2(q * np.sin(angle) * np.cos(angle), 1.0 - q * np.cos(angle) ** 2)
    assert longest_km(np.array([speed]))[0] == pytest.approx(range_rad.max() * 6371.0, rel=1e-4)


def test_a_fall_on_the_still_sphere_is_the_closed_form() -> None:
    """From 150 km up, so that the engine's fast path flies it; half of the arc below is by Kepler."""
    speed, angle, height = 6.0, 55.0, 150.0
    one = np.ones(1)
    fall = fall_many(
        Cutoffs(0 * one, 0 * one, height * one, speed * one, angle * one, 45 * one, 0 * one),
        conditions=Conditions(earth=SPHERE, half_steps=8),
    )
    energy = 0.5 * (speed * 1e3) ** 2 - 3.986004418e14 / 6_521_000.0
    momentum = 6_521_000.0 * speed * 1e3 * math.cos(math.radians(angle))
    semi = -0.5 * 3.986004418e14 / energy
    eccentricity = math.sqrt(1.0 - momentum**2 / (3.986004418e14 * semi))
    assert fall.apogee_km[0] == pytest.approx(semi * (1.0 + eccentricity) / 1e3 - 6371.0, abs=0.01)
