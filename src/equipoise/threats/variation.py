"""From the unit cube to variants of one model: what is uncertain of a missile, under the stated priors.

One number each scales payload, specific impulse, propellant, empty masses and burn times of all stages alike,
and one is the pause between stages. What a test leaves unburnt, its loft and azimuth belong to the flight.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array
from scipy.special import ndtri

from equipoise.flight import Missile, Variants
from equipoise.threats.priors import Priors

NAMES = ("payload_factor", "impulse_factor", "propellant_factor", "empty_factor", "burn_factor", "pause_s")
MOST_SDS = 3.0
"""Normals are cut off so many standard deviations out."""
_LEAST_PAUSE_S = 0.05
"""A pause of nothing is flown as one of this, so that all variants take the same segments."""
_CUT = 0.0013499


@dataclass(frozen=True)
class Variation:
    """A model and the priors under which it varies."""

    missile: Missile
    priors: Priors

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the shared unknowns; one stage has no pause."""
        return NAMES if len(self.missile.stages) > 1 else NAMES[:-1]

    def factors(self, cube: Float[Array, "n d"]) -> Float[Array, "n d"]:
        """The shared unknowns at points of the unit cube, in the order of ``names``."""
        p = self.priors
        low, high = np.log(p.payload_factor)
        normal = ndtri(_CUT + (1.0 - 2.0 * _CUT) * cube)
        columns = [
            np.exp(low + (high - low) * cube[:, 0]),
            1.0 + p.impulse_sd * normal[:, 1],
            1.0 + p.propellant_sd * normal[:, 2],
            np.exp(p.empty_sd * normal[:, 3]),
            np.exp(p.burn_sd * normal[:, 4]),
        ]
        if len(self.names) == len(NAMES):
            columns.append(p.pause_s[0] + (p.pause_s[1] - p.pause_s[0]) * cube[:, 5])
        return np.column_stack(columns)

    def variants(self, factors: Float[Array, "n d"]) -> Variants:
        """The missiles of given unknowns."""
        payload, impulse, propellant, empty, burn = factors[:, :5].T
        n, stages = len(factors), self.missile.stages

        def column(name: str, factor: Float[Array, " n"]) -> Float[Array, "n s"]:
            return np.asarray(np.array([getattr(s, name) for s in stages]) * factor[:, None])

        pause = np.zeros((n, len(stages)))
        if factors.shape[1] == len(NAMES):
            pause[:, :-1] = np.maximum(factors[:, 5], _LEAST_PAUSE_S)[:, None]
        return Variants(
            base=self._base(),
            payload_kg=self.missile.payload_kg * payload,
            propellant_kg=column("propellant_kg", propellant),
            empty_kg=column("empty_kg", empty),
            isp_s=column("isp_s", impulse),
            burn_s=column("burn_s", burn),
            coast_s=pause,
            extremes=self._extremes(),
        )

    def _base(self) -> Missile:
        """The model with a pause after every stage but the last, so that all its variants are alike."""
        stages = self.missile.stages
        longest = max(self.priors.pause_s[1], 1.0)
        paused = [replace(s, coast_s=longest) for s in stages[:-1]]
        return replace(self.missile, stages=(*paused, replace(stages[-1], coast_s=0.0)))

    def _extremes(self) -> tuple[Missile, ...]:
        """The variants that ask for most steps: long burns and light payloads."""
        base, p = self._base(), self.priors
        found = []
        for burn, payload in ((MOST_SDS, p.payload_factor[0]), (-MOST_SDS, p.payload_factor[0])):
            factor = float(np.exp(p.burn_sd * burn))
            stages = tuple(replace(s, burn_s=s.burn_s * factor) for s in base.stages)
            found.append(replace(base, payload_kg=base.payload_kg * payload, stages=stages))
        return tuple(found)


def lifts_off(variants: Variants) -> Array:
    """Whether each variant's first stage pushes at least 5 % more than it weighs."""
    weight = variants.payload_kg + (variants.propellant_kg + variants.empty_kg).sum(1)
    push = variants.isp_s[:, 0] * variants.propellant_kg[:, 0] / variants.burn_s[:, 0]
    return np.asarray(push > 1.05 * weight)
