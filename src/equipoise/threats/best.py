"""How near a model can come to all announced figures at once, anywhere within its priors.

A posterior that misses a figure may do so because the model cannot give it back, because it could only with
improbable figures of its own, or because the sampler did not get there. This parts the three: differential
evolution (Storn and Price 1997) looks for the least sum of squared misses, whatever it costs in probability.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array
from scipy.optimize import differential_evolution

from equipoise.threats.fitting import ROUNDS_GUIDED, Fit
from equipoise.threats.likelihood import IMPOSSIBLE, Problem
from equipoise.threats.types import FIGURES, Observation
from equipoise.threats.variation import lifts_off

_PEOPLE, _GENERATIONS = 48, 40
_NOWHERE = 1e12
"""Stands for the squared misses of a variant that cannot fly a flight at all."""
_UNITS = {"range_km": "km", "apogee_km": "km", "time_s": "s"}


@dataclass(frozen=True)
class Miss:
    """The figure that is furthest off where all of them together are nearest."""

    flight: str
    figure: str
    by_sds: float
    """Announced less given back, over the announced figure's standard deviation."""
    by: float
    """The same in the figure's own unit."""

    @property
    def sentence(self) -> str:
        """It in words."""
        name = self.figure.rsplit("_", 1)[0]
        word = "short" if self.by > 0.0 else "too much"
        return (
            f"at best the {name} of {self.flight} is {abs(self.by_sds):,.1f} standard deviations {word} "
            f"({abs(self.by):,.0f} {_UNITS[self.figure]})"
        )


def nearest(problem: Problem, rng: np.random.Generator) -> Miss | None:
    """The worst miss of the variant that comes nearest; None where none can fly the flights at all."""
    found = differential_evolution(
        lambda cube: (misses(problem, cube.T) ** 2).sum(1),
        [(0.0, 1.0)] * problem.dimensions,
        init=rng.random((_PEOPLE, problem.dimensions)),
        maxiter=_GENERATIONS,
        tol=1e-3,
        polish=False,
        vectorized=True,
        updating="deferred",
        seed=int(rng.integers(2**31)),
    )
    if found.fun >= _NOWHERE:
        return None
    off = misses(problem, found.x[None])[0]
    worst = int(np.argmax(np.abs(off)))
    flight, name = [(f.target.observation, n) for f in problem.flights for n in f.target.observation.known][
        worst
    ]
    figure = flight.figure(name)
    return Miss(flight.id, name, float(off[worst]), float(off[worst]) * (figure.sd if figure else 0.0))


def misses(problem: Problem, cube: Float[Array, "n d"]) -> Float[Array, "n f"]:
    """By how many standard deviations variants miss each announced figure, flight by flight, at the loft and
    cut-off that miss least.
    """
    shared, own = problem.parts(cube)
    variants = problem.variation.variants(problem.variation.factors(shared))
    flies = lifts_off(variants)
    columns = []
    for flight, mine in zip(problem.flights, own, strict=True):
        found = flight.conditional(variants, shared, mine, ROUNDS_GUIDED)
        off = _least(found.fit, flight.target.observation, flight.target.loft_asked)
        possible = flies & (found.log_likelihood > IMPOSSIBLE)
        columns.append(np.where(possible[:, None], off, np.sqrt(_NOWHERE)))
    return np.concatenate(columns, 1)


def _least(found: Fit, seen: Observation, loft_given: bool) -> Float[Array, "n f"]:
    """Misses of one flight at the best loft and cut-off, of which the last comes no later than burn-out."""
    rows = [FIGURES.index(name) for name in seen.known]
    figures = [f for name in seen.known if (f := seen.figure(name)) is not None]
    sd = np.array([f.sd for f in figures])
    left = (np.array([f.value for f in figures]) - found.flown[:, rows]) / sd
    slopes = found.slopes[:, rows] / sd[:, None]
    loft = np.zeros_like(left) if loft_given else slopes[:, :, 0]
    burn = slopes[:, :, 1]
    across = burn - loft * _part(loft, burn)[:, None]
    most = 1.0 - found.state[:, 2]
    share = np.minimum(_part(across, left), most)
    left = left - burn * share[:, None]
    return np.asarray(left - loft * _part(loft, left)[:, None])


def _part(along: Float[Array, "n f"], of: Float[Array, "n f"]) -> Float[Array, " n"]:
    """How much of one vector lies along another; nought along nothing."""
    square = (along**2).sum(1)
    return np.asarray((along * of).sum(1) / np.where(square > 1e-12, square, np.inf))
