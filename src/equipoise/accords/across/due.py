"""What a party owes between two days, to whom, by when, under which reading.

The duties that come round are data (``due.csv``): each year on a day, every so many months from a first
day, or once. Whether a duty is owed to a State on its day is the relation of the accord itself, so that an
addressee from whom data are withheld is named and not lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from equipoise.accords.dates import add, day_of, in_month_day, is_working
from equipoise.accords.day import Day
from equipoise.accords.facts import Facts
from equipoise.accords.messages import bad_input
from equipoise.accords.pairs import between, classes
from equipoise.accords.rules.cfe_limits import GROUPS
from equipoise.accords.rules.cooperation import deliverables
from equipoise.accords.rules.istanbul import dispute
from equipoise.accords.sides import find_party, members_of, other_side, side_of
from equipoise.accords.tables import rows

STATE_PARTY, PARTICIPATING, SIDE = "each State Party", "each participating State", "each side"
LONGEST_YEARS = 60
"""The longest stretch that is listed at once."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One duty that comes round, as ``due.csv`` has it."""

    id: str
    accord: str
    what: str
    article: str
    by: str
    to: str
    rule: str
    when: str
    since: date
    until: date | None
    status: str
    source: str


@dataclass(frozen=True, slots=True)
class Due:
    """One thing owed on one day: by whom to whom, and whether it is, under each reading that parts.

    ``owed`` None: not known. ``reading`` None: the text as written. ``note`` says what else bears on the day.
    """

    id: str
    accord: str
    what: str
    day: date
    by: tuple[str, ...]
    to: tuple[str, ...]
    owed: bool | None
    reading: str | None
    article: str
    status: str
    source: str
    note: str = ""


@cache
def rules() -> tuple[Rule, ...]:
    """Every duty of ``due.csv``."""
    columns = (
        "id", "accord", "what", "article", "by", "to", "rule", "when", "from", "until", "status", "source",
    )  # fmt: skip
    return tuple(
        Rule(
            row["id"],
            row["accord"],
            row["what"],
            row["article"],
            row["by"],
            row["to"],
            row["rule"],
            row["when"],
            date.fromisoformat(row["from"]),
            date.fromisoformat(row["until"]) if row["until"] else None,
            row["status"],
            row["source"],
        )
        for row, _ in rows("due.csv", columns, own=True)
    )


def due_between(facts: Facts, party: str, start: date, end: date) -> tuple[Due, ...]:
    """All that ``party`` (a State, or a side and its members) owes on days in [start, end], by day.

    InputError: an unknown party, an end before its start, more than ``LONGEST_YEARS`` at once.
    """
    find_party(facts, party)
    if end < start:
        raise bad_input("dates-upside-down", field="--to", start=start, end=end)
    if end > add(start, 12 * LONGEST_YEARS, "months"):
        raise bad_input("dates-too-far", field="--to", start=start, end=end, years=LONGEST_YEARS)
    found: list[Due] = []
    for rule in rules():
        for day in days_of(facts, rule, start, end):
            found += _on(facts, rule, party, day)
    found += _deliverables(facts, party, start, end)
    return tuple(sorted(found, key=lambda d: (d.day, d.id, d.by, d.to, d.reading or "")))


def days_of(facts: Facts, rule: Rule, start: date, end: date) -> Iterable[date]:
    """The days of a duty in [start, end]; none before it began or once it has ended."""
    for day in _every(facts, rule, start, end):
        if start <= day <= end and day >= rule.since and (rule.until is None or day < rule.until):
            yield day


def _every(facts: Facts, rule: Rule, start: date, end: date) -> Iterable[date]:
    if rule.rule == "once":
        yield date.fromisoformat(rule.when)
    elif rule.rule == "istanbul":
        yield from _promised(rule.when)
    elif rule.rule == "yearly":
        for year in range(start.year, end.year + 1):
            month_day = _value(facts, rule.when, date(year, 1, 1))
            if month_day is not None:
                yield in_month_day(year, str(month_day))
    else:
        months = _value(facts, rule.when, rule.since)
        step = int(str(months)) if months is not None else 0
        count = 1
        while step and (day := add(rule.since, step * count, "months")) <= end:
            yield day
            count += 1


def _value(facts: Facts, when: str, day: date) -> object:
    """A day of the year as it is written, or the parameter that ``when`` names."""
    if when[:2].isdecimal():
        return when
    found = facts.parameters.at(when, day)
    return None if found is None else found.value


def _promised(id: str) -> Iterable[date]:
    """The days of a commitment of Istanbul: the first, and the one to which it was put off."""
    for obligation in dispute()["obligations"]:
        if obligation["id"] == id:
            for name in ("due", "extended_to"):
                day = day_of(obligation.get(name), file="istanbul.yaml", field=f"{id}.{name}")
                if day is not None:
                    yield day


def _on(facts: Facts, rule: Rule, party: str, day: date) -> Iterable[Due]:
    """The duty on one day, for those of the party that it binds."""
    mine = {party, *members_of(facts, party, day)}
    if rule.by == STATE_PARTY or rule.to == "each other State Party":
        yield from _between_states(facts, rule, mine, day)
        return
    if rule.by == SIDE:
        side = side_of(facts, party, day)
        other = None if side is None else other_side(facts, side, day)
        if side is not None and other is not None and party == side:
            yield _made(facts, rule, day, (side,), (other,), True, None)
        return
    if rule.by == PARTICIPATING:
        by = tuple(s for s in members_of(facts, party, day) if s in _participants(facts, day))
    else:
        by = tuple(s for s in rule.by.split(";") if s in mine)
    if by:
        yield _made(facts, rule, day, by, (rule.to,), True, None)


def _participants(facts: Facts, day: date) -> set[str]:
    """States that take part in what all of the area take part in: members of a side, and of the groups."""
    members = (*facts.sides, *(m for g in GROUPS for m in facts.members.get(g, ())))
    return {m.member for m in members if m.holds_on(day)}


def _between_states(facts: Facts, rule: Rule, mine: set[str], day: date) -> Iterable[Due]:
    """Owed by each State Party to each other: classes of States that stand alike, and each reading."""
    judged = Day(facts, day, day)
    states = [m for g in GROUPS for m in judged.members(g)]
    gathered = classes(judged, rule.accord, states)
    named = None if rule.by == STATE_PARTY else set(rule.by.split(";"))
    for obligors in gathered.values():
        by = tuple(s for s in obligors if s in mine and (named is None or s in named))
        if not by:
            continue
        told: dict[tuple[bool | None, str | None], list[str]] = {}
        for obligees in gathered.values():
            to = tuple(s for s in obligees if s not in by or len(by) > 1)
            other = next((s for s in to if s != by[0]), None)
            if other is None:
                continue
            read = between(judged, rule.accord, by[0], other, "information")
            base = read[0][1].owed
            told.setdefault((base, None), []).extend(to)
            for name, standing in read[1:]:
                if standing.owed != base:
                    told.setdefault((standing.owed, name), []).extend(to)
        for (owed, reading), to_all in told.items():
            yield _made(facts, rule, day, by, tuple(sorted(to_all)), owed, reading)


def _deliverables(facts: Facts, party: str, start: date, end: date) -> Iterable[Due]:
    """What was counted and promised by a day in a project of cooperation."""
    for one in deliverables():
        if one.by == party and one.quantity is not None and start <= one.until <= end:
            note = "" if is_working(one.until, facts.holidays) else "falls on a day off"
            yield Due(
                one.project.replace(" ", "-"), "cooperation", one.item, one.until, (one.by,), (one.to,), True,
                None, "Projects of the joint council", one.operand.status, one.operand.source, note,
            )  # fmt: skip


def _made(
    facts: Facts,
    rule: Rule,
    day: date,
    by: Sequence[str],
    to: Sequence[str],
    owed: bool | None,
    reading: str | None,
) -> Due:
    note = "" if is_working(day, facts.holidays) else "falls on a day off"
    return Due(
        rule.id, rule.accord, rule.what, day, tuple(by), tuple(to), owed, reading, rule.article, rule.status,
        rule.source, note,
    )  # fmt: skip
