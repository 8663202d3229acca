"""Which of the measures that were on the table fix the operand on which a verdict turns."""

from __future__ import annotations

from collections.abc import Iterable

from equipoise.guarantee.boxes import SPEED
from equipoise.guarantee.moments import TRACK
from equipoise.guarantee.verdicts import COMMIT, SITE
from equipoise.scenario import Scenario

FIXES: dict[str, tuple[str, ...]] = {
    SPEED: ("interceptor_speed",),
    SITE: ("sites", "sea_areas", "engagement_area"),
    COMMIT: ("sensors", "commit_time"),
    TRACK: ("sensors", "commit_time"),
    "which interceptors count": ("number", "sites", "sea_areas"),
}
"""Operand to the parameters of a measure that fix it. A launch notice or a visit fixes none of them."""


def closed_by(scenario: Scenario, operands: Iterable[str]) -> tuple[str, ...]:
    """Ids of the scenario's measures whose parameters fix one of the operands, in the scenario's order."""
    wanted = {parameter for operand in operands for parameter in FIXES.get(operand, ())}
    measures = (s for s in scenario.statements if s.kind == "measure")
    return tuple(m.id for m in measures if wanted & _parameters(m.data))


def _parameters(data: tuple[tuple[str, str], ...]) -> set[str]:
    """The parameters that a measure names."""
    text = " ".join(value for key, value in data if key == "parameters")
    return set(text.replace(",", " ").split())
