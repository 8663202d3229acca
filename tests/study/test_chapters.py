"""Chapters: plain values that survive being kept, made again when what is kept is spoilt, all words "
"finite."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from equipoise.guarantee import AFTER_BURNOUT, WORST_CASE, Breakout, BreakoutPoint
from equipoise.guarantee.breakout.axes import Turn
from equipoise.scenario import Scenario, load_scenario
from equipoise.study import Study
from equipoise.study.captions import captions
from equipoise.study.chapters import MAKERS, Chapter, breakout, chapter_of, claims, measures, purpose
from equipoise.study.chapters.kept import folder, kept
from equipoise.study.report import numbered
from equipoise.study.rows import rows_of

SLOW = ("private-check",)
"""Chapters that take longer than a test of all of them may; they have tests of their own."""
KEPT = ("russia-own-2010", "third-site-2007", "epaa-phase4", "cbo-option-2")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture(scope="module")
def talks(study: Study) -> Study:
    """A study's frame around a small part of the shipped scenario: enough for every chapter to speak."""
    whole = load_scenario("lisbon-2010")
    architectures = {n: replace(a, joins=()) for n, a in whole.architectures.items() if n in KEPT}
    areas = tuple(a for a in whole.deterrent_areas if a.id in ("kozelsk", "dombarovsky", "minot"))
    threats = tuple(t for t in whole.threats if t.id in ("shahab-3",))
    claims_kept = ("mda-2007-slides", "postol-lewis-2007", "podvig-2005", "podvig-2007", "pifer-2012")
    statements = tuple(s for s in whole.statements if s.kind == "measure" or s.id in claims_kept)
    scenario: Scenario = replace(
        whole, architectures=architectures, deterrent_areas=areas, threats=threats, statements=statements
    )
    return replace(study, scenario=scenario, quick=True, digest="a part of lisbon")


@pytest.fixture(scope="module")
def made(talks: Study) -> dict[str, Chapter]:
    found = {name: chapter_of(home, talks, lambda what: None) for name, home in MAKERS if name not in SLOW}
    return {name: chapter for name, chapter in found.items() if chapter is not None}


def test_every_chapter_speaks_where_it_has_something_to_say(made: dict[str, Chapter]) -> None:
    assert set(made) >= {"claims", "measures", "purpose-test"}
    for name, chapter in made.items():
        assert chapter.id == name
        assert chapter.title
        assert chapter.paragraphs


def test_a_chapter_without_a_subject_is_left_out(talks: Study) -> None:
    bare = replace(talks, scenario=replace(talks.scenario, statements=(), architectures={}))
    for make in (claims.chapter, measures.chapter, purpose.chapter):
        assert make(bare, lambda what: None) is None


def test_a_chapter_survives_being_written_and_read(made: dict[str, Chapter]) -> None:
    for chapter in made.values():
        text = json.dumps(chapter.plain(), allow_nan=False)
        assert Chapter.from_plain(json.loads(text)) == chapter


def test_words_hold_no_fault(made: dict[str, Chapter]) -> None:
    for chapter in made.values():
        cells = [c for g in (*chapter.shown, *chapter.folded) for row in g.rows for c in row]
        for text in (*chapter.paragraphs, *cells):
            assert not re.search(r"\b(nan|inf|None)\b", text), text


def test_rows_are_as_wide_as_their_heads_and_figures_have_their_table(made: dict[str, Chapter]) -> None:
    for chapter in made.values():
        for grid in (*chapter.shown, *chapter.folded):
            assert all(len(row) == len(grid.heads) for row in grid.rows)
        for table in chapter.tables:
            assert all(len(row) == len(table.header) for row in table.rows)
        assert {d.caption.table for d in chapter.drawings} <= {t.name for t in chapter.tables}


def test_figures_are_numbered_on(made: dict[str, Chapter], study: Study) -> None:
    before = len(captions(study, rows_of(study)))
    found = [d.caption.number for c in numbered(tuple(made.values()), before) for d in c.drawings]
    assert found == list(range(before + 1, before + 1 + len(found)))


def test_no_place_finer_than_a_declared_one_stands_in_words(made: dict[str, Chapter]) -> None:
    for chapter in made.values():
        for text in chapter.paragraphs:
            assert not re.search(r"\d+\.\d+\s*°", text)


def test_a_kept_chapter_is_not_made_again(talks: Study, cache: Path) -> None:
    calls: list[int] = []

    def make(study: Study) -> Chapter:
        calls.append(1)
        return Chapter("x", "X", ("words",), (), (), (), ())

    first, second = kept(talks, "x", make), kept(talks, "x", make)
    assert first == second
    assert len(calls) == 1
    assert folder().is_relative_to(cache)
    kept(replace(talks, digest="another"), "x", make)
    assert len(calls) == 2


def test_nothing_to_say_is_kept_as_well(talks: Study) -> None:
    calls: list[int] = []

    def make(study: Study) -> None:
        calls.append(1)

    assert kept(talks, "none", make) is None
    assert kept(talks, "none", make) is None
    assert len(calls) == 1


@pytest.mark.parametrize("spoilt", ["", "{", '{"id": "x"}', "[1, 2]", '"text"'])
def test_a_spoilt_file_is_made_again(talks: Study, spoilt: str) -> None:
    chapter = Chapter("x", "X", ("words",), (), (), (), ())
    kept(talks, "x", lambda study: chapter)
    (path,) = folder().glob("*.json")
    path.write_text(spoilt, encoding="utf-8")
    assert kept(talks, "x", lambda study: chapter) == chapter
    assert json.loads(path.read_text(encoding="utf-8"))["id"] == "x"


def test_where_nothing_can_be_written_nothing_is_kept(
    talks: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "taken"))
    chapter = Chapter("x", "X", ("words",), (), (), (), ())
    assert kept(talks, "x", lambda study: chapter) == chapter


@pytest.mark.parametrize(("margin_s", "thin"), [(None, True), (40.0, True), (-40.0, False)])
def test_numbers_that_reach_nothing_are_said_to_meet_none(
    talks: Study, monkeypatch: pytest.MonkeyPatch, margin_s: float | None, thin: bool
) -> None:
    seas = [
        BreakoutPoint("seas", rung, breakout.NOW, None, (("none", margin_s),))
        for rung in (AFTER_BURNOUT, WORST_CASE)
    ]
    numbers = BreakoutPoint("numbers", "any", "1 times the declared number", 1.0, (), 10, ((100, 0.1),))
    drawn = Breakout("third-site-2007", "Russia", (6.3,), 10, (*seas, numbers), (), ())
    turns = tuple(Turn(rung, cap, None) for rung in (AFTER_BURNOUT, WORST_CASE) for cap in ("none", "600 s"))
    found = (replace(drawn, turns=turns),)
    monkeypatch.setattr(breakout, "judge_breakout", lambda *_, **__: found)
    chapter = breakout.chapter(talks, lambda what: None)
    assert chapter is not None
    share = next(d for d in chapter.drawings if d.caption.key == "breakout_share")
    words = " ".join(re.sub(r"<[^>]+>", " ", share.svg).split())
    assert ("reaches nothing at worst" in words) == thin
