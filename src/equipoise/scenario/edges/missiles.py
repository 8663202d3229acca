"""Edge models of missiles.yaml, flights.csv and deterrents.yaml."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from equipoise.scenario.edges.base import (
    AreaEdge,
    Date,
    Edge,
    NotNegative,
    Number,
    Positive,
    Sourced,
    Value,
    Word,
    check_range,
    refuse,
)
from equipoise.scenario.values import Status

STANDARD_GRAVITY_M_S2 = 9.80665
SEA_LEVEL_PRESSURE_PA = 101325.0


class DragTableEdge(Sourced):
    id: Word
    says: str | None = None
    mach: list[NotNegative] = Field(min_length=1)
    cd: list[Positive] = Field(min_length=1)

    @model_validator(mode="after")
    def _rises(self) -> DragTableEdge:
        if len(self.mach) != len(self.cd) or any(
            a >= b for a, b in zip(self.mach, self.mach[1:], strict=False)
        ):
            refuse("drag-table-order", "mach")
        return self


class StageEdge(Edge):
    number: int | None = Field(default=None, ge=1)
    propellant_kg: Positive
    empty_kg: NotNegative
    isp_s: Positive
    isp_at: Literal["vacuum", "sea_level", "unstated"] = "unstated"
    isp_vacuum_s: Positive | None = None
    burn_s: Positive
    coast_s: NotNegative | None = None
    diameter_m: Positive
    exit_area_m2: NotNegative | None = None

    @model_validator(mode="after")
    def _nozzle(self) -> StageEdge:
        if self.isp_at == "sea_level" and self.exit_area_m2 is None:
            refuse("sea-level-without-exit-area", "isp_at")
        return self

    @property
    def mass_kg(self) -> float:
        return self.propellant_kg + self.empty_kg

    @property
    def ground_thrust_n(self) -> float:
        """Thrust at sea level. ``unstated`` is read as vacuum, without an exit area as is."""
        thrust = self.isp_s * STANDARD_GRAVITY_M_S2 * self.propellant_kg / self.burn_s
        if self.isp_at == "sea_level":
            return thrust
        return thrust - SEA_LEVEL_PRESSURE_PA * (self.exit_area_m2 or 0.0)


class ShroudEdge(Edge):
    mass_kg: NotNegative
    drop_s: Positive | None = None
    drop_km: Positive | None = None
    in_launch_mass: bool = False

    @model_validator(mode="after")
    def _falls(self) -> ShroudEdge:
        if self.drop_s is None and self.drop_km is None:
            refuse("shroud-without-drop")
        return self


class PublishedEdge(Edge):
    quantity: Word
    condition: str | None = None
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    by: str
    status: Status = "assumed"

    @model_validator(mode="after")
    def _range(self) -> PublishedEdge:
        check_range(self.low, self.high)
        return self


class MissileEdge(Edge):
    """One entry in the form of missiles.yaml; required are id, payload_kg and stages."""

    id: Word
    missile: str | None = None
    holder: str = "own"
    role: Literal["threat", "deterrent", "reference", "own"] = "own"
    use: Literal["scenario", "catalogue"] = "scenario"
    use_reason: str | None = None
    propulsion: Literal["liquid", "solid"] | None = None
    model_by: str = "this file"
    status: Status = "assumed"
    source: str = "not stated"
    payload_kg: NotNegative
    stages: list[StageEdge] = Field(min_length=1)
    shroud: ShroudEdge | None = None
    drag_table: str | None = None
    drag_table_status: Status = "assumed"
    ballistic_coefficient_kg_m2: Value | Positive | None = None
    published: list[PublishedEdge] = Field(default_factory=list)
    check: dict[str, Any] | None = None
    notes: str | None = None

    @model_validator(mode="after")
    def _from_the_ground_up(self) -> MissileEdge:
        for above, (lower, upper) in enumerate(zip(self.stages, self.stages[1:], strict=False), start=1):
            where = ("stages", above)
            if upper.mass_kg > lower.mass_kg:
                why = f"weighs {upper.mass_kg:g} kg, more than the {lower.mass_kg:g} kg of the stage under it"
                refuse("stages-out-of-order", *where, upper=above + 1, why=why)
        for at, stage in enumerate(self.stages):
            if stage.number is not None and stage.number != at + 1:
                why = f"in the list is numbered {stage.number}"
                refuse("stages-out-of-order", "stages", at, upper=at + 1, why=why)
        weight = STANDARD_GRAVITY_M_S2 * self.launch_mass_kg
        thrust = self.stages[0].ground_thrust_n
        if thrust < weight:
            names = {"thrust_kn": f"{thrust / 1e3:.0f}", "weight_kn": f"{weight / 1e3:.0f}"}
            refuse("cannot-lift-off", "stages", 0, **names)
        return self

    @property
    def launch_mass_kg(self) -> float:
        outside = self.shroud.mass_kg if self.shroud and not self.shroud.in_launch_mass else 0.0
        return self.payload_kg + sum(s.mass_kg for s in self.stages) + outside


class MissileFile(Edge):
    """missiles.yaml, or a file of one's own with the same two lists."""

    drag_tables: list[DragTableEdge] = Field(default_factory=list)
    missiles: list[MissileEdge] = Field(min_length=1)


FLIGHT_NUMBERS = (
    "range_km",
    "apogee_km",
    "time_s",
    "range_pm_km",
    "apogee_pm_km",
    "time_pm_s",
    "launch_lat_deg",
    "launch_lon_deg",
)


class FlightEdge(Edge):
    """A row of flights.csv; ``*_pm_*`` are 95 % half-widths."""

    id: Word
    missile: Word
    date: Date
    range_km: Positive | None
    apogee_km: Positive | None
    time_s: Positive | None
    status: Status
    source: Word
    range_pm_km: Positive | None
    apogee_pm_km: Positive | None
    time_pm_s: Positive | None
    launch_place: Word
    launch_lat_deg: Number = Field(ge=-90, le=90)
    launch_lon_deg: Number = Field(ge=-180, le=180)
    announced_by: str | None


class FlightFile(Edge):
    rows: list[FlightEdge]


class DeterrentAreaEdge(Edge):
    id: Word
    party: Word
    member: Word
    place: Word
    area: AreaEdge
    basing: Literal["silo", "mobile", "submarine"]
    status: Status
    missiles_2010: list[Word] = Field(default_factory=list)
    missiles_2024: list[Word] = Field(default_factory=list)
    source: Word


class EndEdge(Edge):
    id: Word
    place: Word
    area: AreaEdge
    status: Status


class PairEdge(Edge):
    start: Word = Field(alias="from")
    to: Word
    distance_km: Positive
    azimuth_deg: Number
    status: Status


class SaidEdge(Edge):
    by: Word
    says: Word
    status: Status
    source: Word


class DeterrentFile(Edge):
    """deterrents.yaml."""

    launch_areas: list[DeterrentAreaEdge]
    not_in_2010_any_more: list[str] = Field(default_factory=list)
    models: dict[str, list[str]]
    models_for_comparison: dict[str, list[str]] = Field(default_factory=dict)
    no_model: list[str] = Field(default_factory=list)
    ends: list[EndEdge]
    pairs: list[PairEdge] = Field(default_factory=list)
    claims: list[SaidEdge] = Field(default_factory=list)
