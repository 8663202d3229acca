"""Operand files: the example is whole and is read; what makes nonsense is told at its line and field."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from equipoise.scenario import (
    InputError,
    Scenario,
    StatedOperands,
    load_operands,
    load_scenario,
    operands_example,
)
from equipoise.scenario.edges.operands import (
    AskPart,
    BurnoutPart,
    CommitPart,
    CountPart,
    InterceptorPart,
    OperandFile,
    Spot,
)

from .operand_faults import NEAR, RIGHT, WRONG, Wrong


@pytest.fixture(scope="module")
def lisbon() -> Scenario:
    return load_scenario("lisbon-2010")


def read(scenario: Scenario, folder: Path, text: str) -> StatedOperands:
    path = folder / "mine.yaml"
    path.write_text(text, "utf-8")
    return load_operands(path, scenario)


def small(interceptor: str, rest: str = "") -> str:
    places = "place: redzikowo\nlaunch: kozelsk\naim: washington"
    return f"owner: NATO\ninterceptor: {{{interceptor}}}\n{places}\n{rest}"


def test_the_example_names_every_field(lisbon: Scenario, tmp_path: Path) -> None:
    text = operands_example()
    for part in (CountPart, OperandFile, InterceptorPart, CommitPart, AskPart, Spot, BurnoutPart):
        names = [f.alias or name for name, f in part.model_fields.items()]
        assert [name for name in names if f"{name}:" not in text] == []
    stated = read(lisbon, tmp_path, text)
    assert (stated.owner, stated.places[0].id, stated.figures[0].speed_km_s) == (
        "NATO",
        "redzikowo",
        (6.3, 6.3),
    )
    assert stated.figures[0].flight_cap_s == (600.0, math.inf)
    assert stated.asked.caps_s == (math.inf, 600.0)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda w: f"{w.id}: {w.new}")
def test_a_wrong_word_is_told_at_its_line(lisbon: Scenario, wrong: Wrong, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(lisbon, tmp_path, wrong.text)
    told = caught.value
    assert (told.id, told.line) == (wrong.id, wrong.line), str(told)
    assert told.file == str(tmp_path / "mine.yaml")
    assert told.field


@pytest.mark.parametrize("wrong", NEAR, ids=lambda w: f"{w.id}: {w.new or w.old}")
def test_a_fault_of_a_part_is_told_at_the_part(lisbon: Scenario, wrong: Wrong, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(lisbon, tmp_path, wrong.text)
    assert caught.value.id == wrong.id, str(caught.value)
    assert caught.value.line is not None


def test_the_right_file_is_read(lisbon: Scenario, tmp_path: Path) -> None:
    assert read(lisbon, tmp_path, RIGHT).commit is not None


def test_what_is_left_out_is_taken_from_the_claim_and_said(lisbon: Scenario, tmp_path: Path) -> None:
    stated = read(lisbon, tmp_path, small("model: gbi2"))
    assert stated.figures[0].speed_km_s == (6.3, 6.3)
    assert stated.figures[0].flight_cap_s == (600.0, math.inf)
    said = " ".join(stated.assumed)
    for words in (
        "km as the altitude of the speed",
        "s to burnout",
        "km lowest meeting",
        "No flight cap",
        "Lofts",
    ):
        assert words in said
    every = read(lisbon, tmp_path, small("model: gbi2, claim: all"))
    assert len(every.figures) == 4


def test_a_cap_that_counts_from_burnout_is_converted(lisbon: Scenario, tmp_path: Path) -> None:
    given = "class: GBI, speed_km_s: 7, flight_cap_s: 600, flight_cap_counts_from: burnout"
    stated = read(lisbon, tmp_path, small(given))
    assert stated.figures[0].flight_cap_s == (740.0, 740.0)
    assert any("converted" in said for said in stated.assumed)


def test_a_time_to_100_km_is_carried_on_to_the_altitude_of_the_speed(
    lisbon: Scenario, tmp_path: Path
) -> None:
    given = "speed_km_s: 5, speed_at_km: 150, time_to_100_km_s: 80, altitude_min_km: 100"
    assert read(lisbon, tmp_path, small(given)).figures[0].time_to_burnout_s == pytest.approx((90.0, 90.0))
    level = "speed_km_s: 5, speed_at_km: 100, time_to_100_km_s: 80, altitude_min_km: 100"
    assert read(lisbon, tmp_path, small(level)).figures[0].time_to_burnout_s == (80.0, 80.0)


def test_the_owner_follows_from_the_interceptor_the_launch_area_or_the_site(
    lisbon: Scenario, tmp_path: Path
) -> None:
    bare = small("class: sm-3, speed_km_s: 5").replace("owner: NATO\n", "")
    assert read(lisbon, tmp_path, bare).owner == "NATO"
    own = small("model: 53t6").replace("owner: NATO\n", "").replace("redzikowo", "moscow")
    away = own.replace("launch: kozelsk", "launch: minot").replace("aim: washington", "aim: moscow")
    assert read(lisbon, tmp_path, away).owner == "Russia"
    drawn = "launch: {lat_deg: 54, lon_deg: 36}\nmissile: topol"
    assert read(lisbon, tmp_path, bare.replace("launch: kozelsk", drawn)).owner == "NATO"


def test_places_launch_and_aim_may_be_drawn_as_points_boxes_and_lists(
    lisbon: Scenario, tmp_path: Path
) -> None:
    text = small(
        "class: sm-3, speed_km_s: 5",
        "missile: [topol, {burnout_s: [170, 250], burnout_altitude_km: 250, burnout_downrange_km: 500}]\n",
    )
    text = text.replace("place: redzikowo", "place: [baltic-sea, {name: a ship, lat_deg: 56, lon_deg: 3}]")
    text = text.replace("aim: washington", "aim: [{name: coast, lat_deg: [36, 42], lon_deg: [-78, -72]}]")
    stated = read(lisbon, tmp_path, text)
    assert [p.id for p in stated.places] == ["baltic-sea", "a ship"]
    assert stated.places[0].area.sea
    assert stated.aim[0].area.kind == "box"
    assert len(stated.profiles) == 2
    assert stated.launch[0].missiles == ("topol-assumed", *(p.id for p in stated.profiles))


def test_a_loft_range_stands_about_minimum_energy(lisbon: Scenario, tmp_path: Path) -> None:
    around = read(lisbon, tmp_path, small("model: gbi2", "loft_offset_deg: [-8, 12]\n"))
    assert [offset for _, offset in around.lofts] == [0.0, -8.0, 12.0]
    alone = read(lisbon, tmp_path, small("model: gbi2", "loft_offset_deg: 0\n"))
    assert alone.lofts == (("minimum-energy", 0.0),)


def test_null_is_a_field_left_out(lisbon: Scenario, tmp_path: Path) -> None:
    bare = read(lisbon, tmp_path, small("class: sm-3, speed_km_s: 5"))
    text = small(
        "class: sm-3, speed_km_s: 5, flight_cap_s: null, number: null, shots_each: null",
        "title: null\nloft_offset_deg: null\ncommit: null\nsurviving_warheads: null\nask: null\n",
    )
    assert read(lisbon, tmp_path, text) == bare


def test_one_figure_may_stand_for_a_list_and_none_may_stand_first(lisbon: Scenario, tmp_path: Path) -> None:
    asked = "ask: {needed_speed_at_commits_s: 60, latest_commit_at_speeds_km_s: 5.5, flight_caps_s: none}\n"
    stated = read(lisbon, tmp_path, small("class: sm-3, flight_cap_s: [none, 600]", asked))
    assert stated.figures[0].flight_cap_s == (600.0, math.inf)
    assert (stated.asked.commits_s, stated.asked.speeds_km_s) == ((60.0,), (5.5,))
    assert stated.asked.caps_s == (math.inf,)


def test_names_may_be_written_in_any_case_with_spaces_or_hyphens(lisbon: Scenario, tmp_path: Path) -> None:
    plain = read(lisbon, tmp_path, small("model: sm3_iia", "missile: ss-19\n"))
    text = small("model: SM-3 IIA", "missile: SS 19\n").replace("owner: NATO", "owner: United States")
    for old, new in (("redzikowo", "Redzikowo"), ("kozelsk", "Kozelsk"), ("washington", "Washington DC")):
        text = text.replace(old, new)
    assert read(lisbon, tmp_path, text).figures == plain.figures
    assert [a.id for a in read(lisbon, tmp_path, text).launch] == ["kozelsk"]
    assert read(lisbon, tmp_path, text).models == plain.models
    russia = small("model: 53T6").replace("owner: NATO\n", "").replace("redzikowo", "Moscow")
    away = russia.replace("launch: kozelsk", "launch: Minot").replace("aim: washington", "aim: Moscow")
    assert read(lisbon, tmp_path, away).owner == "Russia"


def test_an_elevation_changes_no_figure_and_that_is_said(lisbon: Scenario, tmp_path: Path) -> None:
    given = "speed_km_s: 5, speed_at_km: 100, time_to_burnout_s: 70, altitude_min_km: 100"
    bare = read(lisbon, tmp_path, small(given))
    quoted = read(lisbon, tmp_path, small(f"{given}, speed_at_elevation_deg: 30"))
    assert quoted.figures == bare.figures
    said = next(s for s in quoted.assumed if "elevation" in s)
    assert "has no effect" in said
    assert "0.34 km/s slower" in said
    assert "0.34 km/s faster" in said


def test_a_speed_quoted_inside_the_air_is_said_to_coast_or_to_be_held(
    lisbon: Scenario, tmp_path: Path
) -> None:
    low = "speed_km_s: 5, speed_at_km: 20, time_to_burnout_s: 30, altitude_min_km: 30"
    out = " ".join(read(lisbon, tmp_path, small(low)).assumed)
    assert "it coasts from that altitude on" in out
    inside = " ".join(read(lisbon, tmp_path, small(f"{low}, altitude_max_km: 100")).assumed)
    assert "It stays in the air" in inside
    assert "air" not in " ".join(read(lisbon, tmp_path, small("model: gbi2")).assumed)


def test_a_time_to_100_km_without_a_speed_holds_at_100_km(lisbon: Scenario, tmp_path: Path) -> None:
    bare = read(lisbon, tmp_path, small("class: gbi, time_to_100_km_s: 90"))
    assert bare.figures[0].quoted_at_km == (100.0, 100.0)
    assert bare.figures[0].time_to_burnout_s == (90.0, 90.0)
    with pytest.raises(InputError) as caught:
        read(lisbon, tmp_path, small("class: gbi, time_to_100_km_s: 90, speed_at_km: 200"))
    assert (caught.value.id, "time_to_burnout_s" in str(caught.value)) == ("missing-field", True)


def test_a_time_that_a_class_gives_for_another_altitude_is_said_to_be_that(
    lisbon: Scenario, tmp_path: Path
) -> None:
    said = " ".join(read(lisbon, tmp_path, small("class: gbi, speed_km_s: 6, speed_at_km: 100")).assumed)
    assert "140 s to the altitude of the speed, as to 200 km (class gbi, assumed)" in said
