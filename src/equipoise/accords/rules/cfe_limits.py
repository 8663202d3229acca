"""The limits of the CFE Treaty of 1990 and of the documents beside it, each with its article.

Articles IV and V bind a group of States, zone by zone; Article VI any single State; Article VII the level
that each State notified for itself. Where a level's first day was not found, whether it holds is a reading.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from equipoise.accords.counting import words
from equipoise.accords.day import LEVELS, Day
from equipoise.accords.exceptions import FLANK, FOR_A_TIME
from equipoise.accords.facts import Ceiling
from equipoise.accords.limits import Limit, finding_of, judge_limit
from equipoise.accords.types import Bounds, Finding, Reading, Step

TREATY = "CFE1990"
ARTICLES = {
    "ATTU_Art_IV.1": "IV.1",
    "Art_IV.2_expanded": "IV.2",
    "Art_IV.3_extended": "IV.3",
    "Art_IV.4_central": "IV.4",
    "Art_V.1A_flank": "V.1A",
    "Art_VI_sufficiency": "VI",
}
"""The zones of the treaty's rows and the article that limits each."""
TEMPORARY = {"Art_V.1B_temporary_extra": "V.1B", "Art_V.1C_temporary_extra_per_State": "V.1C"}
GROUPS = ("group_West", "group_East")
UNDATED = Reading(
    "undated_level_holds",
    "the level whose first day was not found holds on this day",
    (("maximum level", "the one whose day was not found"),),
    "ceilings.csv, in_force unknown",
    "assumed",
)


def judge_limits(day: Day) -> Iterable[Finding]:
    """Every finding on a limit of the treaty: groups and zones, levels, sufficiency, storage minima."""
    for limits in (group_limits, national_levels, sufficiency, temporary, storage_minima):
        for limit in limits(day):
            yield from judge_limit(day, limit)
    yield from undated_levels(day)


def group_limits(day: Day) -> Iterable[Limit]:
    """Articles IV and V for each group: totals, sub-limits and active units, zone by zone."""
    for row in day.facts.limits.get(TREATY, ()):
        if row.zone not in ARTICLES or row.party not in GROUPS:
            continue
        article = ARTICLES[row.zone]
        if row.limit is not None:
            yield limit_of(row, row.party, f"cfe.{article}", f"CFE 1990 Art {article}")
        if row.active_limit is not None:
            label = row.zone if row.limit is None else f"{row.zone}_active"
            name = f"cfe.{article} active units"
            yield limit_of(row, row.party, name, f"CFE 1990 Art {article}", "active", zone_label=label)


def national_levels(day: Day) -> Iterable[Limit]:
    """Article VII: the level that each State notified for itself, in force on the day."""
    for row in day.facts.limits.get(LEVELS, ()):
        if not row.holds_on(day.as_of):
            continue
        if row.limit is not None:
            yield limit_of(row, row.party, "cfe.VII", "CFE 1990 Art VII")
        if row.active_limit is not None:
            limit = limit_of(row, row.party, "cfe.VII active units", "CFE 1990 Art VII", "active")
            yield replace(limit, zone=row.zone.removesuffix("_active"), zone_label=row.zone)


def undated_levels(day: Day) -> Iterable[Finding]:
    """Levels that were read without their first day: undecided as written, judged where they are read in."""
    for row in day.facts.limits.get(LEVELS, ()):
        if row.in_force != "unknown":
            continue
        limit = limit_of(row, row.party, "cfe.VII", "CFE 1990 Art VII")
        owed = day.standing("cfe", row.party, "limits", "not provided for")
        if owed.owed and day.level(row.party, row.category) is None:
            why = Step("whether the level holds", "CFE 1990 Art VII", result="its first day was not found")
            yield finding_of(day, limit, None, replace(owed, owed=None, step=why))
        if owed.owed:
            yield finding_of(day, limit, UNDATED.name, owed)


def sufficiency(day: Day) -> Iterable[Limit]:
    """Article VI: no single State may hold more than about a third of the two groups' total."""
    states = [member for group in GROUPS for member in day.members(group)]
    for row in day.facts.limits.get(TREATY, ()):
        if row.zone == "Art_VI_sufficiency":
            for state in states:
                yield limit_of(row, state, "cfe.VI", "CFE 1990 Art VI")


def temporary(day: Day) -> Iterable[Limit]:
    """Articles V.1B and V.1C: what may be deployed in the flank zone for a time, where any was declared."""
    for row in day.facts.limits.get(TREATY, ()):
        article = TEMPORARY.get(row.zone)
        if article is None or row.active_limit is None:
            continue
        bound = day.members(row.party) or [m for g in GROUPS for m in day.members(g)]
        deploying = [m for m in bound if (m, row.category, FOR_A_TIME) in day.states_declared]
        for party in (row.party,) if deploying and row.party in GROUPS else deploying:
            limit = limit_of(row, party, f"cfe.{article}", f"CFE 1990 Art {article}", "active")
            yield replace(limit, zone=FLANK, state=FOR_A_TIME, zone_label=row.zone)


def storage_minima(day: Day) -> Iterable[Limit]:
    """The least that four States promised one another to keep in permanent storage (30 August 1995).

    The number is lowered by what a State holds below its maximum level.
    """
    for row in day.facts.limits.get("V4_MOU_1995_min_storage", ()):
        if row.holds_on(day.as_of) and row.limit is not None:
            name, article = "cfe.storage minimum", "Memorandum of 30 August 1995"
            limit = limit_of(row, row.party, name, article, "stored", standing="", minimum=True)
            yield _lowered(day, limit, row.limit)


def _lowered(day: Day, limit: Limit, promised: int) -> Limit:
    """The minimum after what the State holds below its level; an interval where that is not known."""
    level = day.level(limit.party, limit.category)
    if level is None or level.limit is None:
        return limit
    held, _ = day.count(limit.party, limit.category, "ATTU")
    room = Bounds(0 if held.high is None else max(0, level.limit - held.high), max(0, level.limit - held.low))
    least = Bounds(max(0, promised - (room.high or 0)), max(0, promised - room.low))
    note = f"{promised} promised, lowered by the {words(room)} held below the level of {level.limit}"
    exact = least.low == least.high
    operand = replace(
        limit.operand,
        value=least.low if exact else None,
        low=None if exact else least.low,
        high=None if exact else least.high,
        note=note,
    )
    return replace(limit, bounds=least, operand=operand)


def limit_of(
    row: Ceiling,
    party: str,
    obligation: str,
    article: str,
    state: str = "",
    *,
    standing: str = "cfe",
    minimum: bool = False,
    zone_label: str = "",
    accord: str = "cfe",
) -> Limit:
    """A row of ceilings.csv as a limit on ``party``; ``state`` active takes the limit in active units."""
    active = state == "active"
    number = row.active_limit if active else row.limit
    return Limit(
        accord=accord,
        obligation=obligation,
        article=article,
        party=party,
        category=row.category,
        zone=row.zone,
        bounds=Bounds(number or 0, number) if active else row.bounds,
        operand=row.active_operand if active else row.operand,
        standing=standing,
        state=state,
        minimum=minimum,
        zone_label=zone_label,
    )
