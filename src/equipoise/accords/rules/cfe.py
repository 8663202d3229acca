"""Treaty on Conventional Armed Forces in Europe, Paris, 19 November 1990: its terms and all its findings.

The limits, the alliances held to a group's ceiling, the flank agreement of 1996, the exchange of information
and the quotas of inspection stand in files of their own; here they are judged together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equipoise.accords.claims import claims_json, read_claims
from equipoise.accords.day import Day
from equipoise.accords.inforce import ANSWER_LAWFUL, SUSPENSION_LAWFUL
from equipoise.accords.limits import DISPOSAL_READINGS
from equipoise.accords.pairs import pairings, pairings_json
from equipoise.accords.rules.cfe_alliances import READINGS as ALLIANCE_READINGS
from equipoise.accords.rules.cfe_alliances import judge_alliances
from equipoise.accords.rules.cfe_information import CHANGE_OPTIONS, judge_change, judge_exchange
from equipoise.accords.rules.cfe_limits import GROUPS, UNDATED, judge_limits
from equipoise.accords.rules.cfe_quotas import OPTIONS as QUOTA_OPTIONS
from equipoise.accords.rules.cfe_quotas import READINGS as QUOTA_READINGS
from equipoise.accords.rules.cfe_quotas import judge_quota
from equipoise.accords.rules.flank import judge_flank
from equipoise.accords.types import Accord, Clause, Finding, Query, Reading


def judge(query: Query) -> tuple[Finding, ...]:
    """Every finding of the treaty on the day."""
    day = Day.of(query)
    return (
        *judge_limits(day),
        *judge_flank(day, "cfe"),
        *judge_alliances(day),
        *judge_exchange(day),
        *judge_change(query, day),
        *judge_quota(query, day),
    )


def beside(query: Query, findings: tuple[Finding, ...]) -> Mapping[str, Any]:
    """Public claims of the year up to the day beside the readings, and who owes whom."""
    day = Day.of(query)
    states = [m for g in GROUPS for m in day.members(g)]
    paired = [p for covers in ("limits", "information") for p in pairings(day, "cfe", states, covers)]
    return {
        "claims": claims_json(read_claims(findings, query.as_of)),
        "in_force": pairings_json(paired),
    }


TEXT = Reading(
    None,
    "the text as written",
    (
        ("suspension", "not provided for"),
        ("awaiting disposal", "counted"),
        ("what is counted", "actual holdings"),
        ("who is the group", "the group as signed"),
        ("maximum level", "the one dated"),
    ),
)
ACCORD = Accord(
    name="cfe",
    title="Treaty on Conventional Armed Forces in Europe, 1990",
    force="ratified",
    withdrawal=Clause("150 days' notice, for extraordinary events", "Art XIX.2", "parameters.yaml", "read"),
    disputes=Clause("questions go to the Joint Consultative Group", "Art XVI", "memory", "assumed"),
    remedy=Clause(
        "the other States may raise it in the Joint Consultative Group, ask for an extraordinary conference, "
        "and withdraw where events jeopardise their supreme interests; the text provides for no suspension",
        "Art XVI, XIX, XXI",
        "memory; events.csv of 12 December 2007 for the last",
        "assumed",
    ),
    readings=(
        TEXT,
        SUSPENSION_LAWFUL,
        ANSWER_LAWFUL,
        *DISPOSAL_READINGS,
        UNDATED,
        *ALLIANCE_READINGS,
        *QUOTA_READINGS,
    ),
    judge=judge,
    options=(*CHANGE_OPTIONS, *QUOTA_OPTIONS),
    beside=beside,
)
