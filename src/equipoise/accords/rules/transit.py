"""Transit to the mission in Afghanistan, 2008 to 2014: which goods might pass, which way, by what carriage.

An exchange of letters and its widenings, each with its days (``transit.csv``). What a thing counts as is data
too (``transit_items.csv``); of "some non-lethal military supplies" the list was not read, so such a thing
cannot be decided. In 2012 the decree came before the letters: which of the two counts is a reading.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from equipoise.accords.asking import asked_word
from equipoise.accords.docket import Docket
from equipoise.accords.messages import bad_input
from equipoise.accords.tables import rows
from equipoise.accords.types import Accord, Clause, Detail, Finding, Operand, Query, Reading, Step, Verdict
from equipoise.scenario import did_you_mean

NAME, OBLIGATION, ARTICLE = "transit", "ISAF transit", "Letters of 4 April 2008, as widened"
DIRECTIONS, CARRIAGES = ("to", "from"), ("rail", "road", "air")
OPTIONS = ("item", "goods", "direction", "carriage")
LETTERS = Reading(
    "letters_2012",
    "what the decree of 2012 allows holds from the letters that followed it",
    (("from when the simplified transit holds", "the letters"),),
    "events.csv, 2012-06-25",
    "read",
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What might pass over [since, until), under one reading (None: the text as written)."""

    since: date
    until: date
    goods: tuple[str, ...]
    directions: str
    carriage: str
    reading: str | None
    operand: Operand


@cache
def scopes() -> tuple[Scope, ...]:
    """The scopes of ``transit.csv`` in their order."""
    columns = (
        "from", "to", "goods", "directions", "carriage", "reading", "status", "source",
    )  # fmt: skip
    return tuple(
        Scope(
            date.fromisoformat(row["from"]),
            date.fromisoformat(row["to"]),
            tuple(row["goods"].split(";")),
            row["directions"],
            row["carriage"],
            row["reading"] or None,
            Operand(
                "goods that may pass",
                ", ".join(row["goods"].split(";")),
                source=row["source"],
                status=row["status"],
                version=f"{row['from']}..{row['to']}",
            ),
        )
        for row, _ in rows("transit.csv", columns, own=True)
    )


@cache
def items() -> dict[str, tuple[str, bool, Operand]]:
    """Each thing: what goods it counts as, whether all of those goods may pass, and where that stands."""
    table = rows("transit_items.csv", ("item", "goods", "certain", "status", "source"), own=True)
    return {
        row["item"].casefold(): (
            row["goods"],
            row["certain"] == "yes",
            Operand("counts as", row["goods"], source=row["source"], status=row["status"]),
        )
        for row, _ in table
    }


def judge(query: Query) -> tuple[Finding, ...]:
    """Whether the thing asked about might pass on the day; without one, every kind of goods."""
    docket = Docket(NAME, query)
    found = []
    for item, goods, certain, operand in _things(docket):
        for reading in (None, LETTERS.name):
            scope = _scope(docket, reading)
            if reading is None or scope is not None:
                found.append(_finding(docket, item, goods, certain, operand, scope, reading))
    return tuple(found)


def _things(docket: Docket) -> Iterable[tuple[str, str, bool, Operand]]:
    item = docket.query.asked.get("item", "").strip()
    kinds = tuple(dict.fromkeys(goods for goods, _, _ in items().values()))
    goods = asked_word(docket.query, "goods", kinds, optional=True)
    if not item:
        for kind in kinds:
            yield kind, kind, _is_certain(kind), Operand("counts as", kind, source="transit_items.csv")
    elif goods is not None:
        yield item, goods, _is_certain(goods), Operand("counts as", goods, source="the question")
    elif item.casefold() in items():
        yield item, *items()[item.casefold()]
    else:
        near = did_you_mean(item, tuple(items()))
        raise bad_input(
            "unknown-item", field="--item", found=item, nearest=near, known=", ".join(items()),
            kinds=", ".join(kinds),
        )  # fmt: skip


def _is_certain(kind: str) -> bool:
    return all(certain for goods, certain, _ in items().values() if goods == kind)


def _scope(docket: Docket, reading: str | None) -> Scope | None:
    for scope in scopes():
        if scope.reading == reading and scope.since <= docket.day < scope.until:
            return scope
    return None


def _finding(
    docket: Docket,
    item: str,
    goods: str,
    certain: bool,
    operand: Operand,
    scope: Scope | None,
    reading: str | None,
) -> Finding:
    standing = docket.standing(NAME)
    if scope is None:
        step = Step(OBLIGATION, ARTICLE, (operand,), "", "no arrangement in force", (standing.step,))
        details: tuple[tuple[str, Detail], ...]
        details = (("item", item), ("in_force", False), ("allowed", None))
        return docket.finding(OBLIGATION, step, None, reading=reading, unit="", details=details)
    allowed, why = _allowed(docket, goods, certain, scope)
    verdict: Verdict | None = "cannot be decided" if allowed is None else None
    way = f"may pass, {scope.directions if scope.directions != 'both' else 'both ways'}, {scope.carriage}"
    said = {True: way, False: "may not pass", None: "cannot be decided"}[allowed]
    operands = (
        operand,
        scope.operand,
        Operand("directions", scope.directions),
        Operand("carriage", scope.carriage),
    )
    step = Step(OBLIGATION, ARTICLE, operands, "", said, (standing.step,))
    details = (
        ("item", item),
        ("goods", goods),
        ("in_force", True),
        ("allowed", allowed),
        ("directions", scope.directions),
        ("carriage", scope.carriage),
    )
    return docket.finding(OBLIGATION, step, verdict, reading=reading, unit="", details=details, why_not=why)


def _allowed(docket: Docket, goods: str, certain: bool, scope: Scope) -> tuple[bool | None, tuple[str, ...]]:
    """Whether such goods may pass the way and by the carriage asked for; None where the list was not read."""
    way = asked_word(docket.query, "direction", DIRECTIONS, optional=True)
    by = asked_word(docket.query, "carriage", CARRIAGES, optional=True)
    if goods not in scope.goods:
        later = next((s for s in scopes() if s.reading == scope.reading and goods in s.goods), None)
        return False, () if later is None else (f"it may pass from {later.since}",)
    if way == "from" and scope.directions != "both":
        return False, ("goods pass one way only",)
    if by is not None and scope.carriage not in ("multimodal", by):
        return False, (f"goods pass by {scope.carriage} only",)
    if not certain:
        return None, ("some of these goods may pass; the list was not read and would decide",)
    return True, ()


ACCORD = Accord(
    name=NAME,
    title="Transit of goods to Afghanistan, 2008 to 2014",
    force="political",
    withdrawal=Clause("either side may end it", "", "memory", "assumed"),
    disputes=Clause("consultation", "", "memory", "assumed"),
    remedy=Clause("none named", "", "memory", "assumed"),
    readings=(
        Reading(
            None,
            "the arrangement as published",
            (("from when the simplified transit holds", "the decree"),),
        ),
        LETTERS,
    ),
    judge=judge,
    options=OPTIONS,
)
