"""The catalogue as lists: what there is, one entry in full, and all sources; nothing is drawn here."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from equipoise.scenario.facts import load_catalogue
from equipoise.scenario.facts_types import Catalogue
from equipoise.scenario.messages import fault
from equipoise.scenario.reading import did_you_mean
from equipoise.scenario.values import Area, Figure, Status

KINDS = (
    "missiles",
    "flights",
    "deterrents",
    "ends",
    "interceptors",
    "sensors",
    "sites",
    "sea-areas",
    "architectures",
    "claims",
    "measures",
    "concerns",
    "published-coverage",
)


@dataclass(frozen=True)
class EntryLine:
    """One line of a list: enough to choose an entry by."""

    kind: str
    id: str
    name: str
    about: str
    status: Status


@dataclass(frozen=True)
class EntryField:
    """One field of an entry: its dotted name, its value in words with the unit, and how well it is known."""

    name: str
    value: str
    status: Status | None
    source: str


@dataclass(frozen=True)
class EntryPage:
    """One entry in full."""

    kind: str
    id: str
    name: str
    fields: tuple[EntryField, ...]


@dataclass(frozen=True)
class SourceLine:
    """One source and the entries that rest on it."""

    key: str
    text: str
    entries: tuple[str, ...]


def list_entries(kind: str | None = None) -> tuple[EntryLine, ...]:
    """Every entry of one kind (see ``KINDS``), or of all. InputError ``unknown-kind``."""
    if kind is not None and kind not in KINDS:
        raise fault("unknown-kind", name=kind, nearest=did_you_mean(kind, KINDS), known=", ".join(KINDS))
    return tuple(
        EntryLine(k, i, _name(entry), _about(entry), entry_status(entry))
        for k, i, entry in _all(load_catalogue())
        if kind is None or k == kind
    )


def show_entry(id: str) -> EntryPage:
    """One entry, every field with its status and source. InputError ``unknown-entry`` with the nearest id."""
    catalogue = load_catalogue()
    every = list(_all(catalogue))
    wanted = catalogue.architecture_ids.get(id, id)
    for kind, name, entry in every:
        if name == wanted:
            return EntryPage(kind, name, _name(entry), tuple(_fields(entry, "")))
    raise fault("unknown-entry", name=id, nearest=did_you_mean(id, [n for _, n, _ in every]))


def list_sources() -> tuple[SourceLine, ...]:
    """Every source that an entry or a figure names, in words, with the ids that rest on it."""
    catalogue = load_catalogue()
    found: dict[str, list[str]] = {}
    for _, id, entry in _all(catalogue):
        for source in dict.fromkeys(_sources(entry)):
            found.setdefault(source, []).append(id)
    return tuple(SourceLine(s, catalogue.sources.get(s, s), tuple(ids)) for s, ids in sorted(found.items()))


def _all(catalogue: Catalogue) -> list[tuple[str, str, Any]]:
    """(kind, id, entry) of everything, in the order of ``KINDS``."""
    by_kind: dict[str, list[Any]] = {
        "missiles": list(catalogue.missile_models.values()),
        "flights": list(catalogue.flights),
        "deterrents": list(catalogue.deterrent_areas.values()),
        "ends": list(catalogue.ends.values()),
        "interceptors": list(catalogue.interceptors.values()),
        "sensors": list(catalogue.sensors.values()),
        "sites": list(catalogue.sites.values()),
        "sea-areas": list(catalogue.sea_areas.values()),
        "architectures": list(catalogue.architectures.values()),
        "claims": [s for s in catalogue.statements if s.kind == "claim"],
        "measures": [s for s in catalogue.statements if s.kind == "measure"],
        "concerns": [s for s in catalogue.statements if s.kind == "concern"],
        "published-coverage": list(catalogue.published_coverage),
    }
    return [(kind, entry.id, entry) for kind in KINDS for entry in by_kind[kind]]


def _name(entry: Any) -> str:
    for field in ("missile_name", "missile", "name", "text", "claim"):
        if isinstance(getattr(entry, field, None), str):
            return str(getattr(entry, field))
    return str(entry.id)


def _about(entry: Any) -> str:
    for field in ("model_by", "date", "owner", "member", "proposer_member", "party", "architecture"):
        if isinstance(getattr(entry, field, None), str) and getattr(entry, field):
            return str(getattr(entry, field))
    return ""


def entry_status(entry: Any) -> Status:
    """An entry's own status; of an interceptor, that of its best-known claim; of a sea area, its box's."""
    if hasattr(entry, "status"):
        status: Status = entry.status
        return status
    if hasattr(entry, "claims"):
        order = ("read", "reported", "derived", "computed", "assumed", "unknown")
        best: Status = min((c.status for c in entry.claims), key=order.index)
        return best
    boxed: Status = entry.area.status
    return boxed


def _fields(value: Any, name: str) -> list[EntryField]:
    if isinstance(value, Figure):
        return [EntryField(name, figure_text(value), value.status, value.source)]
    if isinstance(value, Area):
        return [EntryField(name, _area_text(value), value.status, "")]
    if is_dataclass(value):
        found = [_fields(getattr(value, f.name), f"{name}.{f.name}".strip(".")) for f in fields(value)]
        return [field for part in found for field in part]
    if isinstance(value, tuple | list) and any(is_dataclass(v) for v in value):
        return [f for number, v in enumerate(value, start=1) for f in _fields(v, f"{name}[{number}]")]
    if isinstance(value, tuple | list) and any(isinstance(v, tuple) for v in value):
        return [f for v in value for f in _fields(v[1] if len(v) == 2 else v[1:], f"{name}.{v[0]}")]
    if isinstance(value, tuple | list):
        words = [_word(v) for v in value]
        between = " " if all(w.endswith(".") for w in words) else ", "
        return [EntryField(name, between.join(words) or "none", None, "")]
    return [] if value == "" else [EntryField(name, _word(value), None, "")]


def figure_text(figure: Figure) -> str:
    """A figure in words: ``3 km/s``, ``7 to 8.3 km/s``, ``not known``."""
    if not figure.known:
        return "not known"
    unit = "" if figure.unit in ("", "1") else f" {figure.unit}"
    if figure.value is None:
        return f"{figure.low:g} to {figure.high:g}{unit}"
    around = "" if figure.low is None else f" ({figure.low:g} to {figure.high:g})"
    return f"{figure.value:g}{around}{unit}"


def _area_text(area: Area) -> str:
    if area.kind == "point":
        return f"{area.lat_deg[0]:g} N, {area.lon_deg[0]:g} E"
    return f"{area.lat_deg[0]:g} to {area.lat_deg[1]:g} N, {area.lon_deg[0]:g} to {area.lon_deg[1]:g} E" + (
        " (sea part)" if area.sea else ""
    )


def _word(value: Any) -> str:
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _sources(value: Any) -> list[str]:
    found = [value.source] if isinstance(getattr(value, "source", None), str) and value.source else []
    if is_dataclass(value):
        for f in fields(value):
            found += _sources(getattr(value, f.name))
    elif isinstance(value, tuple | list):
        for part in value:
            found += _sources(part)
    return found
