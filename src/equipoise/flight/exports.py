"""One flight as a file: CSV of states, GeoJSON of the ground track, CZML of the path.

None of them holds a steering programme: states say where the missile was, not how it was steered.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime, timedelta
from typing import Any

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
"""CZML needs a calendar time; lift-off is put at this one, which means nothing."""


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
        "properties": {"missile": name, "time_s": round(float(table.time_s[-1]), 1)},
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
