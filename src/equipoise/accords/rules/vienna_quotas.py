"""Vienna Document, chapters IX and VIII: quotas of evaluation visits and of inspections.

A State accepts one evaluation visit a year for every sixty units it reports, fifteen at most, and no more
than a fifth of them from one State. It accepts three inspections a year, one from one State. Whether a part
of sixty units counts as sixty was not read in the edition at hand, so both ways are readings.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_FLOOR, Decimal

from equipoise.accords.asking import asked_whole, asked_word
from equipoise.accords.docket import Docket
from equipoise.accords.types import Detail, Finding, Operand, Reading, Step, Verdict

EVALUATION, INSPECTION = "vienna_document.evaluation_visits", "vienna_document.inspections"
OPTIONS = (
    "units",
    "visits_accepted",
    "visits_by_same_state",
    "inspections_accepted",
    "inspection_refused",
    "by_same_state",
)
DOWN = Reading("rounded_down", "only full sixties of units count", (("rounding", "down"),), status="assumed")
UP = Reading("rounded_up", "a part of sixty units counts as sixty", (("rounding", "up"),), status="assumed")
READINGS = (DOWN, UP)


def judge_quotas(docket: Docket) -> Iterable[Finding]:
    """The quotas asked for: of evaluation with ``units``, of inspection with what was accepted."""
    if not docket.standing("vienna").owed:
        return
    yield from _evaluation(docket)
    yield from _inspections(docket)


def _evaluation(docket: Docket) -> Iterable[Finding]:
    units = asked_whole(docket.query, "units", optional=True)
    per, most = docket.whole(f"{EVALUATION}.one_per_units"), docket.whole(f"{EVALUATION}.max_per_year")
    if units is None or per is None or most is None:
        return
    accepted = asked_whole(docket.query, "visits_accepted", optional=True)
    for reading, number in ((DOWN, units // per[0]), (UP, -(-units // per[0]))):
        quota = min(number, most[0])
        operands = (Operand("units reported", units, unit="units"), per[1], most[1])
        sum_ = (
            f"{units} / {per[0]}, rounded {dict(reading.choices)['rounding']} = {number}; at most {most[0]}"
        )
        yield _states(docket, EVALUATION, reading.name, "visits_per_year", quota, operands, sum_)
        yield from _of_one_state(docket, reading.name, quota)
        if accepted is not None:
            yield _refusable(docket, EVALUATION, reading.name, accepted, quota, operands)


def _of_one_state(docket: Docket, reading: str | None, quota: int) -> Iterable[Finding]:
    """How many of the visits one State may make: a fifth, and one where the quota is below five."""
    share = docket.parameter(f"{EVALUATION}.max_share_same_state")
    few = docket.whole(f"{EVALUATION}.if_quota_below_5_same_state_max")
    if share is None or few is None or share.value is None:
        return
    exact = Decimal(str(share.value)) * quota
    number = few[0] if quota < 5 else int(exact.to_integral_value(ROUND_FLOOR))
    operands = (Operand("quota", quota, unit="visits"), share.operand(), few[1])
    sum_ = f"{share.value} of {quota} = {exact}" if quota >= 5 else f"quota {quota} is below 5"
    yield _states(docket, EVALUATION, reading, "visits_by_same_state_max", number, operands, sum_)
    made = asked_whole(docket.query, "visits_by_same_state", optional=True)
    if made is not None:
        verdict: Verdict = "complies" if made <= number else "breaches"
        step = Step(
            f"{EVALUATION}.same_state",
            "Vienna Document 107 to 109",
            (*operands, Operand("visits made by one State", made)),
            f"{number} - {made} = {number - made}",
            verdict,
        )
        yield docket.finding(
            f"{EVALUATION}.same_state", step, verdict, number - made, reading=reading, unit="visits"
        )


def _inspections(docket: Docket) -> Iterable[Finding]:
    most, same = docket.whole(f"{INSPECTION}.max_per_year"), docket.whole(f"{INSPECTION}.same_state_max")
    accepted = asked_whole(docket.query, "inspections_accepted", optional=True)
    if most is None or same is None or accepted is None:
        return
    yield _states(docket, INSPECTION, None, "inspections_per_year", most[0], (most[1],), "")
    yield _states(docket, INSPECTION, None, "inspections_by_same_state_max", same[0], (same[1],), "")
    by_same = asked_whole(docket.query, "by_same_state", optional=True) or 0
    quota = 0 if by_same >= same[0] else most[0]
    operands = (most[1], same[1], Operand("accepted from the State that asks", by_same))
    yield _refusable(docket, INSPECTION, None, accepted, quota, operands)


def _refusable(
    docket: Docket,
    obligation: str,
    reading: str | None,
    accepted: int,
    quota: int,
    operands: tuple[Operand, ...],
) -> Finding:
    """A request is accepted while the quota lasts: refusing it then is a breach, later it is in order."""
    refused = asked_word(docket.query, "inspection_refused", ("yes", "no"), optional=True)
    left, used = quota - accepted, accepted - quota
    verdict: Verdict = "complies"
    margin: int | None = None
    why: tuple[str, ...] = ()
    if refused is None:
        verdict = "cannot be decided"
        why = ("it turns on whether a request was refused: --with inspection_refused=yes or no",)
    elif refused == "yes":
        verdict, margin = ("breaches" if left > 0 else "complies"), used
        why = (f"refusing would be in order after {left} more",) if left > 0 else ()
    said = Operand("a request was refused", refused or "not stated")
    step = Step(
        f"{obligation}.accept",
        "Vienna Document, chapters VIII and IX",
        (*operands, Operand("accepted this year", accepted), said),
        f"{accepted} accepted - {quota} to be accepted = {used}",
        verdict,
    )
    details = (("left_to_accept", max(0, left)),)
    return docket.finding(
        f"{obligation}.accept", step, verdict, margin, reading=reading, unit="visits", details=details,
        why_not=why,
    )  # fmt: skip


def _states(
    docket: Docket, obligation: str, reading: str | None, quantity: str, value: Detail,
    operands: tuple[Operand, ...], arithmetic: str,
) -> Finding:  # fmt: skip
    """A finding that states a quantity and judges nobody."""
    step = Step(
        f"{obligation}: {quantity}", "Vienna Document, chapters VIII and IX", operands, arithmetic, str(value)
    )
    details = (("quantity", quantity), ("value", value))
    return docket.finding(obligation, step, None, reading=reading, unit="visits", details=details)
