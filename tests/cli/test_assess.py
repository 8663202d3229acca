"""``assess`` as it is typed: one object of JSON, exit codes, faults with their line, two files compared."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from house.commands import equipoise

HEAD = "id,missile,date,range_km,apogee_km,time_s,launch_lat_deg,launch_lon_deg"
ROW = "a,Any-1,2017-07-28,998,3725,2832,40.6,126.4"


@pytest.fixture
def flights(tmp_path: Path) -> Path:
    file = tmp_path / "flights.csv"
    file.write_text(f"{HEAD}\n{ROW}\n", encoding="utf-8")
    return file


def test_one_object_with_the_keys_of_the_design_and_the_draws_beside_it(
    flights: Path, tmp_path: Path
) -> None:
    done = equipoise("assess", str(flights), "--json", "--seed", "7", "--out", str(tmp_path / "draws"))
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    flight = found["flights"][0]
    assert flight["consistent"] is True
    assert flight["odd_figure"] is None
    assert set(flight["predicted"]) == {"range_km", "apogee_km", "time_s"}
    assert set(flight["maximum_range_km"]) == {"p5", "p50", "p95"}
    missile = found["missiles"][0]
    assert (missile["missile"], missile["flights"], missile["candidates"]) == ("Any-1", ["a"], [])
    assert "rests on no model" in missile["notes"][0]
    assert missile["reach"]["countries"][0]["people_share"] <= 1.0
    kept = pl.read_parquet(tmp_path / "draws" / "flights.parquet")
    assert kept["seed"].unique().to_list() == [7]
    assert kept["digest"].unique().to_list() == [found["digest"]]


def test_a_table_for_a_person_says_what_was_assumed(flights: Path) -> None:
    done = equipoise("assess", str(flights), "--model-free")
    assert done.returncode == 0
    assert "longest range km" in done.stdout
    assert "a (line 2): apogee_pm_km is not given" in done.stdout
    told = json.loads(equipoise("assess", str(flights), "--model-free", "--json").stdout)["missiles"][0]
    row = next(line for line in done.stdout.splitlines() if line.split()[:2] == ["Any-1", "tested"])
    east, west = (told["maximum_range"][side]["p50"] for side in ("east_km", "west_km"))
    assert east > west + 500.0
    assert f" {east:,.0f} " in row
    assert f" {west:,.0f} " in row


def test_what_will_not_do_ends_with_2_and_says_where(flights: Path) -> None:
    flights.write_text(f"{HEAD}\n{ROW}\n{ROW}\n", encoding="utf-8")
    twice = equipoise("assess", str(flights))
    assert twice.returncode == 2
    assert "flights-duplicate" in twice.stderr
    assert ":3: id: " in twice.stderr
    assert equipoise("assess", "--known-at", "2010-02-30").returncode == 2
    unknown = equipoise("assess", "--missile", "Hwasong-41")
    assert unknown.returncode == 2
    assert "did you mean `Hwasong-1" in unknown.stderr


def test_two_assessments_and_the_figure_that_parts_them(flights: Path, tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours.json", tmp_path / "theirs.json"
    ours.write_text(equipoise("assess", str(flights), "--model-free", "--json").stdout, encoding="utf-8")
    flights.write_text(f"{HEAD}\n{ROW.replace('3725', '2900').replace('2832', '')}\n", encoding="utf-8")
    theirs.write_text(equipoise("assess", str(flights), "--model-free", "--json").stdout, encoding="utf-8")
    done = equipoise("assess", "--against", str(ours), str(theirs), "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["missiles"][0]["overlap_km"] is None
    assert found["missiles"][0]["parted_by"] == "apogee_km of a"
    assert {s["what"] for s in found["swaps"]} == {"apogee_km of a", "time_s of a"}
    none = equipoise("assess", "--against", str(ours), str(flights))
    assert none.returncode == 2
    assert "against-file" in none.stderr
