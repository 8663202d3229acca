"""From announced flights to what they say of every missile: the room's one question."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict

import numpy as np

import equipoise
from equipoise.scenario import MissileModel
from equipoise.threats.candidates import candidates_of
from equipoise.threats.claims import claims_on, judged, known_by
from equipoise.threats.free import said
from equipoise.threats.priors import Priors
from equipoise.threats.single import assess_flight, stream
from equipoise.threats.types import FlightAssessed, MissileAssessed, Observation, RangeSaid, ThreatAssessment

SEED = 20_170_728
Progress = Callable[[str, float], None]
_DRAWS = 800


def assess(
    observations: tuple[Observation, ...],
    models: Mapping[str, MissileModel],
    priors: Priors | None = None,
    *,
    seed: int = SEED,
    known_at: str | None = None,
    progress: Progress | None = None,
) -> ThreatAssessment:
    """What the flights known on a day say of every missile among them.

    ``known_at`` (YYYY-MM-DD) leaves out what was flown or claimed later; a missile none of whose flights was
    known then stays in the answer, and says so.
    """
    used, say = priors or Priors(), progress or (lambda what, share: None)
    known = tuple(o for o in observations if known_by(o.date, known_at))
    flights = []
    for at, observation in enumerate(known):
        say(f"flight {observation.id}", at / max(len(known), 1))
        flights.append(assess_flight(observation, used, seed))
    names = tuple(dict.fromkeys(o.missile for o in observations))
    missiles = tuple(
        _missile(name, [f for f in flights if f.observation.missile == name], models, known_at, seed)
        for name in names
    )
    return ThreatAssessment(
        flights=tuple(flights),
        missiles=missiles,
        known_at=known_at,
        seed=seed,
        digest=digest_of(known, used, seed, known_at),
        version=equipoise.__version__,
    )


def digest_of(observations: tuple[Observation, ...], priors: Priors, seed: int, known_at: str | None) -> str:
    """SHA-256 (hexadecimal) of all that an assessment follows from; every number as decimal text."""
    facts = {
        "observations": [_plain(asdict(o)) for o in observations],
        "priors": _plain(asdict(priors)),
        "seed": str(seed),
        "known_at": known_at,
        "version": equipoise.__version__,
    }
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items() if k not in ("line", "warnings")}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return repr(value) if isinstance(value, float) else value


def _missile(
    name: str,
    flights: list[FlightAssessed],
    models: Mapping[str, MissileModel],
    known_at: str | None,
    seed: int,
) -> MissileAssessed:
    """All counted flights of one missile together."""
    counted = [f for f in flights if f.observation.rival_of is None]
    candidates = candidates_of(name, models)
    free, draws = _model_free(counted, seed, name)
    claims = claims_on(name, candidates, known_at)
    notes = [] if counted else [f"no flight was observed by {known_at}: claims and models alone remain"]
    if counted and not candidates:
        notes.append("no model of this missile is in the catalogue: what stands here rests on no model")
    whole = [f for f in counted if not f.observation.lower_bound]
    state = "tested" if whole else "only failed or partial flights" if counted else "no flight known"
    ranges = [f.observation.range_km.value for f in counted if f.observation.range_km is not None]
    return MissileAssessed(
        missile=name,
        state=state,
        since=min((f.observation.date for f in (whole or counted)), default=None),
        flights=tuple(f.observation.id for f in counted),
        rivals=tuple(f.observation.id for f in flights if f.observation.rival_of is not None),
        demonstrated_km=max(ranges, default=None),
        model_free=free,
        maximum=free,
        basis="the energy that was flown, with no model" if free else "nothing: no flight is known",
        claims=judged(claims, free),
        notes=tuple(notes),
        draws_km=draws,
    )


def _model_free(counted: list[FlightAssessed], seed: int, name: str) -> tuple[RangeSaid | None, np.ndarray]:
    """The greatest energy flown: the largest of the flights' draws, which are independent of each other."""
    rng = stream(seed, name)
    columns = [
        rng.permutation(np.resize(f.draws["maximum_km"], _DRAWS)) for f in counted if "maximum_km" in f.draws
    ]
    if not columns:
        return None, np.zeros(0)
    draws = np.max(np.column_stack(columns), axis=1)
    return said(draws), draws
