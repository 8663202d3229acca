"""Aiming and reach: every missile of the catalogue, least burn, failures, and published ranges."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj import Geod

from equipoise.flight import (
    ANY_RANGE,
    WGS84,
    FailedFlight,
    Flight,
    Offset,
    Place,
    aim,
    aim_many,
    maximum_range,
    reaches,
)
from equipoise.flight._lead import led_azimuth
from equipoise.flight._rows import IN_LAT, IN_LON, INPUTS

GEOD = Geod(ellps="WGS84")
ORIGIN = Place(35.0, 51.0)
FORDEN_2007_TABLE_3 = {  # maximum range in km at azimuth 40 degrees
    "scud-b-forden-2007": 288.0,
    "al-hussein-forden-2007": 693.0,
    "nodong-forden-2007": 973.0,
    "taepodong-1-forden-2007": 2349.0,
}


def _ring(shares, azimuth, reach_km):
    n = len(shares)
    lon, lat, _ = GEOD.fwd(
        np.full(n, ORIGIN.lon_deg), np.full(n, ORIGIN.lat_deg), azimuth, shares * reach_km * 1e3
    )
    return np.tile([[ORIGIN.lat_deg, ORIGIN.lon_deg]], (n, 1)), np.stack([lat, lon], 1)


def test_every_missile_reaches_what_lies_within_its_range(catalogue):
    """A quarter to nineteen twentieths of the shortest reach, all round, to 100 m: single burns and staged
    ones.
    """
    rng = np.random.default_rng(2)
    short = {i: m for i, m in catalogue.items() if "orbital" not in i}
    reach = reaches(tuple(short.values()), ORIGIN, np.arange(0.0, 360.0, 45.0))
    missiles, origins, goals = [], [], []
    for missile, far in zip(short.values(), reach, strict=True):
        nearest = min(far.range_km.min(), 15_000.0)
        assert nearest > 200.0
        origin, goal = _ring(rng.uniform(0.25, 0.95, 12), rng.uniform(0, 360, 12), nearest)
        missiles += [missile] * 12
        origins.append(origin)
        goals.append(goal)
    flown = aim_many(missiles, np.concatenate(origins), np.concatenate(goals))
    assert flown.ok.all(), set(flown.cause)
    goal = np.concatenate(goals)
    miss = GEOD.inv(flown.impact_deg[:, 1], flown.impact_deg[:, 0], goal[:, 1], goal[:, 0])[2]
    assert miss.max() < 100.0
    assert np.abs(flown.burnout_angle_deg - flown.loft_deg).max() < 1e-3
    assert len(set(flown.stages_fired)) == 3


@pytest.mark.parametrize("name", ["shahab-3-assumed", "sejjil-2-assumed", "topol-m-assumed"])
def test_minimum_energy_is_the_least_burn(catalogue, name):
    """A degree more or less of loft takes a later cut-off."""
    missile = catalogue[name]
    origin, goal = _ring(
        np.array([0.9, 0.9]),
        np.array([20.0, 300.0]),
        min(maximum_range(missile, ORIGIN, np.array([0.0, 300.0])).range_km),
    )
    best = aim_many((missile,), origin, goal)
    assert best.ok.all()
    for change in (-1.0, 1.0):
        other = aim_many((missile,), origin, goal, best.loft_deg + change)
        assert other.ok.all()
        assert (other.burnout_s > best.burnout_s).all()


def test_lofted_and_depressed_by_number_and_by_offset(catalogue):
    missile = catalogue["yars-assumed"]
    origin, goal = _ring(np.full(3, 0.7), np.array([10.0, 120.0, 250.0]), 8000.0)
    best = aim_many((missile,), origin, goal)
    for degrees in (15.0, -10.0):
        offset = aim_many((missile,), origin, goal, Offset(degrees))
        assert offset.ok.all()
        assert offset.loft_deg == pytest.approx(best.loft_deg + degrees, abs=0.05)
        assert ((offset.apogee_km > best.apogee_km) == (degrees > 0)).all()
        number = aim_many((missile,), origin, goal, offset.loft_deg)
        assert number.burnout_s == pytest.approx(offset.burnout_s, abs=0.01)


@pytest.mark.parametrize("name", FORDEN_2007_TABLE_3)
def test_published_ranges_of_forden(catalogue, name):
    """Forden 2007, Table 3, within five per cent: his Earth, drag table and steering are his own."""
    ours = maximum_range(catalogue[name], Place(0.0, 0.0), np.array([40.0])).range_km[0]
    assert ours == pytest.approx(FORDEN_2007_TABLE_3[name], rel=0.05)


def test_maximum_range_is_longest(catalogue):
    from equipoise.flight import fly_many

    missile = catalogue["sejjil-2-assumed"]
    reach = maximum_range(missile, ORIGIN, np.array([0.0, 90.0, 270.0]))
    lofts = np.arange(20.0, 55.0, 0.5)
    for azimuth, longest in zip(reach.azimuth_deg, reach.range_km, strict=True):
        n = len(lofts)
        flown = fly_many((missile,), np.tile([[35.0, 51.0]], (n, 1)), np.full(n, azimuth), lofts)
        assert flown.range_km.max() == pytest.approx(longest, abs=0.2)
    assert reach.range_km[1] > reach.range_km[0] > reach.range_km[2]


def test_near_orbital_reaches_anywhere(catalogue):
    reach = maximum_range(catalogue["hwasong-17-assumed"], ORIGIN, np.array([0.0, 90.0]))
    assert set(reach.cause) == {ANY_RANGE}
    assert reach.range_km == pytest.approx(20_004.0, abs=1.0)


@pytest.mark.parametrize("name", ["hwasong-17-assumed", "hwasong-18-assumed", "peacekeeper-wright-2015"])
def test_near_orbital_is_aimed_all_round_the_antipode(catalogue, name):
    """Where the bearing on the ground errs by tens of degrees, the antipode itself among the places."""
    lat, lon = (q.ravel() for q in np.meshgrid(np.arange(-49.0, -20.0, 7.0), np.arange(-157.0, -100.0, 14.0)))
    goal = np.stack([lat, lon], 1)
    flown = aim_many((catalogue[name],), np.tile([[ORIGIN.lat_deg, ORIGIN.lon_deg]], (len(goal), 1)), goal)
    assert flown.ok.mean() >= 0.95, set(flown.cause)
    miss = np.array(GEOD.inv(flown.impact_deg[:, 1], flown.impact_deg[:, 0], lon, lat)[2])
    assert miss[flown.ok].max() < 100.0
    assert isinstance(aim(catalogue["hwasong-17-assumed"], ORIGIN, Place(-35.0, -129.0)), Flight)


@pytest.mark.parametrize(
    "name", ["scud-b-wright", "sejjil-2-assumed", "topol-m-assumed", "hwasong-17-assumed"]
)
def test_the_first_guess_of_the_azimuth_leads_the_turning_earth(catalogue, name):
    missile = catalogue[name]
    rng = np.random.default_rng(4)
    reach = min(maximum_range(missile, ORIGIN, np.arange(0.0, 360.0, 30.0)).range_km.min(), 17_000.0)
    origin, goal = _ring(rng.uniform(0.3, 0.95, 40), rng.uniform(0, 360, 40), reach)
    flown = aim_many((missile,), origin, goal)
    rows = np.zeros((40, INPUTS))
    rows[:, IN_LAT], rows[:, IN_LON] = np.radians(origin).T
    guess = np.degrees(led_azimuth(rows, np.radians(goal), np.radians(flown.loft_deg), WGS84))
    off = np.abs((guess - flown.azimuth_deg + 180.0) % 360.0 - 180.0)
    assert flown.ok.all()
    assert off.max() < 3.0


def test_beyond_range_says_how_far_it_reaches(catalogue):
    failed = aim(catalogue["shahab-3-assumed"], ORIGIN, Place(40.0, 30.0))
    assert isinstance(failed, FailedFlight)
    assert failed.cause == "beyond-range"
    reach = maximum_range(catalogue["shahab-3-assumed"], ORIGIN, np.array([290.0])).range_km[0]
    assert "1933 km away" in failed.detail
    said = float(failed.detail.split("direction is ")[1].split(" km")[0])
    assert said == pytest.approx(reach, rel=0.02)


@pytest.mark.parametrize("name", ["scud-b-wright", "sejjil-2-assumed", "topol-m-assumed"])
@pytest.mark.parametrize("goal", [Place(-35.0, -129.0), Place(-30.0, -140.0), Place(-45.0, -120.0)])
def test_the_far_side_of_the_earth_is_beyond_a_short_range(catalogue, name, goal):
    failed = aim(catalogue[name], ORIGIN, goal)
    assert isinstance(failed, FailedFlight)
    assert failed.cause == "beyond-range"
    assert "longest reach" in failed.detail


@pytest.mark.parametrize(
    ("origin", "goal"),
    [
        (Place(10.0, 179.9), Place(12.0, -179.0)),
        (Place(90.0, 0.0), Place(70.0, 40.0)),
        (Place(60.0, 30.0), Place(90.0, 0.0)),
        (Place(-90.0, 0.0), Place(-75.0, 100.0)),
        (Place(0.0, 0.0), Place(0.0, 15.0)),
    ],
)
def test_poles_date_line_and_equator(catalogue, origin, goal):
    flown = aim(catalogue["ss-19-assumed"], origin, goal)
    assert isinstance(flown, Flight)
    miss = GEOD.inv(flown.impact.lon_deg, flown.impact.lat_deg, goal.lon_deg, goal.lat_deg)[2]
    assert miss < 100.0


@pytest.mark.parametrize(
    ("goal", "loft", "cause"),
    [
        (ORIGIN, "minimum-energy", "same-place"),
        (Place(-40.0, -146.0), 35.0, "near-antipode"),
        (Place(45.0, 51.0), 95.0, "loft-out-of-range"),
        (Place(35.0003, 51.0), 35.0, "too-near"),
        (Place(35.0, 52.0), Offset(-60.0), "loft-out-of-range"),
    ],
)
def test_failures_are_values_with_causes(catalogue, goal, loft, cause):
    failed = aim(catalogue["hwasong-17-assumed"], ORIGIN, goal, loft)
    assert isinstance(failed, FailedFlight)
    assert failed.cause == cause
    assert failed.detail.startswith("hwasong-17-assumed: ")


def test_words_for_a_loft_are_known(catalogue):
    with pytest.raises(ValueError, match="minimum-energy"):
        aim(catalogue["scud-b-wright"], ORIGIN, Place(36.0, 51.0), "maximum-fun")
