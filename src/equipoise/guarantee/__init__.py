"""Guarantee: can any of it touch the other side's deterrent?

``prove`` flies each party's deterrent from filled launch areas, with every candidate model and stated loft,
and asks of each architecture whether the other party's interceptors reach a flight: as declared, with the
very operand vectors and commit times of coverage, and in the worst case, where no command mode helps. A
verdict (holds, fails, depends) is taken over the box of stated operands, with margins, break-even, the
operand on which it turns and the measures that would fix it. ``judge_stated`` judges a reader's own vector,
``read_claims`` and ``read_pairs`` run both sides' published claims through the same model, and
``published_cases`` and ``anchor_rows`` set our figures beside published ones. ``private`` is the check that
opens one bit and shows no input. *Holds* binds only what was declared; it is no statement of safety.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from equipoise.guarantee.types import Counted, Disruption, Guarantee, PairReach, Verdict

if TYPE_CHECKING:
    from equipoise.guarantee.anchors import AnchorRow, anchor_rows
    from equipoise.guarantee.breakout.axes import Breakout, BreakoutPoint, judge_breakout
    from equipoise.guarantee.breakout.notice import Notice
    from equipoise.guarantee.breakout.record import breakout_to_json
    from equipoise.guarantee.claims.pairs import PairReading, Swap, read_pairs
    from equipoise.guarantee.claims.reading import ClaimReading, read_claims, read_with
    from equipoise.guarantee.claims.record import claims_to_json
    from equipoise.guarantee.claims.spans import Span, SpanTable
    from equipoise.guarantee.claims.words import place_words
    from equipoise.guarantee.inspection.operands import (
        InspectionPage,
        OperandLine,
        Shown,
        inspect_claim,
        inspect_guarantee,
    )
    from equipoise.guarantee.measures.agreed import Agreed, Change, MeasureStudy, closers, judge_measures
    from equipoise.guarantee.measures.effects import Measure, measures_of
    from equipoise.guarantee.measures.gives import Given, nobody_loses, people_given
    from equipoise.guarantee.measures.record import measures_to_json
    from equipoise.guarantee.measures.rows import MeasureRow
    from equipoise.guarantee.operands.against import Difference, differences
    from equipoise.guarantee.operands.answers import AnswerRow, answer_rows
    from equipoise.guarantee.operands.judging import AS_STATED, StatedVerdict, judge_stated
    from equipoise.guarantee.operands.record import stated_to_json
    from equipoise.guarantee.proof import (
        AFTER_BURNOUT,
        AS_DECLARED,
        LADDER,
        WORST_CASE,
        Proof,
        proof_of,
        prove,
    )
    from equipoise.guarantee.published import SpeedCase, published_cases, speed_case
    from equipoise.guarantee.purpose.record import purpose_to_json
    from equipoise.guarantee.purpose.sites import SitePurpose, judge_purpose
    from equipoise.guarantee.record import to_json

_HOMES = {
    "operands.against": ("Difference", "differences"),
    "anchors": ("AnchorRow", "anchor_rows"),
    "operands.answers": ("AnswerRow", "answer_rows"),
    "breakout.axes": ("Breakout", "BreakoutPoint", "judge_breakout"),
    "breakout.notice": ("Notice",),
    "breakout.record": ("breakout_to_json",),
    "claims.pairs": ("PairReading", "Swap", "read_pairs"),
    "claims.words": ("place_words",),
    "claims.reading": ("ClaimReading", "read_claims", "read_with"),
    "claims.record": ("claims_to_json",),
    "measures.gives": ("Given", "nobody_loses", "people_given"),
    "measures.effects": ("Measure", "measures_of"),
    "measures.rows": ("MeasureRow",),
    "inspection.operands": ("InspectionPage", "OperandLine", "Shown", "inspect_claim", "inspect_guarantee"),
    "measures.agreed": ("Agreed", "Change", "MeasureStudy", "closers", "judge_measures"),
    "measures.record": ("measures_to_json",),
    "proof": ("AFTER_BURNOUT", "AS_DECLARED", "LADDER", "WORST_CASE", "Proof", "proof_of", "prove"),
    "published": ("SpeedCase", "published_cases", "speed_case"),
    "purpose.sites": ("SitePurpose", "judge_purpose"),
    "purpose.record": ("purpose_to_json",),
    "record": ("to_json",),
    "claims.spans": ("Span", "SpanTable"),
    "operands.judging": ("AS_STATED", "StatedVerdict", "judge_stated"),
    "operands.record": ("stated_to_json",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "AFTER_BURNOUT",
    "AS_DECLARED",
    "AS_STATED",
    "LADDER",
    "WORST_CASE",
    "Agreed",
    "AnchorRow",
    "AnswerRow",
    "Breakout",
    "BreakoutPoint",
    "Change",
    "ClaimReading",
    "Counted",
    "Difference",
    "Disruption",
    "Given",
    "Guarantee",
    "InspectionPage",
    "Measure",
    "MeasureRow",
    "MeasureStudy",
    "Notice",
    "OperandLine",
    "PairReach",
    "PairReading",
    "Proof",
    "Shown",
    "SitePurpose",
    "Span",
    "SpanTable",
    "SpeedCase",
    "StatedVerdict",
    "Swap",
    "Verdict",
    "anchor_rows",
    "answer_rows",
    "breakout_to_json",
    "claims_to_json",
    "closers",
    "differences",
    "inspect_claim",
    "inspect_guarantee",
    "judge_breakout",
    "judge_measures",
    "judge_purpose",
    "judge_stated",
    "measures_of",
    "measures_to_json",
    "nobody_loses",
    "people_given",
    "place_words",
    "proof_of",
    "prove",
    "published_cases",
    "purpose_to_json",
    "read_claims",
    "read_pairs",
    "read_with",
    "speed_case",
    "stated_to_json",
    "to_json",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
