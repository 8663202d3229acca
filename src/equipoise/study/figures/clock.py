"""The engagement's clock, drawn to scale: launch, detection, track, decision, commit, meeting, impact."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from equipoise.study.figures.style import FAINT, INK, PAPER, QUIET, look, new_figure, wrapped
from equipoise.study.types import Clock, Study

_BURN, _DECIDE, _LEFT = "#d8c9a3", "#5a7f78", "#a9c9c3"
_HALF = 0.2


def clock_figure(study: Study) -> Figure:
    """A panel for one flight to each party; a line an architecture, as it was proposed."""
    names = {p.id: p.name for p in study.scenario.parties}
    panels = [(t, [c for c in study.clocks if c.party == t.party]) for t in study.typical]
    lines = max((len(clocks) for _, clocks in panels), default=1)
    with look():
        height = 1.5 + 0.38 * lines
        figure = new_figure(11.0, height)
        width = 0.76 / max(len(panels), 1)
        for index, (typical, clocks) in enumerate(panels):
            box = (0.215 + index * (width + 0.012), 1.0 / height, width - 0.012, 1 - 1.3 / height)
            axes = figure.add_axes(box)
            _panel(axes, clocks, named=index == 0)
            axes.set_title(f"a flight to {names[typical.party]}", fontsize=8.5, loc="left")
        figure.legend(handles=_legend(), loc="lower center", ncols=5, fontsize=7)
    return figure


def _panel(axes: Axes, clocks: list[Clock], *, named: bool) -> None:
    for row, clock in enumerate(clocks):
        _line(axes, -row, clock)
    labels = [wrapped(c.name, 36, 2) for c in clocks] if named else []
    axes.set_yticks([-i for i in range(len(labels))], labels, fontsize=6.5)
    axes.set_ylim(-len(clocks) + 0.4, 0.6)
    last = max((c.impact_s for c in clocks), default=1.0)
    axes.set_xlim(-0.01 * last, 1.03 * last)
    axes.set_xlabel("seconds from the threat's launch (s)", fontsize=8)
    axes.tick_params(axis="x", labelsize=7.5)
    axes.grid(axis="x", color=FAINT, linewidth=0.4)
    axes.set_axisbelow(True)


def _line(axes: Axes, y: float, c: Clock) -> None:
    axes.plot([0, c.impact_s], [y, y], color=QUIET, linewidth=0.6, zorder=1)
    if not c.takes_part:
        _said(axes, 0.0, y - _HALF, "no sensor and no interceptor for this land")
        return
    if not c.computed:
        _said(axes, 0.0, y - _HALF, "not computed: the facts hold no sensor that would track this flight")
        return
    axes.barh(y, c.burnout_s, height=2 * _HALF, color=_BURN, zorder=1)
    _mark(axes, c.first_light_s, y, "o", PAPER)
    _mark(axes, c.impact_s, y, "x", INK)
    if c.warning_s is not None:
        _mark(axes, c.warning_s, y, "^", PAPER)
    if c.track_s is None:
        _said(axes, c.burnout_s, y, "no track good enough for a release")
        return
    _mark(axes, c.track_s, y, "s", INK)
    low, high = (c.track_s + d for d in c.decision_s)
    axes.barh(y, low - c.track_s, left=c.track_s, height=2 * _HALF, color=_DECIDE, zorder=2)
    axes.barh(y, high - low, left=low, height=2 * _HALF, color=_DECIDE, alpha=0.55, hatch="////",
              edgecolor=PAPER, linewidth=0, zorder=2)  # fmt: skip
    if c.latest_commit_s is None or c.meeting_s is None:
        _said(axes, c.burnout_s, y, "no interceptor meets it")
        return
    if c.latest_commit_s < low:
        _said(axes, c.burnout_s, y, "the latest commit has passed")
    if c.latest_commit_s > high:
        axes.barh(y, c.latest_commit_s - high, left=high, height=0.7 * _HALF, color=_LEFT, zorder=2)
    axes.plot([c.latest_commit_s] * 2, [y - _HALF, y + _HALF], color=INK, linewidth=1.6, zorder=3)
    _mark(axes, c.meeting_s, y, "D", INK if c.latest_commit_s >= low else PAPER)


def _said(axes: Axes, x: float, y: float, words: str) -> None:
    """Words above the line and its marks."""
    axes.text(x, y + _HALF + 0.03, words, fontsize=6, va="bottom", color=QUIET)


def _mark(axes: Axes, x: float, y: float, marker: str, face: str) -> None:
    axes.plot(
        x, y, marker, markersize=4, markerfacecolor=face, markeredgecolor=INK, markeredgewidth=0.8, zorder=4
    )


def _legend() -> list[Patch | Line2D]:
    def mark(marker: str, face: str, label: str) -> Line2D:
        return Line2D([], [], marker=marker, linestyle="", markersize=4.5, markerfacecolor=face,
                      markeredgecolor=INK, label=label)  # fmt: skip

    return [
        Patch(color=_BURN, label="threat burns"),
        mark("o", PAPER, "through the clouds (first light)"),
        mark("^", PAPER, "first warning"),
        mark("s", INK, "first track good enough"),
        Patch(color=_DECIDE, label="decision, at least"),
        Patch(facecolor=_DECIDE, alpha=0.55, hatch="////", edgecolor=PAPER, label="decision, at most"),
        Patch(color=_LEFT, label="time to spare"),
        Line2D([], [], color=INK, linewidth=1.6, label="latest commit that still meets it"),
        mark("D", INK, "meeting after that commit (hollow: too late)"),
        mark("x", INK, "impact"),
    ]
