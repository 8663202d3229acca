"""What an accord, a regime of ceilings, a line or a draft comes to on a day, one row for each thing limited.

Rows of two of them can be laid side by side: the same party, category and ground. Where one binds the same
thing twice the tighter limit counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from equipoise.accords.comparing import compare
from equipoise.accords.day import Day
from equipoise.accords.docket import Docket
from equipoise.accords.facts import Ceiling, Facts
from equipoise.accords.forces.lines import Line, lines
from equipoise.accords.forces.presence import COMBAT, areas_of, counted, presences
from equipoise.accords.judging import ACCORDS, declared_by, find_accord, judge
from equipoise.accords.messages import bad_input
from equipoise.accords.sides import sides
from equipoise.accords.types import Bounds, Finding, Query, Verdict
from equipoise.scenario import did_you_mean

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Consequence:
    """What is limited to what, and what that comes to: the margin is the limit less what is counted."""

    party: str
    category: str
    zone: str
    obligation: str
    limit: int | None
    verdict: Verdict
    margin: int | None

    @property
    def key(self) -> Key:
        return (self.party, self.category, self.zone)


def consequences(name: str, facts: Facts, day: date) -> dict[Key, Consequence]:
    """Every limit of ``name`` on the day, by party, category and ground.

    ``name`` is an accord, a regime of ceilings.csv, a line of substantial combat forces, or a YAML file that
    holds a draft of the accord of restraint. InputError ``unknown-draft`` with the nearest.
    """
    tightest: dict[Key, Consequence] = {}
    for one in _all(name, facts, day):
        kept = tightest.get(one.key)
        if kept is None or _tighter(one, kept):
            tightest[one.key] = one
    return tightest


def names(facts: Facts) -> tuple[str, ...]:
    """Everything that can be compared, files aside."""
    return (*ACCORDS, *sorted(facts.limits), *(line.name for line in lines()))


def _all(name: str, facts: Facts, day: date) -> Iterable[Consequence]:
    if name in ACCORDS:
        yield from _of_accord(name, facts, day, {})
    elif name in facts.limits:
        yield from of_regime(name, facts, day)
    elif any(line.name == name for line in lines()):
        yield from _of_line(next(line for line in lines() if line.name == name), facts, day)
    elif name.endswith((".yaml", ".yml")) and Path(name).exists():
        yield from _of_accord("restraint", facts, day, {"draft": name})
    else:
        near, known = did_you_mean(name, names(facts)), ", ".join(names(facts))
        raise bad_input("unknown-draft", field="A or B", found=name, nearest=near, known=known)


def _of_accord(name: str, facts: Facts, day: date, asked: dict[str, str]) -> Iterable[Consequence]:
    """The text as written; of an accord that was never in force, what it would come to."""
    findings = judge(name, facts, day, asked=asked).findings
    never = find_accord(name).force == "never in force"
    yield from _rows(facts, (f for f in findings if (f.reading is None) != never))


def _rows(facts: Facts, findings: Iterable[Finding]) -> Iterable[Consequence]:
    for finding in findings:
        if finding.party is None or finding.category is None or finding.verdict is None:
            continue
        place = finding.zone or str(dict(finding.details).get("member") or "")
        yield Consequence(
            finding.party,
            finding.category,
            facts.ground(place),
            finding.obligation,
            _limit_in(finding),
            finding.verdict,
            finding.margin,
        )


def _limit_in(finding: Finding) -> int | None:
    """The limit that a finding was judged by: the first operand of its trace."""
    first = next(iter(finding.trace.operands), None)
    value = None if first is None else first.value
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _of_line(line: Line, facts: Facts, day: date) -> Iterable[Consequence]:
    """A line's numbers in every area of each side that it binds, against what is said of the area."""
    docket = Docket("founding-act", Query(facts, day, declared_by(facts, day)))
    for side in sides(facts, day):
        for area in areas_of(docket, side) if line.binds(docket, side) else ():
            there = presences(docket, side, area)
            for category in COMBAT:
                limit = line.limit(docket, category)
                if limit is not None:
                    bounds, _ = counted(there, line.counts(category), "", stays=line.stays)
                    compared = compare(bounds, Bounds(limit[0], limit[0]))
                    yield Consequence(
                        side, category, area, line.name, limit[0], compared.verdict, compared.margin
                    )


def of_regime(name: str, facts: Facts, day: date) -> Iterable[Consequence]:
    """Each maximum of a regime of ceilings against what is declared, as if it bound on the day."""
    judged = Day(facts, day, declared_by(facts, day))
    for row in facts.limits[name]:
        if row.kind != "maximum" or not _stands(row, day):
            continue
        for number, state in ((row.limit, ""), (row.active_limit, "active")):
            if number is None or row.party.startswith("any_"):
                continue
            counted, _ = judged.count(row.party, row.category, row.zone, state)
            compared = compare(counted, Bounds(number, number))
            ground = facts.ground(row.zone)
            zone = f"{ground}, active units" if state else ground
            yield Consequence(row.party, row.category, zone, name, number, compared.verdict, compared.margin)


def _stands(row: Ceiling, day: date) -> bool:
    """Whether a row counts on the day: one that holds, or one of a regime that never came into force."""
    return row.holds_on(day) or row.in_force == "never"


def _tighter(one: Consequence, kept: Consequence) -> bool:
    if one.limit is None or kept.limit is None:
        return kept.limit is None and one.limit is not None
    return one.limit < kept.limit
