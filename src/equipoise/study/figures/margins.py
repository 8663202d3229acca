"""Margins of the guarantees, in seconds and in km/s: both parties' deterrents in the same drawing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from equipoise.guarantee import AS_DECLARED, WORST_CASE, Guarantee
from equipoise.scenario import Architecture
from equipoise.study.figures.style import (
    FAINT,
    INK,
    PAPER,
    PARTY_COLOURS,
    PARTY_MARKS,
    QUIET,
    look,
    new_figure,
)
from equipoise.study.types import Study

SECONDS_SHOWN, SPEED_SHOWN = 900.0, 4.0
"""Margins beyond these stand at the edge with an arrow; the table has the number."""
_OFFSET = 0.17


def margins_figure(study: Study) -> Figure:
    """One line an architecture, as it was proposed: filled as declared, hollow in the worst case."""
    shown = list(study.scenario.architectures.values())
    with look():
        figure = new_figure(10.0, 1.45 + 0.36 * max(len(shown), 1))
        height = figure.get_figheight()
        left, right = (figure.add_axes((x, 1.05 / height, 0.31, 1 - 1.3 / height)) for x in (0.34, 0.675))
        _panel(left, study, shown, "margin_s", SECONDS_SHOWN)
        _panel(right, study, shown, "margin_km_s", SPEED_SHOWN)
        left.set_yticks([-i for i in range(len(shown))], [_label(a.name) for a in shown], fontsize=7.5)
        right.set_yticks([-i for i in range(len(shown))], [])
        left.set_xlabel("earliest permitted commit − latest that reaches (s)", fontsize=8)
        right.set_xlabel("speed needed − speed declared (km/s)", fontsize=8)
        figure.legend(handles=_legend(study), loc="lower center", ncols=3, fontsize=7.5)
    return figure


def _label(name: str, most: int = 46) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def _panel(axes: Axes, study: Study, shown: Sequence[Architecture], field: str, most: float) -> None:
    for row, architecture in enumerate(shown):
        if not _any_interceptor(study, architecture):
            axes.text(0.02 * most, -row, "no interceptor placed", fontsize=6.5, color=QUIET, va="center")
        for index, party in enumerate(study.scenario.parties):
            y = -row + (_OFFSET if index == 0 else -_OFFSET)
            for rung in (AS_DECLARED, WORST_CASE):
                found = study.verdict_as_proposed(architecture.id, party.id, rung)
                if found is not None and found.operands:
                    _point(axes, y, index, found, field, most)
    axes.axvline(0.0, color=INK, linewidth=0.9, zorder=1)
    axes.set_xlim(-1.08 * most, 1.08 * most)
    axes.set_ylim(-len(shown) + 0.4, 0.6)
    axes.grid(axis="x", color=FAINT, linewidth=0.4)
    axes.tick_params(axis="x", labelsize=7.5)
    axes.text(-0.98 * most, 0.62, "◀ within reach", fontsize=7, color=QUIET, va="bottom")
    axes.text(0.98 * most, 0.62, "out of reach ▶", fontsize=7, color=QUIET, va="bottom", ha="right")


def _any_interceptor(study: Study, architecture: Architecture) -> bool:
    return any(g.operands for g in study.guarantees if g.architecture == architecture.id)


def _point(axes: Axes, y: float, index: int, found: Guarantee, field: str, most: float) -> None:
    value = getattr(found, field)
    if value is None and found.verdict != "holds":
        axes.text(
            0.02 * most, y, f"open ({found.rung})", fontsize=6.5, color=PARTY_COLOURS[index], va="center"
        )
        return
    beyond = value is None or not np.isfinite(value) or abs(value) > most
    x = most if value is None or not np.isfinite(value) else float(np.clip(value, -most, most))
    mark = (">" if x > 0 else "<") if beyond else PARTY_MARKS[index]
    colour = PARTY_COLOURS[index]
    face = colour if found.rung == AS_DECLARED else PAPER
    axes.plot(
        x, y, mark, markersize=5, markerfacecolor=face, markeredgecolor=colour, markeredgewidth=1.0, zorder=3
    )


def _legend(study: Study) -> list[Line2D]:
    handles = []
    for index, party in enumerate(study.scenario.parties):
        for rung, face in ((AS_DECLARED, PARTY_COLOURS[index]), (WORST_CASE, PAPER)):
            handles.append(
                Line2D([], [], linestyle="", marker=PARTY_MARKS[index], markersize=5, markerfacecolor=face,
                       markeredgecolor=PARTY_COLOURS[index], label=f"{party.name}'s deterrent, {rung}")
            )  # fmt: skip
    handles.append(
        Line2D(
            [],
            [],
            linestyle="",
            marker=">",
            markersize=5,
            color=QUIET,
            label="beyond the scale, or nothing reaches",
        )
    )
    return handles
