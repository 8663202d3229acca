"""Coast and entry from a stated cut-off."""

from __future__ import annotations

import math

import numpy as np
import pytest

from equipoise.flight import Conditions, Cutoffs, Earth, Place, fall_many, fly, states
from equipoise.scenario import load_catalogue

MISSILES = load_catalogue().missile_models
SPHERE = Earth(radius_m=6_371_000.0, flattening=0.0, j2=0.0, omega_rad_s=0.0, air=0.0)


def _one(speed: float, angle: float, height: float = 0.5, azimuth: float = 70.0) -> Cutoffs:
    one = np.ones(1)
    return Cutoffs(0.0 * one, 0.0 * one, height * one, speed * one, angle * one, azimuth * one, 0.0 * one)


@pytest.mark.parametrize(("name", "loft"), [("hwasong-14-assumed", 85.0), ("sejjil-2-assumed", 38.0)])
def test_begun_at_a_flight_s_cutoff_it_lands_where_the_flight_does(name: str, loft: float) -> None:
    model = MISSILES[name].missile
    flight = fly(model, Place(40.0, 126.0), 80.0, loft, cutoff_s=45.0)
    row = states(model, flight)
    k = row.phase.index("burnout")
    place, velocity = row.position_m[k], row.velocity_eci_m_s[k]
    up = place / np.linalg.norm(place)
    turn = 7.292115e-5 * row.time_s[k]
    c, s = math.cos(turn), math.sin(turn)
    fixed = np.array([c * velocity[0] + s * velocity[1], c * velocity[1] - s * velocity[0], velocity[2]])
    fixed -= 7.292115e-5 * np.array([-place[1], place[0], 0.0])
    lon = math.atan2(place[1], place[0])
    east = np.array([-math.sin(lon), math.cos(lon), 0.0])
    speed = float(np.linalg.norm(fixed))
    cutoff = Cutoffs(
        row.lat_deg[k : k + 1],
        row.lon_deg[k : k + 1],
        row.altitude_km[k : k + 1],
        np.array([speed / 1e3]),
        np.degrees(np.arcsin([fixed @ up / speed])),
        np.degrees(np.arctan2([fixed @ east], [fixed @ np.cross(up, east)])),
        row.time_s[k : k + 1],
    )
    fall = fall_many(cutoff, model.ballistic_coefficient_kg_m2)
    assert fall.range_km(np.array([[40.0, 126.0]]))[0] == pytest.approx(flight.range_km, abs=0.1)
    assert fall.apogee_km[0] == pytest.approx(flight.apogee_km, abs=0.1)
    assert fall.time_s[0] == pytest.approx(flight.time_s, abs=0.05)


def test_on_a_still_sphere_without_air_it_is_the_closed_form() -> None:
    """Free-flight range of Bate, Mueller and White 1971, eq. 6.2-16, from the ground and back."""
    speed, angle = 6.2, 60.0
    fall = fall_many(_one(speed, angle, height=100.0), conditions=Conditions(earth=SPHERE, half_steps=8))
    radius = 6471.0
    q = (speed * 1e3) ** 2 * radius * 1e3 / 3.986004418e14
    cosine = (1.0 - q * math.cos(math.radians(angle)) ** 2) / math.sqrt(
        1.0 + q * (q - 2.0) * math.cos(math.radians(angle)) ** 2
    )
    eccentricity = math.sqrt(1.0 + q * (q - 2.0) * math.cos(math.radians(angle)) ** 2)
    parameter = radius * q * math.cos(math.radians(angle)) ** 2
    down = math.acos((parameter / 6371.0 - 1.0) / eccentricity)
    whole = (math.pi - math.acos((parameter / radius - 1.0) / eccentricity)) + math.pi - down
    assert fall.apogee_km[0] == pytest.approx(parameter / (1.0 - eccentricity) - 6371.0, abs=0.01)
    assert math.acos(cosine) == pytest.approx(math.pi - math.acos((parameter / radius - 1.0) / eccentricity))
    found = np.radians(fall.impact_deg[0])
    assert math.acos(math.cos(found[0]) * math.cos(found[1])) == pytest.approx(whole, abs=2e-6)


def test_a_state_that_stays_up_says_so_and_one_that_is_no_number_is_refused() -> None:
    fall = fall_many(_one(9.0, 2.0, height=300.0))
    assert not fall.ok[0]
    assert fall.range_km(np.zeros((1, 2)))[0] == 0.0
    with pytest.raises(ValueError, match="finite"):
        fall_many(_one(math.nan, 40.0))


def test_a_low_throw_that_never_leaves_the_air_still_lands() -> None:
    fall = fall_many(_one(1.5, 40.0, height=30.0))
    assert fall.ok[0]
    assert 100.0 < fall.range_km(np.zeros((1, 2)))[0] < 400.0
    assert 30.0 < fall.apogee_km[0] < 120.0
