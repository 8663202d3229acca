"""Coordinates in which a posterior is nearly a standard normal, so that a sampler has little left to do.

The unit cube's points become normals, of which the prior makes independent standard ones. A few rounds of
weighted draws, each more sharply weighted than the last, fit a mean and a covariance. The sampler then works
on a cube that maps to that normal, widened, and what it calls the likelihood carries the ratio of the two
densities: neither posterior nor evidence changes, only the work does (importance sampling by a population
of draws: Cappé, Guillin, Marin and Robert 2004).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array
from scipy.special import ndtr, ndtri

ROUNDS, DRAWS = 10, 2000
"""Most rounds, and draws of each; two rounds at full weight are enough."""
WIDER = 1.15
"""On the fitted standard deviations, so that the tails are inside."""
LEAST_EFFECTIVE = 120.0
_EDGE = 1e-10

Likelihood = Callable[[Float[Array, "n d"]], Float[Array, " n"]]


@dataclass(frozen=True)
class Proposal:
    """A normal about ``mean`` with lower triangular root ``root``, in the normals of the unit cube."""

    mean: Float[Array, " d"]
    root: Float[Array, "d d"]

    def cube(self, points: Float[Array, "n d"]) -> Float[Array, "n d"]:
        """The prior's unit cube at points of the sampler's."""
        return np.asarray(ndtr(self._normals(points)))

    def log_ratio(self, points: Float[Array, "n d"]) -> Float[Array, " n"]:
        """Logarithm of the prior's density over the proposal's."""
        own = ndtri(np.clip(points, _EDGE, 1.0 - _EDGE))
        there = self._normals(points)
        inside = 0.5 * ((own**2).sum(1) - (there**2).sum(1))
        return np.asarray(inside + np.log(np.diag(self.root)).sum())

    def _normals(self, points: Float[Array, "n d"]) -> Float[Array, "n d"]:
        return np.asarray(self.mean + ndtri(np.clip(points, _EDGE, 1.0 - _EDGE)) @ self.root.T)


def fit_proposal(likelihood: Likelihood, dimensions: int, rng: np.random.Generator) -> tuple[Proposal, bool]:
    """A proposal for a posterior over the unit cube, and whether the rounds came to the posterior itself."""
    found, settled = Proposal(np.zeros(dimensions), np.eye(dimensions)), 0
    for _ in range(ROUNDS):
        points = rng.random((DRAWS, dimensions))
        log_weight = likelihood(found.cube(points)) + found.log_ratio(points)
        weight, whole = _tempered(log_weight)
        settled += whole
        normals = found._normals(points)
        mean = weight @ normals
        spread = (normals - mean).T @ ((normals - mean) * weight[:, None])
        shrunk = 0.95 * spread + 0.05 * np.diag(np.diag(spread)) + 1e-6 * np.eye(dimensions)
        found = Proposal(mean, WIDER * np.linalg.cholesky(shrunk))
        if settled == 2:
            break
    return found, settled > 0


def _tempered(log_weight: Float[Array, " n"]) -> tuple[Float[Array, " n"], bool]:
    """Weights raised to the greatest power up to 1 at which enough draws still count; whether that is 1."""
    log_weight = log_weight - log_weight.max()
    low, high = 0.0, 1.0
    for _ in range(30):
        power = 1.0 if high == 1.0 and low == 0.0 else 0.5 * (low + high)
        weight = np.exp(power * log_weight)
        weight /= weight.sum()
        enough = 1.0 / float((weight**2).sum()) >= LEAST_EFFECTIVE
        if enough and power == 1.0:
            return weight, True
        low, high = (power, high) if enough else (low, power)
    return weight, False
