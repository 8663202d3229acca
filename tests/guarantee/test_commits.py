"""The ladder of commits: order of its rungs, and whose sensors count."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from equipoise.guarantee.commits import burnout_commits, declared_commits, sightings_of, worst_commits
from equipoise.guarantee.protected import ProtectedFlights, protected_flights
from equipoise.scenario import Scenario

SENSORS = ("west-eye", "east-eye")


@pytest.fixture(scope="module")
def flights(scenario: Scenario) -> ProtectedFlights:
    return protected_flights(scenario, "east", (8.0, 100.0), quick=True)


def test_the_bound_is_first_light_plus_the_floor(scenario: Scenario, flights: ProtectedFlights) -> None:
    commits = worst_commits(scenario, flights)
    assert np.allclose(commits.late_s - commits.early_s, 40.0)
    light = commits.early_s - 20.0
    for lane in range(len(flights)):
        height = np.interp(light[lane], flights.tracks.time_s[lane], flights.tracks.altitude_m[lane])
        assert height == pytest.approx(8e3, abs=150.0)


def test_the_middle_rung_is_burnout_plus_a_track(scenario: Scenario, flights: ProtectedFlights) -> None:
    commits = burnout_commits(scenario, flights)
    assert np.allclose(commits.early_s, flights.tracks.burnout_s + 10.0)
    assert np.allclose(commits.late_s, flights.tracks.burnout_s + 30.0)
    assert (commits.early_s > worst_commits(scenario, flights).late_s).all()


def test_shared_sensors_count_for_the_owner(scenario: Scenario, flights: ProtectedFlights) -> None:
    near = replace(scenario.sensors["east-eye"], lat_deg=62.0, lon_deg=38.0)
    shared = replace(scenario, sensors={**scenario.sensors, "east-eye": near})
    both, (alone, together) = shared.architectures["both"], shared.modes
    seen = sightings_of(shared, flights, SENSORS)
    own, lent_own = declared_commits(shared, both, alone, "west", seen)
    fused, lent = declared_commits(shared, both, together, "west", seen)
    sooner = (own.late_s - 90.0) - (fused.late_s - 240.0)
    assert lent_own == 0
    assert (sooner > -1e-6).all()
    assert 0 < lent == int((sooner > 1e-6).sum())


def test_commits_run_from_the_early_to_the_late_end_of_what_is_stated(
    scenario: Scenario, flights: ProtectedFlights
) -> None:
    both, rule = scenario.architectures["both"], scenario.modes[0]
    commits, _ = declared_commits(scenario, both, rule, "west", sightings_of(scenario, flights, SENSORS))
    known = np.isfinite(commits.late_s)
    assert known.any()
    assert (commits.early_s[known] <= commits.declared_s[known]).all()
    assert (commits.declared_s[known] <= commits.late_s[known]).all()
    assert np.allclose((commits.late_s - commits.early_s)[known], 60.0 + 20.0)


def test_nothing_is_committed_to_without_a_sensor(scenario: Scenario, flights: ProtectedFlights) -> None:
    seen = sightings_of(scenario, flights, ("east-eye",))
    commits, _ = declared_commits(scenario, scenario.architectures["both"], scenario.modes[0], "west", seen)
    assert np.isinf(commits.early_s).all()
