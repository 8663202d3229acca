"""A scenario's threats and where they may stand, with the lighter or heavier models that it asks for."""

from __future__ import annotations

from dataclasses import replace

from equipoise.scenario.builders.parts import Parts
from equipoise.scenario.builders.places import build_area
from equipoise.scenario.edges.scenario import ThreatEdge
from equipoise.scenario.types import LaunchArea, MissileModel, Threat
from equipoise.scenario.values import weakest


def build_threats(
    parts: Parts,
) -> tuple[tuple[LaunchArea, ...], tuple[Threat, ...], dict[str, MissileModel]]:
    """(launch areas, threats, models that differ from their source's in payload, by their own ids)."""
    derived: dict[str, MissileModel] = {}
    threats, flown = [], []
    for number, e in enumerate(parts.file.threats):
        threat, models = _threat(parts, e, number)
        threats.append(threat)
        derived |= models
        pairs = tuple(zip(e.models, threat.models, strict=True))
        flown += [(area, base, model) for area in threat.launch_areas for base, model in pairs]
    areas = tuple(_as_flown(a, [(b, m) for name, b, m in flown if name == a.id]) for a in _areas(parts))
    return areas, tuple(threats), derived


def _threat(parts: Parts, e: ThreatEdge, number: int) -> tuple[Threat, dict[str, MissileModel]]:
    known = {a.id: a for a in parts.file.threat_areas}
    for at, area in enumerate(e.launch_areas):
        parts.find("launch-area", known, area, "threats", number, "launch_areas", at)
    models = [
        parts.find("missile", parts.missile_models, m, "threats", number, "models", at)
        for at, m in enumerate(e.models)
    ]
    derived = {}
    if e.payload_kg is not None and e.payload_kg.value is not None:
        why = e.payload_kg.how or e.payload_kg.source or "assumed"
        models = [_with_payload(m, e.payload_kg.value, why) for m in models]
        derived = {m.id: m for m in models}
    threat = Threat(
        id=e.id,
        name=e.name,
        holder=e.holder,
        models=tuple(m.id for m in models),
        launch_areas=tuple(e.launch_areas),
        state=e.state,
        state_since=e.state_since,
        assessed=e.assessed,
        status=e.status,
        source=e.source or e.how or "not stated",
        note=e.note or "",
    )
    return threat, derived


def _with_payload(model: MissileModel, payload_kg: float, why: str) -> MissileModel:
    id = f"{model.id}-{payload_kg:g}-kg"
    said = (
        f"Payload {payload_kg:,.0f} kg in place of the model's {model.missile.payload_kg:,.0f} kg "
        f"(assumed): {why}."
    )
    return replace(
        model,
        id=id,
        status=weakest("assumed", model.status),
        missile=replace(model.missile, id=id, payload_kg=payload_kg),
        assumptions=(*model.assumptions, said),
    )


def _as_flown(area: LaunchArea, flown: list[tuple[str, str]]) -> LaunchArea:
    """The area with each named model as its threats fly it; ``flown`` holds (model named, model flown)."""
    named = [
        model for name in area.missiles for model in ([m for base, m in flown if base == name] or [name])
    ]
    return replace(area, missiles=tuple(dict.fromkeys(named)))


def _areas(parts: Parts) -> tuple[LaunchArea, ...]:
    areas = []
    for number, e in enumerate(parts.file.threat_areas):
        for at, missile in enumerate(e.missiles):
            parts.find("missile", parts.missile_models, missile, "threat_areas", number, "missiles", at)
        areas.append(
            LaunchArea(
                id=e.id,
                name=e.name,
                holder=e.holder,
                party=None,
                area=build_area(e.area),
                basing=e.basing,
                status=weakest(e.status, e.area.status),
                source=e.source or e.how or "not stated",
                missiles=tuple(e.missiles),
            )
        )
    return tuple(areas)
