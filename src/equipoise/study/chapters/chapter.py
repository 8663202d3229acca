"""What a chapter is: a heading, paragraphs, figures with their captions, tables to read and tables as "
"data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from equipoise.study.captions import Caption
from equipoise.study.sections import Grid
from equipoise.study.tables import Table

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Drawing:
    """One figure, drawn. The caption's number is given by the page."""

    caption: Caption
    svg: str


@dataclass(frozen=True)
class Chapter:
    """One section of the page. ``shown`` tables stand open, ``folded`` ones behind their title.

    ``tables`` are the figures' and tables' rows for ``data/``; a caption names one of them.
    """

    id: str
    title: str
    paragraphs: tuple[str, ...]
    drawings: tuple[Drawing, ...]
    shown: tuple[Grid, ...]
    folded: tuple[Grid, ...]
    tables: tuple[Table, ...]

    def plain(self) -> dict[str, Any]:
        """As mappings, lists, words and numbers."""
        return asdict(self)

    @classmethod
    def from_plain(cls, data: dict[str, Any]) -> Chapter:
        """The chapter that ``plain`` wrote. KeyError or TypeError where it is not one."""
        return cls(
            data["id"],
            data["title"],
            tuple(data["paragraphs"]),
            tuple(Drawing(Caption(**d["caption"]), d["svg"]) for d in data["drawings"]),
            tuple(_grid(g) for g in data["shown"]),
            tuple(_grid(g) for g in data["folded"]),
            tuple(Table(t["name"], tuple(t["header"]), tuple(map(tuple, t["rows"]))) for t in data["tables"]),
        )


def _grid(data: dict[str, Any]) -> Grid:
    return Grid(data["title"], tuple(data["heads"]), tuple(map(tuple, data["rows"])), data["note"])
