"""Speed of an assessment beside what one would write with SciPy and emcee, in one run.

The peer asks the same question of the same flight: the same unknowns and priors, the flight's kick and burn
sampled with them, one SciPy flight a likelihood. It would take hours, so it is scaled: seconds of a SciPy
flight (measured) times flights for each effective draw, of an emcee chain run with our flights instead. That
chain is too short for its own autocorrelation, so that the peer's figure is a lower bound.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.flight import fly_variants, machine, true_flight
from equipoise.scenario import MissileModel
from equipoise.threats import bearings
from equipoise.threats.fitting import ROUNDS_GUIDED
from equipoise.threats.inference import EFFECTIVE, Inference, infer
from equipoise.threats.likelihood import Problem, problem_of
from equipoise.threats.priors import Priors
from equipoise.threats.reach import by_country, reach_of
from equipoise.threats.single import assess_flight
from equipoise.threats.types import FIGURES, Observation
from equipoise.threats.variation import Variation

_SCIPY_FLIGHTS, _WALKERS, _STEPS = 6, 64, 1200
_SCIPY_TOLERANCE = 1e-7


@dataclass(frozen=True)
class Row:
    """One measured line; the error is how far two ways of computing it lie apart."""

    name: str
    rate: float | None
    unit: str
    error: str


@dataclass(frozen=True)
class AssessBench:
    """The outcome: machine, rows, ratios by name, and remarks."""

    machine: str
    rows: tuple[Row, ...]
    ratios: dict[str, float]
    notes: tuple[str, ...]


def bench_assess(flights: tuple[Observation, ...], model: MissileModel) -> AssessBench:
    """Times of one flight without a model, of a model with all the flights, of a reach map, and the peer's.

    ``flights`` are of one missile; the first with three figures is the one that the peer is asked of.
    """
    whole = next(o for o in flights if len(o.known) == len(FIGURES))
    assess_flight(whole, Priors(), 0)
    alone_s = _timed(lambda: assess_flight(whole, Priors(), 1))
    infer(model, (whole,), Priors(), np.random.default_rng(0))
    found = infer(model, flights, Priors(), np.random.default_rng(1))
    km = reach_of(found, whole.launch_deg)
    by_country(km, (whole.launch_deg,))
    map_s = _timed(lambda: by_country(km, (whole.launch_deg,)))
    single = infer(model, (whole,), Priors(), np.random.default_rng(2))
    ours_s = single.seconds * EFFECTIVE / single.effective
    rows = [
        Row("equipoise, one flight, no model", alone_s, "s", "intervals calibrated: --calibration"),
        Row(f"equipoise, a model and {len(flights)} flights", found.seconds, "s",
            f"{found.effective:.0f} effective draws"),
        Row("equipoise, flights simulated for it", found.flights_simulated / found.seconds, "a second",
            f"{found.flights_simulated:,} flights"),
        Row("equipoise, reach of every city and country", map_s, "s", "linear between eight directions"),
        Row("equipoise, a model and one flight", ours_s, "s for 1,000 effective draws",
            f"log evidence {single.log_evidence or 0.0:.2f}"),
    ]  # fmt: skip
    peer, note = _peer(model, whole, single)
    rows.append(peer)
    ratios = {} if peer.rate is None else {"ours_over_scipy_and_emcee": peer.rate / ours_s}
    return AssessBench(machine(), tuple(rows), ratios, (note,))


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _peer(model: MissileModel, seen: Observation, ours: Inference) -> tuple[Row, str]:
    """The same inference with SciPy flights and emcee, scaled; None where emcee is not installed."""
    name = "SciPy DOP853 and emcee, the same inference"
    try:
        import emcee
    except ImportError:
        return Row(name, None, "s for 1,000 effective draws", "emcee is not installed"), "pip install emcee"
    problem = problem_of(Variation(model.missile, Priors()), (seen,), np.random.default_rng(3))
    walk = _Walk(problem, seen)
    start = walk.start(ours, _WALKERS)
    sampler = emcee.EnsembleSampler(_WALKERS, start.shape[1], walk, vectorize=True)
    sampler.run_mcmc(start, _STEPS)
    steps = float(np.max(sampler.get_autocorr_time(tol=0)))
    flights = steps * EFFECTIVE
    each_s, error_m = _scipy(walk, sampler.get_chain(flat=True)[-_SCIPY_FLIGHTS:])
    note = (
        f"the peer: {each_s:.3f} s a SciPy flight (rtol {_SCIPY_TOLERANCE:g}), {flights:,.0f} flights for "
        f"{EFFECTIVE:,} effective draws of emcee (autocorrelation over {steps:.0f} steps or more); scaled"
    )
    apart = f"apogees {error_m:.0f} m from ours"
    return Row(name, each_s * flights, "s for 1,000 effective draws", apart), note


class _Walk:
    """The peer's density: shared unknowns and azimuth on the unit cube, then kick and share of the burn."""

    def __init__(self, problem: Problem, seen: Observation) -> None:
        self.problem, self.seen = problem, seen
        self.figures = [f for name in FIGURES if (f := seen.figure(name)) is not None]

    def start(self, ours: Inference, count: int) -> Float[Array, "n d"]:
        """Walkers at draws of our own posterior, which spares the peer its way there."""
        rng = np.random.default_rng(4)
        d = len(self.problem.variation.names)
        cube = rng.random((40 * count, d + 1))
        shared, own = cube[:, :d], cube[:, d:]
        variants = self.problem.variation.variants(self.problem.variation.factors(shared))
        found = self.problem.flights[0].conditional(variants, shared, own, ROUNDS_GUIDED)
        best = np.argsort(-found.log_likelihood)[:count]
        state = found.fit.state[best]
        return np.column_stack([cube[best], state[:, 0], np.minimum(state[:, 2], 0.999)])

    def lanes(self, points: Float[Array, "n d"]) -> tuple[Array, Array, Array, Array]:
        """Factors, azimuths, kicks and shares of points."""
        d = len(self.problem.variation.names)
        factors = self.problem.variation.factors(np.clip(points[:, :d], 1e-9, 1.0 - 1e-9))
        azimuth = bearings.azimuth_at(self.problem.flights[0].sectors, np.clip(points[:, d], 0, 1), self.seen)
        return factors, azimuth, np.exp(points[:, d + 1]), points[:, d + 2]

    def __call__(self, points: Float[Array, "n d"]) -> Float[Array, " n"]:
        d = len(self.problem.variation.names)
        factors, azimuth, kick, share = self.lanes(points)
        inside = (
            ((points[:, : d + 1] > 0.0) & (points[:, : d + 1] < 1.0)).all(1) & (share > 0.0) & (share <= 1.0)
        )
        variants = self.problem.variation.variants(factors)
        burn = variants.full_burn_s - (1.0 - share) * variants.burn_s[:, -1]
        origin = np.tile(np.array([self.seen.launch_deg]), (len(points), 1))
        flown = fly_variants(
            variants, np.arange(len(points)), origin, azimuth, kick, np.full(len(points), 80.0), burn
        )
        told = np.column_stack([flown.range_km, flown.apogee_km, flown.time_s])
        miss = (told - [f.value for f in self.figures]) / [f.sd for f in self.figures]
        log = -0.5 * (miss**2).sum(1) - (1.0 - share) / self.problem.variation.priors.unspent_mean
        return np.where(inside & flown.ok, log, -np.inf)


def _scipy(walk: _Walk, points: Float[Array, "n d"]) -> tuple[float, float]:
    """Seconds of one SciPy flight, and how far its apogees lie from ours (median, m)."""
    factors, azimuth, kick, share = walk.lanes(points)
    variants = walk.problem.variation.variants(factors)
    burn = variants.full_burn_s - (1.0 - share) * variants.burn_s[:, -1]
    origin = np.tile(np.array([walk.seen.launch_deg]), (len(points), 1))
    lofts = np.full(len(points), 80.0)
    ours = fly_variants(variants, np.arange(len(points)), origin, azimuth, kick, lofts, burn)
    lat, lon = np.radians(walk.seen.launch_deg)
    begun = time.perf_counter()
    theirs = [
        true_flight(
            variants.missile(i), (float(lat), float(lon)), float(np.radians(azimuth[i])), float(kick[i]),
            float(np.radians(80.0)), float(burn[i]), _SCIPY_TOLERANCE, compiled=False,
        )
        for i in range(len(points))
    ]  # fmt: skip
    each_s = (time.perf_counter() - begun) / len(points)
    apart = np.abs([t.apogee_m - a * 1e3 for t, a in zip(theirs, ours.apogee_km, strict=True)])
    return each_s, float(np.median(apart))
