"""The small wrong files and edits, and the message that each must give: shared by two tests."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

BAD = Path(__file__).parent / "bad"
HEADER = re.compile(r"# fault: ([\w-]+)(?: on line (\d+))?")

CSV = {
    "sites_duplicate_column.csv": ("csv-duplicate-column", 1, None),
    "sites_empty.csv": ("csv-empty", 1, None),
    "sites_ends_before_it_starts.csv": ("validity-upside-down", 2, "to"),
    "sites_latitude_95.csv": ("latitude-out-of-range", 2, "lat_deg"),
    "sites_missing_column.csv": ("csv-missing-column", 1, None),
    "sites_not_a_number.csv": ("csv-not-a-number", 3, "lon_deg"),
    "sites_too_many_cells.csv": ("csv-wrong-cells", 2, None),
    "sites_unknown_column.csv": ("csv-unknown-column", 1, None),
    "sites_wrong_date.csv": ("not-a-date", 2, "from"),
}
"""File, message, line, field: a CSV file has no comments to say it in."""


@dataclass(frozen=True)
class Edit:
    """One wrong word in the starter scenario: the message that it must give, on the line where it stands."""

    id: str
    old: str
    new: str


EDITS = (
    Edit("unknown-missile", "missiles: [lance]", "missiles: [lanze]"),
    Edit("unknown-launch-area", "launch_areas: [cindra-north]", "launch_areas: [cindra-south]"),
    Edit("unknown-interceptor", "{interceptor: targe,", "{interceptor: target,"),
    Edit("unknown-claim", "claim: targe/east-s-statement", "claim: targe/west-s-statement"),
    Edit("unknown-site", "site: east-hill,", "site: east-hall,"),
    Edit("unknown-sea-area", "sea_area: the-strait,", "sea_area: the-straits,"),
    Edit("unknown-sensor", "sensors_added: [east-eye]", "sensors_added: [east-ear]"),
    Edit("unknown-architecture", "joins: [west-own, east-own]", "joins: [west-own, eastern]"),
    Edit("unknown-member", "owner: Osterholm\n  kind: radar", "owner: Osterholt\n  kind: radar"),
    Edit("unknown-party", "{party: East, areas", "{party: Eest, areas"),
    Edit("unknown-statement", "speakers: {}", "speakers: {east-boats: East}"),
    Edit("unknown-party", "speakers: {}", "speakers: {east-ships: Eest}"),
    Edit("unknown-party", "{party: West, sentence", "{party: Wist, sentence"),
    Edit("unknown-end", "ends: {}  ", "ends: {washingtn: Westermark}  "),
    Edit("unknown-drag-table", "drag_table: slender", "drag_table: slim"),
    Edit("wrong-word", "state: tested ", "state: testet "),
    Edit("wrong-word", "class: ship-exo-large", "class: ship-exo-huge"),
    Edit("duplicate-id", "- {id: east-hill, name", "- {id: west-hill, name"),
    Edit("battery-place", "site: west-hill, sea_area: null", "site: west-hill, sea_area: the-strait"),
    Edit("not-a-date", 'as_of: "2030-01-01"', "as_of: soon"),
    Edit(
        "wrong-count",
        "area: {kind: point, lat_deg: -32.5, lon_deg: 69.5}",
        "area: {kind: point, lat_deg: -32.5, lon_deg: [1, 2]}",
    ),
    Edit("too-few", "members:\n  - {country: XE", "members: []\n  # - {country: XE"),
    Edit(
        "wrong-value",
        "area: {kind: point, lat_deg: -32.5, lon_deg: 69.5}",
        "area: {kind: disc, lat_deg: -32.5, lon_deg: 69.5}",
    ),
)


def bad_files() -> list[Path]:
    """Every file of ``bad/``."""
    return sorted(BAD.iterdir())


def expected(path: Path) -> tuple[str, int | None, str | None]:
    """(message, line, field) that a file says of itself, or the table above says of it."""
    if path.name in CSV:
        return CSV[path.name]
    found = HEADER.match(path.read_bytes().split(b"\n")[0].decode())
    assert found is not None, f"{path.name} does not say its fault on its first line"
    return found[1], int(found[2]) if found[2] else None, None


def edited(text: str, edit: Edit) -> tuple[str, int]:
    """The text with the edit made at its first place, and the line on which it stands."""
    at = text.index(edit.old)
    return text.replace(edit.old, edit.new, 1), text.count("\n", 0, at) + 1
