"""Samples, dense states and exports."""

from __future__ import annotations

import csv
import io
import json
import math
from xml.etree import ElementTree

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from equipoise.flight import (
    Flight,
    Place,
    aim,
    ecef_altitude,
    fly,
    fly_many,
    sample,
    states,
    to_csv,
    to_czml,
    to_geojson,
    to_kml,
)
from equipoise.flight._truth import _FREE, geodetic, right_side, true_flight

NAMES = [
    "scud-b-forden-2007",
    "shahab-3-assumed",
    "sejjil-2-assumed",
    "topol-m-assumed",
    "peacekeeper-wright-2015",
]


def _many(catalogue):
    missiles = [catalogue[n] for n in NAMES for _ in range(4)]
    n = len(missiles)
    origin = np.stack([np.linspace(-60, 70, n), np.linspace(-170, 170, n)], 1)
    return fly_many(missiles, origin, np.linspace(0, 350, n), np.tile([10.0, 30.0, 45.0, 70.0], 5))


def test_samples_run_from_lift_off_to_impact_and_stand_on_the_altitudes(catalogue):
    flown = _many(catalogue)
    tracks = sample(flown, 60, (15.0, 100.0))
    assert tracks.time_s.shape == (20, 60)
    assert (tracks.time_s[:, 0] == 0.0).all()
    assert (np.diff(tracks.time_s) >= 0.0).all()
    assert tracks.time_s[:, -1] == pytest.approx(flown.time_s, abs=0.05)
    assert np.abs(tracks.altitude_m[:, -1]).max() < 5.0
    for height in (15e3, 100e3):
        on_it = (np.abs(tracks.altitude_m - height) < 1.0).sum(1)
        goes_there = flown.apogee_km > height / 1e3
        assert (on_it[goes_there] >= 2).all()
        assert (on_it[flown.apogee_km < height / 1e3 - 1.0] == 0).all()
    exact = np.array([[ecef_altitude(*p) for p in row] for row in tracks.position_m])
    assert np.abs(exact - tracks.altitude_m).max() < 0.01 * exact.max() ** 0.5


@pytest.mark.parametrize("name", NAMES)
def test_samples_lie_on_the_reference(catalogue, name):
    """From burnout to impact every sample is within 50 m of DOP853, and heights are passed within 0.05 s."""
    missile = catalogue[name]
    flown = fly_many((missile,), np.array([[35.0, 51.0]]), np.array([310.0]), np.array([33.0]))
    tracks = sample(flown, 98, (20.0, 100.0))
    burn = sum(s.burn_s for s in missile.stages)
    truth = true_flight(
        missile,
        (np.radians(35.0), np.radians(51.0)),
        np.radians(310.0),
        flown.kick_rad[0],
        np.radians(33.0),
        burn,
    )
    stage = np.array([0.0, 1.0, 0.0, 0.0, 0.0, 0.0, missile.ballistic_coefficient_kg_m2])
    dense = solve_ivp(
        right_side, (truth.burnout_s, truth.time_s), truth.burnout, "DOP853", rtol=1e-9, atol=1e-3,
        dense_output=True, args=(_FREE, stage, np.zeros(3), np.zeros(2), np.zeros(2)),
    ).sol  # fmt: skip
    later = (tracks.time_s[0] > truth.burnout_s) & (tracks.time_s[0] < truth.time_s)
    assert later.sum() > 30
    for time, place in zip(tracks.time_s[0][later], tracks.position_m[0][later], strict=True):
        turn = 7.292115e-5 * time
        c, s = math.cos(turn), math.sin(turn)
        x, y, z = dense(time)[:3]
        assert np.linalg.norm([c * x + s * y, c * y - s * x, z] - place) < 50.0
    for height in (20e3, 100e3):
        for k in np.flatnonzero((np.abs(tracks.altitude_m[0] - height) < 1.0) & later):
            before, after = (geodetic(*dense(tracks.time_s[0, k] + d)[:3])[1] for d in (-0.05, 0.05))
            assert min(before, after) < height < max(before, after)


def test_samples_of_the_boost_lie_on_the_reference(catalogue):
    """A burn cut off at a time ends where the whole burn then is: the gravity turn does not look ahead."""
    missile = catalogue["shahab-3-assumed"]
    flown = fly_many((missile,), np.array([[35.0, 51.0]]), np.array([310.0]), np.array([33.0]))
    tracks = sample(flown, 98)
    boost = np.flatnonzero((tracks.time_s[0] > 20.0) & (tracks.time_s[0] < tracks.burnout_s[0]))
    assert len(boost) > 8
    for k in boost[::3]:
        time = tracks.time_s[0, k]
        place = (np.radians(35.0), np.radians(51.0))
        truth = true_flight(missile, place, np.radians(310.0), flown.kick_rad[0], 1.0, time)
        c, s = math.cos(7.292115e-5 * time), math.sin(7.292115e-5 * time)
        x, y, z = truth.burnout[:3]
        assert np.linalg.norm([c * x + s * y, c * y - s * x, z] - tracks.position_m[0, k]) < 50.0


def test_failed_lanes_repeat_the_launch_point(catalogue):
    flown = fly_many(
        (catalogue["hwasong-15-assumed-heavy"],),
        np.array([[10.0, 20.0]] * 2),
        np.full(2, 90.0),
        np.array([3.0, 40.0]),
    )
    assert flown.ok.tolist() == [False, True]
    tracks = sample(flown, 30)
    assert (tracks.position_m[0] == tracks.position_m[0, 0]).all()
    assert ecef_altitude(*tracks.position_m[0, 0]) == pytest.approx(0.0, abs=1e-6)
    assert tracks.select(np.array([1])).ok.all()


def test_too_few_samples(catalogue):
    with pytest.raises(ValueError, match="too few"):
        sample(_many(catalogue), 5, (10.0, 20.0))


@pytest.mark.parametrize("name", NAMES)
def test_burnout_row_flies_on_to_the_same_impact(catalogue, name):
    """Another integrator, from the inertial burnout row alone, comes down within 100 m: what a stranger
    would do.
    """
    missile = catalogue[name]
    flown = fly(missile, Place(48.0, 11.0), 75.0, 33.0)
    assert isinstance(flown, Flight)
    rows = list(csv.DictReader(io.StringIO(to_csv(states(missile, flown)))))
    (row,) = [q for q in rows if q["phase"] == "burnout"]
    assert float(row["t_s"]) == pytest.approx(flown.burnout.time_s, abs=1e-6)
    assert float(row["speed_km_s"]) == pytest.approx(flown.burnout.speed_km_s, abs=1e-8)
    start = [float(row[c]) for c in ("x_m", "y_m", "z_m", "vx_m_s", "vy_m_s", "vz_m_s")]
    stage = np.array([0.0, 1.0, 0.0, 0.0, 0.0, 0.0, missile.ballistic_coefficient_kg_m2])

    def ground(t, y, *_):
        return geodetic(*y[:3])[1]

    ground.terminal, ground.direction = True, -1
    found = solve_ivp(
        right_side, (float(row["t_s"]), 9000.0), start, "DOP853", rtol=1e-9, atol=1e-3, events=ground,
        args=(_FREE, stage, np.zeros(3), np.zeros(2), np.zeros(2)),
    )  # fmt: skip
    time = found.t[-1]
    x, y, z = found.y[:3, -1]
    lat, lon = geodetic(x, y, z)[0], math.atan2(y, x) - 7.292115e-5 * time
    from pyproj import Geod

    miss = Geod(ellps="WGS84").inv(
        flown.impact.lon_deg, flown.impact.lat_deg, math.degrees(lon), math.degrees(lat)
    )[2]
    assert miss < 100.0
    assert time == pytest.approx(flown.time_s, abs=0.05)


def test_dense_states_agree_among_themselves(catalogue):
    missile = catalogue["minuteman-3-wright"]
    flown = fly(missile, Place(48.2, -101.3), 0.0, 25.0)
    table = states(missile, flown)
    assert len(table) > 150
    assert (np.diff(table.time_s) > 0.0).all()
    assert table.phase[0] == "rise"
    assert table.phase[-1] == "impact"
    assert [p for i, p in enumerate(table.phase) if i == 0 or p != table.phase[i - 1]] == [
        "rise", "stage-1", "stage-2", "stage-3", "burnout", "coast", "entry", "impact",
    ]  # fmt: skip
    assert table.mass_kg[0] == pytest.approx(900 + 20780 + 2450 + 6240 + 1030 + 3306 + 404 + 150)
    assert table.mass_kg[table.phase.index("burnout")] == pytest.approx(900 + 404)
    assert table.mass_kg[-1] == 900
    assert np.allclose(table.position_eci_m[0], table.position_m[0])
    speed = np.linalg.norm(table.velocity_eci_m_s[0])
    assert speed == pytest.approx(7.292115e-5 * np.hypot(*table.position_m[0, :2]))
    numeric = np.gradient(table.altitude_km, table.time_s)
    assert np.abs(numeric).max() < 8.0
    drop = next(e for e in flown.events if e.name == "shroud-drop")
    assert drop.time_s == pytest.approx(76.0)


def test_csv_has_the_columns(catalogue):
    missile = catalogue["scud-b-wright"]
    text = to_csv(states(missile, fly(missile, Place(0.0, 0.0), 90.0, 40.0)))
    assert text.splitlines()[0] == (
        "t_s,x_m,y_m,z_m,vx_m_s,vy_m_s,vz_m_s,lat_deg,lon_deg,altitude_km,speed_km_s,mass_kg,phase"
    )
    assert "nan" not in text


def test_geojson_is_cut_at_the_date_line(catalogue):
    missile = catalogue["sejjil-2-assumed"]
    flown = aim(missile, Place(40.0, 175.0), Place(45.0, -170.0))
    assert isinstance(flown, Flight)
    feature = json.loads(to_geojson(states(missile, flown), missile.id))
    assert feature["geometry"]["type"] == "MultiLineString"
    for line in feature["geometry"]["coordinates"]:
        lons = [p[0] for p in line]
        assert max(lons) - min(lons) < 180.0
    straight = fly(missile, Place(40.0, 10.0), 90.0, 40.0)
    plain = json.loads(to_geojson(states(missile, straight), missile.id))
    assert plain["geometry"]["type"] == "LineString"
    assert all(round(v, 7) == v for p in plain["geometry"]["coordinates"] for v in p)


def test_czml_is_earth_fixed_lagrange(catalogue):
    missile = catalogue["shahab-3-assumed"]
    flown = fly(missile, Place(35.0, 51.0), 270.0, 37.0)
    document = json.loads(to_czml(states(missile, flown), missile.id))
    assert document[0]["id"] == "document"
    position = document[1]["position"]
    assert position["referenceFrame"] == "FIXED"
    assert position["interpolationAlgorithm"] == "LAGRANGE"
    assert position["interpolationDegree"] == 5
    values = np.array(position["cartesian"]).reshape(-1, 4)
    assert values[-1, 0] == pytest.approx(flown.time_s, abs=0.05)
    assert ecef_altitude(*values[-1, 1:]) == pytest.approx(0.0, abs=10.0)
    assert document[1]["availability"].startswith("2000-01-01T12:00:00")


def test_kml_is_a_track_in_time(catalogue):
    missile = catalogue["sejjil-2-assumed"]
    flown = aim(missile, Place(40.0, 175.0), Place(45.0, -170.0))
    assert isinstance(flown, Flight)
    table = states(missile, flown)
    root = ElementTree.fromstring(to_kml(table, "a <b> & c"))
    names = {"k": "http://www.opengis.net/kml/2.2", "gx": "http://www.google.com/kml/ext/2.2"}
    track = root.find(".//gx:Track", names)
    assert track is not None
    when = [e.text or "" for e in track.findall("k:when", names)]
    places = [[float(q) for q in (e.text or "").split()] for e in track.findall("gx:coord", names)]
    assert len(when) == len(places) == len(table)
    assert when == sorted(when)
    assert places[-1] == pytest.approx([flown.impact.lon_deg, flown.impact.lat_deg, 0.0], abs=0.01)
    assert max(p[2] for p in places) == pytest.approx(1e3 * flown.apogee_km, rel=1e-3)
    assert root.findtext("k:Document/k:name", namespaces=names) == "a <b> & c"
    marks = [e.text for e in root.findall(".//k:Placemark/k:name", names)]
    assert marks[1].startswith("burnout, ")
    assert marks[2] == f"apogee, {flown.apogee_km:.0f} km"


def test_exports_say_their_frame_and_units(catalogue):
    missile = catalogue["scud-b-wright"]
    table = states(missile, fly(missile, Place(0.0, 0.0), 90.0, 40.0))
    assert "WGS84" in json.loads(to_geojson(table, "x"))["properties"]["frame"]
    assert "metres" in json.loads(to_czml(table, "x"))[1]["description"]
    assert "above the ellipsoid in metres" in to_kml(table, "x")
