"""Release rules and the figures of the engagement."""

from __future__ import annotations

from equipoise.scenario.builders.places import build_area
from equipoise.scenario.command import ReleaseRule, Sector
from equipoise.scenario.edges.base import Value
from equipoise.scenario.edges.scenario import ModeEdge, RulesEdge
from equipoise.scenario.types import EngagementRules
from equipoise.scenario.values import Figure


def build_figure(edge: Value, unit: str) -> Figure:
    """A figure with its unit; how an assumed one came about stands as its source."""
    known = edge.value is not None or edge.low is not None
    source = edge.source or edge.how or "not stated"
    status = edge.status if known else "unknown"
    return Figure(edge.value, unit, status, source, edge.low, edge.high, edge.note or "")


def build_mode(edge: ModeEdge) -> ReleaseRule:
    """One release rule."""
    return ReleaseRule(
        id=edge.id,
        name=edge.name,
        picture=edge.picture,
        deciders=edge.deciders,
        interceptors=edge.interceptors,
        land=edge.land,
        decision_s=build_figure(edge.decision_s, "s"),
        on_silence=edge.on_silence,
        confidence=edge.confidence,
        valid_from=edge.valid_from,
        valid_to=edge.valid_to,
        sectors=tuple(
            Sector(s.party, tuple(build_area(a) for a in s.areas), s.status, s.source) for s in edge.sectors
        ),
        note=edge.note,
    )


def build_rules(edge: RulesEdge) -> EngagementRules:
    """The assumed figures of the engagement."""
    return EngagementRules(
        cloud_break_km=build_figure(edge.cloud_break_km, "km"),
        detection_delay_s=build_figure(edge.detection_delay_s, "s"),
        radar_track_s=build_figure(edge.radar_track_s, "s"),
        first_light_floor_s=build_figure(edge.first_light_floor_s, "s"),
        loft_offsets_deg=tuple((loft.name, loft.offset_deg) for loft in edge.lofts),
        disruptive_share=build_figure(edge.disruptive_share, "1"),
        single_shot=build_figure(edge.single_shot, "1"),
        salvo=edge.salvo,
    )
