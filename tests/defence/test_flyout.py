"""Flyout times against an independent integration of the interceptor's coast."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from equipoise.defence import IN_AIR_KM, IN_AIR_TOP_KM, flyout_table, flyout_time_s
from equipoise.defence.flyout import MU_M3_S2, local_radius_m
from equipoise.scenario.builders import figures

from .conftest import build_vector


def coast(speed_km_s: float, angle_deg: float, seconds: float) -> tuple[np.ndarray, np.ndarray]:
    """(altitude km, central angle rad) at a time of a two-body coast, integrated step by step."""
    ground = local_radius_m(54.5)
    gamma, speed = math.radians(angle_deg), 1e3 * speed_km_s

    def rate(_: float, s: np.ndarray) -> list[float]:
        r, _swept, radial, along = s
        return [radial, along / r, along**2 / r - MU_M3_S2 / r**2, -radial * along / r]

    start = [ground + 150e3, 0.0, speed * math.sin(gamma), speed * math.cos(gamma)]
    end = solve_ivp(rate, (0.0, seconds), start, method="DOP853", rtol=1e-11, atol=1e-6).y[:, -1]
    return (end[0] - ground) / 1e3, end[1]


@pytest.mark.parametrize("speed_km_s", [3.0, 4.5, 6.3, 9.0])
@pytest.mark.parametrize(
    ("angle_deg", "seconds"),
    [(-5.0, 40.0), (-5.0, 120.0), (10.0, 150.0), (25.0, 300.0), (35.0, 40.0), (35.0, 400.0)],
)
def test_flat_shots_arrive_when_integrated(speed_km_s: float, angle_deg: float, seconds: float) -> None:
    altitude_km, swept = coast(speed_km_s, angle_deg, seconds)
    if altitude_km < 0:
        pytest.fail("the case runs into the ground: choose another")
    chord = 2 * math.sin(swept / 2)
    time = flyout_time_s(build_vector(speed_km_s=speed_km_s), np.array(altitude_km), np.array(chord))
    assert float(time) == pytest.approx(70.0 + seconds, abs=0.01)


def test_steep_shots_are_never_taken_where_a_flat_one_gets_there_sooner() -> None:
    altitude_km, swept = coast(4.5, 75.0, 500.0)
    time = flyout_time_s(build_vector(), np.array(altitude_km), np.array(2 * math.sin(swept / 2)))
    assert float(time) < 570.0


def test_a_path_through_the_ground_is_flown_slower_and_just_above_it() -> None:
    """At 9 and 10.5 km/s the flat path to a low far point would pass under ground: both graze it."""
    times = [
        float(flyout_time_s(build_vector(speed_km_s=v), np.array(50.0), np.array(0.75)))
        for v in (6.0, 9.0, 10.5)
    ]
    assert times[0] >= times[1] == pytest.approx(times[2], abs=1e-6)
    assert times[2] < 700.0


def test_beyond_the_reach_of_the_speed_or_the_range_it_is_never() -> None:
    slow = build_vector(speed_km_s=1.0)
    assert float(flyout_time_s(slow, np.array(400.0), np.array(0.01))) == math.inf
    short = build_vector(range_km=100.0, altitude_min_km=10.0)
    assert float(flyout_time_s(short, np.array(90.0), np.array(0.02))) == math.inf


def test_in_the_air_it_is_a_straight_line_at_constant_speed() -> None:
    low = build_vector(
        speed_km_s=2.0,
        burnout_altitude_km=15.0,
        time_to_burnout_s=10.0,
        range_km=60.0,
        altitude_min_km=5.0,
        altitude_max_km=50.0,
    )
    time = flyout_time_s(low, np.array(35.0), np.array(0.0))
    assert float(time) == pytest.approx(10.0 + 20.0 / 2.0)
    climbing = replace(low, altitude_max_km=math.inf)
    assert float(flyout_time_s(climbing, np.array(35.0), np.array(0.0))) > 10.0 + 20.0 / 2.0


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"speed_km_s": 3.0, "altitude_min_km": 80.0, "altitude_max_km": 250.0},
        {"speed_km_s": 6.3, "burnout_altitude_km": 200.0, "flight_cap_s": math.inf},
        {"speed_km_s": 2.8, "burnout_altitude_km": 30.0, "range_km": 200.0, "altitude_min_km": 40.0},
    ],
)
def test_the_table_between_its_nodes(changes: dict[str, object]) -> None:
    """Bilinear look-up: under 0.1 s off for 95 in 100 between four reachable corners."""
    it = build_vector(**changes)
    table = flyout_table(it, 1500.0)
    rng = np.random.default_rng(5)
    row = rng.uniform(0, len(table.altitude_km) - 1.001, 4000)
    column = rng.uniform(0, len(table.chord) - 1.001, 4000)
    i, k = row.astype(int), column.astype(int)
    y, x = row - i, column - k
    corners = np.stack(
        [table.time_s[i, k], table.time_s[i, k + 1], table.time_s[i + 1, k], table.time_s[i + 1, k + 1]]
    )
    weights = np.stack([(1 - y) * (1 - x), (1 - y) * x, y * (1 - x), y * x])
    inside = np.isfinite(corners).all(axis=0)
    altitude = np.interp(row, np.arange(len(table.altitude_km)), table.altitude_km)
    chord = np.interp(column, np.arange(len(table.chord)), table.chord)
    exact = flyout_time_s(it, altitude, chord)
    looked_up = (np.where(inside, corners, 0.0) * weights).sum(axis=0)
    counts = inside & (exact <= min(it.flight_cap_s, 1500.0))
    assert counts.sum() > 500
    assert np.abs(looked_up - exact)[counts].max() < 4.0
    assert np.percentile(np.abs(looked_up - exact)[counts], 95) < 0.1
    assert np.isfinite(exact[inside]).all()


@given(
    speed=st.floats(2.0, 9.0),
    more=st.floats(0.0, 3.0),
    altitude=st.floats(50.0, 900.0),
    chord=st.floats(0.0, 0.8),
)
def test_a_faster_interceptor_is_never_later(
    speed: float, more: float, altitude: float, chord: float
) -> None:
    slow, fast = (
        float(flyout_time_s(build_vector(speed_km_s=v), np.array(altitude), np.array(chord)))
        for v in (speed, speed + more)
    )
    assert fast <= slow + 1e-6


def test_an_operand_file_says_of_the_air_what_is_flown() -> None:
    """The room of declared facts stands below this one and has the two figures by itself."""
    assert (figures.IN_AIR_KM, figures.IN_AIR_TOP_KM) == (IN_AIR_KM, IN_AIR_TOP_KM)
