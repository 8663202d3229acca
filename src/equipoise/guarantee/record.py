"""Guarantees as plain values for JSON: the keys that ``prove --json`` promises, no infinity and no NaN."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from equipoise.defence import OperandVector
from equipoise.guarantee.claim_pairs import PairReading
from equipoise.guarantee.claims import ClaimReading
from equipoise.guarantee.spans import Span
from equipoise.guarantee.types import Guarantee, PairReach


def to_json(guarantees: Iterable[Guarantee]) -> list[dict[str, Any]]:
    """One mapping a guarantee; None stands for unknown, undeclared and without limit."""
    return [_row(g) for g in guarantees]


def _row(g: Guarantee) -> dict[str, Any]:
    return {
        "architecture": g.architecture,
        "mode": g.mode,
        "joined": g.joined,
        "protects": g.protects,
        "rung": g.rung,
        "verdict": g.verdict,
        "turns_on": list(g.turns_on),
        "margin_s": _number(g.margin_s),
        "margin_km_s": _number(g.margin_km_s),
        "break_even_commit_s": _number(g.break_even_commit_s),
        "share_met_at_most": _number(g.share_met_at_most),
        "near_edge": g.near_edge,
        "margin_s_by_cap": {name: _number(margin) for name, margin in g.margin_s_by_cap},
        "operands": [_operands(v) for v in g.operands],
        "closed_by": list(g.closed_by),
        "by_area": dict(g.by_area),
        "worst": None if g.worst is None else _pair(g.worst),
        "note": g.note,
        "not_flown": len(g.not_flown),
    }


def claims_to_json(readings: Iterable[ClaimReading], pairs: Iterable[PairReading]) -> dict[str, Any]:
    """Claims and pairs of claims as plain values; None stands for unpublished and for no commit."""
    return {
        "claims": [
            {
                "claim": r.claim,
                "claimant": r.claimant,
                "says": r.says,
                "question": r.question,
                "operands": dict(r.operands),
                "spans": [_span(s) for s in r.spans],
                "finding": r.finding,
            }
            for r in readings
        ],
        "pairs": [
            {
                "pair": p.pair,
                "question": p.question,
                "says_no": p.says_no,
                "says_yes": p.says_yes,
                "operand": p.operand,
                "no_from_s": _number(p.no_from_s),
                "yes_until_s": _number(p.yes_until_s),
                "one_figure": p.one_figure,
                "finding": p.finding,
            }
            for p in pairs
        ],
    }


def _span(s: Span) -> dict[str, Any]:
    return {
        "interceptor": s.interceptor,
        "author": s.author,
        "speed_km_s": _number(s.speed_km_s),
        "quoted_at_km": _number(s.quoted_at_km),
        "flight_cap": s.cap,
        "places": list(s.places),
        "fails_until_s": _number(s.fails_until_s),
        "holds_from_s": _number(s.holds_from_s),
        "stated": s.stated,
    }


def _number(value: float | None, digits: int = 4) -> float | None:
    """A finite number rounded beyond what the model can tell; None for the rest."""
    return round(float(value), digits) if value is not None and math.isfinite(value) else None


def _pair(p: PairReach) -> dict[str, Any]:
    return {
        "launch_area": p.launch_area,
        "end": p.end,
        "missile_model": p.missile_model,
        "loft": p.loft,
        "battery": p.battery,
        "claim": p.claim,
        "flight_cap_s": _number(p.flight_cap_s),
        "commit_s": _number(p.commit_s),
        "commit_after_burnout_s": _number(p.commit_s - p.burnout_s),
        "latest_commit_s": _number(p.latest_commit_s),
        "needed_speed_km_s": _number(p.needed_speed_km_s),
        "declared_speed_km_s": _number(p.declared_speed_km_s),
        "margin_s": _number(p.margin_s),
        "margin_km_s": _number(p.margin_km_s),
    }


def _operands(v: OperandVector) -> dict[str, Any]:
    return {
        "battery": v.battery,
        "interceptor": v.interceptor,
        "claim": v.claim,
        "author": v.author,
        "party": v.party,
        "member": v.member,
        "site": v.site,
        "speed_km_s": _number(v.speed_km_s),
        "burnout_altitude_km": _number(v.burnout_altitude_km),
        "time_to_burnout_s": _number(v.time_to_burnout_s),
        "flight_cap_s": _number(v.flight_cap_s),
        "altitude_min_km": _number(v.altitude_min_km),
        "altitude_max_km": _number(v.altitude_max_km),
        "range_km": _number(v.range_km),
        "number": v.number,
        "status": {name: status for name, status, _ in v.statuses},
    }
