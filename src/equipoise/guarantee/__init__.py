"""Guarantee: can any of it touch the other side's deterrent?

``prove`` flies each party's deterrent from filled launch areas, with every candidate model and stated loft,
and asks of each architecture whether the other party's interceptors reach a flight: as declared, with the
very operand vectors and commit times of coverage, and in the worst case, where no command mode helps. A
verdict (holds, fails, depends) is taken over the box of stated operands, with margins, break-even, the
operand on which it turns and the measures that would fix it. ``judge_stated`` judges a reader's own vector,
``read_claims`` and ``read_pairs`` run both sides' published claims through the same model, and
``published_cases`` and ``anchor_rows`` set our figures beside published ones. *Holds* binds only what was
declared; it is no statement of safety.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from equipoise.guarantee.types import Guarantee, PairReach, Verdict

if TYPE_CHECKING:
    from equipoise.guarantee.anchors import AnchorRow, anchor_rows
    from equipoise.guarantee.claim_pairs import PairReading, Swap, read_pairs
    from equipoise.guarantee.claim_words import place_words
    from equipoise.guarantee.claims import ClaimReading, read_claims, read_with
    from equipoise.guarantee.claims_record import claims_to_json
    from equipoise.guarantee.proof import AFTER_BURNOUT, AS_DECLARED, LADDER, WORST_CASE, prove
    from equipoise.guarantee.published import SpeedCase, published_cases, speed_case
    from equipoise.guarantee.record import to_json
    from equipoise.guarantee.spans import Span, SpanTable
    from equipoise.guarantee.stated import AS_STATED, Difference, StatedOperands, differences, judge_stated

_HOMES = {
    "anchors": ("AnchorRow", "anchor_rows"),
    "claim_pairs": ("PairReading", "Swap", "read_pairs"),
    "claim_words": ("place_words",),
    "claims": ("ClaimReading", "read_claims", "read_with"),
    "claims_record": ("claims_to_json",),
    "proof": ("AFTER_BURNOUT", "AS_DECLARED", "LADDER", "WORST_CASE", "prove"),
    "published": ("SpeedCase", "published_cases", "speed_case"),
    "record": ("to_json",),
    "spans": ("Span", "SpanTable"),
    "stated": ("AS_STATED", "Difference", "StatedOperands", "differences", "judge_stated"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "AFTER_BURNOUT",
    "AS_DECLARED",
    "AS_STATED",
    "LADDER",
    "WORST_CASE",
    "AnchorRow",
    "ClaimReading",
    "Difference",
    "Guarantee",
    "PairReach",
    "PairReading",
    "Span",
    "SpanTable",
    "SpeedCase",
    "StatedOperands",
    "Swap",
    "Verdict",
    "anchor_rows",
    "claims_to_json",
    "differences",
    "judge_stated",
    "place_words",
    "prove",
    "published_cases",
    "read_claims",
    "read_pairs",
    "read_with",
    "speed_case",
    "to_json",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
