"""Inspection quotas under the CFE Treaty's Protocol on Inspection, II: shares of the objects declared.

How many inspections a State must receive is a share of its objects of verification. Which way the share is
rounded was not read, so both ways are readings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from equipoise.accords.asking import asked_whole, asked_word
from equipoise.accords.day import Day
from equipoise.accords.parameters import Parameter
from equipoise.accords.types import Detail, Finding, Operand, Query, Reading, Step

QUOTA = "passive quota"
ARTICLE = "CFE 1990 Protocol on Inspection II"
OPTIONS = ("objects_of_verification", "phase")
PHASES: Mapping[str, tuple[str, str]] = {
    "baseline": ("baseline_120_days", "baseline_reduction_validation"),
    "reduction": ("reduction_year", "baseline_reduction_validation"),
    "validation": ("residual_validation_120_days", "baseline_reduction_validation"),
    "residual": ("residual_year", "residual"),
}
"""The parameters of the declared-site quota and of the share that may be challenges, by phase."""
DOWN = Reading("rounded_down", "a share is rounded down", (("rounding", "down"),), status="assumed")
UP = Reading("rounded_up", "a share is rounded up", (("rounding", "up"),), status="assumed")
READINGS = (DOWN, UP)


def judge_quota(query: Query, day: Day) -> Iterable[Finding]:
    """The quotas of one State, where the question states its objects of verification and the phase."""
    if not any(name in query.asked for name in OPTIONS):
        return
    objects = asked_whole(query, "objects_of_verification")
    phase = asked_word(query, "phase", tuple(PHASES))
    if objects is None or phase is None:
        return
    passive, challenge = PHASES[phase]
    share = _at(day, f"passive_quota_of_declared_objects.{passive}")
    challenges = _at(day, f"challenge_share_of_declared_quota.{challenge}")
    one_inspector = _at(day, "same_inspector_max_share_of_declared_quota")
    if share is not None:
        exact = Decimal(str(share.value)) * objects
        for reading, mode in ((DOWN, ROUND_FLOOR), (UP, ROUND_CEILING)):
            sites = int(exact.to_integral_value(mode))
            operands = (Operand("objects of verification", objects), share.operand("share"))
            arithmetic = f"{share.value} of {objects} = {exact}"
            yield _states(day, reading.name, "declared_site_passive", sites, operands, arithmetic)
            if challenges is not None:
                most = Decimal(str(challenges.value)) * sites
                number = int(most.to_integral_value(mode))
                arithmetic = f"{challenges.value} of {sites} = {most}"
                operands = (Operand("declared-site quota", sites), challenges.operand("share"))
                yield _states(day, reading.name, "challenge_max", number, operands, arithmetic)
    for name, found in (("challenge_share_max", challenges), ("same_inspector_max_share", one_inspector)):
        if found is not None:
            value = Decimal(str(found.value))
            yield _states(day, None, name, value, (found.operand(),), "")


def _at(day: Day, path: str) -> Parameter | None:
    return day.facts.parameters.at(f"cfe.{path}", day.as_of)


def _states(
    day: Day,
    reading: str | None,
    quantity: str,
    value: Detail,
    operands: tuple[Operand, ...],
    arithmetic: str,
) -> Finding:
    """A finding that states a quantity and judges nobody."""
    step = Step(f"{QUOTA}: {quantity}", ARTICLE, operands, arithmetic, str(value))
    return Finding(
        "cfe", QUOTA, None, None, None, day.as_of, day.known_at, reading, None, None, step,
        "inspections", (("quantity", quantity), ("value", value)),
    )  # fmt: skip
