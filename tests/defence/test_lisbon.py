"""Lisbon 2010 on a coarse grid: the laws that a reader of either side would test first."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from equipoise.defence import (
    Cells,
    Engagements,
    OperandVector,
    baseline,
    break_evens,
    cover,
    declared_vectors,
    engage,
)
from equipoise.defence.engagements import edges_km, vector_columns
from equipoise.defence.raids import raid
from equipoise.defence.reach import interceptors, latest_commits_exact
from equipoise.defence.windows import latest_commits
from equipoise.flight import Tracks, sample
from equipoise.scenario import Scenario, build_cells, load_scenario, swap_parties

SPACING_KM = 220.0


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_scenario("lisbon-2010")


@pytest.fixture(scope="module")
def cells(scenario: Scenario) -> Cells:
    return build_cells(scenario, SPACING_KM)


@pytest.fixture(scope="module")
def flown(scenario: Scenario, cells: Cells) -> Engagements:
    return engage(scenario, cells, quick=True)


def test_swapping_the_parties_swaps_every_row(scenario: Scenario, flown: Engagements) -> None:
    swapped = swap_parties(scenario)
    turned = engage(swapped, build_cells(swapped, SPACING_KM), quick=True)
    here = {(c.architecture, c.mode, c.variant, c.timing, c.joined): c for c in cover(scenario, flown)}
    there = {(c.architecture, c.mode, c.variant, c.timing, c.joined): c for c in cover(swapped, turned)}
    assert set(here) == set(there)
    for key, row in here.items():
        people = {region.region: region.population_met for region in row.regions}
        turned_people = {region.region: region.population_met for region in there[key].regions}
        assert turned_people == pytest.approx(people)


def test_no_row_meets_more_than_is_threatened_and_some_rows_meet_some(
    scenario: Scenario, flown: Engagements
) -> None:
    rows = cover(scenario, flown, variants=("whole",))
    for row in rows:
        for region in row.regions:
            assert region.population_met <= region.population_threatened + 1e-6
    assert any(0.2 < row.population_fraction(scenario.parties[0].id) < 0.95 for row in rows)


def test_a_proposal_in_separate_mode_never_loses_what_members_have(
    scenario: Scenario, flown: Engagements
) -> None:
    base = baseline(scenario, flown)
    for row in cover(scenario, flown, modes=["separate"], variants=("whole",)):
        if row.timing == "equal" and not scenario.architectures[row.architecture].own_system:
            assert (row.met >= base.met).all()


def test_break_evens_compare_each_mode_with_the_same_architecture_alone(
    scenario: Scenario, flown: Engagements
) -> None:
    rows = cover(scenario, flown, ["epaa-phase3"], variants=("whole",))
    found = break_evens(scenario, flown.cells, rows)
    assert {b.mode for b in found} == {m.id for m in scenario.modes} - {"separate"}
    assert {b.party for b in found} == {p.id for p in scenario.parties}
    for it in found:
        assert it.decision_s is not None or it.reason


def test_projected_threats_are_flown_apart(scenario: Scenario) -> None:
    projected = engage(scenario, build_cells(scenario, 500.0), quick=True, assessed=False)
    assessed = {t.id for t in scenario.threats if t.assessed}
    assert len(projected) > 0
    assert not projected.assessed
    assert not assessed & set(projected.threats)


def test_what_the_turning_earth_leaves_over_is_small(scenario: Scenario, cells: Cells) -> None:
    """Flyout tables take the Earth's turning to first order: against the exact reach, s of latest commit.

    The furthest apart is the slowest interceptor at the edge of its reach, where the table lets go earlier.
    """
    vectors = _exo_vectors(declared_vectors(scenario))
    tracks = _some_tracks(scenario, cells, vectors)
    compared = 0
    for vector in vectors:
        exact = latest_commits_exact(tracks, _lanes(vector)).max(axis=1)
        table = _table_commits(tracks, vector)
        both = np.isfinite(exact) & np.isfinite(table)
        if both.sum() < 30:
            continue
        compared += 1
        off = np.abs(exact[both] - table[both])
        assert np.median(off) < 2.0, vector.battery
        assert np.percentile(off, 95) < 15.0, vector.battery
        assert (np.isfinite(exact) != np.isfinite(table)).mean() < 0.03
    assert compared >= 6


def _exo_vectors(vectors: tuple[OperandVector, ...]) -> tuple[OperandVector, ...]:
    return tuple(replace(v, places_deg=v.places_deg[:1]) for v in vectors if v.burnout_altitude_km > 40.0)


def _some_tracks(scenario: Scenario, cells: Cells, vectors: tuple[OperandVector, ...]) -> Tracks:
    flown = raid(scenario, cells, assessed=True, points_per_side=2)
    wave = max(flown.waves, key=len)
    return sample(wave.flights, 98, edges_km(vectors))


def _lanes(vector: OperandVector):  # type: ignore[no-untyped-def]
    one = np.ones(len(vector.places_deg))
    return interceptors(
        vector.places_deg[:, 0],
        vector.places_deg[:, 1],
        vector.speed_km_s * one,
        vector.burnout_altitude_km * one,
        vector.time_to_burnout_s * one,
        vector.flight_cap_s * one,
        (vector.altitude_min_km * one, vector.altitude_max_km * one),
        vector.range_km * one,
    )


def _table_commits(tracks: Tracks, vector: OperandVector) -> np.ndarray:
    return latest_commits(tracks, vector_columns((vector,), 2000.0)[1])[0][:, 0]
