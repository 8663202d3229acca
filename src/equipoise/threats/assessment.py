"""The values of a whole assessment: claims, missiles, and all of it together."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.threats.joint import Candidate
from equipoise.threats.reach import CountryReached
from equipoise.threats.types import Claim, FlightAssessed, RangeSaid


@dataclass(frozen=True)
class MissileAssessed:
    """What all counted flights of one missile say together."""

    missile: str
    state: str
    """tested | only failed or partial flights | no flight known."""
    since: str | None
    flights: tuple[str, ...]
    """Counted: no rival accounts."""
    rivals: tuple[str, ...]
    demonstrated_km: float | None
    """The longest range flown, lower bounds included."""
    model_free: RangeSaid | None
    maximum: RangeSaid | None
    basis: str
    """What ``maximum`` rests on, in words."""
    candidates: tuple[Candidate, ...]
    odds: tuple[dict[str, object], ...]
    launch_deg: tuple[float, float] | None
    """From where its longest range is reckoned: its last launch place in the file."""
    launches_deg: tuple[tuple[float, float], ...]
    """All places from which it was launched: a country is within reach where it is from any."""
    countries: tuple[CountryReached, ...]
    claims: tuple[Claim, ...]
    notes: tuple[str, ...]
    reach_km: Float[Array, "n k"] = field(repr=False, compare=False, default_factory=lambda: np.zeros((0, 0)))
    """Equal-weight draws of the longest range in each of eight directions from north by east."""
    draws_km: Float[Array, " n"] = field(repr=False, compare=False, default_factory=lambda: np.zeros(0))
    """Equal-weight draws of the longest range, all directions together."""

    def probability_beyond(self, km: float) -> float | None:
        """The probability that it reaches ``km``; None where nothing is known of its range."""
        return float((self.draws_km >= km).mean()) if len(self.draws_km) else None


@dataclass(frozen=True)
class ThreatAssessment:
    """What the observed flights say, as known on a day, under stated priors."""

    flights: tuple[FlightAssessed, ...]
    missiles: tuple[MissileAssessed, ...]
    known_at: str | None
    seed: int
    digest: str
    """SHA-256 of the announced figures, priors, seed and day, as decimal text."""
    version: str

    def missile(self, name: str) -> MissileAssessed:
        """The one of that name; KeyError where there is none."""
        return {m.missile: m for m in self.missiles}[name]
