"""Reading announced flights: a CSV in the form of the catalogue's, each fault with its line and field.

Two marks in the ``source`` column carry meaning, as in the catalogue: ``RIVAL of ID`` makes a row a second
account of flight ID, and ``lower bound`` says that a range is only that. Stages are lower bounds, too.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import numpy as np

from equipoise.scenario import InputError, did_you_mean, fact_path, is_sea, read_csv
from equipoise.threats.messages import fault
from equipoise.threats.types import FIGURES, Announced, Observation

NEEDED = ("id", "missile", "date", *FIGURES, "launch_lat_deg", "launch_lon_deg")
HALVES = ("range_pm_km", "apogee_pm_km", "time_pm_s")
OPTIONAL = (
    *HALVES,
    "status",
    "source",
    "launch_place",
    "announced_by",
    "azimuth_deg",
    "azimuth_pm_deg",
    "landing_lat_deg",
    "landing_lon_deg",
)
NUMBERS = (
    *FIGURES, *HALVES, "launch_lat_deg", "launch_lon_deg", "azimuth_deg", "azimuth_pm_deg",
    "landing_lat_deg", "landing_lon_deg",
)  # fmt: skip
MOST = {"range_km": 20_003.0, "apogee_km": 100_000.0, "time_s": 36_000.0}
"""Beyond these a row is refused: half the way round the Earth, and what no test has come near."""
DEFAULT_HALF = {"range_km": (20.0, 0.03), "apogee_km": (20.0, 0.03), "time_s": (30.0, 0.03)}
"""Half-width where none is given: the larger of a length and a share of the figure. Assumed, and said."""
DEFAULT_AZIMUTH_HALF_DEG = 5.0
SHORE_KM = 30.0
"""A launch place at sea is said only where land is further off: coasts are drawn at 1:50 million."""
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?\Z")
_RIVAL = re.compile(r"\bRIVAL of ([^\s,;.]+)")
_BOUND = re.compile(r"\blower bound\b", re.IGNORECASE)
_STAGE = re.compile(r"\b(stage|stages|debris)\b", re.IGNORECASE)


def catalogue_flights() -> Path:
    """The file of observed flights that ships with the program."""
    return fact_path("missiles", "flights.csv")


def read_observations(path: Path, today: str) -> tuple[Observation, ...]:
    """The rows of a CSV of flights, in its order. ``today`` (YYYY-MM-DD) bounds the dates.

    InputError for every fault, with file, line and field.
    """
    file = str(path)
    rows = _rows(path)
    if not rows:
        raise fault("flights-none", file=file, line=1)
    lines: dict[str, int] = {}
    found = []
    for line, cells in rows:
        given = _Row(file, line, cells)
        id = given.text("id")
        if id in lines:
            raise given.fault("flights-duplicate", "id", found=id, first=lines[id])
        lines[id] = line
        found.append(_observation(given, today))
    rivals = {o.id for o in found if o.rival_of is not None}
    for each in found:
        if each.rival_of is None:
            continue
        id = "flights-rival-unknown" if each.rival_of not in lines else "flights-rival-chain"
        if each.rival_of not in lines or each.rival_of in rivals:
            raise fault(id, file=file, line=each.line, field="source", name=each.rival_of)
    return tuple(found)


def _rows(path: Path) -> list[tuple[int, dict[str, str | float | None]]]:
    """(line, cells) of every row, after the header was checked."""
    import csv
    import io

    file = str(path)
    known = (*NEEDED, *OPTIONAL)
    header: list[str] = []
    if path.is_file():
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
        header = next(csv.reader(io.StringIO(text, newline="")), [])
    if len(header) == 1 and ";" in header[0]:
        raise fault("flights-separator", file=file, line=1)
    for at, name in enumerate(header):
        if name not in known:
            raise fault(
                "flights-column", file=file, line=1, column=at + 1, name=name,
                nearest=did_you_mean(name, known), known=", ".join(known),
            )  # fmt: skip
    for name in NEEDED:
        if header and name not in header:
            raise fault("flights-column-missing", file=file, line=1, name=name, known=", ".join(NEEDED))
    table = read_csv(path, header, numbers=[n for n in NUMBERS if n in header])
    return list(zip(table.lines, table.rows, strict=True))


class _Row:
    """One row, which can say where its faults are."""

    def __init__(self, file: str, line: int, cells: dict[str, str | float | None]) -> None:
        self.file, self.line, self.cells = file, line, cells
        self.said: list[str] = []

    def fault(self, id: str, field: str, **names: object) -> InputError:
        """The error of message ``id`` about one of the row's fields."""
        return fault(id, file=self.file, line=self.line, column=None, field=field, **names)

    def text(self, name: str, default: str | None = None) -> str:
        value = self.cells.get(name)
        if value is None or not str(value).strip():
            if default is None:
                raise self.fault("flights-empty-cell", name, name=name)
            return default
        return str(value).strip()

    def number(self, name: str) -> float | None:
        value = self.cells.get(name)
        return None if value is None else float(value)

    def positive(self, name: str) -> float | None:
        value = self.number(name)
        if value is not None and value <= 0.0:
            raise self.fault("flights-not-positive", name, found=value)
        return value

    def degrees(self, name: str, most: float, rule: str) -> float:
        value = self.number(name)
        if value is None:
            raise self.fault("flights-empty-cell", name, name=name)
        if abs(value) > most:
            raise self.fault("flights-place", name, found=value, rule=rule)
        return value


def _observation(row: _Row, today: str) -> Observation:
    source = row.text("source", "not stated")
    missile = row.text("missile")
    figures = {f: _announced(row, f, half) for f, half in zip(FIGURES, HALVES, strict=True)}
    if not any(figures.values()):
        raise row.fault("flights-no-figure", "range_km")
    launch = _place(row, "launch")
    place = row.text("launch_place", "not stated")
    rival = _RIVAL.search(source)
    landing = None
    if row.number("landing_lat_deg") is not None or row.number("landing_lon_deg") is not None:
        landing = _place(row, "landing")
    _say_sea(row, launch, place)
    return Observation(
        id=row.text("id"),
        missile=missile,
        date=_date(row, today),
        **figures,
        launch_deg=launch,
        launch_place=place,
        announced_by=row.text("announced_by", "not stated"),
        source=source,
        status=row.text("status", "assumed"),
        rival_of=rival.group(1) if rival else None,
        lower_bound=bool(_BOUND.search(source) or _STAGE.search(missile)),
        azimuth_deg=_azimuth(row),
        landing_deg=landing,
        line=row.line,
        warnings=tuple(row.said),
    )


def _place(row: _Row, which: str) -> tuple[float, float]:
    return (
        row.degrees(f"{which}_lat_deg", 90.0, "a latitude between -90 and 90 degrees"),
        row.degrees(f"{which}_lon_deg", 180.0, "a longitude between -180 and 180 degrees, east positive"),
    )


def _announced(row: _Row, name: str, half_name: str) -> Announced | None:
    """A figure and its half-width. A half-width without its figure is accepted, and says nothing."""
    value, half = row.positive(name), row.positive(half_name)
    if value is None:
        return None
    if value > MOST[name]:
        unit = "" if name != "time_s" else " or so long"
        raise row.fault("flights-too-far", name, found=value, most=MOST[name], unit=unit)
    if half is not None:
        return Announced(value, half)
    least, share = DEFAULT_HALF[name]
    half = max(least, share * value)
    unit = name.rsplit("_", 1)[1]
    row.said.append(
        f"{half_name} is not given; {half:.0f} {unit} is taken (the larger of {least:g} {unit} and "
        f"{100 * share:g} % of the figure; assumed)"
    )
    return Announced(value, half, half_assumed=True)


def _azimuth(row: _Row) -> Announced | None:
    value = row.number("azimuth_deg")
    if value is None:
        return None
    if not 0.0 <= value <= 360.0:
        raise row.fault(
            "flights-place", "azimuth_deg", found=value, rule="0 to 360 degrees clockwise from true north"
        )
    half = row.positive("azimuth_pm_deg")
    return Announced(value, half or DEFAULT_AZIMUTH_HALF_DEG, half_assumed=half is None)


def _date(row: _Row, today: str) -> str:
    found = row.text("date")
    if not _DATE.match(found) or not _on_the_calendar(found):
        raise row.fault("flights-date", "date", found=found)
    if found > today[: len(found)]:
        raise row.fault("flights-future", "date", found=found, today=today)
    return found


def _on_the_calendar(text: str) -> bool:
    """Whether a date has a day that its month has."""
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


def _say_sea(row: _Row, launch: tuple[float, float], place: str) -> None:
    """A warning where a launch place lies out at sea and is not said to be off a coast."""
    if place.casefold().startswith("off ") or "sea" in place.casefold().split():
        return
    lat, lon = np.array([launch[0]]), np.array([launch[1]])
    if not is_sea(lat, lon)[0]:
        return
    bearing = np.radians(np.arange(0.0, 360.0, 20.0))
    north = launch[0] + SHORE_KM / 111.2 * np.cos(bearing)
    east = launch[1] + SHORE_KM / 111.2 * np.sin(bearing) / max(np.cos(np.radians(launch[0])), 0.1)
    if is_sea(np.clip(north, -90.0, 90.0), (east + 180.0) % 360.0 - 180.0).all():
        row.said.append(
            f"launch_lat_deg, launch_lon_deg: {launch[0]:g}, {launch[1]:g} lies at sea, more than "
            f"{SHORE_KM:g} km from land; a missile launched on land needs another place"
        )
