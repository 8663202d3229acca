"""Sensors with all published ranges, the one that is used, and what had to be assumed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Literal

from equipoise.scenario.builders.defaults import defaults
from equipoise.scenario.edges.defence import RangeClaimEdge, SectorEdge, SensorEdge
from equipoise.scenario.types import RangeClaim, Sensor
from equipoise.scenario.values import Figure, Status, unknown, weakest

Cite = Callable[[str | None, str | None], str]
Quality = Literal["warning", "search", "fire-control"]
NOT_STATED = "not stated"


def build_sensor(edge: SensorEdge, cite: Cite, *, party: str = "", member: str = "") -> Sensor:
    """One sensor. The owner's words stand for the member until a scenario says whose it is.

    Of its ranges the least one against a stated target is used; where no target is stated, the least of
    all, as a cap only. No range leaves the horizon alone.
    """
    assumed: list[str] = []
    claims = tuple(_range_claim(c, cite) for c in edge.range_claims)
    chosen = choose_range(claims)
    sector, sector_status = _sector(edge, assumed)
    location = edge.location
    where: Status = location.status if location else edge.sea_area_status if edge.sea_area else "assumed"
    return Sensor(
        id=edge.id,
        name=edge.name,
        party=party,
        member=member or edge.owner,
        kind=edge.kind,
        lat_deg=None if location is None else location.lat_deg,
        lon_deg=None if location is None else location.lon_deg,
        sea_area=edge.sea_area,
        sector_deg=sector,
        sector_status=sector_status,
        elevation_min_deg=_elevation(edge, assumed),
        revisit_s=_revisit(edge, cite),
        range_claims=claims,
        range_km=chosen.range_km if chosen else unknown("km", "no range is published here", "horizon only"),
        target_stated=chosen is not None and chosen.target_stated,
        track_quality=_quality(edge, assumed),
        status=edge.status or where,
        source=edge.source or cite(location.source if location else None, location.how if location else None),
        assumptions=(*assumed, *_range_sentences(edge, chosen)),
        valid_from=_date(edge, "from", "trial_duty", "announced", "ordered", "handed_to_navy"),
        valid_to=_date(edge, "closed", "to"),
    )


def choose_range(claims: tuple[RangeClaim, ...]) -> RangeClaim | None:
    """The least range against a stated target; else the least of all, a cap; None without figures."""
    known = [c for c in claims if c.range_km.known]
    stated = [c for c in known if c.target_stated]
    return min(stated or known, key=lambda c: c.range_km.middle or 0.0, default=None)


def share_ranges(sensors: Mapping[str, Sensor]) -> dict[str, Sensor]:
    """Give a radar without a printed range the one of the same type, where defaults.yaml names it."""
    shared = dict(sensors)
    for name, other in defaults().sensors.range_as.items():
        if name in shared and other in shared and not shared[name].range_km.known:
            lent = shared[other]
            range_km = replace(lent.range_km, status=weakest("assumed", lent.range_km.status))
            sentence = (
                f"Range {lent.range_km.middle:g} km is that of {lent.name}, a radar of its type (assumed)."
            )
            kept = tuple(a for a in shared[name].assumptions if "No range" not in a)
            shared[name] = replace(
                shared[name],
                range_km=range_km,
                target_stated=lent.target_stated,
                assumptions=(*kept, sentence),
            )
    return shared


def _range_claim(edge: RangeClaimEdge, cite: Cite) -> RangeClaim:
    source = cite(edge.source, edge.how)
    note = "; ".join(n for n in (edge.qualifier, edge.note) if n)
    if edge.range_km is None:
        figure = unknown("km", source, note)
    else:
        figure = Figure(edge.range_km, "km", edge.status, source, note=note)
    return RangeClaim(edge.author, figure, edge.target, not edge.target.startswith(NOT_STATED))


def _range_sentences(edge: SensorEdge, chosen: RangeClaim | None) -> list[str]:
    if edge.kind == "satellite":
        return []
    if chosen is None:
        return ["No range is published here: the horizon alone limits it."]
    if not chosen.target_stated:
        return [f"The range of {chosen.range_km.middle:g} km has no stated target: it is used as a cap only."]
    if len(edge.range_claims) > 1:
        return [f"Of its published ranges the least against a stated target is used ({chosen.author})."]
    return []


def _sector(edge: SensorEdge, assumed: list[str]) -> tuple[tuple[float, float] | None, Status]:
    given: SectorEdge | None = edge.sector
    if edge.kind == "satellite":
        return None, "unknown"
    if given is None or given.from_deg is None or given.to_deg is None:
        width = f" ({given.width_deg:g} degrees wide)" if given is not None and given.width_deg else ""
        assumed.append(f"Its sector{width} is not known: it is taken to look all round.")
        return None, "unknown"
    return (given.from_deg, given.to_deg), given.status


def _elevation(edge: SensorEdge, assumed: list[str]) -> float:
    if edge.kind == "satellite":
        return 0.0
    if edge.elevation_deg is not None:
        return edge.elevation_deg.min
    least = defaults().sensors.elevation_min_deg
    assumed.append(f"It sees from {least:g} degrees above the horizon (assumed).")
    return least


def _revisit(edge: SensorEdge, cite: Cite) -> Figure:
    given = edge.revisit_s
    if given is None or given.low is None or given.high is None:
        return unknown("s", "no revisit time is published here")
    source, status = cite(given.source, given.how), given.status or "assumed"
    if given.low == given.high:
        return Figure(given.low, "s", status, source, note=given.note or "")
    return Figure(None, "s", status, source, given.low, given.high, given.note or "")


def _quality(edge: SensorEdge, assumed: list[str]) -> Quality:
    if edge.track_quality is not None:
        return edge.track_quality
    by_kind: Quality = "warning" if edge.kind == "satellite" else "search"
    listed = defaults().sensors.track_quality.items()
    quality = next((q for q, members in listed if edge.id in members), by_kind)
    assumed.append(f"Its track is taken as good for {quality} (by kind of sensor, assumed).")
    return quality


def _date(edge: SensorEdge, *keys: str) -> str | None:
    for key in keys:
        if edge.operation and isinstance(edge.operation.get(key), str | int):
            return str(edge.operation[key])
    return None
