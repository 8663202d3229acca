"""One missile from all its counted flights: each candidate model inferred, and what may be said of its reach.

Candidates that fit weigh alike: evidence parts them as odds only where neither is an assumption of ours.
Lower bounds weigh the draws by whether they reach as far. Where no candidate fits, the answer is the
model-free one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array
from scipy.special import ndtr

from equipoise.scenario import MissileModel
from equipoise.threats.free import mixed, said_of
from equipoise.threats.inference import Inference, infer
from equipoise.threats.priors import Priors
from equipoise.threats.reach import PayloadRange, payload_table, reach_of
from equipoise.threats.single import stream
from equipoise.threats.types import Announced, FlightAssessed, Observation, RangeSaid

_KEPT = 240
_FEWEST = 60
"""Draws of which a flight to every side came off; with fewer there is no range. The others are none."""


@dataclass(frozen=True)
class Candidate:
    """One author's model of a missile, and what the flights make of it."""

    inference: Inference
    said: RangeSaid | None
    """None where the fit is bad: that is no result."""
    payloads: tuple[PayloadRange, ...]
    reach_km: Float[Array, "n k"]


def used_in_models(flights: list[FlightAssessed]) -> tuple[Observation, ...]:
    """The flights that a model must have flown: counted, whole, an odd figure left out.

    A range alone, with the loft unknown, says little more than that the missile goes as far. Such flights
    count only where there is nothing better, and then only the furthest; the others are lower bounds.
    """
    whole = []
    for flight in flights:
        seen = flight.observation
        if seen.rival_of is None and not seen.lower_bound:
            whole.append(seen if flight.oddity is None else seen.without(flight.oddity.figure))
    better = tuple(o for o in whole if o.known != ("range_km",))
    if better or not whole:
        return better
    return (max(whole, key=lambda o: 0.0 if o.range_km is None else o.range_km.value),)


def lower_bounds(flights: list[FlightAssessed]) -> tuple[Announced, ...]:
    """Ranges that the missile must at least reach: of counted flights that no model must have flown."""
    used = {o.id for o in used_in_models(flights)}
    return tuple(
        f.observation.range_km
        for f in flights
        if f.observation.rival_of is None
        and f.observation.range_km is not None
        and f.observation.id not in used
    )


def candidate(
    model: MissileModel,
    flights: list[FlightAssessed],
    launch_deg: tuple[float, float],
    priors: Priors,
    seed: int,
    missile: str,
) -> Candidate:
    """One model inferred from a missile's flights, and its reach from one place."""
    rng = stream(seed, f"{missile} {model.id}")
    found = infer(model, used_in_models(flights), priors, rng)
    if not found.fits or not len(found.factors):
        return Candidate(found, None, (), np.zeros((0, 0)))
    km = reach_of(found, launch_deg)
    km = km[(km > 0.0).all(1)]
    if len(km) < _FEWEST:
        return Candidate(found, None, (), np.zeros((0, 0)))
    weight = np.ones(len(km))
    for bound in lower_bounds(flights):
        weight = weight * ndtr((km.max(1) - bound.value) / bound.sd)
    if weight.sum() < 1e-3 * len(km):
        return Candidate(found, None, (), np.zeros((0, 0)))
    places = (rng.random() + np.arange(_KEPT)) / _KEPT
    index = np.searchsorted(np.cumsum(weight / weight.sum()), places)
    km = km[np.minimum(index, len(km) - 1)]
    return Candidate(found, said_of(km), payload_table(found, launch_deg), km)


def together(candidates: tuple[Candidate, ...]) -> tuple[RangeSaid, Float[Array, "n k"]] | None:
    """The candidates that fit, weighed alike; None where none does."""
    good = [c.reach_km for c in candidates if c.said is not None]
    if not good:
        return None
    every = np.concatenate(good)
    return said_of(every), every


def odds(candidates: tuple[Candidate, ...]) -> list[dict[str, object]]:
    """Odds by evidence between pairs of candidates that fit and of which neither is assumed."""
    found: list[dict[str, object]] = []
    fitting = [c.inference for c in candidates if c.said is not None and c.inference.log_evidence is not None]
    for i, one in enumerate(fitting):
        for other in fitting[i + 1 :]:
            assumed = "assumed" in (one.status, other.status)
            difference = (one.log_evidence or 0.0) - (other.log_evidence or 0.0)
            found.append(
                {
                    "for": one.model,
                    "against": other.model,
                    "odds": None if assumed else float(np.exp(np.clip(difference, -50.0, 50.0))),
                    "why_not": "an assumed model stands in the pair: its evidence measures our guess"
                    if assumed
                    else None,
                }
            )
    return found


def draws_of(reach_km: Float[Array, "n k"]) -> Float[Array, " n"]:
    """Draws of the longest range in all directions together."""
    return mixed(reach_km) if reach_km.size else np.zeros(0)
