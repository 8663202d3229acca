"""The engine: point-mass flight from lift-off to impact, for one missile or a hundred thousand.

WGS84, rotating, with J2 and the US Standard Atmosphere 1976; staged boost with a gravity turn and a pitch
programme; an Encke coast; entry by ballistic coefficient. Flights run over 128 lanes at a time in kernels
that threads share. A flight that fails is a value with a cause, a time and an altitude. Positions are
Earth-fixed WGS84 metres unless a name says otherwise; azimuths run clockwise from true north; speeds are
relative to the rotating Earth unless named inertial.
"""

from __future__ import annotations

from equipoise.flight._batch import Conditions
from equipoise.flight.accuracy import AccuracyBench, bench_accuracy
from equipoise.flight.aim import MINIMUM_ENERGY, Offset, aim, aim_many
from equipoise.flight.air import standard_atmosphere
from equipoise.flight.bench import FlightBench, bench_flight
from equipoise.flight.earth import (
    WGS84,
    WGS84_ARRAY,
    Earth,
    ecef_altitude,
    ecef_to_geodetic,
    geodetic_to_ecef,
)
from equipoise.flight.exports import to_csv, to_czml, to_geojson
from equipoise.flight.fly import fly, fly_kicked, fly_many
from equipoise.flight.kepler import Arc, arc_between, coast, lambert
from equipoise.flight.reach import ANY_RANGE, maximum_range, reaches
from equipoise.flight.sample import sample
from equipoise.flight.states import States, states
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

__all__ = [
    "ANY_RANGE",
    "MINIMUM_ENERGY",
    "WGS84",
    "WGS84_ARRAY",
    "AccuracyBench",
    "Arc",
    "Burnout",
    "Conditions",
    "DragTable",
    "Earth",
    "Event",
    "FailedFlight",
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
    "aim",
    "aim_many",
    "arc_between",
    "bench_accuracy",
    "bench_flight",
    "coast",
    "ecef_altitude",
    "ecef_to_geodetic",
    "fly",
    "fly_kicked",
    "fly_many",
    "geodetic_to_ecef",
    "lambert",
    "maximum_range",
    "reaches",
    "sample",
    "standard_atmosphere",
    "states",
    "to_csv",
    "to_czml",
    "to_geojson",
]
