"""The chapter on accords: verdicts by party and obligation, what the record decides, where readings part."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from equipoise.accords import Evaluation
from equipoise.scenario import Scenario, load_scenario
from equipoise.study.accords import findings_json, kept_accords
from equipoise.study.chapters.accords import chapter
from equipoise.study.chapters.chapter import Chapter


@pytest.fixture(scope="module")
def lisbon() -> Scenario:
    return load_scenario("lisbon-2010")


@pytest.fixture(scope="module")
def judged(lisbon: Scenario) -> tuple[Evaluation, ...]:
    return kept_accords(lisbon)


@pytest.fixture(scope="module")
def made(lisbon: Scenario) -> Chapter:
    found = chapter(SimpleNamespace(scenario=lisbon), lambda what: None)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_every_accord_is_judged_on_the_scenarios_day(
    judged: tuple[Evaluation, ...], lisbon: Scenario
) -> None:
    assert {str(e.as_of) for e in judged} == {str(lisbon.as_of)}
    found = findings_json(judged)
    assert {f["accord"] for f in found} >= {"cfe", "flank", "istanbul", "vienna", "founding-act", "restraint"}
    assert len({f["digest"] for f in found}) > 0.9 * len(found)


def test_a_cell_says_the_text_as_written_and_what_other_readings_come_to(made: Chapter) -> None:
    table = next(t for t in made.tables if t.name == "accords_owed")
    cells = {(str(row[1]), str(row[2])): row for row in table.rows}
    exchange = cells[("cfe: annual exchange of information", "Russia")]
    assert (exchange[3], exchange[5]) == ("breaches", "not owed")
    gudauta = cells[("istanbul.georgia-vaziani-gudauta", "Russia")]
    assert (gudauta[3], gudauta[5]) == ("cannot be decided", "breaches complies")
    ratification = cells[("istanbul.ratification", "NATO")]
    assert (ratification[3], ratification[5]) == ("cannot be decided", "breaches not owed")
    assert {column for _, column in cells} == {"NATO", "Russia"}


def test_what_the_record_decides_has_its_margin_written_in_it(made: Chapter) -> None:
    table = next(t for t in made.tables if t.name == "accords_decided")
    cells = {(row[1], row[2]): (row[3], row[4]) for row in table.rows}
    assert cells[("Germany", "battle tanks")] == ("complies", "+1,105")
    assert cells[("Russia, Art V.1A redrawn smaller zone, 1999-07-01", "acv")] == ("breaches", "-1,500")
    assert cells[("NATO 22 CFE States, sum of maximum levels", "acv")] == ("breaches", "-9,822")
    assert cells[("NATO 22 CFE States, actual holdings", "acv")] == ("complies", "+3,611")


def test_tables_name_the_operand_and_the_figure_that_nothing_gives(made: Chapter) -> None:
    parted, concerns, claim = made.shown
    assert any("is Gudauta closed" in row for row in parted.rows)
    assert {row[0] for row in concerns.rows} == {"NATO", "Russia"}
    (vehicles,) = (row for row in claim.rows if row[0] == "acv")
    assert vehicles[-1] == "none; nearest off by 1,000"


def test_a_figure_draws_every_cell_with_a_sign_and_text_alternative(made: Chapter) -> None:
    for drawing in made.drawings:
        assert drawing.svg.count("<text") > 50
        assert "✓" in drawing.svg
        assert drawing.caption.alt in drawing.svg
