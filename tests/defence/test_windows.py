"""Latest commits: against the same in plain NumPy, and the laws that must hold."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipoise.defence import OperandVector, columns, flyout_table, flyout_time_s, latest_commits
from equipoise.defence.flyout import lifted_km
from equipoise.flight import Tracks
from equipoise.sensing import ground_position_m

from .conftest import build_arcs, build_vector

PLACES_DEG = np.array([[54.5, 17.1], [44.1, 24.4], [37.0, 35.4], [49.4, 7.6]])


def commits(tracks: Tracks, vector: OperandVector, places_deg: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    table = flyout_table(vector, 700.0)
    window = (vector.altitude_min_km, vector.altitude_max_km)
    made = columns([table] * len(places_deg), [window] * len(places_deg), ground_position_m(places_deg))
    return latest_commits(tracks, made)


def plain(tracks: Tracks, vector: OperandVector, place_deg: np.ndarray) -> np.ndarray:
    """The definition: greatest of sample time less exact flyout, after burnout and inside the window."""
    place = ground_position_m(place_deg)[0]
    unit = tracks.position_m / np.linalg.norm(tracks.position_m, axis=-1, keepdims=True)
    chord = np.linalg.norm(unit - place / np.linalg.norm(place), axis=-1)
    altitude = tracks.altitude_m / 1e3
    there = build_vector(**(vector.__dict__ | {"places_deg": PLACES_DEG[:1]}))
    lifted = lifted_km(flyout_table(there), altitude, unit, place / np.linalg.norm(place))
    flyout = flyout_time_s(there, lifted, chord)
    counts = (
        (altitude >= vector.altitude_min_km)
        & (altitude <= vector.altitude_max_km)
        & (tracks.time_s >= tracks.burnout_s[:, None])
        & (flyout <= vector.flight_cap_s)
    )
    return np.where(counts, tracks.time_s - flyout, -np.inf).max(axis=1)


@pytest.mark.parametrize(
    "changes",
    [{}, {"speed_km_s": 6.3, "burnout_altitude_km": 200.0}, {"speed_km_s": 3.0, "altitude_max_km": 250.0}],
)
def test_kernel_agrees_with_the_definition(changes: dict[str, object]) -> None:
    """The window's tolerance of 50 m is up to a second on these slow arcs; real flights fall faster."""
    tracks, vector = build_arcs(lanes=300), build_vector(**changes)
    dense = build_arcs(lanes=300, samples=3001)
    found, meeting = commits(tracks, vector, PLACES_DEG)
    for i in range(len(PLACES_DEG)):
        exact = plain(dense, vector, PLACES_DEG[i : i + 1])
        both = np.isfinite(exact) & np.isfinite(found[:, i])
        assert both.sum() > 20
        assert np.percentile(np.abs(found[both, i] - exact[both]), 95) < 1.5
        assert (found[both, i] - exact[both]).max() < 1.5
        assert np.median(np.abs(found[both, i] - exact[both])) < 1.0
        assert (np.isfinite(exact) != np.isfinite(found[:, i])).mean() < 0.03
    assert (meeting[np.isfinite(found)] > found[np.isfinite(found)]).all()


def test_meetings_before_burnout_do_not_count() -> None:
    vector = build_vector(altitude_min_km=30.0)
    late = build_arcs(burnout_s=900.1)
    assert (commits(late, vector, PLACES_DEG)[0] == -np.inf).all()


def test_failed_lanes_and_empty_sets_give_never() -> None:
    tracks = build_arcs(lanes=5)
    failed = Tracks(
        np.zeros(5, dtype=bool), *(getattr(tracks, f) for f in list(Tracks.__dataclass_fields__)[1:])
    )
    assert (commits(failed, build_vector(), PLACES_DEG)[0] == -np.inf).all()
    assert commits(tracks.select(np.zeros(0, dtype=int)), build_vector(), PLACES_DEG)[0].shape == (0, 4)


def test_a_flight_cap_cuts_off_the_far_meetings() -> None:
    tracks = build_arcs(lanes=200)
    short = commits(tracks, build_vector(flight_cap_s=200.0), PLACES_DEG)[0]
    long = commits(tracks, build_vector(flight_cap_s=math.inf), PLACES_DEG)[0]
    assert (long >= short - 3.0).all()
    assert np.isfinite(long).sum() > np.isfinite(short).sum() > 0


@settings(max_examples=25, deadline=None)
@given(speed=st.floats(2.5, 7.0), more=st.floats(0.0, 2.0), seed=st.integers(0, 50))
def test_a_faster_interceptor_never_has_to_commit_earlier(speed: float, more: float, seed: int) -> None:
    """All else equal; 3 s for the table's error beside the edge of its reach."""
    tracks = build_arcs(seed, 64)
    slow, fast = (commits(tracks, build_vector(speed_km_s=v), PLACES_DEG)[0] for v in (speed, speed + more))
    assert (fast >= slow - 3.0).all()


@settings(max_examples=25, deadline=None)
@given(floor=st.floats(60.0, 200.0), lower=st.floats(0.0, 50.0), seed=st.integers(0, 50))
def test_a_wider_window_never_has_to_commit_earlier(floor: float, lower: float, seed: int) -> None:
    tracks = build_arcs(seed, 64)
    narrow, wide = (
        commits(tracks, build_vector(altitude_min_km=f), PLACES_DEG)[0] for f in (floor, floor - lower)
    )
    assert (wide >= narrow - 3.0).all()
