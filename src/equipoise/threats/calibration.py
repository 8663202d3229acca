"""Simulation-based calibration: are the intervals as wide as they should be?

A truth is drawn from the priors, flown, announced with its errors, and assessed; its rank among the
posterior's draws must then be uniform (Talts and others 2018, algorithm 1). The same code assesses here as
anywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array
from scipy.stats import chi2

from equipoise.flight import Variants, fly_many, fly_variants
from equipoise.scenario import MissileModel
from equipoise.threats import bearings, implied
from equipoise.threats.free import boost_ends, draw
from equipoise.threats.implied import Boosts
from equipoise.threats.inference import infer
from equipoise.threats.priors import Priors
from equipoise.threats.types import HALF_WIDTH_SDS, Announced, Observation
from equipoise.threats.variation import Variation, lifts_off

FREE_DRAWS, MODEL_DRAWS, BINS = 200, 50, 10
HALVES = {"range_km": 20.0, "apogee_km": 25.0, "time_s": 20.0}
"""Half-widths of the simulated announcements."""
LEAST_KM = {"range_km": 300.0, "apogee_km": 300.0}
"""Simulated flights of a model that are announced as shorter or lower are left out."""
FREE_PRIORS = replace(Priors(), range_km=(700.0, 2500.0), apogee_km=(800.0, 5000.0))
"""Narrower in range and apogee than in use, so that truths are flights of the kind that is announced."""
_PLACE = (40.0, 126.0)
_AZIMUTH = Announced(80.0, 20.0)


@dataclass(frozen=True)
class Ranks:
    """Ranks of the truth, 0 to 1, of one quantity over the simulated flights."""

    quantity: str
    kind: str
    """``model-free`` or ``model-based``."""
    ranks: Float[Array, " n"]

    @property
    def histogram(self) -> tuple[int, ...]:
        """How many ranks fall into each tenth."""
        return tuple(int(c) for c in np.histogram(self.ranks, BINS, (0.0, 1.0))[0])

    @property
    def covered_90(self) -> float:
        """Share of truths inside the 5 to 95 % interval."""
        return float(((self.ranks > 0.05) & (self.ranks < 0.95)).mean())

    @property
    def p_value(self) -> float:
        """Of the chi-square test that the ranks are uniform."""
        expected = len(self.ranks) / BINS
        statistic = sum((c - expected) ** 2 / expected for c in self.histogram)
        return float(chi2.sf(statistic, BINS - 1))


def calibrate_free(seed: int = 1, count: int = FREE_DRAWS, say: Callable[[str], None] = print) -> list[Ranks]:
    """Ranks of speed, boost and time of truths drawn from ``FREE_PRIORS``."""
    rng = np.random.default_rng(seed)
    ranks: dict[str, list[float]] = {"speed_km_s": [], "boost_s": [], "time_s": []}
    while len(ranks["time_s"]) < count:
        truth = _free_truth(rng)
        if truth is None:
            continue
        seen, true = truth
        posterior = draw(seen, FREE_PRIORS, rng)
        if posterior is None:
            continue
        values = {
            "speed_km_s": posterior.speed_km_s,
            "boost_s": posterior.boosts.boost_s,
            "time_s": posterior.time_s,
        }
        for name, found in values.items():
            ranks[name].append(float(posterior.weight[found < true[name]].sum()))
        if len(ranks["time_s"]) % 50 == 0:
            say(f"model-free {len(ranks['time_s'])} of {count}")
    return [Ranks(name, "model-free", np.array(found)) for name, found in ranks.items()]


def _free_truth(rng: np.random.Generator) -> tuple[Observation, dict[str, float]] | None:
    """One flight drawn from the priors, as it would be announced; None where no cut-off flies it."""
    p = FREE_PRIORS

    def log_uniform(ends: tuple[float, float]) -> Float[Array, " n"]:
        return np.asarray(np.exp(rng.uniform(np.log(ends[0]), np.log(ends[1]), 1)))

    range_km, apogee_km = log_uniform(p.range_km), log_uniform(p.apogee_km)
    blank = Observation(
        "simulated", "simulated", "2000", None, None, None, _PLACE, "here", "us", "made", "computed",
        azimuth_deg=_AZIMUTH,
    )  # fmt: skip
    boosts = Boosts(
        rng.uniform(*boost_ends(p, range_km, apogee_km)),
        rng.uniform(*p.chord_share, 1),
        rng.uniform(*p.chord_lift, 1),
        bearings.draw_azimuths(blank, None, None, rng, 1),
    )
    state = implied.solve(_PLACE, boosts, range_km, apogee_km)
    if not state.ok[0]:
        return None
    time_s = float(state.time_s[0])
    true = {"speed_km_s": float(state.speed_km_s[0]), "boost_s": float(boosts.boost_s[0]), "time_s": time_s}
    return _announced(blank, (float(range_km[0]), float(apogee_km[0]), time_s), rng), true


def _announced(
    blank: Observation, figures: tuple[float, float, float], rng: np.random.Generator
) -> Observation:
    """The flight with errors of the stated half-widths put on its figures."""
    told = {
        name: Announced(max(value + half / HALF_WIDTH_SDS * rng.standard_normal(), 1.0), half)
        for (name, half), value in zip(HALVES.items(), figures, strict=True)
    }
    seen = blank
    for name, figure in told.items():
        seen = seen.reading(name, figure)
    return seen


def calibrate_model(
    model: MissileModel, seed: int = 2, count: int = MODEL_DRAWS, say: Callable[[str], None] = print
) -> list[Ranks]:
    """Ranks of a model's unknowns over truths drawn from its priors, flown with part of the burn left."""
    rng = np.random.default_rng(seed)
    variation = Variation(model.missile, Priors())
    ranks: dict[str, list[float]] = {name: [] for name in variation.names}
    done = 0
    while done < count:
        truth = _model_truth(variation, rng)
        if truth is None:
            continue
        seen, factors = truth
        found = infer(model, (seen,), Priors(), rng)
        if not len(found.factors):
            continue
        for k, name in enumerate(variation.names):
            ranks[name].append(float((found.factors[:, k] < factors[k]).mean()))
        done += 1
        if done % 10 == 0:
            say(f"model-based {done} of {count}")
    return [Ranks(name, "model-based", np.array(each)) for name, each in ranks.items()]


def _model_truth(
    variation: Variation, rng: np.random.Generator
) -> tuple[Observation, Float[Array, " d"]] | None:
    """One variant, its loft, azimuth and unspent burn drawn from the priors, flown and announced.

    Directions are uniform over the sky. What stays up is drawn again, and so is what is announced as shorter
    or lower than ``LEAST_KM``: a choice by the announced figures alone leaves the ranks uniform.
    """
    priors = variation.priors
    factors = variation.factors(rng.random((1, len(variation.names))))
    variants = variation.variants(factors)
    loft = float(np.degrees(np.arcsin(rng.random())))
    share = 1.0 - float(rng.exponential(priors.unspent_mean))
    if not lifts_off(variants)[0] or not 3.0 < loft < 89.5 or share < 0.1:
        return None
    blank = Observation(
        "simulated", "simulated", "2000", None, None, None, _PLACE, "here", "us", "made", "computed",
        azimuth_deg=_AZIMUTH,
    )  # fmt: skip
    azimuth = bearings.draw_azimuths(blank, None, None, rng, 1)
    kick = _kick_for(variants, loft, share, float(azimuth[0]))
    if kick is None:
        return None
    burn = variants.full_burn_s - (1.0 - share) * variants.burn_s[:, -1]
    one = np.zeros(1, dtype=np.int64)
    flown = fly_variants(variants, one, np.array([_PLACE]), azimuth, np.array([kick]), np.array([loft]), burn)
    if not flown.ok[0]:
        return None
    figures = (float(flown.range_km[0]), float(flown.apogee_km[0]), float(flown.time_s[0]))
    seen = _announced(blank, figures, rng)
    told = [f.value for name in LEAST_KM if (f := seen.figure(name)) is not None]
    if any(value < least for value, least in zip(told, LEAST_KM.values(), strict=True)):
        return None
    return seen, factors[0]


def _kick_for(variants: Variants, loft_deg: float, share: float, azimuth_deg: float) -> float | None:
    """The kick with which one variant burns out at a loft; None where none does."""
    missile = variants.missile(0)
    flights = fly_many(
        [missile],
        np.array([_PLACE]),
        np.array([azimuth_deg]),
        np.array([loft_deg]),
        np.array([share * missile.stages[-1].burn_s]),
    )
    return float(flights.kick_rad[0]) if flights.ok[0] else None
