"""A file of a user's own: what it declares, and whether all of it can be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from equipoise.scenario.builders.defaults import check_classes
from equipoise.scenario.builders.interceptors import build_interceptor
from equipoise.scenario.builders.sensors import build_sensor
from equipoise.scenario.builders.sources import citer
from equipoise.scenario.edges.defence import OwnInterceptorFile, SeaAreaFile, SensorFile, SiteEdge, SiteFile
from equipoise.scenario.edges.missiles import FLIGHT_NUMBERS, FlightEdge, FlightFile, MissileEdge, MissileFile
from equipoise.scenario.facts import rows_of
from equipoise.scenario.messages import fault
from equipoise.scenario.reading import Document, check_with, read_csv, read_header, read_yaml
from equipoise.scenario.scenario_file import read_missile, read_scenario

SITE_COLUMNS = tuple(f.alias or n for n, f in SiteEdge.model_fields.items())
FLIGHT_COLUMNS = tuple(FlightEdge.model_fields)


@dataclass(frozen=True)
class CheckedFile:
    """What a file declares: its kind, the ids in it, and every default that would be put in."""

    file: str
    kind: str
    ids: tuple[str, ...]
    assumptions: tuple[tuple[str, str], ...]
    """(id, sentence)."""


def check_file(path: str | Path) -> CheckedFile:
    """Read a file as far as a run would. Raises InputError with file, line, field and what would do."""
    path = Path(path)
    if path.suffix.lower() == ".csv":
        return _check_csv(path)
    document = read_yaml(path)
    kinds: dict[str, Callable[[Document], CheckedFile]] = {
        "parties": _scenario,
        "interceptors": _interceptors,
        "sensors": _sensors,
        "sea_areas": _sea_areas,
        "missiles": _missiles,
        "stages": _missiles,
        "payload_kg": _missiles,
        "propulsion": _missiles,
    }
    data = document.data
    keys = list(data) if isinstance(data, dict) else list(data[0]) if _list_of_mappings(data) else []
    for key, check in kinds.items():
        if key in keys:
            return check(document)
    raise document.fault("unknown-file-kind", (), keys=", ".join(keys) or "none")


def _list_of_mappings(data: object) -> bool:
    return isinstance(data, list) and bool(data) and isinstance(data[0], dict)


def _scenario(document: Document) -> CheckedFile:
    scenario = read_scenario(document)
    said = [(m.id, a) for m in scenario.missile_models.values() for a in m.assumptions]
    said += [(c.id, a) for i in scenario.interceptors.values() for c in i.claims for a in c.assumptions]
    said += [(s.id, a) for s in scenario.sensors.values() for a in s.assumptions]
    ids = (scenario.id, *scenario.architectures)
    return CheckedFile(document.file or "", "scenario", ids, tuple(said))


def _missiles(document: Document) -> CheckedFile:
    data = document.data
    if isinstance(data, dict) and "missiles" in data and len(data["missiles"] or ()) != 1:
        file = check_with(MissileFile, document)
        return CheckedFile(document.file or "", "missiles", tuple(m.id for m in file.missiles), ())
    if isinstance(data, list) and len(data) > 1:
        ids = tuple(check_with(MissileEdge, document, (n,)).id for n in range(len(data)))
        return CheckedFile(document.file or "", "missiles", ids, ())
    model = read_missile(document)
    said = tuple((model.id, a) for a in model.assumptions)
    return CheckedFile(document.file or "", "missile", (model.id,), said)


def _interceptors(document: Document) -> CheckedFile:
    file = check_with(OwnInterceptorFile, document)
    check_classes(document, file.interceptors)
    built = [build_interceptor(e, citer("", {})) for e in (*file.interceptors, *file.generic)]
    said = tuple((c.id, a) for i in built for c in i.claims for a in c.assumptions)
    return CheckedFile(document.file or "", "interceptors", tuple(i.id for i in built), said)


def _sensors(document: Document) -> CheckedFile:
    built = [build_sensor(e, citer("", {})) for e in check_with(SensorFile, document).sensors]
    said = tuple((s.id, a) for s in built for a in s.assumptions)
    return CheckedFile(document.file or "", "sensors", tuple(s.id for s in built), said)


def _sea_areas(document: Document) -> CheckedFile:
    areas = check_with(SeaAreaFile, document).sea_areas
    return CheckedFile(document.file or "", "sea areas", tuple(a.id for a in areas), ())


def _check_csv(path: Path) -> CheckedFile:
    """Observed flights where the header speaks of ranges, else sites."""
    first = read_header(path)
    if not first:
        raise fault("csv-empty", file=str(path), line=1)
    if "range_km" in first:
        rows = rows_of(read_csv(path, FLIGHT_COLUMNS, FLIGHT_NUMBERS).document())
        return CheckedFile(str(path), "flights", tuple(r.id for r in check_with(FlightFile, rows).rows), ())
    if "lat_deg" in first:
        sites = rows_of(read_csv(path, SITE_COLUMNS, ("lat_deg", "lon_deg")).document())
        return CheckedFile(str(path), "sites", tuple(r.id for r in check_with(SiteFile, sites).rows), ())
    raise fault("unknown-file-kind", file=str(path), line=1, keys=", ".join(first) or "none")
