"""The ground under every map: one equal-area projection, coasts, borders, graticule, scale and north."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from equipoise.scenario import Border, Scenario, borders
from equipoise.study.figures.style import FAINT, INK, OTHER_LAND, QUIET, SEA

Array = np.ndarray
Window = tuple[float, float, float, float]
RADIUS_KM = 6371.0
FINE_DEG, COARSE_DEG = 0.1, 0.25
"""How far a simplified coast may stray: on one large map, and on small multiples."""


@dataclass(frozen=True)
class Projection:
    """Lambert's azimuthal equal-area projection of the sphere (Snyder 1987, eqs 24-2 to 24-4), in km."""

    lat_deg: float
    lon_deg: float

    @property
    def name(self) -> str:
        """What the caption says."""
        north, east = "NS"[self.lat_deg < 0], "EW"[self.lon_deg < 0]
        centre = f"{abs(self.lat_deg):.0f}° {north}, {abs(self.lon_deg):.0f}° {east}"
        return f"Lambert azimuthal equal-area, centred on {centre}"

    def __call__(self, lon_lat_deg: Float[Array, "n 2"]) -> Float[Array, "n 2"]:
        lon, lat = np.radians(np.asarray(lon_lat_deg, dtype=float)).T
        lon0, lat0 = np.radians([self.lon_deg, self.lat_deg])
        cos = np.sin(lat0) * np.sin(lat) + np.cos(lat0) * np.cos(lat) * np.cos(lon - lon0)
        k = RADIUS_KM * np.sqrt(2.0 / np.maximum(1.0 + cos, 1e-6))
        x = k * np.cos(lat) * np.sin(lon - lon0)
        y = k * (np.cos(lat0) * np.sin(lat) - np.sin(lat0) * np.cos(lat) * np.cos(lon - lon0))
        return np.column_stack([x, y])

    def inverse(self, point_km: Float[Array, " 2"]) -> tuple[float, float]:
        """(lon, lat) in degrees of one point of the map (Snyder 1987, eqs 20-14, 20-15, 20-18, 24-16)."""
        x, y = (float(v) for v in point_km)
        rho = max(float(np.hypot(x, y)), 1e-9)
        c = 2.0 * np.arcsin(min(rho / (2.0 * RADIUS_KM), 1.0))
        lat0 = np.radians(self.lat_deg)
        lat = np.arcsin(np.cos(c) * np.sin(lat0) + y * np.sin(c) * np.cos(lat0) / rho)
        east = np.arctan2(x * np.sin(c), rho * np.cos(lat0) * np.cos(c) - y * np.sin(lat0) * np.sin(c))
        return self.lon_deg + float(np.degrees(east)), float(np.degrees(lat))


@dataclass(frozen=True, eq=False)
class Ground:
    """What is drawn below and above the data of a map, projected once for all maps of a window."""

    window: Window
    projection: Projection
    extent_km: Window
    land: Path
    """Land of countries outside both parties: drawn over the cells, so that these end at borders."""
    sea: Path
    lines: Path
    graticule: Path
    invented: bool


def ground_of(
    scenario: Scenario,
    window: Window | None = None,
    detail_deg: float = COARSE_DEG,
    keep_deg: tuple[tuple[float, float], ...] = (),
) -> Ground:
    """The ground of the scenario's map window, or of another one; coasts simplified by ``detail_deg``.

    ``keep_deg`` are places (lat, lon) that must be on the map, which is made larger for them.
    """
    members = frozenset(m.country for p in scenario.parties for m in p.members_on(scenario.as_of))
    boxes = tuple(
        (r.area.lon_deg[0], r.area.lat_deg[0], r.area.lon_deg[1], r.area.lat_deg[1])
        for r in scenario.invented_regions
    )
    return _ground(window or scenario.map_window, members, boxes, detail_deg, keep_deg)


@lru_cache(maxsize=4)
def _ground(
    window: Window,
    members: frozenset[str],
    boxes: tuple[Window, ...],
    detail_deg: float,
    keep_deg: tuple[tuple[float, float], ...],
) -> Ground:
    west, south, east, north = window
    projection = Projection((south + north) / 2, (west + east) / 2)
    kept_in = [(lon, lat) for lat, lon in keep_deg]
    edge = projection(np.vstack([_edge(window), *kept_in]))
    extent = (*edge.min(axis=0), *edge.max(axis=0))
    wide = _wider(window)
    found = () if boxes else borders(wide)
    rings = [(b.country, _simple(r, detail_deg)) for b in found for r in b.rings[:1]]
    kept = [(code, projection(r)) for code, r in rings if len(r) > 3]
    kept += [("", projection(_frame(box))) for box in boxes]
    frame = _frame(extent)
    return Ground(
        window=window,
        projection=projection,
        extent_km=extent,
        land=compound([r for code, r in kept if code not in members]),
        sea=compound([frame, *(r[::-1] for r in _whole_land(found, projection, detail_deg))]),
        lines=compound([r for _, r in kept]),
        graticule=compound(_graticule(wide, projection), closed=False),
        invented=bool(boxes),
    )


def _wider(window: Window) -> Window:
    """A window that fills the map's rectangle, whose corners lie outside the window itself."""
    west, south, east, north = window
    spread = 0.45 * (east - west)
    return (
        max(-180.0, west - spread),
        max(-85.0, south - 12.0),
        min(180.0, east + spread),
        min(85.0, north + 12.0),
    )


def _edge(window: Window) -> Float[Array, "n 2"]:
    """Points whose projection bounds the map: the middle of each side, so that the map is filled."""
    west, south, east, north = window
    return np.array(
        [
            [west, (south + north) / 2],
            [east, (south + north) / 2],
            [(west + east) / 2, south],
            [(west + east) / 2, north],
        ]
    )


def _simple(ring: Float[Array, "n 2"], detail_deg: float) -> Float[Array, "n 2"]:
    """A ring simplified to what a map shows; nothing for an isle too small to see."""
    import shapely

    polygon = shapely.Polygon(ring)
    if polygon.area < 4.0 * detail_deg**2:
        return np.zeros((0, 2))
    return np.asarray(polygon.exterior.simplify(detail_deg).coords)


def _whole_land(found: tuple[Border, ...], projection: Projection, detail_deg: float) -> list[Array]:
    """Outer rings of all land together, so that a coast is no border."""
    import shapely

    polygons = shapely.make_valid([shapely.Polygon(b.rings[0], b.rings[1:]) for b in found])
    union = shapely.coverage_union_all(polygons)  # neighbours share their borders point by point
    out = []
    for part in shapely.get_parts(union):
        if part.geom_type == "Polygon":
            rings = [(part.exterior, False), *((ring, True) for ring in part.interiors)]
            for ring, hole in rings:
                simple = _simple(np.asarray(ring.coords), detail_deg)
                if len(simple) > 3:
                    out.append(_turned(projection(simple), hole))
    return out


def _turned(points: Array, hole: bool) -> Array:
    """Rings wound so that, reversed against the frame, land is cut out of the sea and lakes put back."""
    x, y = points[:, 0], points[:, 1]
    turning = np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)) > 0
    return points if turning != hole else points[::-1]


def _frame(extent: Window) -> Array:
    x0, y0, x1, y1 = extent
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1], [x0, y0]])


def _graticule(window: Window, projection: Projection, step_deg: float = 10.0) -> list[Array]:
    west, south, east, north = window
    lats = np.arange(np.ceil(south / step_deg) * step_deg, north + 1e-9, step_deg)
    lons = np.arange(np.ceil(west / step_deg) * step_deg, east + 1e-9, step_deg)
    along, up = np.linspace(west, east, 40), np.linspace(south, north, 20)
    rows = [projection(np.column_stack([along, np.full(40, lat)])) for lat in lats]
    return rows + [projection(np.column_stack([np.full(20, lon), up])) for lon in lons]


def compound(rings: list[Array], *, closed: bool = True) -> Path:
    """One path of many rings or lines; rings that turn the other way cut holes."""
    if not rings:
        return Path(np.zeros((0, 2)))
    vertices, codes = [], []
    for ring in rings:
        code = np.full(len(ring), Path.LINETO, dtype=np.uint8)
        code[0] = Path.MOVETO
        if closed:
            code[-1] = Path.CLOSEPOLY
        vertices.append(ring)
        codes.append(code)
    return Path(np.concatenate(vertices), np.concatenate(codes))


def below(axes: Axes, ground: Ground) -> None:
    """Set the axes up as a map; what is drawn next lies on the bare land."""
    x0, y0, x1, y1 = ground.extent_km
    axes.set_xlim(x0, x1)
    axes.set_ylim(y0, y1)
    axes.set_aspect("equal")
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set(visible=True, color=FAINT, linewidth=0.6)
    axes.set_facecolor(SEA if ground.invented else OTHER_LAND)


def above(axes: Axes, ground: Ground, *, line: float = 0.35) -> None:
    """Sea, other land, borders and graticule, over the data; an invented scenario has outlines alone."""
    if not ground.invented:
        axes.add_artist(PathPatch(ground.land, facecolor=OTHER_LAND, edgecolor="none", zorder=3))
        axes.add_artist(PathPatch(ground.sea, facecolor=SEA, edgecolor="none", zorder=3))
    axes.add_artist(PathPatch(ground.lines, facecolor="none", edgecolor=QUIET, linewidth=line, zorder=4))
    axes.add_artist(
        PathPatch(ground.graticule, facecolor="none", edgecolor=FAINT, linewidth=0.3, linestyle=":", zorder=4)
    )


_ON_MAP = {"facecolor": "white", "alpha": 0.75, "edgecolor": "none", "pad": 0.6}


def scale_and_north(axes: Axes, ground: Ground, length_km: float = 1000.0) -> None:
    """A scale bar and the way north, at the left foot of a map."""
    x0, y0, x1, y1 = ground.extent_km
    x, y = x0 + 0.04 * (x1 - x0), y0 + 0.06 * (y1 - y0)
    while length_km > 0.45 * (x1 - x0):
        length_km /= 2.0
    axes.plot([x, x + length_km], [y, y], color=INK, linewidth=1.6, zorder=6, solid_capstyle="butt")
    axes.text(x, y + 0.02 * (y1 - y0), f"{length_km:,.0f} km", fontsize=6.5, zorder=6, bbox=_ON_MAP)
    tail = np.array([x0 + 0.06 * (x1 - x0), y1 - 0.17 * (y1 - y0)])
    lon, lat = ground.projection.inverse(tail)
    ahead = ground.projection(np.array([[lon, lat + 0.1]]))[0] - tail
    head = tail + ahead / np.linalg.norm(ahead) * 0.1 * (y1 - y0)
    axes.annotate(
        "N",
        xy=tuple(head),
        xytext=tuple(tail),
        ha="center",
        va="top",
        fontsize=7,
        zorder=6,
        arrowprops={"arrowstyle": "-|>", "color": INK, "linewidth": 0.8, "shrinkA": 0, "shrinkB": 0},
    )
