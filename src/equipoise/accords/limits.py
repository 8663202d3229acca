"""One limit on one party, judged under the readings that touch it: the shape that every ceiling shares."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from equipoise.accords.comparing import compare, compare_minimum, compared_step
from equipoise.accords.day import Day
from equipoise.accords.exceptions import DISPOSAL, Disposal
from equipoise.accords.inforce import SUSPENSIONS, Standing
from equipoise.accords.types import Bounds, Finding, Operand, Reading, Step, Verdict

Counting = Callable[[Disposal], tuple[Bounds, Step]]
DISPOSAL_READINGS = (
    Reading(
        "awaiting_disposal_not_counted",
        "what is said to await disposal is not counted",
        (("awaiting disposal", "not counted"),),
        "cases.yaml, cfe-1999-russia-flank",
        "read",
    ),
    Reading(
        "awaiting_disposal_within_Art_IX",
        "of what awaits disposal no more than the article's cap is left out",
        (("awaiting disposal", "within the cap of Art IX"),),
        "parameters.yaml, decommissioned_awaiting_disposal",
        "read",
    ),
)
_DISPOSALS: tuple[Disposal, ...] = ("not counted", "within Art IX")


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit on one party: which obligation of which accord, on what, where, how much, by which article.

    ``standing`` names the regime of the acts that decide whether it is owed; ``minimum`` turns it round.
    """

    accord: str
    obligation: str
    article: str
    party: str
    category: str
    zone: str
    bounds: Bounds
    operand: Operand
    standing: str
    state: str = ""
    minimum: bool = False
    zone_label: str = ""


def judge_limit(day: Day, limit: Limit) -> Iterable[Finding]:
    """The finding by the text as written, then one for each reading that changes what goes into it.

    A reading of the suspension is run where it changes whether the duty is owed, one of pieces awaiting
    disposal where such pieces are declared.
    """
    base = day.standing(limit.standing, limit.party, "limits", "not provided for")
    yield finding_of(day, limit, None, base, "counted")
    for name, suspension in SUSPENSIONS:
        read = day.standing(limit.standing, limit.party, "limits", suspension)
        if read.owed != base.owed:
            yield finding_of(day, limit, name, read, "counted")
    if base.owed and (limit.party, limit.category, DISPOSAL) in day.states_declared:
        for reading, disposal in zip(DISPOSAL_READINGS, _DISPOSALS, strict=True):
            yield finding_of(day, limit, reading.name, base, disposal)


def finding_of(
    day: Day,
    limit: Limit,
    reading: str | None,
    read: Standing,
    disposal: Disposal = "counted",
    count: tuple[Bounds, Step] | None = None,
) -> Finding:
    """The finding of one limit under one reading; ``count`` replaces what the declarations say."""
    if not read.owed:
        operands = (limit.operand,)
        step = Step(limit.obligation, limit.article, operands, result=_unowed(read), children=(read.step,))
        return _made(
            day, limit, reading, "not owed" if read.owed is False else "cannot be decided", None, step, ()
        )
    if count is None:
        count = day.count(limit.party, limit.category, limit.zone, limit.state, disposal)
    counted, counting = count
    compared = compare_minimum(counted, limit.bounds) if limit.minimum else compare(counted, limit.bounds)
    parts = (read.step, counting)
    step = compared_step(limit.obligation, limit.article, limit.operand, counted, compared, parts)
    return _made(day, limit, reading, compared.verdict, compared.margin, step, compared.why_not)


def _unowed(read: Standing) -> str:
    return "not owed" if read.owed is False else "cannot be decided: whether it is owed is not known"


def _made(
    day: Day,
    limit: Limit,
    reading: str | None,
    verdict: Verdict,
    margin: int | None,
    step: Step,
    why_not: tuple[str, ...],
) -> Finding:
    return Finding(
        limit.accord,
        limit.obligation,
        limit.party,
        limit.category,
        limit.zone_label or limit.zone,
        day.as_of,
        day.known_at,
        reading,
        verdict,
        margin,
        step,
        why_not=why_not,
    )
