"""From announced flights to what they say of every missile: the room's one question."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

import equipoise
from equipoise.scenario import MissileModel
from equipoise.threats.assessment import MissileAssessed, ThreatAssessment
from equipoise.threats.candidates import candidates_of, is_part
from equipoise.threats.claims import claims_on, hindsight, judged, known_by
from equipoise.threats.free import said_of
from equipoise.threats.joint import Candidate, candidate, draws_of, odds, together
from equipoise.threats.priors import Priors
from equipoise.threats.reach import PayloadRange, by_country
from equipoise.threats.single import assess_flight
from equipoise.threats.types import FlightAssessed, Observation, RangeSaid

SEED = 20_170_728
Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Question:
    """What is asked: under which priors, as known on which day, with which models and random numbers."""

    priors: Priors = field(default_factory=Priors)
    seed: int = SEED
    known_at: str | None = None
    """YYYY-MM-DD: what was flown or claimed later is left out."""
    with_models: bool = True
    """False: what needs no model only, in seconds."""


def assess(
    observations: tuple[Observation, ...],
    models: Mapping[str, MissileModel],
    question: Question | None = None,
    progress: Progress | None = None,
) -> ThreatAssessment:
    """What the flights known on a day say of every missile among them.

    A missile none of whose flights was known then stays in the answer, and says so.
    """
    asked, say = question or Question(), progress or (lambda what, share: None)
    known = tuple(o for o in observations if known_by(o.date, asked.known_at))
    names = tuple(dict.fromkeys(o.missile for o in observations))
    work = len(known) + (4 * len(names) if asked.with_models else 0)
    flights = []
    for at, observation in enumerate(known):
        say(f"flight {observation.id}", at / work)
        flights.append(assess_flight(observation, asked.priors, asked.seed))
    missiles = []
    for at, name in enumerate(names):
        say(f"missile {name}", (len(known) + 4 * at) / work if asked.with_models else 1.0)
        own = [f for f in flights if f.observation.missile == name]
        places = [o.launch_deg for o in observations if o.missile == name]
        missiles.append(_missile(name, own, places[-1], models, asked))
    return ThreatAssessment(
        flights=tuple(flights),
        missiles=tuple(missiles),
        known_at=asked.known_at,
        seed=asked.seed,
        digest=digest_of(known, asked),
        version=equipoise.__version__,
    )


def digest_of(observations: tuple[Observation, ...], question: Question) -> str:
    """SHA-256 (hexadecimal) of all that an assessment follows from; every number as decimal text."""
    facts = {
        "observations": [_plain(asdict(o)) for o in observations],
        "question": _plain(asdict(question)),
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
    launch_deg: tuple[float, float],
    models: Mapping[str, MissileModel],
    asked: Question,
) -> MissileAssessed:
    """All counted flights of one missile together."""
    counted = [f for f in flights if f.observation.rival_of is None]
    authors = candidates_of(name, models)
    free, free_km = _model_free(counted)
    tried: tuple[Candidate, ...] = ()
    if asked.with_models:
        tried = tuple(candidate(m, counted, launch_deg, asked.priors, asked.seed, name) for m in authors)
    joined = together(tried)
    maximum, km = joined if joined is not None else (free, free_km)
    whole = [f for f in counted if not f.observation.lower_bound]
    ranges = [f.observation.range_km.value for f in counted if f.observation.range_km is not None]
    guarded = any(m.role == "deterrent" for m in authors)
    launches = tuple(dict.fromkeys(f.observation.launch_deg for f in counted)) or (launch_deg,)
    mapped = bool(km.size) and not guarded and not is_part(name)
    notes = _notes(counted, authors, tried, asked)
    if is_part(name):
        notes.append("it is a part of a missile, which fell where it fell: its reach is not mapped")
    if guarded:
        notes.append("it is a party's own deterrent: its range is assessed, its reach is not mapped")
    return MissileAssessed(
        missile=name,
        state="tested" if whole else "only failed or partial flights" if counted else "no flight known",
        since=min((f.observation.date for f in (whole or counted)), default=None),
        flights=tuple(f.observation.id for f in counted),
        rivals=tuple(f.observation.id for f in flights if f.observation.rival_of is not None),
        demonstrated_km=max(ranges, default=None),
        model_free=free,
        maximum=maximum,
        basis=_basis(free, tried, joined is not None, bool(counted)),
        candidates=tried,
        odds=tuple(odds(tried)),
        launch_deg=launch_deg,
        launches_deg=launches,
        countries=by_country(km, launches) if mapped else (),
        claims=judged(
            claims_on(name, authors, asked.known_at),
            maximum,
            _payloads(tried),
            [(f.observation.date, _energy_km(f)) for f in counted],
        ),
        notes=tuple(notes),
        reach_km=km,
        draws_km=draws_of(km),
    )


def _payloads(tried: tuple[Candidate, ...]) -> tuple[PayloadRange, ...]:
    """Range against payload of the first candidate that fits."""
    return next((c.payloads for c in tried if c.said is not None), ())


def _energy_km(flight: FlightAssessed) -> float:
    """How far a flight went, or its energy would (the middle), whichever is more."""
    seen = flight.observation.range_km
    middle = 0.0 if flight.maximum is None else flight.maximum.km.p50
    return max(middle, 0.0 if seen is None else seen.value)


def _notes(
    counted: list[FlightAssessed],
    authors: tuple[MissileModel, ...],
    tried: tuple[Candidate, ...],
    asked: Question,
) -> list[str]:
    found = []
    if not counted:
        found.append(f"no flight was observed by {asked.known_at}: claims and models alone remain")
    if not authors:
        found.append("no model of this missile is in the catalogue: what stands here rests on no model")
    for model in authors if asked.with_models else ():
        later = hindsight(model, asked.known_at)
        if later is not None:
            found.append(f"{model.id} rests on what was known on {later}: on {asked.known_at}, hindsight")
    for each in tried:
        if each.said is None:
            why = each.inference.why_not or "it does not reach the ranges that were flown"
            found.append(f"{each.inference.model} does not fit: {why}")
    return found


def _basis(free: RangeSaid | None, tried: tuple[Candidate, ...], joined: bool, flown: bool) -> str:
    """What the longest range rests on, in words."""
    if joined:
        names = ", ".join(c.inference.model for c in tried if c.said is not None)
        return f"{names}, fitted to the flights" if flown else f"{names}, under the priors alone"
    return "the energy that was flown, with no model" if free is not None else "nothing: no flight is known"


def _model_free(counted: list[FlightAssessed]) -> tuple[RangeSaid | None, Float[Array, "n k"]]:
    """The greatest energy flown: draw by draw the largest of the flights, which are independent."""
    columns = [f.reach_km for f in counted if f.reach_km.size]
    if not columns:
        return None, np.zeros((0, 0))
    km = np.max(np.stack([np.roll(c, 7 * i, axis=0) for i, c in enumerate(columns)]), axis=0)
    return said_of(km), km
