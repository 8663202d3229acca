"""Where a verdict turns: the value of one operand, the rest as declared, at which a battery reaches."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace

from equipoise.guarantee.boxes import BURN, CAP, SPEED, Box, Spec
from equipoise.guarantee.types import TurnsAt
from equipoise.guarantee.verdicts import Case, places

UNITS = {SPEED: "km/s", BURN: "s", CAP: "s"}
"""Operands of the interceptor that are one number."""
LONGEST_S = 3600.0
"""Stands for no cap: no flight to a meeting is longer."""
_HALVINGS = 12


def turns_at(case: Case, operands: Iterable[str]) -> Iterator[TurnsAt]:
    """For each battery and operand that turns a verdict alone: the value at which it does, by bisection."""
    for operand in operands:
        for box in case.boxes if operand in UNITS else ():
            value = _turn(case, box, operand)
            if value is not None:
                yield TurnsAt(operand, box.vector.battery, value, UNITS[operand])


def _turn(case: Case, box: Box, operand: str) -> float | None:
    """Between the operand's stated ends; None where the battery reaches at both or at neither."""
    ends = [spec for moved, far, near in box.alone if moved == operand for spec in (*far, *near)]
    values = [min(_figure(spec, operand), LONGEST_S) for spec in ends]
    if not values:
        return None
    low, high = min(values), max(values)
    at_low = _reaches(case, box, operand, low)
    if at_low == _reaches(case, box, operand, high):
        return None
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if _reaches(case, box, operand, middle) == at_low else (low, middle)
    return 0.5 * (low + high)


def _figure(spec: Spec, operand: str) -> float:
    if operand == SPEED:
        return spec.speed_km_s
    return spec.time_to_burnout_s if operand == BURN else spec.flight_cap_s


def _with(spec: Spec, operand: str, value: float) -> Spec:
    if operand == SPEED:
        return replace(spec, speed_km_s=value)
    if operand == BURN:
        return replace(spec, time_to_burnout_s=value)
    return replace(spec, flight_cap_s=math.inf if value >= LONGEST_S else value)


def _reaches(case: Case, box: Box, operand: str, value: float) -> bool:
    """Whether the battery as declared, one figure changed, reaches a flight from some of its places."""
    latest = case.after_burnout.of((_with(box.declared, operand, value),), places(box))[:, 0]
    return bool((latest >= case.commits.declared_s[:, None]).any())
