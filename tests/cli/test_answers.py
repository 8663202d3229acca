"""The other verbs from outside: the keys of their answers, their tables, their exit codes, their refusals."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from equipoise import defence, flight
from equipoise.cli import main
from equipoise.scenario import load_catalogue, load_scenario

OWN = Path(__file__).parent / "own-missile.yaml"
GUARANTEE_KEYS = {
    *("architecture", "mode", "protects", "rung", "verdict", "turns_on", "margin_s", "margin_km_s"),
    *("break_even_commit_s", "share_met_at_most", "operands", "closed_by"),
}


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("starter") / "mine"
    assert main(["init", str(folder)]) == 0
    return str(folder / "scenario.yaml")


def answer(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> dict[str, Any]:
    assert main([*words, "--json"]) == code, capsys.readouterr().err
    value: dict[str, Any] = json.loads(capsys.readouterr().out)
    return value


def said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    assert main(list(words)) == code, capsys.readouterr().err
    return capsys.readouterr().out


def test_study_answers_with_its_record(
    scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "report"
    value = answer(capsys, "study", scenario, "--quick", "--out", str(out))
    keys = {"scenario", "threats", "coverage", "guarantees", "findings", "digest", "report"}
    assert set(value) >= keys
    assert value["report"]["path"] == str(out / "report.html")
    written = json.loads((out / "result.json").read_text(encoding="utf-8"))
    del value["report"]["path"]
    assert written == value


def test_study_refuses_a_folder_that_is_not_its_own(
    scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    assert main(["study", scenario, "--quick", "--out", str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("hint: ") == 1
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]


def test_study_refuses_a_place_that_cannot_be_written(
    scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["study", scenario, "--quick", "--out", str(tmp_path / "file" / "report")]) == 2
    assert "error[" in capsys.readouterr().err


def test_design_answers_by_architecture_and_mode(scenario: str, capsys: pytest.CaptureFixture[str]) -> None:
    rows = answer(capsys, "design", scenario, "--quick")["architectures"]
    assert len({(row["name"], row["mode"], row["joined"]) for row in rows}) == len(rows) > 1
    for row in rows:
        assert set(row) >= {"name", "mode", "operands", "met", "without_partner", "link_cut"}
        assert set(row["met"]) == {"population_fraction", "area_fraction", "by_country"}
        assert set(row["without_partner"]) == {"key-withheld", "data-withheld", "shots-withheld"}
        for share in row["met"]["population_fraction"].values():
            assert share is None or 0.0 <= share <= 1.0
        for country in row["met"]["by_country"].values():
            assert country["population_met"] <= country["population_threatened"] <= country["people"] + 1e-6
    only = answer(capsys, "design", scenario, "--quick", "--mode", rows[0]["mode"])["architectures"]
    assert only == [row for row in rows if row["mode"] == rows[0]["mode"]]


def test_a_proposal_of_one_side_stands_once_more_with_nothing_joined(
    scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = Path(scenario).read_text("utf-8")
    assert "joint: true" in text
    one_sided = tmp_path / "one-sided.yaml"
    one_sided.write_text(text.replace("joint: true", "joint: false"), "utf-8")
    rows = answer(capsys, "design", str(one_sided), "--quick")["architectures"]
    (apart,) = (r for r in rows if r["name"] == "strait-ships" and not r["joined"])
    assert (apart["mode"], apart["without_partner"]) == ("dual-key", {})
    assert apart["link_cut"]["population_fraction"] == apart["met"]["population_fraction"]
    joined = next(r for r in rows if r["name"] == "strait-ships" and r["mode"] == "dual-key" and r["joined"])
    assert set(joined["without_partner"]) == {"key-withheld", "data-withheld", "shots-withheld"}
    proved = answer(capsys, "prove", str(one_sided), "--quick")["guarantees"]
    alone = [g for g in proved if g["architecture"] == "strait-ships" and not g["joined"]]
    assert {g["mode"] for g in alone} == {"dual-key"}
    assert said(capsys, "design", str(one_sided), "--quick")


def test_prove_answers_with_the_promised_keys(scenario: str, capsys: pytest.CaptureFixture[str]) -> None:
    value = answer(capsys, "prove", scenario, "--quick")
    assert "answer" not in value
    assert len(value["guarantees"]) > 1
    assert all(set(row) >= GUARANTEE_KEYS for row in value["guarantees"])
    assert {row["verdict"] for row in value["guarantees"]} <= {"holds", "fails", "depends"}


def test_prove_answers_a_yes_no_question_with_its_exit_code(
    scenario: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = answer(capsys, "prove", scenario, "--quick")["guarantees"]
    asked = {(row["architecture"], row["protects"]) for row in rows}
    for architecture, party in sorted(asked):
        mine = [
            row["verdict"]
            for row in rows
            if (row["architecture"], row["protects"], row["rung"]) == (architecture, party, "as declared")
        ]
        holds = all(verdict == "holds" for verdict in mine)
        words = ("prove", scenario, "--quick", "--architecture", architecture, "--protects", party.upper())
        assert answer(capsys, *words, code=0 if holds else 1)["answer"] == ("yes" if holds else "no")
        assert (
            said(capsys, *words, code=0 if holds else 1).splitlines()[-1].startswith("yes" if holds else "no")
        )


@pytest.mark.parametrize(
    ("words", "id", "says"),
    [
        (["prove", "--protects", "east"], "pair-incomplete", "--architecture"),
        (["prove", "--architecture", "NEAR"], "unknown-filter", "did you mean"),
        (["prove", "--mode", "seperate"], "unknown-filter", "did you mean 'separate'"),
        (["design", "--mode", "zzz"], "unknown-filter", "known here"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, list) else "",
)
def test_names_that_are_not_there_are_refused(
    words: list[str], id: str, says: str, scenario: str, capsys: pytest.CaptureFixture[str]
) -> None:
    near = next(iter(load_scenario(scenario).architectures))[:-1]
    words = [near if word == "NEAR" else word for word in words]
    assert main([words[0], scenario, *words[1:]]) == 2
    heard = capsys.readouterr().err
    assert heard.startswith(f"error[{id}]")
    assert says in heard


def test_a_scenario_that_is_not_there_is_refused_with_what_there_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for verb in ("study", "design", "prove"):
        assert main([verb, "lisbon-2011"]) == 2
        assert "lisbon-2010" in capsys.readouterr().err


def test_init_writes_into_a_new_folder_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    value = answer(capsys, "init", str(tmp_path / "a"))
    assert value == {"folder": str(tmp_path / "a"), "files": [str(tmp_path / "a" / "scenario.yaml")]}
    assert main(["init", str(tmp_path / "a")]) == 2
    assert "error[folder-taken]" in capsys.readouterr().err
    assert "next: equipoise study" in said(capsys, "init", str(tmp_path / "b"))


def test_the_catalogue_lists_shows_and_names_its_sources(capsys: pytest.CaptureFixture[str]) -> None:
    entries = answer(capsys, "catalogue", "list")["entries"]
    missiles = answer(capsys, "catalogue", "list", "missiles")["entries"]
    assert missiles == [e for e in entries if e["kind"] == "missiles"]
    assert {e["id"] for e in missiles} == set(load_catalogue().missile_models)
    assert "sejjil-2-assumed" in said(capsys, "catalogue", "list", "missiles")
    shown = answer(capsys, "catalogue", "show", "sejjil-2-assumed")["entry"]
    assert shown["id"] == "sejjil-2-assumed"
    assert any(field["source"] for field in shown["fields"])
    assert "payload" in said(capsys, "catalogue", "show", "sejjil-2-assumed")
    sources = answer(capsys, "catalogue", "sources")["sources"]
    assert all(source["entries"] for source in sources)
    assert sources[0]["text"].split()[0] in said(capsys, "catalogue", "sources")


@pytest.mark.parametrize(
    ("words", "id"),
    [(["list", "missles"], "unknown-kind"), (["show", "sejjil2"], "unknown-entry")],
    ids=["kind", "entry"],
)
def test_the_catalogue_guesses_at_a_typing_error(
    words: list[str], id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["catalogue", *words]) == 2
    heard = capsys.readouterr().err
    assert heard.startswith(f"error[{id}]")
    assert "did you mean" in heard


def test_a_file_of_ones_own_is_checked(
    scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(capsys, "catalogue", "check", str(OWN))["ids"] == ["own-missile"]
    assert answer(capsys, "catalogue", "check", scenario)["kind"] == "scenario"
    assert "own-missile" in said(capsys, "catalogue", "check", str(OWN))
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(OWN.read_text(encoding="utf-8").replace("burn_s: 60", "burn_s: 0"), encoding="utf-8")
    assert main(["catalogue", "check", str(wrong)]) == 2
    heard = capsys.readouterr().err
    assert f"{wrong}:6" in heard
    assert "burn_s: 0 is out of range: it must be above" in heard


def test_the_bench_of_flights_says_its_error(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    few = [load_catalogue().missile_models["sejjil-2-assumed"].missile]
    measured = flight.bench_accuracy(few, each=2)
    monkeypatch.setattr(flight, "bench_accuracy", lambda missiles: measured)
    value = answer(capsys, "bench", "flight", "--accuracy")
    assert set(value) >= {"machine", "rows", "ratios"}
    assert all(row["p50"] <= row["p95"] <= row["max"] for row in value["rows"])
    assert "numerical error" in said(capsys, "bench", "flight", "--accuracy")


def test_the_bench_of_coverage_has_the_promised_keys(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(defence, "bench_coverage", partial(defence.bench_coverage, rounds=1))
    value = answer(capsys, "bench", "coverage")
    assert set(value) >= {"machine", "rows", "ratios"}
    assert all(set(row) >= {"name", "rate", "unit", "error"} for row in value["rows"])
    assert value["rows"][0]["name"].startswith("equipoise")
    assert all(name.startswith("ours_over_") for name in value["ratios"])


def test_accuracy_is_measured_for_flight_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "coverage", "--accuracy"]) == 2
    assert capsys.readouterr().err.startswith("error[accuracy-room]")
