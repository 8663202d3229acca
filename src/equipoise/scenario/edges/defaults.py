"""Edge model of defaults.yaml: the class values that stand in where an author gives none."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from equipoise.scenario.edges.base import Edge, NotNegative, Positive, Word


class CoefficientClass(Edge):
    below_ideal_km_s: Positive | None
    value: Positive
    says: Word


class InterceptorClass(Edge):
    id: Word
    says: Word
    burnout_altitude_km: NotNegative
    time_to_burnout_s: list[Positive] = Field(min_length=2, max_length=2)
    altitude_min_km: NotNegative
    altitude_max_km: Positive | None
    range_km: Positive | None
    members: list[str]


class SensorDefaults(Edge):
    elevation_min_deg: NotNegative
    track_quality: dict[Literal["warning", "search", "fire-control"], list[str]]
    range_as: dict[str, str]


class Defaults(Edge):
    drag_tables: dict[str, str]
    ballistic_coefficient_kg_m2: list[CoefficientClass]
    interceptor_classes: list[InterceptorClass]
    sensors: SensorDefaults
