"""The threats' reach: for each model the line that its longest flights draw round its launch areas."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from equipoise.scenario import Scenario
from equipoise.study.figures.ground import (
    FINE_DEG,
    Ground,
    Projection,
    Window,
    above,
    below,
    ground_of,
    scale_and_north,
)
from equipoise.study.figures.style import INK, look, new_figure
from equipoise.study.types import Study, ThreatReach

Array = np.ndarray
FAR_KM = 9000.0
"""A longer reach covers the whole map and is given in the table alone."""
_LINES = ("-", "--", "-.", ":", (0, (6, 1, 1, 1, 1, 1)), (0, (1, 1)))
_AWAY_DEG = 45.0


def reach_map(study: Study) -> Figure:
    """Assessed threats that stand near the map: the furthest reach from the middles of their launch areas."""
    ground = ground_of_reach(study)
    x0, y0, x1, y1 = ground.extent_km
    with look():
        figure = new_figure(9.0, min(9.0 * (y1 - y0) / (x1 - x0), 7.5) + 0.7)
        axes = figure.add_axes((0.01, 0.11, 0.98, 0.88))
        below(axes, ground)
        above(axes, ground, line=0.45)
        _lines(axes, ground, shown_reaches(study))
        scale_and_north(axes, ground)
        figure.legend(loc="lower center", ncols=3, fontsize=7.5)
    return figure


def ground_of_reach(study: Study) -> Ground:
    """The ground of this map: the scenario's window, and a margin round each launch area near it."""
    window = window_of(study.scenario, study.reaches)
    shown = {r.origin_deg for reaches in shown_reaches(study).values() for r in reaches}
    round_it = tuple(
        (lat + up, lon + right) for lat, lon in sorted(shown) for up in (-4, 4) for right in (-6, 6)
    )
    return ground_of(study.scenario, window, FINE_DEG, round_it)


def shown_reaches(study: Study) -> dict[str, list[ThreatReach]]:
    """By model: reaches that the map can show, in order of their longest range."""
    by_model: dict[str, list[ThreatReach]] = {}
    window = window_of(study.scenario, study.reaches)
    for r in study.reaches:
        if r.assessed and r.range_km.max() < FAR_KM and _near(window, r.origin_deg, 5.0):
            by_model.setdefault(r.model, []).append(r)
    return dict(sorted(by_model.items(), key=lambda item: max(r.range_km.max() for r in item[1])))


def window_of(scenario: Scenario, reaches: tuple[ThreatReach, ...]) -> Window:
    """The scenario's map window, opened so that the launch areas that stand near it are seen."""
    west, south, east, north = scenario.map_window
    near = [
        r.origin_deg for r in reaches if r.assessed and _near(scenario.map_window, r.origin_deg, _AWAY_DEG)
    ]
    if not near:
        return scenario.map_window
    lat, lon = np.array(near).T
    return (
        min(west, float(lon.min()) - 4.0),
        min(south, float(lat.min()) - 4.0),
        max(east, float(lon.max()) + 4.0),
        max(north, float(lat.max()) + 4.0),
    )


def _near(window: Window, origin_deg: tuple[float, float], away_deg: float) -> bool:
    west, south, east, north = window
    lat, lon = origin_deg
    return west - away_deg <= lon <= east + away_deg and south - away_deg <= lat <= north + away_deg


def _lines(axes: Axes, ground: Ground, by_model: dict[str, list[ThreatReach]]) -> None:
    colours = colormaps["cividis"](np.linspace(0.0, 0.78, max(len(by_model), 1)))
    for index, (model, reaches) in enumerate(by_model.items()):
        longest = max(float(r.range_km.max()) for r in reaches)
        label = f"{reaches[0].threat_name} ({model}): up to {longest:,.0f} km"
        for ring in _envelope(ground.projection, reaches):
            axes.plot(
                ring[:, 0], ring[:, 1], color=colours[index], linestyle=_LINES[index % len(_LINES)],
                linewidth=1.4, label=label, zorder=5,
            )  # fmt: skip
            label = "_nolegend_"
    places = {r.launch_area: r.origin_deg for reaches in by_model.values() for r in reaches}
    if places:
        lat, lon = np.array(list(places.values())).T
        at = ground.projection(np.column_stack([lon, lat]))
        axes.plot(at[:, 0], at[:, 1], "+", color=INK, markersize=7, zorder=6, label="middle of a launch area")


def _envelope(projection: Projection, reaches: list[ThreatReach]) -> list[Float[Array, "k 2"]]:
    """The outline of all that is reached from any of the areas, in the plane of the map."""
    import shapely

    polygons = [shapely.Polygon(projection(_ring(r))) for r in reaches]
    union = shapely.union_all(shapely.make_valid(polygons))
    return [np.asarray(p.exterior.coords) for p in shapely.get_parts(union) if p.geom_type == "Polygon"]


def _ring(reach: ThreatReach) -> Float[Array, "k 2"]:
    """Longitude and latitude of the end of each longest flight, on the mean sphere (within 0.5 %)."""
    lat0, lon0 = np.radians(reach.origin_deg)
    turn = np.radians(np.r_[np.arange(0.0, 360.0, 5.0)])
    known = np.r_[reach.azimuth_deg, reach.azimuth_deg[:1] + 360.0]
    range_km = np.interp(np.degrees(turn), known, np.r_[reach.range_km, reach.range_km[:1]])
    angle = range_km / 6371.0
    lat = np.arcsin(np.sin(lat0) * np.cos(angle) + np.cos(lat0) * np.sin(angle) * np.cos(turn))
    east = np.arctan2(np.sin(turn) * np.sin(angle) * np.cos(lat0), np.cos(angle) - np.sin(lat0) * np.sin(lat))
    return np.asarray(np.degrees(np.column_stack([lon0 + east, lat])))
