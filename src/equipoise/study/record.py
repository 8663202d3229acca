"""``result.json``: every figure as a plain value, with the tolerance within which a recomputation agrees."""

from __future__ import annotations

import math
from typing import Any

from equipoise.defence import Coverage, RegionCoverage
from equipoise.guarantee import to_json
from equipoise.scenario import Figure
from equipoise.study.accords import NONE, WHERE, findings_json, kept_accords
from equipoise.study.types import Study, ThreatReach

TOLERANCES: dict[str, dict[str, float | str]] = {
    "people": {"relative": 0.005, "why": "a cell at the edge may fall to either side on another processor"},
    "shares": {"absolute": 0.005, "why": "the same, as a share of the threatened"},
    "area_km2": {"relative": 0.005, "why": "the same, for land"},
    "seconds": {"absolute": 0.5, "why": "flights agree within 0.05 s; crossings are interpolated"},
    "range_km": {"absolute": 1.0, "why": "flights agree within 0.2 km; the best loft is searched for"},
    "speed_km_s": {"absolute": 0.02, "why": "needed speeds are searched for"},
    "verdicts": {
        "absolute": 0.0,
        "why": "exact, save rows marked near_edge, whose margin is inside a tolerance",
    },
}
"""Two results agree when each figure lies within these; bits of floating point are never compared."""


def record_of(study: Study, command: str, files: list[str]) -> dict[str, Any]:
    """The whole record, keys as ``study --json`` promises; None for what is unknown or without limit."""
    judged = kept_accords(study.scenario)
    return {
        "scenario": _scenario(study),
        "threats": [_threat(r) for r in study.reaches],
        "coverage": _coverage(study),
        "guarantees": to_json(study.guarantees),
        "findings": findings_json(judged),
        "findings_note": WHERE if judged else NONE,
        "digest": study.digest,
        "report": {
            "file": "report.html",
            "files": files,
            "version": study.version,
            "command": command,
            "grid": {"spacing_km": study.spacing_km, "quick": study.quick, "flights": study.flights},
            "not_aimed": [{"cause": cause, "flights": count} for cause, count in study.failed],
            "tolerances": TOLERANCES,
        },
    }


def _scenario(study: Study) -> dict[str, Any]:
    s = study.scenario
    return {
        "id": s.id,
        "title": s.title,
        "question": s.question,
        "as_of": s.as_of,
        "fictional": s.fictional,
        "digest": s.digest,
        "parties": [
            {"id": p.id, "name": p.name, "members": [m.country for m in p.members_on(s.as_of)]}
            for p in s.parties
        ],
        "modes": [{"id": m.id, "name": m.name, "decision_s": _bounds(m.decision_s)} for m in s.modes],
        "architectures": [
            {"id": a.id, "name": a.name, "own_system": a.own_system, "undeclared": list(a.undeclared)}
            for a in s.architectures.values()
        ],
    }


def _bounds(figure: Figure) -> dict[str, Any]:
    low, high = figure.bounds or (None, None)
    return {"low": low, "high": high, "unit": figure.unit, "status": figure.status}


def _threat(reach: ThreatReach) -> dict[str, Any]:
    return {
        "threat": reach.threat,
        "name": reach.threat_name,
        "model": reach.model,
        "model_by": reach.model_by,
        "launch_area": reach.launch_area,
        "assessed": reach.assessed,
        "state": reach.state,
        "any_range": reach.any_range,
        "maximum_range_km": {
            "least": number(float(reach.range_km.min()), 1),
            "most": number(float(reach.range_km.max()), 1),
            "by_azimuth_deg": {
                f"{a:.0f}": number(float(d), 1)
                for a, d in zip(reach.azimuth_deg, reach.range_km, strict=True)
            },
        },
    }


def number(value: float | None, digits: int) -> float | None:
    """Rounded beyond what the model can tell; None for what is unknown or without limit."""
    return None if value is None or not math.isfinite(value) else round(value, digits)


def _coverage(study: Study) -> dict[str, Any]:
    return {
        "meaning": "can be met (upper bound): kinematics is necessary, not sufficient",
        "baseline": _row(study, study.baseline),
        "architectures": [_row(study, c) for c in study.coverages],
        "stated_targets_only": [_row(study, c) for c in study.stated_only],
        "projected_threats": [_row(study, c) for c in study.projected],
        "break_even": [
            {
                "architecture": b.architecture,
                "mode": b.mode,
                "party": b.party,
                "decision_s": number(b.decision_s, 1),
                "people_met_alone": round(b.population_alone),
                "reason": b.reason,
            }
            for b in study.break_evens
        ],
    }


def _row(study: Study, c: Coverage) -> dict[str, Any]:
    whole, computed = (c.variant, c.timing) == ("whole", "equal"), study.computed(c)
    parties = [p.id for p in study.scenario.parties]
    return {
        "architecture": c.architecture,
        "mode": c.mode,
        "joined": c.joined,
        "computed": computed,
        "variant": c.variant,
        "timing": c.timing,
        "decision_s": number(c.decision_s, 1),
        "fire_control": c.fire_control,
        "by_party": {p: _party(c, p, computed) for p in parties},
        **({"by_region": [_region(r, computed) for r in c.regions if r.party in parties]} if whole else {}),
    }


def _party(c: Coverage, party: str, computed: bool) -> dict[str, Any]:
    mine = [r for r in c.regions if r.party == party]
    threatened = sum(r.population_threatened for r in mine)
    worst = c.worst_off(party)
    told = computed and threatened > 0
    return {
        "threatened_people": round(threatened),
        "met_people": round(sum(r.population_met for r in mine)) if computed else None,
        "met_share": number(c.population_fraction(party), 4) if told else None,
        "met_area_share": number(c.area_fraction(party), 4) if told else None,
        "worst_off": worst.name if computed and worst is not None else None,
    }


def _region(region: RegionCoverage, computed: bool) -> dict[str, Any]:
    return {
        "region": region.region,
        "country": region.country,
        "threatened_people": round(region.population_threatened),
        "met_people": round(region.population_met) if computed else None,
        "threatened_km2": round(region.area_threatened_km2),
        "met_km2": round(region.area_met_km2) if computed else None,
        "share_seen": number(region.share_seen, 3),
    }
