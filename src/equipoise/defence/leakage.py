"""Leakage: what share of a raid gets through, with two common causes of failure, each named.

Closed forms after D. A. Wilkening, "A Simple Model for Calculating Ballistic Missile Defense
Effectiveness", Science & Global Security 8 (1999), as recalled there: K = P[1 − (1 − k)^n] and P(0) = K^W.
*Per warhead*: ``tracked`` is the chance that a warhead is detected, tracked and told apart at all, common to
all shots at it. *Per raid*: ``raid_works`` is the chance that the defence as a whole works on the day, common
to all warheads. Probabilities are pure numbers from 0 to 1; others raise ValueError. No value of
the catalogue enters here: without a declared, sourced single-shot probability the report leaves leakage out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence


def warhead_stopped(single_shot: float, shots: int, tracked: float = 1.0) -> float:
    """Chance that one warhead is stopped by ``shots`` independent shots, if it is tracked."""
    _probabilities(single_shot=single_shot, tracked=tracked)
    if shots < 0:
        raise ValueError(f"shots must not be negative, found {shots}")
    return tracked * (1 - (1 - single_shot) ** shots)


def none_leaks(stopped: float, warheads: int, raid_works: float = 1.0) -> float:
    """Chance that none of ``warheads`` gets through; one warhead or more."""
    _probabilities(stopped=stopped, raid_works=raid_works)
    return raid_works * stopped**warheads


def expected_leakers(stopped: float, warheads: int, raid_works: float = 1.0) -> float:
    """Mean number of warheads that get through."""
    _probabilities(stopped=stopped, raid_works=raid_works)
    return warheads * (1 - raid_works * stopped)


def needed_stopped(none_leaks_at_least: float, warheads: int, raid_works: float = 1.0) -> float:
    """Chance of stopping each warhead that ``none_leaks`` needs; infinite where the raid forbids it."""
    _probabilities(none_leaks_at_least=none_leaks_at_least, raid_works=raid_works)
    share = none_leaks_at_least / raid_works if raid_works > 0 else math.inf
    return share ** (1 / warheads) if share <= 1 else math.inf


def layers_stopped(layers: Sequence[float], common_failure: float = 0.0) -> float:
    """Chance that one of several layers stops a warhead when a cause fails all layers at once.

    Each layer's own chance, taken alone, is the one given, common cause included: so the common part must
    not exceed what the best layer leaves open. With none the layers are independent: 1 − Π(1 − a).
    """
    _probabilities(common_failure=common_failure, **{f"layer {i + 1}": a for i, a in enumerate(layers)})
    works = 1 - common_failure
    if any(a > works for a in layers):
        raise ValueError(f"a common failure of {common_failure} leaves no layer better than {works}")
    if works == 0:
        return 0.0
    return works * (1 - math.prod(1 - a / works for a in layers))


def shots_in_window(commit_s: float, latest_commit_s: float, flyout_s: float, look_s: float) -> int:
    """How many shots, each fired after a look at the one before, fit in an engagement (upper bound).

    All times in s from the threat's launch, ``flyout_s`` that of the last meeting. One shot fits where the
    commit comes in time; each further one costs a flyout and a look.
    """
    if not commit_s <= latest_commit_s:
        return 0
    if flyout_s + look_s <= 0:
        raise ValueError("a shot and a look must take some time")
    return 1 + int((latest_commit_s - commit_s) // (flyout_s + look_s))


def _probabilities(**named: float) -> None:
    for name, value in named.items():
        if not 0 <= value <= 1:
            raise ValueError(f"{name.replace('_', ' ')} must lie between 0 and 1, found {value}")
