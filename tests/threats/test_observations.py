"""Announced flights read from CSV: what is accepted with a warning, and what is refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from equipoise.scenario import InputError
from equipoise.threats import Observation, read_observations, read_priors

HEAD = "id,missile,date,range_km,apogee_km,time_s,launch_lat_deg,launch_lon_deg"
GOOD = "a,Any-1,2017-07-28,998,3725,2832,40.6,126.4"


def read(tmp_path: Path, *rows: str, head: str = HEAD) -> tuple[Observation, ...]:
    file = tmp_path / "flights.csv"
    file.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return read_observations(file, today="2026-11-25")


def test_the_catalogue_s_marks_are_read(flights: dict[str, Observation]) -> None:
    assert flights["nodong-1993-05-29-us"].rival_of == "nodong-1993-05-29"
    assert {i for i, o in flights.items() if o.rival_of} == {
        "nodong-1993-05-29-us",
        "td1-1998-08-31-stage1-kcna",
        "td1-1998-08-31-stage2-kcna",
    }
    bounds = {i for i, o in flights.items() if o.lower_bound}
    assert {
        "hs12-2017-08-29",
        "khorramshahr-2017-01-29",
        "unha2-2009-04-05-upper",
        "td1-1998-08-31-stage3",
    } <= bounds
    assert not bounds & {"hs14-2017-07-28", "sejjil-2011-02", "shahab3-2019-07-24"}


def test_missing_half_widths_get_the_stated_default_and_say_so(tmp_path: Path) -> None:
    seen = read(tmp_path, GOOD)[0]
    assert seen.apogee_km is not None
    assert seen.apogee_km.half == pytest.approx(0.03 * 3725)
    assert seen.apogee_km.half_assumed
    assert sum("assumed" in w for w in seen.warnings) == 3


def test_a_half_width_without_its_figure_is_accepted(tmp_path: Path) -> None:
    row = "a,Any-1,2017,998,,2832,40.6,126.4,50"
    assert read(tmp_path, row, head=HEAD + ",apogee_pm_km")[0].known == ("range_km", "time_s")


def test_a_launch_place_out_at_sea_is_said_unless_it_is_meant(tmp_path: Path) -> None:
    at_sea = "a,Any-1,2017,998,3725,,38.0,133.0,{place}"
    head = HEAD + ",launch_place"
    assert "lies at sea" in read(tmp_path, at_sea.format(place="a pad"), head=head)[0].warnings[-1]
    assert not any(
        "at sea" in w for w in read(tmp_path, at_sea.format(place="off a coast"), head=head)[0].warnings
    )


@pytest.mark.parametrize(
    ("row", "id", "field"),
    [
        ("a,Any-1,2017-07-28,998,3725,-5,40.6,126.4", "flights-not-positive", "time_s"),
        ("a,Any-1,2027-07-28,998,3725,2832,40.6,126.4", "flights-future", "date"),
        ("a,Any-1,28.7.2017,998,3725,2832,40.6,126.4", "flights-date", "date"),
        ("a,Any-1,2017-02-30,998,3725,2832,40.6,126.4", "flights-date", "date"),
        ("a,Any-1,2017,,,,40.6,126.4", "flights-no-figure", "range_km"),
        ("a,Any-1,2017,25000,3725,2832,40.6,126.4", "flights-too-far", "range_km"),
        ("a,Any-1,2017,998,3725,2832,140.6,126.4", "flights-place", "launch_lat_deg"),
        ("a,,2017,998,3725,2832,40.6,126.4", "flights-empty-cell", "missile"),
        ("a,Any-1,2017,998 km,3725,2832,40.6,126.4", "csv-not-a-number", "range_km"),
    ],
)
def test_a_fault_says_its_line_and_field(tmp_path: Path, row: str, id: str, field: str) -> None:
    with pytest.raises(InputError) as told:
        read(tmp_path, GOOD.replace("a,", "first,", 1), row)
    assert (told.value.id, told.value.line, told.value.field) == (id, 3, field)
    assert told.value.hint


def test_a_duplicated_id_names_both_lines(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="first on line 2") as told:
        read(tmp_path, GOOD, GOOD)
    assert (told.value.id, told.value.line) == ("flights-duplicate", 3)


def test_a_rival_of_nobody_and_columns_that_are_wrong_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as told:
        read(tmp_path, GOOD + ",RIVAL of nobody", head=HEAD + ",source")
    assert told.value.id == "flights-rival-unknown"
    with pytest.raises(InputError) as told:
        read(tmp_path, GOOD, head=HEAD.replace("apogee_km", "apogee"))
    assert told.value.id == "flights-column"
    assert "apogee_km" in str(told.value)
    with pytest.raises(InputError) as told:
        read(tmp_path, GOOD.rsplit(",", 1)[0], head=HEAD.rsplit(",", 1)[0])
    assert told.value.id == "flights-column-missing"
    with pytest.raises(InputError) as told:
        read(tmp_path)
    assert told.value.id == "flights-none"


@pytest.mark.parametrize(("first", "second"), [("RIVAL of a", "x"), ("RIVAL of b", "RIVAL of a")])
def test_a_rival_of_itself_or_of_a_rival_counts_nothing_and_is_refused(
    tmp_path: Path, first: str, second: str
) -> None:
    with pytest.raises(InputError) as told:
        read(tmp_path, f"{GOOD},{first}", f"b{GOOD[1:]},{second}", head=HEAD + ",source")
    assert (told.value.id, told.value.line, told.value.field) == ("flights-rival-chain", 2, "source")


def test_semicolons_are_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(InputError) as told:
        read(tmp_path, GOOD.replace(",", ";"), head=HEAD.replace(",", ";"))
    assert (told.value.id, told.value.line) == ("flights-separator", 1)


def test_priors_of_one_s_own(tmp_path: Path) -> None:
    file = tmp_path / "priors.yaml"
    file.write_text("boost_s: [100, 300]\nunspent_mean: 0.02\n", encoding="utf-8")
    assert read_priors(file).boost_s == (100.0, 300.0)
    file.write_text("boosts: [100, 300]\n", encoding="utf-8")
    with pytest.raises(InputError, match="boost_s") as told:
        read_priors(file)
    assert (told.value.id, told.value.line) == ("priors-key", 1)
    file.write_text("burn_sd: 0.2\nboost_s: [300, 100]\n", encoding="utf-8")
    with pytest.raises(InputError) as told:
        read_priors(file)
    assert (told.value.id, told.value.line, told.value.field) == ("priors-value", 2, "boost_s")
