"""The whole catalogue as plain frozen values, and the kinds of fact that only it holds."""

from __future__ import annotations

from dataclasses import dataclass

from equipoise.scenario.types import (
    Architecture,
    InterceptorModel,
    MissileModel,
    SeaArea,
    Sensor,
    Site,
    Statement,
)
from equipoise.scenario.values import Area, Figure, Status


@dataclass(frozen=True)
class ObservedFlight:
    """One observed flight as announced. A figure's ``low`` and ``high`` are its 95 % bounds, as judged."""

    id: str
    missile: str
    date: str
    range_km: Figure
    apogee_km: Figure
    time_s: Figure
    launch_place: str
    launch_lat_deg: float
    launch_lon_deg: float
    announced_by: str | None
    status: Status
    source: str


@dataclass(frozen=True)
class DeterrentArea:
    """Where a party's strategic missiles stand, coarse on purpose; names of missiles by year's inventory."""

    id: str
    name: str
    party: str
    member: str
    area: Area
    basing: str
    missiles_2010: tuple[str, ...]
    missiles_2024: tuple[str, ...]
    status: Status
    source: str


@dataclass(frozen=True)
class EndPlace:
    """A city area to which published curves are drawn; not a target list."""

    id: str
    name: str
    area: Area
    status: Status


@dataclass(frozen=True)
class GeodesicPair:
    """Launch area to end on the WGS84 geodesic."""

    start: str
    end: str
    distance_km: float
    azimuth_deg: float
    status: Status


@dataclass(frozen=True)
class PublishedCase:
    """A published claim about coverage, and when our figure counts as agreeing with it."""

    id: str
    claim: str
    architecture: str
    interceptor: str
    threat: str
    launch_area: str
    aim_area: str
    inputs_needed: str
    quantity: str
    published_value: str
    unit: str
    how_to_compare: str
    pass_when: str
    caution: str
    status: Status
    source: str


@dataclass(frozen=True)
class ClaimPair:
    """Two published claims on one question with opposite answers, and the operand that parts them."""

    id: str
    question: str
    says_no: str
    says_yes: str
    operand: str
    second_operand: str | None = None


@dataclass(frozen=True)
class Anchor:
    """A rough figure worked out for the collection: where a verdict flips."""

    start: str
    end: str
    site: str | None
    sea_area: str | None
    interceptor_class: str
    needed_speed_km_s: tuple[tuple[float, float], ...]
    """(commit s after launch, speed km/s)."""
    latest_commit_s: tuple[tuple[float, float | str], ...]
    """(speed km/s, seconds, or ``any`` or ``never``)."""
    latest_commit_capped_s: tuple[tuple[float, float | str], ...]
    """The same where the interceptor's flight is capped at 600 s."""
    status: Status


@dataclass(frozen=True)
class AnchorModel:
    """How the anchors were worked out, how rough they are, and the places used."""

    text: str
    tolerance_km_s: float
    tolerance_s: float
    places_deg: tuple[tuple[str, float, float], ...]
    """(name, latitude, longitude)."""
    status: Status


@dataclass(frozen=True)
class Catalogue:
    """Everything that ships as fact, by id. Ids are those of the files; architectures use hyphens."""

    missile_models: dict[str, MissileModel]
    """All, those kept for comparison (``use`` is ``catalogue``) among them."""
    flights: tuple[ObservedFlight, ...]
    deterrent_areas: dict[str, DeterrentArea]
    deterrent_models: dict[str, tuple[str, ...]]
    """A missile's name in ``deterrent_areas`` to the models that are all run."""
    no_model: tuple[str, ...]
    ends: dict[str, EndPlace]
    pairs: tuple[GeodesicPair, ...]
    interceptors: dict[str, InterceptorModel]
    sensors: dict[str, Sensor]
    sites: dict[str, Site]
    sea_areas: dict[str, SeaArea]
    architectures: dict[str, Architecture]
    architecture_ids: dict[str, str]
    """The id in architectures.yaml to the id used everywhere else."""
    statements: tuple[Statement, ...]
    published_coverage: tuple[PublishedCase, ...]
    claim_pairs: tuple[ClaimPair, ...]
    anchors: tuple[Anchor, ...]
    anchor_model: AnchorModel
    disputes: tuple[tuple[str, str, str], ...]
    """(operand, the two sides, what turns on it)."""
    sources: dict[str, str]
    """Key (``file:name``) to the source in words. A source that is no key is the source in words itself."""
