"""The days on which findings can change, and every finding of an accord over all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from equipoise.accords.claims import load_claims
from equipoise.accords.facts import Facts
from equipoise.accords.judging import Evaluation, judge

FIRST_YEAR = 1992


def days_of_change(facts: Facts, first: int = FIRST_YEAR, last: int | None = None) -> tuple[date, ...]:
    """Each 1 January from ``first`` on, and each day on which a limit, an act, a claim or a figure is new.

    ``last`` None ends with the year after the last such day.
    """
    new: set[date] = {e.day for e in facts.events} | {d.as_of for d in facts.declarations}
    new |= {d.declared_at for d in facts.declarations} | {c.as_of for c in load_claims()}
    for ceiling in facts.ceilings:
        new |= {d for d in (ceiling.valid_from, ceiling.valid_to) if d is not None}
    for member in facts.memberships:
        new |= {d for d in (member.since, member.until) if d is not None}
    end = last if last is not None else max(new).year + 1
    new |= {date(year, 1, 1) for year in range(first, end + 1)}
    return tuple(sorted(d for d in new if first <= d.year <= end))


def over_time(name: str, facts: Facts, days: Iterable[date]) -> Iterator[Evaluation]:
    """One accord judged on each of the days, by what had been declared by then."""
    for day in days:
        yield judge(name, facts, day, day)
