"""The Vienna Document on confidence- and security-building measures: its terms and all its findings.

Activities against the thresholds of notice and observation stand in ``vienna_activities``, the clock of
chapter III in ``vienna_clock``, the quotas of evaluation and inspection in ``vienna_quotas``.
"""

from __future__ import annotations

from equipoise.accords.docket import Docket
from equipoise.accords.rules import vienna_activities, vienna_clock, vienna_quotas
from equipoise.accords.types import Accord, Clause, Finding, Query, Reading


def judge(query: Query) -> tuple[Finding, ...]:
    """Every finding of the document on the day."""
    docket = Docket("vienna", query)
    return (
        *vienna_activities.judge_activities(docket),
        *vienna_clock.judge_clock(docket),
        *vienna_quotas.judge_quotas(docket),
    )


ACCORD = Accord(
    name="vienna",
    title="Vienna Document on confidence- and security-building measures",
    force="political",
    withdrawal=Clause("none provided: a political commitment", "", "memory", "assumed"),
    disputes=Clause(
        "an answer and a meeting within 48 hours each, then a joint meeting of the Permanent Council and the "
        "Forum for Security Co-operation",
        "chapter III, 16.1 to 16.3",
        "parameters.yaml, unusual_activity (press of February 2022)",
        "read",
    ),
    remedy=Clause(
        "the others may ask for a meeting and record what was not answered; no counter-measure is named",
        "chapter III",
        "memory",
        "assumed",
    ),
    readings=(
        Reading(None, "the text as written", (("what is one activity", "as it was announced"),)),
        vienna_activities.TOGETHER,
        *vienna_quotas.READINGS,
    ),
    judge=judge,
    options=(*vienna_activities.OPTIONS, *vienna_clock.OPTIONS, *vienna_quotas.OPTIONS),
)
