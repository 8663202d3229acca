"""Two readings of one guarantee: *weakens the potential* (some flight can be met) and *disrupts stability*.

The second asks for numbers: the ceiling on warheads met is interceptors over the shots that each takes, and
it disrupts where that exceeds a stated share of the declared total. Where no flight is reached the ceiling
is nil, whatever the numbers. No first strike is modelled: how many warheads there are to be met is an axis.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from equipoise.guarantee.boxes import Box
from equipoise.guarantee.types import Disruption, Verdict
from equipoise.scenario import Scenario

SURVIVING = (25, 50, 100, 200, 400, 800, 1600)
"""Totals at which the ceiling's share is given, where a reader states none: an axis, nobody's figure."""
NO_FLIGHT = "no flight is reached, so none is met"
NO_NUMBER = "the number of interceptors is not declared"
NO_TOTAL = "no total of warheads is declared"
NO_SHARE = "no share is stated above which it would disrupt"


@dataclass(frozen=True)
class Force:
    """The numbers of the second reading; None where not declared."""

    met_at_most: int | None
    declared: int | None
    share: float | None
    surviving: tuple[int, ...] = ()


def force_of(scenario: Scenario, party: str, boxes: Iterable[Box]) -> Force:
    """Interceptors over shots each of some batteries, beside what the protected party declares."""
    share = scenario.rules.disruptive_share.middle
    return Force(met_at_most(scenario, boxes), declared_warheads(scenario, party), share)


def met_at_most(scenario: Scenario, boxes: Iterable[Box]) -> int | None:
    """Ceiling on warheads met: each battery's interceptors over the shots each warhead takes."""
    models = scenario.interceptors
    total = 0
    for vector in (box.vector for box in boxes):
        shots = models[vector.interceptor].shots if vector.interceptor in models else 1
        if vector.number is None:
            return None
        total += vector.number // shots
    return total


def declared_warheads(scenario: Scenario, party: str) -> int | None:
    """The total that the party declares, the low end of a range; None where it declares none."""
    for owner, figure in scenario.declared_warheads:
        if owner == party and figure.bounds is not None:
            return int(figure.bounds[0])
    return None


def disruption(first: Verdict, force: Force) -> Disruption:
    """The second reading, given the verdict on the first; its verdict is None where figures lack."""
    if first == "holds":
        none = tuple((total, 0.0) for total in force.surviving or SURVIVING)
        return Disruption("holds", NO_FLIGHT, 0, force.declared, 0.0, force.share, none)
    if force.met_at_most is None:
        return Disruption(None, NO_NUMBER, None, force.declared, None, force.share, ())
    met = force.met_at_most
    axis = tuple((total, min(1.0, met / total)) for total in force.surviving or SURVIVING)
    if not force.declared:
        return Disruption(None, NO_TOTAL, met, None, None, force.share, axis)
    part = min(1.0, met / force.declared)
    if force.share is None:
        return Disruption(None, NO_SHARE, met, force.declared, part, None, axis)
    verdict: Verdict = "holds" if part <= force.share else first
    words = "is not above" if part <= force.share else "exceeds"
    ceiling = f"the ceiling of {met} warheads, {part:.1%} of {force.declared}"
    said = f"{ceiling}, {words} the share of {force.share:.0%}"
    return Disruption(verdict, said, met, force.declared, part, force.share, axis)
