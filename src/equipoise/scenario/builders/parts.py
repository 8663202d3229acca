"""What a scenario may refer to: its own entries and the catalogue's, found by id or refused by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from equipoise.scenario.builders.defaults import check_classes
from equipoise.scenario.builders.interceptors import build_interceptor
from equipoise.scenario.builders.missiles import build_drag_table, build_missile
from equipoise.scenario.builders.places import build_sea_area, build_site
from equipoise.scenario.builders.sensors import build_sensor
from equipoise.scenario.builders.sources import citer
from equipoise.scenario.edges.scenario import ScenarioFile
from equipoise.scenario.facts_types import Catalogue
from equipoise.scenario.reading import Document, did_you_mean
from equipoise.scenario.reading.yaml_text import KeyPath
from equipoise.scenario.types import InterceptorModel, MissileModel, Party, SeaArea, Sensor, Site

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Parts:
    """Everything by id, the scenario's own entries before the catalogue's, and the file they are named in."""

    document: Document
    file: ScenarioFile
    catalogue: Catalogue
    parties: tuple[Party, ...]
    missile_models: dict[str, MissileModel]
    interceptors: dict[str, InterceptorModel]
    sites: dict[str, Site]
    sea_areas: dict[str, SeaArea]
    sensors: dict[str, Sensor]

    @property
    def party_of(self) -> dict[str, str]:
        """A member's name to the id of its party."""
        return {m.name: p.id for p in self.parties for m in p.members}

    def find(self, kind: str, among: Mapping[str, Entry], name: str, *path: str | int) -> Entry:
        """The entry called ``name``; InputError ``unknown-<kind>`` at ``path`` with the nearest name."""
        if name in among:
            return among[name]
        raise self.refuse(kind, among, name, path)

    def refuse(self, kind: str, among: Mapping[str, object], name: str, path: KeyPath) -> Exception:
        near, known = did_you_mean(name, among), ", ".join(among)
        return self.document.fault(f"unknown-{kind}", path, name=name, nearest=near, known=known)

    def member(self, name: str, *path: str | int) -> str:
        """The id of the party of the member called ``name``."""
        return self.find("member", self.party_of, name, *path)


def gather(document: Document, file: ScenarioFile, catalogue: Catalogue, parties: tuple[Party, ...]) -> Parts:
    """The scenario's own entries built, beside the catalogue's; InputError for an unknown name in them."""
    _unique(document, file)
    check_classes(document, file.interceptors)
    tables = {m.missile.drag.id: m.missile.drag for m in catalogue.missile_models.values()}
    tables |= {t.id: build_drag_table(t) for t in file.drag_tables}
    own = {e.id: e for e in file.missiles}
    parts = Parts(document, file, catalogue, parties, {}, {}, {}, {}, {})
    for number, edge in enumerate(file.missiles):
        if edge.drag_table is not None:
            parts.find("drag-table", tables, edge.drag_table, "missiles", number, "drag_table")
    cite = citer("", {})
    party_of = parts.party_of
    members = {
        **file.from_catalogue.sensors,
        **{s.id: s.owner for s in file.sensors},
    }
    for number, sensor in enumerate(file.sensors):
        parts.member(sensor.owner, "sensors", number, "owner")
    for name, member in file.from_catalogue.sensors.items():
        parts.find("sensor", catalogue.sensors, name, "from_catalogue", "sensors", name)
        parts.member(member, "from_catalogue", "sensors", name)
    sensors = {
        **{n: catalogue.sensors[n] for n in file.from_catalogue.sensors},
        **{e.id: build_sensor(e, cite) for e in file.sensors},
    }
    return replace(
        parts,
        missile_models={**catalogue.missile_models, **{i: build_missile(e, tables) for i, e in own.items()}},
        interceptors={
            **catalogue.interceptors,
            **{e.id: build_interceptor(e, cite) for e in file.interceptors},
        },
        sites={**catalogue.sites, **{e.id: build_site(e) for e in file.sites}},
        sea_areas={**catalogue.sea_areas, **{e.id: build_sea_area(e) for e in file.sea_areas}},
        sensors={n: replace(s, member=members[n], party=party_of[members[n]]) for n, s in sensors.items()},
    )


def _unique(document: Document, file: ScenarioFile) -> None:
    lists = "missiles interceptors sites sea_areas sensors threat_areas threats deterrent_areas ends modes"
    for name in ("parties", *lists.split()):
        seen: set[str] = set()
        for number, entry in enumerate(getattr(file, name)):
            if entry.id in seen:
                raise document.fault("duplicate-id", (name, number, "id"), name=entry.id)
            seen.add(entry.id)
