"""Dated parameters: a value holds from one day to before another, was set by something, and has a source.

As in OpenFisca's store a parameter has its history, but no date is ever assumed: a value whose first day is
not known says so, and two values that hold on one day are an error and not a matter of file order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from equipoise.accords.dates import day_of
from equipoise.accords.messages import bad_input
from equipoise.accords.types import Operand

ParameterValue = int | str | bool | Decimal | None | tuple[Any, ...] | Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value of one parameter, valid in [valid_from, valid_to); None there means not stated."""

    path: str
    value: ParameterValue
    unit: str
    valid_from: date | None
    valid_to: date | None
    source: str
    status: str
    article: str = ""
    set_by: str = ""
    note: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether it holds on the day as far as is known: an end that is not stated does not exclude it."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )

    @property
    def version(self) -> str:
        """``from..to``, an end that is not stated left empty; ``not dated`` where neither is."""
        if self.valid_from is None and self.valid_to is None:
            return "not dated"
        return f"{self.valid_from or ''}..{self.valid_to or ''}"

    def operand(self, name: str = "") -> Operand:
        """The parameter as an operand of a trace; fractions and lists become text."""
        value = self.value
        plain = value if value is None or isinstance(value, int | str | bool) else _text(value)
        return Operand(
            name or self.path,
            plain,
            unit=self.unit,
            article=self.article,
            source=self.source,
            status=self.status,
            version=self.version,
            note=self.note,
        )


@dataclass(frozen=True)
class ParameterStore:
    """All parameters by dotted path; ``at`` gives the one that holds on a day."""

    by_path: Mapping[str, tuple[Parameter, ...]]

    @staticmethod
    def of(parameters: Iterable[Parameter], file: str | None = None) -> ParameterStore:
        """The store of these values. InputError ``overlapping-validity`` where two hold on one day."""
        grouped: dict[str, list[Parameter]] = {}
        for parameter in parameters:
            grouped.setdefault(parameter.path, []).append(parameter)
        for path, versions in grouped.items():
            versions.sort(key=lambda p: (p.valid_from or date.min, p.valid_to or date.max))
            for earlier, later in pairwise(versions):
                if earlier.valid_to is None or (later.valid_from or date.min) < earlier.valid_to:
                    raise bad_input(
                        "overlapping-validity",
                        file=file,
                        field=path,
                        first=earlier.version,
                        second=later.version,
                    )
        return ParameterStore(MappingProxyType({path: tuple(v) for path, v in grouped.items()}))

    def at(self, path: str, day: date) -> Parameter | None:
        """The value of ``path`` that holds on ``day``; None where none does (that is not zero)."""
        return next((p for p in self.by_path.get(path, ()) if p.holds_on(day)), None)

    def under(self, prefix: str) -> dict[str, tuple[Parameter, ...]]:
        """All versions of every parameter below a prefix, by what follows the prefix."""
        start = f"{prefix}."
        return {path[len(start) :]: v for path, v in self.by_path.items() if path.startswith(start)}


def leaves(data: Mapping[str, Any], file: str | None = None, before: str = "") -> Iterable[Parameter]:
    """Every ``{value, unit, status, source, valid_from, valid_to, note}`` in nested mappings, by its path."""
    for name, inner in data.items():
        path = f"{before}.{name}" if before else str(name)
        if not isinstance(inner, Mapping):
            raise bad_input("parameter-form", file=file, field=path)
        if "value" not in inner:
            yield from leaves(inner, file, path)
            continue
        yield Parameter(
            path=path,
            value=_frozen(inner["value"]),
            unit=str(inner.get("unit") or ""),
            valid_from=day_of(inner.get("valid_from"), file=file, field=f"{path}.valid_from"),
            valid_to=day_of(inner.get("valid_to"), file=file, field=f"{path}.valid_to"),
            source=str(inner.get("source") or ""),
            status=str(inner.get("status") or "unknown"),
            article=str(inner.get("article") or ""),
            set_by=str(inner.get("set_by") or ""),
            note=str(inner.get("note") or ""),
        )


def _frozen(value: Any) -> ParameterValue:
    """A float of the file as the exact decimal that was written; lists and mappings that cannot change."""
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, list):
        return tuple(_frozen(v) for v in value)
    if isinstance(value, Mapping):
        return MappingProxyType({str(k): _frozen(v) for k, v in value.items()})
    return value  # type: ignore[no-any-return]


def _text(value: ParameterValue) -> str:
    if isinstance(value, tuple):
        return ", ".join(_text(v) for v in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{k} {_text(v)}" for k, v in value.items())
    return str(value)
