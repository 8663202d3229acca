"""Fine maps between the nodes of a lattice, and what the bench prints."""

from __future__ import annotations

import math

import numpy as np
import pytest

from equipoise.defence import bench_coverage, commit_map
from equipoise.defence.bench import europe_land_deg
from equipoise.defence.engagements import edges_km, vector_columns
from equipoise.defence.windows import latest_commits
from equipoise.flight import Missile, aim_many, sample

from .conftest import build_threat, build_vector

ORIGINS_DEG = np.array([[36.0, 47.0], [35.0, 46.0]])


@pytest.fixture(scope="module")
def missile() -> Missile:
    return build_threat()["missile_models"]["m"].missile  # type: ignore[index]


def cells(count: int) -> np.ndarray:
    rng = np.random.default_rng(4)
    return np.column_stack([rng.uniform(40.0, 50.0, count), rng.uniform(22.0, 40.0, count)])


def test_a_map_agrees_with_flights_to_its_very_cells(missile: Missile) -> None:
    places = cells(150)
    vectors = (
        build_vector(places_deg=np.array([[44.1, 24.4]])),
        build_vector(places_deg=np.array([[38.0, 30.0]])),
    )
    found = commit_map(missile, ORIGINS_DEG, places, vectors, 60.0)
    assert found.shape == (2, 150, 2)
    flights = aim_many((missile,), np.repeat(ORIGINS_DEG, 150, 0), np.tile(places, (2, 1)))
    columns = vector_columns(vectors, float(flights.apogee_km.max()))[1]
    direct = latest_commits(sample(flights, 98, edges_km(vectors)), columns)[0].reshape(2, 150, 2)
    both = np.isfinite(found) & np.isfinite(direct)
    assert both.sum() > 150
    off = np.abs(found[both] - direct[both])
    assert np.median(off) < 1.0
    assert np.percentile(off, 90) < 8.0
    assert (np.isfinite(found) != np.isfinite(direct)).mean() < 0.12


def test_a_vector_in_a_sea_area_counts_with_its_best_place(missile: Missile) -> None:
    here, there = np.array([[44.1, 24.4]]), np.array([[38.0, 30.0]])
    alone = [
        commit_map(missile, ORIGINS_DEG[:1], cells(40), (build_vector(places_deg=p),)) for p in (here, there)
    ]
    together = commit_map(
        missile, ORIGINS_DEG[:1], cells(40), (build_vector(places_deg=np.concatenate([here, there])),)
    )
    assert (together >= np.maximum(*alone) - 4.0).all()


def test_beyond_the_missiles_reach_the_map_is_empty(missile: Missile) -> None:
    far = np.array([[-30.0, 20.0], [-31.0, 21.0]])
    assert (commit_map(missile, ORIGINS_DEG, far, (build_vector(),)) == -np.inf).all()


def test_the_bench_gives_each_rate_with_its_error() -> None:
    bench = bench_coverage(1)
    assert [row.unit for row in bench.rows] == ["engagements/s", "engagements/s", "s"]
    assert all(math.isfinite(row.rate) and row.rate > 0 for row in bench.rows)
    assert all(row.error.startswith("p50") for row in bench.rows)
    assert dict(bench.ratios)["ours_over_numpy"] > 1.0


def test_europes_land_is_some_ten_thousand_cells_of_twenty_five_km() -> None:
    assert 8_000 < len(europe_land_deg(25.0)) < 20_000
