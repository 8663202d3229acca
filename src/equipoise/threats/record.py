"""An assessment as plain values for JSON: what ``equipoise assess --json`` prints."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from equipoise.threats.assessing import Question
from equipoise.threats.assessment import MissileAssessed, ThreatAssessment
from equipoise.threats.inference import FlightFitted
from equipoise.threats.joint import Candidate
from equipoise.threats.types import (
    BEYOND_KM,
    Announced,
    FlightAssessed,
    Interval,
    Observation,
    RangeSaid,
)

_DIGITS = 4
PROBABILITIES_KM = (300, 1000, 2000, 3500, 5500, 8000, 10000, 13000)
"""Ranges of which the probability of reaching them is told; 3,500 km is the roadmap's gate."""


def to_json(
    assessment: ThreatAssessment, observations: tuple[Observation, ...], question: Question
) -> dict[str, Any]:
    """The whole of it, with what it rests on, so that another party can put in its own figures one by one."""
    return {
        "flights": [flight_to_json(f) for f in assessment.flights],
        "missiles": [missile_to_json(m) for m in assessment.missiles],
        "known_at": assessment.known_at,
        "seed": assessment.seed,
        "digest": assessment.digest,
        "version": assessment.version,
        "beyond_km": BEYOND_KM,
        "inputs": {
            "observations": [_observation(o) for o in observations],
            "priors": asdict(question.priors),
        },
    }


def flight_to_json(flight: FlightAssessed) -> dict[str, Any]:
    """One flight."""
    seen, odd = flight.observation, flight.oddity
    return {
        "id": seen.id,
        "missile": seen.missile,
        "date": seen.date,
        "rival_of": seen.rival_of,
        "lower_bound": seen.lower_bound,
        "announced": {name: _announced(seen.figure(name)) for name in ("range_km", "apogee_km", "time_s")},
        "consistent": flight.consistent,
        "odd_figure": None if odd is None else odd.figure,
        "odd": None
        if odd is None
        else {
            "announced": odd.announced,
            "would_fit": _interval(odd.would_fit),
            "moves_by": _number(odd.moves_by),
            "looks_like": odd.looks_like,
        },
        "maximum_range_km": None if flight.maximum is None else _interval(flight.maximum.km),
        "maximum_range": _range(flight.maximum),
        "predicted": {name: _interval(value) for name, value in flight.predicted.items()},
        "cutoff": {
            "speed_km_s": _interval(flight.speed_km_s),
            "altitude_km": _interval(flight.altitude_km),
            "flight_path_angle_deg": _interval(flight.angle_deg),
            "boost_s": _interval(flight.boost_s),
        },
        "warnings": list(flight.warnings),
    }


def missile_to_json(missile: MissileAssessed) -> dict[str, Any]:
    """One missile."""
    return {
        "missile": missile.missile,
        "state": missile.state,
        "since": missile.since,
        "flights": list(missile.flights),
        "rivals": list(missile.rivals),
        "candidates": [candidate_to_json(c) for c in missile.candidates],
        "odds": list(missile.odds),
        "demonstrated_km": missile.demonstrated_km,
        "maximum_range_km": None if missile.maximum is None else _interval(missile.maximum.km),
        "beyond_15000_km": None if missile.maximum is None else _number(missile.maximum.beyond),
        "maximum_range": _range(missile.maximum),
        "basis": missile.basis,
        "model_free": _range(missile.model_free),
        "probability_beyond_km": {str(km): missile.probability_beyond(float(km)) for km in PROBABILITIES_KM},
        "claims": [asdict(c) for c in missile.claims],
        "reach": {
            "from_deg": None if missile.launch_deg is None else list(missile.launch_deg),
            "launches_deg": [list(place) for place in missile.launches_deg],
            "countries": [{k: _told(v) for k, v in asdict(c).items()} for c in missile.countries],
        },
        "notes": list(missile.notes),
    }


def candidate_to_json(candidate: Candidate) -> dict[str, Any]:
    """One author's model; its range is null where it does not fit."""
    found = candidate.inference
    return {
        "model": found.model,
        "author": found.author,
        "status": found.status,
        "fits": candidate.said is not None,
        "why_not": found.why_not,
        "log_evidence": _number(found.log_evidence),
        "effective_draws": round(found.effective),
        "evaluations": found.evaluations,
        "flights_simulated": found.flights_simulated,
        "seconds": _figure(found.seconds),
        "maximum_range_km": None if candidate.said is None else _interval(candidate.said.km),
        "maximum_range": _range(candidate.said),
        "unknowns": {name: _interval(value) for name, value in found.unknowns.items()},
        "flights": [_fitted(f) for f in found.flights],
        "payloads": [
            {"payload_kg": p.payload_kg, "range_km": _interval(p.km), "beyond_15000_km": _number(p.beyond)}
            for p in candidate.payloads
        ],
    }


def _fitted(flight: FlightFitted) -> dict[str, Any]:
    return {
        "id": flight.id,
        "given_back": {name: _interval(value) for name, value in flight.given_back.items()},
        "off_by_standard_deviations": {name: _number(value) for name, value in flight.off_by_sds.items()},
        "loft_deg": _interval(flight.loft_deg),
        "share_of_last_burn": _interval(flight.share_used),
    }


def _told(value: Any) -> Any:
    return _figure(value) if isinstance(value, float) else value


def _observation(seen: Observation) -> dict[str, Any]:
    found = asdict(seen)
    del found["line"], found["warnings"]
    return found


def _announced(figure: Announced | None) -> dict[str, Any] | None:
    if figure is None:
        return None
    return {"value": figure.value, "half_width": figure.half, "half_width_assumed": figure.half_assumed}


def _range(found: RangeSaid | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "range_km": _interval(found.km),
        "beyond_15000_km": _number(found.beyond),
        "east_km": _interval(found.east_km),
        "west_km": _interval(found.west_km),
    }


def _interval(found: Interval | None) -> dict[str, float] | None:
    if found is None:
        return None
    return {"p5": _figure(found.p5), "p50": _figure(found.p50), "p95": _figure(found.p95)}


def _number(value: float | None) -> float | None:
    return None if value is None else _figure(value)


def _figure(value: float) -> float:
    """To a tenth, and small ones to four digits: more would be false."""
    return round(value, 1) if abs(value) >= 100.0 else float(f"{value:.{_DIGITS}g}")
