"""The sub-verbs of prove from outside: the keys of their answers, their tables, what they refuse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from equipoise.cli import main


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A small scenario with a claim and a measure of its own."""
    folder = tmp_path_factory.mktemp("starter") / "mine"
    assert main(["init", str(folder)]) == 0
    return str(folder / "scenario.yaml")


CLAIMS = """claims:
- id: mine
  claimant: a reader
  direction: cannot
  architecture: {interceptor: targe, sites: [west-hill]}
  inputs: {interceptor_burnout_speed: {value: 3.0, unit: km/s, status: assumed}}
  result: {reach: false, status: assumed}
  source: []
  turns_on: [interceptor_speed]
"""


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main([*words, "--json"]) == 0, capsys.readouterr().err
    value: dict[str, Any] = json.loads(capsys.readouterr().out)
    return value


def test_claims_of_a_file_in_a_scenario_of_ones_own(
    scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "claims.yaml"
    path.write_text(CLAIMS, encoding="utf-8")
    value = answer(capsys, "prove", "claims", scenario, "--claims", str(path), "--quick")
    assert set(value) == {"scenario", "digest", "claims", "pairs", "anchors", "note"}
    (claim,) = value["claims"]
    assert claim["finding"].startswith("cannot be decided")
    commit = next(o for o in claim["operands"] if o["operand"] == "commit, s")
    assert commit["published"] is None
    assert {v["rung"] for v in claim["verdicts"]} == {"burnout plus track", "worst case"}
    assert main(["prove", "claims", scenario, "--claims", str(path), "--quick"]) == 0
    assert "Published claims" in capsys.readouterr().out


def test_a_claim_at_an_unknown_site_ends_with_2_at_its_line(
    scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "claims.yaml"
    path.write_text(CLAIMS.replace("west-hill", "west-hall"), encoding="utf-8")
    assert main(["prove", "claims", scenario, "--claims", str(path)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert f"error[unknown-site]: {path}:5:" in told.err
    assert "did you mean `west-hill`" in told.err


def test_an_unknown_claim_is_refused_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prove", "claims", "--claim", "mda-2007-slide"]) == 2
    assert "did you mean 'mda-2007-slides'?" in capsys.readouterr().err


def test_measures_answer_for_a_scenario_without_any(
    scenario: str, capsys: pytest.CaptureFixture[str]
) -> None:
    value = answer(capsys, "prove", "measures", scenario, "--quick")
    assert set(value) == {"scenario", "digest", "flights", "measures", "pairs", "rows", "seas", "note"}
    assert value["measures"] == []
    assert value["rows"]
    assert main(["prove", "measures", scenario, "--quick"]) == 0
    assert "none of them" in capsys.readouterr().out


def test_purpose_sets_people_beside_flights(scenario: str, capsys: pytest.CaptureFixture[str]) -> None:
    value = answer(capsys, "prove", "purpose", scenario, "--quick")
    assert set(value) == {"scenario", "digest", "sites", "note"}
    for site in value["sites"]:
        assert set(site["flights_reached"]) == set(site["flights_newly_reached"])
        assert site["kind"] in ("as proposed", "mirrored", "farther")
    assert main(["prove", "purpose", scenario, "--quick"]) == 0
    assert "Purpose, site by site" in capsys.readouterr().out


def test_inspect_says_what_could_be_shown(scenario: str, capsys: pytest.CaptureFixture[str]) -> None:
    value = answer(capsys, "prove", "inspect", "mda-2007-slides")
    (page,) = value["inspect"]
    assert page["kind"] == "claim"
    assert all(
        set(o) >= {"value", "source", "status", "inspection", "rehearsal", "record"} for o in page["operands"]
    )
    pages = answer(capsys, "prove", "inspect", "third-site-2007", "--protects", "russia")["inspect"]
    assert [p["kind"] for p in pages] == ["guarantee"]
    assert main(["prove", "inspect", "third-site-2007"]) == 0
    assert "What could be shown of each" in capsys.readouterr().out


def test_inspect_refuses_a_name_that_nothing_answers_to(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prove", "inspect", "third-site-2008"]) == 2
    assert "did you mean 'third-site-2007'?" in capsys.readouterr().err
