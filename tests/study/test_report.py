"""The report as a sceptic reads it: everything there, nothing loaded, nothing nameless, no colour alone."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from equipoise.study.captions import captions
from equipoise.study.chapters import chapters_of
from equipoise.study.glossary import GLOSSARY
from equipoise.study.report import numbered
from equipoise.study.rows import rows_of

from .conftest import Written

SECTIONS = (
    "answer", "threats", "clock", "coverage", "modes", "margins", "purpose", "purpose-test", "breakout",
    "private-check",
    "undeclared", "assumptions", "findings", "sources", "glossary", "limits", "recompute",
)  # fmt: skip
_VOID = {"meta", "br", "link", "img", "hr", "input", "use", "path"}


class _Reader(HTMLParser):
    """Collects tags, attributes and text, and checks that what opens is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("style", "script"):
            self.text.append(data)


@pytest.fixture(scope="module")
def page(written: Written) -> _Reader:
    reader = _Reader()
    reader.feed(written.html)
    assert reader.open == []
    return reader


def test_sections_stand_in_their_order(page: _Reader) -> None:
    assert tuple(a["id"] for tag, a in page.tags if tag == "section") == SECTIONS


def test_nothing_is_loaded_and_nothing_runs(page: _Reader, written: Written) -> None:
    assert {"script", "link", "iframe", "img", "object", "embed"}.isdisjoint(tag for tag, _ in page.tags)
    for _, attributes in page.tags:
        for name in ("src", "href", "xlink:href", "action", "data"):
            assert (attributes.get(name) or "#").startswith("#")
        assert not any(name.startswith("on") for name in attributes)
    assert "@import" not in written.html
    assert not re.search(r"url\((?!#)", written.html)


def test_no_nan_none_or_infinity_is_printed(page: _Reader) -> None:
    words = re.findall(r"\b(?:nan|inf|infinity|None)\b", " ".join(page.text), flags=re.IGNORECASE)
    assert [w for w in words if w != "none"] == []


def test_every_link_inside_the_page_leads_somewhere(page: _Reader) -> None:
    ids = [a["id"] for _, a in page.tags if a.get("id")]
    assert len(ids) == len(set(ids)), "an id stands twice"
    hrefs = [a.get("href") or a.get("xlink:href") for _, a in page.tags]
    assert {h[1:] for h in hrefs if h} <= set(ids)


def test_every_figure_has_number_unit_case_source_assumptions_and_alt(
    written: Written, page: _Reader
) -> None:
    own = captions(written.study, rows_of(written.study))
    chapters = numbered(chapters_of(written.study), len(own))
    made = [*own.values(), *(d.caption for c in chapters for d in c.drawings)]
    assert [c.number for c in made] == list(range(1, len(made) + 1))
    assert len(made) > len(own)
    text = re.sub(r"\s+", " ", " ".join(page.text))
    for caption in made:
        assert f"Figure {caption.number}." in text
        for part in (caption.unit, caption.case, caption.source, caption.assumptions, caption.alt):
            assert part
        for part in (caption.unit, caption.source, caption.assumptions):
            assert re.sub(r"\s+", " ", part) in text
        assert (written.folder / "data" / f"{caption.table}.csv").is_file()
    labels = [a.get("aria-label") for tag, a in page.tags if tag == "svg" and a.get("role") == "img"]
    assert labels == [c.alt for c in made]


def test_text_in_figures_is_text(written: Written) -> None:
    for party in written.study.scenario.parties:
        assert f">{party.name}'s deterrent, as declared</text>" in written.html.replace("&#39;", "'")


def test_each_verdict_is_a_sign_and_a_word(written: Written) -> None:
    for word, sign in (("holds", "✓"), ("fails", "✗"), ("depends", "◐")):
        for found in re.findall(rf'<span class="v {word}">([^<]*)</span>', written.html):
            assert found == f"{sign} {word}"


def test_no_side_is_drawn_in_red(written: Written) -> None:
    for red, green, blue in re.findall(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})\b", written.html):
        r, g, b = (int(v, 16) for v in (red, green, blue))
        assert not (r > 150 and g < 70 and b < 70)


def test_three_sentences_and_the_question_stand_before_the_table(written: Written) -> None:
    answer = written.html.split('id="answer"')[1]
    assert written.html.index(written.study.scenario.question) < written.html.index('id="answer"')
    assert answer.index('class="follows"') < answer.index('class="summary"')
    assert answer.split("</ol>")[0].count("<li>") == 3


def test_both_sides_are_treated_alike(page: _Reader, written: Written) -> None:
    heads = [a.get("data-label") or "" for tag, a in page.tags if tag == "td"]
    first, second = (p.name for p in written.study.scenario.parties)
    for said in ("people gained over own systems", "deterrent: as declared, after burnout, at worst"):
        counts = [sum(h.startswith(name) and h.endswith(said) for h in heads) for name in (first, second)]
        assert counts[0] == counts[1] > 0


def test_parties_without_an_accord_in_the_facts_have_no_finding(written: Written) -> None:
    assert "the facts hold no accord between these parties" in written.html.lower()
    assert written.result.record["findings"] == []


def test_the_reader_can_recompute(written: Written) -> None:
    assert written.study.digest in written.html
    assert f"version {written.study.version}" in written.html
    assert "equipoise study" in written.html
    assert "CC BY 4.0" in written.html
    assert "Natural Earth" in written.html


def test_words_are_explained(page: _Reader) -> None:
    text = " ".join(page.text)
    for word, meaning in GLOSSARY:
        assert word in text
        assert meaning in text


def test_a_name_with_markup_stays_text(written: Written) -> None:
    from dataclasses import replace

    from equipoise.study.report import render

    scenario = replace(written.study.scenario, title="<script>alert(1)</script>")
    study = replace(written.study, scenario=scenario)
    empty = dict.fromkeys(captions(study, rows_of(study)), "")
    assert "<script>" not in render(study, empty, "equipoise study")


def test_a_notebook_gets_a_small_table(written: Written) -> None:
    html = written.study._repr_html_()
    assert 'class="summary"' in html
    assert "<script" not in html
    assert len(html) < 60_000
