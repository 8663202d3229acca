"""Projects of practical cooperation: scope, days, deliverables, and who owed what to whom.

Helicopter maintenance and training for Afghanistan, the training of counter-narcotics officers, the framework
for military cooperation of 2010 and its items, the joint analysis of missile defence. The projects are data
(``projects.csv``); a number that was not found stays unknown. Whether one side's suspension of 2014 ends what
both had agreed by consensus is a reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from equipoise.accords.asking import asked_whole, asked_word
from equipoise.accords.comparing import compare_minimum
from equipoise.accords.docket import Docket
from equipoise.accords.rules.relations import SUSPENDED, history
from equipoise.accords.tables import rows, whole
from equipoise.accords.types import (
    Accord,
    Bounds,
    Clause,
    Detail,
    Finding,
    Operand,
    Query,
    Reading,
    Step,
    Verdict,
)

NAME, ARTICLE = "cooperation", "Projects of the joint council"
OPTIONS = ("project", "item", "by", "delivered")
NOT_AGREED = Reading(
    "suspension_not_agreed",
    "what both sides agreed by consensus is not ended by one of them",
    (("suspension by one side", "has no effect"),),
    "relations.csv, NRC 2002-05-28 (consensus) and 2014-04-01",
    "assumed",
)


@dataclass(frozen=True, slots=True)
class Deliverable:
    """One thing that one side owed in one project over [since, until); ``quantity`` None: not found."""

    project: str
    item: str
    by: str
    to: str
    quantity: int | None
    unit: str
    since: date
    until: date
    operand: Operand


@cache
def deliverables() -> tuple[Deliverable, ...]:
    """The deliverables of ``projects.csv`` in their order."""
    columns = (
        "project", "deliverable", "owed_by", "owed_to", "quantity", "unit", "from", "to", "status",
        "source", "note",
    )  # fmt: skip
    return tuple(
        Deliverable(
            row["project"],
            row["deliverable"],
            row["owed_by"],
            row["owed_to"],
            whole(row["quantity"], file="projects.csv", line=line, field="quantity"),
            row["unit"],
            date.fromisoformat(row["from"]),
            date.fromisoformat(row["to"]),
            Operand(
                f"{row['deliverable']}, owed by {row['owed_by']} to {row['owed_to']}",
                int(row["quantity"]) if row["quantity"] else None,
                unit=row["unit"],
                source=row["source"],
                status=row["status"],
                version=f"{row['from']}..{row['to']}",
                note=row["note"],
            ),
        )
        for row, line in rows("projects.csv", columns, own=True)
    )


@cache
def delivered() -> tuple[tuple[str, str, str, date, int, Operand], ...]:
    """What is known to have been delivered: project, item, by whom, when, how much, and where it stands."""
    columns = ("project", "deliverable", "by", "as_of", "quantity", "status", "source")
    return tuple(
        (
            row["project"],
            row["deliverable"],
            row["by"],
            date.fromisoformat(row["as_of"]),
            int(row["quantity"]),
            Operand("delivered", int(row["quantity"]), source=row["source"], status=row["status"]),
        )
        for row, _ in rows("delivered.csv", columns, own=True)
    )


def judge(query: Query) -> tuple[Finding, ...]:
    """Every deliverable on the day, or those of the project, item and party that the question names."""
    docket = Docket(NAME, query)
    every = deliverables()
    project = asked_word(query, "project", tuple(dict.fromkeys(d.project for d in every)), optional=True)
    item = asked_word(query, "item", tuple(dict.fromkeys(d.item for d in every)), optional=True)
    by = asked_word(query, "by", tuple(dict.fromkeys(d.by for d in every)), optional=True)
    found: list[Finding] = []
    for one in every:
        if project in (None, one.project) and item in (None, one.item) and by in (None, one.by):
            found.append(_judge(docket, one, None))
            if _suspended(docket, one):
                found.append(_judge(docket, one, NOT_AGREED.name))
    return tuple(found)


def _suspended(docket: Docket, one: Deliverable) -> bool:
    """Whether the day lies after the suspension that ended the project."""
    rests = any(c.day == one.until and c.state == SUSPENDED for c in history("practical cooperation", None))
    return rests and docket.day >= one.until


def _judge(docket: Docket, one: Deliverable, reading: str | None) -> Finding:
    """Owed from its first day; a counted thing is due by its last, others are owed until then."""
    due = one.quantity is not None
    if docket.day < one.since or (docket.day >= one.until and not due and reading is None):
        word = "not yet agreed" if docket.day < one.since else f"ended on {one.until}"
        return _made(docket, one, reading, "not owed", None, (one.operand,), "", word, ())
    count, operands = _count(docket, one)
    if one.quantity is None:
        said = "no number was agreed that we found"
        if count.exact and docket.query.asked.get("delivered", "").strip():
            said = f"{count.low} {one.unit} delivered; {said}"
        lacks = (f"a number agreed for {one.item} would decide",)
        return _made(
            docket, one, reading, "cannot be decided", None, (one.operand, *operands), "", said, lacks
        )
    compared = compare_minimum(count, Bounds(one.quantity, one.quantity), one.unit)
    verdict: Verdict = compared.verdict
    margin = compared.margin
    if verdict == "breaches" and docket.day < one.until:
        verdict, margin = "cannot be decided", None
    why = compared.why_not if docket.day >= one.until else (*compared.why_not, f"it is due by {one.until}")
    kept = () if verdict == "complies" else why
    return _made(
        docket, one, reading, verdict, margin, (one.operand, *operands), compared.arithmetic, verdict, kept
    )


def _count(docket: Docket, one: Deliverable) -> tuple[Bounds, tuple[Operand, ...]]:
    """What was delivered: as the question states, or as the record has it; else nothing is known."""
    stated = asked_whole(docket.query, "delivered", optional=True)
    if stated is not None:
        return Bounds(stated, stated), (Operand("delivered", stated, unit=one.unit, source="the question"),)
    known = [
        d
        for d in delivered()
        if d[:3] == (one.project, one.item, one.by) and d[3] <= min(docket.day, docket.query.known_at)
    ]
    if not known:
        return Bounds(0, None), ()
    total = sum(d[4] for d in known)
    return Bounds(total, total), tuple(d[5] for d in known)


def _made(
    docket: Docket,
    one: Deliverable,
    reading: str | None,
    verdict: Verdict,
    margin: int | None,
    operands: tuple[Operand, ...],
    arithmetic: str,
    said: str,
    why: tuple[str, ...],
) -> Finding:
    step = Step(f"{NAME}.{one.project}", ARTICLE, operands, arithmetic, said)
    details: tuple[tuple[str, Detail], ...] = (
        ("item", one.item),
        ("owed_to", one.to),
        ("from", one.since.isoformat()),
        ("to", one.until.isoformat()),
    )
    return docket.finding(
        f"{NAME}.{one.project}", step, verdict, margin, party=one.by, reading=reading, unit=one.unit,
        details=details, why_not=why,
    )  # fmt: skip


ACCORD = Accord(
    name=NAME,
    title="Projects of practical cooperation: who owed what",
    force="political",
    withdrawal=Clause("either side may end its part", "", "relations.csv, 2014-04-01", "read"),
    disputes=Clause(
        "the joint council, by consensus", "Rome Declaration", "relations.csv, 2002-05-28", "read"
    ),
    remedy=Clause("none named", "", "memory", "assumed"),
    readings=(
        Reading(None, "as agreed and ended", (("suspension by one side", "ends the project"),)),
        NOT_AGREED,
    ),
    judge=judge,
    options=OPTIONS,
)
