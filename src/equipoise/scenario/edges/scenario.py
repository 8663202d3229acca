"""Edge model of a scenario file: what it declares itself and what it takes from the catalogue."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from equipoise.scenario.edges.architectures import (
    BatteryEdge,
    ElementEdge,
    ModeWord,
    ObjectionEdge,
    ProposerEdge,
)
from equipoise.scenario.edges.base import (
    AreaEdge,
    Date,
    Edge,
    Latitude,
    Longitude,
    Number,
    Sourced,
    Value,
    Word,
    check_validity,
)
from equipoise.scenario.edges.defence import OwnInterceptorEdge, SeaAreaEdge, SensorEdge, SiteEdge
from equipoise.scenario.edges.missiles import DragTableEdge, MissileEdge
from equipoise.scenario.values import Status


class MembershipEdge(Edge):
    country: Word
    name: Word
    joined: Date | None = None
    left: Date | None = None
    status: Status = "assumed"
    source: str = "not stated"

    @model_validator(mode="after")
    def _validity(self) -> MembershipEdge:
        check_validity(self.joined, self.left, "left")
        return self


class PartyEdge(Edge):
    id: Word
    name: Word
    members: list[MembershipEdge] = Field(min_length=1)


class ThreatAreaEdge(Sourced):
    id: Word
    name: Word
    holder: Word
    area: AreaEdge
    basing: str = "mobile"
    missiles: list[Word] = Field(min_length=1)


class ThreatEdge(Sourced):
    id: Word
    name: Word
    holder: Word
    models: list[Word] = Field(min_length=1)
    launch_areas: list[Word] = Field(min_length=1)
    state: Literal["tested", "deployed", "projected", "failed"]
    state_since: Date
    assessed: bool
    payload_kg: Value | None = None
    """In place of the models' own, where the scenario assumes another."""


class OwnDeterrentEdge(Sourced):
    id: Word
    name: Word
    member: Word
    area: AreaEdge
    basing: Literal["silo", "mobile", "submarine"]
    missiles: list[Word]
    no_model: list[Word] = Field(default_factory=list)


class OwnEndEdge(Edge):
    id: Word
    name: Word
    member: Word
    area: AreaEdge
    status: Status = "assumed"


class FromCatalogueEdge(Edge):
    """What a scenario takes over from the catalogue; nothing is taken that is not named here."""

    deterrents: Literal["2010", "2024"] | None = None
    ends: dict[str, str] = Field(default_factory=dict)
    sensors: dict[str, str] = Field(default_factory=dict)
    statements: bool = False


class DeclaredEdge(Edge):
    interceptor: Word
    claim: Word
    why: Word
    shots: int = Field(default=1, ge=1)


class ArchitectureInScenarioEdge(Edge):
    """One architecture: taken from the catalogue (``from``) with what had to be added, or declared here."""

    taken_from: str | None = Field(default=None, alias="from")
    id: str | None = None
    name: str | None = None
    proposer: ProposerEdge = ProposerEdge(party=None, member=None)
    dates: dict[str, Date] = Field(default_factory=dict)
    command_mode: ModeWord | None = None
    batteries: list[BatteryEdge] | None = None
    batteries_added: list[BatteryEdge] = Field(default_factory=list)
    sensors: list[Word] | None = None
    sensors_added: list[Word] = Field(default_factory=list)
    joins: list[Word] = Field(default_factory=list)
    own_system: bool = False
    joint: bool = False
    sensors_missing: bool = False
    judged_on: Date | None = None
    put_together: list[Word] = Field(default_factory=list)
    treaty_notes: dict[str, str] = Field(default_factory=dict)
    elements: list[ElementEdge] = Field(default_factory=list)
    objections: list[ObjectionEdge] = Field(default_factory=list)
    undeclared: list[Word] = Field(default_factory=list)
    status: Status = "assumed"
    source: str = "not stated"


class SectorOfEdge(Edge):
    party: Word
    areas: list[AreaEdge] = Field(min_length=1)
    status: Status = "assumed"
    source: str = "not stated"


class ModeEdge(Edge):
    """A command mode: see command.py for what each field means."""

    id: Word
    name: Word
    picture: Literal["own", "fused"]
    deciders: Literal["owner", "sector", "both", "rule"]
    interceptors: Literal["own", "sector", "pooled"]
    land: Literal["own", "both"]
    decision_s: Value
    on_silence: Literal["no", "own"]
    confidence: Literal["warning", "search", "fire-control"]
    valid_from: Date | None = None
    valid_to: Date | None = None
    sectors: list[SectorOfEdge] = Field(default_factory=list)
    note: str = ""


class LoftEdge(Edge):
    name: Word
    offset_deg: Number = Field(ge=-60, le=60)


class RulesEdge(Edge):
    cloud_break_km: Value
    detection_delay_s: Value
    radar_track_s: Value
    first_light_floor_s: Value
    lofts: list[LoftEdge]
    disruptive_share: Value
    single_shot: Value
    salvo: int = Field(default=2, ge=1)


class SplitEdge(Edge):
    country: Word
    meridian_deg: Longitude
    west: Word
    east: Word


class InventedRegionEdge(Edge):
    id: Word
    name: Word
    member: Word
    area: AreaEdge
    population: int = Field(gt=0)


class StatementEdge(Edge):
    id: Word
    kind: Literal["concern", "claim", "measure"]
    party: str | None = None
    text: Word
    about: list[str] = Field(default_factory=list)
    status: Status = "assumed"
    source: str = "not stated"


class WarheadsEdge(Value):
    """How many warheads a party declares of its deterrent."""

    party: Word


class BaselineNoteEdge(Edge):
    party: Word
    sentence: Word


class LeftOutEdge(Edge):
    name: Word
    why: Word


class MapWindowEdge(Edge):
    west: Longitude
    south: Latitude
    east: Longitude
    north: Latitude


class ScenarioFile(Edge):
    """A whole scenario. Ids refer to entries of this file first, then to the catalogue's."""

    id: Word
    title: Word
    question: Word
    as_of: Date
    fictional: bool = False
    seed: int = Field(default=1, ge=0)
    map_window: MapWindowEdge
    parties: list[PartyEdge] = Field(min_length=2, max_length=2)
    observer: Word
    from_catalogue: FromCatalogueEdge = FromCatalogueEdge()
    drag_tables: list[DragTableEdge] = Field(default_factory=list)
    missiles: list[MissileEdge] = Field(default_factory=list)
    interceptors: list[OwnInterceptorEdge] = Field(default_factory=list)
    sites: list[SiteEdge] = Field(default_factory=list)
    sea_areas: list[SeaAreaEdge] = Field(default_factory=list)
    sensors: list[SensorEdge] = Field(default_factory=list)
    threat_areas: list[ThreatAreaEdge] = Field(min_length=1)
    threats: list[ThreatEdge] = Field(min_length=1)
    deterrent_areas: list[OwnDeterrentEdge] = Field(default_factory=list)
    ends: list[OwnEndEdge] = Field(default_factory=list)
    declared: list[DeclaredEdge] = Field(min_length=1)
    architectures: list[ArchitectureInScenarioEdge] = Field(min_length=1)
    modes: list[ModeEdge] = Field(min_length=1)
    rules: RulesEdge
    region_splits: list[SplitEdge] = Field(default_factory=list)
    invented_regions: list[InventedRegionEdge] = Field(default_factory=list)
    statements: list[StatementEdge] = Field(default_factory=list)
    speakers: dict[str, str] = Field(default_factory=dict)
    """Id of a statement to the party for which its speaker speaks; an expert or a journalist has none."""
    declared_warheads: list[WarheadsEdge] = Field(default_factory=list)
    baseline_notes: list[BaselineNoteEdge] = Field(default_factory=list)
    threats_left_out: list[LeftOutEdge] = Field(default_factory=list)
