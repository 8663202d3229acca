"""The pieces that every edge model is made of: strict fields, dates, and figures with a status."""

from __future__ import annotations

import re
from typing import Annotated, Any, NoReturn

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from equipoise.scenario.reading import did_you_mean
from equipoise.scenario.values import Status

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?\Z")


def refuse(id: str, *inside: str | int, **names: Any) -> NoReturn:
    """Raise, from inside an edge model, the message ``id`` of messages.py about the field ``inside``."""
    # The id is a template to pydantic too, so nothing in it is expanded there.
    raise PydanticCustomError(id, "see messages.py", {**names, "inside": inside})  # type: ignore[misc]


def _date(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 9999:
        return str(value)
    if isinstance(value, str) and _DATE.match(value):
        return value
    refuse("not-a-date", found=value)


def _latitude(value: object) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool) and not -90 <= value <= 90:
        refuse("latitude-out-of-range", found=value)
    return value


def _longitude(value: object) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool) and not -180 <= value <= 180:
        refuse("longitude-out-of-range", found=value)
    return value


Number = Annotated[float, Field(allow_inf_nan=False)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
NotNegative = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Degrees = Annotated[float, Field(ge=-360, le=360, allow_inf_nan=False)]
Latitude = Annotated[float, BeforeValidator(_latitude), Field(allow_inf_nan=False)]
Longitude = Annotated[float, BeforeValidator(_longitude), Field(allow_inf_nan=False)]
Date = Annotated[str, BeforeValidator(_date)]
Word = Annotated[str, Field(min_length=1)]


class Edge(BaseModel):
    """An edge model: no unknown keys, no silent conversion, frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    @model_validator(mode="before")
    @classmethod
    def _known_keys_only(cls, data: Any) -> Any:
        if isinstance(data, dict):
            known = [f.alias or name for name, f in cls.model_fields.items()]
            for key in data:
                if key not in known:
                    near = did_you_mean(key, known)
                    if not near and " " in key:
                        near = " (text that holds a comma needs quotes here)"
                    names = {"key": key, "nearest": near, "known": ", ".join(known)}
                    raise PydanticCustomError("unknown-key", "see messages.py", names)
        return data


class Sourced(Edge):
    """Status and source, which every value keeps. ``how`` says how an assumed one came about."""

    status: Status = "assumed"
    source: str | None = None
    how: str | None = None
    note: str | None = None


class Value(Sourced):
    """One figure, or a printed range with ``value`` null, or null: unknown."""

    value: Number | None = None
    low: Number | None = None
    high: Number | None = None

    @model_validator(mode="after")
    def _range(self) -> Value:
        check_range(self.low, self.high)
        known = self.value is not None or self.low is not None
        if known and self.status == "unknown":
            refuse("unknown-needs-no-value", "status")
        return self


class AreaEdge(Edge):
    """A point, or a box given as [south, north] and [west, east]."""

    kind: str = Field(pattern="^(point|box)$")
    lat_deg: Latitude | list[Latitude]
    lon_deg: Longitude | list[Longitude]
    status: Status = "assumed"
    sea: bool = False

    @model_validator(mode="after")
    def _shape(self) -> AreaEdge:
        for name in ("lat_deg", "lon_deg"):
            given = getattr(self, name)
            wanted = 2 if self.kind == "box" else 1
            found = len(given) if isinstance(given, list) else 1
            if found != wanted:
                refuse("wrong-count", name, found=found, wanted=wanted)
        if isinstance(self.lat_deg, list) and self.lat_deg[0] >= self.lat_deg[1]:
            refuse("box-upside-down", "lat_deg", south=f"{self.lat_deg[0]:g}", north=f"{self.lat_deg[1]:g}")
        return self


def check_range(low: float | None, high: float | None, *inside: str) -> None:
    """Both ends or neither, in order."""
    if (low is None) != (high is None):
        refuse("half-a-range", *inside)
    if low is not None and high is not None and low > high:
        refuse("range-upside-down", *inside, low=f"{low:g}", high=f"{high:g}")


def check_validity(start: str | None, end: str | None, field: str) -> None:
    """Half-open [start, end): the end comes after the start."""
    if start is not None and end is not None and end < start:
        refuse("validity-upside-down", field, start=start, to=end)
