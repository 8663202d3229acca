"""Which interceptors count: those of the joint system, those in the region, all that a party's members own.

The same rung is judged with each set. The region is the scenario's own window of maps; *joint system* is the
architecture with what joins it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from equipoise.defence import OperandVector, operand_vectors
from equipoise.guarantee.boxes import Box
from equipoise.guarantee.moments import never_tracked
from equipoise.guarantee.readings import met_at_most
from equipoise.guarantee.types import Counted
from equipoise.guarantee.verdicts import Case, reached_at_worst, reached_throughout, verdict
from equipoise.scenario import Architecture, Scenario

JOINT, REGION, ALL = "joint system", "in the region", "all that members own"
WITHHELD = "with the partner's sensors physically withheld"


def vector_sets(
    scenario: Scenario, architecture: Architecture, owner: str
) -> dict[str, tuple[OperandVector, ...]]:
    """The owner's batteries under each way of counting, each battery once; those without a place are none."""
    own = [a for a in scenario.architectures.values() if a.own_system]
    joint = _placed(operand_vectors(scenario, architecture), owner)
    more = {v.battery: v for a in own for v in _placed(operand_vectors(scenario, a), owner).values()}
    near = {k: v for k, v in more.items() if _in_window(scenario, v)}
    return {
        JOINT: tuple(joint.values()),
        REGION: tuple((joint | near).values()),
        ALL: tuple((joint | more).values()),
    }


def _placed(vectors: tuple[OperandVector, ...], owner: str) -> dict[str, OperandVector]:
    return {v.battery: v for v in vectors if v.party == owner and len(v.places_deg)}


def _in_window(scenario: Scenario, vector: OperandVector) -> bool:
    west, south, east, north = scenario.map_window
    lat, lon = vector.places_deg[:, 0], vector.places_deg[:, 1]
    return bool(((south <= lat) & (lat <= north) & (west <= lon) & (lon <= east)).any())


def boxes_of(
    scenario: Scenario, sets: Mapping[str, tuple[OperandVector, ...]], box: Callable[..., Box]
) -> dict[str, tuple[Box, ...]]:
    """The boxes of each way of counting; ``box`` makes a vector's, once a battery."""
    known = {v.battery: box(scenario, v) for vectors in sets.values() for v in vectors}
    return {which: tuple(known[v.battery] for v in vectors) for which, vectors in sets.items()}


def counted(scenario: Scenario, case: Case, sets: Mapping[str, tuple[Box, ...]]) -> tuple[Counted, ...]:
    """The verdict of one rung under each way of counting; sets of the same batteries are judged once."""
    found = list[Counted]()
    judged: dict[tuple[str, ...], Counted] = {}
    for which, boxes in sets.items():
        same = judged.get(tuple(b.vector.battery for b in boxes))
        if same is not None:
            found.append(replace(same, which=which))
            continue
        taken = replace(case, boxes=boxes)
        found.append(count(scenario, taken, which))
        judged[tuple(b.vector.battery for b in boxes)] = found[-1]
    return tuple(found)


def count(scenario: Scenario, case: Case, which: str) -> Counted:
    """The verdict of one case and its least margin, under the words for it."""
    worst, throughout = reached_at_worst(case), reached_throughout(case)
    word = "depends" if never_tracked(case) else verdict(case.flights, worst, throughout)
    return Counted(which, len(case.boxes), met_at_most(scenario, case.boxes), word, _margin_s(case))


def _margin_s(case: Case) -> float | None:
    """Least margin in seconds over all flights and places; None where nothing ever reaches."""
    early = case.commits.early_s
    known = np.isfinite(early)
    margins = [(early[known, None] - case.furthest(box)[known]).min(initial=np.inf) for box in case.boxes]
    least = float(min(margins, default=np.inf))
    return least if np.isfinite(least) else None
