"""Command modes compared: equal times, each mode's own range, and what remains without the partner."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from equipoise.scenario import Architecture
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
)
from equipoise.study.types import Study

WITHHELD = {"key-withheld": "k", "data-withheld": "d", "shots-withheld": "s", "link-cut": "c"}
"""Variant to the letter that stands for it in the figure."""
_COLUMNS = 3
_OFFSET = 0.19


def modes_figure(study: Study) -> Figure:
    """One panel an architecture; for each mode the share of each party's threatened people met."""
    shown = [a for a in study.scenario.architectures.values() if not a.own_system]
    rows = max(1, -(-len(shown) // _COLUMNS))
    with look():
        figure = new_figure(10.5, 1.55 * rows + 1.0)
        grid = figure.subplots(rows, _COLUMNS, sharex=True, sharey=True, squeeze=False).ravel()
        for axes in grid[len(shown) :]:
            axes.set_visible(False)
        for index, architecture in enumerate(shown):
            _panel(grid[index], study, architecture)
            grid[index].tick_params(labelbottom=index + _COLUMNS >= len(shown))
        height = figure.get_figheight()
        figure.subplots_adjust(0.115, 0.92 / height, 0.99, 1 - 0.25 / height, 0.06, 0.3)
        figure.text(0.55, 0.58 / height, "threatened people that can be met (%)", ha="center", fontsize=8.5)
        figure.legend(handles=_legend(study), loc="lower center", ncols=5, fontsize=7)
    return figure


def _panel(axes: Axes, study: Study, architecture: Architecture) -> None:
    for row, mode in enumerate(study.scenario.modes):
        for index, party in enumerate(study.scenario.parties):
            y = -row + (_OFFSET if index == 0 else -_OFFSET)
            share = {
                timing: 100
                * study.coverage(architecture.id, mode.id, "whole", timing).population_fraction(party.id)
                for timing in ("fast", "equal", "slow")
            }
            colour = PARTY_COLOURS[index]
            axes.plot([share["slow"], share["fast"]], [y, y], color=colour, linestyle=PARTY_LINES[index],
                      linewidth=1.8, zorder=2)  # fmt: skip
            axes.plot(share["equal"], y, PARTY_MARKS[index], color=colour, markersize=4.5,
                      markeredgecolor=PAPER, markeredgewidth=0.5, zorder=3)  # fmt: skip
            letters: dict[float, str] = {}
            for variant, letter in WITHHELD.items():
                left = 100 * study.coverage(architecture.id, mode.id, variant).population_fraction(party.id)
                if left < share["equal"] - 0.5:
                    letters[round(left)] = letters.get(round(left), "") + letter
            for left, text in letters.items():
                axes.text(left, y, text, color=colour, fontsize=6.5, ha="center", va="center", zorder=4)
    axes.set_yticks(
        [-i for i in range(len(study.scenario.modes))], [m.name for m in study.scenario.modes], fontsize=7
    )
    axes.set_xlim(-4, 104)
    axes.set_ylim(-len(study.scenario.modes) + 0.5, 0.5)
    axes.set_title(_short(architecture.name), fontsize=7.5, loc="left")
    axes.grid(axis="x", color=FAINT, linewidth=0.4)
    axes.tick_params(axis="x", labelsize=7)
    for index, party in enumerate(study.scenario.parties):
        alone = 100 * study.baseline.population_fraction(party.id)
        axes.axvline(alone, color=PARTY_COLOURS[index], linewidth=0.7, linestyle=":", zorder=1)


def _short(name: str, most: int = 48) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def _legend(study: Study) -> list[Line2D]:
    handles = []
    for index, party in enumerate(study.scenario.parties):
        handles.append(
            Line2D([], [], color=PARTY_COLOURS[index], linestyle=PARTY_LINES[index],
                   marker=PARTY_MARKS[index], markersize=4.5, label=f"{party.name}: equal times, own range")
        )  # fmt: skip
    handles.append(Line2D([], [], color=QUIET, linewidth=0.7, linestyle=":", label="with own systems alone"))
    words = {"k": "partner's key withheld", "d": "data withheld", "s": "shots withheld", "c": "link cut"}
    for letter, label in words.items():
        handles.append(
            Line2D(
                [],
                [],
                linestyle="",
                marker=f"${letter}$",
                color=INK,
                markersize=5,
                markeredgewidth=0.1,
                label=label,
            )
        )
    return handles
