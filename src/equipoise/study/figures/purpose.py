"""The purpose test in one drawing: people newly met on the left, flights reached on the right, a row a "
"site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from equipoise.study.figures.style import (
    FAINT,
    INK,
    PAPER,
    PARTY_COLOURS,
    PARTY_MARKS,
    QUIET,
    look,
    new_figure,
    wrapped,
)

FILLS: dict[str, dict[str, Any]] = {
    "as proposed": {"fillstyle": "full"},
    "mirrored": {"fillstyle": "left", "markerfacecoloralt": PAPER},
    "farther": {"fillstyle": "none"},
}
"""A place as proposed, its mirrored and its farther comparison."""
NOT_COMPUTED = "not computed: no sensor in the facts"
"""Stands where people would, if the facts held the sensors that the place rests on."""


@dataclass(frozen=True)
class Spot:
    """One place of one row: people newly met (millions), share reached after burnout and at worst (%).

    People are None where they are not computed, and words stand in their place.
    """

    kind: str
    people_millions: float | None
    after_burnout: float
    worst: float


@dataclass(frozen=True)
class SiteRow:
    """One site: its label, its owner's index, and its spots, as proposed first."""

    label: str
    owner: int
    spots: tuple[Spot, ...]


def purpose_figure(rows: Sequence[SiteRow], parties: Sequence[str]) -> Figure:
    """Two panels with one row a site; a thin line runs from a site to its comparisons."""
    with look():
        height = 1.6 + 0.36 * max(len(rows), 1)
        figure = new_figure(10.0, height)
        left, right = (figure.add_axes((x, 1.0 / height, 0.325, 1 - 1.3 / height)) for x in (0.315, 0.66))
        most = max((s.people_millions or 0.0 for r in rows for s in r.spots), default=1.0)
        for y, row in enumerate(rows):
            _row(left, -y, row, "people_millions")
            _row(right, -y, row, "worst")
            for axes in (left, right):
                axes.axhline(-y - 0.5, color=FAINT, linewidth=0.4, zorder=0)
        left.set_xlim(-0.04 * most, 1.1 * max(most, 1.0))
        right.set_xlim(-4.0, 104.0)
        for axes in (left, right):
            axes.set_ylim(-len(rows) + 0.45, 0.6)
            axes.grid(axis="x", color=FAINT, linewidth=0.4)
            axes.tick_params(axis="x", labelsize=7.5)
        left.set_yticks([-y for y in range(len(rows))], [wrapped(r.label, 52, 1) for r in rows], fontsize=7)
        right.set_yticks([-y for y in range(len(rows))], [])
        left.set_xlabel("people of the owner newly met (millions)", fontsize=8)
        right.set_xlabel("flights of the other's deterrent reached at worst (%)", fontsize=8)
        figure.legend(handles=_legend(parties), loc="lower center", ncols=4, fontsize=7.5)
    return figure


def _row(axes: Axes, y: int, row: SiteRow, field: str) -> None:
    colour, mark = PARTY_COLOURS[row.owner], PARTY_MARKS[row.owner]
    values = [getattr(s, field) for s in row.spots]
    lanes = [0.2 * (1 - k) if len(values) > 1 else 0.0 for k in range(len(values))]
    if None in values:
        axes.text(0.0, y, NOT_COMPUTED, fontsize=7, color=INK, va="center", zorder=3)
        return
    axes.plot(values, [y + lane for lane in lanes], color=QUIET, linewidth=0.6, zorder=1)
    for spot, value, lane in zip(row.spots, values, lanes, strict=True):
        axes.plot(
            value,
            y + lane,
            mark,
            markersize=4.6,
            color=colour,
            markeredgewidth=0.9,
            zorder=3,
            **FILLS[spot.kind],
        )
        if field == "worst" and spot.after_burnout > 0.05:
            axes.plot(spot.after_burnout, y + lane, "|", markersize=5, color=INK, zorder=4)


def _legend(parties: Sequence[str]) -> list[Line2D]:
    made = [
        Line2D([], [], linestyle="", marker=PARTY_MARKS[i], markersize=5, color=PARTY_COLOURS[i],
               label=f"{name}'s interceptors, {kind}", **fill)
        for i, name in enumerate(parties)
        for kind, fill in FILLS.items()
    ]  # fmt: skip
    made.append(
        Line2D([], [], linestyle="", marker="|", markersize=6, color=INK, label="the same after burnout")
    )
    return made
