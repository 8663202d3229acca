"""How a party says that it sees the other, beside what it did and what it keeps: the contradictions named.

A stance is a dated fact (``stances.yaml``), and so is a party's own measure toward the other, warmer or
colder (``bearings.csv``, each resting on an event of the catalogue). Which of them cannot both be meant is
data (``contradictions.csv``), the same for both sides. What one side says of the other stands beside it.
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
from equipoise.accords.rules.relations import events as relation_events
from equipoise.accords.sides import find_party, members_of, side_of
from equipoise.accords.tables import load_facts, rows
from equipoise.accords.types import Finding
from equipoise.scenario import fact_path, read_yaml

WATCHED = ("cfe", "founding-act", "istanbul")
"""The accords whose breaches, as written, are set beside a stance."""


@dataclass(frozen=True, slots=True)
class Stance:
    """One dated statement of how a party sees the other."""

    id: str
    party: str
    by: str
    date: str
    toward: str
    stance: str
    text: str
    status: str
    source: str


@dataclass(frozen=True, slots=True)
class Bearing:
    """One measure of a party toward the other over [since, until): warmer or colder, with its event."""

    party: str
    toward: str
    bears: str
    since: date
    until: date | None
    says: str
    status: str
    source: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A stance, what stands against it (a stance, a measure, a finding), and what is to be decided."""

    stance: Stance
    kind: str
    against: Stance | Bearing | Finding
    asks: str


@dataclass(frozen=True, slots=True)
class Position:
    """A party on a day: its stances, its measures, its breaches as written, and what contradicts what."""

    party: str
    as_of: date
    stances: tuple[Stance, ...]
    said_of_it: tuple[Stance, ...]
    bearings: tuple[Bearing, ...]
    breaches: tuple[Finding, ...]
    contradictions: tuple[Contradiction, ...]


def position(facts: Facts, party: str, as_of: date) -> Position:
    """How a side stands on a day. InputError for an unknown party, or a State that is no side."""
    find_party(facts, party)
    side = side_of(facts, party, as_of)
    if side is None:
        known = ", ".join(dict.fromkeys(m.group for m in facts.sides))
        raise bad_input("no-side", field="--party", found=party, day=as_of, known=known)
    told = [s for s in _stances() if first_day(s.date) <= as_of]
    own = tuple(s for s in told if s.party == side)
    said_of_it = tuple(s for s in told if s.party != side and s.toward == side)
    kept = tuple(b for b in bearings() if b.party == side and _holds(b, as_of))
    breaches = tuple(_breaches(facts, side, as_of))
    found = tuple(_contradictions(own, kept, breaches))
    return Position(side, as_of, own, said_of_it, kept, breaches, found)


def _holds(one: Bearing, day: date) -> bool:
    return one.since <= day and (one.until is None or day < one.until)


def _breaches(facts: Facts, side: str, as_of: date) -> Iterable[Finding]:
    """What the side and its members do not keep by the text as written, in the accords that are watched."""
    mine = {side, *members_of(facts, side, as_of)}
    for name in WATCHED:
        for finding in judge(name, facts, as_of).findings:
            if finding.verdict == "breaches" and finding.reading is None and finding.party in mine:
                yield finding


def _contradictions(
    own: Sequence[Stance], kept: Sequence[Bearing], breaches: Sequence[Finding]
) -> Iterable[Contradiction]:
    """Every stance that cannot be meant together with another stance, a measure, or a breach."""
    for row in _pairs():
        for stance in own:
            if stance.stance != row["stance"]:
                continue
            asks = f"decide once and for all: {row['asks']}"
            if row["kind"] == "stance":
                others = [s for s in own if s.stance == row["against"] and s.toward == stance.toward]
                yield from (Contradiction(stance, "stance", s, asks) for s in others)
            elif row["kind"] == "measure":
                others_ = [b for b in kept if b.bears == row["against"] and b.toward == stance.toward]
                yield from (Contradiction(stance, "measure", b, asks) for b in others_)
            elif breaches:
                yield Contradiction(stance, "finding", breaches[0], asks)


@cache
def _pairs() -> tuple[Mapping[str, str], ...]:
    table = rows("contradictions.csv", ("stance", "against", "kind", "asks"), own=True)
    return tuple(row for row, _ in table)


@cache
def _stances() -> tuple[Stance, ...]:
    told: Sequence[Mapping[str, Any]] = read_yaml(fact_path("accords", "stances.yaml")).data["stances"]
    found = [
        Stance(
            str(s["id"]),
            str(s["party"]),
            str(s["by"]),
            str(s["date"]),
            str(s["toward"]),
            str(s["stance"]),
            str(s["text"]),
            str(s["status"]),
            str(s["source"]),
        )
        for s in told
    ]
    return tuple(sorted(found, key=lambda s: (first_day(s.date), s.id)))


@cache
def bearings() -> tuple[Bearing, ...]:
    """The measures of ``bearings.csv``, each with the status and source of the event that it rests on."""
    known = {("relations", e.day, e.subject): (e.status, e.source) for e in reversed(relation_events())}
    known |= {("events", e.day, e.regime): (e.status, e.source) for e in load_facts().events}
    columns = (
        "date", "until", "party", "toward", "bears", "table", "event_date", "event_subject", "says",
    )  # fmt: skip
    return tuple(
        Bearing(
            row["party"],
            row["toward"],
            row["bears"],
            date.fromisoformat(row["date"]),
            date.fromisoformat(row["until"]) if row["until"] else None,
            row["says"],
            *known[(row["table"], date.fromisoformat(row["event_date"]), row["event_subject"])],
        )
        for row, _ in rows("bearings.csv", columns, own=True)
    )
