"""Relations as dated regimes: which strands of the two sides' work ran on a day, which rested, since when.

Each change of a strand (``regimes.csv``) rests on a dated event of the catalogue. Whether formal meetings
were resumed when that was agreed or when the first was held is a reading. Nobody is judged: a strand has a
state.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from equipoise.accords.docket import Docket
from equipoise.accords.tables import rows
from equipoise.accords.types import Accord, Clause, Detail, Finding, Operand, Query, Reading, Step

NAME, ITEM = "relations", "military cooperation item"
RUNNING, SUSPENDED = "running", "suspended"
WHEN_HELD = Reading(
    "resumed_when_held",
    "formal meetings were resumed when the first of them was held",
    (("when a meeting is resumed", "when it is held"),),
    "relations.csv, NRC 2009-03-05 and 2009-12-04",
    "read",
)


@dataclass(frozen=True, slots=True)
class Event:
    """One dated event between the sides, in the words of ``relations.csv``."""

    day: date
    subject: str
    says: str
    status: str
    source: str


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one strand's state on a day, by whom (empty: together), under which reading."""

    day: date
    strand: str
    state: str
    by: str
    reading: str | None
    says: str
    event: Event


@cache
def events() -> tuple[Event, ...]:
    """Every event of ``relations.csv`` in its order."""
    columns = ("date", "subject", "event", "status", "source")
    return tuple(
        Event(date.fromisoformat(row["date"]), row["subject"], row["event"], row["status"], row["source"])
        for row, _ in rows("relations.csv", columns)
    )


@cache
def changes() -> tuple[Change, ...]:
    """Every change of a strand, by its day; each names the event that it rests on."""
    by_key = {(e.day, e.subject): e for e in reversed(events())}
    columns = (
        "date", "strand", "state", "by", "reading", "event_date", "event_subject", "says",
    )  # fmt: skip
    found = [
        Change(
            date.fromisoformat(row["date"]),
            row["strand"],
            row["state"],
            row["by"],
            row["reading"] or None,
            row["says"],
            by_key[(date.fromisoformat(row["event_date"]), row["event_subject"])],
        )
        for row, _ in rows("regimes.csv", columns, own=True)
    ]
    return tuple(sorted(found, key=lambda c: c.day))


def history(strand: str, reading: str | None) -> tuple[Change, ...]:
    """The changes of a strand under a reading: its own rows stand in for the others of the same day."""
    own = {c.day for c in changes() if c.strand == strand and c.reading == reading is not None}
    return tuple(
        c
        for c in changes()
        if c.strand == strand and (c.reading == reading or (c.reading is None and c.day not in own))
    )


def judge(query: Query) -> tuple[Finding, ...]:
    """The state of every strand on the day, under each reading that has a word on it."""
    docket = Docket(NAME, query)
    strands = dict.fromkeys(c.strand for c in changes())
    found = []
    for strand in strands:
        found.append(_state(docket, strand, None))
        if any(c.strand == strand and c.reading for c in changes()):
            found.append(_state(docket, strand, WHEN_HELD.name))
    return tuple(found)


def _state(docket: Docket, strand: str, reading: str | None) -> Finding:
    known = min(docket.day, docket.query.known_at)
    past = [c for c in history(strand, reading) if c.day <= known]
    steps = tuple(
        Step(
            c.says,
            "",
            (Operand(c.event.subject, c.state, source=c.event.source, status=c.event.status),),
            "",
            f"{c.state} from {c.day}",
            (),
            c is past[-1],
        )
        for c in past
    )
    state = past[-1].state if past else "not begun"
    since = _since(past)
    details: tuple[tuple[str, Detail], ...] = (
        ("item", strand),
        ("state", state),
        ("since", since),
        ("by", past[-1].by or None if past else None),
        ("in_force", state == RUNNING),
    )
    if strand == "military cooperation":
        agreed = tuple(e.says for e in events() if e.subject == ITEM and e.day <= known)
        details = (*details, ("items", agreed))
    said = f"{state} since {since}" if since else state
    step = Step(f"{NAME}.{strand}", "", (), "", said, steps)
    return docket.finding(f"{NAME}.{strand}", step, None, reading=reading, unit="", details=details)


def _since(past: list[Change]) -> str | None:
    """The day on which the last state began: changes that say the same again do not count."""
    day: date | None = None
    for change in reversed(past):
        if change.state != past[-1].state:
            break
        day = change.day
    return None if day is None else day.isoformat()


ACCORD = Accord(
    name=NAME,
    title="Relations of the two sides as dated regimes",
    force="political",
    withdrawal=Clause("either side may rest a strand", "", "relations.csv", "read"),
    disputes=Clause(
        "the joint council, by consensus", "Rome Declaration", "relations.csv, 2002-05-28", "read"
    ),
    remedy=Clause("none named", "", "memory", "assumed"),
    readings=(
        Reading(None, "as the events say", (("when a meeting is resumed", "when it is agreed"),)),
        WHEN_HELD,
    ),
    judge=judge,
)
