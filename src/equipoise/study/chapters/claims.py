"""The chapter on published claims: both sides' figures through one model, and what parts opposite answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from equipoise.guarantee import (
    AnchorRow,
    ClaimReading,
    PairReading,
    SpanTable,
    anchor_rows,
    read_pairs,
    read_with,
)
from equipoise.scenario import load_catalogue
from equipoise.study.captions import Caption
from equipoise.study.chapters.chapter import Chapter, Drawing, Progress
from equipoise.study.figures import to_svg
from equipoise.study.figures.claims import Band, Bar, commit_bars
from equipoise.study.sections import Grid
from equipoise.study.tables import Table
from equipoise.study.types import Study
from equipoise.study.wording import SIGNS, listed
from equipoise.study.wording import rung as rung_words

RUN = ("map", "race", "fly-out")
"""Questions that a fly-out can be set against."""


def chapter(study: Study, progress: Progress) -> Chapter | None:
    """None where the scenario holds no claim."""
    claims = [s for s in study.scenario.statements if s.kind == "claim"]
    if not claims:
        return None
    catalogue = load_catalogue()
    progress("reading published claims")
    table = SpanTable(study.scenario, quick=study.quick)
    readings = read_with(table, claims)
    progress("swapping operands of opposite claims")
    pairs = read_pairs(catalogue.claim_pairs, readings, table)
    anchors = anchor_rows(catalogue, study.scenario)
    return Chapter(
        "claims",
        "Published claims, run through one model",
        _paragraphs(readings, pairs, anchors),
        (_spans_figure(study, readings), *_swaps_figure(study, pairs, readings)),
        (pair_grid(pairs),),
        (claim_grid(readings), operand_grid(readings), speed_grid(readings), anchor_grid(anchors)),
        (_span_table(readings), _swap_table(pairs), _operand_table(readings)),
    )


def _paragraphs(
    readings: Sequence[ClaimReading], pairs: Sequence[PairReading], anchors: Sequence[AnchorRow]
) -> tuple[str, ...]:
    said = Counter(r.says for r in readings)
    asked = Counter(r.question for r in readings)
    timed = sum(dict(r.operands)["commit, s"] is not None for r in readings)
    questions = ", ".join(f"{count} {name}" for name, count in asked.most_common())
    first = (
        f"{len(readings)} published claims were read: {said['reach']} say that the deterrent can be reached, "
        f"{said['no reach']} that it cannot, {said['not said']} neither. They answer different questions "
        f"({questions}). {timed or 'Not one'} of them states the commit time, so that none can be decided as "
        "published; what can be said is up to which commit the claimed hardware reaches some flight whatever "
        "else is open, and from which on it reaches none."
    )
    one = [p for p in pairs if p.one_figure]
    parts = Counter(p.separates for p in pairs if p.separates)
    second = (
        f"Of {len(pairs)} pairs of opposite answers, what separates the two is "
        f"{listed([f'{name} ({count})' for name, count in parts.most_common()], 6)}. "
        + " ".join(f"Where both published a figure for the same hardware, {_at_most_one(p)}" for p in one)
    )
    near = sum(a.agrees for a in anchors)
    third = (
        f"{near} of {len(anchors)} rough anchors that were worked out beside the claims come out within "
        "their "
        "own tolerance when they are worked again with the model that they describe. They are compared, and "
        f"nothing here is tuned to them.{_engine_apart(anchors)}"
    )
    return first, second, third


def _engine_apart(anchors: Sequence[AnchorRow]) -> str:
    """How far the engine's needed speeds lie from the anchors', and why."""
    asked = [(a, a.engine) for a in anchors if a.engine is not None and a.quantity == "needed speed"]
    if not asked:
        return ""
    gaps = [engine[0] - a.published for a, engine in asked]
    return (
        f" The engine, with the burn of the missiles that stand there, needs {min(gaps):+.1f} to "
        f"{max(gaps):+.1f} "
        "km/s more than they say: the anchors let every missile burn out after 200 s."
    ).replace("-", "−")


def _at_most_one(pair: PairReading) -> str:
    return f"at most one is right ({pair.says_no}, {pair.says_yes}): {pair.measurement}."


def _bands(readings: Sequence[ClaimReading]) -> tuple[Band, ...]:
    """Where the rungs' commits lie, over all the flights that were looked at."""
    spans: dict[str, list[tuple[float, float]]] = {}
    for r in readings:
        for v in r.verdicts:
            spans.setdefault(v.rung, []).append(v.commit_s)
    words = {"worst case": "first light\nplus floor", "burnout plus track": "burnout plus a track"}
    return tuple(
        Band(words.get(rung, rung), min(s[0] for s in each), max(s[1] for s in each))
        for rung, each in spans.items()
    )


def _spans_figure(study: Study, readings: Sequence[ClaimReading]) -> Drawing:
    names = [p.id for p in study.scenario.parties]
    bars = [
        Bar(r.claim, *r.turns_s, names.index(r.party) if r.party in names else None, said=r.says)
        for r in readings
        if r.vector is not None and r.vector.runs and r.question in RUN and not r.other_flight
    ]
    parties = [p.name for p in study.scenario.parties]
    caption = Caption(
        number=0,
        key="claims",
        title="For which commits each claim would be right",
        reads="One line a claim, under its own figures; what it leaves out runs over all that was stated: "
        "every "
        "author's speed, the places of the scenario's architectures, a flight cap of 600 s and none, all "
        "models "
        "and lofts. A claim of no reach is right in the dotted part, a claim of reach in the hatched part. "
        "Grey: "
        "where the earliest permitted commits of the two rungs that no mode helps lie, over all flights.",
        unit="s from the launch of the protected missile",
        case=f"{study.scenario.id}, {study.scenario.as_of}",
        source="claims as the facts hold them, with who made each; computed here",
        assumptions="altitude and burn time of a speed by class; meetings after burnout",
        alt=f"{len(bars)} bars of commit time, one a claim, each in three parts: within reach, depends, "
        "out of "
        "reach. Every value is in the table.",
        table="claim_spans",
    )
    return Drawing(caption, to_svg(commit_bars(bars, _bands(readings), parties), "claims", caption.alt))


def _swaps_figure(
    study: Study, pairs: Sequence[PairReading], readings: Sequence[ClaimReading]
) -> tuple[Drawing, ...]:
    """Pairs that contradict each other about one question; a claim stands in its party's colour."""
    names = [p.id for p in study.scenario.parties]
    spoken = {r.claim: names.index(r.party) if r.party in names else None for r in readings}
    bars: list[Bar] = []
    for p in pairs:
        if not p.swaps or p.separates in ("", "what counts", "the question asked"):
            continue
        bars.append(Bar(f"{p.question} What separates them: {p.separates}.", None, None, heading=True))
        for s in p.swaps:
            who = p.says_no if s.base == "says no" else p.says_yes
            label = who if not s.operand else f"with the other's {s.operand.split(',')[0]}"
            label = "with all of the other's" if s.operand == "everything" else label
            said = s.base if not s.operand else ""
            party = spoken[who] if not s.operand else None
            bars.append(Bar(label, s.fails_until_s, s.holds_from_s, party, bool(s.operand), said))
    if not bars:
        return ()
    caption = Caption(
        number=0,
        key="claim_swaps",
        title="What one swapped operand moves",
        reads="For each pair of opposite answers: each side's own figures, then with one operand of the "
        "other side "
        "in its place, then with all of them. The operand that moves a side's bar furthest toward the other "
        "answer is the one that separates them; an operand that one side left out cannot be lent.",
        unit="s from the launch of the protected missile",
        case=f"{study.scenario.id}, {study.scenario.as_of}",
        source="claims as the facts hold them; computed here",
        assumptions="as in the figure before",
        alt=f"{len(bars)} bars of commit time for {len(pairs)} pairs of claims, operands swapped one at a "
        "time. "
        "Every value is in the table.",
        table="claim_swaps",
    )
    parties = [p.name for p in study.scenario.parties]
    drawn = commit_bars(bars, _bands(readings), parties)
    return (Drawing(caption, to_svg(drawn, "swaps", caption.alt)),)


def pair_grid(pairs: Sequence[PairReading]) -> Grid:
    """Pairs of opposite answers and what separates them."""
    heads = ("question", "says no", "says yes", "what separates them", "what is known", "what would tell")
    rows = tuple(
        (p.question, p.says_no, p.says_yes, p.separates or "–", p.finding, p.measurement or "–")
        for p in pairs
    )
    return Grid("Opposite answers, and the operand that separates them", heads, rows)


def claim_grid(readings: Sequence[ClaimReading]) -> Grid:
    """Every claim: its question, our verdicts under its own figures, and the finding."""
    heads = ("claim", "by", "says", "question", "verdict under its own figures", "finding", "status")
    rows = tuple(
        (
            r.claim,
            r.claimant,
            r.says + ("" if r.evidence else " (its text was not read)"),
            r.question,
            _rungs(r),
            f"{r.finding.split('. Under')[0]}{'; ' + r.answer if r.answer else ''}",
            r.status,
        )
        for r in readings
    )
    note = "Sources stand with the statements, under the assumptions."
    return Grid("Every claim", heads, rows, note)


def _rungs(reading: ClaimReading) -> str:
    """The verdict at each rung, both where the flight cap parts them."""
    words: dict[str, list[str]] = {}
    for v in reading.verdicts:
        words.setdefault(v.rung, []).append(f"{SIGNS[v.verdict]} {v.verdict}")
    said = (f"{rung_words(rung)}: {' or '.join(dict.fromkeys(w))}" for rung, w in words.items())
    return "; ".join(said) or "cannot be run"


def operand_grid(readings: Sequence[ClaimReading]) -> Grid:
    """Operands as published, a claim a row; what was not published is said to be so."""
    names = [p.operand for p in readings[0].published]
    rows = tuple((r.claim, *(p.figure or "not published" for p in r.published)) for r in readings)
    return Grid("Operands of reach, as published", ("claim", *names), rows)


def speed_grid(readings: Sequence[ClaimReading]) -> Grid:
    """For each claim and rung, the speeds for which each verdict holds."""
    heads = ("claim", "rung", "out of reach below (km/s)", "within reach from (km/s)", "its own speed (km/s)")
    rows = tuple(
        (
            r.claim,
            rung_words(s.rung),
            "no speed" if s.holds_below_km_s is None else f"{s.holds_below_km_s:.2f}",
            "no speed" if s.fails_from_km_s is None else f"{s.fails_from_km_s:.2f}",
            dict(r.operands)["interceptor speed, km/s"] or "not published",
        )
        for r in readings
        for s in r.speeds
    )
    return Grid("Speeds for which each verdict holds, at each rung", heads, rows)


def anchor_grid(anchors: Sequence[AnchorRow]) -> Grid:
    """Rough published anchors beside our figures."""
    heads = (
        "flight and interceptor", "quantity", "at", "published", "ours, by their model", "by the engine",
        "agrees", "why",
    )  # fmt: skip
    rows = tuple(
        (
            a.pair,
            a.quantity,
            a.asked,
            {float("inf"): "any", float("-inf"): "never"}.get(a.published, f"{a.published:g} {a.unit}"),
            f"{a.ours:.2f} {a.unit}" if abs(a.ours) < 1e6 else "never",
            _engine(a),
            "yes" if a.agrees else "no",
            a.reason or "–",
        )
        for a in anchors
    )
    return Grid("Anchors: rough published figures beside ours", heads, rows)


def _engine(row: AnchorRow) -> str:
    """Least to most over the missiles that stand there."""
    if row.engine is None:
        return "not flown"
    return f"{' to '.join(dict.fromkeys(f'{v:.2f}' for v in row.engine))} {row.unit}"


def _span_table(readings: Sequence[ClaimReading]) -> Table:
    header = ("claim", "says", "question", "party", "certain_until_s", "none_after_s", "finding")
    rows = tuple((r.claim, r.says, r.question, r.party, *r.turns_s, r.finding) for r in readings)
    return Table("claim_spans", header, rows)


def _swap_table(pairs: Sequence[PairReading]) -> Table:
    header = (
        "pair",
        "base",
        "operand",
        "from",
        "to",
        "certain_until_s",
        "none_after_s",
        "toward_the_other_s",
    )
    rows = tuple(
        (p.pair, s.base, s.operand or None, s.from_figure or None, s.to_figure or None, s.fails_until_s,
         s.holds_from_s, s.toward_s)
        for p in pairs
        for s in p.swaps
    )  # fmt: skip
    return Table("claim_swaps", header, rows)


def _operand_table(readings: Sequence[ClaimReading]) -> Table:
    header = ("claim", "operand", "published", "status", "note")
    rows = tuple((r.claim, p.operand, p.figure, p.status, p.note) for r in readings for p in r.published)
    return Table("claim_operands", header, rows)
