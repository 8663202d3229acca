"""Areas, sites and sea areas."""

from __future__ import annotations

from equipoise.scenario.edges.base import AreaEdge
from equipoise.scenario.edges.defence import SeaAreaEdge, SiteEdge
from equipoise.scenario.types import SeaArea, Site
from equipoise.scenario.values import Area


def build_area(edge: AreaEdge, *, sea: bool = False) -> Area:
    """A point or a box; ``sea`` says that only the sea part of a box counts."""
    sea = sea or edge.sea
    if isinstance(edge.lat_deg, list) and isinstance(edge.lon_deg, list):
        (south, north), (west, east) = edge.lat_deg, edge.lon_deg
        return Area("box", (south, north), (west, east), edge.status, sea)
    # The edge model has seen to it that a point has one latitude and one longitude.
    lat, lon = _one(edge.lat_deg), _one(edge.lon_deg)
    return Area("point", (lat, lat), (lon, lon), edge.status, sea)


def _one(value: float | list[float]) -> float:
    return value[0] if isinstance(value, list) else value


def build_site(edge: SiteEdge) -> Site:
    """A fixed place of a member."""
    return Site(
        id=edge.id,
        name=edge.name,
        member=edge.member,
        lat_deg=edge.lat_deg,
        lon_deg=edge.lon_deg,
        status=edge.status,
        source=edge.source,
        valid_from=edge.start,
        valid_to=edge.to,
    )


def build_sea_area(edge: SeaAreaEdge) -> SeaArea:
    """A box of which the sea counts."""
    (south, north), (west, east) = edge.lat_deg, edge.lon_deg
    return SeaArea(edge.id, edge.name, Area("box", (south, north), (west, east), edge.status, sea=True))
