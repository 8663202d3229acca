"""A person's own declarations: one CSV file, every fault told with its line and field.

They stand beside the facts that ship. Two of one date that differ make an interval; a later statement by the
same declarer corrects the earlier one.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from equipoise.accords.dates import day_of
from equipoise.accords.exceptions import DISPOSAL, FOR_A_TIME, TRANSIT
from equipoise.accords.facts import WHOLE_AREA, Declaration, Facts
from equipoise.accords.forces.presence import PERMANENT, ROTATING
from equipoise.accords.messages import bad_input
from equipoise.accords.stationed import EXERCISE
from equipoise.accords.tables import whole
from equipoise.scenario import did_you_mean, read_csv

COLUMNS = (
    "party", "category", "zone", "state", "value", "low", "high", "as_of", "declared_at", "declared_by",
    "source",
)  # fmt: skip
STATES = ("active", "stored", DISPOSAL, TRANSIT, FOR_A_TIME, PERMANENT, ROTATING, EXERCISE)
"""The words for the state of a unit, or for a stay; an empty cell is pieces in any state."""
MOST_PIECES = 1_000_000_000
"""No sum of so many is beyond the whole numbers that JSON holds exactly (RFC 8785, section 3.2.2.3)."""
BOM = b"\xef\xbb\xbf"
SCHEMA: tuple[tuple[str, str, str], ...] = (
    ("party", "required", "a State or group of States, as `equipoise keep schema` lists them"),
    ("category", "required", "a category of the treaty, as listed"),
    (
        "zone",
        "may be empty",
        "a zone or a host's land, as listed; a sea, or the name of an exercise; empty is the whole area",
    ),
    ("state", "may be empty", "a state of a unit, as listed; empty is pieces in any state"),
    ("value", "value, or low and high", "a whole number of pieces, zero or more"),
    ("low", "value, or low and high", "at least so many; empty with `high` given is zero"),
    ("high", "value, or low and high", "at most so many; empty with `low` given is not known"),
    ("as_of", "required", "the day on which it is true, YYYY-MM-DD"),
    ("declared_at", "may be empty", "the day on which it was declared; empty is the same day"),
    ("declared_by", "may be empty", "who says so, any name; empty is the party itself"),
    ("source", "may be empty", "where it can be read"),
)
"""Each column: its name, whether it must be filled, and what it means."""


def read_declarations(path: str, facts: Facts) -> tuple[Declaration, ...]:
    """The declarations of one file. InputError with line and field for the first fault in it.

    The file is UTF-8 without a byte order mark, with commas, and within the size that is read of any file.
    """
    _refuse_spreadsheets(Path(path))
    table = read_csv(Path(path), COLUMNS)
    found = []
    for row, line in zip(table.rows, table.lines, strict=True):
        cells = {name: "" if cell is None else str(cell).strip() for name, cell in row.items()}
        found.append(_declaration(cells, {"file": path, "line": line}, facts))
    return tuple(found)


def check_party(name: str, facts: Facts, **where: Any) -> str:
    """The name, if a ceiling, a declaration or a group has it. InputError ``unknown-party-of-accord``."""
    return _known(name, facts.parties, "unknown-party-of-accord", **where)


def check_category(name: str, facts: Facts, **where: Any) -> str:
    """The name, if a ceiling or a declaration has it. InputError ``unknown-category``."""
    return _known(name, facts.categories, "unknown-category", **where)


def _declaration(cells: dict[str, str], where: dict[str, Any], facts: Facts) -> Declaration:
    for name in ("party", "category", "as_of"):
        if not cells[name]:
            raise bad_input("declaration-missing", field=name, name=name, **where)
    party = check_party(cells["party"], facts, field="party", **where)
    category = check_category(cells["category"], facts, field="category", **where)
    zone = cells["zone"] or WHOLE_AREA
    state = cells["state"].lower().replace(" ", "_")
    if state:
        _known(state, STATES, "unknown-state", field="state", **where)
    if state != EXERCISE and category not in facts.further_kinds:
        _known(zone, (*facts.zones, *hosts(facts)), "unknown-zone", field="zone", **where)
    low, high = _bounds(cells, where)
    as_of = day_of(cells["as_of"], field="as_of", **where)
    declared_at = day_of(cells["declared_at"], field="declared_at", **where)
    assert as_of is not None
    return Declaration(
        party=party,
        category=category,
        zone=zone,
        state=state,
        low=low,
        high=high,
        as_of=as_of,
        declared_at=declared_at or as_of,
        declared_by=cells["declared_by"] or party,
        status="reported",
        source=cells["source"],
    )


def hosts(facts: Facts) -> tuple[str, ...]:
    """Lands in which forces are looked at: States of the sides and groups, and the areas of restraint."""
    states = {m.member for m in (*facts.sides, *facts.memberships)} | {a.name for a in facts.areas}
    return tuple(sorted(states - set(facts.zones)))


def _bounds(cells: dict[str, str], where: dict[str, Any]) -> tuple[int, int | None]:
    """At least and at most; one value is both."""
    read = {name: _pieces(cells[name], name, where) for name in ("value", "low", "high")}
    value, low, high = read["value"], read["low"], read["high"]
    if value is None and low is None and high is None:
        raise bad_input("declaration-empty", field="value", **where)
    if value is not None and (low is not None or high is not None):
        raise bad_input("declaration-twice", field="value", **where)
    if value is not None:
        return value, value
    if low is not None and high is not None and low > high:
        raise bad_input("declaration-upside-down", field="low", low=low, high=high, **where)
    return low or 0, high


def _pieces(text: str, name: str, where: dict[str, Any]) -> int | None:
    number = whole(text, field=name, **where)
    if number is not None and number > MOST_PIECES:
        raise bad_input("too-many-pieces", field=name, found=text, limit=MOST_PIECES, **where)
    return number


def _known(name: str, known: Sequence[str], id: str, **where: Any) -> str:
    if name in known:
        return name
    some = ", ".join(known if len(known) < 24 else (*known[:20], "..."))
    raise bad_input(id, found=name, nearest=did_you_mean(name, known), known=some, **where)


def _refuse_spreadsheets(path: Path) -> None:
    """A byte order mark or semicolons, as spreadsheets write them, told as what they are."""
    if not path.is_file():
        return
    with path.open("rb") as file:
        head = file.readline(10_000)
    if head.startswith(BOM):
        raise bad_input("csv-byte-order-mark", file=str(path), line=1)
    for sign, name in ((b";", "semicolon"), (b"\t", "tab")):
        if head.count(sign) > head.count(b",") and b"party" in head:
            raise bad_input("csv-other-separator", file=str(path), line=1, found=name)


def schema_json(facts: Facts) -> dict[str, Any]:
    """The columns and every word that may stand in them, as plain data."""
    return {
        "columns": [{"name": n, "needed": needed, "meaning": means} for n, needed, means in SCHEMA],
        "parties": list(facts.parties),
        "categories": list(facts.categories),
        "zones": [
            {"name": z.name, "within": z.within or z.same_as or None, "says": z.says}
            for z in facts.zones.values()
        ],
        "hosts": list(hosts(facts)),
        "states": list(STATES),
        "example": ",".join(COLUMNS) + "\n" + EXAMPLE,
    }


EXAMPLE = "Belgium,battle_tanks,,,300,,,2012-01-01,2011-12-15,,annual exchange\n"
"""One row, as it may stand in a file."""
