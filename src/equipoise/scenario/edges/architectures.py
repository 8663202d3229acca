"""Edge models of architectures.yaml."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from equipoise.scenario.edges.base import Date, Edge, Sourced, Word, refuse
from equipoise.scenario.values import Status

ModeWord = Literal["separate", "shared", "sectoral", "dual-key", "pre-delegated"]


class ProposerEdge(Edge):
    party: str | None
    member: str | None


class BatteryEdge(Sourced):
    interceptor: Word = Field(alias="model")
    number: int | None = Field(ge=0)
    site: str | None
    sea_area: str | None
    member: Word
    sea_area_status: Status | None = None
    first_ship: str | None = None
    treaty_note: str = ""

    @model_validator(mode="after")
    def _one_place(self) -> BatteryEdge:
        # Both null = the proposal names no place: kept, and a scenario must then say what it takes.
        if self.site is not None and self.sea_area is not None:
            refuse("battery-place", "site")
        return self


class ElementEdge(Sourced):
    what: Word
    member: str | None
    site: str | None = None


class ObjectionEdge(Sourced):
    who: Word
    why: Word


class OptionEdge(Sourced):
    n: int
    interceptors: list[BatteryEdge]
    sensors: list[str]
    cost_20yr_usd: dict[str, Any] | None = None


class SubModeEdge(Edge):
    id: Word
    command_mode: ModeWord
    note: str | None = None


class ArchitectureEdge(Edge):
    id: Word
    name: Word
    proposer: ProposerEdge
    proposed_by: str
    dates: dict[str, Any]
    command_mode: ModeWord | None
    mode_note: str | None = None
    interceptors: list[BatteryEdge]
    interceptors_note: str | None = None
    sensors: list[str]
    sensors_note: str | None = None
    sensors_status: dict[str, Any] | None = None
    elements: list[ElementEdge] = Field(default_factory=list)
    objections: list[ObjectionEdge] = Field(default_factory=list)
    options: list[OptionEdge] = Field(default_factory=list)
    modes: list[SubModeEdge] = Field(default_factory=list)
    cost_usd: dict[str, Any] | None = None
    why_there: dict[str, Any] | None = None
    coverage_claimed: dict[str, Any] | None = None
    condition: dict[str, Any] | None = None
    scale_claim: dict[str, Any] | None = None
    c2: dict[str, Any] | None = None
    authors: dict[str, Any] | None = None
    result: dict[str, Any] | None = None
    earlier: list[dict[str, Any]] = Field(default_factory=list)
    earlier_status: dict[str, Any] | None = None
    bases: dict[str, Any] | None = None


class DisputeEdge(Edge):
    operand: Word
    sides: Word
    turns: Word
    source: str | None = None
    source_file: str | None = None


class ArchitectureFile(Edge):
    as_of: Date
    sources: dict[str, dict[str, Any]]
    architectures: list[ArchitectureEdge]
    disputes_to_name: list[DisputeEdge] = Field(default_factory=list)
