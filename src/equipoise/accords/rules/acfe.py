"""Agreement on Adaptation of the CFE Treaty, Istanbul, 19 November 1999: never in force, so for what-ifs.

As written nothing is owed. Read as if in force, each State has a national ceiling over the whole area and
sub-limits of its own, and the flank zone of 1996 has limits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from equipoise.accords.day import Day
from equipoise.accords.inforce import Standing
from equipoise.accords.limits import finding_of
from equipoise.accords.rules.cfe_limits import limit_of
from equipoise.accords.types import Accord, Clause, Finding, Operand, Query, Reading, Step

REGIMES = {"ACFE1999_national": "acfe.national ceiling", "ACFE1999_flank": "acfe.flank"}
AS_IF = Reading(
    "as_if_in_force",
    "the agreement is taken to be in force on the day",
    (("in force", "taken to be"),),
    "ceilings.csv, in_force never",
    "assumed",
)


def judge(query: Query) -> tuple[Finding, ...]:
    """Each ceiling twice: as written not owed, and what it would come to if it were."""
    return tuple(judge_adapted(Day.of(query)))


def judge_adapted(day: Day) -> Iterable[Finding]:
    """Every national ceiling and flank limit of the agreement."""
    signed = min((e for e in day.facts.events if e.regime == "ACFE"), key=lambda e: e.day, default=None)
    operands: tuple[Operand, ...] = ()
    if signed is not None:
        operands = (
            Operand(signed.says, source=signed.source, status=signed.status, version=f"{signed.day}.."),
        )
    never = Standing(
        "not in force", False, None, Step("in force", "Art 31", operands, result="never in force")
    )
    taken = replace(
        never, owed=True, step=replace(never.step, result="taken to be in force for this reading")
    )
    for regime, obligation in REGIMES.items():
        for row in day.facts.limits.get(regime, ()):
            limit = limit_of(row, row.party, obligation, "Adaptation 1999", accord="acfe", standing="")
            yield finding_of(day, limit, None, never)
            yield finding_of(day, limit, AS_IF.name, taken)


ACCORD = Accord(
    name="acfe",
    title="Agreement on Adaptation of the CFE Treaty, 1999",
    force="never in force",
    withdrawal=Clause(
        "that of the treaty: 150 days' notice", "CFE 1990 Art XIX.2", "parameters.yaml", "read"
    ),
    disputes=Clause(
        "that of the treaty: the Joint Consultative Group", "CFE 1990 Art XVI", "memory", "assumed"
    ),
    remedy=Clause(
        "none: it never came into force, and in force only when all thirty have ratified",
        "Adaptation 1999 Art 31",
        "istanbul.yaml, obligation ratification",
        "read",
    ),
    readings=(Reading(None, "the text as written", (("in force", "never"),)), AS_IF),
    judge=judge,
)
