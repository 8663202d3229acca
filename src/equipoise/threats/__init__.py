"""Threats: what the observed flights say of each missile, and with what certainty.

``read_observations`` reads announced flights; ``assess`` asks of each whether range, apogee and time belong
to one ballistic flight, what cut-off they imply and how far the same energy goes, and of each missile what
its flights say together. What is assumed before any flight is looked at stands in ``Priors``. Rival accounts
of one flight are shown and counted once; stages and failed flights are lower bounds. Nothing here is a
prediction of intent, and no place is chosen as a target.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from equipoise.threats.types import (
    BEYOND_KM,
    Announced,
    Claim,
    FlightAssessed,
    Interval,
    Observation,
    Oddity,
    RangeSaid,
)

if TYPE_CHECKING:
    from equipoise.threats.against import compare, read_stated
    from equipoise.threats.assessing import SEED, Question, assess
    from equipoise.threats.assessment import MissileAssessed, ThreatAssessment
    from equipoise.threats.bench import bench_assess
    from equipoise.threats.calibration import Ranks, calibrate_free, calibrate_model
    from equipoise.threats.candidates import candidates_of
    from equipoise.threats.claims import known_by
    from equipoise.threats.messages import fault
    from equipoise.threats.observations import catalogue_flights, read_observations
    from equipoise.threats.priors import Priors, read_priors
    from equipoise.threats.record import to_json
    from equipoise.threats.samples import write_samples

_HOMES = {
    "against": ("compare", "read_stated"),
    "assessing": ("SEED", "Question", "assess"),
    "assessment": ("MissileAssessed", "ThreatAssessment"),
    "bench": ("bench_assess",),
    "calibration": ("Ranks", "calibrate_free", "calibrate_model"),
    "candidates": ("candidates_of",),
    "claims": ("known_by",),
    "messages": ("fault",),
    "observations": ("catalogue_flights", "read_observations"),
    "priors": ("Priors", "read_priors"),
    "record": ("to_json",),
    "samples": ("write_samples",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "BEYOND_KM",
    "SEED",
    "Announced",
    "Claim",
    "FlightAssessed",
    "Interval",
    "MissileAssessed",
    "Observation",
    "Oddity",
    "Priors",
    "Question",
    "RangeSaid",
    "Ranks",
    "ThreatAssessment",
    "assess",
    "bench_assess",
    "calibrate_free",
    "calibrate_model",
    "candidates_of",
    "catalogue_flights",
    "compare",
    "fault",
    "known_by",
    "read_observations",
    "read_priors",
    "read_stated",
    "to_json",
    "write_samples",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
