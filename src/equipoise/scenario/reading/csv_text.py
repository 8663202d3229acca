"""CSV to rows of text with the line of every row; an empty cell is unknown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from equipoise.scenario.messages import fault
from equipoise.scenario.reading.names import did_you_mean
from equipoise.scenario.reading.yaml_text import Document, decode, read_bytes


@dataclass(frozen=True)
class Table:
    """The rows of one CSV file as mappings, and the line each begins on."""

    rows: tuple[dict[str, str | float | None], ...]
    lines: tuple[int, ...]
    columns: tuple[str, ...]
    file: str

    def document(self) -> Document:
        """As data with a place for each cell: the column is the cell's number in its row."""
        marks: dict[tuple[str | int, ...], tuple[int, int]] = {}
        for number, line in enumerate(self.lines):
            marks[(number,)] = (line, 1)
            marks.update({(number, name): (line, at + 1) for at, name in enumerate(self.columns)})
        return Document(list(self.rows), marks, self.file)


def read_header(path: Path) -> list[str]:
    """The column names of a CSV file; empty where it has none."""
    return next(csv.reader(io.StringIO(decode(read_bytes(path), str(path)), newline="")), [])


def read_csv(path: Path, columns: Sequence[str], numbers: Sequence[str] = ()) -> Table:
    """Rows of the file under exactly these ``columns`` in any order; those in ``numbers`` become floats.

    An empty cell becomes None. InputError with line and column name for every fault.
    """
    file = str(path)
    reader = csv.reader(io.StringIO(decode(read_bytes(path), file), newline=""))
    every = _rows(reader, file)
    header = next(every, None)
    if not header:
        raise fault("csv-empty", file=file, line=1)
    _check_header(header, columns, file)
    rows: list[dict[str, str | float | None]] = []
    lines: list[int] = []
    before = reader.line_num
    for cells in every:
        line, before = before + 1, reader.line_num
        if not cells:
            continue
        if len(cells) != len(header):
            raise fault("csv-wrong-cells", file=file, line=line, found=len(cells), wanted=len(header))
        rows.append(
            {
                name: _cell(text, name in numbers, (file, line, at + 1, name))
                for at, (name, text) in enumerate(zip(header, cells, strict=True))
            }
        )
        lines.append(line)
    return Table(tuple(rows), tuple(lines), tuple(header), file)


def _rows(reader: Any, file: str) -> Iterator[list[str]]:
    """The reader's rows; a cell beyond its limit is told with its line."""
    try:
        yield from reader
    except csv.Error as error:
        limit = csv.field_size_limit()
        raise fault("csv-cell-too-long", file=file, line=reader.line_num, limit=limit) from error


def _check_header(header: list[str], columns: Sequence[str], file: str) -> None:
    for at, name in enumerate(header):
        if name in header[:at]:
            raise fault("csv-duplicate-column", file=file, line=1, column=at + 1, name=name)
        if name not in columns:
            raise fault(
                "csv-unknown-column",
                file=file,
                line=1,
                column=at + 1,
                name=name,
                nearest=did_you_mean(name, columns),
                known=", ".join(columns),
            )
    for name in columns:
        if name not in header:
            raise fault("csv-missing-column", file=file, line=1, name=name)


def _cell(text: str, number: bool, place: tuple[str, int, int, str]) -> str | float | None:
    if text.strip() == "":
        return None
    if not number:
        return text
    file, line, column, name = place
    try:
        value = float(text)
    except ValueError as error:
        raise fault(
            "csv-not-a-number", file=file, line=line, column=column, field=name, found=text
        ) from error
    if value != value or value in (float("inf"), float("-inf")):
        raise fault("csv-not-a-number", file=file, line=line, column=column, field=name, found=text)
    return value
