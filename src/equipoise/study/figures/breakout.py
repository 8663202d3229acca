"""Breakout drawn: speeds declared beside the least that reach; the ceiling as a share of warheads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from equipoise.study.figures.style import (
    FAINT,
    INK,
    PAPER,
    PARTY_COLOURS,
    PARTY_LINES,
    PARTY_MARKS,
    QUIET,
    look,
    new_figure,
    wrapped,
)

FASTEST_KM_S = 12.0
ANY_KM_S = 0.05
"""Below this any speed reaches: the flight ends where the interceptor stands."""
_AFTER: dict[str, Any] = {"fillstyle": "left", "markerfacecoloralt": PAPER}
_WORST: dict[str, Any] = {"fillstyle": "none"}


@dataclass(frozen=True)
class SpeedRow:
    """One architecture: its declared speeds, and the least that reaches after burnout and at worst (km/s).

    None where none under 12 km/s does. ``capped`` are the same with a flight cap of 600 s.
    """

    label: str
    owner: int
    declared: tuple[float, ...]
    after_burnout: float | None
    worst: float | None
    capped: tuple[float | None, float | None]


def speed_figure(rows: Sequence[SpeedRow], parties: Sequence[str]) -> Figure:
    """One line an architecture: filled marks are declared speeds, open ones the least that reach."""
    with look():
        height = 1.5 + 0.36 * max(len(rows), 1)
        figure = new_figure(10.0, height)
        axes = figure.add_axes((0.3, 0.95 / height, 0.68, 1 - 1.2 / height))
        for y, row in enumerate(rows):
            _speeds(axes, -y, row)
            axes.axhline(-y - 0.5, color=FAINT, linewidth=0.4, zorder=0)
        axes.set_yticks([-y for y in range(len(rows))], [wrapped(r.label, 50, 1) for r in rows], fontsize=7)
        axes.set_ylim(-len(rows) + 0.45, 0.6)
        axes.set_xlim(0.0, FASTEST_KM_S + 0.3)
        axes.grid(axis="x", color=FAINT, linewidth=0.4)
        axes.tick_params(axis="x", labelsize=7.5)
        axes.set_xlabel("speed of the interceptors relative to the Earth, at burnout (km/s)", fontsize=8)
        figure.legend(handles=_speed_legend(rows, parties), loc="lower center", ncols=3, fontsize=7.5)
    return figure


def _speeds(axes: Any, y: int, row: SpeedRow) -> None:
    colour, mark = PARTY_COLOURS[row.owner], PARTY_MARKS[row.owner]
    looks = ((row.after_burnout, row.capped[0], 0.16, _AFTER), (row.worst, row.capped[1], -0.16, _WORST))
    for speed in row.declared:
        axes.plot(speed, y, mark, markersize=5, color=colour, zorder=4)
    for least, capped, lane, fill in looks:
        x = FASTEST_KM_S if least is None else least
        shape = ">" if least is None else mark
        axes.plot([max(row.declared), x], [y + lane] * 2, color=QUIET, linewidth=0.6, zorder=1)
        axes.plot(x, y + lane, shape, markersize=5, color=colour, markeredgewidth=1.0, zorder=3, **fill)
        if least is not None and least < ANY_KM_S:
            axes.text(
                x + 0.12,
                y + lane,
                "any speed",
                fontsize=6,
                color=colour,
                va="center",
                bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.5},
                zorder=2,
            )
        if capped is not None and least is not None and capped - least > 0.05:
            axes.plot(capped, y + lane, "|", markersize=6, color=INK, zorder=4)


def _speed_legend(rows: Sequence[SpeedRow], parties: Sequence[str]) -> list[Line2D]:
    made = []
    for index in sorted({r.owner for r in rows}):
        look_of: dict[str, Any] = {
            "linestyle": "", "marker": PARTY_MARKS[index], "markersize": 5, "color": PARTY_COLOURS[index],
        }  # fmt: skip
        name = parties[index]
        made += [
            Line2D([], [], label=f"{name}'s interceptors, as declared", **look_of),
            Line2D([], [], label="least that reaches, after burnout", **look_of, **_AFTER),
            Line2D([], [], label="least that reaches, at worst", **look_of, **_WORST),
        ]
    made.append(
        Line2D([], [], linestyle="", marker="|", color=INK, label="the same with a flight cap of 600 s")
    )
    made.append(Line2D([], [], linestyle="", marker=">", color=QUIET, label="none under 12 km/s reaches"))
    return made


@dataclass(frozen=True)
class ShareCurve:
    """The most warheads that an owner's interceptors could meet, were they to reach."""

    label: str
    owner: int
    met_at_most: int
    more: bool = False
    """True where batteries without a declared number are left out."""
    reaches: bool = True
    """False where as declared nothing is reached even at worst: the curve is then of numbers alone."""


def share_figure(curves: Sequence[ShareCurve], stated_share: float | None, parties: Sequence[str]) -> Figure:
    """Share of the warheads there to be met that the ceiling is, against how many there are."""
    with look():
        figure = new_figure(10.0, 4.4)
        axes = figure.add_axes((0.08, 0.13, 0.6, 0.82))
        totals = np.geomspace(10.0, 3000.0, 200)
        styles: tuple[Any, ...] = ((), (6, 2), (2, 2), (6, 2, 1, 2), (1, 2))
        for k, curve in enumerate(curves):
            share = 100.0 * np.minimum(1.0, curve.met_at_most / totals)
            line: dict[str, Any] = {
                "color": PARTY_COLOURS[curve.owner],
                "linewidth": 1.3 if curve.reaches else 0.6,
            }
            drawn = axes.plot(totals, share, label=_of(curve, parties), **line)[0]
            drawn.set_dashes(styles[k % len(styles)]) if styles[k % len(styles)] else None
        if stated_share is not None:
            axes.axhline(100.0 * stated_share, color=INK, linewidth=0.9, linestyle=PARTY_LINES[1])
            axes.text(3000.0, 104.0 * stated_share, "stated share", fontsize=7.5, ha="right", va="bottom")
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xlim(10.0, 3000.0)
        axes.set_ylim(0.1, 110.0)
        axes.set_xticks([10, 30, 100, 300, 1000, 3000], ["10", "30", "100", "300", "1,000", "3,000"])
        axes.set_yticks([0.1, 1, 10, 100], ["0.1", "1", "10", "100"])
        axes.minorticks_off()
        axes.grid(color=FAINT, linewidth=0.4)
        axes.tick_params(labelsize=7.5)
        axes.set_xlabel("warheads there to be met", fontsize=8)
        axes.set_ylabel("met at most (%)", fontsize=8)
        axes.legend(loc="upper left", bbox_to_anchor=(1.02, 1.0), fontsize=7.5)
    return figure


def _of(curve: ShareCurve, parties: Sequence[str]) -> str:
    number = f"{curve.met_at_most}{' and those not declared' if curve.more else ''}"
    none = "" if curve.reaches else "; reaches nothing at worst, so that it meets none"
    return wrapped(f"{curve.label} ({parties[curve.owner]}): {number}{none}", 44, 4)
