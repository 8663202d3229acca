"""Architectures: batteries, sensors, dates and words of a dated proposal or of a member's own system."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from equipoise.scenario.edges.architectures import ArchitectureEdge, BatteryEdge, OptionEdge
from equipoise.scenario.types import Architecture, Battery
from equipoise.scenario.values import STATUSES, Status, weakest

Cite = Callable[[str | None, str | None], str]
NOT_DATES = ("status", "source", "note", "how")


def hyphened(id: str) -> str:
    """The id used everywhere outside architectures.yaml."""
    return id.replace("_", "-")


def build_architectures(
    edge: ArchitectureEdge, cite: Cite, party_of: Mapping[str, str], *, own_system: bool = False
) -> tuple[Architecture, ...]:
    """One architecture, or one for each of its options. ``party_of``: a member's name to its party's id."""
    if not edge.options:
        return (_architecture(edge, None, cite, party_of, own_system),)
    return tuple(_architecture(edge, option, cite, party_of, own_system) for option in edge.options)


def _architecture(
    edge: ArchitectureEdge,
    option: OptionEdge | None,
    cite: Cite,
    party_of: Mapping[str, str],
    own_system: bool,
) -> Architecture:
    id, name = hyphened(edge.id), edge.name
    batteries, sensors = edge.interceptors, edge.sensors
    elements = [e.what if e.member is None else f"{e.member}: {e.what}" for e in edge.elements]
    if option is not None:
        id, name = (
            f"{id.removesuffix('s-2009').removesuffix('-2009')}-{option.n}",
            f"{edge.name}: option {option.n}",
        )
        batteries, sensors = option.interceptors, option.sensors
        elements += [option.note] if option.note else []
    return Architecture(
        id=id,
        name=name,
        proposer_party=edge.proposer.party,
        proposer_member=edge.proposer.member,
        dates=tuple((k, str(v)) for k, v in edge.dates.items() if k not in NOT_DATES),
        command_mode=edge.command_mode,
        batteries=tuple(build_batteries(id, batteries, cite, party_of)),
        sensors=tuple(sensors),
        joins=(),
        own_system=own_system,
        elements=tuple(elements),
        undeclared=() if option else _words_left_open(edge),
        objections=tuple((o.who, o.why) for o in edge.objections),
        status=_status(edge.dates, option),
        source=cite(option.source if option else edge.dates.get("source"), edge.dates.get("how")),
    )


def build_batteries(
    architecture: str, edges: list[BatteryEdge], cite: Cite, party_of: Mapping[str, str]
) -> list[Battery]:
    """The batteries of one architecture; the party is that of the member on the architecture's side."""
    built: list[Battery] = []
    for edge in edges:
        place = edge.site or edge.sea_area or "unnamed"
        id = f"{architecture}/{edge.interceptor}@{place}"
        taken = sum(b.id == id or b.id.startswith(id + "-") for b in built)
        built.append(
            Battery(
                id=id if taken == 0 else f"{id}-{taken + 1}",
                interceptor=edge.interceptor,
                number=edge.number,
                site=edge.site,
                sea_area=edge.sea_area,
                member=edge.member,
                party=party_of.get(edge.member, ""),
                status=weakest(edge.status, edge.sea_area_status or edge.status),
                source=cite(edge.source, edge.how or edge.note),
                treaty_note=edge.treaty_note,
            )
        )
    return built


def _words_left_open(edge: ArchitectureEdge) -> tuple[str, ...]:
    """The notes in which the collection itself says what a proposal leaves out."""
    notes = (("Interceptors", edge.interceptors_note), ("Sensors", edge.sensors_note))
    return tuple(f"{what}: {note}." for what, note in notes if note)


def _status(dates: Mapping[str, Any], option: OptionEdge | None) -> Status:
    status = dates.get("status") if option is None else option.status
    return next((s for s in STATUSES if s == status), "assumed")
