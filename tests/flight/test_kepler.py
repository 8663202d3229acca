"""Two-body arcs against closed forms and against each other."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipoise.flight import arc_between, coast, lambert
from equipoise.flight.kepler import MU, SPHERE_M


def test_flat_earth_limit():
    """A short arc is a parabola: v = √(g R / sin 2γ), apogee = R tan γ / 4."""
    arc = arc_between(10.0, 2.5)
    g = MU / SPHERE_M**2
    assert arc.flight_path_angle_deg == pytest.approx(45.0, abs=0.1)
    assert arc.speed_km_s == pytest.approx(math.sqrt(g * 10e3) / 1e3, rel=1e-3)


@pytest.mark.parametrize("range_km", [1000.0, 5000.0, 10_000.0])
def test_minimum_energy_arc(range_km):
    """At the least speed for a range, γ = 45° − φ/2 and v² = (mu/r) 2 sin φ/(1 + sin φ), φ the half-angle."""
    half = 0.5 * range_km * 1e3 / SPHERE_M
    apogees = np.linspace(0.05, 0.5, 4001) * range_km
    arcs = [arc_between(range_km, float(a)) for a in apogees]
    best = min(arcs, key=lambda a: a.speed_km_s)
    speed = math.sqrt(MU / SPHERE_M * 2 * math.sin(half) / (1 + math.sin(half)))
    assert best.speed_km_s * 1e3 == pytest.approx(speed, rel=1e-6)
    assert best.flight_path_angle_deg == pytest.approx(45.0 - math.degrees(half) / 2, abs=0.1)


@given(range_km=st.floats(50, 15_000), share=st.floats(0.05, 0.8))
@settings(deadline=None)
def test_arc_ends_where_it_says(range_km, share):
    arc = arc_between(range_km, share * range_km)
    angle = math.radians(arc.flight_path_angle_deg)
    v = arc.speed_km_s * 1e3
    x, y, z, *_ = coast(SPHERE_M, 0.0, 0.0, v * math.sin(angle), v * math.cos(angle), 0.0, arc.time_s)
    assert math.hypot(x, y) == pytest.approx(SPHERE_M, abs=1.0)
    assert math.atan2(y, x) % (2 * math.pi) * SPHERE_M == pytest.approx(range_km * 1e3, abs=2.0)
    assert z == 0.0
    top = coast(SPHERE_M, 0.0, 0.0, v * math.sin(angle), v * math.cos(angle), 0.0, arc.time_s / 2)
    assert math.hypot(*top[:3]) - SPHERE_M == pytest.approx(share * range_km * 1e3, abs=1.0)


@pytest.mark.parametrize(("range_km", "apogee_km"), [(0.0, 100.0), (100.0, 0.0), (20_100.0, 500.0)])
def test_no_arc(range_km, apogee_km):
    with pytest.raises(ValueError, match="make no arc"):
        arc_between(range_km, apogee_km)


@given(
    angle=st.floats(0.05, 2.9),
    radius=st.floats(6.4e6, 9e6),
    speed=st.floats(3e3, 11e3),
    tilt=st.floats(0.0, 3.0),
)
@settings(deadline=None, max_examples=200)
def test_lambert_arrives(angle, radius, speed, tilt):
    start = np.array([6.5e6, 0.0, 0.0])
    goal = radius * np.array(
        [math.cos(angle), math.sin(angle) * math.cos(tilt), math.sin(angle) * math.sin(tilt)]
    )
    time = np.linalg.norm(goal - start) / speed
    vx, vy, vz, ok = lambert(*start, *goal, time)
    assert ok
    assert np.allclose(coast(*start, vx, vy, vz, time)[:3], goal, atol=5.0)


def test_lambert_has_no_arc_between_opposite_places_or_in_no_time():
    assert not lambert(7e6, 0.0, 0.0, -7e6, 0.0, 0.0, 1000.0)[3]
    assert not lambert(7e6, 0.0, 0.0, 0.0, 7e6, 0.0, 0.0)[3]
