"""Treaty on Conventional Armed Forces in Europe, Paris, 19 November 1990.

What is judged here, by article: IV.1 the totals of a group, with sub-limits and active units; IV.2 to IV.4
the nested zones; V.1 the flank zone; VI sufficiency of any single State; VII the maximum levels that each
State notified for itself; the storage minima of four States.
"""

from __future__ import annotations

from collections.abc import Iterable

from equipoise.accords.day import LEVELS, Day, level_operand
from equipoise.accords.facts import Ceiling
from equipoise.accords.inforce import ANSWER_LAWFUL, SUSPENSION_LAWFUL
from equipoise.accords.limits import Limit, judge_limit
from equipoise.accords.types import Accord, Bounds, Clause, Finding, Query, Reading

NAME = "cfe"
ARTICLES = {
    "ATTU_Art_IV.1": "Art IV.1",
    "Art_IV.2_expanded": "Art IV.2",
    "Art_IV.3_extended": "Art IV.3",
    "Art_IV.4_central": "Art IV.4",
    "Art_V.1A_flank": "Art V.1A",
    "Art_VI_sufficiency": "Art VI",
}
"""The zones of the regime's rows and the article that limits each."""


def judge(query: Query) -> tuple[Finding, ...]:
    """Every finding of the treaty on the day: groups, nested zones, single States, levels, minima."""
    day = Day.of(query)
    return tuple(finding for limit in limits(day) for finding in judge_limit(day, limit))


def limits(day: Day) -> Iterable[Limit]:
    """Every limit of the treaty that names a party on the day, whether owed yet or not."""
    yield from group_limits(day)
    yield from national_levels(day)
    yield from sufficiency(day)
    yield from storage_minima(day)


def group_limits(day: Day) -> Iterable[Limit]:
    """Articles IV and V for each group: totals, sub-limits and active units, zone by zone."""
    for row in day.facts.limits.get("CFE1990", ()):
        if row.zone not in ARTICLES or row.party.startswith("any_"):
            continue
        article = ARTICLES[row.zone]
        if row.limit is not None:
            yield _limit(row, row.party, f"{NAME}.{article.removeprefix('Art ')}", article)
        if row.active_limit is not None:
            name = f"{NAME}.{article.removeprefix('Art ')} active units"
            label = row.zone if row.limit is None else f"{row.zone}_active"
            yield _limit(row, row.party, name, article, state="active", zone_label=label)


def national_levels(day: Day) -> Iterable[Limit]:
    """Article VII: the level that each State notified for itself, in force on the day."""
    for row in day.facts.limits.get(LEVELS, ()):
        if row.holds_on(day.as_of) and row.limit is not None:
            yield _limit(row, row.party, f"{NAME}.VII", "Art VII")


def sufficiency(day: Day) -> Iterable[Limit]:
    """Article VI: no single State may hold more than about a third of the two groups' total."""
    states = [m for group in ("group_West", "group_East") for m in day.members(group)]
    for row in day.facts.limits.get("CFE1990", ()):
        if row.zone == "Art_VI_sufficiency":
            for state in states:
                yield _limit(row, state, f"{NAME}.VI", "Art VI")


def storage_minima(day: Day) -> Iterable[Limit]:
    """The least that four States promised one another to keep in permanent storage (30 August 1995)."""
    for row in day.facts.limits.get("V4_MOU_1995_min_storage", ()):
        if row.holds_on(day.as_of):
            name = f"{NAME}.storage minimum"
            yield _limit(row, row.party, name, "Memorandum of 1995", state="stored", minimum=True)


def _limit(
    row: Ceiling,
    party: str,
    obligation: str,
    article: str,
    *,
    state: str = "",
    minimum: bool = False,
    zone_label: str = "",
) -> Limit:
    active = state == "active"
    number = row.active_limit if active else row.limit
    return Limit(
        accord=NAME,
        obligation=obligation,
        article=f"CFE 1990 {article}",
        party=party,
        category=row.category,
        zone=row.zone,
        bounds=Bounds(number or 0, number),
        operand=level_operand(row, active=active),
        standing="cfe",
        state=state,
        minimum=minimum,
        zone_label=zone_label,
    )


ACCORD = Accord(
    name=NAME,
    title="Treaty on Conventional Armed Forces in Europe, 1990",
    force="ratified",
    withdrawal=Clause("150 days' notice, for extraordinary events", "Art XIX.2", "parameters.yaml", "read"),
    disputes=Clause(
        "questions of compliance go to the Joint Consultative Group", "Art XVI", "memory", "assumed"
    ),
    remedy=Clause(
        "the other States may raise it in the Joint Consultative Group, ask for an extraordinary conference, "
        "and withdraw where events jeopardise their supreme interests; the text provides for no suspension",
        "Art XVI, XIX, XXI",
        "memory; events.csv of 12 December 2007 for the last",
        "assumed",
    ),
    readings=(
        Reading(
            None,
            "the text as written",
            (("suspension", "not provided for"), ("awaiting disposal", "counted")),
        ),
        SUSPENSION_LAWFUL,
        ANSWER_LAWFUL,
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
    ),
    judge=judge,
)
