"""``prove`` from outside: operand files, their refusals, the table of rows, breakout."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from equipoise.cli import main

NEEDED = """\
owner: NATO
interceptor: {class: SM-3, flight_cap_s: none}
place: {name: Redzikowo, lat_deg: 54.48, lon_deg: 17.10}
launch: {name: Bologoye, lat_deg: 57.9, lon_deg: 33.7}
aim: {name: Washington, lat_deg: 38.9, lon_deg: -77.0}
missile: {burnout_s: 200, burnout_altitude_km: 250, burnout_downrange_km: 500}
loft_offset_deg: 0
ask: {needed_speed_at_commits_s: [60, 120, 180]}
"""


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main([*words, "--json"]) == 0, capsys.readouterr().err
    value: dict[str, Any] = json.loads(capsys.readouterr().out)
    return value


def refusal(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(list(words)) == 2
    said = capsys.readouterr()
    assert said.out == ""
    return said.err


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from equipoise.scenario import operands_example

    path = tmp_path_factory.mktemp("operands") / "mine.yaml"
    path.write_text(operands_example(), "utf-8")
    return path


def test_the_schema_is_a_file_that_is_judged(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["prove", "schema"]) == 0
    assert capsys.readouterr().out == example.read_text("utf-8")
    value = answer(capsys, "prove", "--operands", str(example), "--against", "postol-lewis-2007", "--quick")
    assert {"scenario", "vector", "guarantees", "needed_speed_km_s", "latest_commit_s", "differences"} <= set(
        value
    )
    assert [g["rung"] for g in value["guarantees"]] == ["as stated", "burnout plus track", "worst case"]
    assert value["flights"] > 0
    speed = next(d for d in value["differences"] if d["operand"] == "interceptor speed, km/s")
    assert (speed["stated"], speed["published"]) == ("6.3", "9")
    assert speed["verdict_with_the_published_figure"] == "fails"


def test_a_table_says_the_rungs_the_figures_asked_for_and_what_was_assumed(
    example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["prove", "--operands", str(example), "--quick"]) == 0
    said = capsys.readouterr().out
    for words in (
        "as stated",
        "worst case",
        "latest commit at 7 km/s",
        "assumed: ",
        "does it disrupt stability",
    ):
        assert words in said


def test_the_anchors_own_case_comes_out_by_an_operand_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "needed.yaml"
    path.write_text(NEEDED, "utf-8")
    value = answer(capsys, "prove", "--operands", str(path))
    free = [n for n in value["needed_speed_km_s"] if n["flight_cap"] == "none"]
    for found, published in zip(free, (5.62, 6.35, 6.51), strict=True):
        assert found["any_flight"] == pytest.approx(published, abs=0.3)
    assert value["guarantees"] == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--operands", "none.yaml"), "error[file-not-found]"),
        (("--against", "postol-lewis-2007"), "error[against-alone]"),
        (
            ("--operands", "x.yaml", "--protects", "russia", "--architecture", "epaa-phase1"),
            "error[operands-alone]",
        ),
    ],
    ids=["no file", "against alone", "operands and a row"],
)
def test_what_makes_no_sense_is_refused(
    words: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert says in refusal(capsys, "prove", *words)


def test_a_claim_that_nobody_made_is_refused_with_the_nearest(
    example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refusal(capsys, "prove", "--operands", str(example), "--against", "postol-2007")
    assert "--against: no claim is called" in said
    assert "did you mean 'postol-lewis-2007'" in said


def test_a_flight_that_nothing_makes_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "far.yaml"
    aim = "aim: {name: far side, lat_deg: -54, lon_deg: -144}"
    text = NEEDED.replace("aim: {name: Washington, lat_deg: 38.9, lon_deg: -77.0}", aim)
    path.write_text(
        text.replace(
            "missile: {burnout_s: 200, burnout_altitude_km: 250, burnout_downrange_km: 500}",
            "missile: sineva",
        ),
        "utf-8",
    )
    said = refusal(capsys, "prove", "--operands", str(path), "--quick")
    line = 1 + next(n for n, words in enumerate(path.read_text("utf-8").splitlines()) if "sineva" in words)
    assert f"error[operands-no-flight]: {path}:{line}:" in said


def test_a_vector_may_come_on_standard_input() -> None:
    words = [sys.executable, "-m", "equipoise.cli", "prove", "--operands", "-", "--json", "--quick"]
    done = subprocess.run(words, input=NEEDED, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["vector"]["launch_areas"][0]["name"] == "Bologoye"


def test_breakout_answers_with_its_axes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path / "mine")]) == 0
    capsys.readouterr()
    words = ("prove", "breakout", str(tmp_path / "mine" / "scenario.yaml"), "--protects", "east", "--quick")
    found = answer(capsys, *words)["breakout"]
    assert {p["axis"] for b in found for p in b["points"]} >= {"speed", "numbers", "sensors"}
    assert {b["protects"] for b in found} == {"East"}
    assert main(list(words)) == 0
    assert "Breakout of" in capsys.readouterr().out


def test_a_narrowed_table_says_beneath_each_verdict_what_stands_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path / "mine")]) == 0
    capsys.readouterr()
    assert (
        main(["prove", str(tmp_path / "mine" / "scenario.yaml"), "--quick", "--architecture", "west-own"])
        == 0
    )
    said = capsys.readouterr().out
    assert "Guarantees of two-islands, protecting East" in said
    assert "Nothing that could reach West stands in: west-own." in said
    for words in ("flights, ", "engagements", "s after launch (after burnout)", "does it disrupt stability"):
        assert words in said
    assert "counting those joint system" in said
