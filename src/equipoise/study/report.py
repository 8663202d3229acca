"""The report: one HTML page that holds everything, needs no script and asks nothing of any network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import count
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from matplotlib.figure import Figure

from equipoise.scenario import ATTRIBUTION
from equipoise.study import assumptions, wording
from equipoise.study.accords import NONE, WHERE, kept_accords
from equipoise.study.captions import captions
from equipoise.study.chapters import Chapter
from equipoise.study.figures import (
    clock_figure,
    coverage_maps,
    margins_figure,
    modes_figure,
    reach_map,
    to_svg,
)
from equipoise.study.first import group_of, interceptor_notes, later_systems, main_rows, treaty_notes
from equipoise.study.follows import any_speed, sentences, untracked
from equipoise.study.gaps import undeclared
from equipoise.study.glossary import GLOSSARY, LIMITS
from equipoise.study.operands import commit_words
from equipoise.study.pipeline import PROJECTED_SPACING_KM, PROJECTED_SPACING_QUICK_KM
from equipoise.study.record import TOLERANCES
from equipoise.study.rows import Row, rows_of
from equipoise.study.sections import (
    mode_tables,
    operand_table,
    projected_reach,
    projected_table,
    purpose_table,
    region_tables,
    stated_table,
    threat_table,
    verdict_table,
)
from equipoise.study.types import Study

_DRAWN: dict[str, Callable[[Study], Figure]] = {
    "threat_reach": reach_map,
    "clock": clock_figure,
    "coverage_maps": coverage_maps,
    "modes": modes_figure,
    "margins": margins_figure,
}


def figures_of(study: Study) -> dict[str, str]:
    """Every figure as an SVG element with its text alternative, by key."""
    words = captions(study, rows_of(study))
    return {key: to_svg(draw(study), f"f{words[key].number}", words[key].alt) for key, draw in _DRAWN.items()}


def render(study: Study, figures: dict[str, str], command: str, chapters: tuple[Chapter, ...] = ()) -> str:
    """The page, figures and chapters put in."""
    rows = rows_of(study)
    words = captions(study, rows)
    return (
        _environment()
        .get_template("report.html")
        .render(
            study=study,
            scenario=study.scenario,
            rows=rows,
            projected_km=PROJECTED_SPACING_QUICK_KM if study.quick else PROJECTED_SPACING_KM,
            main_rows=main_rows(rows),
            group=group_of(rows),
            party_names={p.id: p.name for p in study.scenario.parties},
            treaty_notes=treaty_notes(study),
            interceptor_notes=interceptor_notes(study),
            later=later_systems(study),
            sentences=sentences(study, rows),
            figures={key: Markup(svg) for key, svg in figures.items()},
            captions=words,
            chapters=numbered(chapters, len(words)),
            threats=threat_table(study),
            regions=region_tables(study),
            modes=mode_tables(study),
            operands=operand_table(rows),
            stated=stated_table(study),
            projected=projected_table(study),
            projected_reach=projected_reach(study),
            verdicts=verdict_table(study),
            purposes=purpose_table(study, rows),
            gaps=undeclared(study),
            assumptions=assumptions.assumed(study.scenario),
            claims=assumptions.claims(study.scenario),
            statements=assumptions.statements(study.scenario),
            sources=assumptions.sources(study.scenario),
            glossary=GLOSSARY,
            limits=LIMITS,
            tolerances=TOLERANCES,
            findings_note=WHERE if kept_accords(study.scenario) else NONE,
            attribution=ATTRIBUTION,
            command=command,
        )
    )


def numbered(chapters: tuple[Chapter, ...], before: int) -> tuple[Chapter, ...]:
    """The chapters with their figures numbered on from those that stand before them."""
    numbers, out = count(before + 1), []
    for chapter in chapters:
        drawn = (replace(d, caption=replace(d.caption, number=next(numbers))) for d in chapter.drawings)
        out.append(replace(chapter, drawings=tuple(drawn)))
    return tuple(out)


def summary_html(study: Study) -> str:
    """The first table alone, small and self-contained, for a notebook."""
    rows = rows_of(study)
    return (
        _environment()
        .get_template("summary.html")
        .render(study=study, scenario=study.scenario, rows=main_rows(rows), group=group_of(rows))
    )


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("equipoise.study", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words: dict[str, Callable[..., Any]] = {
        name: getattr(wording, name)
        for name in (
            "people",
            "gained_span",
            "percent",
            "percent_span",
            "verdict",
            "margin",
            "figure",
            "rung",
        )
    }
    made.filters.update(words, commit_words=commit_words, seconds_span=_seconds_span)
    made.tests.update(untracked=untracked, any_speed=any_speed, treaty_marked=_treaty_marked)
    made.globals["shares"] = _shares
    return made


def _seconds_span(ends_s: tuple[float, float]) -> str:
    return wording.span(*ends_s, "s")


def _treaty_marked(row: Row) -> bool:
    """Whether an earlier treaty spoke of any battery of the row."""
    return any(b.treaty_note for b in row.architecture.batteries)


def _shares(row: Row) -> str:
    """The share of the row's operands by status, in words."""
    if not row.statuses:
        return "no operand is declared"
    return ", ".join(f"{name} {wording.percent(share)}" for name, share in row.statuses)
