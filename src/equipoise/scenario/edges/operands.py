"""Edge model of an operand file (``prove --operands``): one vector, units in the names of its fields."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from equipoise.scenario.edges.base import Edge, Latitude, Longitude, Word, refuse

UNITS = ("km_s", "km", "s", "deg")
NONE = "none"
"""The word for: nothing binds."""


def _number(value: object, none: bool) -> float:
    if none and value == NONE:
        return math.inf
    if isinstance(value, bool) or not isinstance(value, int | float):
        shown = "null" if value is None else repr(value)
        refuse("not-a-number-or-none" if none else "not-a-number", found=shown)
    return float(value)


def _ends(value: object, *, none: bool = False) -> tuple[float, float]:
    """A number, [low, high] or {low, high} as two ends in order; ``none`` where nothing may bind."""
    if isinstance(value, dict):
        if set(value) != {"low", "high"}:
            refuse("half-a-range")
        value = [value["low"], value["high"]]
    if isinstance(value, list):
        if len(value) != 2:
            refuse("wrong-count", found=len(value), wanted=2)
        low, high = (_number(v, none) for v in value)
        if math.isinf(low):  # `none` has no place in the order of numbers: it may be written first
            low, high = high, low
        if low > high:
            refuse("range-upside-down", low=f"{low:g}", high=f"{high:g}")
        return low, high
    one = _number(value, none)
    return one, one


def _loose_ends(value: object) -> tuple[float, float]:
    return _ends(value, none=True)


def _above_zero(ends: tuple[float, float]) -> tuple[float, float]:
    return ends if ends[0] > 0.0 else refuse("out-of-range", found=f"{ends[0]:g}", rule="above 0")


def _not_below_zero(ends: tuple[float, float]) -> tuple[float, float]:
    return ends if ends[0] >= 0.0 else refuse("out-of-range", found=f"{ends[0]:g}", rule="at least 0")


def _positive(value: object) -> tuple[float, float]:
    return _above_zero(_ends(value))


def _from_zero(value: object) -> tuple[float, float]:
    return _not_below_zero(_ends(value))


def _elevation(value: object) -> tuple[float, float]:
    ends = _ends(value)
    for end in ends:
        if not 0.0 <= end <= 90.0:
            refuse("out-of-range", found=f"{end:g}", rule="at least 0 and at most 90")
    return ends


def _cap(value: object) -> float:
    one = _number(value, none=True)
    return one if one > 0.0 else refuse("out-of-range", found=f"{one:g}", rule="above 0")


def _several(value: object) -> object:
    return value if isinstance(value, list) else [value]


Ends = Annotated[tuple[float, float], BeforeValidator(_ends)]
Positive = Annotated[tuple[float, float], BeforeValidator(_positive)]
FromZero = Annotated[tuple[float, float], BeforeValidator(_from_zero)]
Loose = Annotated[tuple[float, float], BeforeValidator(lambda v: _above_zero(_loose_ends(v)))]
"""A range of which an end may be ``none``."""
Elevation = Annotated[tuple[float, float], BeforeValidator(_elevation)]
Cap = Annotated[float, BeforeValidator(_cap)]
Asked = Annotated[float, BeforeValidator(lambda v: _number(v, none=False))]
Figures = Annotated[list[Asked], BeforeValidator(_several)]
"""One figure or a list of them."""


class Operands(Edge):
    """A part of the file: null is a field left out; one without its unit is told apart from an unknown."""

    @model_validator(mode="before")
    @classmethod
    def _units(cls, data: Any) -> Any:
        known = [f.alias or name for name, f in cls.model_fields.items()]
        for key in data if isinstance(data, dict) else ():
            full = [k for k in known for unit in UNITS if k == f"{key}_{unit}"]
            if key not in known and full:
                raise PydanticCustomError("unit-left-out", "see messages.py", {"key": key, "full": full[0]})
        return {k: v for k, v in data.items() if v is not None} if isinstance(data, dict) else data


class InterceptorPart(Operands):
    """The interceptor: by the catalogue's id, by class, or by figures; a figure given here stands."""

    model: Word | None = None
    claim: Word | None = None
    kind: Word | None = Field(default=None, alias="class")
    speed_km_s: Positive | None = None
    speed_at_km: FromZero | None = None
    speed_at_elevation_deg: Elevation | None = None
    time_to_burnout_s: Positive | None = None
    time_to_100_km_s: Positive | None = None
    flight_cap_s: Loose | None = None
    flight_cap_counts_from: Literal["launch", "burnout"] = "launch"
    altitude_min_km: FromZero | None = None
    altitude_max_km: Loose | None = None
    range_km: Loose | None = None
    number: int | None = Field(default=None, ge=0)
    shots_each: int = Field(default=1, ge=1)


class Spot(Operands):
    """A place drawn by the reader: a point, or a box as [south, north] and [west, east]."""

    name: Word | None = None
    lat_deg: Latitude | list[Latitude]
    lon_deg: Longitude | list[Longitude]
    sea: bool | None = None

    @model_validator(mode="after")
    def _shape(self) -> Spot:
        for field in ("lat_deg", "lon_deg"):
            given = getattr(self, field)
            if isinstance(given, list) != self.box or (isinstance(given, list) and len(given) != 2):
                found = len(given) if isinstance(given, list) else 1
                refuse("wrong-count", field, found=found, wanted=2)
        if isinstance(self.lat_deg, list) and self.lat_deg[0] >= self.lat_deg[1]:
            refuse("box-upside-down", "lat_deg", south=f"{self.lat_deg[0]:g}", north=f"{self.lat_deg[1]:g}")
        return self

    @property
    def box(self) -> bool:
        return isinstance(self.lat_deg, list) or isinstance(self.lon_deg, list)


class BurnoutPart(Operands):
    """A protected missile of which only the burnout is stated."""

    burnout_s: Positive
    burnout_altitude_km: Positive
    burnout_downrange_km: FromZero

    @model_validator(mode="after")
    def _of_a_missile(self) -> BurnoutPart:
        for field, most in (
            ("burnout_s", 1000),
            ("burnout_altitude_km", 1500),
            ("burnout_downrange_km", 5000),
        ):
            high = getattr(self, field)[1]
            if high > most:
                refuse("out-of-range", field, found=f"{high:g}", rule=f"at most {most}")
        return self


class CountPart(Operands):
    """Which interceptors of the owner count beside these."""

    architecture: Word
    which: Literal["joint system", "in the region", "all that members own"] = "joint system"


class CommitPart(Operands):
    """When a launch is permitted at the earliest; one of the four ways to count."""

    after_launch_s: Ends | None = None
    after_burnout_s: Ends | None = None
    after_first_light_s: FromZero | None = None
    after_track_s: FromZero | None = None
    track: Literal["warning", "search", "fire-control"] | None = None
    sensors: Annotated[list[Word], BeforeValidator(_several)] = Field(default_factory=list)

    @model_validator(mode="after")
    def _one_way(self) -> CommitPart:
        ways = ("after_launch_s", "after_burnout_s", "after_first_light_s", "after_track_s")
        given = [w for w in ways if getattr(self, w) is not None]
        if len(given) != 1:
            refuse("commit-ways", found=", ".join(given) or "none")
        if self.after_track_s is None and (self.track is not None or self.sensors):
            refuse("track-without-time", "track" if self.track is not None else "sensors")
        return self


class AskPart(Operands):
    """Figures wanted beside the verdict."""

    needed_speed_at_commits_s: Figures = Field(default_factory=list)
    commits_count_from: Literal["launch", "burnout"] = "launch"
    latest_commit_at_speeds_km_s: Figures = Field(default_factory=list)
    flight_caps_s: Annotated[list[Cap], BeforeValidator(_several)] = Field(default_factory=list)
    flight_caps_count_from: Literal["launch", "burnout"] | None = None


Spots = Annotated[list[Word | Spot], BeforeValidator(_several)]
"""One or several: the id of a declared place, or a place drawn here."""


class OperandFile(Operands):
    """The whole file: one operand vector."""

    id: Word = "my-vector"
    title: str = ""
    owner: Word | None = None
    interceptor: InterceptorPart
    place: Spots = Field(min_length=1)
    launch: Spots | None = Field(default=None, min_length=1)
    aim: Spots | None = Field(default=None, min_length=1)
    missile: Annotated[list[Word | BurnoutPart], BeforeValidator(_several)] | None = None
    loft_offset_deg: Ends | None = None
    commit: CommitPart | None = None
    meetings_before_burnout: bool = False
    also_counted: CountPart | None = None
    declared_warheads: int | None = Field(default=None, ge=1)
    surviving_warheads: Annotated[list[int], BeforeValidator(_several)] = Field(default_factory=list)
    ask: AskPart = AskPart()
    source: str = ""
    note: str = ""
