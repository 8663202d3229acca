"""The accords between the scenario's parties on its day: every finding, for the record and its chapter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from equipoise.accords import ACCORDS, Evaluation, digest, judge, load_facts
from equipoise.scenario import Scenario

NONE = "the facts hold no accord between these parties"
WHERE = "what each party owes, and where readings part, stands in the chapter on accords"


def kept_accords(scenario: Scenario) -> tuple[Evaluation, ...]:
    """Every accord judged on the scenario's day; none where its parties are no sides of the facts."""
    facts, day = load_facts(), date.fromisoformat(str(scenario.as_of))
    sides = {m.group for m in facts.sides if m.holds_on(day)}
    if not {p.name for p in scenario.parties} <= sides:
        return ()
    return tuple(judge(name, facts, day) for name in ACCORDS)


def findings_json(judged: Sequence[Evaluation]) -> list[dict[str, Any]]:
    """Every finding of the record: its verdict and the digest by which ``keep why`` shows its trace."""
    return [
        {
            "accord": f.accord,
            "obligation": f.obligation,
            "party": f.party,
            "category": f.category,
            "zone": f.zone,
            "reading": f.reading,
            "verdict": f.verdict,
            "margin": f.margin,
            "unit": f.unit,
            "digest": digest(f),
        }
        for evaluation in judged
        for f in evaluation.findings
    ]
