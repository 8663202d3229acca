"""One flight as a file: CSV of states, GeoJSON of the ground track, CZML and KML of the path.

None of them holds a steering programme: states say where the missile was, not how it was steered.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import numpy as np

from equipoise.flight.dense import States

CSV_COLUMNS = (
    "t_s", "x_m", "y_m", "z_m", "vx_m_s", "vy_m_s", "vz_m_s",
    "lat_deg", "lon_deg", "altitude_km", "speed_km_s", "mass_kg", "phase",
)  # fmt: skip
"""x … vz are Earth-centred inertial, axes equal to the Earth-fixed ones at lift-off; speed is relative to
the Earth.
"""
_GEOJSON_DIGITS = 7
_EPOCH = datetime.fromisoformat("2000-01-01T12:00:00+00:00")
"""CZML and KML need a calendar time; lift-off is put at this one, which means nothing."""
_LIFT_OFF = f"lift-off stands at {_EPOCH:%Y-%m-%dT%H:%M:%SZ}, which means nothing"
_GEOJSON_FRAME = "WGS84 geodetic longitude and latitude, degrees, Earth-fixed; time in seconds from lift-off"
_CZML_FRAME = f"Earth-fixed WGS84 axes (FIXED), metres; seconds from an epoch: {_LIFT_OFF}"
_KML_FRAME = (
    "WGS84 geodetic longitude and latitude in degrees, Earth-fixed; height above the ellipsoid in metres; "
    f"{_LIFT_OFF}. Where it comes down is known to 0.1 degree at best: the missile's figures are uncertain."
)
_KML = {"xmlns": "http://www.opengis.net/kml/2.2", "xmlns:gx": "http://www.google.com/kml/ext/2.2"}
_KML_LINE = {"color": "ffb26f1d", "width": "2"}
"""Colour as KML writes it: opacity, blue, green, red."""


def to_csv(table: States) -> str:
    """The states as CSV: comma, point, one header line; metres to a tenth of a millimetre."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for i in range(len(table)):
        vector = [*table.position_eci_m[i], *table.velocity_eci_m_s[i]]
        writer.writerow(
            [
                f"{table.time_s[i]:.6f}",
                *(f"{value:.4f}" for value in vector[:3]),
                *(f"{value:.7f}" for value in vector[3:]),
                f"{table.lat_deg[i]:.9f}",
                f"{table.lon_deg[i]:.9f}",
                f"{table.altitude_km[i]:.7f}",
                f"{table.speed_km_s[i]:.9f}",
                f"{table.mass_kg[i]:.4f}",
                table.phase[i],
            ]
        )
    return text.getvalue()


def to_geojson(table: States, name: str) -> str:
    """The ground track as a GeoJSON Feature (RFC 7946): longitude, latitude, altitude in metres; cut at
    ±180°.
    """
    import antimeridian

    points = [[float(lon), float(lat)] for lon, lat in zip(table.lon_deg, table.lat_deg, strict=True)]
    line = {"type": "LineString", "coordinates": points}
    geometry = antimeridian.fix_geojson(line) if _crosses(table) else line
    feature = {
        "type": "Feature",
        "properties": {
            "missile": name,
            "time_s": round(float(table.time_s[-1]), 1),
            "frame": _GEOJSON_FRAME,
        },
        "geometry": _rounded(geometry),
    }
    return json.dumps(feature, ensure_ascii=False)


def _crosses(table: States) -> bool:
    return bool(np.any(np.abs(np.diff(table.lon_deg)) > 180.0))


def _rounded(geometry: Any) -> Any:
    """The geometry with every number to the digits that mean something."""
    if isinstance(geometry, dict):
        return {key: _rounded(value) for key, value in geometry.items()}
    if isinstance(geometry, list | tuple):
        return [_rounded(value) for value in geometry]
    return round(geometry, _GEOJSON_DIGITS) if isinstance(geometry, float) else geometry


def to_czml(table: States, name: str) -> str:
    """The path as CZML: Earth-fixed positions in metres, Lagrange of degree 5, available from lift-off to
    impact.
    """
    from czml3 import CZML_VERSION, Document, Packet
    from czml3.enums import InterpolationAlgorithms
    from czml3.properties import Clock, Path, Point, Position
    from czml3.types import IntervalValue, TimeInterval

    end = _EPOCH + timedelta(seconds=float(table.time_s[-1]))
    samples: list[float] = []
    for t, place in zip(table.time_s, table.position_m, strict=True):
        samples += [round(float(t), 3), *(round(float(q), 2) for q in place)]
    clock = IntervalValue(start=_EPOCH, end=end, value=Clock(currentTime=_EPOCH, multiplier=10))
    packet = Packet(
        id=name,
        name=name,
        description=_CZML_FRAME,
        availability=TimeInterval(start=_EPOCH, end=end),
        position=Position(
            epoch=_EPOCH,
            cartesian=samples,
            referenceFrame="FIXED",
            interpolationAlgorithm=InterpolationAlgorithms.LAGRANGE,
            interpolationDegree=5,
        ),
        path=Path(width=2),
        point=Point(pixelSize=8),
    )
    document = Document(packets=[Packet(id="document", name=name, version=CZML_VERSION, clock=clock), packet])
    return str(document.dumps())


def to_kml(table: States, name: str) -> str:
    """The path as KML 2.2: a ``gx:Track`` in time, and marks at burnout and at the highest point."""
    kml = ElementTree.Element("kml", _KML)
    document = ElementTree.SubElement(kml, "Document")
    _with_text(document, {"name": name, "description": _KML_FRAME})
    style = ElementTree.SubElement(document, "Style", {"id": "path"})
    _with_text(ElementTree.SubElement(style, "LineStyle"), _KML_LINE)
    mark = ElementTree.SubElement(document, "Placemark")
    _with_text(mark, {"name": name, "styleUrl": "#path"})
    track = ElementTree.SubElement(mark, "gx:Track")
    _with_text(track, {"altitudeMode": "absolute"})
    for t in table.time_s:
        _with_text(track, {"when": _kml_time(float(t))})
    for i in range(len(table)):
        _with_text(track, {"gx:coord": _kml_place(table, i, " ")})
    for row, what in (
        (table.phase.index("burnout"), "burnout"),
        (int(np.argmax(table.altitude_km)), "apogee"),
    ):
        mark = ElementTree.SubElement(document, "Placemark")
        _with_text(mark, {"name": f"{what}, {table.altitude_km[row]:.0f} km"})
        _with_text(ElementTree.SubElement(mark, "TimeStamp"), {"when": _kml_time(float(table.time_s[row]))})
        point = ElementTree.SubElement(mark, "Point")
        _with_text(point, {"altitudeMode": "absolute", "coordinates": _kml_place(table, row, ",")})
    ElementTree.indent(kml)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(kml, encoding="unicode")}\n'


def _with_text(parent: ElementTree.Element, children: dict[str, str]) -> None:
    """Give an element children that hold only text."""
    for tag, text in children.items():
        ElementTree.SubElement(parent, tag).text = text


def _kml_time(seconds: float) -> str:
    return (_EPOCH + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _kml_place(table: States, row: int, between: str) -> str:
    place = (f"{table.lon_deg[row]:.5f}", f"{table.lat_deg[row]:.5f}", f"{table.altitude_km[row] * 1e3:.0f}")
    return between.join(place)
