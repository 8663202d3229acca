"""The values of an assessment: what was announced, and what follows from it.

Ranges and apogees are kilometres on and above the WGS84 ellipsoid, times seconds from lift-off, angles
degrees; a half-width is half of a 95 % interval.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

FIGURES = ("range_km", "apogee_km", "time_s")
"""The three figures that a State announces of a flight."""
BEYOND_KM = 15_000.0
"""Ranges above this are told only as beyond it: near orbital speed a percent of it is thousands of km."""
HALF_WIDTH_SDS = 1.959964
"""Half of a 95 % interval over the standard deviation of a normal."""


@dataclass(frozen=True)
class Announced:
    """One announced figure with its half-width."""

    value: float
    half: float
    half_assumed: bool = False
    """True where no half-width was given and the stated default stands in."""

    @property
    def sd(self) -> float:
        """Standard deviation."""
        return self.half / HALF_WIDTH_SDS


@dataclass(frozen=True)
class Observation:
    """One account of one flight."""

    id: str
    missile: str
    date: str
    range_km: Announced | None
    apogee_km: Announced | None
    time_s: Announced | None
    launch_deg: tuple[float, float]
    """Geodetic latitude and longitude."""
    launch_place: str
    announced_by: str
    source: str
    status: str
    rival_of: str | None = None
    """The flight of which this is a second account: shown beside it, and never counted with it."""
    lower_bound: bool = False
    """A stage, a failed or a shortened flight: its range says only that the missile goes as far."""
    azimuth_deg: Announced | None = None
    landing_deg: tuple[float, float] | None = None
    line: int | None = None
    warnings: tuple[str, ...] = ()

    def figure(self, name: str) -> Announced | None:
        """One of the three by name."""
        found: Announced | None = getattr(self, name)
        return found

    def reading(self, name: str, figure: Announced) -> Observation:
        """The same flight with one of the three figures read otherwise."""
        return Observation(**{**{f: getattr(self, f) for f in self.__dataclass_fields__}, name: figure})

    def without(self, name: str) -> Observation:
        """The same flight with one of the three figures unknown."""
        return Observation(**{**{f: getattr(self, f) for f in self.__dataclass_fields__}, name: None})

    @property
    def known(self) -> tuple[str, ...]:
        """Names of the figures that were announced."""
        return tuple(f for f in FIGURES if self.figure(f) is not None)


@dataclass(frozen=True)
class Interval:
    """Quantiles of a posterior."""

    p5: float
    p50: float
    p95: float


def interval(
    values: Float[Array, " n"], weights: Float[Array, " n"] | None = None, most: float | None = None
) -> Interval:
    """The 5, 50 and 95 % quantiles of weighted draws; ``most`` caps each of them."""
    order = np.argsort(values)
    w = np.ones(len(values)) if weights is None else np.asarray(weights)
    total = np.cumsum(w[order])
    at = (total - 0.5 * w[order]) / total[-1]
    found = np.interp([0.05, 0.5, 0.95], at, np.asarray(values)[order])
    return Interval(*(float(q if most is None else min(q, most)) for q in found))


@dataclass(frozen=True)
class RangeSaid:
    """How far: an interval, capped at ``BEYOND_KM``, and the probability of lying beyond that."""

    km: Interval
    beyond: float
    east_km: Interval | None = None
    west_km: Interval | None = None


@dataclass(frozen=True)
class Oddity:
    """Which of three figures does not fit the other two, and by how much it would have to move."""

    figure: str
    announced: float
    would_fit: Interval | None
    """What the other two figures say of it; None where they fit no flight by themselves."""
    moves_by: float | None
    """From the announced value to the nearest that would fit, in the figure's own unit."""
    looks_like: str | None = None
    """``miles``, ``nautical miles`` or ``minutes`` where the figure fits when read in that unit."""


@dataclass(frozen=True)
class FlightAssessed:
    """What one flight says by itself, with no model of the missile."""

    observation: Observation
    consistent: bool | None
    """None with fewer than three figures."""
    oddity: Oddity | None
    predicted: dict[str, Interval | None]
    """Each figure from the other announced ones, itself left out; None where nothing else was announced."""
    speed_km_s: Interval | None
    altitude_km: Interval | None
    angle_deg: Interval | None
    """At cut-off, relative to the rotating Earth."""
    boost_s: Interval | None
    """Lift-off to the last cut-off, pauses included."""
    maximum: RangeSaid | None
    """Longest range of the same energy at cut-off, from the same place."""
    warnings: tuple[str, ...]
    draws: dict[str, Float[Array, " n"]] = field(repr=False, compare=False, default_factory=dict)
    """Equal-weight draws: speed, angle, boost, maximum range."""
    reach_km: Float[Array, "n k"] = field(repr=False, compare=False, default_factory=lambda: np.zeros((0, 0)))
    """The longest range of those draws in each of eight directions from north by east."""


@dataclass(frozen=True)
class Claim:
    """What somebody said of a missile's range, and whether it lies inside what the flights say."""

    missile: str
    says: str
    low_km: float
    high_km: float
    by: str
    date: str | None
    """None where the source gives none: never used with ``known_at``."""
    status: str
    inside: bool | None
    """Whether it overlaps the 5 to 95 % interval; None where there is none."""
    at_least: bool = False
    """Whether the source says "more than": ``high_km`` then says nothing."""
    explained_by: str | None = None
    """What would bring the two together where it lies outside."""
