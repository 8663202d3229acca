"""Margins of the guarantees, in seconds and in km/s: both parties' deterrents in the same drawing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from equipoise.guarantee import AFTER_BURNOUT, AS_DECLARED, LADDER, WORST_CASE, Guarantee
from equipoise.scenario import Architecture
from equipoise.study import wording
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
from equipoise.study.follows import any_speed
from equipoise.study.types import Study

SECONDS_SHOWN, SPEED_SHOWN = 900.0, 4.0
"""Margins beyond these stand at the edge with an arrow; the table has the number."""
_LANE = 0.24
_FILLS: dict[str, dict[str, Any]] = {
    AS_DECLARED: {"fillstyle": "full"},
    AFTER_BURNOUT: {"fillstyle": "left", "markerfacecoloralt": PAPER},
    WORST_CASE: {"fillstyle": "none"},
}
Line = tuple[Architecture, int, tuple[Guarantee, ...]]
"""An architecture, the index of the party whose deterrent it is about, and its verdicts."""


def margins_figure(study: Study) -> Figure:
    """One line an architecture and deterrent that it adds interceptors against; three lanes in each."""
    lines = _lines(study)
    with look():
        height = 1.5 + 0.62 * max(len(lines), 1)
        figure = new_figure(10.0, height)
        left, right = (figure.add_axes((x, 1.05 / height, 0.345, 1 - 1.35 / height)) for x in (0.275, 0.64))
        _panel(left, lines, "margin_s", SECONDS_SHOWN)
        _panel(right, lines, "margin_km_s", SPEED_SHOWN)
        labels = [wrapped(a.name, 34, 2) for a, _, _ in lines]
        left.set_yticks([-i for i in range(len(lines))], labels, fontsize=7)
        right.set_yticks([-i for i in range(len(lines))], [])
        left.set_xlabel("earliest permitted commit − latest that reaches (s)", fontsize=8)
        right.set_xlabel("speed needed − speed declared (km/s)", fontsize=8)
        figure.legend(handles=_legend(study), loc="lower center", ncols=3, fontsize=7.5)
    return figure


def _lines(study: Study) -> list[Line]:
    found = []
    for a in study.scenario.architectures.values():
        for index, party in enumerate(study.scenario.parties):
            asked = (study.verdict_as_proposed(a.id, party.id, rung) for rung in LADDER)
            verdicts = tuple(g for g in asked if g is not None and g.operands)
            if verdicts:
                found.append((a, index, verdicts))
    return found


def _panel(axes: Axes, lines: Sequence[Line], field: str, most: float) -> None:
    for row, (_, index, verdicts) in enumerate(lines):
        for g in verdicts:
            _point(axes, -row + _LANE * (1 - LADDER.index(g.rung)), index, g, field, most)
        if row:
            axes.axhline(0.5 - row, color=FAINT, linewidth=0.4, zorder=0)
    axes.axvline(0.0, color=INK, linewidth=0.9, zorder=1)
    axes.set_xlim(-1.08 * most, 1.08 * most)
    axes.set_ylim(-len(lines) + 0.45, 0.55)
    axes.grid(axis="x", color=FAINT, linewidth=0.4)
    axes.tick_params(axis="x", labelsize=7.5)
    axes.text(-0.98 * most, 0.58, "◀ within reach", fontsize=7, color=QUIET, va="bottom")
    axes.text(0.98 * most, 0.58, "out of reach ▶", fontsize=7, color=QUIET, va="bottom", ha="right")


def _point(axes: Axes, y: float, index: int, found: Guarantee, field: str, most: float) -> None:
    value, colour = getattr(found, field), PARTY_COLOURS[index]
    if value is None and found.verdict != "holds":
        axes.text(0.02 * most, y, "open, as declared", fontsize=6, color=colour, va="center")
        return
    beyond = value is None or not np.isfinite(value) or abs(value) > most
    x = most if value is None or not np.isfinite(value) else float(np.clip(value, -most, most))
    mark = (">" if x > 0 else "<") if beyond else PARTY_MARKS[index]
    axes.plot(x, y, mark, markersize=5, color=colour, markeredgewidth=1.0, zorder=3, **_FILLS[found.rung])
    if field == "margin_km_s" and any_speed(found):
        axes.text(x + 0.04 * most, y, "any speed", fontsize=6, color=colour, va="center")
    if field == "margin_s":
        for _, capped in found.margin_s_by_cap:
            if capped is not None and abs(capped) < most and abs(capped - (value or 0.0)) > 0.01 * most:
                axes.plot(capped, y, "|", markersize=5, color=colour, zorder=3)


def _legend(study: Study) -> list[Line2D]:
    handles = [
        Line2D([], [], linestyle="", marker=PARTY_MARKS[index], markersize=5, color=PARTY_COLOURS[index],
               label=f"{party.name}'s deterrent, {wording.rung(rung)}", **fill)
        for index, party in enumerate(study.scenario.parties)
        for rung, fill in _FILLS.items()
    ]  # fmt: skip
    handles.append(Line2D([], [], linestyle="", marker=">", markersize=5, color=QUIET,
                          label="beyond the scale, or nothing reaches"))  # fmt: skip
    handles.append(Line2D([], [], linestyle="", marker="|", markersize=5, color=QUIET,
                          label="with a cap on flight time"))  # fmt: skip
    return handles
