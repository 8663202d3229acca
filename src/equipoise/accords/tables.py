"""Reading the tables of the accords as they ship, the catalogue's through the readers of ``scenario``.

Small tables of this room say what the catalogue's tables leave to the reader: who belongs to which group,
which zone lies in which, and which events change the duties between whom.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from equipoise.accords.dates import day_of
from equipoise.accords.facts import WHOLE_AREA, Act, Ceiling, Declaration, Event, Facts, Membership, Zone
from equipoise.accords.messages import bad_input
from equipoise.accords.parameters import ParameterStore, leaves
from equipoise.accords.stationed import (
    load_activities,
    load_areas,
    load_further_states,
    load_kinds,
    load_stationed,
)
from equipoise.scenario import fact_path, read_csv, read_yaml

_SECOND_HAND, _OUTSIDERS = ("derived", "reported"), "outsiders, as the source has it"
"""Figures of these statuses were worked out or told by others, whoever they are about."""
_OWN = Path(__file__).resolve().parent / "data"
CEILING_COLUMNS = (
    "regime", "party", "category", "zone", "kind", "limit", "in_active_units_limit", "valid_from", "valid_to",
    "in_force", "status", "check", "source", "note",
)  # fmt: skip
HOLDING_COLUMNS = (
    "party", "zone", "category", "as_of", "holdings", "declared_at", "declared_by", "status", "claimed_by",
    "source", "note",
)  # fmt: skip


@cache
def load_facts() -> Facts:
    """The facts that ship with the program; the same value each time."""
    events = _events()
    parameters = fact_path("accords", "parameters.yaml")
    return Facts(
        ceilings=tuple(_ceilings()),
        declarations=(*_holdings(), *(Declaration(*told) for told in load_activities())),
        events=events,
        parameters=ParameterStore.of(leaves(read_yaml(parameters).data, parameters.name), parameters.name),
        memberships=tuple(_memberships("groups.csv")),
        zones=MappingProxyType({z.name: z for z in _zones()}),
        acts=_acts(events),
        sides=tuple(_memberships("sides.csv")),
        stationed=load_stationed(),
        areas=load_areas(),
        further_kinds=load_kinds(),
        further_states=load_further_states(),
    )


def rows(name: str, columns: tuple[str, ...], *, own: bool = False) -> Iterable[tuple[dict[str, str], int]]:
    """The rows of one table as text (empty for unknown), each with its line; ``own`` for this room's."""
    table = read_csv(_OWN / name if own else fact_path("accords", name), columns)
    for row, line in zip(table.rows, table.lines, strict=True):
        yield {key: "" if cell is None else str(cell) for key, cell in row.items()}, line


def whole(text: str, **where: Any) -> int | None:
    """A whole number of pieces, at least zero; None for an empty cell. InputError ``not-whole``."""
    if text.strip() == "":
        return None
    if not (text.strip().isascii() and text.strip().isdecimal()):
        raise bad_input("not-whole", found=text, **where)
    return int(text)


def _ceilings() -> Iterable[Ceiling]:
    for row, line in rows("ceilings.csv", CEILING_COLUMNS):
        where = {"file": "ceilings.csv", "line": line}
        yield Ceiling(
            regime=row["regime"],
            party=row["party"],
            category=row["category"],
            zone=row["zone"],
            kind="minimum" if row["kind"] == "minimum" else "maximum",
            limit=whole(row["limit"], field="limit", **where),
            active_limit=whole(row["in_active_units_limit"], field="in_active_units_limit", **where),
            valid_from=day_of(row["valid_from"], file="ceilings.csv", line=line, field="valid_from"),
            valid_to=day_of(row["valid_to"], file="ceilings.csv", line=line, field="valid_to"),
            in_force=row["in_force"],  # type: ignore[arg-type]
            status=row["status"],
            source=row["source"],
            note=row["note"],
        )


def _holdings() -> Iterable[Declaration]:
    for row, line in rows("holdings.csv", HOLDING_COLUMNS):
        as_of = day_of(row["as_of"], file="holdings.csv", line=line, field="as_of")
        held = whole(row["holdings"], file="holdings.csv", line=line, field="holdings")
        if as_of is None or held is None:
            continue
        yield Declaration(
            party=row["party"],
            category=row["category"],
            zone=row["zone"] or WHOLE_AREA,
            state="",
            low=held,
            high=held,
            as_of=as_of,
            declared_at=day_of(row["declared_at"], file="holdings.csv", line=line, field="declared_at")
            or as_of,
            declared_by=row["declared_by"] or (_OUTSIDERS if row["status"] in _SECOND_HAND else row["party"]),
            status=row["status"],
            source=row["source"],
            note=row["note"],
        )


def _events() -> tuple[Event, ...]:
    columns = ("date", "regime", "event", "status", "source")
    return tuple(
        Event(date.fromisoformat(row["date"]), row["regime"], row["event"], row["status"], row["source"])
        for row, _ in rows("events.csv", columns)
    )


def _memberships(table: str) -> Iterable[Membership]:
    for row, _ in rows(table, ("group", "member", "from", "to", "status", "source"), own=True):
        until = date.fromisoformat(row["to"]) if row["to"] else None
        since = date.fromisoformat(row["from"])
        yield Membership(row["group"], row["member"], since, until, row["status"], row["source"])


def _zones() -> Iterable[Zone]:
    for row, _ in rows("zones.csv", ("zone", "within", "same_as", "says", "status", "source"), own=True):
        yield Zone(row["zone"], row["within"], row["same_as"], row["says"], row["status"], row["source"])


def _acts(events: tuple[Event, ...]) -> tuple[Act, ...]:
    """Each act rests on an event of the catalogue, named by its day and regime."""
    by_key = {(e.day, e.regime): e for e in events}
    columns = (
        "date", "regimes", "kind", "by", "toward", "covers", "answers", "certain", "event_date",
        "event_regime", "note",
    )  # fmt: skip
    found = []
    for row, _ in rows("acts.csv", columns, own=True):
        day = date.fromisoformat(row["date"])
        found.append(
            Act(
                day=day,
                regimes=tuple(row["regimes"].split()),
                kind=row["kind"],
                by=row["by"],
                toward=row["toward"],
                covers=row["covers"],
                answers=row["answers"] == "yes",
                certain=row["certain"] != "no",
                note=row["note"],
                event=by_key[(date.fromisoformat(row["event_date"]), row["event_regime"])],
            )
        )
    return tuple(found)
