"""What a person types for a place, an azimuth and a loft, turned into numbers or refused in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from equipoise.cli.messages import bad_input

if TYPE_CHECKING:
    from equipoise.flight import Place

MINIMUM_ENERGY = "minimum-energy"


def read_place(text: str, field: str) -> Place:
    """``LAT,LON`` in degrees, geodetic on WGS84, east positive; -180 and 180 are the same meridian."""
    from equipoise.flight import Place

    first, comma, second = text.partition(",")
    latitude, longitude = _number(first), _number(second)
    if not comma or latitude is None or longitude is None:
        raise bad_input("place-form", field=field, found=text)
    if not -90.0 <= latitude <= 90.0:
        raise bad_input("place-latitude", field=field, found=latitude)
    if not -180.0 <= longitude <= 180.0:
        raise bad_input("place-longitude", field=field, found=longitude)
    return Place(latitude, longitude)


def read_azimuth(degrees: float) -> float:
    """Degrees clockwise from true north; 360 is 0."""
    if not 0.0 <= degrees <= 360.0:
        raise bad_input("azimuth-range", field="--azimuth", found=degrees)
    return degrees % 360.0


def read_loft(text: str) -> float | None:
    """None for minimum energy, otherwise the flight-path angle at burnout in degrees."""
    if text == MINIMUM_ENERGY:
        return None
    degrees = _number(text)
    if degrees is None or not 0.0 < degrees < 90.0:
        raise bad_input("loft-form", field="--loft", found=text)
    return degrees


def _number(text: str) -> float | None:
    """The finite number that ``text`` is, or None."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if value - value == 0.0 else None
