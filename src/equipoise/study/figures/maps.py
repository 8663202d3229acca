"""Coverage as small multiples: not threatened, met, not met, on real coasts, one map an architecture."""

from __future__ import annotations

import numpy as np
from jaxtyping import Bool, Float
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, PathPatch

from equipoise.defence import Cells, Coverage, proposed_rule
from equipoise.study.figures.ground import Ground, above, below, compound, ground_of, scale_and_north
from equipoise.study.figures.style import CLASS_COLOURS, CLASS_HATCHES, INK, PAPER, look, new_figure, wrapped
from equipoise.study.types import Study

Array = np.ndarray
KM_PER_DEG = 111.195
_COLUMNS = 4
BASELINE = "Members' own systems alone (baseline)"


def coverage_maps(study: Study) -> Figure:
    """One map for all that come out alike, as proposed and through the whole of the mode's own range."""
    shown = _alike(shown_coverages(study))
    ground = ground_of(study.scenario)
    x0, y0, x1, y1 = ground.extent_km
    rows = -(-len(shown) // _COLUMNS)
    width, tall = 11.0, 11.0 / _COLUMNS * (y1 - y0) / (x1 - x0) + 0.62
    with look():
        height = rows * tall + 0.65
        figure = new_figure(width, height)
        for index, (titles, coverage) in enumerate(shown):
            axes = figure.add_subplot(rows, _COLUMNS, index + 1)
            _map(axes, ground, study.cells, coverage, study.spacing_km)
            axes.set_title(wrapped("; ".join(titles), 58, 6), fontsize=6, loc="left", color=INK)
            if index == 0:
                scale_and_north(axes, ground)
        figure.subplots_adjust(0.005, 0.45 / height, 0.995, 1 - 0.55 / height, 0.03, 0.3)
        figure.legend(handles=_legend(), loc="lower center", ncols=3, fontsize=8.5)
    return figure


def shown_coverages(study: Study) -> list[tuple[str, Coverage]]:
    """(title, coverage): own systems, then each architecture as proposed, at its own slow end."""
    shown = [(BASELINE, study.baseline)]
    for a in study.scenario.architectures.values():
        if not a.own_system:
            rule = proposed_rule(study.scenario, a)
            _, slow = study.own_range(study.as_proposed(a.id))
            shown.append((f"{a.name} ({rule.name})", slow))
    return shown


def _alike(shown: list[tuple[str, Coverage]]) -> list[tuple[list[str], Coverage]]:
    """Coverages that are the same in every cell, together under all their names."""
    groups: dict[bytes, tuple[list[str], Coverage]] = {}
    for title, c in shown:
        groups.setdefault(c.met.tobytes() + c.threatened.tobytes(), ([], c))[0].append(title)
    return list(groups.values())


def _legend() -> list[Patch]:
    words = {
        "met": "can be met (upper bound)",
        "not met": "threatened, cannot be met",
        "not threatened": "no assessed threat reaches it",
    }
    return [
        Patch(facecolor=CLASS_COLOURS[k], hatch=CLASS_HATCHES[k], linewidth=0.4, label=label,
              edgecolor=PAPER if CLASS_HATCHES[k] else INK)
        for k, label in words.items()
    ]  # fmt: skip


def _map(axes: Axes, ground: Ground, cells: Cells, coverage: Coverage, spacing_km: float) -> None:
    below(axes, ground)
    member = cells.party >= 0
    classes = {
        "not threatened": member & ~coverage.threatened,
        "met": coverage.threatened & coverage.met,
        "not met": coverage.threatened & ~coverage.met,
    }
    for name, mask in classes.items():
        strips = _strips(ground, cells, mask, member, spacing_km)
        if strips:
            axes.add_artist(
                PathPatch(
                    compound(strips),
                    facecolor=CLASS_COLOURS[name],
                    edgecolor=PAPER if CLASS_HATCHES[name] else "none",
                    hatch=CLASS_HATCHES[name] or None,
                    linewidth=0.0,
                    zorder=2,
                )
            )
    above(axes, ground)


def _strips(
    ground: Ground, cells: Cells, mask: Bool[Array, " n"], member: Bool[Array, " n"], spacing_km: float
) -> list[Float[Array, "k 2"]]:
    """The masked cells as outlines, neighbours in a row joined; rows reach a little past the land's edge."""
    west, south, east, _ = ground.window
    near = (cells.lon_deg > west - 40) & (cells.lon_deg < east + 40) & (cells.lat_deg > south - 10)
    step = spacing_km / KM_PER_DEG
    out = []
    for lat in np.unique(cells.lat_deg[mask & near]):
        row = np.flatnonzero(member & near & (cells.lat_deg == lat))
        row = row[np.argsort(cells.lon_deg[row])]
        lon, wanted = cells.lon_deg[row], mask[row]
        width = 360.0 / max(1, round(360.0 / step * np.cos(np.radians(lat))))
        touching = np.diff(lon) < 1.5 * width
        starts = np.flatnonzero(np.r_[True, ~touching | (wanted[1:] != wanted[:-1])])
        for first, last in zip(starts, np.r_[starts[1:], len(row)] - 1, strict=True):
            if wanted[first]:
                left = lon[first] - width * (0.5 if first and touching[first - 1] else 0.9)
                right = lon[last] + width * (0.5 if last < len(touching) and touching[last] else 0.9)
                out.append(_outline(ground, lat, left, right, step))
    return out


def _outline(ground: Ground, lat: float, left: float, right: float, step: float) -> Float[Array, "k 2"]:
    """One strip's outline, bent as the parallel is; a hair taller than its row, so that no seam shows."""
    along = np.linspace(left, right, max(2, int((right - left) / 3.0) + 1))
    half = 0.51 * step
    upper = np.column_stack([along, np.full(len(along), lat + half)])
    lower = np.column_stack([along[::-1], np.full(len(along), lat - half)])
    return ground.projection(np.vstack([upper, lower, upper[:1]]))
