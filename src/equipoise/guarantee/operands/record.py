"""A reader's vector and what follows from it, as plain values for JSON: no infinity and no NaN."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from equipoise.guarantee.operands.against import Difference
from equipoise.guarantee.operands.answers import LatestCommit, NeededSpeed
from equipoise.guarantee.operands.judging import StatedVerdict
from equipoise.guarantee.record import finite, to_json
from equipoise.scenario import StatedCommit, StatedFigures, StatedOperands

NONE = "none"
"""Where nothing binds."""


def stated_to_json(verdict: StatedVerdict, against: Iterable[Difference] = ()) -> dict[str, Any]:
    """The vector as taken, its rows, the figures asked for, and its differences from published claims."""
    answers = verdict.answers
    return {
        "vector": _vector(verdict.operands),
        "guarantees": to_json(verdict.guarantees),
        "needed_speed_km_s": [_needed(n) for n in answers.needed],
        "latest_commit_s": [_latest(c) for c in answers.latest],
        "differences": [_difference(d) for d in against],
        "flights": verdict.flights,
        "engagements": verdict.engagements,
        "not_flown": list(verdict.not_flown),
    }


def _vector(o: StatedOperands) -> dict[str, Any]:
    """Every operand as it was taken, with what was assumed in place of what was not stated."""
    return {
        "id": o.id,
        "title": o.title,
        "owner": o.owner,
        "interceptor": o.interceptor,
        "figures": [_figures(f) for f in o.figures],
        "speed_at_elevation_deg": _ends(o.elevation_deg),
        "places": [p.id for p in o.places],
        "launch_areas": [{"id": a.id, "name": a.name, "missiles": list(a.missiles)} for a in o.launch],
        "aims": [e.name for e in o.aim],
        "lofts_deg_from_minimum_energy": {name: finite(offset) for name, offset in o.lofts},
        "commit": _commit(o.commit),
        "meetings_before_burnout": o.meetings_before_burnout,
        "number": o.number,
        "shots_each": o.shots_each,
        "which_interceptors_count": _which(o),
        "declared_warheads": o.declared_warheads,
        "assumed": list(o.assumed),
    }


def _which(o: StatedOperands) -> str:
    also = o.also_counted
    return "those of this vector" if also is None else f"these and {also.which}, {also.architecture}"


def _figures(f: StatedFigures) -> dict[str, Any]:
    return {
        "author": f.author,
        "speed_km_s": _ends(f.speed_km_s),
        "speed_at_km": _ends(f.quoted_at_km),
        "time_to_that_altitude_s": _ends(f.time_to_burnout_s),
        "flight_cap_from_launch_s": _ends(f.flight_cap_s),
        "altitude_min_km": _ends(f.altitude_min_km),
        "altitude_max_km": _ends(f.altitude_max_km),
        "range_km": _ends(f.range_km),
    }


def _ends(ends: tuple[float, float] | None) -> list[float | str | None] | None:
    """Low and high; the word ``none`` where an end does not bind."""
    return None if ends is None else [NONE if math.isinf(v) else finite(v) for v in ends]


def _commit(commit: StatedCommit | None) -> dict[str, Any] | None:
    if commit is None:
        return None
    found: dict[str, Any] = {"counts_from": commit.counts_from, "seconds": _ends(commit.seconds)}
    if commit.counts_from == "track":
        found |= {"quality": commit.quality, "sensors": list(commit.sensors)}
    return found


def _needed(n: NeededSpeed) -> dict[str, Any]:
    return {
        "commit_s": n.commit_s,
        "commit_counts_from": n.commit_from,
        "flight_cap": n.cap.word,
        "flight_cap_counts_from": n.cap.counts_from,
        "any_flight": finite(n.any_flight_km_s),
        "every_flight": finite(n.every_flight_km_s),
    }


def _latest(c: LatestCommit) -> dict[str, Any]:
    return {
        "speed_km_s": c.speed_km_s,
        "flight_cap": c.cap.word,
        "flight_cap_counts_from": c.cap.counts_from,
        "any_flight": finite(c.any_flight_s),
        "every_flight": finite(c.every_flight_s),
    }


def _difference(d: Difference) -> dict[str, Any]:
    return {
        "claim": d.claim,
        "operand": d.operand,
        "stated": d.stated,
        "published": d.published,
        "status": d.status,
        "same": d.same,
        "verdict_with_the_published_figure": d.verdict_then,
    }
