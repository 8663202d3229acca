"""The balance: what a mode adds over a party's own systems, and the decision time at which it stops paying.

At equal decision times a fused picture and pooled shots can only add, so that full integration wins at
equal times is forced and no finding. What tells is the break-even: how slow a joint decision may become
before the party's people are no better off than on their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.defence.coverage import alone_rule
from equipoise.defence.types import Cells, Coverage
from equipoise.scenario import Scenario


@dataclass(frozen=True)
class BreakEven:
    """The longest joint decision time at which more of a party's people are met than on its own.

    Where it lies under the time that the party takes alone, joining pays only if it decides faster.
    ``decision_s`` is None where the mode has no lead at any decision time; ``reason`` says so.
    """

    architecture: str
    mode: str
    party: str
    decision_s: float | None
    population_alone: float
    reason: str = ""


def people_met(coverage: Coverage, party: str) -> float:
    """People of the party's members that can be met (upper bound)."""
    return sum(r.population_met for r in coverage.regions if r.party == party)


def gain(coverage: Coverage, base: Coverage, party: str) -> float:
    """People met beyond the baseline; negative where joining costs the party some of its own."""
    return people_met(coverage, party) - people_met(base, party)


def break_evens(scenario: Scenario, cells: Cells, rows: Sequence[Coverage]) -> tuple[BreakEven, ...]:
    """Each joint mode of ``rows`` against the same architecture where each goes alone, for both parties.

    Only whole rows at equal decision time are read; architectures without their row alone are left out.
    """
    alone_id = alone_rule(scenario).id
    whole = [r for r in rows if (r.variant, r.timing) == ("whole", "equal") and r.joined]
    alone = {r.architecture: r for r in whole if r.mode == alone_id}
    return tuple(
        break_even(row, alone[row.architecture], cells, index, party.id)
        for row in whole
        if row.mode != alone_id and row.architecture in alone
        for index, party in enumerate(scenario.parties)
    )


def break_even(joint: Coverage, alone: Coverage, cells: Cells, party: int, name: str) -> BreakEven:
    """Where the joint mode loses its lead over going alone, in people met; ``party`` is 0 or 1."""
    mine = cells.party == party
    if joint.slack_s is None or alone.slack_s is None:
        raise ValueError("both coverages must carry their slacks")
    reference = float(cells.population[mine & alone.met].sum())
    lead = _last_lead(joint.slack_s[mine], cells.population[mine], reference)
    reason = "" if lead is not None else "no lead over going alone at any decision time"
    return BreakEven(joint.architecture, joint.mode, name, lead, reference, reason)


def _last_lead(slack: Float[Array, " k"], people: Float[Array, " k"], reference: float) -> float | None:
    """Greatest decision time at which the people whose slack is as long outnumber ``reference``."""
    threatened = np.isfinite(slack) & (people > 0)
    order = np.argsort(-slack[threatened])
    met = np.cumsum(people[threatened][order])
    leads = np.flatnonzero(met > reference * (1 + 1e-12))
    if not len(leads):
        return None
    lead = float(slack[threatened][order][leads[0]])
    return lead if lead >= 0 else None
