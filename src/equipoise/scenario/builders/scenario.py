"""A checked scenario file to the frozen value: every name resolved, every default said."""

from __future__ import annotations

from dataclasses import replace

from equipoise.scenario.builders.command import build_figure, build_mode, build_rules
from equipoise.scenario.builders.parts import Parts, gather
from equipoise.scenario.builders.places import build_area
from equipoise.scenario.builders.proposals import build_proposals
from equipoise.scenario.builders.threats import build_threats
from equipoise.scenario.command import ReleaseRule
from equipoise.scenario.digests import digest
from equipoise.scenario.edges.scenario import PartyEdge, ScenarioFile
from equipoise.scenario.facts_types import Catalogue
from equipoise.scenario.population import regions_of
from equipoise.scenario.reading import Document, did_you_mean
from equipoise.scenario.types import (
    End,
    InterceptorModel,
    InventedRegion,
    LaunchArea,
    Membership,
    Party,
    Scenario,
    Statement,
)
from equipoise.scenario.values import Figure, weakest


def build_scenario(document: Document, file: ScenarioFile, catalogue: Catalogue) -> Scenario:
    """The scenario. InputError with file, line and field for a name that nothing answers to."""
    parties = tuple(_party(p) for p in file.parties)
    parts = gather(document, file, catalogue, parties)
    interceptors = _declared_interceptors(parts)
    threat_areas, threats, derived = build_threats(parts)
    deterrents = _deterrent_areas(parts)
    used = {m for area in (*threat_areas, *deterrents) for m in area.missiles}
    window = file.map_window
    scenario = Scenario(
        id=file.id,
        title=file.title,
        question=" ".join(file.question.split()),
        as_of=file.as_of,
        parties=(parties[0], parties[1]),
        observer=file.observer,
        threats=threats,
        threat_areas=threat_areas,
        deterrent_areas=deterrents,
        ends=_ends(parts),
        missile_models={n: m for n, m in {**parts.missile_models, **derived}.items() if n in used},
        interceptors=interceptors,
        sites=parts.sites,
        sea_areas=parts.sea_areas,
        sensors=parts.sensors,
        architectures=build_proposals(parts, interceptors),
        modes=_modes(parts),
        rules=build_rules(file.rules),
        regions=(),
        region_splits=tuple((s.country, s.meridian_deg, s.west, s.east) for s in file.region_splits),
        statements=_statements(parts),
        declared_warheads=_warheads(parts),
        seed=file.seed,
        fictional=file.fictional,
        map_window=(window.west, window.south, window.east, window.north),
        sources=catalogue.sources if not file.fictional else {},
        invented_regions=tuple(
            InventedRegion(r.id, r.name, _country(parts, r.member, number), build_area(r.area), r.population)
            for number, r in enumerate(file.invented_regions)
        ),
    )
    scenario = replace(
        scenario,
        baseline_notes=_baseline_notes(parts),
        threats_left_out=tuple((t.name, t.why) for t in file.threats_left_out),
    )
    scenario = _only_used(replace(scenario, regions=regions_of(scenario)))
    return replace(scenario, digest=digest(scenario))


def _party(edge: PartyEdge) -> Party:
    members = tuple(Membership(m.country, m.name, m.joined, m.left, m.status, m.source) for m in edge.members)
    return Party(edge.id, edge.name, members)


def _country(parts: Parts, member: str, number: int) -> str:
    codes = {m.name: m.country for p in parts.parties for m in p.members}
    return parts.find("member", codes, member, "invented_regions", number, "member")


def _declared_interceptors(parts: Parts) -> dict[str, InterceptorModel]:
    """Only those whose owner's figures are declared stand in a scenario."""
    found: dict[str, InterceptorModel] = {}
    for number, edge in enumerate(parts.file.declared):
        model = parts.find(
            "interceptor", parts.interceptors, edge.interceptor, "declared", number, "interceptor"
        )
        claims = [c.id for c in model.claims if c.speed_km_s.known]
        if edge.claim not in claims:
            raise parts.document.fault(
                "unknown-claim",
                ("declared", number, "claim"),
                name=edge.claim,
                interceptor=model.id,
                nearest=did_you_mean(edge.claim, claims),
                known=", ".join(claims) or "none with a speed",
            )
        found[model.id] = replace(model, declared_claim=edge.claim, declared_why=edge.why, shots=edge.shots)
    return found


def _deterrent_areas(parts: Parts) -> tuple[LaunchArea, ...]:
    year, catalogue = parts.file.from_catalogue.deterrents, parts.catalogue
    areas: list[LaunchArea] = []
    for area in catalogue.deterrent_areas.values() if year else ():
        names = area.missiles_2010 if year == "2010" else area.missiles_2024
        areas.append(
            LaunchArea(
                id=area.id,
                name=area.name,
                holder=area.member,
                party=parts.member(area.member, "from_catalogue", "deterrents"),
                area=area.area,
                basing=area.basing,
                status=weakest(area.status, area.area.status),
                source=area.source,
                missiles=tuple(m for n in names for m in catalogue.deterrent_models.get(n, ())),
                no_model=tuple(n for n in names if n not in catalogue.deterrent_models),
            )
        )
    for number, e in enumerate(parts.file.deterrent_areas):
        where = ("deterrent_areas", number)
        for at, missile in enumerate(e.missiles):
            parts.find("missile", parts.missile_models, missile, *where, "missiles", at)
        areas.append(
            LaunchArea(
                id=e.id,
                name=e.name,
                holder=e.member,
                party=parts.member(e.member, *where, "member"),
                area=build_area(e.area, sea=e.area.sea or (e.basing == "submarine" and e.area.kind == "box")),
                basing=e.basing,
                status=weakest(e.status, e.area.status),
                source=e.source or e.how or "not stated",
                missiles=tuple(e.missiles),
                no_model=tuple(e.no_model),
            )
        )
    return tuple(areas)


def _ends(parts: Parts) -> tuple[End, ...]:
    ends = []
    for name, member in parts.file.from_catalogue.ends.items():
        where = ("from_catalogue", "ends", name)
        place = parts.find("end", parts.catalogue.ends, name, *where)
        parts.member(member, *where)
        ends.append(End(place.id, place.name, member, place.area, place.status))
    for number, e in enumerate(parts.file.ends):
        parts.member(e.member, "ends", number, "member")
        ends.append(End(e.id, e.name, e.member, build_area(e.area), e.status))
    return tuple(ends)


def _modes(parts: Parts) -> tuple[ReleaseRule, ...]:
    ids = {p.id: p for p in parts.parties}
    for number, mode in enumerate(parts.file.modes):
        for at, sector in enumerate(mode.sectors):
            parts.find("party", ids, sector.party, "modes", number, "sectors", at, "party")
    return tuple(build_mode(m) for m in parts.file.modes)


def _warheads(parts: Parts) -> tuple[tuple[str, Figure], ...]:
    """(party, what it declares of its deterrent's warheads)."""
    parties = {p.id: p for p in parts.parties} | {p.name: p for p in parts.parties}
    found = []
    for number, edge in enumerate(parts.file.declared_warheads):
        party = parts.find("party", parties, edge.party, "declared_warheads", number, "party")
        found.append((party.id, build_figure(edge, "1")))
    return tuple(found)


def _statements(parts: Parts) -> tuple[Statement, ...]:
    taken = parts.catalogue.statements if parts.file.from_catalogue.statements else ()
    own = tuple(
        Statement(e.id, e.kind, e.party, e.text, e.status, e.source, tuple(e.about))
        for e in parts.file.statements
    )
    return _spoken((*taken, *own), parts)


def _spoken(statements: tuple[Statement, ...], parts: Parts) -> tuple[Statement, ...]:
    """Each statement with the party for which its speaker speaks, where the file says so."""
    known, ids = {s.id: s for s in statements}, {p.id: p for p in parts.parties}
    speakers = parts.file.speakers
    for name, party in speakers.items():
        parts.find("statement", known, name, "speakers", name)
        parts.find("party", ids, party, "speakers", name)
    return tuple(replace(s, party=speakers.get(s.id, s.party)) for s in statements)


def _baseline_notes(parts: Parts) -> tuple[tuple[str, str], ...]:
    ids = {p.id: p for p in parts.parties}
    for number, note in enumerate(parts.file.baseline_notes):
        parts.find("party", ids, note.party, "baseline_notes", number, "party")
    return tuple((note.party, note.sentence) for note in parts.file.baseline_notes)


def _only_used(scenario: Scenario) -> Scenario:
    """Without the sites and sea areas that nothing in the scenario names."""
    batteries = [b for a in scenario.architectures.values() for b in a.batteries]
    about = {name for s in scenario.statements for name in s.about}
    sites = {b.site for b in batteries} | about
    seas = {b.sea_area for b in batteries} | {s.sea_area for s in scenario.sensors.values()} | about
    return replace(
        scenario,
        sites={n: s for n, s in scenario.sites.items() if n in sites},
        sea_areas={n: s for n, s in scenario.sea_areas.items() if n in seas},
    )
