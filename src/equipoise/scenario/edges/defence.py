"""Edge models of interceptors.yaml, sensors.yaml, sites.csv and sea_areas.yaml."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from equipoise.scenario.edges.base import (
    Date,
    Edge,
    Latitude,
    Longitude,
    NotNegative,
    Number,
    Positive,
    Sourced,
    Value,
    Word,
    check_range,
    check_validity,
    refuse,
)
from equipoise.scenario.values import Status


class Range(Edge):
    low: Number | None = None
    high: Number | None = None
    status: Status | None = None
    note: str | None = None
    how: str | None = None
    source: str | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Range:
        check_range(self.low, self.high)
        return self


class InterceptorClaimEdge(Sourced):
    """One author's figures. A speed stands with the altitude at which it holds."""

    author: Word
    model: str | None = None
    qualifier: str | None = None
    burnout_speed_km_s: Range | None = None
    burnout_speeds_km_s: list[Positive] | None = None
    burnout_altitude_km: Value | None = None
    time_to_burnout_s: Range | None = None
    flight_cap_s: Value | None = None
    burn_time_s: Range | None = None
    first_stage_burn_time_s: Positive | None = None
    altitude_min_km: NotNegative | None = None
    altitude_max_km: Positive | None = None
    altitude_low_km: Positive | None = None
    altitude_high_km: Positive | None = None
    altitude_prior_km: Positive | None = None
    altitude_in_test_km: Positive | None = None
    altitude_of_highest_intercept_to_date_km: Positive | None = None
    range_km: Positive | None = None
    range_vs_ballistic_km: Positive | None = None
    range_vs_aircraft_km: Positive | None = None
    threat_range_max_km: Positive | None = None
    target_speed_max_km_s: Positive | None = None
    target_speed_in_test_km_s: Positive | None = None
    simultaneous_targets: int | None = Field(default=None, ge=1)
    mass_kg: Positive | None = None
    length_m: Positive | None = None
    stages: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _window(self) -> InterceptorClaimEdge:
        low, high = self.altitude_min_km, self.altitude_max_km
        if low is not None and high is not None and low > high:
            refuse("floor-above-ceiling", "altitude_min_km", floor=f"{low:g}", ceiling=f"{high:g}")
        speed = self.burnout_speed_km_s
        if speed is not None and speed.low is not None and speed.low <= 0:
            refuse("out-of-range", "burnout_speed_km_s", found=speed.low, rule="above 0")
        # An author who gives none is told apart from one who was not asked: null must be written.
        if speed is not None and speed.low is not None and self.burnout_altitude_km is None:
            refuse("speed-without-altitude", "burnout_speed_km_s")
        return self


class OwnInterceptorClaimEdge(InterceptorClaimEdge):
    """A claim in a user's own file: there the altitude may not stay unknown."""

    @model_validator(mode="after")
    def _altitude_known(self) -> OwnInterceptorClaimEdge:
        speed, altitude = self.burnout_speed_km_s, self.burnout_altitude_km
        if speed is not None and speed.low is not None and (altitude is None or altitude.value is None):
            refuse("speed-without-altitude", "burnout_speed_km_s")
        return self


class BasingEdge(Edge):
    sites: list[str] = Field(default_factory=list)
    ships: bool = False
    note: str | None = None


class InterceptorEdge(Edge):
    id: Word
    name: Word
    owner: str | None = None
    role: str | None = None
    basing: BasingEdge | None = None
    interceptor_class: str | None = Field(default=None, alias="class")
    service: dict[str, Any] | None = None
    claims: list[InterceptorClaimEdge] = Field(min_length=1)
    price_usd: dict[str, Any] | None = None
    payload: dict[str, Any] | None = None
    vehicle: dict[str, Any] | None = None
    number_deployed: dict[str, Any] | None = None
    counter_claim: dict[str, Any] | None = None
    tests: list[dict[str, Any]] = Field(default_factory=list)
    published_results: list[dict[str, Any]] = Field(default_factory=list)


class OwnInterceptorEdge(InterceptorEdge):
    claims: list[OwnInterceptorClaimEdge] = Field(min_length=1)  # type: ignore[assignment]


class InterceptorFile(Edge):
    as_of: Date
    sources: dict[str, dict[str, Any]]
    interceptors: list[InterceptorEdge]
    generic: list[InterceptorEdge] = Field(default_factory=list)


class OwnInterceptorFile(Edge):
    as_of: Date | None = None
    sources: dict[str, dict[str, Any]] = Field(default_factory=dict)
    interceptors: list[OwnInterceptorEdge] = Field(min_length=1)
    generic: list[OwnInterceptorEdge] = Field(default_factory=list)


class LocationEdge(Sourced):
    lat_deg: Latitude
    lon_deg: Longitude
    height_m: Number | None = None


class SectorEdge(Sourced):
    from_deg: Number | None = Field(default=None, ge=0, le=360)
    to_deg: Number | None = Field(default=None, ge=0, le=360)
    width_deg: Positive | None = None

    @model_validator(mode="after")
    def _not_empty(self) -> SectorEdge:
        if (self.from_deg is None) != (self.to_deg is None):
            refuse("half-a-range")
        if self.from_deg is not None and self.from_deg == self.to_deg:
            refuse("empty-sector", from_deg=f"{self.from_deg:g}", to_deg=f"{self.to_deg:g}")
        return self


class RangeClaimEdge(Sourced):
    author: Word
    range_km: Positive | None
    target: Word
    qualifier: str | None = None


class ElevationEdge(Sourced):
    min: Number = Field(ge=-10, le=90)
    max: Number | None = Field(default=None, ge=-10, le=90)


class SensorEdge(Edge):
    id: Word
    name: Word
    owner: str
    kind: Literal["radar", "satellite"]
    location: LocationEdge | None = None
    sea_area: str | None = None
    sea_area_status: Status = "assumed"
    location_note: str | None = None
    sector: SectorEdge | None = None
    elevation_deg: ElevationEdge | None = None
    revisit_s: Range | None = None
    range_claims: list[RangeClaimEdge] = Field(default_factory=list)
    track_quality: Literal["warning", "search", "fire-control"] | None = None
    status: Status | None = None
    source: str | None = None
    operation: dict[str, Any] | None = None
    band: dict[str, Any] | None = None
    distance_to_iran_km: dict[str, Any] | None = None
    method_read: dict[str, Any] | None = None
    role: Any = None
    note: str | None = None
    hardware: str | None = None
    faces: dict[str, Any] | None = None
    coverage: dict[str, Any] | None = None
    replaces: dict[str, Any] | None = None
    lease_usd_per_year: dict[str, Any] | None = None
    staff: dict[str, Any] | None = None
    power_mw: dict[str, Any] | None = None
    tracks: dict[str, Any] | None = None
    orbit: str | None = None
    detects: str | None = None


class SensorFile(Edge):
    as_of: Date | None = None
    sources: dict[str, dict[str, Any]] = Field(default_factory=dict)
    sensors: list[SensorEdge] = Field(min_length=1)
    method_notes: dict[str, str] = Field(default_factory=dict)


class SiteEdge(Edge):
    id: Word
    name: Word
    member: Word
    lat_deg: Latitude
    lon_deg: Longitude
    start: Date | None = Field(default=None, alias="from")
    to: Date | None = None
    status: Status = "assumed"
    source: str = "not stated"

    @model_validator(mode="after")
    def _validity(self) -> SiteEdge:
        check_validity(self.start, self.to, "to")
        return self


class SiteFile(Edge):
    rows: list[SiteEdge]


class SeaAreaEdge(Edge):
    id: Word
    name: Word
    kind: Literal["box"] = "box"
    lat_deg: list[Latitude] = Field(min_length=2, max_length=2)
    lon_deg: list[Longitude] = Field(min_length=2, max_length=2)
    status: Status = "assumed"

    @model_validator(mode="after")
    def _shape(self) -> SeaAreaEdge:
        if self.lat_deg[0] >= self.lat_deg[1]:
            refuse("box-upside-down", "lat_deg", south=f"{self.lat_deg[0]:g}", north=f"{self.lat_deg[1]:g}")
        return self


class SeaAreaFile(Edge):
    status_note: str | None = None
    sea_areas: list[SeaAreaEdge] = Field(min_length=1)
