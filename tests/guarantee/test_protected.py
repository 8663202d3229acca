"""The flights that are protected: areas filled, every model, end and loft, and what does not fly."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from equipoise.flight import ecef_to_geodetic
from equipoise.guarantee.protected import ProtectedFlights, filled_lofts, protected_flights
from equipoise.scenario import Scenario


@pytest.fixture(scope="module")
def flights(scenario: Scenario) -> ProtectedFlights:
    return protected_flights(scenario, "east", (100.0,))


def test_a_box_is_filled_and_a_point_is_one_place(flights: ProtectedFlights) -> None:
    forest, ice = (next(i for i, a in enumerate(flights.areas) if a.id == n) for n in ("forest", "ice"))
    assert len(np.unique(flights.point[flights.in_area(forest)])) == 1
    assert len(np.unique(flights.point[flights.in_area(ice)])) == 9


def test_flights_start_in_their_area_and_end_at_their_end(flights: ProtectedFlights) -> None:
    for lane in range(0, len(flights), 7):
        first, last = flights.tracks.position_m[lane, 0], flights.tracks.position_m[lane, -1]
        lat, lon = np.degrees(ecef_to_geodetic(*first)[:2])
        area = flights.areas[flights.area[lane]].area
        assert area.lat_deg[0] - 0.01 <= lat <= area.lat_deg[1] + 0.01
        assert area.lon_deg[0] - 0.01 <= lon <= area.lon_deg[1] + 0.01
        end = flights.ends[flights.end[lane]].area
        lat, lon = np.degrees(ecef_to_geodetic(*last)[:2])
        assert (lat, lon) == pytest.approx((end.lat_deg[0], end.lon_deg[0]), abs=0.02)


def test_every_candidate_model_and_loft_is_flown(flights: ProtectedFlights) -> None:
    forest = flights.in_area(next(i for i, a in enumerate(flights.areas) if a.id == "forest"))
    assert {flights.models[m] for m in flights.model[forest]} == {"bolt", "slow-bolt"}
    between = ("between depressed and minimum-energy", "between minimum-energy and lofted")
    assert flights.lofts == ("minimum-energy", "lofted", "depressed", *between)
    assert set(flights.loft[forest]) == {0, 1, 2, 3, 4}
    apogee = [flights.tracks.altitude_m[forest & (flights.loft == k)].max() for k in (2, 3, 0, 4, 1)]
    assert apogee == sorted(apogee)


def test_quick_flies_the_stated_lofts_alone(scenario: Scenario) -> None:
    quick = protected_flights(scenario, "east", (100.0,), quick=True)
    assert quick.lofts == ("minimum-energy", "lofted", "depressed")


def test_a_range_of_lofts_is_filled_where_it_is_wide() -> None:
    assert filled_lofts((("minimum-energy", 0.0),)) == (("minimum-energy", 0.0),)
    narrow = (("minimum-energy", 0.0), ("a", 6.0), ("b", -6.0))
    assert filled_lofts(narrow) == narrow
    wide = filled_lofts((("minimum-energy", 0.0), ("a", 10.0)))
    assert wide[-1] == ("between minimum-energy and a", 5.0)


def test_samples_stand_on_the_edges_asked_for(flights: ProtectedFlights) -> None:
    nearest = np.abs(flights.tracks.altitude_m - 100e3).min(axis=1)
    assert nearest.max() < 60.0


def test_only_ends_in_the_other_partys_members_count(flights: ProtectedFlights) -> None:
    assert {e.id for e in flights.ends} == {"capital-west"}


def test_what_does_not_fly_is_said(scenario: Scenario) -> None:
    areas = tuple(replace(a, no_model=("ghost",)) for a in scenario.deterrent_areas if a.party == "west")
    short = replace(scenario.missile_models["arrow"].missile, payload_kg=9000.0)
    weak = replace(scenario.missile_models["arrow"], missile=short)
    models = {**scenario.missile_models, "arrow": weak}
    found = protected_flights(replace(scenario, deterrent_areas=areas, missile_models=models), "west", ())
    assert len(found) == 0
    assert any("no flight model of ghost" in said for said in found.unflown)
    assert any("does not reach" in said for said in found.unflown)


def test_a_party_without_a_deterrent_has_no_flights(scenario: Scenario) -> None:
    nobody = replace(scenario, deterrent_areas=())
    assert len(protected_flights(nobody, "west", (100.0,))) == 0
