"""``equipoise fly``: one flight, aimed at a place or as far as it goes in a direction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from equipoise.cli.messages import bad_input
from equipoise.cli.output import emit_json, emit_table, write_whole
from equipoise.cli.places import MINIMUM_ENERGY, read_azimuth, read_loft, read_place

if TYPE_CHECKING:
    from equipoise.flight import FailedFlight, Flight, Place
    from equipoise.scenario import MissileModel

_NOTE = (
    "Speeds and flight-path angles are relative to the rotating Earth; azimuths run clockwise from true "
    "north. The impact is given to 0.1 degree: the numerical error is metres, but what is not known of "
    "the missile moves it by kilometres."
)
_ADVICE = {
    "beyond-range": "choose a nearer destination, or a missile that reaches further",
    "too-near": "choose a destination further away, or a higher --loft",
    "same-place": "choose a destination some tens of kilometres away or more",
    "loft-out-of-range": "give --loft above 0 and below 90 degrees, or minimum-energy",
}


_Missile = Annotated[
    str, typer.Option("--missile", metavar="NAME|FILE", help="One of the catalogue, or a YAML file.")
]
_From = Annotated[str, typer.Option("--from", metavar="LAT,LON", help="Where it is launched, degrees.")]
_To = Annotated[
    str | None, typer.Option("--to", metavar="LAT,LON", help="Where it should come down, degrees.")
]
_Azimuth = Annotated[
    float | None,
    typer.Option(
        "--azimuth", metavar="DEG", help="Direction, clockwise from true north; alone: the longest range."
    ),
]
_Loft = Annotated[
    str,
    typer.Option(
        "--loft",
        metavar="minimum-energy|DEG",
        help="Flight-path angle at burnout; minimum-energy is the loft of the earliest cut-off.",
    ),
]
_Csv = Annotated[
    str | None, typer.Option("--csv", metavar="FILE", help="Write the states in time; - for stdout.")
]
_Czml = Annotated[
    str | None, typer.Option("--czml", metavar="FILE", help="Write the flight for Cesium; - for stdout.")
]
_GeoJson = Annotated[
    str | None, typer.Option("--geojson", metavar="FILE", help="Write the ground track; - for stdout.")
]
_Kml = Annotated[
    str | None, typer.Option("--kml", metavar="FILE", help="Write the path for Google Earth; - for stdout.")
]
_Json = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]


def fly(
    missile: _Missile,
    origin: _From,
    to: _To = None,
    azimuth: _Azimuth = None,
    loft: _Loft = MINIMUM_ENERGY,
    csv: _Csv = None,
    czml: _Czml = None,
    geojson: _GeoJson = None,
    kml: _Kml = None,
    json: _Json = False,
) -> None:
    """Fly one missile: range, apogee, time and burnout.

    With --to it finds the azimuth and the cut-off that reach the place at the chosen loft. With --azimuth
    alone it flies the longest range in that direction; with --azimuth and a --loft in degrees it flies the
    full burn at that loft.

    \b
    Examples:
      equipoise fly --missile sejjil-2-assumed --from 35.2,53.9 --azimuth 310
      equipoise fly --missile sejjil-2-assumed --from 35.2,53.9 --to 39.9,32.9 --loft 30 --json
      equipoise fly --missile my-missile.yaml --from=-10,20 --to 0,20 --csv flight.csv
    """
    outputs = {"csv": csv, "czml": czml, "geojson": geojson, "kml": kml}
    _check(outputs, json, to, azimuth)
    start = read_place(origin, "--from")
    end = None if to is None else read_place(to, "--to")
    degrees = read_loft(loft)
    direction = None if azimuth is None else read_azimuth(azimuth)
    model = _model(missile)
    flown = _flown(model, start, end, direction, degrees)
    for kind, path in outputs.items():
        if path is not None:
            write_whole(path, _exported(kind, model, flown))
    if json:
        emit_json(flight_json(model, flown))
    elif "-" not in outputs.values():
        _show(model, flown)


def _check(outputs: dict[str, str | None], json: bool, to: str | None, azimuth: float | None) -> None:
    """Refuse words that do not go together, before any work."""
    if list(outputs.values()).count("-") + json > 1:
        raise bad_input("stdout-twice")
    if to is None and azimuth is None:
        raise bad_input("direction-missing", field="--to")
    if to is not None and azimuth is not None:
        raise bad_input("direction-both", field="--azimuth")


def _model(name: str) -> MissileModel:
    """A file where the word names one or looks like one; otherwise the catalogue's entry."""
    from pathlib import Path

    from equipoise.scenario import find_missile, load_missile

    if name.endswith((".yaml", ".yml")) or Path(name).is_file():
        return load_missile(name)
    return find_missile(name)


def _flown(
    model: MissileModel, start: Place, end: Place | None, azimuth_deg: float | None, loft_deg: float | None
) -> Flight:
    """The flight that was asked for, or bad input that says why there is none."""
    import numpy as np

    from equipoise.flight import FailedFlight, aim, maximum_range
    from equipoise.flight import fly as fly_one

    result: Flight | FailedFlight
    if end is not None:
        result = aim(model.missile, start, end, MINIMUM_ENERGY if loft_deg is None else loft_deg)
    else:
        assert azimuth_deg is not None
        if loft_deg is None:
            reach = maximum_range(model.missile, start, np.array([azimuth_deg]))
            loft_deg = float(reach.loft_deg[0])
        result = fly_one(model.missile, start, azimuth_deg, loft_deg)
    if isinstance(result, FailedFlight):
        raise _refused(result)
    return result


def _refused(failed: FailedFlight) -> Exception:
    advice = _ADVICE.get(failed.cause, "try another --loft, direction or destination")
    return bad_input("flight-failed", detail=failed.detail, advice=advice)


def _exported(kind: str, model: MissileModel, flown: Flight) -> str:
    """The whole text of one export."""
    from equipoise.flight import states, to_csv, to_czml, to_geojson, to_kml

    table = states(model.missile, flown)
    if kind == "csv":
        return to_csv(table)
    writers = {"czml": to_czml, "geojson": to_geojson, "kml": to_kml}
    return writers[kind](table, model.id)


def flight_json(model: MissileModel, flown: Flight) -> dict[str, Any]:
    """The object that ``--json`` prints."""
    burnout = flown.burnout
    return {
        "missile": model.id,
        "model_by": model.model_by,
        "status": model.status,
        "origin": {"lat_deg": flown.origin.lat_deg, "lon_deg": flown.origin.lon_deg},
        "azimuth_deg": flown.azimuth_deg,
        "loft_deg": flown.loft_deg,
        "cutoff_s": flown.cutoff_s,
        "range_km": flown.range_km,
        "apogee_km": flown.apogee_km,
        "time_s": flown.time_s,
        "burnout": {
            "time_s": burnout.time_s,
            "speed_km_s": burnout.speed_km_s,
            "altitude_km": burnout.altitude_km,
            "flight_path_angle_deg": burnout.flight_path_angle_deg,
            "speed_inertial_km_s": burnout.speed_inertial_km_s,
            "flight_path_angle_inertial_deg": burnout.flight_path_angle_inertial_deg,
        },
        "impact": {"lat_deg": round(flown.impact.lat_deg, 1), "lon_deg": round(flown.impact.lon_deg, 1)},
        "events": [{"name": e.name, "time_s": e.time_s, "altitude_km": e.altitude_km} for e in flown.events],
        "path": flown.path,
        "assumptions": list(model.assumptions),
        "frame": "WGS84 geodetic, east positive; speeds relative to the rotating Earth unless inertial",
        "note": _NOTE,
    }


def _show(model: MissileModel, flown: Flight) -> None:
    burnout = flown.burnout
    emit_table(
        f"{model.missile_name}: {model.id}, model by {model.model_by} ({model.status})",
        ("figure", "value", "unit"),
        [
            ("range", f"{flown.range_km:.0f}", "km, geodesic on WGS84"),
            ("apogee", f"{flown.apogee_km:.0f}", "km above the ellipsoid"),
            ("time of flight", f"{flown.time_s:.0f}", "s"),
            ("azimuth", f"{flown.azimuth_deg:.1f}", "degrees clockwise from true north"),
            ("loft", f"{flown.loft_deg:.1f}", "degrees, flight-path angle at burnout"),
            ("burn of the last stage that fires", f"{flown.cutoff_s:.1f}", "s"),
            ("burnout time", f"{burnout.time_s:.1f}", "s"),
            ("burnout speed", f"{burnout.speed_km_s:.2f}", f"km/s at {burnout.altitude_km:.0f} km"),
            ("impact", f"{flown.impact.lat_deg:.1f}, {flown.impact.lon_deg:.1f}", "degrees north, east"),
        ],
    )
    emit_table(
        "Events",
        ("event", "time (s)", "altitude (km)"),
        [(e.name, f"{e.time_s:.1f}", f"{e.altitude_km:.1f}") for e in flown.events],
        note="\n".join((*model.assumptions, _NOTE)),
    )
