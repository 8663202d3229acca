"""A scenario's architectures: the catalogue's entry and what is added, or one declared in the file."""

from __future__ import annotations

from dataclasses import replace

from equipoise.scenario.builders.architectures import build_batteries, hyphened
from equipoise.scenario.builders.parts import Parts
from equipoise.scenario.builders.sources import citer
from equipoise.scenario.builders.undeclared import left_open
from equipoise.scenario.edges.scenario import ArchitectureInScenarioEdge
from equipoise.scenario.types import Architecture, Battery, InterceptorModel


def build_proposals(parts: Parts, interceptors: dict[str, InterceptorModel]) -> dict[str, Architecture]:
    """All architectures by id. InputError for a site, sensor, member or joined system that is not known."""
    built: dict[str, Architecture] = {}
    for number, edge in enumerate(parts.file.architectures):
        start = _taken(parts, edge, number) if edge.taken_from else _declared(parts, edge, number)
        proposal = _completed(parts, edge, start, number, interceptors)
        if proposal.id in built:
            raise parts.document.fault("duplicate-id", ("architectures", number), name=proposal.id)
        built[proposal.id] = proposal
    for number, edge in enumerate(parts.file.architectures):
        for at, joined in enumerate(edge.joins):
            parts.find("architecture", built, joined, "architectures", number, "joins", at)
    return built


def _taken(parts: Parts, edge: ArchitectureInScenarioEdge, number: int) -> Architecture:
    known = parts.catalogue.architectures
    name = edge.id or parts.catalogue.architecture_ids.get(edge.taken_from or "", edge.taken_from or "")
    return parts.find("architecture", known, name, "architectures", number, "from")


def _declared(parts: Parts, edge: ArchitectureInScenarioEdge, number: int) -> Architecture:
    for field in ("id", "name"):
        if getattr(edge, field) is None:
            raise parts.document.fault("missing-field", ("architectures", number), name=field)
    return Architecture(
        id=hyphened(edge.id or ""),
        name=edge.name or "",
        proposer_party=edge.proposer.party,
        proposer_member=edge.proposer.member,
        dates=tuple(edge.dates.items()),
        command_mode=edge.command_mode,
        batteries=(),
        sensors=tuple(edge.sensors or ()),
        joins=(),
        own_system=edge.own_system,
        elements=tuple(e.what if e.member is None else f"{e.member}: {e.what}" for e in edge.elements),
        undeclared=(),
        objections=tuple((o.who, o.why) for o in edge.objections),
        status=edge.status,
        source=edge.source,
    )


def _completed(
    parts: Parts,
    edge: ArchitectureInScenarioEdge,
    start: Architecture,
    number: int,
    interceptors: dict[str, InterceptorModel],
) -> Architecture:
    where = ("architectures", number)
    batteries = _batteries(parts, edge, start, where, interceptors)
    named = start.sensors
    sensors = tuple(dict.fromkeys((*named, *edge.sensors_added)))
    for at, sensor in enumerate(sensors):
        at_added = ("sensors_added", at - len(named)) if at >= len(named) else ("sensors", at)
        parts.find("sensor", parts.sensors, sensor, *where, *at_added)
    if start.proposer_party is not None:
        ids = {p.id: p for p in parts.parties}
        parts.find("party", ids, start.proposer_party, *where, "proposer", "party")
    completed = replace(
        start,
        name=edge.name or start.name,
        batteries=tuple(
            replace(
                b,
                party=parts.party_of[b.member],
                treaty_note=edge.treaty_notes.get(b.interceptor, b.treaty_note),
            )
            for b in batteries
        ),
        sensors=sensors,
        joins=tuple(edge.joins),
        own_system=edge.own_system,
        joint=edge.joint,
        sensors_missing=edge.sensors_missing,
        undeclared=(*start.undeclared, *edge.undeclared),
        put_together=tuple(edge.put_together),
        judged_on=edge.judged_on,
    )
    gaps = left_open(completed, named, interceptors, parts.sensors, parts.sites, parts.sea_areas)
    return replace(completed, undeclared=gaps)


def _batteries(
    parts: Parts,
    edge: ArchitectureInScenarioEdge,
    start: Architecture,
    where: tuple[str, int],
    interceptors: dict[str, InterceptorModel],
) -> tuple[Battery, ...]:
    """The catalogue's batteries, or those that stand in their place, and those added; all names checked."""
    kept: list[tuple[str, int | None, Battery]] = [("from", None, b) for b in start.batteries]
    if edge.batteries is not None:
        built = build_batteries(start.id, edge.batteries, citer("", {}), {})
        kept = [("batteries", at, b) for at, b in enumerate(built)]
    added = build_batteries(start.id, edge.batteries_added, citer("", {}), {})
    kept += [("batteries_added", at, b) for at, b in enumerate(added)]
    for name, at, battery in kept:
        place = (*where, name) if at is None else (*where, name, at)
        parts.find("interceptor", interceptors, battery.interceptor, *place, "model")
        parts.member(battery.member, *place, "member")
        if battery.site is not None:
            parts.find("site", parts.sites, battery.site, *place, "site")
        if battery.sea_area is not None:
            parts.find("sea-area", parts.sea_areas, battery.sea_area, *place, "sea_area")
    return tuple(b for _, _, b in kept)
