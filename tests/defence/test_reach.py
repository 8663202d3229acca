"""Reach: latest commits and needed speeds against Lambert scans, free flight and plain monotony."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from equipoise.defence import (
    Interceptors,
    OperandVector,
    flyout_time_s,
    interceptors,
    latest_commits_exact,
    needed_speeds,
    with_burnout,
)
from equipoise.defence.arcs import _NEAR_LEAST_M_S, _least_energy_time, arc
from equipoise.defence.lambert import departure
from equipoise.flight import Tracks, geodetic_to_ecef, lambert

MU, OMEGA, POLAR_M = 3.986004418e14, 7.292115e-5, 6356752.3


def turned(position: np.ndarray, angle: float) -> np.ndarray:
    """A position carried east about the pole by an angle."""
    c, s = math.cos(angle), math.sin(angle)
    return np.array([c * position[0] - s * position[1], s * position[0] + c * position[1], position[2]])


def falling(position: np.ndarray, velocity: np.ndarray, times_s: np.ndarray) -> np.ndarray:
    """Two-body positions in inertial axes, by SciPy."""

    def rates(_: float, y: np.ndarray) -> np.ndarray:
        return np.concatenate([y[3:], -MU * y[:3] / np.linalg.norm(y[:3]) ** 3])

    start = np.concatenate([position, velocity])
    spans = {"method": "DOP853", "rtol": 1e-10, "atol": 1e-4, "t_eval": times_s}
    return solve_ivp(rates, (0.0, float(times_s[-1])), start, **spans).y[:3].T


def thrown(lat_deg: float, lon_deg: float, azimuth_deg: float, speed_m_s: float, count: int = 60) -> Tracks:
    """A ballistic arc from 250 km above a place, burnout at 200 s, at 25 degrees, sampled until 80 km."""
    lat, lon = math.radians(lat_deg), math.radians(lon_deg)
    start = np.array(geodetic_to_ecef(lat, lon, 250e3))
    up = np.array([math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)])
    east = np.array([-math.sin(lon), math.cos(lon), 0.0])
    north = np.cross(up, east)
    azimuth, climb = math.radians(azimuth_deg), math.radians(25.0)
    level = math.cos(azimuth) * north + math.sin(azimuth) * east
    relative = speed_m_s * (math.cos(climb) * level + math.sin(climb) * up)
    velocity = relative + OMEGA * np.array([-start[1], start[0], 0.0])
    times = np.linspace(0.0, 2400.0, 800)
    fixed = np.array(
        [turned(p, -OMEGA * t) for p, t in zip(falling(start, velocity, times), times, strict=True)]
    )
    height = np.linalg.norm(fixed, axis=1) - 6371e3
    last = np.flatnonzero(height > 80e3).max()
    pick = np.linspace(0, last, count).astype(int)
    position, time, height = fixed[pick], times[pick] + 200.0, height[pick]
    rest = np.zeros((1, count))
    return Tracks(
        np.array([True]), time[None], position[None], height[None], rest, np.array([200.0]), time[-1:]
    )


def lane(
    lat_deg: float = 54.5,
    lon_deg: float = 17.1,
    speed_km_s: float = 5.5,
    burnout_km: float = 150.0,
    burn_s: float = 75.0,
    cap_s: float = math.inf,
    floor_km: float = 100.0,
    range_km: float = math.inf,
    ceiling_km: float = math.inf,
) -> Interceptors:
    """One interceptor lane, a fast one in northern Poland unless told otherwise."""
    one = [np.array([v]) for v in (lat_deg, lon_deg, speed_km_s, burnout_km, burn_s, cap_s)]
    return interceptors(*one, (np.array([floor_km]), np.array([ceiling_km])), np.array([range_km]))


def always_burning(tracks: Tracks) -> Tracks:
    """The same samples with burnout out of the way."""
    rest = (getattr(tracks, f) for f in ("ok", "time_s", "position_m", "altitude_m", "speed_m_s"))
    return Tracks(*rest, burnout_s=np.array([1e4]), impact_s=tracks.impact_s)


def one_by_one(tracks: Tracks) -> Tracks:
    """Each sample as a flight of its own, so that nothing is searched between samples."""
    count = tracks.time_s.shape[1]
    moved = (
        np.moveaxis(getattr(tracks, f), 0, 1) for f in ("time_s", "position_m", "altitude_m", "speed_m_s")
    )
    ends = (np.repeat(getattr(tracks, f), count) for f in ("burnout_s", "impact_s"))
    return Tracks(np.ones(count, dtype=bool), *moved, *ends)


NORTHWEST = thrown(54.0, 35.8, 310.0, 6200.0)
NORTH = thrown(51.7, 45.6, 340.0, 6600.0)


def relative_speed(at: Interceptors, point: np.ndarray, flight_s: float) -> float:
    """What Lambert asks for at the lane's start, relative to the Earth, m/s."""
    start = at.start_m[0]
    velocity = np.array(lambert(*start, *turned(point, OMEGA * flight_s), flight_s)[:3])
    return float(np.linalg.norm(velocity - OMEGA * np.array([-start[1], start[0], 0.0])))


@pytest.mark.parametrize("speed_km_s", [4.0, 5.5, 8.0])
@pytest.mark.parametrize("tracks", [NORTHWEST, NORTH])
def test_latest_commit_is_that_of_a_scan_over_samples_and_times(tracks: Tracks, speed_km_s: float) -> None:
    at = lane(speed_km_s=speed_km_s, cap_s=900.0)
    best = -math.inf
    for time, point, height in zip(tracks.time_s[0], tracks.position_m[0], tracks.altitude_m[0], strict=True):
        if height < 100e3:
            continue
        for flight_s in np.arange(20.0, 825.0, 2.0):
            if relative_speed(at, point, flight_s) <= 1e3 * speed_km_s:
                best = max(best, time - 75.0 - flight_s)
                break
    found = latest_commits_exact(one_by_one(tracks), at).max()
    assert found == pytest.approx(best, abs=2.1)
    assert found >= best
    assert latest_commits_exact(tracks, at)[0, 0] >= found


@pytest.mark.parametrize("tracks", [NORTHWEST, NORTH])
def test_an_interceptor_thrown_at_the_latest_commit_meets_the_missile(tracks: Tracks) -> None:
    at = lane(speed_km_s=6.0)
    commit = latest_commits_exact(tracks, at)[0, 0]
    start = at.start_m[0]
    misses = []
    for time, point in zip(tracks.time_s[0], tracks.position_m[0], strict=True):
        flight_s = time - commit - 75.0
        if flight_s < 10.0:
            continue
        aim = turned(point, OMEGA * flight_s)
        velocity = np.array(lambert(*start, *aim, flight_s)[:3])
        relative = np.linalg.norm(velocity - OMEGA * np.array([-start[1], start[0], 0.0]))
        if relative <= 6005.0:
            end = falling(start, velocity, np.array([0.0, flight_s]))[-1]
            misses.append(np.linalg.norm(end - aim))
    assert misses
    assert min(misses) < 100.0


@settings(max_examples=25, deadline=None)
@given(speed=st.floats(3.0, 9.5), lat=st.floats(35.0, 70.0), lon=st.floats(-10.0, 40.0))
def test_the_speed_needed_from_the_latest_commit_is_the_speed(speed: float, lat: float, lon: float) -> None:
    at = lane(lat, lon, speed, cap_s=700.0)
    commit = latest_commits_exact(NORTHWEST, at)[0]
    if math.isinf(commit[0]):
        assert needed_speeds(NORTHWEST, at, np.array([-3000.0]))[0, 0] > speed
    else:
        assert needed_speeds(NORTHWEST, at, commit)[0, 0] == pytest.approx(speed, abs=0.005)
        assert needed_speeds(NORTHWEST, at, commit + 20.0)[0, 0] > speed


@settings(max_examples=25, deadline=None)
@given(
    speed=st.floats(2.5, 9.0),
    faster=st.floats(0.0, 2.0),
    cap=st.floats(200.0, 1500.0),
    longer=st.floats(0.0, 800.0),
    later=st.floats(0.0, 300.0),
)
def test_more_never_reaches_less(
    speed: float, faster: float, cap: float, longer: float, later: float
) -> None:
    few = latest_commits_exact(NORTH, lane(speed_km_s=speed, cap_s=cap))[0, 0]
    assert latest_commits_exact(NORTH, lane(speed_km_s=speed + faster, cap_s=cap))[0, 0] >= few - 0.01
    assert latest_commits_exact(NORTH, lane(speed_km_s=speed, cap_s=cap + longer))[0, 0] >= few - 0.01
    commit = np.array([100.0])
    needed = needed_speeds(NORTH, lane(cap_s=cap), commit)[0, 0]
    assert needed_speeds(NORTH, lane(cap_s=cap), commit + later)[0, 0] >= needed - 1e-3
    assert needed_speeds(NORTH, lane(cap_s=cap + longer), commit)[0, 0] <= needed + 1e-3


def test_a_meeting_straight_overhead_has_an_answer() -> None:
    tracks = thrown(54.5, 17.1, 300.0, 50.0, count=20)
    found = latest_commits_exact(tracks, lane(burnout_km=100.0))[0, 0]
    assert math.isfinite(found)
    assert math.isfinite(needed_speeds(tracks, lane(burnout_km=100.0), np.array([0.0]))[0, 0])


def test_no_path_goes_through_the_earth() -> None:
    point = np.array(geodetic_to_ecef(math.radians(-30.0), math.radians(100.0), 120e3))
    one = np.ones((1, 1))
    tracks = Tracks(
        np.array([True]), 1500.0 * one, point[None, None], 120e3 * one, one, np.zeros(1), np.full(1, 1500.0)
    )
    at = lane(speed_km_s=11.0)
    quick = 500.0
    assert relative_speed(at, point, quick) > 12e3
    commit = latest_commits_exact(tracks, at)[0, 0]
    flight_s = 1500.0 - 75.0 - commit
    start = at.start_m[0]
    velocity = np.array(lambert(*start, *turned(point, OMEGA * flight_s), flight_s)[:3])
    path = falling(start, velocity, np.linspace(0.0, flight_s, 400))
    assert np.linalg.norm(path, axis=1).min() >= POLAR_M - 50.0
    assert np.linalg.norm(path, axis=1).min() < np.linalg.norm(start)


def test_what_stays_in_the_air_flies_straight() -> None:
    point = np.array(geodetic_to_ecef(math.radians(54.5), math.radians(17.1), 25e3))
    one = np.ones((1, 1))
    tracks = Tracks(
        np.array([True]), 900.0 * one, point[None, None], 25e3 * one, one, np.zeros(1), np.full(1, 900.0)
    )
    at = lane(speed_km_s=2.0, burnout_km=5.0, burn_s=4.0, floor_km=5.0, range_km=80.0, ceiling_km=30.0)
    assert latest_commits_exact(tracks, at)[0, 0] == pytest.approx(900.0 - 4.0 - 10.0, abs=0.01)
    assert needed_speeds(tracks, at, np.array([876.0]))[0, 0] == pytest.approx(1.0, abs=1e-4)
    short = lane(speed_km_s=2.0, burnout_km=5.0, burn_s=4.0, floor_km=5.0, range_km=20.0, ceiling_km=30.0)
    assert latest_commits_exact(tracks, short)[0, 0] == -math.inf


def test_meetings_before_burnout_count_only_when_asked() -> None:
    at = lane(60.0, 30.0, 7.0)
    early = always_burning(NORTHWEST)
    assert latest_commits_exact(early, at)[0, 0] == -math.inf
    whole = latest_commits_exact(NORTHWEST, at)[0, 0]
    for meetings in ("before burnout", "all"):
        assert latest_commits_exact(early, at, meetings=meetings)[0, 0] == pytest.approx(whole, abs=0.01)
    assert latest_commits_exact(NORTHWEST, at, meetings="before burnout")[0, 0] < whole


def test_flights_that_failed_are_never_reached() -> None:
    lost = Tracks(np.array([False]), *(getattr(NORTH, f) for f in list(Tracks.__dataclass_fields__)[1:]))
    assert latest_commits_exact(lost, lane())[0, 0] == -math.inf
    assert needed_speeds(lost, lane(), np.zeros(1))[0, 0] == math.inf


def test_least_speeds_and_times_are_those_of_a_search() -> None:
    """One parabola about the time of least energy stands for a search over times of flight."""
    at = lane()
    rng = np.random.default_rng(5)
    for _ in range(40):
        lat, lon = math.radians(rng.uniform(0.0, 85.0)), math.radians(rng.uniform(-90.0, 120.0))
        point = np.array(geodetic_to_ecef(lat, lon, rng.uniform(100e3, 1500e3)))
        one = np.ones((1, 1))
        tracks = Tracks(
            np.array([True]), 9e3 * one, point[None, None], 9e5 * one, one, np.zeros(1), np.full(1, 9e3)
        )
        scanned = min(relative_speed(at, point, t) for t in np.geomspace(60.0, 6000.0, 1200))
        assert needed_speeds(tracks, at, np.zeros(1))[0, 0] == pytest.approx(scanned / 1e3, abs=0.002)


def test_the_speed_at_the_time_of_least_energy_is_near_the_least() -> None:
    random = np.random.default_rng(5)
    for _ in range(300):
        lat, lon, far_lat, far_lon = np.radians(random.uniform((30, -180, 30, -180), (85, 180, 85, 180)))
        start = np.array(geodetic_to_ecef(lat, lon, random.uniform(60e3, 250e3)))
        point = np.array(geodetic_to_ecef(far_lat, far_lon, random.uniform(100e3, 1500e3)))
        middle = _least_energy_time(start, *point)
        near = [arc(start, *point, middle * share)[0] for share in np.linspace(0.6, 1.6, 201)]
        assert arc(start, *point, middle)[0] < min(near) + 0.8 * _NEAR_LEAST_M_S


def test_few_samples_give_the_commits_and_speeds_of_many() -> None:
    """Between samples the best meeting is searched, and one sample stands at burnout."""
    for azimuth in (300.0, 330.0, 355.0):
        few, many = (thrown(54.0, 40.0, azimuth, 6400.0, count) for count in (98, 400))
        for speed in (4.5, 6.3, 8.3):
            for cap in (600.0, math.inf):
                at = lane(speed_km_s=speed, cap_s=cap, floor_km=0.0)
                coarse, fine = (latest_commits_exact(t, at)[0, 0] for t in (few, many))
                assert math.isfinite(coarse) == math.isfinite(fine)
                if math.isfinite(fine):
                    assert coarse == pytest.approx(fine, abs=0.5)
                commit = np.array([260.0])
                coarse, fine = (needed_speeds(t, at, commit)[0, 0] for t in (few, many))
                assert coarse == pytest.approx(fine, abs=0.002)


def test_a_sample_at_burnout_is_put_in_its_place() -> None:
    whole = thrown(54.0, 40.0, 330.0, 6400.0, 120)
    later = Tracks(
        whole.ok,
        whole.time_s[:, 1:],
        whole.position_m[:, 1:],
        whole.altitude_m[:, 1:],
        whole.speed_m_s[:, 1:],
        whole.burnout_s,
        whole.impact_s,
    )
    put = with_burnout(later)
    assert put.time_s.shape[1] == later.time_s.shape[1] + 1
    assert (np.diff(put.time_s[0]) >= 0.0).all()
    assert put.time_s[0, 0] == whole.burnout_s[0]
    assert np.linalg.norm(put.position_m[0, 0] - whole.position_m[0, 0]) < 100.0
    rest = (np.zeros_like(getattr(whole, f)) for f in list(Tracks.__dataclass_fields__)[1:])
    failed = Tracks(np.array([False]), *rest)
    assert np.isfinite(with_burnout(failed).position_m).all()


def test_the_quick_lambert_is_the_slow_one() -> None:
    rng = np.random.default_rng(2)
    for _ in range(300):
        first, second = rng.normal(size=3), rng.normal(size=3)
        first *= rng.uniform(6.4e6, 6.7e6) / np.linalg.norm(first)
        second *= rng.uniform(6.4e6, 9e6) / np.linalg.norm(second)
        time_s = rng.uniform(60.0, 4000.0)
        slow = np.array(lambert(*first, *second, time_s)[:3])
        assert np.linalg.norm(np.array(departure(*first, *second, time_s)) - slow) < 1e-3 * (
            1.0 + np.linalg.norm(slow) / 1e3
        )


def test_coverages_flyout_leaves_out_the_earths_turning_and_errs_by_seconds() -> None:
    """Coverage flies over a round Earth at rest; the latest commits of the two differ by this much."""
    gaps = []
    for azimuth in range(290, 360, 10):
        for speed in (5900.0, 6300.0, 6700.0):
            track = thrown(54.0, 40.0, float(azimuth), speed)
            turning = latest_commits_exact(track, lane(speed_km_s=5.5, cap_s=600.0))[0, 0]
            resting = at_rest(track, 5.5)
            assert math.isfinite(turning) == math.isfinite(resting)
            if math.isfinite(turning):
                gaps.append(turning - resting)
    assert len(gaps) >= 10
    assert np.percentile(np.abs(gaps), 90) < 5.0
    assert np.max(np.abs(gaps)) < 30.0


def at_rest(track: Tracks, speed_km_s: float) -> float:
    """The latest commit by coverage's closed form, from the same place."""
    vector = OperandVector(
        "b", "i", "c", "a", "p", "m", "s", np.array([[54.5, 17.1]]), speed_km_s, 150.0, 75.0, 600.0, 100.0,
        math.inf, math.inf, None, (),
    )  # fmt: skip
    site = np.array(geodetic_to_ecef(math.radians(54.5), math.radians(17.1), 0.0))
    unit = track.position_m[0] / np.linalg.norm(track.position_m[0], axis=1, keepdims=True)
    chord = np.sqrt(np.maximum(2.0 - 2.0 * unit @ (site / np.linalg.norm(site)), 0.0))
    flown = flyout_time_s(vector, track.altitude_m[0] / 1e3, chord)
    counts = (track.altitude_m[0] >= 100e3) & (flown <= 600.0)
    return float(np.where(counts, track.time_s[0] - np.where(counts, flown, 0.0), -np.inf).max())
