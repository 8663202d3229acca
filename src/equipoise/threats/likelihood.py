"""The likelihood of a missile's flights under variants of one model, flight by flight.

Given a variant, the figures are nearly linear in a flight's loft and cut-off over the few kilometres by which
they are uncertain. Loft and cut-off are therefore integrated out in closed form: a normal in two unknowns
against directions uniform over the sky and an exponential prior of the burn left unspent. What remains to be
sampled is the missile itself, and of each flight its azimuth (and its loft, where one figure alone is known).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array
from scipy.special import log_ndtr, ndtr, ndtri

from equipoise.flight import Variants
from equipoise.threats import bearings
from equipoise.threats.fitting import (
    MOST_SHARE,
    ROUNDS_ALONE,
    ROUNDS_GUIDED,
    Fit,
    Guide,
    Target,
    first_state,
    fit,
    target_of,
)
from equipoise.threats.priors import Priors
from equipoise.threats.types import FIGURES, Observation
from equipoise.threats.variation import Variation, lifts_off

IMPOSSIBLE = -1e7
"""Logarithm of the likelihood of a variant that cannot fly the flight at all."""
_STEEPEST_DEG = 89.9
_TRAINING, _LESSONS, _ENOUGH = 1024, 4, 0.4
"""Variants that the guide is fitted to, how often at most, and the share of them that is enough."""


@dataclass(frozen=True)
class Conditional:
    """What a flight's loft and cut-off are, given a variant: normal about ``mean``, n variants."""

    log_likelihood: Float[Array, " n"]
    mean: Float[Array, "n 2"]
    """Offset of loft (degrees) and share from the fit; the loft is nought where it was given."""
    root: Float[Array, "n 2 2"]
    """Root of their covariance, upper triangle: the share first."""
    fit: Fit
    unspent_mean: float
    """Of the prior of the share left unused."""

    def drawn(self, rng: np.random.Generator) -> Float[Array, "n 2"]:
        """One offset of loft and share for each variant: the share normal, tilted by its prior and cut off
        at the whole burn; the loft given the share.
        """
        share, spread = self.fit.state[:, 2] + self.mean[:, 1], self.root[:, 1, 1]
        middle = share + spread**2 / self.unspent_mean
        top = ndtr((1.0 - middle) / spread)
        bottom = ndtr(-middle / spread)
        place = np.clip(bottom + (top - bottom) * rng.random(len(share)), 1e-300, 1.0 - 1e-16)
        z = (middle + spread * ndtri(place) - share) / spread
        z = np.where(top - bottom > 0.0, z, (1.0 - share) / spread)
        loft = self.root[:, 0, 1] * z + self.root[:, 0, 0] * rng.standard_normal(len(z))
        return np.asarray(self.mean + np.column_stack([loft, spread * z]))


@dataclass(frozen=True)
class Flown:
    """One flight as the sampler sees it."""

    target: Target
    priors: Priors
    guide: Guide
    sectors: Float[Array, " k"]

    @property
    def dimensions(self) -> int:
        """Unknowns of this flight that are sampled: its azimuth, and its loft where that is free."""
        return 2 if self.target.loft_asked else 1

    def conditional(
        self, variants: Variants, shared: Float[Array, "n d"], own: Float[Array, "n q"], rounds: int
    ) -> Conditional:
        """The flight's likelihood for every variant; ``shared`` and ``own`` are points of the unit cube."""
        seen = self.target.observation
        azimuth = bearings.azimuth_at(self.sectors, own[:, 0], seen)
        loft = None
        if self.target.loft_asked:
            low, high = self._lofts
            loft = low + (high - low) * own[:, 1]
        guess = self.guide(self.guiding(shared, own))
        found = fit(self.target, variants, azimuth, guess, loft, rounds)
        widest = None if loft is not None else self.target.widest_deg(azimuth)
        return integrate(found, seen, self.priors, widest)

    def guiding(self, shared: Float[Array, "n d"], own: Float[Array, "n q"]) -> Float[Array, "n g"]:
        """What the guide is told, in the unit cube: the shared unknowns and the loft, where that is free;
        else the loft that the closed form has for the azimuth.
        """
        if self.target.loft_asked:
            return np.column_stack([shared, own[:, 1]])
        seen = self.target.observation
        at = np.concatenate([own[:, 0], np.linspace(0.0, 1.0, 4 * len(self.sectors))])
        loft = self.target.loft_deg(bearings.azimuth_at(self.sectors, at, seen))
        low, high = loft[len(own) :].min(), loft[len(own) :].max()
        return np.column_stack([shared, (loft[: len(own)] - low) / max(high - low, 1.0)])

    @property
    def _lofts(self) -> tuple[float, float]:
        """Ends of the loft's prior where one figure alone is known, or that and the time."""
        return self.priors.usual_loft_deg if len(self.target.observation.known) == 1 else (5.0, 89.0)


def integrate(
    found: Fit, seen: Observation, priors: Priors, widest_deg: Float[Array, " n"] | None
) -> Conditional:
    """Loft and share integrated out of the normal likelihood of the announced figures.

    ``widest_deg`` holds the loft near the fit, and is None where the loft is given.

    With J the slopes and W the weights, Λ = JᵀWJ. The loft's prior is taken at its mean; over the share s, of
    which 1 − s is exponential with mean m on [0, 1], it is exp(−(1 − s)/m + σ²/2m²) Φ((1 − s − σ²/m)/σ)/m.
    """
    rows = [i for i, name in enumerate(FIGURES) if seen.figure(name) is not None]
    figures = [f for name in FIGURES if (f := seen.figure(name)) is not None]
    sd = np.array([f.sd for f in figures])
    residual = (np.array([f.value for f in figures]) - found.flown[:, rows]) / sd
    loft_given = widest_deg is None
    columns = [1] if loft_given else [0, 1]
    slopes = found.slopes[:, rows][:, :, columns] / sd[:, None]
    precision = slopes.transpose(0, 2, 1) @ slopes
    if widest_deg is not None:
        precision[:, 0, 0] += widest_deg**-2
    good = found.ok & (np.linalg.det(precision) > 1e-12)
    precision = np.where(good[:, None, None], precision, np.eye(len(columns)))
    covariance = np.linalg.inv(precision)
    pull = (slopes * residual[:, :, None]).sum(1)
    mean = (covariance @ pull[:, :, None])[:, :, 0]
    left = (residual**2).sum(1) - (mean * pull).sum(1)
    share, spread = found.state[:, 2] + mean[:, -1], np.sqrt(covariance[:, -1, -1])
    log = -0.5 * np.maximum(left, 0.0) - np.log(sd).sum() - 0.5 * len(sd) * np.log(2.0 * np.pi)
    log += 0.5 * len(columns) * np.log(2.0 * np.pi) + 0.5 * np.log(np.linalg.det(covariance))
    log += _log_share(share, spread, priors.unspent_mean)
    if not loft_given:
        loft = found.state[:, 1] + mean[:, 0]
        sky = np.cos(np.radians(np.clip(loft, 0.0, _STEEPEST_DEG))) * np.pi / 180.0
        log += np.log(sky) + log_ndtr((_STEEPEST_DEG - loft) / np.sqrt(covariance[:, 0, 0]))
    whole_mean, root = np.zeros((len(log), 2)), np.zeros((len(log), 2, 2))
    whole_mean[:, 2 - len(columns) :] = mean
    root[:, 1, 1] = spread
    if not loft_given:
        root[:, 0, 1] = covariance[:, 0, 1] / spread
        root[:, 0, 0] = np.sqrt(np.maximum(covariance[:, 0, 0] - root[:, 0, 1] ** 2, 0.0))
    log = np.where(good & np.isfinite(log), np.maximum(log, IMPOSSIBLE), IMPOSSIBLE)
    return Conditional(log, whole_mean, root, found, priors.unspent_mean)


def _log_share(share: Float[Array, " n"], spread: Float[Array, " n"], mean: float) -> Float[Array, " n"]:
    """Logarithm of the prior of the share, averaged over a normal; far outside [0, 1] it falls as one."""
    tilt = spread**2 / mean
    top = log_ndtr((1.0 - share - tilt) / spread)
    bottom = log_ndtr((share + tilt) / spread)
    return np.asarray(-np.log(mean) - (1.0 - share) / mean + 0.5 * tilt / mean + np.minimum(top, bottom))


@dataclass(frozen=True)
class Problem:
    """A model, its priors and the flights that it must have flown."""

    variation: Variation
    flights: tuple[Flown, ...]

    @property
    def dimensions(self) -> int:
        """Of the unit cube that is sampled."""
        return len(self.variation.names) + sum(f.dimensions for f in self.flights)

    def parts(self, cube: Float[Array, "n d"]) -> tuple[Float[Array, "n s"], list[Float[Array, "n q"]]]:
        """A point's shared unknowns and each flight's own."""
        at = len(self.variation.names)
        shared, own = cube[:, :at], []
        for flight in self.flights:
            own.append(cube[:, at : at + flight.dimensions])
            at += flight.dimensions
        return shared, own

    def evaluate(self, cube: Float[Array, "n d"]) -> tuple[Float[Array, " n"], int]:
        """Logarithm of the likelihood of points of the unit cube, and how many flights that took.

        ``IMPOSSIBLE`` where a variant cannot lift off or fly.
        """
        flights = 0
        shared, own = self.parts(cube)
        variants = self.variation.variants(self.variation.factors(shared))
        total = np.where(lifts_off(variants), 0.0, IMPOSSIBLE)
        live = np.flatnonzero(total == 0.0)
        for flight, mine in zip(self.flights, own, strict=True):
            if not len(live):
                break
            found = flight.conditional(variants.select(live), shared[live], mine[live], ROUNDS_GUIDED)
            total[live] += found.log_likelihood
            flights += found.fit.flights
            live = live[found.log_likelihood > IMPOSSIBLE]
        return np.maximum(total, IMPOSSIBLE), flights


def problem_of(
    variation: Variation, observations: tuple[Observation, ...], rng: np.random.Generator
) -> Problem:
    """The problem with the guides of its flights fitted."""
    return Problem(variation, tuple(_flown(variation, o, rng) for o in observations))


def _flown(variation: Variation, seen: Observation, rng: np.random.Generator) -> Flown:
    """One flight, with the quadratic that guesses its state from the unknowns."""
    target = target_of(seen)
    far, high = (None if f is None else f.value for f in (seen.range_km, seen.apogee_km))
    sectors = bearings.allowed(seen, far, high)
    shared = rng.random((_TRAINING, len(variation.names)))
    shared[0] = 0.5
    variants = variation.variants(variation.factors(shared))
    middle = bearings.azimuth_at(sectors, np.array([0.5]), seen)[0]
    guide = Guide(first_state(target, variants, 0, float(middle)))
    flown = Flown(target, variation.priors, guide, sectors)
    own = rng.random((_TRAINING, flown.dimensions))
    unknowns = flown.guiding(shared, own)
    for lesson in range(_LESSONS):
        rounds = ROUNDS_GUIDED if lesson else ROUNDS_ALONE
        found = flown.conditional(variants, shared, own, rounds).fit
        settled = found.ok & (found.state[:, 2] < MOST_SHARE)
        flown = replace(flown, guide=guide.fitted(unknowns[settled], found.state[settled]))
        if lesson and settled.mean() > _ENOUGH:
            break
    return flown
