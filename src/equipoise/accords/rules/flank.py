"""The flank agreement: the document agreed among the States Parties on 31 May 1996, Annex A.

It froze what the former Soviet part of the flank zone held, redrew the zone, and set limits from 31 May 1999:
those of the redrawn zone, those of the former one, and sub-limits for the provinces that left it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from equipoise.accords.day import Day
from equipoise.accords.inforce import ANSWER_LAWFUL, SUSPENSION_LAWFUL
from equipoise.accords.limits import DISPOSAL_READINGS, finding_of, judge_limit
from equipoise.accords.rules.cfe_limits import limit_of
from equipoise.accords.types import Accord, Clause, Finding, Query, Reading, Step

REDRAWN = Reading(
    "zone_as_redrawn",
    "the flank zone is the one that the agreement drew",
    (("zone map", "as redrawn in 1996"),),
    "cases.yaml, cfe-1999-russia-flank",
    "read",
)
FORMER = Reading(
    "zone_as_before",
    "the flank zone is the former one, as it was understood in 1990",
    (("zone map", "as understood in 1990"),),
    "cases.yaml, cfe-1999-russia-flank",
    "read",
)
REGIME = "CFE1996_flank"
ARTICLE = "Flank Document 1996"
EXTRA = "cfe.flank_extra_information"


def judge(query: Query) -> tuple[Finding, ...]:
    """Every finding of the flank agreement on the day."""
    day = Day.of(query)
    return (*judge_flank(day), *by_zone_map(day), *extra_inspections(day))


def judge_flank(day: Day, accord: str = "flank") -> Iterable[Finding]:
    """Each limit that holds on the day: whole zones first, then what is in active units."""
    for row in day.facts.limits.get(REGIME, ()):
        if row.holds_on(day.as_of) and row.limit is not None:
            limit = limit_of(row, row.party, "flank.limits", ARTICLE, standing="flank", accord=accord)
            yield from judge_limit(day, limit)
    for row in day.facts.limits.get(REGIME, ()):
        if row.holds_on(day.as_of) and row.active_limit is not None:
            label = f"{row.zone}_active"
            limit = limit_of(
                row, row.party, "flank.limits active units", ARTICLE, "active",
                standing="flank", accord=accord, zone_label=label,
            )  # fmt: skip
            yield from judge_limit(day, limit)


def by_zone_map(day: Day) -> Iterable[Finding]:
    """Whether a State is within the flank limits at all: by the zone as redrawn, and by the former one.

    The agreement limits both; which of the two a speaker means decides in how many categories it is met.
    """
    rows = [r for r in day.facts.limits.get(REGIME, ()) if r.holds_on(day.as_of) and r.limit is not None]
    for inner in rows:
        within = day.facts.zones[inner.zone].within
        for outer in rows:
            same = (outer.party, outer.category, outer.zone) == (inner.party, inner.category, within)
            if not same or inner.active_limit is None:
                continue
            for reading, row in ((REDRAWN, inner), (FORMER, outer)):
                limit = limit_of(
                    row, row.party, "flank.by zone map", ARTICLE, standing="flank", accord="flank"
                )
                owed = day.standing("flank", row.party, "limits", "not provided for")
                found = finding_of(day, limit, reading.name, owed)
                yield replace(found, zone=None, details=(("counted_in", row.zone),))


def extra_inspections(day: Day) -> Iterable[Finding]:
    """How many inspections a State with flank territory must receive beyond the treaty's quotas.

    The parameter's name ends with the State. A quantity and no verdict: what was inspected is not known.
    """
    for path, versions in sorted(day.facts.parameters.under(EXTRA).items()):
        state = path.removeprefix("extra_inspections_")
        found = next((p for p in versions if p.holds_on(day.as_of)), None)
        owed = day.standing("flank", state, "limits", "not provided for")
        if state == path or found is None or not isinstance(found.value, int) or not owed.owed:
            continue
        name = "flank.extra inspections"
        step = Step(name, ARTICLE, (found.operand("to receive"),), "", str(found.value), (owed.step,))
        details = (("quantity", "extra_inspections"), ("value", found.value))
        yield Finding(
            "flank", name, state, None, None, day.as_of, day.known_at, None, None, None, step,
            "inspections", details,
        )  # fmt: skip


ACCORD = Accord(
    name="flank",
    title="Flank agreement to the CFE Treaty, 1996",
    force="ratified",
    withdrawal=Clause(
        "that of the treaty: 150 days' notice", "CFE 1990 Art XIX.2", "parameters.yaml", "read"
    ),
    disputes=Clause(
        "that of the treaty: the Joint Consultative Group", "CFE 1990 Art XVI", "memory", "assumed"
    ),
    remedy=Clause(
        "that of the treaty; more inspections and more frequent data are owed for the zone meanwhile",
        "Flank Document 1996; CFE 1990 Art XVI",
        "parameters.yaml, flank_extra_information",
        "read",
    ),
    readings=(
        Reading(
            None,
            "the text as written",
            (("suspension", "not provided for"), ("awaiting disposal", "counted")),
        ),
        SUSPENSION_LAWFUL,
        ANSWER_LAWFUL,
        *DISPOSAL_READINGS,
        REDRAWN,
        FORMER,
    ),
    judge=judge,
)
