"""Edge models of claims.yaml, concerns.yaml and published_coverage.csv."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from equipoise.scenario.edges.base import Date, Edge, Number, Positive, Word
from equipoise.scenario.values import Status


class CiteEdge(Edge):
    who: str | None = None
    title: str | None = None
    year: int | None = None
    url: str | None = None
    note: str | None = None


class InputEdge(Edge):
    """One input of a claim: a number, several, or words."""

    value: Any = None
    unit: str | None = None
    status: Status = "unknown"
    note: str | None = None


class ResultEdge(Edge):
    reach: bool | None
    text: str | None = None
    status: Status


class ClaimEdge(Edge):
    id: Word
    claimant: Word
    direction: Literal["cannot", "can", "some", "not_judged"]
    architecture: dict[str, Any]
    inputs: dict[str, InputEdge] = Field(default_factory=dict)
    result: ResultEdge
    source: list[CiteEdge]
    turns_on: list[str] = Field(default_factory=list)
    note: str | None = None
    usable_as_evidence: bool = True


class PairOfClaimsEdge(Edge):
    id: Word
    question: Word
    says_no: Word
    says_yes: Word
    operand: Word
    second_operand: str | None = None


class AnchorPlaceEdge(Edge):
    lat_deg: Number
    lon_deg: Number


class AnchorModelEdge(Edge):
    status: Status
    text: Word
    tolerance: dict[str, Positive]
    sensitivity: str | None = None
    boost_times_published: list[dict[str, Any]] = Field(default_factory=list)
    places_status: Status
    places_note: str | None = None
    places: dict[str, AnchorPlaceEdge]


class AnchorEdge(Edge):
    """Rough figures worked out for the collection: where the verdicts flip."""

    start: Word = Field(alias="from")
    to: Word
    site: str | None
    sea_area: str | None
    interceptor_class: Literal["SM-3", "GBI"] = Field(alias="class")
    needed_speed_km_s: dict[str, Positive] = Field(default_factory=dict)
    latest_commit_s: dict[str, Number | str] = Field(default_factory=dict)
    latest_commit_if_flight_capped_at_600_s: dict[str, Number | str] = Field(default_factory=dict)
    status: Status


class MeasureEdge(Edge):
    id: Word
    text: Word
    by: Word
    answer: str | None = None
    parameters: list[str] = Field(default_factory=list)
    figures: dict[str, Any] = Field(default_factory=dict)
    status: Status
    source: list[CiteEdge] = Field(default_factory=list)


class ClaimFile(Edge):
    version: int = Field(alias="schema")
    claims: list[ClaimEdge]
    pairs: list[PairOfClaimsEdge]
    model: AnchorModelEdge
    anchors: list[AnchorEdge]
    measures: list[MeasureEdge]


class OwnClaimFile(Edge):
    """Claims of a reader's own, in the form of claims.yaml without the rest of it."""

    version: int | None = Field(default=None, alias="schema")
    claims: list[ClaimEdge] = Field(min_length=1)
    pairs: list[PairOfClaimsEdge] = Field(default_factory=list)


class AboutEdge(Edge):
    sites: list[str] = Field(default_factory=list)
    sea_areas: list[str] = Field(default_factory=list)
    sensors: list[str] = Field(default_factory=list)
    architectures: list[str] = Field(default_factory=list)
    obligations: list[str] = Field(default_factory=list)
    deterrents: list[str] = Field(default_factory=list)


class ConcernEdge(Edge):
    id: Word
    party: Word
    member: str | None
    since: Date | None
    status: Status
    source: Word
    text: Word
    about: AboutEdge


class ConcernFile(Edge):
    concerns: list[ConcernEdge]


class PublishedCaseEdge(Edge):
    """A row of published_coverage.csv: what the engine is compared with."""

    case_id: Word
    source: Word
    year: Word
    where_in_source: Word
    status: Status
    claim: Word
    architecture: Word
    interceptor: Word
    threat: Word
    launch_area: Word
    aim_area: Word
    inputs_needed: Word
    quantity: Word
    published_value: Word
    unit: Word
    how_to_compare: Word
    pass_when: Word
    caution: str | None


class PublishedCaseFile(Edge):
    rows: list[PublishedCaseEdge]
