"""Guarantee: can any of it touch the other side's deterrent?

``prove`` flies each party's deterrent from filled launch areas, with every candidate model and stated loft,
and asks of each architecture whether the other party's interceptors reach a flight: as declared, with the
very operand vectors and commit times of coverage, and in the worst case, where no command mode helps. A
verdict (holds, fails, depends) is taken over the box of stated operands, with margins, break-even, the
operand on which it turns and the measures that would fix it. ``published_cases`` and ``anchor_rows`` set our
figures beside published ones. *Holds* binds only what was declared; it is no statement of safety.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from equipoise.guarantee.types import Guarantee, PairReach, Verdict

if TYPE_CHECKING:
    from equipoise.guarantee.proof import AS_DECLARED, WORST_CASE, prove
    from equipoise.guarantee.record import to_json

_HOMES = {"AS_DECLARED": "proof", "WORST_CASE": "proof", "prove": "proof", "to_json": "record"}

__all__ = ["AS_DECLARED", "WORST_CASE", "Guarantee", "PairReach", "Verdict", "prove", "to_json"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
