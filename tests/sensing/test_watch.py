"""Seeing flights: horizon, sector, range, track time and first light, against closed forms."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipoise.flight import Tracks
from equipoise.sensing import Sightings, Station, picture, sight

EQUATOR_M = 6378137.0


def overhead_pass(
    altitude_km: float, rate_deg_s: float, samples: int, start_deg: float = -60.0, seconds: float = 1200.0
) -> Tracks:
    """One lane that runs east along the equator, level and at a steady rate: its horizon times are exact."""
    time = np.linspace(0.0, seconds, samples)
    lon = np.radians(start_deg + rate_deg_s * time)
    radius = EQUATOR_M + 1e3 * altitude_km
    position = radius * np.stack([np.cos(lon), np.sin(lon), np.zeros_like(lon)], axis=-1)
    level = np.full(samples, 1e3 * altitude_km)
    return Tracks(
        np.array([True]),
        time[None],
        position[None],
        level[None],
        0 * level[None],
        np.array([100.0]),
        time[-1:],
    )


def radar(**changes: object) -> Station:
    given_: dict[str, object] = {
        "sensor": "r",
        "party": "A",
        "kind": "radar",
        "quality": "fire-control",
        "lat_deg": 0.0,
        "lon_deg": 0.0,
        "sector_deg": (0.0, 360.0),
        "elevation_min_deg": 0.0,
        "range_km": math.inf,
        "delay_s": (10.0, 10.0),
        "revisit_s": 0.0,
        "marks": (),
    }
    return Station(**(given_ | changes))  # type: ignore[arg-type]


def horizon_angle_deg(altitude_km: float, elevation_deg: float) -> float:
    """Central angle at which a point at an altitude stands at an elevation, round Earth of equator radius."""
    e = math.radians(elevation_deg)
    return math.degrees(math.acos(math.cos(e) * EQUATOR_M / (EQUATOR_M + 1e3 * altitude_km)) - e)


@pytest.mark.parametrize("elevation_deg", [0.0, 3.0, 10.0])
@pytest.mark.parametrize("altitude_km", [100.0, 400.0])
def test_horizon_is_crossed_where_geometry_says_between_samples(
    altitude_km: float, elevation_deg: float
) -> None:
    tracks = overhead_pass(altitude_km, 0.06, 98)
    seen = sight(tracks, [radar(elevation_min_deg=elevation_deg)], 10.0)
    half = horizon_angle_deg(altitude_km, elevation_deg)
    rise, fall = (60.0 - half) / 0.06, (60.0 + half) / 0.06
    assert seen.warning_s[0, 0] == pytest.approx(rise, abs=0.5)
    assert seen.track_s[0, 0] == pytest.approx(rise + 10.0, abs=0.5)
    assert seen.lost_s[0, 0] == pytest.approx(min(fall, 1200.0), abs=0.5)


def test_range_cap_decides_where_it_is_shorter_than_the_horizon() -> None:
    seen = sight(overhead_pass(200.0, 0.06, 98), [radar(range_km=500.0)], 10.0)
    radius, far = EQUATOR_M + 2e5, 5e5
    angle = math.degrees(math.acos((radius**2 + EQUATOR_M**2 - far**2) / (2 * radius * EQUATOR_M)))
    assert seen.warning_s[0, 0] == pytest.approx((60.0 - angle) / 0.06, abs=0.5)


@pytest.mark.parametrize(
    ("sector_deg", "first_side"),
    [((240.0, 300.0), "west"), ((60.0, 120.0), "east"), ((200.0, 10.0), "west"), ((350.0, 170.0), "east")],
)
def test_sector_is_clockwise_from_north_and_may_wrap(
    sector_deg: tuple[float, float], first_side: str
) -> None:
    """A pass from west to east lies at azimuth 270 before the zenith and at 90 after it."""
    seen = sight(overhead_pass(200.0, 0.06, 98), [radar(sector_deg=sector_deg)], 10.0)
    zenith = 1000.0
    assert (seen.warning_s[0, 0] < zenith - 10) == (first_side == "west")
    if first_side == "east":
        assert seen.warning_s[0, 0] == pytest.approx(zenith, abs=13.0)
    else:
        assert seen.lost_s[0, 0] == pytest.approx(zenith, abs=13.0)


def test_a_glimpse_shorter_than_the_track_time_gives_a_warning_and_no_track() -> None:
    slow = radar(range_km=230.0, delay_s=(60.0, 60.0))
    seen = sight(overhead_pass(200.0, 0.06, 98), [slow], 10.0)
    assert math.isfinite(seen.warning_s[0, 0])
    assert seen.track_s[0, 0] == math.inf
    assert seen.lost_s[0, 0] == -math.inf


def test_nothing_is_seen_behind_the_earth() -> None:
    seen = sight(overhead_pass(200.0, 0.06, 98), [radar(lon_deg=180.0)], 10.0)
    assert seen.warning_s[0, 0] == math.inf
    assert seen.track_s[0, 0] == math.inf


def climb(burnout_s: float) -> Tracks:
    time = np.linspace(0.0, 300.0, 61)
    altitude = 50.0 * time**2
    position = np.stack([EQUATOR_M + altitude, 0 * time, 0 * time], axis=-1)
    return Tracks(
        np.array([True]),
        time[None],
        position[None],
        altitude[None],
        0 * time[None],
        np.array([burnout_s]),
        np.array([300.0]),
    )


def test_first_light_is_the_rise_through_the_clouds_while_burning() -> None:
    satellite = radar(kind="satellite", quality="warning", delay_s=(20.0, 50.0), revisit_s=10.0)
    seen = sight(climb(100.0), [satellite], 10.0)
    assert seen.first_light_s[0] == pytest.approx(math.sqrt(1e4 / 50.0), abs=0.5)
    assert seen.warning_s[0, 0] == pytest.approx(seen.first_light_s[0] + 60.0)
    assert seen.warning_early_s[0, 0] == pytest.approx(seen.first_light_s[0] + 20.0)
    assert seen.track_s[0, 0] == math.inf


def test_a_burn_that_ends_below_the_clouds_or_between_two_scans_gives_no_warning() -> None:
    satellite = radar(kind="satellite", quality="warning", revisit_s=10.0)
    assert sight(climb(10.0), [satellite], 10.0).warning_s[0, 0] == math.inf
    between = sight(climb(20.0), [satellite], 10.0)
    assert math.isfinite(between.first_light_s[0])
    assert between.warning_s[0, 0] == math.inf


@given(
    lon_deg=st.floats(-40, 40),
    lat_deg=st.floats(-20, 20),
    start=st.floats(0, 359),
    width=st.floats(20, 340),
    range_km=st.floats(300, 4000),
    elevation=st.floats(0, 20),
)
def test_ninety_eight_samples_agree_with_five_thousand(
    lon_deg: float, lat_deg: float, start: float, width: float, range_km: float, elevation: float
) -> None:
    """First sight within 2 s, unless the view is a glimpse or passes the zenith."""
    station = radar(
        lon_deg=lon_deg,
        lat_deg=lat_deg,
        sector_deg=(start, (start + width) % 360.0),
        range_km=range_km,
        elevation_min_deg=elevation,
    )
    few, many = (sight(overhead_pass(300.0, 0.06, n), [station], 10.0) for n in (98, 5001))
    dense_view = many.lost_s[0, 0] - many.warning_s[0, 0]
    if math.isfinite(many.track_s[0, 0]) and dense_view > 60.0 and few.warning_s[0, 0] < many.lost_s[0, 0]:
        nadir_deg = math.hypot(lat_deg, lon_deg + 60.0 - 0.06 * many.warning_s[0, 0])
        if nadir_deg > 6.0:
            assert few.warning_s[0, 0] == pytest.approx(many.warning_s[0, 0], abs=2.0)


def test_a_picture_takes_the_earliest_sensor_that_is_good_enough() -> None:
    stations = (radar(sensor="search", quality="search"), radar(sensor="fire"), radar(sensor="far"))
    sightings = Sightings(
        stations,
        np.array([5.0]),
        np.array([[10.0, 20.0, 30.0]]),
        np.array([[10.0, 20.0, 30.0]]),
        np.array([[15.0, 25.0, np.inf]]),
        np.array([[99.0, 99.0, -np.inf]]),
    )
    every = {"search", "fire", "far"}
    assert picture(sightings, every, "warning")[0] == 10.0
    assert picture(sightings, every, "search")[0] == 15.0
    assert picture(sightings, every, "fire-control")[0] == 25.0
    assert picture(sightings, {"far"}, "fire-control")[0] == math.inf
    assert picture(sightings, set(), "warning")[0] == math.inf
