"""The engagement's clock, drawn to scale: launch, detection, track, decision, commit, meeting, impact."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from equipoise.study.figures.style import FAINT, INK, PAPER, QUIET, look, new_figure
from equipoise.study.types import Clock, Study

_BURN, _DECIDE, _LEFT = "#d8c9a3", "#5a7f78", "#a9c9c3"
_HALF = 0.26


def clock_figure(study: Study) -> Figure:
    """One line an architecture, as it was proposed, for the typical flight; seconds from its launch."""
    clocks = study.clocks
    with look():
        figure = new_figure(9.6, 1.3 + 0.36 * max(len(clocks), 1))
        axes = figure.add_axes((0.36, 0.95 / figure.get_figheight(), 0.62, 1 - 1.05 / figure.get_figheight()))
        for row, clock in enumerate(clocks):
            _line(axes, -row, clock)
        axes.set_yticks([-i for i in range(len(clocks))], [_label(c.name) for c in clocks], fontsize=7.5)
        axes.set_ylim(-len(clocks) + 0.4, 0.6)
        last = max((c.impact_s for c in clocks), default=1.0)
        axes.set_xlim(-0.01 * last, 1.03 * last)
        axes.set_xlabel("seconds from the threat's launch (s)")
        axes.grid(axis="x", color=FAINT, linewidth=0.4)
        axes.set_axisbelow(True)
        figure.legend(handles=_legend(), loc="lower center", ncols=5, fontsize=7)
    return figure


def _label(name: str, most: int = 46) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def _line(axes: Axes, y: float, c: Clock) -> None:
    axes.plot([0, c.impact_s], [y, y], color=QUIET, linewidth=0.6, zorder=1)
    axes.barh(y, c.burnout_s, height=2 * _HALF, color=_BURN, zorder=1)
    _mark(axes, c.first_light_s, y, "o", PAPER)
    _mark(axes, c.impact_s, y, "x", INK)
    if c.warning_s is not None:
        _mark(axes, c.warning_s, y, "^", PAPER)
    if c.track_s is None:
        axes.text(
            c.burnout_s + 8, y, "no track of the quality that a release needs", fontsize=6.5, va="bottom"
        )
        return
    _mark(axes, c.track_s, y, "s", INK)
    low, high = (c.track_s + d for d in c.decision_s)
    axes.barh(y, low - c.track_s, left=c.track_s, height=2 * _HALF, color=_DECIDE, zorder=2)
    axes.barh(y, high - low, left=low, height=2 * _HALF, color=_DECIDE, alpha=0.55, hatch="////",
              edgecolor=PAPER, linewidth=0, zorder=2)  # fmt: skip
    if c.latest_commit_s is None or c.meeting_s is None:
        axes.text(high + 6, y, "no interceptor meets it", fontsize=6.5, va="bottom")
        return
    if c.latest_commit_s < low:
        axes.text(high + 6, y, "the latest commit has passed", fontsize=6.5, va="bottom")
    if c.latest_commit_s > high:
        axes.barh(y, c.latest_commit_s - high, left=high, height=0.7 * _HALF, color=_LEFT, zorder=2)
    axes.plot([c.latest_commit_s] * 2, [y - _HALF, y + _HALF], color=INK, linewidth=1.6, zorder=3)
    _mark(axes, c.meeting_s, y, "D", INK if c.latest_commit_s >= low else PAPER)


def _mark(axes: Axes, x: float, y: float, marker: str, face: str) -> None:
    axes.plot(
        x, y, marker, markersize=4.5, markerfacecolor=face, markeredgecolor=INK, markeredgewidth=0.8, zorder=4
    )


def _legend() -> list[Patch | Line2D]:
    def mark(marker: str, face: str, label: str) -> Line2D:
        return Line2D(
            [],
            [],
            marker=marker,
            linestyle="",
            markersize=4.5,
            markerfacecolor=face,
            markeredgecolor=INK,
            label=label,
        )

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
