"""Flights of a stated burnout: where they start and end, the least speed, and lofts about it."""

from __future__ import annotations

import numpy as np
import pytest

from equipoise.flight import Tracks, ecef_to_geodetic
from equipoise.guarantee.burnouts import burnout_tracks
from equipoise.scenario import BurnoutProfile

START, AIM = np.array([[54.05, 35.7]]), np.array([[38.9, -77.0]])
PROFILE = BurnoutProfile("stated", 200.0, 250.0, 500.0)


def flown(offset_deg: float) -> Tracks:
    tracks = burnout_tracks([PROFILE], START, AIM, offset_deg, 99, (100.0,))
    assert tracks.ok.all()
    return tracks


def burnout_speed(tracks: Tracks) -> float:
    """Relative to the Earth, m/s."""
    at = int(np.argmin(np.abs(tracks.time_s[0] - PROFILE.time_s)))
    return float(tracks.speed_m_s[0, at])


def test_it_burns_out_where_stated_and_ends_at_the_aim() -> None:
    tracks = flown(0.0)
    at = int(np.flatnonzero(tracks.time_s[0] == PROFILE.time_s)[0])
    assert tracks.altitude_m[0, at] == pytest.approx(250e3, abs=1.0)
    lat, lon = np.degrees(ecef_to_geodetic(*tracks.position_m[0, -1])[:2])
    assert (lat, lon) == pytest.approx(tuple(AIM[0]), abs=1e-4)
    assert np.abs(tracks.altitude_m[0] - 100e3).min() < 1.0


def test_a_lofted_flight_is_higher_and_longer_and_a_depressed_one_lower_and_shorter() -> None:
    low, least, high = (flown(offset) for offset in (-8.0, 0.0, 8.0))
    tops = [float(t.altitude_m.max()) for t in (low, least, high)]
    times = [float(t.impact_s[0]) for t in (low, least, high)]
    assert tops[0] < tops[1] - 300e3
    assert tops[1] < tops[2] - 300e3
    assert times == sorted(times)
    assert burnout_speed(least) < min(burnout_speed(low), burnout_speed(high))


def test_the_figures_are_those_of_a_search_worked_out_apart() -> None:
    """By universal variables and a search in steps of one second, on the same ellipsoid."""
    for offset, apogee_km, coast_s in ((-10.0, 900.0, 1350.0), (0.0, 1397.0, 1613.0), (12.0, 2261.0, 2069.0)):
        tracks = flown(offset)
        assert float(tracks.altitude_m.max()) / 1e3 == pytest.approx(apogee_km, abs=4.0)
        assert float(tracks.impact_s[0]) - 200.0 == pytest.approx(coast_s, abs=2.0)


def test_a_loft_that_leads_nowhere_is_no_flight() -> None:
    assert not burnout_tracks([PROFILE], START, AIM, 60.0, 99, ()).ok.any()
