"""Command modes compared: equal times, each mode's own range, and what remains without the partner."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from equipoise.scenario import Architecture, ReleaseRule
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
from equipoise.study.types import Study

WITHHELD = {"key-withheld": "k", "data-withheld": "d", "shots-withheld": "s", "link-cut": "c"}
"""Variant to the letter that stands for it in the figure."""
TIMINGS = ("fast", "equal", "slow")
_COLUMNS = 3
_OFFSET = 0.25
_APART = 5.0
"""Per cent: letters nearer to each other than this stand together."""
Shares = dict[str, float]


def modes_figure(study: Study) -> Figure:
    """One panel for architectures that come out alike; for each mode the share of each party's people met."""
    shown = alike(study)
    rows = max(1, -(-len(shown) // _COLUMNS))
    with look():
        figure = new_figure(10.5, 2.15 * rows + 1.3)
        grid = figure.subplots(rows, _COLUMNS, sharex=True, sharey=True, squeeze=False).ravel()
        for axes in grid[len(shown) :]:
            axes.set_visible(False)
        for index, group in enumerate(shown):
            _panel(grid[index], study, group)
            grid[index].tick_params(labelbottom=index + _COLUMNS >= len(shown))
        height = figure.get_figheight()
        figure.subplots_adjust(0.095, 0.95 / height, 0.99, 1 - 0.62 / height, 0.06, 0.36)
        figure.text(0.55, 0.6 / height, "threatened people that can be met (%)", ha="center", fontsize=8.5)
        figure.legend(handles=_legend(study), loc="lower center", ncols=5, fontsize=7)
    return figure


def alike(study: Study) -> list[list[Architecture]]:
    """Architectures by what every mode, timing and variant comes to: those that come out alike together."""
    groups: dict[tuple[float, ...], list[Architecture]] = {}
    for a in study.scenario.architectures.values():
        if not a.own_system:
            key = tuple(
                value
                for mode in study.scenario.modes
                for p in study.scenario.parties
                for shares in _shares(study, a, mode, p.id)
                for value in shares.values()
            )
            groups.setdefault(key, []).append(a)
    return list(groups.values())


def _shares(study: Study, a: Architecture, mode: ReleaseRule, party: str) -> tuple[Shares, Shares]:
    """Per cent met: whole by timing, and at equal times by what the partner withholds."""
    whole = {t: 100 * study.coverage(a.id, mode.id, "whole", t).population_fraction(party) for t in TIMINGS}
    left = {v: 100 * study.coverage(a.id, mode.id, v).population_fraction(party) for v in WITHHELD}
    return whole, left


def _panel(axes: Axes, study: Study, group: list[Architecture]) -> None:
    modes = study.scenario.modes
    for row, mode in enumerate(modes):
        for index, party in enumerate(study.scenario.parties):
            y = -row + (_OFFSET if index == 0 else -_OFFSET)
            shares = _shares(study, group[0], mode, party.id)
            _lane(axes, y, index, mode, *shares, _equal_s(study, group[0], mode))
    axes.set_yticks([-i for i in range(len(modes))], [m.name for m in modes], fontsize=7)
    axes.set_xlim(-4, 104)
    axes.set_ylim(-len(modes) + 0.45, 0.6)
    axes.set_title(wrapped("; ".join(a.name for a in group), 66, 6), fontsize=6, loc="left")
    axes.grid(axis="x", color=FAINT, linewidth=0.4)
    axes.tick_params(axis="x", labelsize=7)
    for index, party in enumerate(study.scenario.parties):
        if study.baseline_known(party.id):
            alone = 100 * study.baseline.population_fraction(party.id)
            axes.axvline(alone, color=PARTY_COLOURS[index], linewidth=0.7, linestyle=":", zorder=1)


def _equal_s(study: Study, a: Architecture, mode: ReleaseRule) -> float:
    return study.coverage(a.id, mode.id, "whole", "equal").decision_s


def _lane(
    axes: Axes, y: float, index: int, mode: ReleaseRule, whole: Shares, left: Shares, equal_s: float
) -> None:
    """One party's lane in one mode: bar and mark on its line, what is left without the partner above it."""
    colour = PARTY_COLOURS[index]
    low, high = mode.decision_s.bounds or (equal_s, equal_s)
    axes.plot([whole["slow"], whole["fast"]], [y, y], color=colour, linestyle=PARTY_LINES[index],
              linewidth=1.8, zorder=2, solid_capstyle="butt")  # fmt: skip
    axes.plot(whole["equal"], y, PARTY_MARKS[index], color=colour, markersize=4.2, zorder=3,
              markerfacecolor=colour if low <= equal_s <= high else PAPER, markeredgewidth=0.8)  # fmt: skip
    lost = sorted((value, WITHHELD[v]) for v, value in left.items() if value < whole["equal"] - 0.5)
    groups: list[list[tuple[float, str]]] = []
    for each in lost:
        if groups and each[0] - groups[-1][0][0] < _APART:
            groups[-1].append(each)
        else:
            groups.append([each])
    for together in groups:
        for value, _ in together:
            axes.plot([value] * 2, [y, y + 0.12], color=colour, linewidth=0.7, zorder=4)
        axes.text(together[0][0], y + 0.12, "".join(letter for _, letter in together), color=colour,
                  fontsize=5.5, ha="center", va="bottom", zorder=4)  # fmt: skip


def _legend(study: Study) -> list[Line2D]:
    handles = []
    for index, party in enumerate(study.scenario.parties):
        handles.append(
            Line2D([], [], color=PARTY_COLOURS[index], linestyle=PARTY_LINES[index],
                   marker=PARTY_MARKS[index], markersize=4.5, label=f"{party.name}: equal times, own range")
        )  # fmt: skip
    handles.append(Line2D([], [], color=QUIET, linewidth=0.7, linestyle=":", label="with own systems alone"))
    handles.append(Line2D([], [], linestyle="", marker="o", markersize=4.5, markerfacecolor=PAPER,
                          markeredgecolor=INK, label="equal time off the mode's own range"))  # fmt: skip
    words = {"k": "partner's key withheld", "d": "data withheld", "s": "shots withheld", "c": "link cut"}
    for letter, label in words.items():
        handles.append(Line2D([], [], linestyle="", marker=f"${letter}$", color=INK, markersize=5,
                              markeredgewidth=0.1, label=label))  # fmt: skip
    return handles
