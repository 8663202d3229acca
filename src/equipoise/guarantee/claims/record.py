"""Claims, pairs of claims and anchors as plain values for JSON: no infinity, None for what is unpublished."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from equipoise.guarantee.anchors import AnchorRow
from equipoise.guarantee.claims.pairs import PairReading, Swap
from equipoise.guarantee.claims.reading import ClaimReading
from equipoise.guarantee.claims.spans import Span
from equipoise.guarantee.claims.verdicts import ClaimVerdict
from equipoise.guarantee.record import finite


def claims_to_json(
    readings: Iterable[ClaimReading], pairs: Iterable[PairReading], anchors: Iterable[AnchorRow] = ()
) -> dict[str, Any]:
    """Claims, pairs and anchors as plain values; None stands for unpublished and for no commit or speed."""
    return {
        "claims": [_claim(r) for r in readings],
        "pairs": [_pair(p) for p in pairs],
        "anchors": [_anchor(a) for a in anchors],
    }


def _claim(r: ClaimReading) -> dict[str, Any]:
    return {
        "id": r.claim,
        "claimant": r.claimant,
        "party": r.party,
        "says": r.says,
        "text": r.text,
        "status": r.status,
        "source": r.source,
        "usable_as_evidence": r.evidence,
        "verdict": r.decided,
        "question": r.question,
        "answer": r.answer or None,
        "operands": [
            {"operand": p.operand, "published": p.figure, "status": p.status, "note": p.note or None}
            for p in r.published
        ],
        "verdicts": [_verdict(v) for v in r.verdicts],
        "speed_ranges": [
            {
                "rung": s.rung,
                "holds_below_km_s": finite(s.holds_below_km_s),
                "fails_from_km_s": finite(s.fails_from_km_s),
            }
            for s in r.speeds
        ],
        "certain_until_s": finite(r.turns_s[0]),
        "none_after_s": finite(r.turns_s[1]),
        "spans": [_span(s) for s in r.spans],
        "finding": r.finding,
    }


def _verdict(v: ClaimVerdict) -> dict[str, Any]:
    return {
        "rung": v.rung,
        "flight_cap": v.cap,
        "commit_s": [finite(c) for c in v.commit_s],
        "verdict": v.verdict,
        "margin_s": finite(v.margin_s),
        "by_area": dict(v.by_area),
        "by_place": dict(v.by_place),
    }


def _span(s: Span) -> dict[str, Any]:
    return {
        "interceptor": s.interceptor,
        "author": s.author,
        "speed_km_s": finite(s.speed_km_s),
        "quoted_at_km": finite(s.quoted_at_km),
        "flight_cap": s.cap,
        "places": list(s.places),
        "fails_until_s": finite(s.fails_until_s),
        "holds_from_s": finite(s.holds_from_s),
        "stated": s.stated,
    }


def _pair(p: PairReading) -> dict[str, Any]:
    return {
        "id": p.pair,
        "question": p.question,
        "says_no": p.says_no,
        "says_yes": p.says_yes,
        "named_in_facts": p.operand,
        "separates": p.separates,
        "no_from_s": finite(p.no_from_s),
        "yes_until_s": finite(p.yes_until_s),
        "one_figure": p.one_figure,
        "measurement": p.measurement or None,
        "swaps": [_swap(s) for s in p.swaps],
        "finding": p.finding,
    }


def _swap(s: Swap) -> dict[str, Any]:
    return {
        "base": s.base,
        "operand": s.operand or None,
        "from": s.from_figure or None,
        "to": s.to_figure or None,
        "fails_until_s": finite(s.fails_until_s),
        "holds_from_s": finite(s.holds_from_s),
        "verdicts": dict(s.by_rung),
        "toward_the_other_s": finite(s.toward_s),
    }


def _anchor(a: AnchorRow) -> dict[str, Any]:
    never, always = a.published == float("-inf"), a.published == float("inf")
    return {
        "pair": a.pair,
        "quantity": a.quantity,
        "asked": a.asked,
        "published": "never" if never else "any" if always else finite(a.published),
        "ours": finite(a.ours),
        "engine": None if a.engine is None else [finite(v) for v in a.engine],
        "unit": a.unit,
        "agrees": a.agrees,
        "reason": a.reason or None,
    }
