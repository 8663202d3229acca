"""What a flight says by itself: draws of its cut-off from the priors, weighted by what was announced.

Range and apogee are drawn from their announced values (or from the priors where unknown), the boost from the
priors; speed and angle follow, and the time weighs the draw. With the priors flat in the logarithms of range
and apogee this is the posterior itself, so that its intervals cover as they should (see ``calibration``).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Bool, Float
from numpy import ndarray as Array

from equipoise.threats import arcs, bearings, implied
from equipoise.threats.implied import Boosts
from equipoise.threats.priors import Priors, Range
from equipoise.threats.types import BEYOND_KM, Interval, Observation, RangeSaid, interval

DRAWS, DRAWS_BY_ONE = 4_000, 1_000
"""Draws at first, from several figures and from one (which fits every draw)."""
KEPT = 480
"""Equal-weight draws kept."""
LEAST_EFFECTIVE = 400.0
"""Where fewer draws than this count, more are drawn."""
MOST_DRAWS = 16_000
FEWEST = 20
"""With fewer draws that fit at all there is no answer: the figures are not of one flight."""
_POOL = 25
_LEAST_ROOM_S = 5.0
"""Between the ends of a boost that the priors leave no room."""
_ROOM_S = 40.0
"""A flight's time less its unpowered arc lies between 0.4 and 1 of its boost, give or take less than this."""
_ABOUT_DEG = np.array([-12.0, -7.0, -2.5, 2.0, 6.5, 11.0])
"""Angles that are tried about the closed form's best one."""
DIRECTIONS_DEG = np.arange(0.0, 360.0, 45.0)
EAST, WEST = 2, 6
"""Places of east and west among them."""


@dataclass(frozen=True)
class Posterior:
    """Weighted draws of one flight. Weights add up to one."""

    boosts: Boosts
    range_km: Float[Array, " n"]
    apogee_km: Float[Array, " n"]
    time_s: Float[Array, " n"]
    speed_km_s: Float[Array, " n"]
    angle_deg: Float[Array, " n"]
    altitude_km: Float[Array, " n"]
    weight: Float[Array, " n"]

    @property
    def effective(self) -> float:
        """Kish's effective number of draws."""
        total = float((self.weight**2).sum())
        return 0.0 if total == 0.0 else 1.0 / total

    def of(self, name: str) -> Interval:
        """Quantiles of one of its fields."""
        return interval(getattr(self, name), self.weight)

    def equal(self, rng: np.random.Generator, count: int) -> Posterior:
        """Draws of equal weight, by systematic resampling."""
        places = (rng.random() + np.arange(count)) / count
        index = np.minimum(np.searchsorted(np.cumsum(self.weight), places), len(self.weight) - 1)
        return Posterior(
            self.boosts.select(index),
            self.range_km[index],
            self.apogee_km[index],
            self.time_s[index],
            self.speed_km_s[index],
            self.angle_deg[index],
            self.altitude_km[index],
            np.full(count, 1.0 / count),
        )


def draw(
    observation: Observation,
    priors: Priors,
    rng: np.random.Generator,
    use: tuple[str, ...] | None = None,
) -> Posterior | None:
    """The posterior of a flight, given the announced figures named in ``use`` (all that are known by
    default).

    Draws go on until ``LEAST_EFFECTIVE`` of them count. None where nothing of use was announced, or where
    no cut-off at all gives the figures.
    """
    used = tuple(f for f in observation.known if use is None or f in use)
    if not used:
        return None
    found: Posterior | None = None
    count = DRAWS if len(used) > 1 else DRAWS_BY_ONE
    while count <= MOST_DRAWS:
        found = _draw(observation, priors, rng, used, count)
        if found is None or found.effective >= LEAST_EFFECTIVE:
            break
        count *= 4
    return found


def _draw(
    observation: Observation, priors: Priors, rng: np.random.Generator, used: tuple[str, ...], count: int
) -> Posterior | None:
    pool = _Pool(observation, priors, rng, used, count)
    if not len(pool.range_km):
        return None
    known_range = observation.range_km.value if observation.range_km and "range_km" in used else None
    middle_apogee = float(np.median(pool.apogee_km))
    n = len(pool.range_km)
    boosts = Boosts(
        rng.uniform(*pool.boost_s),
        rng.uniform(*priors.chord_share, n),
        rng.uniform(*priors.chord_lift, n),
        bearings.draw_azimuths(observation, known_range, middle_apogee, rng, n),
    )
    state = implied.solve(observation.launch_deg, boosts, pool.range_km, pool.apogee_km, pool.time_s)
    weight = pool.weight * state.ok * state.density
    if pool.time_s is not None:
        least, most = pool.boost_s
        weight = weight * ((state.boost_s >= least) & (state.boost_s <= most)) / (most - least)
    if np.count_nonzero(weight) < FEWEST:
        return None
    return Posterior(
        Boosts(state.boost_s, boosts.chord_share, boosts.chord_lift, boosts.azimuth_deg),
        pool.range_km,
        pool.apogee_km,
        state.time_s,
        state.speed_km_s,
        state.angle_deg,
        state.altitude_km,
        weight / weight.sum(),
    )


def boost_ends(
    priors: Priors, range_km: Float[Array, " n"], apogee_km: Float[Array, " n"]
) -> tuple[Float[Array, " n"], Float[Array, " n"]]:
    """The least and the longest boost (s) that the priors allow of flights of these figures.

    A boost is uniform between the two. Where a flight is slower than they foresee, the least is all there is.
    """
    speed_m_s = arcs.speed_and_angle(range_km, apogee_km)[0] * 1e3
    slowest, quickest = priors.acceleration_m_s2
    least = np.clip(speed_m_s / quickest, *priors.boost_s)
    return least, np.maximum(np.minimum(speed_m_s / slowest, priors.boost_s[1]), least + _LEAST_ROOM_S)


class _Pool:
    """Draws of range, apogee and time under a prior that is flat in the logarithms of the first two.

    Where the time is announced and another figure is not, most draws of that one cannot fit: those whose
    unpowered arc leaves no room for any boost are dropped before anything is flown.
    """

    def __init__(
        self,
        observation: Observation,
        priors: Priors,
        rng: np.random.Generator,
        used: tuple[str, ...],
        n: int,
    ) -> None:
        known = [f for f in ("range_km", "apogee_km") if f in used]
        size = n if "time_s" not in used or len(known) == 2 else n * _POOL
        self.weight = np.ones(size)
        self._rng = rng
        self.range_km = self._drawn(observation, "range_km", priors.range_km, used)
        if used == ("range_km",):
            loft = rng.uniform(*priors.usual_loft_deg, size)
            self.apogee_km = arcs.apogee_at_angle(self.range_km, loft)
        else:
            self.apogee_km = self._drawn(observation, "apogee_km", priors.apogee_km, used)
        self.time_s: Float[Array, " n"] | None = None
        self._keep(_within(self.range_km, priors.range_km) & _within(self.apogee_km, priors.apogee_km))
        if "time_s" in used and observation.time_s is not None:
            drawn = rng.standard_normal(len(self.range_km))
            self.time_s = observation.time_s.value + observation.time_s.sd * drawn
            room = self.time_s - arcs.arc_time_s(self.range_km, self.apogee_km)
            least, most = boost_ends(priors, self.range_km, self.apogee_km)
            self._keep((room > 0.4 * least - _ROOM_S) & (room < most + _ROOM_S))
        self._keep(np.arange(len(self.range_km)) < n)
        self.boost_s = boost_ends(priors, self.range_km, self.apogee_km)

    def _keep(self, good: Bool[Array, " n"]) -> None:
        """Only those of the draws."""
        self.range_km, self.apogee_km = self.range_km[good], self.apogee_km[good]
        self.weight = self.weight[good]
        self.time_s = None if self.time_s is None else self.time_s[good]

    def _drawn(
        self, observation: Observation, name: str, prior: Range, used: tuple[str, ...]
    ) -> Float[Array, " n"]:
        figure, size = observation.figure(name), len(self.weight)
        if figure is None or name not in used:
            return np.exp(self._rng.uniform(np.log(prior[0]), np.log(prior[1]), size))
        drawn = figure.value + figure.sd * self._rng.standard_normal(size)
        self.weight = self.weight / np.maximum(drawn, 1.0)
        return np.asarray(drawn)


def _within(values: Float[Array, " n"], ends: Range) -> Bool[Array, " n"]:
    return (values > ends[0]) & (values < ends[1])


@dataclass(frozen=True)
class Views:
    """The posteriors of one flight by what they use of it, each drawn once."""

    observation: Observation
    priors: Priors
    rng: np.random.Generator
    found: dict[tuple[str, ...], Posterior | None] = field(default_factory=dict)

    def by(self, *used: str) -> Posterior | None:
        """Given these of the announced figures."""
        if used not in self.found:
            self.found[used] = draw(self.observation, self.priors, self.rng, used)
        return self.found[used]

    def leaving_out(self, name: str) -> Posterior | None:
        """Given all announced figures but one."""
        return self.by(*(f for f in self.observation.known if f != name))

    def predicted(self, name: str, announced: bool = True) -> Interval | None:
        """A figure as the others predict it, with its own half-width (as announced) or without.

        None where nothing else was announced, and where the others fit no flight.
        """
        posterior, figure = self.leaving_out(name), self.observation.figure(name)
        if posterior is None:
            return None
        values = getattr(posterior, name)
        if announced and figure is not None:
            values = np.maximum(values + figure.sd * self.rng.standard_normal(len(values)), 0.0)
        return interval(values, posterior.weight)


def furthest(
    launch_deg: tuple[float, float], draws: Posterior, azimuth_deg: Float[Array, " k"]
) -> Float[Array, "n k"]:
    """Longest range (km) of each draw's energy at cut-off, from the same place, in each direction.

    The boost keeps its time and chord and is turned over to each angle; the speed at cut-off is the one that
    keeps the energy. A parabola through the best of the angles and its neighbours finds the top; it is
    never less than the range flown. Half the way round where it stays up.
    """
    n, k, m = len(draws.weight), len(azimuth_deg), len(_ABOUT_DEG)
    lane = np.repeat(np.arange(n), k * m)
    best_deg = 45.0 - np.degrees(arcs.longest_km(draws.speed_km_s) * 1e3 / arcs.RADIUS_M) / 4.0
    angle = np.clip(best_deg[lane] + np.tile(_ABOUT_DEG, n * k), 2.0, 55.0)
    boosts = draws.boosts.select(lane)
    turned = Boosts(
        boosts.boost_s, boosts.chord_share, boosts.chord_lift, np.tile(np.repeat(azimuth_deg, m), n)
    )
    speed = _same_energy(draws.speed_km_s[lane], draws.altitude_km[lane], turned, angle)
    flown = implied.fly(launch_deg, turned, speed, angle)
    far = np.where(flown[:, 2] > 0.0, flown[:, 0], np.pi * arcs.RADIUS_M / 1e3).reshape(n, k, m)
    stays = (flown[:, 2] <= 0.0).reshape(n, k, m).any(2)
    best = np.clip(np.argmax(far, 2), 1, m - 2)
    left, middle, right = (np.take_along_axis(far, (best + d)[..., None], 2)[..., 0] for d in (-1, 0, 1))
    curve = left - 2.0 * middle + right
    shift = np.where(curve < 0.0, 0.5 * (left - right) / np.where(curve < 0.0, curve, -1.0), 0.0)
    top = middle - 0.25 * (left - right) * np.clip(shift, -1.0, 1.0)
    top = np.maximum(np.maximum(top, far.max(2)), draws.range_km[:, None])
    return np.where(stays, np.pi * arcs.RADIUS_M / 1e3, top)


def _same_energy(
    speed_km_s: Float[Array, " n"],
    altitude_km: Float[Array, " n"],
    boosts: Boosts,
    angle_deg: Float[Array, " n"],
) -> Float[Array, " n"]:
    """Speed (km/s) at the cut-off of a boost turned to another angle, at the same energy.

    v²/2 − μ/r is kept while the height follows from the speed: three rounds settle it.
    """
    steep = np.sin(np.radians(angle_deg + boosts.chord_lift * (90.0 - angle_deg)))
    start = 1.0 / (arcs.RADIUS_M + altitude_km * 1e3)
    speed = speed_km_s.copy()
    for _ in range(3):
        height = boosts.chord_share * speed * boosts.boost_s * steep * 1e3
        gain = 2.0 * arcs.MU * (1.0 / (arcs.RADIUS_M + height) - start)
        speed = np.sqrt(np.maximum((speed_km_s * 1e3) ** 2 + gain, 1e4)) / 1e3
    return speed


def range_said(launch_deg: tuple[float, float], draws: Posterior) -> tuple[RangeSaid, Float[Array, "n k"]]:
    """The longest range of equal-weight draws, and its draws in each of ``DIRECTIONS_DEG``."""
    found = furthest(launch_deg, draws, DIRECTIONS_DEG)
    return said_of(found), found


def said_of(km: Float[Array, "n k"]) -> RangeSaid:
    """The longest range over all directions, each draw in one of them, and to the east and the west."""
    return said(mixed(km), km[:, EAST], km[:, WEST])


def mixed(km: Float[Array, "n k"]) -> Float[Array, " n"]:
    """Each draw in one direction, in turn."""
    return np.asarray(km[np.arange(len(km)), np.arange(len(km)) % km.shape[1]])


def said(
    km: Float[Array, " n"], east: Float[Array, " n"] | None = None, west: Float[Array, " n"] | None = None
) -> RangeSaid:
    """Ranges as they are told: capped, with the share that lies beyond."""
    return RangeSaid(
        interval(km, most=BEYOND_KM),
        float((km > BEYOND_KM).mean()),
        None if east is None else interval(east, most=BEYOND_KM),
        None if west is None else interval(west, most=BEYOND_KM),
    )
