"""The facts that ship in ``catalogue/``, read through the edge models into one frozen value."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from equipoise.scenario.builders.architectures import build_architectures, hyphened
from equipoise.scenario.builders.defaults import room_path
from equipoise.scenario.builders.interceptors import build_interceptor
from equipoise.scenario.builders.missiles import build_drag_table, build_missile
from equipoise.scenario.builders.places import build_area, build_sea_area, build_site
from equipoise.scenario.builders.sensors import build_sensor, share_ranges
from equipoise.scenario.builders.sources import citer, source_texts
from equipoise.scenario.builders.statements import (
    build_anchor,
    build_anchor_model,
    build_case,
    build_claim,
    build_concern,
    build_measure,
    build_pairs,
)
from equipoise.scenario.edges.architectures import ArchitectureFile
from equipoise.scenario.edges.defence import InterceptorFile, SeaAreaFile, SensorFile, SiteFile
from equipoise.scenario.edges.missiles import (
    FLIGHT_NUMBERS,
    DeterrentFile,
    FlightEdge,
    FlightFile,
    MissileFile,
)
from equipoise.scenario.edges.statements import (
    ClaimFile,
    ConcernFile,
    PublishedCaseEdge,
    PublishedCaseFile,
)
from equipoise.scenario.facts_types import (
    Catalogue,
    DeterrentArea,
    EndPlace,
    GeodesicPair,
    ObservedFlight,
)
from equipoise.scenario.reading import Document, check_with, read_csv, read_yaml
from equipoise.scenario.types import MissileModel
from equipoise.scenario.values import Figure, Status, unknown

SITE_COLUMNS = ("id", "name", "member", "lat_deg", "lon_deg", "from", "to", "status", "source")


@cache
def load_catalogue() -> Catalogue:
    """Every fact that ships with the program. The same frozen value each time; do not change its mappings."""
    deterrents = check_with(DeterrentFile, read_yaml(_fact("missiles", "deterrents.yaml")))
    interceptors = check_with(InterceptorFile, read_yaml(_fact("defence", "interceptors.yaml")))
    sensors = check_with(SensorFile, read_yaml(_fact("defence", "sensors.yaml")))
    architectures = check_with(ArchitectureFile, read_yaml(_fact("defence", "architectures.yaml")))
    claims = check_with(ClaimFile, read_yaml(_fact("guarantee", "claims.yaml")))
    concerns = check_with(ConcernFile, read_yaml(_fact("accords", "concerns.yaml")))
    sources = {
        **source_texts("interceptors", interceptors.sources),
        **source_texts("sensors", sensors.sources),
        **source_texts("architectures", architectures.sources),
    }
    cite_interceptor, cite_sensor = citer("interceptors", sources), citer("sensors", sources)
    built = [build_architectures(a, citer("architectures", sources), {}) for a in architectures.architectures]
    ids = {edge.id: hyphened(edge.id) for edge in architectures.architectures}
    cases = read_rows("published_coverage.csv", PublishedCaseEdge)
    return Catalogue(
        missile_models=_missile_models(),
        flights=_flights(),
        deterrent_areas={a.id: a for a in _deterrent_areas(deterrents)},
        deterrent_models={name: tuple(models) for name, models in deterrents.models.items()},
        no_model=tuple(deterrents.no_model),
        ends={e.id: EndPlace(e.id, e.place, build_area(e.area), e.status) for e in deterrents.ends},
        pairs=tuple(
            GeodesicPair(p.start, p.to, p.distance_km, p.azimuth_deg, p.status) for p in deterrents.pairs
        ),
        interceptors={
            e.id: build_interceptor(e, cite_interceptor)
            for e in (*interceptors.interceptors, *interceptors.generic)
        },
        sensors=share_ranges({e.id: build_sensor(e, cite_sensor) for e in sensors.sensors}),
        sites={e.id: build_site(e) for e in check_with(SiteFile, _sites()).rows},
        sea_areas={
            e.id: build_sea_area(e)
            for e in check_with(SeaAreaFile, read_yaml(_fact("defence", "sea_areas.yaml"))).sea_areas
        },
        architectures={a.id: a for group in built for a in group},
        architecture_ids=ids,
        statements=(
            *(build_claim(e) for e in claims.claims),
            *(build_measure(e) for e in claims.measures),
            *(build_concern(e, ids) for e in concerns.concerns),
        ),
        published_coverage=tuple(build_case(e, ids) for e in check_with(PublishedCaseFile, cases).rows),
        claim_pairs=build_pairs(claims.pairs),
        anchors=tuple(build_anchor(e) for e in claims.anchors),
        anchor_model=build_anchor_model(claims),
        disputes=tuple((d.operand, d.sides, d.turns) for d in architectures.disputes_to_name),
        sources=sources,
    )


def _fact(*parts: str) -> Path:
    return room_path("catalogue", *parts)


def _missile_models() -> dict[str, MissileModel]:
    file = check_with(MissileFile, read_yaml(_fact("missiles", "missiles.yaml")))
    tables = {t.id: build_drag_table(t) for t in file.drag_tables}
    return {e.id: build_missile(e, tables) for e in file.missiles}


def rows_of(table_document: Document) -> Document:
    """A CSV's rows under ``rows``, so that one edge model can hold them, each cell keeping its place."""
    marks: dict[tuple[str | int, ...], tuple[int, int]] = {("rows",): (1, 1)}
    marks |= {("rows", *path): place for path, place in table_document.marks.items()}
    return Document({"rows": table_document.data}, marks, table_document.file, hidden=2)


def read_rows(name: str, edge: type[PublishedCaseEdge]) -> Document:
    """The rows of a CSV in ``catalogue/defence`` whose columns are the fields of ``edge``."""
    columns = tuple(f.alias or n for n, f in edge.model_fields.items())
    return rows_of(read_csv(_fact("defence", name), columns).document())


def _sites() -> Document:
    table = read_csv(_fact("defence", "sites.csv"), SITE_COLUMNS, numbers=("lat_deg", "lon_deg"))
    return rows_of(table.document())


def _flights() -> tuple[ObservedFlight, ...]:
    columns = tuple(FlightEdge.model_fields)
    table = read_csv(_fact("missiles", "flights.csv"), columns, numbers=FLIGHT_NUMBERS)
    rows = check_with(FlightFile, rows_of(table.document())).rows
    return tuple(
        ObservedFlight(
            id=r.id,
            missile=r.missile,
            date=r.date,
            range_km=_observed(r.range_km, r.range_pm_km, "km", r.status, r.source),
            apogee_km=_observed(r.apogee_km, r.apogee_pm_km, "km", r.status, r.source),
            time_s=_observed(r.time_s, r.time_pm_s, "s", r.status, r.source),
            launch_place=r.launch_place,
            launch_lat_deg=r.launch_lat_deg,
            launch_lon_deg=r.launch_lon_deg,
            announced_by=r.announced_by,
            status=r.status,
            source=r.source,
        )
        for r in rows
    )


def _observed(value: float | None, half: float | None, unit: str, status: Status, source: str) -> Figure:
    if value is None:
        return unknown(unit, source)
    if half is None:
        return Figure(value, unit, status, source)
    return Figure(value, unit, status, source, value - half, value + half, "95 % bounds as judged here")


def _deterrent_areas(file: DeterrentFile) -> list[DeterrentArea]:
    return [
        DeterrentArea(
            id=e.id,
            name=e.place,
            party=e.party,
            member=e.member,
            area=build_area(e.area, sea=e.basing == "submarine"),
            basing=e.basing,
            missiles_2010=tuple(e.missiles_2010),
            missiles_2024=tuple(e.missiles_2024),
            status=e.status,
            source=e.source,
        )
        for e in file.launch_areas
    ]
