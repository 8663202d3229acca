"""Flying: directions, laws, failures as values, and the same bits whatever the threads."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipoise.flight import (
    Conditions,
    DragTable,
    Earth,
    FailedFlight,
    Flight,
    Missile,
    Place,
    Stage,
    fly,
    fly_kicked,
    fly_many,
)
from equipoise.flight._engine import fly_chunk

STILL = Earth(omega_rad_s=0.0)


def test_one_flight(catalogue):
    flown = fly(catalogue["topol-m-assumed"], Place(56.9, 40.5), 330.0, 22.0)
    assert isinstance(flown, Flight)
    assert flown.path == "scheme"
    assert flown.burnout.flight_path_angle_deg == pytest.approx(22.0, abs=1e-4)
    assert (
        flown.burnout.speed_inertial_km_s < flown.burnout.speed_km_s
    )  # it flies west, against the Earth's turn
    names = [e.name for e in flown.events]
    assert names == [
        "lift-off", "stage-1-burnout", "stage-2-ignition", "stage-2-burnout", "stage-3-ignition", "burnout",
        "apogee", "entry", "impact",
    ]  # fmt: skip
    assert [e.time_s for e in flown.events] == sorted(e.time_s for e in flown.events)
    assert flown.events[-1].time_s == flown.time_s
    assert flown.events[5].time_s == flown.burnout.time_s == pytest.approx(173.0)


@pytest.mark.parametrize(
    ("azimuth", "moves"), [(0.0, (1, 0)), (90.0, (0, 1)), (180.0, (-1, 0)), (270.0, (0, -1))]
)
def test_compass(catalogue, azimuth, moves):
    """0 is north, 90 east, 180 south, 270 west: at rest a meridian or the equator is kept exactly."""
    flown = fly_many(
        (catalogue["sejjil-2-assumed"],), np.zeros((1, 2)), np.array([azimuth]), np.array([36.0]),
        conditions=Conditions(earth=STILL),
    )  # fmt: skip
    lat, lon = flown.impact_deg[0]
    assert np.sign(np.round([lat, lon], 6)).tolist() == list(moves)
    assert flown.range_km[0] > 1000.0


def test_east_reaches_further_than_west(catalogue):
    flown = fly_many(
        (catalogue["generic-icbm-solid-3"],), np.zeros((2, 2)), np.array([90.0, 270.0]), np.full(2, 25.0)
    )
    assert flown.range_km[0] > flown.range_km[1] + 1000.0


def test_mirror_about_the_equator(catalogue):
    missile = catalogue["shahab-3-assumed"]
    origin = np.array([[34.0, 20.0], [-34.0, 20.0]])
    flown = fly_many((missile,), origin, np.array([70.0, 110.0]), np.full(2, 40.0))
    assert flown.range_km[0] == pytest.approx(flown.range_km[1], abs=1e-5)
    assert flown.impact_deg[0, 0] == pytest.approx(-flown.impact_deg[1, 0], abs=1e-8)


@given(lat=st.floats(-80, 80), azimuth=st.floats(0, 180), loft=st.floats(15, 65))
@settings(max_examples=15)
def test_without_rotation_east_and_west_are_alike(catalogue, lat, azimuth, loft):
    origin = np.array([[lat, 10.0], [lat, 10.0]])
    flown = fly_many(
        (catalogue["sejjil-2-assumed"],), origin, np.array([azimuth, 360.0 - azimuth]), np.full(2, loft),
        conditions=Conditions(earth=STILL),
    )  # fmt: skip
    assert flown.range_km[0] == pytest.approx(flown.range_km[1], abs=1e-5)


@given(
    more=st.floats(0.01, 0.2),
    which=st.sampled_from(["scud-b-forden-2007", "sejjil-2-assumed", "topol-assumed"]),
)
@settings(max_examples=15)
def test_less_payload_and_more_propellant_reach_further(catalogue, more, which):
    missile = catalogue[which]
    last = missile.stages[-1]
    lighter = replace(missile, payload_kg=missile.payload_kg * (1.0 - more))
    longer = replace(last, propellant_kg=last.propellant_kg * (1.0 + more), burn_s=last.burn_s * (1.0 + more))
    fuller = replace(missile, stages=(*missile.stages[:-1], longer))
    flown = fly_many(
        (missile, lighter, fuller), np.tile([[40.0, 0.0]], (3, 1)), np.zeros(3), np.full(3, 38.0)
    )
    assert flown.ok.all()
    assert flown.range_km[1] > flown.range_km[0]
    assert flown.range_km[2] > flown.range_km[0]


def _mixed(catalogue, n=700):
    rng = np.random.default_rng(4)
    missiles = [list(catalogue.values())[i] for i in rng.integers(0, len(catalogue), n)]
    origin = np.stack([rng.uniform(-85, 85, n), rng.uniform(-180, 180, n)], 1)
    return missiles, origin, rng.uniform(0, 360, n), rng.uniform(0.01, 0.4, n), rng.uniform(5, 60, n)


def test_threads_and_neighbours_do_not_change_a_bit(catalogue):
    missiles, origin, azimuth, kick, end = _mixed(catalogue)
    one, two, four = (
        fly_kicked(missiles, origin, azimuth, kick, end, Conditions(threads=t)) for t in (1, 2, 4)
    )
    for other in (two, four):
        for name in ("impact_deg", "apogee_km", "time_s", "burnout_speed_km_s", "cause"):
            assert np.array_equal(getattr(one, name), getattr(other, name)), name
    some = np.arange(0, 700, 7)
    part = fly_kicked([missiles[i] for i in some], origin[some], azimuth[some], kick[some], end[some])
    assert np.array_equal(part.impact_deg, one.impact_deg[some])


def test_no_nan_leaves_and_every_failure_has_a_cause(catalogue):
    missiles, origin, azimuth, kick, end = _mixed(catalogue)
    kick *= np.where(np.arange(len(kick)) % 2, 4.0, 0.3)
    missiles[0], origin[0], azimuth[0], end[0] = catalogue["hwasong-15-assumed-heavy"], (0.0, 10.0), 90.0, 3.0
    kick[0] = fly_many(missiles[:1], origin[:1], azimuth[:1], end[:1]).kick_rad[0]
    flown = fly_kicked(missiles, origin, azimuth, kick, end)
    for name in ("impact_deg", "apogee_km", "time_s", "range_km", "burnout_s", "burnout_angle_deg"):
        assert np.isfinite(getattr(flown, name)).all(), name
    assert set(flown.cause[~flown.ok]) == {"fell-in-boost", "orbital"}
    assert (flown.cause[flown.ok] == "").all()
    assert (flown.range_km[~flown.ok] == 0.0).all()


def test_no_value_recompiles(catalogue):
    """Other missiles, Earths, steps, threads and lofts run through the same compiled code."""
    fly(catalogue["scud-b-wright"], Place(0.0, 0.0), 10.0, 40.0)
    before = len(fly_chunk.signatures)
    odd = Missile("odd", 10, (Stage(100, 20, 200, "vacuum", 20, 1),), DragTable("d", (0, 1), (0.2, 0.3)), 900)
    fly(odd, Place(1, 2), 3, 50)
    fly_many(
        (odd,),
        np.array([[1, 2]]),
        np.array([3]),
        np.array([50]),
        conditions=Conditions(Earth(j2=0, air=0), 1, 5),
    )
    assert len(fly_chunk.signatures) == before == 1


def test_failures_are_values(catalogue):
    heavy = replace(catalogue["scud-b-forden-2007"], payload_kg=50_000.0)
    fell = fly(heavy, Place(10.0, 10.0), 0.0, 45.0)
    assert isinstance(fell, FailedFlight)
    assert fell.cause == "fell-in-boost"
    assert "50" not in fell.cause
    orbit = fly(catalogue["hwasong-15-assumed-heavy"], Place(0.0, 10.0), 90.0, 3.0)
    assert isinstance(orbit, FailedFlight)
    assert orbit.cause == "orbital"
    assert orbit.altitude_km > 80.0
    for loft in (0.0, -5.0, 90.0, 120.0):
        bad = fly(catalogue["scud-b-forden-2007"], Place(0.0, 0.0), 0.0, loft)
        assert isinstance(bad, FailedFlight)
        assert bad.cause == "loft-out-of-range"
        assert f"{loft:g}" in bad.detail
    steep = fly(catalogue["ss-18-assumed"], Place(40.0, 10.0), 90.0, 89.99)
    assert isinstance(steep, FailedFlight)
    assert steep.cause == "loft-not-reached"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"origin_deg": np.array([[95.0, 0.0]])}, "between -90 and 90"),
        ({"azimuth_deg": np.array([np.nan])}, "finite"),
        ({"stages_fired": np.array([2])}, "has 1 stages"),
    ],
)
def test_senseless_numbers_are_refused(catalogue, change, words):
    arguments = {
        "origin_deg": np.zeros((1, 2)), "azimuth_deg": np.zeros(1), "loft_deg": np.full(1, 40.0), **change
    }  # fmt: skip
    with pytest.raises(ValueError, match=words):
        fly_many((catalogue["scud-b-forden-2007"],), **arguments)


def test_one_missile_or_one_a_lane(catalogue):
    two = tuple(catalogue.values())[:2]
    with pytest.raises(ValueError, match="2 missiles for 3 flights"):
        fly_many(two, np.zeros((3, 2)), np.zeros(3), np.full(3, 40.0))


def test_cut_off_shortens_and_fewer_stages_fire(catalogue):
    missile = catalogue["topol-m-assumed"]
    origin, azimuth, loft = np.tile([[50.0, 0.0]], (3, 1)), np.zeros(3), np.full(3, 30.0)
    flown = fly_many((missile,), origin, azimuth, loft, np.array([55.0, 30.0, 58.0]), np.array([3, 3, 2]))
    assert flown.ok.all()
    assert (np.diff(flown.range_km) < 0.0).all()
    assert flown.burnout_s.tolist() == pytest.approx([173.0, 148.0, 118.0])
    assert flown.stages_fired.tolist() == [3, 3, 2]
