"""Alliances as they grew, held to a group's ceiling: the 2007 case, and public claims of excess.

The treaty limits the two groups that signed it. A claim that an alliance of later members exceeds its group's
ceiling rests on three choices: who counts as the group, whether what its States hold is counted or what they
may hold, and of which year the levels are. Each is an operand of a reading.
"""

from __future__ import annotations

from collections.abc import Iterable

from equipoise.accords.day import Day
from equipoise.accords.limits import Limit, finding_of
from equipoise.accords.rules.cfe_limits import GROUPS, TREATY, limit_of
from equipoise.accords.types import Finding, Reading

HELD = Reading(
    "actual_holdings",
    "what the members have is counted",
    (("what is counted", "actual holdings"), ("who is the group", "the alliance as it is")),
    "cases.yaml, cfe-2007-balluyevsky",
    "derived",
)
LEVELS_FIRST = Reading(
    "sum_of_maximum_levels",
    "what the members may have is counted, as first notified",
    (
        ("what is counted", "maximum levels"),
        ("who is the group", "the alliance as it is"),
        ("vintage of the levels", "as first notified"),
    ),
    "cases.yaml, cfe-2007-balluyevsky",
    "derived",
)
LEVELS_NOW = Reading(
    "sum_of_maximum_levels_in_force",
    "what the members may have is counted, by the levels in force on the day",
    (
        ("what is counted", "maximum levels"),
        ("who is the group", "the alliance as it is"),
        ("vintage of the levels", "in force on the day"),
    ),
    "cases.yaml, cfe-2007-balluyevsky, vintage",
    "derived",
)
READINGS = (HELD, LEVELS_FIRST, LEVELS_NOW)
ZONE = "ATTU_Art_IV.1"


def judge_alliances(day: Day) -> Iterable[Finding]:
    """Groups as signed by the sum of their levels, and each alliance of the day by all three readings."""
    for row in day.facts.limits.get(TREATY, ()):
        if row.zone != ZONE or row.party not in GROUPS or row.limit is None:
            continue
        members = day.members(row.party)
        if not members or day.level(members[0], row.category) is None:
            continue
        yield from _by_levels(day, limit_of(row, row.party, "cfe.IV.1", "CFE 1990 Art IV.1"))
        for alliance in _grown_from(day, row.party):
            limit = limit_of(row, alliance, "cfe.IV.1", "CFE 1990 Art IV.1")
            yield finding_of(
                day, limit, HELD.name, day.standing("cfe", alliance, "limits", "not provided for")
            )
            yield from _by_levels(day, limit)


def _by_levels(day: Day, limit: Limit) -> Iterable[Finding]:
    """By the levels as first notified; by those in force too, where that is another sum."""
    owed = day.standing("cfe", limit.party, "limits", "not provided for")
    first = day.levels(limit.party, limit.category, first=True)
    yield finding_of(day, limit, LEVELS_FIRST.name, owed, count=first)
    now = day.levels(limit.party, limit.category, first=False)
    if now[0] != first[0]:
        yield finding_of(day, limit, LEVELS_NOW.name, owed, count=now)


def _grown_from(day: Day, group: str) -> tuple[str, ...]:
    """Alliances of the day that hold all of a group's members and more, the groups as signed aside."""
    mine = set(day.members(group))
    return tuple(n for n in sorted(day.facts.members) if n not in GROUPS and mine < set(day.members(n)))
