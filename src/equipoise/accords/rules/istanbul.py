"""The Istanbul commitments of 1999 in their two readings: the dispute on which the adapted treaty foundered.

One reading links ratification to them, the other keeps the texts apart. What each side is on record with
stands in ``istanbul.yaml``; what it comes to for each obligation stands in ``data/istanbul.csv``, each line
with the entries on which it rests and the operand on which it turns. Nothing here weighs who is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from equipoise.accords.dates import first_day, is_coarse
from equipoise.accords.tables import rows
from equipoise.accords.types import Accord, Clause, Finding, Operand, Query, Reading, Step, Verdict
from equipoise.scenario import fact_path, read_yaml

FILE = "istanbul.yaml"
COLUMNS = ("obligation", "party", "reading", "from", "verdict", "turns_on", "rests_on", "note")
ELSEWHERE = {"flank-limits": "keep flank", "substantial-combat-forces": "keep founding-act"}
"""Obligations of the file that are judged from figures elsewhere."""


@cache
def dispute() -> Mapping[str, Any]:
    """The file: readings, operands that separate them, obligations, entries."""
    read: Mapping[str, Any] = read_yaml(fact_path("accords", FILE)).data
    return read


@cache
def _lines() -> tuple[dict[str, str], ...]:
    return tuple(row for row, _ in rows("istanbul.csv", COLUMNS, own=True))


def judge(query: Query) -> tuple[Finding, ...]:
    """Each obligation as the undisputed record has it, then under both readings."""
    return tuple(f for o in dispute()["obligations"] if o["id"] not in ELSEWHERE for f in _judge(query, o))


def _judge(query: Query, obligation: Mapping[str, Any]) -> Iterable[Finding]:
    lines = [row for row in _lines() if row["obligation"] == obligation["id"]]
    entries = _entries(obligation["id"], query.known_at)
    for party in lines[0]["party"].split(";"):
        found = [_read(query, obligation, {**line, "party": party}, entries) for line in lines]
        both = {f.verdict for f in found}
        same = both.pop() if len(both) == 1 else None
        yield _record(query, obligation, party, entries, same)
        yield from found


def _entries(obligation: str, known_at: date) -> Sequence[Mapping[str, Any]]:
    """What had been said of an obligation by ``known_at``, in order of the day."""
    said = [e for e in dispute()["entries"] if e["obligation"] == obligation]
    return sorted((e for e in said if first_day(str(e["date"])) <= known_at), key=lambda e: str(e["date"]))


def _read(
    query: Query, obligation: Mapping[str, Any], line: Mapping[str, str], entries: Sequence[Mapping[str, Any]]
) -> Finding:
    """One reading of one obligation: what it comes to once its day is there and its entries are known."""
    rests = [e for e in entries if str(e["date"]) in line["rests_on"].split()]
    rests = [e for e in rests if e["reading"] in (line["reading"], "undisputed")]
    begun = date.fromisoformat(line["from"]) <= query.as_of
    verdict: Verdict = "cannot be decided"
    why: tuple[str, ...] = ()
    if begun and rests:
        verdict = line["verdict"]  # type: ignore[assignment]
    elif not begun:
        why = (f"this reading comes to {line['verdict']} from {line['from']}",)
    else:
        why = ("nobody was on record with it by then",)
    if verdict == "breaches" and line["turns_on"]:
        why = (f"it turns on: {line['turns_on']}",)
    about = dispute()["readings"][line["reading"]]
    parts = tuple(_entry(e) for e in rests)
    name, article = f"istanbul.{obligation['id']}", _article(obligation)
    step = Step(name, article, (_text(obligation),), about, verdict, parts)
    turns = tuple(line["turns_on"].split("; ")) if line["turns_on"] else ()
    details = (("turns_on", turns), ("note", line["note"]))
    return Finding(
        "istanbul", name, line["party"], None, None, query.as_of, query.known_at, line["reading"],
        verdict, None, step, "", details, why,
    )  # fmt: skip


def _record(
    query: Query,
    obligation: Mapping[str, Any],
    party: str,
    entries: Sequence[Mapping[str, Any]],
    same: Verdict | None,
) -> Finding:
    """The undisputed record alone: it decides only where both readings come to the same."""
    told = tuple(_entry(e) for e in entries if e["reading"] == "undisputed")
    verdict: Verdict = same if same is not None and told else "cannot be decided"
    why = () if verdict != "cannot be decided" else ("the undisputed record does not decide it",)
    about = dispute()["readings"]["undisputed"]
    name, article = f"istanbul.{obligation['id']}", _article(obligation)
    step = Step(name, article, (_text(obligation),), about, verdict, told)
    return Finding(
        "istanbul", name, party, None, None, query.as_of, query.known_at,
        None, verdict, None, step, "", (("turns_on", ()),), why,
    )  # fmt: skip


def _text(obligation: Mapping[str, Any]) -> Operand:
    due = str(obligation.get("extended_to") or obligation["due"])
    return Operand(
        "text",
        str(obligation["text"]),
        source=str(obligation["source"]),
        status=str(obligation["status"]),
        version=f"due {due}",
        note=str(obligation.get("status_note") or ""),
    )


def _article(obligation: Mapping[str, Any]) -> str:
    return f"Istanbul 1999, {obligation['id']}"


def _entry(entry: Mapping[str, Any]) -> Step:
    day = str(entry["date"])
    operand = Operand(
        str(entry["by"]),
        str(entry["says"]),
        source=str(entry["source"]),
        status=str(entry["status"]),
        version=f"{day}{' (day not given)' if is_coarse(day) else ''}",
        note=str(entry.get("status_note") or ""),
    )
    return Step(f"on record, {entry['reading']}", "", (operand,), "", day)


def _readings() -> tuple[Reading, ...]:
    data = dispute()
    choices = {
        name: tuple((str(o["operand"]), str(o[name])) for o in data["operands_that_separate_them"])
        for name in ("linked", "separate")
    }
    return (
        Reading(None, str(data["readings"]["undisputed"]), (), FILE, "read"),
        *(Reading(n, str(data["readings"][n]), choices[n], FILE, "read") for n in ("linked", "separate")),
    )


ACCORD = Accord(
    name="istanbul",
    title="The Istanbul commitments of 1999 and the link to ratification",
    force="political",
    withdrawal=Clause("none provided: commitments of a summit and of a final act", "", "memory", "assumed"),
    disputes=Clause("the Organization's Permanent Council; no judge", "", "memory", "assumed"),
    remedy=Clause(
        "none is named; one side withheld ratification, the other suspended the treaty of 1990",
        "",
        "istanbul.yaml; events.csv of 12 December 2007",
        "read",
    ),
    readings=_readings(),
    judge=judge,
)
