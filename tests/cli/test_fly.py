"""``fly`` from outside: keys and roundings of its answer, what it writes, each way in which it refuses."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from equipoise.cli import main
from equipoise.flight import standard_atmosphere

OWN = str(Path(__file__).parent / "own-missile.yaml")
START = ["fly", "--missile", OWN, "--from"]
KEYS = {"range_km", "apogee_km", "time_s", "burnout", "impact", "events"}
BURNOUT_KEYS = {"time_s", "speed_km_s", "altitude_km", "flight_path_angle_deg"}
COLUMNS = (
    *("t_s", "x_m", "y_m", "z_m", "vx_m_s", "vy_m_s", "vz_m_s"),
    *("lat_deg", "lon_deg", "altitude_km", "speed_km_s", "mass_kg", "phase"),
)
GM, J2, RADIUS_M, FLATTENING, TURN_RAD_S = (
    3.986004418e14,
    1.08262982e-3,
    6378137.0,
    1 / 298.257223563,
    7.292115e-5,
)


def flown(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main([*START, *words, "--json"]) == 0, capsys.readouterr().err
    said = capsys.readouterr()
    assert said.err == ""
    answer: dict[str, Any] = json.loads(said.out)
    return answer


def test_the_answer_has_the_promised_keys_and_rounds_the_impact(capsys: pytest.CaptureFixture[str]) -> None:
    answer = flown(capsys, "10,20", "--azimuth", "45")
    assert set(answer) >= KEYS
    assert set(answer["burnout"]) >= BURNOUT_KEYS
    for degrees in answer["impact"].values():
        assert degrees == round(degrees, 1)
    assert answer["range_km"] > 500
    assert [e["time_s"] for e in answer["events"]] == sorted(e["time_s"] for e in answer["events"])


@pytest.mark.parametrize("form", [["--from=-10,-20"], ["--from", "-10,-20"]], ids=str)
def test_south_and_west_are_negative(form: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fly", "--missile", OWN, *form, "--to", "-5.0,-20.0", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["impact"] == {"lat_deg": -5.0, "lon_deg": -20.0}
    assert answer["range_km"] == pytest.approx(553, abs=1)


def test_it_crosses_the_date_line(capsys: pytest.CaptureFixture[str]) -> None:
    answer = flown(capsys, "20,178", "--to", "20,-176")
    assert answer["impact"] == {"lat_deg": 20.0, "lon_deg": -176.0}
    assert answer["azimuth_deg"] == pytest.approx(89, abs=3)


def test_it_flies_to_and_from_a_pole(capsys: pytest.CaptureFixture[str]) -> None:
    assert flown(capsys, "84,30", "--to", "90,0")["impact"]["lat_deg"] == 90.0
    assert flown(capsys, "-90,0", "--to", "-84,30")["impact"] == {"lat_deg": -84.0, "lon_deg": 30.0}


def test_a_lofted_flight_is_higher_and_slower(capsys: pytest.CaptureFixture[str]) -> None:
    least = flown(capsys, "10,20", "--to", "15,20")
    lofted = flown(capsys, "10,20", "--to", "15,20", "--loft", str(least["loft_deg"] + 10))
    assert lofted["apogee_km"] > least["apogee_km"]
    assert lofted["time_s"] > least["time_s"]
    assert lofted["cutoff_s"] > least["cutoff_s"]


def test_an_azimuth_alone_gives_the_longest_range(capsys: pytest.CaptureFixture[str]) -> None:
    longest = flown(capsys, "10,20", "--azimuth", "45")
    for turn in (-4, 4):
        other = flown(capsys, "10,20", "--azimuth", "45", "--loft", str(longest["loft_deg"] + turn))
        assert other["range_km"] < longest["range_km"]


def test_the_table_shows_the_same_flight_to_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    answer = flown(capsys, "10,20", "--azimuth", "45")
    assert main([*START, "10,20", "--azimuth", "45"]) == 0
    said = capsys.readouterr().out
    assert f"{answer['range_km']:.0f}" in said
    assert "assumed" in said
    assert f"{answer['impact']['lat_deg']}, {answer['impact']['lon_deg']}" in said


def test_another_integrator_flies_on_from_the_burnout_row(tmp_path: Path) -> None:
    target = tmp_path / "flight.csv"
    assert main([*START, "10,20", "--azimuth", "45", "--csv", str(target)]) == 0
    rows = list(csv.DictReader(target.read_text(encoding="utf-8").splitlines()))
    assert tuple(rows[0]) == COLUMNS
    at_burnout = [row for row in rows if row["phase"] == "burnout"]
    assert len(at_burnout) == 1
    state = np.array([float(at_burnout[0][name]) for name in COLUMNS[1:7]])
    begun = float(at_burnout[0]["t_s"])
    down = solve_ivp(
        falling, (begun, begun + 4000), state, "DOP853", rtol=1e-11, atol=1e-6, events=[struck], max_step=20.0
    )
    place = down.y_events[0][0][:3]
    last = np.array([float(rows[-1][name]) for name in COLUMNS[1:4]])
    assert down.t_events[0][0] == pytest.approx(float(rows[-1]["t_s"]), abs=0.05)
    assert np.linalg.norm(place - last) < 100.0


def falling(_: float, state: np.ndarray) -> np.ndarray:
    """Gravity to J2 and drag of 5,000 kg/m² in air that turns with the Earth; inertial axes."""
    place, velocity = state[:3], state[3:]
    r = math.sqrt(place @ place)
    z2 = (place[2] / r) ** 2
    oblate = 1.5 * J2 * (RADIUS_M / r) ** 2
    pull = -GM / r**3 * place * np.array([*[1 + oblate * (1 - 5 * z2)] * 2, 1 + oblate * (3 - 5 * z2)])
    wind = velocity - np.cross([0.0, 0.0, TURN_RAD_S], place)
    density = standard_atmosphere(np.array([height_m(place)]))[0][0]
    drag = -density * math.sqrt(wind @ wind) * wind / (2 * 5000.0)
    return np.concatenate([velocity, pull + drag])


def height_m(place: np.ndarray) -> float:
    """Above the ellipsoid, by Bowring's iteration."""
    flat = math.hypot(place[0], place[1])
    e2 = FLATTENING * (2 - FLATTENING)
    latitude = math.atan2(place[2], flat * (1 - e2))
    for _ in range(6):
        normal = RADIUS_M / math.sqrt(1 - e2 * math.sin(latitude) ** 2)
        latitude = math.atan2(place[2] + e2 * normal * math.sin(latitude), flat)
    normal = RADIUS_M / math.sqrt(1 - e2 * math.sin(latitude) ** 2)
    return flat * math.cos(latitude) + place[2] * math.sin(latitude) - RADIUS_M**2 / normal


def struck(_: float, state: np.ndarray) -> float:
    return height_m(state[:3])


struck.terminal = True  # type: ignore[attr-defined]
struck.direction = -1.0  # type: ignore[attr-defined]


def test_geojson_czml_and_kml_are_written_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    track, scene, globe = tmp_path / "t.geojson", tmp_path / "s.czml", tmp_path / "g.kml"
    words = ["20,178", "--to", "20,-176", "--geojson", str(track), "--czml", str(scene), "--kml", str(globe)]
    assert main([*START, *words]) == 0
    feature = json.loads(track.read_text(encoding="utf-8"))
    assert feature["geometry"]["type"] == "MultiLineString"
    packets = json.loads(scene.read_text(encoding="utf-8"))
    assert packets[0]["id"] == "document"
    assert packets[1]["position"]["referenceFrame"] == "FIXED"
    assert ElementTree.parse(globe).getroot().tag == "{http://www.opengis.net/kml/2.2}kml"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["g.kml", "s.czml", "t.geojson"]


def test_a_dash_sends_one_export_to_stdout_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*START, "10,20", "--azimuth", "45", "--csv", "-"]) == 0
    said = capsys.readouterr().out
    assert said.splitlines()[0] == ",".join(COLUMNS)
    assert said.splitlines()[-1].endswith(",impact")


BAD = {
    "unknown-missile": (["fly", "--missile", "shahab3", "--from", "1,2", "--azimuth", "0"], "shahab-3"),
    "place-latitude": ([*START, "95,10", "--azimuth", "0"], "--from"),
    "place-longitude": ([*START, "5,200", "--azimuth", "0"], "--from"),
    "place-form": ([*START, "Paris", "--azimuth", "0"], "Paris"),
    "azimuth-range": ([*START, "1,2", "--azimuth", "-3"], "clockwise from true north"),
    "loft-form": ([*START, "1,2", "--azimuth", "3", "--loft", "steep"], "minimum-energy"),
    "direction-missing": ([*START, "1,2"], "--azimuth"),
    "direction-both": ([*START, "1,2", "--to", "3,4", "--azimuth", "5"], "give one"),
    "stdout-twice": ([*START, "1,2", "--azimuth", "5", "--json", "--csv", "-"], "--geojson"),
    "cannot-write": ([*START, "1,2", "--azimuth", "5", "--csv", "no/such/folder/x.csv"], "No such file"),
    "file-not-found": (["fly", "--missile", "none.yaml", "--from", "1,2", "--azimuth", "0"], "none.yaml"),
}


@pytest.mark.parametrize(("id", "words", "says"), [(id, *case) for id, case in BAD.items()], ids=list(BAD))
def test_bad_input_is_refused_in_words(
    id: str, words: list[str], says: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"error[{id}]: ")
    assert says in said.err
    assert "\nhint: " in said.err


@pytest.mark.parametrize(
    ("to", "says"),
    [("10,20", "same place"), ("-10,-160", "longest reach"), ("10,110", "longest reach")],
    ids=["origin is destination", "antipodes", "beyond range"],
)
def test_a_place_that_cannot_be_reached_is_refused_with_what_would_do(
    to: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*START, "10,20", "--to", to]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("error[")) == ("", 1)
    assert says in said.err
    assert "nan" not in said.err.casefold()
