"""The chapter on measures: what I give, what they get, and which measure closes which open verdict."""

from __future__ import annotations

from collections.abc import Sequence

from equipoise.guarantee import (
    Agreed,
    Given,
    Measure,
    MeasureRow,
    MeasureStudy,
    closers,
    judge_measures,
    nobody_loses,
    people_given,
)
from equipoise.study.captions import Caption
from equipoise.study.chapters.chapter import Chapter, Drawing, Progress
from equipoise.study.figures import to_svg
from equipoise.study.figures.measures import Column, Line, measures_matrix
from equipoise.study.sections import Grid
from equipoise.study.tables import Table
from equipoise.study.types import Study
from equipoise.study.wording import SIGNS, listed, people
from equipoise.study.wording import rung as rung_words

SEA = (
    "Where a ship and a submarine may lie in one sea box the word is not guaranteed, and the margin is that "
    "of all other launch areas."
)


def chapter(study: Study, progress: Progress) -> Chapter | None:
    """None where no measure was on the table."""
    if not any(s.kind == "measure" for s in study.scenario.statements):
        return None
    judged = judge_measures(study.scenario, quick=study.quick, progress=progress)
    given = people_given(study.scenario, judged.measures, quick=study.quick, progress=progress)
    return Chapter(
        "measures",
        "Measures: what I give, what they get",
        _paragraphs(judged, given),
        _figure(study, judged),
        (acting_grid(study, judged, given),),
        (
            row_grid(
                study,
                judged,
                "architecture",
                "Open verdicts by architecture, and the measure that closes each",
            ),
            row_grid(study, judged, "sea", "Open verdicts of a ship, by named sea box"),
            silent_grid(judged),
        ),
        (_measure_table(judged), _change_table(judged), _sea_table(judged)),
    )


def _paragraphs(judged: MeasureStudy, given: Sequence[Given]) -> tuple[str, ...]:
    known = {m.id: m for m in judged.measures}
    acting = [a for a in judged.alone if a.flips]
    idle = [a for a in judged.alone if not known[a.measures[0]].parameters]
    open_rows = [r for r in judged.rows if r.before != "holds"]
    unclosed = [r for r in open_rows if not closers(judged, r)]
    first = (
        f"{len(judged.measures)} measures were on the table. Each is put on both sides alike and every "
        "verdict is "
        f"judged again: {len(judged.rows)} rows, which are the architectures as proposed and a ship with "
        "each "
        f"sea-going interceptor in each named sea box. {len(acting)} of them change a verdict: "
        f"{listed([a.measures[0] for a in acting], 8)}. {len(idle)} name no parameter; they change no "
        "verdict, and "
        "cannot."
    )
    better = [p for p in judged.pairs if p.beyond]
    told = [p for p in judged.pairs if p.verified]
    second = (
        f"Of {len(open_rows)} open rows {len(open_rows) - len(unclosed)} are closed by some measure. "
        f"{_never(unclosed)} Of {len(judged.pairs)} pairs, {len(better) or 'none'} close a row that neither "
        f"measure closes alone; {len(told)} let a speed be told and then seen, which verifies it."
    )
    cost = [g for g in given if g.people > 0.5]
    worst = max(cost, key=lambda g: g.people, default=None)
    third = "No measure that acts takes protection against an assessed threat from anybody."
    if worst is not None:
        third = (
            f"What is given is counted in people of the taker who can no longer be met: most is "
            f"{people(worst.people)} of {worst.party} under {worst.architecture} by "
            f"{' and '.join(worst.measures)}."
        )
    return first, second, third


def _never(rows: Sequence[MeasureRow]) -> str:
    names = list(dict.fromkeys(r.subject for r in rows))
    return f"No measure that was proposed closes {listed(names, 6)}." if names else "No row stays open."


def _figure(study: Study, judged: MeasureStudy) -> tuple[Drawing, ...]:
    """One column an owner's interceptors and deterrent, the verdict at worst; a row a measure that acts."""
    parties = [p.id for p in study.scenario.parties]
    rows = [r for r in judged.rows if r.rung == "worst case" and r.before != "holds"]
    if not rows:
        return ()
    acting = [(a, {c.row: c.after for c in a.flips}) for a in judged.alone]
    acting = [(a, moved) for a, moved in acting if any(r in moved for r in rows)]
    alike: dict[tuple[object, ...], list[MeasureRow]] = {}
    for r in rows:
        alike.setdefault((r.sea or r.subject, r.before, *(moved.get(r) for _, moved in acting)), []).append(r)
    merged = list(alike.values())
    columns = [Column(_together(study, m), parties.index(m[0].protects), m[0].kind) for m in merged]
    lines = [Line("before any measure", tuple((m[0].before, False) for m in merged))]
    for a, moved in acting:
        cells = tuple((moved.get(m[0], m[0].before), m[0] in moved) for m in merged)
        lines.append(Line(a.measures[0], cells))
    names = [p.name for p in study.scenario.parties]
    caption = Caption(
        number=0,
        key="measures",
        title="What each measure closes at worst",
        reads="Columns: interceptors whose worst case does not hold before any measure, first "
        "architectures and then "
        "a ship in a named sea box; the colour of the name is that of the party whose deterrent is protected "
        f"({names[0]} blue, {names[1]} orange). Rows: measures that change at least one of them; a framed "
        "cell "
        "is one that the measure moved. Measures without a parameter change nothing and have no row.",
        unit="verdicts at the rung of first light plus the stated floor",
        case=f"{study.scenario.id}, {study.scenario.as_of}; every author's claim, all models, lofts and "
        "places",
        source="measures as the facts hold them; our reading of what each fixes is in the table; computed "
        "here",
        assumptions="a measure binds both sides alike, and is kept",
        alt=f"Matrix of {len(lines) - 1} measures by {len(columns)} sets of interceptors; every cell is in "
        "the table.",
        table="measure_changes",
    )
    return (Drawing(caption, to_svg(measures_matrix(lines, columns), "measures", caption.alt)),)


def _together(study: Study, rows: Sequence[MeasureRow]) -> str:
    """Interceptors that come out alike in one sea box, under one name."""
    if rows[0].sea is None:
        return _subject(study, rows[0])
    names = [_subject(study, r).rsplit(", ", 1)[0] for r in rows]
    first = names[0].split()
    shown = [" ".join(w for at, w in enumerate(n.split()) if first[at : at + 1] != [w]) for n in names[1:]]
    return f"{rows[0].sea.replace('-', ' ')}: {', '.join([names[0], *shown])}"


def _subject(study: Study, row: MeasureRow) -> str:
    found = study.scenario.architectures.get(row.subject)
    if found is not None:
        return found.name
    model, _, sea = row.subject.partition(" in ")
    known = study.scenario.interceptors.get(model)
    return f"{known.name if known else model}, {sea.replace('-', ' ')}"


def acting_grid(study: Study, judged: MeasureStudy, given: Sequence[Given]) -> Grid:
    """Measures that fix an operand: how verified, remedy, exit, what is given and what is got."""
    known = {m.id: m for m in judged.measures}
    heads = ("measure", "proposed by", "fixes", "verified by", "remedy", "exit", "gives", "gets")
    rows = tuple(
        (
            m.id,
            m.by + (f"; answer: {m.answer}" if m.answer else ""),
            ", ".join(m.fixes),
            m.verified_by,
            m.remedy,
            m.exit,
            _gives(study, m, given),
            _gets(a),
        )
        for a in judged.alone
        if (m := known[a.measures[0]]).fixes
    )
    note = (
        "What each fixes, how it is verified, its remedy and its exit are our reading of the words "
        "(assumed, save "
        "where the facts say it). A remedy is what follows when the data show a breach: hardly any was named."
    )
    return Grid("Measures that fix an operand", heads, rows, note)


def _gives(study: Study, measure: Measure, given: Sequence[Given]) -> str:
    names = {a.id: a.name for a in study.scenario.architectures.values()}
    said = [measure.gives]
    for g in given:
        later = g.projected_people or 0.0
        if g.measures == (measure.id,) and max(g.people, later) > 0.5:
            parts = [f"{people(g.people)}"] if g.people > 0.5 else []
            parts += [f"{people(later)} against projected threats"] if later > 0.5 else []
            said.append(f"{names.get(g.architecture, g.architecture)}: {g.party} {' and '.join(parts)}")
    if nobody_loses(measure, given):
        said.append("by count nobody is met the less")
    return "; ".join(said)


def _gets(agreed: Agreed) -> str:
    if not agreed.changes:
        return "no verdict changes here"
    closed = [c for c in agreed.changes if c.closes]
    moved = len(agreed.changes) - len(agreed.flips)
    better = len(agreed.flips) - len(closed)
    parts = [f"closes {len(closed)} rows"] if closed else []
    parts += [f"improves {better}"] if better else []
    parts += [f"moves the margin of {moved} more"] if moved else []
    return ", ".join(parts)


def row_grid(study: Study, judged: MeasureStudy, kind: str, title: str) -> Grid:
    """Open rows of one kind: verdict, margin, and the measures that close it."""
    heads = ("interceptors", "protects", "rung", "before", "margin (s)", "closed by")
    rows = tuple(
        (
            _subject(study, r),
            f"{r.protects}'s deterrent",
            rung_words(r.rung),
            f"{SIGNS[r.before]} {r.before}{_one_sea(r)}",
            "open" if r.margin_s is None else f"{r.margin_s:+.0f}".replace("-", "−"),
            "; ".join(" and ".join(c) for c in closers(judged, r)) or "none that was proposed",
        )
        for r in judged.rows
        if r.kind == kind and r.before != "holds"
    )
    held = sum(r.kind == kind and r.before == "holds" for r in judged.rows)
    return Grid(title, heads, rows, f"{held} more rows hold before any measure. {SEA}")


def _one_sea(row: MeasureRow) -> str:
    """Submarines and ships in one sea box: a word and no number."""
    return (
        f"; not guaranteed: {', '.join(row.not_guaranteed)} in one sea with it" if row.not_guaranteed else ""
    )


def silent_grid(judged: MeasureStudy) -> Grid:
    """Measures that fix no operand of reach: they change no verdict, and why."""
    heads = ("measure", "proposed by", "why it changes no verdict", "verified by", "exit")
    rows = tuple(
        (m.id, m.by, m.note or "no parameter is named", m.verified_by, m.exit)
        for m in judged.measures
        if not m.fixes
    )
    return Grid("Measures that fix no operand, and change no verdict", heads, rows)


def _measure_table(judged: MeasureStudy) -> Table:
    header = (
        "measure",
        "by",
        "fixes",
        "effects",
        "verified_by",
        "remedy",
        "exit",
        "status",
        "closes",
        "moves",
    )
    alone = {a.measures[0]: a for a in judged.alone}
    rows = tuple(
        (m.id, m.by, " ".join(m.fixes), " ".join(m.effects), m.verified_by, m.remedy, m.exit, m.status,
         sum(c.closes for c in alone[m.id].changes), len(alone[m.id].changes))
        for m in judged.measures
    )  # fmt: skip
    return Table("measures", header, rows)


def _change_table(judged: MeasureStudy) -> Table:
    header = (
        "measures",
        "subject",
        "protects",
        "rung",
        "before",
        "after",
        "margin_before_s",
        "margin_after_s",
    )
    agreed: list[Agreed] = [*judged.alone, *(p for p in judged.pairs if p.beyond)]
    rows = tuple(
        (" + ".join(a.measures), c.row.subject, c.row.protects, c.row.rung, c.row.before, c.after,
         c.row.margin_s, c.margin_after_s)
        for a in agreed
        for c in a.changes
    )  # fmt: skip
    return Table("measure_changes", header, rows)


def _sea_table(judged: MeasureStudy) -> Table:
    header = ("interceptor_in_sea", "sea", "protects", "rung", "verdict", "margin_s", "closed_by")
    rows = tuple(
        (r.subject, r.sea, r.protects, r.rung, r.before, r.margin_s,
         " | ".join(" + ".join(c) for c in closers(judged, r)))
        for r in judged.rows
        if r.kind == "sea"
    )  # fmt: skip
    return Table("sea_boxes", header, rows)
