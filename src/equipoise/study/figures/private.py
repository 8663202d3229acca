"""The private check drawn: three roles side by side, and the messages between them from top to bottom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.figure import Figure

from equipoise.study.figures.style import FAINT, INK, PAPER, PARTY_COLOURS, QUIET, look, new_figure, wrapped

PLACES = {"A": 0.0, "observer": 1.0, "B": 2.0}
STEP_IN = 0.44
_HEADS = {
    "A": "A: owner of interceptors\nholds its vector a and a key",
    "observer": "observer\nholds a key, sees no input",
    "B": "B: owner of missiles\nholds its vector b and a key",
}


@dataclass(frozen=True)
class Step:
    """One row of the drawing: messages that go at the same time, each (from, to), and what they carry.

    ``apart`` marks what happens at the ends and not between them: committing before, comparing after.
    """

    label: str
    arrows: tuple[tuple[str, str], ...]
    apart: bool = False


def protocol_figure(steps: Sequence[Step], owner: int) -> Figure:
    """Time runs downward. ``owner`` is the place of A in the scenario's order of parties, for its colour."""
    colours = {"A": PARTY_COLOURS[owner], "B": PARTY_COLOURS[1 - owner], "observer": INK}
    with look():
        height = 1.1 + STEP_IN * len(steps)
        figure = new_figure(9.4, height)
        axes = figure.add_axes((0.02, 0.02, 0.96, 0.96))
        axes.set_axis_off()
        axes.set_xlim(-0.42, 2.42)
        axes.set_ylim(-len(steps) - 0.3, 1.9)
        for role, x in PLACES.items():
            _head(axes, x, _HEADS[role], colours[role])
            axes.plot([x, x], [0.55, -len(steps) + 0.2], color=FAINT, linewidth=1.2, zorder=0)
        for row, step in enumerate(steps):
            _step(axes, -row, step, colours)
    return figure


def _meets(start: float, end: float, step: Step) -> bool:
    """Whether another arrow of the row runs the other way over the same stretch."""
    others = [(PLACES[sender], PLACES[receiver]) for sender, receiver in step.arrows]
    return any(
        (a < b) != (start < end) and min(max(a, b), max(start, end)) > max(min(a, b), min(start, end))
        for a, b in others
    )


def _head(axes: Any, x: float, words: str, colour: str) -> None:
    box = {"boxstyle": "round,pad=0.45", "facecolor": PAPER, "edgecolor": colour, "linewidth": 1.4}
    axes.text(x, 1.25, words, ha="center", va="center", fontsize=8, color=INK, bbox=box)


def _step(axes: Any, y: float, step: Step, colours: Mapping[str, str]) -> None:
    """The arrows of one row, and its words above their middle on the page's own ground."""
    for sender, receiver in step.arrows:
        start, end = PLACES[sender], PLACES[receiver]
        lift = 0.0 if not _meets(start, end, step) else (0.09 if start < end else -0.09)
        arrow = {"arrowstyle": "-|>", "color": colours[sender], "linewidth": 1.2, "shrinkA": 0, "shrinkB": 0}
        axes.annotate("", (end, y + lift - 0.2), (start, y + lift - 0.2), arrowprops=arrow)
    ends = [PLACES[role] for arrow in step.arrows for role in arrow]
    middle = (min(ends) + max(ends)) / 2 if ends else 1.0
    ground = {"facecolor": PAPER, "edgecolor": QUIET if step.apart else "none", "pad": 1.6}
    if step.apart:
        ground["linestyle"] = "--"
    text = wrapped(step.label, 96, 1)
    axes.text(middle, y + 0.12, text, ha="center", va="center", fontsize=7.6, color=INK, bbox=ground)
