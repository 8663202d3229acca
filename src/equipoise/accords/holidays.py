"""Days off as data: a CSV file of one's own, since no accord that was read says whose working days are meant.

Without one a working day is Monday to Friday. With one, its days are no working days either.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from equipoise.accords.dates import day_of
from equipoise.accords.messages import bad_input
from equipoise.scenario import read_csv

COLUMNS = ("day", "name", "source")


def read_holidays(path: str) -> frozenset[date]:
    """The days off of one file. InputError with line and field for the first fault in it."""
    table = read_csv(Path(path), COLUMNS)
    found: set[date] = set()
    for row, line in zip(table.rows, table.lines, strict=True):
        day = day_of(row["day"], file=path, line=line, field="day")
        if day is None:
            raise bad_input("declaration-missing", file=path, line=line, field="day", name="day")
        found.add(day)
    return frozenset(found)
