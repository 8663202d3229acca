"""What flights say of the threats: a lofted flight and its flattened twin, ranges, who is within reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from equipoise.study.figures.ground import RADIUS_KM, Ground, above, below, scale_and_north
from equipoise.study.figures.style import FAINT, INK, QUIET, look, new_figure

Array = np.ndarray
_LINES = ("-", "--", "-.")


@dataclass(frozen=True)
class RangeRow:
    """One missile: the ends and middle of its range, what it rests on, and what was claimed (km)."""

    label: str
    p5: float
    p50: float
    p95: float
    with_model: bool
    claims: tuple[tuple[float, float], ...]


def twin_figure(range_km: float, apogee_km: float, longest_km: float, lofted: str, flat: str) -> Figure:
    """Two unpowered arcs over the same round Earth, drawn to one scale."""
    with look():
        figure = new_figure(9.0, 5.6)
        axes = figure.add_axes((0.02, 0.1, 0.96, 0.88))
        axes.add_patch(Circle((0.0, -RADIUS_KM), RADIUS_KM, color="#eef3f7", zorder=0))
        axes.add_patch(Circle((0.0, -RADIUS_KM), RADIUS_KM, fill=False, edgecolor=QUIET, linewidth=0.8))
        high, low = _arc(range_km, apogee_km), _arc(longest_km, _flat_apogee(longest_km))
        axes.plot(*high.T, color=INK, linewidth=1.6, label=lofted)
        axes.plot(*low.T, color="#4a4468", linewidth=1.6, linestyle="--", label=flat)
        top = high[np.argmax(high[:, 1])]
        axes.annotate(f"{apogee_km:,.0f} km up", top, (8, 0), textcoords="offset points", fontsize=8)
        summit = low[len(low) // 2]
        axes.annotate(
            f"{_flat_apogee(longest_km):,.0f} km up", summit, (6, 5), textcoords="offset points",
            fontsize=8, ha="left",
        )  # fmt: skip
        wide = max(float(low[:, 0].max()), float(high[:, 0].max()))
        axes.set_xlim(-0.35 * wide, 1.12 * wide)
        axes.set_ylim(min(float(low[:, 1].min()), 0.0) - 600.0, 1.06 * float(high[:, 1].max()))
        axes.set_aspect("equal")
        axes.set_axis_off()
        left, bottom = axes.get_xlim()[0] + 250.0, axes.get_ylim()[1] - 600.0
        axes.plot([left, left + 1000.0], [bottom, bottom], color=INK, linewidth=2)
        axes.annotate("1,000 km, both ways", (left, bottom), (0, 4), textcoords="offset points", fontsize=8)
        figure.legend(loc="lower center", ncols=2, fontsize=8)
    return figure


def _flat_apogee(range_km: float) -> float:
    """Apogee of the minimum-energy arc of a range: its angle is 45 degrees less a quarter of the range
    (Bate, Mueller and White 1971, section 6.2).
    """
    half = 0.5 * range_km / RADIUS_KM
    angle = 0.25 * np.pi - 0.5 * half
    q = np.tan(half) / (np.sin(angle) * np.cos(angle) + np.tan(half) * np.cos(angle) ** 2)
    eccentricity = np.sqrt(max(1.0 + q * (q - 2.0) * np.cos(angle) ** 2, 0.0))
    return float(RADIUS_KM * ((1.0 + eccentricity) / (2.0 - q) - 1.0))


def _arc(range_km: float, apogee_km: float) -> Float[Array, "k 2"]:
    """Points of an arc of a range and apogee that begins at the top of the circle."""
    half = 0.5 * range_km / RADIUS_KM
    top = RADIUS_KM + apogee_km
    eccentricity = (top - RADIUS_KM) / (top - RADIUS_KM * np.cos(half))
    along = np.linspace(-half, half, 240)
    radius = top * (1.0 - eccentricity) / (1.0 - eccentricity * np.cos(along))
    place = half + along
    return np.column_stack([radius * np.sin(place), radius * np.cos(place) - RADIUS_KM])


def ranges_figure(rows: Sequence[RangeRow], beyond_km: float) -> Figure:
    """One line a missile from its 5 to its 95 % range, a dot in the middle, and claims as crosses."""
    with look():
        height = 1.1 + 0.34 * max(len(rows), 1)
        figure = new_figure(9.0, height)
        axes = figure.add_axes((0.36, 0.75 / height, 0.61, 1.0 - 0.85 / height))
        for at, row in enumerate(rows):
            style = "-" if row.with_model else ":"
            axes.plot([row.p5, row.p95], [-at, -at], color=INK, linewidth=2.0, linestyle=style)
            axes.plot(
                row.p50, -at, "o", color=INK, markersize=5, fillstyle="full" if row.with_model else "none"
            )
            for low, high in row.claims:
                axes.plot([low, high], [-at + 0.28] * 2, color="#b45f06", linewidth=1.2)
                axes.plot(0.5 * (low + high), -at + 0.28, "x", color="#b45f06", markersize=5)
        axes.axvline(beyond_km, color=QUIET, linewidth=0.7, linestyle="--")
        axes.annotate(
            "beyond", (beyond_km, 0.55), (3, 0), textcoords="offset points", fontsize=7.5, color=QUIET
        )
        axes.set_yticks([-y for y in range(len(rows))], [r.label for r in rows], fontsize=8)
        axes.set_ylim(-len(rows) + 0.4, 0.8)
        axes.set_xlim(
            0.0,
            1.05
            * max([beyond_km * (0.2 if all(r.p95 < 3e3 for r in rows) else 1.0)] + [r.p95 for r in rows]),
        )
        axes.grid(axis="x", color=FAINT, linewidth=0.4)
        axes.set_xlabel(
            "longest range, km: 5 to 95 %, middle marked (full: a model fitted; hollow, dotted: energy flown "
            "only; × claimed)",
            fontsize=7.5,
        )
    return figure


@dataclass(frozen=True)
class Ring:
    """One missile's reach from one place: by direction (degrees), the 5, 50 and 95 % ranges (km)."""

    label: str
    launch_deg: tuple[float, float]
    azimuth_deg: Float[Array, " k"]
    range_km: Float[Array, "3 k"]


def rings_map(ground: Ground, rings: Sequence[Ring]) -> Figure:
    """For each missile the lines within which lies what it reaches at 95, 50 and 5 %."""
    x0, y0, x1, y1 = ground.extent_km
    with look():
        figure = new_figure(9.0, min(9.0 * (y1 - y0) / (x1 - x0), 7.0) + 0.7)
        axes = figure.add_axes((0.01, 0.11, 0.98, 0.88))
        below(axes, ground)
        above(axes, ground, line=0.45)
        colours = colormaps["cividis"](np.linspace(0.0, 0.75, max(len(rings), 1)))
        for at, ring in enumerate(rings):
            _ring(axes, ground, ring, colours[at])
        scale_and_north(axes, ground)
        figure.legend(loc="lower center", ncols=3, fontsize=7.5)
    return figure


def _ring(axes: Axes, ground: Ground, ring: Ring, colour: Array) -> None:
    """The three lines of one missile, the middle one full."""
    turn = np.arange(0.0, 361.0, 4.0)
    known = np.r_[ring.azimuth_deg, ring.azimuth_deg[:1] + 360.0]
    lat0, lon0 = np.radians(ring.launch_deg)
    for q, line in ((0, ":"), (1, "-"), (2, "--")):
        far = np.interp(turn, known, np.r_[ring.range_km[q], ring.range_km[q][:1]]) / RADIUS_KM
        azimuth = np.radians(turn)
        lat = np.arcsin(np.sin(lat0) * np.cos(far) + np.cos(lat0) * np.sin(far) * np.cos(azimuth))
        east = np.arctan2(
            np.sin(azimuth) * np.sin(far) * np.cos(lat0), np.cos(far) - np.sin(lat0) * np.sin(lat)
        )
        points = ground.projection(np.degrees(np.column_stack([lon0 + east, lat])))
        label = f"{ring.label}: 95 % (dotted), 50 %, 5 % (dashed)" if q == 1 else "_nolegend_"
        axes.plot(
            points[:, 0], points[:, 1], color=colour, linestyle=line, linewidth=1.3, label=label, zorder=5
        )
