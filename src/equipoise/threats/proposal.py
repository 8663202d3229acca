"""Coordinates in which a posterior is nearly a standard normal, so that a sampler has little left to do.

The unit cube's points become normals, of which the prior makes independent standard ones. A few rounds of
weighted draws, each with the likelihood at a higher power than the last, fit a mean and a covariance. The
sampler then works on a cube that maps to that normal, widened, and what it calls the likelihood carries the
ratio of the two densities: neither posterior nor evidence changes, only the work does (importance sampling by
a population of draws: Cappé, Guillin, Marin and Robert 2004).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array
from scipy.special import ndtr, ndtri

ROUNDS, DRAWS = 12, 2000
"""Most rounds, and draws of each; two rounds at full weight are enough."""
WIDER = 1.15
"""On the fitted standard deviations, so that the tails are inside."""
LEAST_EFFECTIVE = 150.0
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
    """A proposal for a posterior over the unit cube, and whether the rounds came to the posterior itself.

    Each round raises the likelihood to the greatest power at which enough draws still count: the prior, and
    the ratio to what was drawn from, count in full, so that no round narrows what the flights leave open.
    """
    found, settled = Proposal(np.zeros(dimensions), np.eye(dimensions)), 0
    for _ in range(ROUNDS):
        points = rng.random((DRAWS, dimensions))
        weight, power = _tempered(likelihood(found.cube(points)), found.log_ratio(points))
        settled += power == 1.0
        normals = found._normals(points)
        mean = weight @ normals
        spread = (normals - mean).T @ ((normals - mean) * weight[:, None])
        shrunk = 0.95 * spread + 0.05 * np.diag(np.diag(spread)) + 1e-6 * np.eye(dimensions)
        found = Proposal(mean, WIDER * np.linalg.cholesky(shrunk))
        if settled == 2:
            break
    return found, settled > 0


def _tempered(log_l: Float[Array, " n"], log_ratio: Float[Array, " n"]) -> tuple[Float[Array, " n"], float]:
    """Weights by the likelihood to the greatest power up to 1 at which enough draws count, and that power.

    Where too few count at any, the power at which most do.
    """
    best, most = (np.full(len(log_l), 1.0 / len(log_l)), 0.0), 0.0
    for power in (1.0, *np.geomspace(0.8, 1e-7, 120)):
        log_weight = power * log_l + log_ratio
        weight = np.exp(log_weight - log_weight.max())
        weight /= weight.sum()
        effective = 1.0 / float((weight**2).sum())
        if effective >= LEAST_EFFECTIVE:
            return weight, float(power)
        if effective > most:
            best, most = (weight, float(power)), effective
    return best
