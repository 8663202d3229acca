"""Published claims on one axis of commit: where each verdict holds, and what one swapped operand moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from equipoise.study.figures.style import (
    FAINT,
    INK,
    PARTY_COLOURS,
    QUIET,
    look,
    new_figure,
    wrapped,
)

LATEST_S = 700.0
"""Commits beyond this stand at the edge with an arrow."""
VERDICT_FILLS = {
    "fails": ("#b7add3", "////"),
    "depends": ("#f3e5ab", ""),
    "holds": ("#a5d3c8", "...."),
}
"""Colour and hatching of a verdict over a span of commits."""


@dataclass(frozen=True)
class Bar:
    """One line: a label, the span's two turns (None = at no commit, at every commit), and whose claim it is.

    ``party`` is the index of the party that the claimant speaks for, None for experts and auditors.
    """

    label: str
    fails_until_s: float | None
    holds_from_s: float | None
    party: int | None = None
    indent: bool = False
    said: str = ""
    heading: bool = False
    """A line of words with no bar."""


@dataclass(frozen=True)
class Band:
    """A span of commits in which a rung lies, over all flights."""

    name: str
    from_s: float
    until_s: float


def commit_bars(bars: Sequence[Bar], bands: Sequence[Band], parties: Sequence[str]) -> Figure:
    """Horizontal bars, the rungs of commit as grey bands behind them."""
    with look():
        height = 1.3 + 0.27 * max(len(bars), 1)
        figure = new_figure(10.0, height)
        axes = figure.add_axes((0.335, 0.62 / height, 0.645, 1 - 1.12 / height))
        for band in bands:
            axes.axvspan(band.from_s, band.until_s, color=FAINT, alpha=0.45, linewidth=0, zorder=0)
            axes.text((band.from_s + band.until_s) / 2, 0.62, band.name, fontsize=6.5, color=QUIET,
                      ha="center", va="bottom")  # fmt: skip
        for row, bar in enumerate(bars):
            if not bar.heading:
                _bar(axes, -row, bar)
        _labels(axes, bars)
        axes.set_xlim(0.0, LATEST_S)
        axes.set_ylim(-len(bars) + 0.45, 0.6)
        axes.set_yticks([])
        axes.tick_params(axis="x", labelsize=7.5)
        axes.set_xlabel("commit, s from the protected missile's launch", fontsize=8)
        figure.legend(handles=_legend(parties), loc="lower center", ncols=6, fontsize=7)
    return figure


def _bar(axes: Axes, y: float, bar: Bar) -> None:
    until, after = bar.fails_until_s or 0.0, bar.holds_from_s or 0.0
    spans = (("fails", 0.0, until), ("depends", until, after), ("holds", after, LATEST_S))
    for word, start, end in spans:
        left, right = min(start, LATEST_S), min(end, LATEST_S)
        if right > left:
            colour, hatch = VERDICT_FILLS[word]
            axes.barh(y, right - left, left=left, height=0.56, color=colour, hatch=hatch, edgecolor="#6b6f76",
                      linewidth=0.4, zorder=2)  # fmt: skip
    for edge, side in ((until, "right"), (after, "left")):
        if 30.0 < edge < LATEST_S - 30.0:
            shift = -4 if side == "right" else 4
            axes.annotate(f"{edge:.0f}", (edge, y), xytext=(shift, 0), textcoords="offset points", fontsize=6,
                          color=INK, ha=side, va="center", zorder=4)  # fmt: skip
    if after > LATEST_S:
        axes.annotate(f"{after:.0f} ▶", (LATEST_S, y), xytext=(-2, 0), textcoords="offset points", fontsize=6,
                      color=INK, ha="right", va="center", zorder=4)  # fmt: skip


def _labels(axes: Axes, bars: Sequence[Bar]) -> None:
    """Whose claim, in the party's colour, and what it said."""
    for row, bar in enumerate(bars):
        if bar.heading:
            where, words = (-0.5, -row - 0.12), wrapped(bar.label, 150, 1)
            axes.annotate(words, where, xycoords=("axes fraction", "data"), fontsize=7, fontweight="bold",
                          color=INK, va="center", annotation_clip=False)  # fmt: skip
            continue
        colour = INK if bar.party is None else PARTY_COLOURS[bar.party]
        left = -0.5 + (0.02 if bar.indent else 0.0)
        axes.annotate(wrapped(bar.label, 46, 1), (left, -row), xycoords=("axes fraction", "data"), fontsize=7,
                      color=colour, va="center", annotation_clip=False)  # fmt: skip
        axes.annotate(bar.said, (-0.012, -row), xycoords=("axes fraction", "data"), fontsize=6.5,
                      color=QUIET, ha="right", va="center", annotation_clip=False)  # fmt: skip


def _legend(parties: Sequence[str]) -> list[Patch]:
    words = {
        "fails": "within reach for certain",
        "depends": "depends on what is open",
        "holds": "out of reach for certain",
    }
    made = [
        Patch(facecolor=c, hatch=h, edgecolor="#6b6f76", label=words[w])
        for w, (c, h) in VERDICT_FILLS.items()
    ]
    made += [Patch(color=PARTY_COLOURS[i], label=f"speaks for {name}") for i, name in enumerate(parties)]
    return [*made, Patch(color=INK, label="an expert, for no party")]
