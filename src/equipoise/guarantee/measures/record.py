"""Measures as plain values for JSON: what each gives, what each gets, and the rows that each closes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from equipoise.guarantee.measures.agreed import Agreed, Change, MeasureStudy, closers
from equipoise.guarantee.measures.effects import Measure
from equipoise.guarantee.measures.gives import Given
from equipoise.guarantee.measures.rows import MeasureRow
from equipoise.guarantee.record import finite


def measures_to_json(study: MeasureStudy, given: Iterable[Given]) -> dict[str, Any]:
    """Measures, pairs of them, the rows before any, and the sea rows by named box."""
    costs = tuple(given)
    known = {m.id: m for m in study.measures}
    return {
        "flights": study.flights,
        "measures": [_measure(known[a.measures[0]], a, costs) for a in study.alone],
        "pairs": [_pair(p, costs) for p in study.pairs],
        "rows": [_row(study, r) for r in study.rows if r.kind == "architecture"],
        "seas": [_row(study, r) for r in study.rows if r.kind == "sea"],
    }


def _measure(measure: Measure, agreed: Agreed, costs: tuple[Given, ...]) -> dict[str, Any]:
    return {
        "id": measure.id,
        "text": measure.text,
        "by": measure.by,
        "party": measure.party,
        "answer": measure.answer or None,
        "status": measure.said_status,
        "source": measure.source,
        "parameters": list(measure.parameters),
        "fixes": list(measure.fixes),
        "effects": list(measure.effects),
        "figure_km_s": finite(measure.figure),
        "about": list(measure.ids),
        "verified_by": measure.verified_by,
        "remedy": measure.remedy,
        "exit": measure.exit,
        "reading_status": measure.status,
        "note": measure.note or None,
        "changes_a_verdict": bool(agreed.flips),
        "gives": {"words": measure.gives, "people": _people(agreed.measures, costs)},
        "gets": {"closes": len([c for c in agreed.changes if c.closes]), "changes": _changes(agreed.changes)},
    }


def _pair(agreed: Agreed, costs: tuple[Given, ...]) -> dict[str, Any]:
    return {
        "measures": list(agreed.measures),
        "verified": agreed.verified,
        "closes": len([c for c in agreed.changes if c.closes]),
        "flips": _changes(agreed.flips),
        "beyond_each_alone": _changes(agreed.beyond),
        "gives_people": _people(agreed.measures, costs),
    }


def _changes(changes: Iterable[Change]) -> list[dict[str, Any]]:
    return [
        {
            "subject": c.row.subject,
            "protects": c.row.protects,
            "rung": c.row.rung,
            "before": c.row.before,
            "after": c.after,
            "margin_before_s": finite(c.row.margin_s),
            "margin_after_s": finite(c.margin_after_s),
        }
        for c in changes
    ]


def _people(measures: tuple[str, ...], costs: tuple[Given, ...]) -> list[dict[str, Any]]:
    return [
        {
            "architecture": g.architecture,
            "party": g.party,
            "people_no_longer_met": round(g.people),
            "projected_people_no_longer_met": None
            if g.projected_people is None
            else round(g.projected_people),
        }
        for g in costs
        if g.measures == measures
    ]


def _row(study: MeasureStudy, row: MeasureRow) -> dict[str, Any]:
    return {
        "subject": row.subject,
        "sea": row.sea,
        "owner": row.owner,
        "protects": row.protects,
        "rung": row.rung,
        "verdict": row.before,
        "margin_s": finite(row.margin_s),
        "not_guaranteed": list(row.not_guaranteed),
        "closed_by": [list(c) for c in closers(study, row)],
    }
