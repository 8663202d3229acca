"""Each party's stated concern about the other, the measure that would dispel it, and whether it does.

A concern and its source are facts (``concerns.yaml``); which measure answers it, and which obligation of
which accord shows that, is data too (``concern_measures.csv``). A measure outside the accords names the verb
that shows it. A concern is dispelled where every finding about the other side complies under every reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from equipoise.accords.dates import first_day
from equipoise.accords.facts import Facts
from equipoise.accords.judging import judge
from equipoise.accords.messages import bad_input
from equipoise.accords.sides import find_party, members_of, other_side, side_of
from equipoise.accords.tables import rows
from equipoise.accords.types import Finding
from equipoise.scenario import fact_path, read_yaml

KEEP = "keep"
ANSWERS = ("yes", "no", "depends on the reading", "cannot be decided", "not owed", "outside the accords")


@dataclass(frozen=True, slots=True)
class Measure:
    """What would dispel a concern, and where that is shown: a verb, an accord, some of its obligations."""

    says: str
    shown_by: str
    accord: str
    obligations: tuple[str, ...]
    status: str
    source: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One measure judged on one day: whether it dispels the concern, by reading, and the findings."""

    measure: Measure
    as_of: date | None
    dispelled: str
    by_reading: tuple[tuple[str | None, str], ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Concern:
    """One worry of one party about the other, with its answers."""

    id: str
    party: str
    member: str | None
    since: str | None
    text: str
    status: str
    source: str
    about: Mapping[str, Any]
    answers: tuple[Answer, ...]


@cache
def measures() -> Mapping[str, tuple[Measure, ...]]:
    """The measures by concern."""
    columns = ("concern", "measure", "shown_by", "accord", "obligations", "status", "source")
    found: dict[str, list[Measure]] = {}
    for row, _ in rows("concern_measures.csv", columns, own=True):
        named = tuple(o for o in row["obligations"].split(";") if o)
        measure = Measure(row["measure"], row["shown_by"], row["accord"], named, row["status"], row["source"])
        found.setdefault(row["concern"], []).append(measure)
    return {concern: tuple(many) for concern, many in found.items()}


def concerns_of(facts: Facts, party: str, as_of: date | None = None) -> tuple[Concern, ...]:
    """The concerns of a side (or of one State in it), judged on ``as_of`` or each on its own first day.

    InputError: an unknown party, or one that is no side of these talks.
    """
    find_party(facts, party)
    told = _told()
    holders = {c["party"] for c in told} | {c["member"] for c in told if c["member"]}
    if party not in holders:
        raise bad_input("no-concerns", field="--party", found=party, known=", ".join(sorted(holders)))
    judged: dict[tuple[str, date], tuple[Finding, ...]] = {}
    return tuple(_concern(facts, c, as_of, judged) for c in told if party in (c["party"], c["member"]))


@cache
def _told() -> Sequence[Mapping[str, Any]]:
    told: Sequence[Mapping[str, Any]] = read_yaml(fact_path("accords", "concerns.yaml")).data["concerns"]
    return told


def _concern(
    facts: Facts,
    told: Mapping[str, Any],
    as_of: date | None,
    judged: dict[tuple[str, date], tuple[Finding, ...]],
) -> Concern:
    since = None if told["since"] is None else str(told["since"])
    day = as_of or (None if since is None else first_day(since))
    answers = tuple(
        _answer(facts, told["party"], measure, day, judged) for measure in measures().get(told["id"], ())
    )
    return Concern(
        told["id"],
        told["party"],
        told["member"],
        since,
        told["text"],
        told["status"],
        told["source"],
        told["about"],
        answers,
    )


def _answer(
    facts: Facts,
    party: str,
    measure: Measure,
    day: date | None,
    judged: dict[tuple[str, date], tuple[Finding, ...]],
) -> Answer:
    if measure.shown_by != KEEP or day is None:
        word = "outside the accords" if measure.shown_by != KEEP else "cannot be decided"
        return Answer(measure, day, word, (), ())
    if (measure.accord, day) not in judged:
        judged[(measure.accord, day)] = judge(measure.accord, facts, day).findings
    found = tuple(_about(facts, party, day, measure, judged[(measure.accord, day)]))
    by_reading = _by_reading(found)
    return Answer(measure, day, _dispelled(by_reading), by_reading, found)


def _about(
    facts: Facts, party: str, day: date, measure: Measure, findings: Iterable[Finding]
) -> Iterable[Finding]:
    """The findings on the measure's obligations about the other side and its members."""
    side = side_of(facts, party, day)
    other = None if side is None else other_side(facts, side, day)
    states = () if other is None else (other, *members_of(facts, other, day))
    for finding in findings:
        named = not measure.obligations or finding.obligation in measure.obligations
        if named and finding.party in states:
            yield finding


def _by_reading(found: Sequence[Finding]) -> tuple[tuple[str | None, str], ...]:
    """For each reading the least good word among its findings; one that judges nothing leaves it open."""
    words: dict[str | None, set[str | None]] = {}
    for finding in found:
        words.setdefault(finding.reading, set()).add(finding.verdict)
    order = ("breaches", "cannot be decided", "complies", "not owed")
    return tuple(
        (reading, next((w for w in order if w in said), "cannot be decided"))
        for reading, said in words.items()
    )


def _dispelled(by_reading: Sequence[tuple[str | None, str]]) -> str:
    """One word over all readings; a breach under some reading only is a dispute and no answer."""
    said = {word for _, word in by_reading}
    if not said:
        return "cannot be decided"
    if said <= {"not owed"}:
        return "not owed"
    if "breaches" in said and said & {"complies", "not owed"}:
        return "depends on the reading"
    if said == {"breaches"} or dict(by_reading).get(None) == "breaches":
        return "no"
    return "yes" if said <= {"complies", "not owed"} else "cannot be decided"
