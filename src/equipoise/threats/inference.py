"""What a missile's flights say of one model of it: its unknowns inferred, and whether it can have flown them.

nautilus (Lange 2023) takes likelihoods in batches and gives the evidence; it works in coordinates in which
little is left to do (see ``proposal``). Whether it converged, how many draws count, and whether the model
gives back all announced figures is checked and told: a bad fit is no result.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Bool, Float
from numpy import ndarray as Array

from equipoise.flight import Variants
from equipoise.scenario import MissileModel
from equipoise.threats.best import Miss, misses, nearest
from equipoise.threats.fitting import ROUNDS_GUIDED
from equipoise.threats.likelihood import IMPOSSIBLE, Conditional, Problem, problem_of
from equipoise.threats.priors import Priors
from equipoise.threats.proposal import Proposal, fit_proposal
from equipoise.threats.types import FIGURES, Interval, Observation, interval
from equipoise.threats.variation import Variation, lifts_off

EFFECTIVE = 1_000
"""Effective draws asked of the sampler."""
_TOLD = 0.5 * EFFECTIVE
"""With fewer neither posterior nor evidence is told."""
KEPT = 1_000
MOST_EVALUATIONS, MOST_SECONDS = 120_000, 60.0
_LIVE, _STOP = 500, 0.9
_LOOKED_AT = 300
"""Draws of the proposal by which a model that comes near nowhere is known before it is sampled."""
_NO_VARIANT = "no variant of it can fly these flights"
STRETCHED = 0.02
"""An unknown whose posterior's middle lies in such a tail of its prior (2 %) makes a bad fit, too."""
ODD_SDS = 3.0
"""A figure further than so many standard deviations from what the model gives back makes a bad fit."""


@dataclass(frozen=True)
class FlightFitted:
    """One flight as a model would have flown it: given back are all figures, announced or not."""

    id: str
    given_back: dict[str, Interval]
    off_by_sds: dict[str, float]
    """Announced less given back, over both spreads together."""
    loft_deg: Interval
    share_used: Interval
    """Of the last stage's burn."""


@dataclass(frozen=True)
class Inference:
    """One candidate model and one missile's flights."""

    model: str
    author: str
    status: str
    fits: bool
    why_not: str | None
    log_evidence: float | None
    effective: float
    evaluations: int
    flights_simulated: int
    seconds: float
    unknowns: dict[str, Interval]
    flights: tuple[FlightFitted, ...]
    draws: dict[str, Float[Array, " n"]]
    """Equal-weight draws of the unknowns."""
    variation: Variation
    factors: Float[Array, "n d"]

    def variants(self, count: int) -> Variants:
        """Some of the draws as missiles, evenly taken."""
        index = np.linspace(0, len(self.factors) - 1, count).astype(np.int64)
        return self.variation.variants(self.factors[index])


def infer(
    model: MissileModel, observations: tuple[Observation, ...], priors: Priors, rng: np.random.Generator
) -> Inference:
    """The posterior of a model's unknowns given the flights; of the priors alone where there are none."""
    begun = time.perf_counter()
    variation = Variation(model.missile, priors)
    if not observations:
        return _of_priors(model, variation, rng)
    problem = problem_of(variation, observations, rng)
    counter = _Counter(problem)
    proposal, near = fit_proposal(counter, problem.dimensions, rng)
    if not near or _far_off(problem, proposal, rng):
        why = _cannot(nearest(problem, rng))
        if why is not None:
            return _no_fit(model, variation, counter, time.perf_counter() - begun, why)
    sampler, done = _sampled(counter, proposal, rng)
    points, log_weight, _ = sampler.posterior()
    cube = _resampled(proposal.cube(points), log_weight, rng)
    told, good = _told(problem, cube, rng)
    spent = time.perf_counter() - begun
    if not good.any():
        return _no_fit(model, variation, counter, spent, _NO_VARIANT)
    cube = cube[good]
    shared = problem.parts(cube)[0]
    factors = variation.factors(shared)
    why = _why_not(done, float(sampler.n_eff), told)
    if why is not None:
        best = nearest(problem, rng)
        why = _cannot(best) or (why if best is None else f"{why}; {best.sentence}")
    why = why or _stretched(variation, shared)
    return Inference(
        model=model.id,
        author=model.model_by,
        status=model.status,
        fits=why is None,
        why_not=why,
        log_evidence=float(sampler.log_z) if sampler.n_eff >= _TOLD else None,
        effective=float(sampler.n_eff),
        evaluations=counter.points,
        flights_simulated=counter.flights,
        seconds=spent,
        unknowns={name: interval(factors[:, k]) for k, name in enumerate(variation.names)},
        flights=told,
        draws=dict(zip(variation.names, factors.T, strict=True)),
        variation=variation,
        factors=factors,
    )


def _sampled(counter: _Counter, proposal: Proposal, rng: np.random.Generator) -> tuple[Any, bool]:
    """The sampler after its run in the proposal's coordinates, and whether it settled."""
    from nautilus import Sampler

    def log_density(points: Float[Array, "n d"]) -> Float[Array, " n"]:
        points = np.atleast_2d(points)
        return np.asarray(counter(proposal.cube(points)) + proposal.log_ratio(points))

    sampler = Sampler(
        lambda points: points,
        log_density,
        n_dim=counter.problem.dimensions,
        n_live=_LIVE,
        n_networks=0,
        n_batch=500,
        vectorized=True,
        seed=int(rng.integers(2**31)),
    )
    with np.errstate(all="ignore"):
        done = sampler.run(
            f_live=_STOP,
            n_eff=EFFECTIVE,
            n_like_max=MOST_EVALUATIONS,
            timeout=MOST_SECONDS,
            discard_exploration=True,
        )
    return sampler, bool(done)


class _Counter:
    """A likelihood that counts what it is asked and what it flies."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.points, self.flights = problem, 0, 0

    def __call__(self, cube: Float[Array, "n d"]) -> Float[Array, " n"]:
        found, flights = self.problem.evaluate(cube)
        self.points, self.flights = self.points + len(found), self.flights + flights
        return found


def _resampled(
    cube: Float[Array, "n d"], log_weight: Float[Array, " n"], rng: np.random.Generator
) -> Float[Array, "k d"]:
    """Draws of equal weight, by systematic resampling."""
    weight = np.exp(log_weight - log_weight.max())
    total = np.cumsum(weight / weight.sum())
    index = np.searchsorted(total, (rng.random() + np.arange(KEPT)) / KEPT)
    return cube[np.minimum(index, len(cube) - 1)]


def _told(
    problem: Problem, cube: Float[Array, "n d"], rng: np.random.Generator
) -> tuple[tuple[FlightFitted, ...], Bool[Array, " n"]]:
    """What the posterior gives back of every flight, nothing where no draw flies all, and those that do."""
    shared, own = problem.parts(cube)
    variants = problem.variation.variants(problem.variation.factors(shared))
    found = [
        flight.conditional(variants, shared, mine, ROUNDS_GUIDED)
        for flight, mine in zip(problem.flights, own, strict=True)
    ]
    good = np.logical_and.reduce([f.log_likelihood > 0.5 * IMPOSSIBLE for f in found])
    if not good.any():
        return (), good
    told = (
        _given_back(f.target.observation, c, good, rng) for f, c in zip(problem.flights, found, strict=True)
    )
    return tuple(told), good


def _given_back(
    seen: Observation, found: Conditional, good: Bool[Array, " n"], rng: np.random.Generator
) -> FlightFitted:
    """One flight's figures under the posterior, loft and cut-off drawn given each variant."""
    offset = found.drawn(rng)
    flown = found.fit.flown + (found.fit.slopes @ offset[:, :, None])[:, :, 0]
    back = {name: interval(flown[good, k]) for k, name in enumerate(FIGURES)}
    off = {}
    for k, name in enumerate(FIGURES):
        figure = seen.figure(name)
        if figure is not None:
            spread = float(np.hypot(figure.sd, flown[good, k].std()))
            off[name] = (figure.value - float(np.median(flown[good, k]))) / spread
    return FlightFitted(
        seen.id,
        back,
        off,
        interval(found.fit.state[good, 1] + offset[good, 0]),
        interval(np.minimum(found.fit.state[good, 2] + offset[good, 1], 1.0)),
    )


def _why_not(done: bool, effective: float, told: tuple[FlightFitted, ...]) -> str | None:
    """Why a posterior is no result; None where it is one."""
    for each in told:
        for name, off in each.off_by_sds.items():
            if abs(off) > ODD_SDS:
                word = "more" if off > 0.0 else "less"
                return (
                    f"{each.id}: the announced {name} is {abs(off):.1f} standard deviations {word} than it "
                    "gives back"
                )
    if not done and effective < _TOLD:
        return f"the sampler did not settle: {effective:.0f} effective draws"
    return None


def _far_off(problem: Problem, proposal: Proposal, rng: np.random.Generator) -> bool:
    """Whether none of some draws of the proposal comes near what was announced."""
    off = misses(problem, proposal.cube(rng.random((_LOOKED_AT, problem.dimensions))))
    return bool(np.abs(off).max(1).min() > 2.0 * ODD_SDS)


def _cannot(best: Miss | None) -> str | None:
    """What is said of a model that comes near the figures nowhere within its priors; None where it does."""
    if best is None:
        return _NO_VARIANT
    if abs(best.by_sds) <= ODD_SDS:
        return None
    return f"this model cannot give back what was announced within its priors: {best.sentence}"


def _stretched(variation: Variation, shared: Float[Array, "n d"]) -> str | None:
    """What of the author's figures would have to be far from what he gives; None where nothing."""
    for k, name in enumerate(variation.names):
        if name in ("payload_factor", "pause_s"):
            continue
        middle = float(np.median(shared[:, k]))
        if not STRETCHED < middle < 1.0 - STRETCHED:
            ends = np.full((3, shared.shape[1]), 0.5)
            ends[:, k] = 0.05, 0.95, middle
            low, high, there = variation.factors(ends)[:, k]
            return (
                f"it gives back what was announced only with {name} near {there:.2f}, improbably "
                f"{'low' if middle < 0.5 else 'high'}: the priors have {low:.2f} to {high:.2f} (5 to 95 %)"
            )
    return None


def _of_priors(model: MissileModel, variation: Variation, rng: np.random.Generator) -> Inference:
    """The model under its priors, where no flight binds it."""
    factors = variation.factors(rng.random((2 * KEPT, len(variation.names))))
    factors = factors[lifts_off(variation.variants(factors))][:KEPT]
    return Inference(
        model=model.id,
        author=model.model_by,
        status=model.status,
        fits=True,
        why_not=None,
        log_evidence=None,
        effective=float(len(factors)),
        evaluations=0,
        flights_simulated=0,
        seconds=0.0,
        unknowns={name: interval(factors[:, k]) for k, name in enumerate(variation.names)},
        flights=(),
        draws=dict(zip(variation.names, factors.T, strict=True)),
        variation=variation,
        factors=factors,
    )


def _no_fit(
    model: MissileModel, variation: Variation, counter: _Counter, seconds: float, why: str
) -> Inference:
    """A model that cannot have flown the flights."""
    return Inference(
        model.id, model.model_by, model.status, False, why, None, 0.0, counter.points, counter.flights,
        seconds, {}, (), {}, variation, np.zeros((0, len(variation.names))),
    )  # fmt: skip
