"""The small values of every declared fact: a figure with its source, an area, and an error for a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["read", "reported", "derived", "computed", "assumed", "unknown"]
STATUSES: tuple[Status, ...] = ("read", "reported", "derived", "computed", "assumed", "unknown")


class InputError(Exception):
    """Bad input, told to a person: where, what was found, what would do. The command ends with 2."""

    def __init__(
        self,
        id: str,
        message: str,
        *,
        file: str | None = None,
        line: int | None = None,
        column: int | None = None,
        field: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.id, self.message, self.file, self.line, self.column = id, message, file, line, column
        self.field, self.hint = field, hint

    def __str__(self) -> str:
        where = ":".join(str(p) for p in (self.file, self.line, self.column) if p is not None)
        parts = [p for p in (where, self.field, self.message) if p]
        return ": ".join(parts) + (f"\n\nhint: {self.hint}" if self.hint else "")


@dataclass(frozen=True)
class Figure:
    """A number or a range of one unit, with how well it is known and from where.

    ``value`` None with ``low`` and ``high`` set is a printed range; all three None is unknown.
    """

    value: float | None
    unit: str
    status: Status
    source: str
    low: float | None = None
    high: float | None = None
    note: str = ""

    @property
    def known(self) -> bool:
        return self.value is not None or (self.low is not None and self.high is not None)

    @property
    def bounds(self) -> tuple[float, float] | None:
        """(low, high); equal for a single value; None where unknown."""
        if self.low is not None and self.high is not None:
            return (self.low, self.high)
        return None if self.value is None else (self.value, self.value)

    @property
    def middle(self) -> float | None:
        """The value, or the middle of the range; None where unknown."""
        if self.value is not None:
            return self.value
        return None if self.bounds is None else sum(self.bounds) / 2


@dataclass(frozen=True)
class Area:
    """A point, or a box that is filled (never one point of it). ``sea`` boxes count their sea part only."""

    kind: Literal["point", "box"]
    lat_deg: tuple[float, float]
    """(south, north); equal for a point."""
    lon_deg: tuple[float, float]
    """(west, east); west > east crosses the date line."""
    status: Status
    sea: bool = False


def weakest(*statuses: Status) -> Status:
    """The least well known of several: what stands on two figures is no better known than the worse."""
    return max(statuses, key=STATUSES.index)


def unknown(unit: str, source: str, note: str = "") -> Figure:
    """Nothing is known: not zero and not "no limit"."""
    return Figure(None, unit, "unknown", source, note=note)
