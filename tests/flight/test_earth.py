"""The ellipsoid against pyproj, and gravity against its own potential."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from equipoise.flight import WGS84_ARRAY, ecef_altitude, ecef_to_geodetic, geodetic_to_ecef
from equipoise.flight._forces import gravity
from equipoise.flight.earth import WGS84, altitude

TO_ECEF = Transformer.from_crs("EPSG:4979", "EPSG:4978", always_xy=True)
latitudes, longitudes = st.floats(-90, 90), st.floats(-180, 180)


@given(lat=latitudes, lon=longitudes, height=st.floats(-1e3, 5e6))
def test_geodetic_to_ecef_agrees_with_pyproj(lat, lon, height):
    ours = geodetic_to_ecef(np.radians(lat), np.radians(lon), height)
    assert np.allclose(ours, TO_ECEF.transform(lon, lat, height), atol=1e-5)


@given(lat=latitudes, lon=longitudes, height=st.floats(-1e3, 5e6))
def test_there_and_back(lat, lon, height):
    x, y, z = geodetic_to_ecef(np.radians(lat), np.radians(lon), height)
    back = ecef_to_geodetic(x, y, z)
    assert back[0] == pytest.approx(np.radians(lat), abs=1e-11)
    assert back[2] == pytest.approx(height, abs=1e-6)
    assert ecef_altitude(x, y, z) == back[2]


@given(lat=latitudes)
def test_fast_height_is_exact_on_the_ground_and_near_it_at_200_km(lat):
    for height, tolerance in ((0.0, 0.02), (200e3, 1.5)):
        x, y, z = geodetic_to_ecef(np.radians(lat), 1.0, height)
        assert altitude(WGS84_ARRAY, x, y, z) == pytest.approx(height, abs=tolerance)


def _potential(position):
    r = np.linalg.norm(position)
    sine = position[2] / r
    flat = WGS84.j2 * (WGS84.radius_m / r) ** 2 * (1.5 * sine**2 - 0.5)
    return WGS84.mu_m3_s2 / r * (1.0 - flat)


@given(lat=latitudes, lon=longitudes, height=st.floats(0, 2e6))
def test_gravity_is_the_gradient_of_its_potential(lat, lon, height):
    place = np.array(geodetic_to_ecef(np.radians(lat), np.radians(lon), height))
    step = 20.0
    slope = [(_potential(place + d) - _potential(place - d)) / (2 * step) for d in step * np.eye(3)]
    assert np.allclose(gravity(WGS84_ARRAY, *place, 1.0 / np.linalg.norm(place)), slope, atol=2e-6)
