"""The chapter on accords: what each party owes on the day, what the record decides, where readings part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from equipoise.accords import ACCORDS, Evaluation, Facts, Finding, concerns_of, digest, judge, load_facts
from equipoise.study.accords import kept_accords
from equipoise.study.captions import Caption
from equipoise.study.chapters.chapter import Chapter, Drawing, Progress
from equipoise.study.figures import to_svg
from equipoise.study.figures.accords import MARKS, Panel, Square, matrix_figure
from equipoise.study.sections import Grid
from equipoise.study.tables import Table
from equipoise.study.types import Study

_OUTCOME = re.compile(r"\(([^()]*)\)(?= / |$)")
_MARGIN = re.compile(r", [+-][\d,]+ [a-z ]+(?=\))")
ORDER = ("breaches", "cannot be decided", "complies", "not owed")
"""Of several findings the first of these that occurs stands for all."""
CATEGORIES = ("battle_tanks", "acv", "artillery", "combat_aircraft", "attack_helicopters")
ALLIANCE = ("actual_holdings", "sum_of_maximum_levels", "sum_of_maximum_levels_in_force")
"""The readings under which an alliance is held to a group's ceiling."""
LEVELS_DAY, FLANK_DAYS, CLAIM_DAY = (
    date(1995, 11, 17),
    (date(1999, 7, 1), date(2000, 3, 31)),
    date(2007, 11, 7),
)
"""Days on which the published record decides something: residual levels, flank counts, the claim of 2007."""


def chapter(study: Study, progress: Progress) -> Chapter | None:
    """None where the facts hold no accord between the scenario's parties."""
    progress("judging accords")
    judged = kept_accords(study.scenario)
    if not judged:
        return None
    facts = load_facts()
    owed = owed_panel(facts, judged, [p.name for p in study.scenario.parties])
    decided = decided_panels(facts)
    return Chapter(
        "accords",
        "Accords: is each side keeping its word?",
        _paragraphs(judged),
        (_owed_drawing(study, owed), _decided_drawing(study, decided)),
        (parted_grid(judged), concern_grid(facts, study), claim_grid(facts)),
        (decided_grid(judged),),
        (_panel_table("accords_owed", [owed]), _panel_table("accords_decided", decided)),
    )


def _paragraphs(judged: Sequence[Evaluation]) -> tuple[str, ...]:
    every = [f for e in judged for f in e.findings if f.verdict is not None]
    count = {v: sum(f.verdict == v for f in every) for v in ORDER}
    parted = sum(not a.agree for e in judged for a in e.agreement)
    day = judged[0].as_of
    return (
        f"{len(judged)} accords were judged on {day} by what had been declared until then, under every "
        f"reading: {len(every):,} findings, of which {count['complies']} comply, {count['breaches']} breach, "
        f"{count['not owed']:,} are not owed that day and {count['cannot be decided']:,} cannot be decided. "
        "The last are the rule and no fault of the parties alone: the figures that States sent to one "
        "another were mostly not published, and an old figure does not speak for a later day.",
        f"On {parted} things judged the readings part. Each row below names the operand on which they do. "
        "Nothing here weighs which reading is right. `equipoise keep why OBLIGATION --as-of DATE` prints the "
        "reasoning of any finding, with the source of each figure.",
    )


def owed_panel(facts: Facts, judged: Sequence[Evaluation], parties: Sequence[str]) -> Panel:
    """One row an obligation, one column a party: the text as written, over its members and groups."""
    rows = []
    for evaluation in judged:
        by_name: dict[str, list[Finding]] = {}
        for finding in evaluation.findings:
            if (
                finding.verdict is not None
                and finding.party is not None
                and _is_own(evaluation, finding.obligation)
            ):
                by_name.setdefault(finding.obligation, []).append(finding)
        for name, findings in by_name.items():
            cells = [_summed(facts, findings, party, evaluation.as_of) for party in parties]
            if any(c.verdict for c in cells):
                rows.append((_label(evaluation, name, findings[0]), tuple(cells)))
    return Panel("On the scenario's day", tuple(parties), tuple(rows))


def _is_own(evaluation: Evaluation, obligation: str) -> bool:
    """Not an obligation that another accord has as its own: the treaty is judged with its flank agreement."""
    return obligation.split(".")[0] not in ACCORDS or obligation.startswith(evaluation.accord.name)


def _label(evaluation: Evaluation, name: str, finding: Finding) -> str:
    """An obligation in words: its article where its name is no more than that."""
    if name.startswith("cfe."):
        return finding.trace.article + (", active units" if name.endswith("active units") else "")
    return _words(name if name.startswith(evaluation.accord.name) else f"{evaluation.accord.name}: {name}")


def _summed(facts: Facts, findings: Sequence[Finding], party: str, day: date) -> Square:
    """The worst verdict of the text as written over all that act for a party, and another reading's."""
    mine = _acting_for(facts, party, day)
    about = [f for f in findings if f.party in mine]
    plain = [f for f in about if f.reading is None] or about
    if not plain:
        return Square(None, "")
    verdict = _worst(plain)
    those = [f for f in plain if f.verdict == verdict]
    text = f"{len(those)} of {len(plain)}" if len(plain) > 1 else ""
    margins = [f.margin for f in those if f.margin is not None]
    if margins:
        text += f", least {min(margins):+,}"
    read = {f.reading for f in about} - {None}
    others = {_worst([f for f in about if f.reading == r]) for r in read} - {verdict}
    return Square(verdict, text.strip(", "), tuple(sorted(others, key=ORDER.index)))


def _worst(findings: Sequence[Finding]) -> str:
    return next(v for v in ORDER if any(f.verdict == v for f in findings))


def _acting_for(facts: Facts, party: str, day: date) -> set[str]:
    """The party itself, its members on the day, and every group whose members are all its own."""
    mine = {party} | {m.member for m in facts.sides if m.group == party and m.holds_on(day)}
    for group, members in facts.members.items():
        now = {m.member for m in members if m.holds_on(day)}
        if now and now <= mine:
            mine.add(group)
    return mine


def decided_panels(facts: Facts) -> list[Panel]:
    """What the published record decides of the treaty on conventional forces: levels, flank, the claim."""
    heads = tuple(c.replace("_", " ") for c in CATEGORIES)
    levels = [f for f in judge("cfe", facts, LEVELS_DAY).findings if f.obligation == "cfe.VII"]
    flank = [f for day in FLANK_DAYS for f in judge("flank", facts, day).findings if f.reading is None]
    alliance = [f for f in judge("cfe", facts, CLAIM_DAY).findings if f.reading in ALLIANCE]
    return [
        Panel(f"Own maximum level, {LEVELS_DAY}", heads, _rows(levels, ("party",))),
        Panel("Flank agreement, as outsiders worked it out", heads, _rows(flank, ("party", "zone", "as_of"))),
        Panel(
            f"An alliance against its group's ceiling, {CLAIM_DAY}",
            heads,
            _rows(alliance, ("party", "reading")),
        ),
    ]


def _rows(findings: Iterable[Finding], named_by: Sequence[str]) -> tuple[tuple[str, tuple[Square, ...]], ...]:
    """Decided findings as rows of the five categories, named by these fields."""
    found: dict[str, dict[str, Finding]] = {}
    for finding in findings:
        if finding.margin is not None and finding.category in CATEGORIES:
            label = ", ".join(_words(str(getattr(finding, name) or "")) for name in named_by)
            found.setdefault(label, {})[finding.category] = finding
    return tuple(
        (label, tuple(_square(by_category.get(c)) for c in CATEGORIES))
        for label, by_category in found.items()
    )


def _square(finding: Finding | None) -> Square:
    if finding is None:
        return Square(None, "")
    return Square(finding.verdict, f"{finding.margin:+,}")


def _words(text: str) -> str:
    return text.replace("_", " ")


def parted_grid(judged: Sequence[Evaluation]) -> Grid:
    """Where readings part on the day: a row an obligation, operand and outcome, with whom it touches."""
    rows: dict[tuple[str, str, str], list[str]] = {}
    for evaluation in judged:
        for row in evaluation.agreement:
            for differs in row.differs_in[:1]:
                operand, _, outcomes = differs.partition(": ")
                plain = _MARGIN.sub("", outcomes)
                if len(set(_OUTCOME.findall(plain))) < 2 or not _is_own(evaluation, row.obligation):
                    continue
                rows.setdefault((row.obligation, operand, plain), []).append(row.party or "all")
    heads = (
        "obligation",
        "whom",
        "the operand on which readings part",
        "what each choice comes to",
        "things",
    )
    told = tuple(
        (_words(obligation), _whom(parties), operand, _words(plain), str(len(parties)))
        for (obligation, operand, plain), parties in rows.items()
    )
    return Grid(
        "Where readings part",
        heads,
        told,
        "Things counts categories, zones and addressees; where only the margins differ, nothing stands here.",
    )


def _whom(parties: Sequence[str]) -> str:
    """At most three names; the rest counted."""
    names = [_words(n) for n in dict.fromkeys(parties)]
    return ", ".join(names) if len(names) <= 3 else f"{names[0]} and {len(names) - 1} more"


def concern_grid(facts: Facts, study: Study) -> Grid:
    """Each party's stated concern, the measure that would dispel it, and whether the findings show that."""
    day = date.fromisoformat(str(study.scenario.as_of))
    rows = tuple(
        (
            concern.party,
            concern.text,
            concern.since or "not said",
            answer.measure.says,
            answer.dispelled,
            f"{concern.status}: {concern.source}",
        )
        for party in study.scenario.parties
        for concern in concerns_of(facts, party.name, day)
        for answer in concern.answers
    )
    heads = ("whose", "concern", "since", "measure that would dispel it", "does it, on the day?", "source")
    return Grid(
        "Concerns and measures", heads, rows, "Yes only where every finding complies under every reading."
    )


def claim_grid(facts: Facts) -> Grid:
    """The public claim of 2007 beside the readings, and the figure that none of them gives."""
    beside = judge("cfe", facts, CLAIM_DAY).beside["claims"]
    rows = tuple(
        (
            _words(claim["category"]),
            f"{claim['qualifier'] or ''} {claim['claimed']:,}".strip(),
            *(_given(claim, reading) for reading in ALLIANCE),
            _words(claim["matched_by"] or f"none; nearest off by {claim['difference']:,}"),
        )
        for claim in beside
        if claim["kind"] == "excess" and claim["difference"] is not None
    )
    heads = ("category", "excess claimed", *(_words(r) for r in ALLIANCE), "given by")
    note = "Excess over the group's ceiling; a negative figure is room below it. A claim is no holding."
    return Grid(f"A claim of {CLAIM_DAY}, beside the readings", heads, rows, note)


def _given(claim: dict[str, Any], reading: str) -> str:
    found = next((r for r in claim["readings"] if r["reading"] == reading), None)
    return "as first notified" if found is None else f"{found['computed']:,}"


def decided_grid(judged: Sequence[Evaluation]) -> Grid:
    """Every finding of the day that complies or breaches, with its digest."""
    rows = tuple(
        (
            f.accord,
            _words(f.obligation),
            _words(f.party or ""),
            _words(f.category or ""),
            _words(f.reading or "as written"),
            f"{MARKS[f.verdict]} {f.verdict}",
            "" if f.margin is None else f"{f.margin:+,} {f.unit}",
            digest(f)[:16],
        )
        for e in judged
        for f in e.findings
        if f.verdict in ("complies", "breaches")
    )
    heads = ("accord", "obligation", "party", "category", "reading", "verdict", "margin", "digest")
    return Grid(f"Findings of {judged[0].as_of} that are decided", heads, rows)


def _owed_drawing(study: Study, panel: Panel) -> Drawing:
    caption = Caption(
        number=0,
        key="accords_owed",
        title="What each party owes, and how far the record decides it",
        reads="One row an obligation, one column a party; a cell covers the party, its members and the "
        "groups that they alone form. Of several findings the one shown is a breach, else one that cannot be "
        "decided, else one that complies; beside it how many of how many, and the least margin. A cell cut "
        "in two has on its right what other readings come to.",
        unit="margin: limit less counted, in pieces unless said",
        case=f"{study.scenario.id}, {study.scenario.as_of}; the text as written, and other readings",
        source="ceilings, holdings and dated events as the facts hold them; judged here",
        assumptions="a figure speaks for its day and the year after it; many levels are from memory",
        alt=f"{len(panel.rows)} obligations by {len(panel.heads)} parties, each cell a verdict with its "
        "count. Every cell is in the table.",
        table="accords_owed",
    )
    return Drawing(caption, to_svg(matrix_figure([panel], cell_in=2.3), caption.key, caption.alt))


def _decided_drawing(study: Study, panels: Sequence[Panel]) -> Drawing:
    caption = Caption(
        number=0,
        key="accords_decided",
        title="What the published record decides of the treaty on conventional forces",
        reads="Margins in pieces: limit less counted, so that a negative one is an excess. Above: States "
        "whose residual levels were published. Middle: the flank zones. Below: one alliance under rival "
        "readings of what is counted.",
        unit="pieces",
        case="days as said above each part",
        source="ceilings.csv, holdings.csv and cases.yaml of the facts; judged here",
        assumptions="many levels are from memory, checked by their sums; flank counts are rounded excesses",
        alt=f"{sum(len(p.rows) for p in panels)} rows of margins in five categories, each with its verdict. "
        "Every cell is in the table.",
        table="accords_decided",
    )
    return Drawing(caption, to_svg(matrix_figure(panels), caption.key, caption.alt))


def _panel_table(name: str, panels: Sequence[Panel]) -> Table:
    rows = tuple(
        (panel.title, label, head, square.verdict, square.text, " ".join(square.others))
        for panel in panels
        for label, squares in panel.rows
        for head, square in zip(panel.heads, squares, strict=True)
        if square.verdict is not None
    )
    return Table(name, ("part", "row", "column", "verdict", "written", "verdicts_of_other_readings"), rows)
