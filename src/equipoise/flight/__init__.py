"""The engine: point-mass flight from lift-off to impact, for one missile or a hundred thousand.

WGS84, rotating, with J2 and the US Standard Atmosphere 1976; staged boost with a gravity turn and a pitch
programme; an Encke coast; entry by ballistic coefficient. Flights run over 128 lanes at a time in kernels
that threads share. A flight that fails is a value with a cause, a time and an altitude. Positions are
Earth-fixed WGS84 metres unless a name says otherwise; azimuths run clockwise from true north; speeds are
relative to the rotating Earth unless named inertial.

The values load at once; what flies them loads on first use, so that reading facts never waits for a compiler.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from equipoise.flight.types import (
    Burnout,
    DragTable,
    Event,
    FailedFlight,
    Flight,
    Flights,
    Missile,
    Place,
    Reach,
    Shroud,
    Stage,
    Tracks,
)

if TYPE_CHECKING:
    from equipoise.flight._batch import Conditions
    from equipoise.flight._flops import fma_peak_flop_s
    from equipoise.flight._truth import TrueFlight, true_flight
    from equipoise.flight.accuracy import AccuracyBench, bench_accuracy
    from equipoise.flight.aiming import MINIMUM_ENERGY, Offset, aim, aim_many
    from equipoise.flight.air import standard_atmosphere
    from equipoise.flight.bench import FlightBench, bench_flight, machine
    from equipoise.flight.dense import States, states
    from equipoise.flight.earth import (
        WGS84,
        WGS84_ARRAY,
        Earth,
        ecef_altitude,
        ecef_to_geodetic,
        geodetic_to_ecef,
    )
    from equipoise.flight.exports import to_csv, to_czml, to_geojson, to_kml
    from equipoise.flight.flying import fly, fly_kicked, fly_many
    from equipoise.flight.kepler import Arc, arc_between, coast, lambert
    from equipoise.flight.reach import ANY_RANGE, maximum_range, reaches
    from equipoise.flight.sampling import sample
    from equipoise.flight.unpowered import Cutoffs, Falls, fall_many
    from equipoise.flight.variants import VariantFlights, Variants, fly_variants, reach_of_variants

_WHERE = {
    "_batch": ("Conditions",),
    "_flops": ("fma_peak_flop_s",),
    "_truth": ("TrueFlight", "true_flight"),
    "accuracy": ("AccuracyBench", "bench_accuracy"),
    "aiming": ("MINIMUM_ENERGY", "Offset", "aim", "aim_many"),
    "air": ("standard_atmosphere",),
    "bench": ("FlightBench", "bench_flight", "machine"),
    "dense": ("States", "states"),
    "earth": ("WGS84", "WGS84_ARRAY", "Earth", "ecef_altitude", "ecef_to_geodetic", "geodetic_to_ecef"),
    "exports": ("to_csv", "to_czml", "to_geojson", "to_kml"),
    "flying": ("fly", "fly_kicked", "fly_many"),
    "kepler": ("Arc", "arc_between", "coast", "lambert"),
    "reach": ("ANY_RANGE", "maximum_range", "reaches"),
    "sampling": ("sample",),
    "unpowered": ("Cutoffs", "Falls", "fall_many"),
    "variants": ("VariantFlights", "Variants", "fly_variants", "reach_of_variants"),
}
_MODULE_OF = {name: module for module, names in _WHERE.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"equipoise.flight.{_MODULE_OF[name]}"), name)


__all__ = [
    "ANY_RANGE",
    "MINIMUM_ENERGY",
    "WGS84",
    "WGS84_ARRAY",
    "AccuracyBench",
    "Arc",
    "Burnout",
    "Conditions",
    "Cutoffs",
    "DragTable",
    "Earth",
    "Event",
    "FailedFlight",
    "Falls",
    "Flight",
    "FlightBench",
    "Flights",
    "Missile",
    "Offset",
    "Place",
    "Reach",
    "Shroud",
    "Stage",
    "States",
    "Tracks",
    "TrueFlight",
    "VariantFlights",
    "Variants",
    "aim",
    "aim_many",
    "arc_between",
    "bench_accuracy",
    "bench_flight",
    "coast",
    "ecef_altitude",
    "ecef_to_geodetic",
    "fall_many",
    "fly",
    "fly_kicked",
    "fly_many",
    "fly_variants",
    "fma_peak_flop_s",
    "geodetic_to_ecef",
    "lambert",
    "machine",
    "maximum_range",
    "reach_of_variants",
    "reaches",
    "sample",
    "standard_atmosphere",
    "states",
    "to_csv",
    "to_czml",
    "to_geojson",
    "to_kml",
    "true_flight",
]
