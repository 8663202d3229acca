"""How a variant of a missile would have flown an observed flight: the loft and cut-off that fit it.

Unknown are the kick, the loft (flight-path angle at cut-off) and the share of the last stage's burn that is
used; asked for are the announced range and apogee, and that the pitch programme ends at the loft, as ``fly``
has it. Newton's method on differences runs over thousands of variants at once; the first guess is a
quadratic in the unknowns, fitted to a batch that was solved without it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float
from numpy import ndarray as Array

from equipoise.flight import Variants, fly_many, fly_variants
from equipoise.threats import arcs
from equipoise.threats.types import Observation

MOST_SHARE = 1.045
"""Of the last stage's burn: more than all of it, only so that the search has a slope there."""
_LEAST_SHARE = 0.03
_LOWEST, _HIGHEST = np.array([-12.0, 1.0, _LEAST_SHARE]), np.array([0.3, 89.9, MOST_SHARE])
"""Ends of the search: logarithm of the kick, loft (degrees), share."""
_DIFFERENCE = np.array([0.004, 0.02, -0.002])
"""Differences in the logarithm of the kick, the loft (degrees) and the share."""
_SHARE_ABOUT = 0.005
_TIMES_WIDER = 3.0
_NARROWEST_DEG, _WIDEST_DEG = 0.01, 1.0
"""Where a range hardly hangs on the loft (near the steepest that a programme can fly, or where the turning
Earth carries a throw back over its start) the linear form would let the loft run far: it is held to this."""
_LEAST_TURN_DEG = 0.05
_LEAST_RESPONSE = 0.1
"""A kick's logarithm flattens the path by about as much as it has turned. Where it flattens it by less than
this share of that, the loft is within a hundredth of a degree of the steepest that the programme can fly;
there, and on the far side where a smaller kick flattens, the linear form does not hold."""
_MOST_STEP = np.array([0.6, 6.0, 0.12])
_TRIES, _LESS_KICK = 5, 0.4
"""How often a first guess that falls back is tried with a smaller kick, and by how much (its logarithm)."""
_CLOSE = np.array([1.0, 1.0, 0.01])
"""Range and apogee (km) and loft (degrees) that count as hit: what is left is taken as linear."""
_SLACK_SHARE, _SLACK_KM, _SLACK_DEG = 0.01, 15.0, 0.3
"""What may be left of a figure (a share of it, and km) and of the loft, for the linear form to hold."""
ROUNDS_ALONE, ROUNDS_GUIDED = 20, 14
_GRID_LOFTS = np.concatenate([np.arange(6.0, 78.0, 3.0), np.arange(78.0, 89.8, 0.5)])
_GRID_SHARES = np.array([0.2, 0.4, 0.55, 0.7, 0.8, 0.88, 0.94, 1.0])


@dataclass(frozen=True)
class Target:
    """What one flight asks of every variant; ``loft_asked`` where a missing figure leaves the loft free."""

    observation: Observation
    figures: tuple[str, ...]
    """Aimed at: range and apogee, or the one that is known."""

    @property
    def loft_asked(self) -> bool:
        """True where the loft must be given, since one figure alone cannot fix it."""
        return len(self.figures) < 2

    @property
    def goal(self) -> Float[Array, " k"]:
        """The announced values of the figures aimed at."""
        return np.array([_value(self.observation, f) for f in self.figures])

    def loft_deg(self, azimuth_deg: Float[Array, " n"], range_share: float = 1.0) -> Float[Array, " n"]:
        """The closed form's angle of the arc that is thrown along each azimuth, over the turning Earth, to
        come down at a share of the announced range.
        """
        far, high = (np.full(len(azimuth_deg), g) for g in self.goal)
        throw = arcs.thrown_km(range_share * far, high, azimuth_deg, self.observation.launch_deg[0])[0]
        return arcs.speed_and_angle(throw, high)[1]

    def widest_deg(self, azimuth_deg: Float[Array, " n"]) -> Float[Array, " n"]:
        """How far the range's error can let the loft run: some times what it does in the closed form."""
        seen, h = self.observation.range_km, _SHARE_ABOUT
        if self.loft_asked or seen is None:
            return np.full(len(azimuth_deg), _WIDEST_DEG)
        apart = self.loft_deg(azimuth_deg, 1.0 + h) - self.loft_deg(azimuth_deg, 1.0 - h)
        run = np.abs(apart) / (2.0 * h * seen.value) * seen.sd
        return np.asarray(np.clip(_TIMES_WIDER * run, _NARROWEST_DEG, _WIDEST_DEG))

    def steepest_deg(self, azimuth_deg: Float[Array, " n"]) -> Float[Array, " n"]:
        """The loft of the throw along each azimuth that comes down nearest: a steeper one at the same range
        comes down on the other side, where the flight did not go. 90 where range or apogee is not aimed at.
        """
        if self.loft_asked:
            return np.full(len(azimuth_deg), 90.0)
        far, high = (np.full(len(azimuth_deg), g) for g in self.goal)
        nearest = arcs.thrown_km(far, high, azimuth_deg, self.observation.launch_deg[0])[1]
        return np.where(nearest > 0.0, arcs.speed_and_angle(nearest, high)[1], 90.0)


def target_of(observation: Observation) -> Target:
    """The figures that fix a flight: range and apogee where both are known, else the first that is."""
    pair = tuple(f for f in ("range_km", "apogee_km") if f in observation.known)
    return Target(observation, pair or observation.known[:1])


@dataclass(frozen=True)
class Fit:
    """Where Newton's method ended: unknowns, the three figures there and their slopes.

    ``slopes`` are the derivatives of (range, apogee, time) by loft (degrees) and share, the kick following.
    """

    ok: Bool[Array, " n"]
    state: Float[Array, "n 3"]
    """Logarithm of the kick, loft (degrees), share."""
    flown: Float[Array, "n 3"]
    """Range (km), apogee (km), time (s)."""
    slopes: Float[Array, "n 3 2"]
    loft_slack_deg: Float[Array, " n"]
    """Flight-path angle at cut-off less the loft: nought when settled."""
    flights: int
    """How many flights were simulated."""


def first_state(target: Target, variants: Variants, row: int, azimuth_deg: float) -> Float[Array, " 3"]:
    """A rough state of one variant: the best of a grid of lofts and shares, on the side that is meant."""
    missile = variants.missile(row)
    loft, share = (g.ravel() for g in np.meshgrid(_GRID_LOFTS, _GRID_SHARES, indexing="ij"))
    n = len(loft)
    origin = np.tile(np.array([target.observation.launch_deg]), (n, 1))
    flights = fly_many([missile], origin, np.full(n, azimuth_deg), loft, share * missile.stages[-1].burn_s)
    figures = np.column_stack([flights.range_km, flights.apogee_km, flights.time_s])
    columns = [("range_km", "apogee_km", "time_s").index(f) for f in target.figures]
    miss = (figures[:, columns] - target.goal) / (0.05 * target.goal + 20.0)
    meant = loft < target.steepest_deg(np.array([azimuth_deg]))[0]
    cost = np.where(flights.ok & (meant | ~meant.any()), (miss**2).sum(1), np.inf)
    best = int(np.argmin(cost))
    return np.array([np.log(flights.kick_rad[best]), loft[best], share[best]])


def fit(
    target: Target,
    variants: Variants,
    azimuth_deg: Float[Array, " n"],
    guess: Float[Array, "n 3"],
    loft_deg: Float[Array, " n"] | None,
    rounds: int,
) -> Fit:
    """Solve every variant from its guess. ``loft_deg`` is given where ``target.loft_asked``."""
    problem = _Problem(target, variants, azimuth_deg, loft_deg)
    state = guess.copy()
    if loft_deg is not None:
        state[:, 1] = loft_deg
    flown, ok = problem.launched(state)
    derivatives = np.zeros((len(state), 4, 3))
    active = np.flatnonzero(ok)
    for turn in range(rounds):
        derivatives[active], good = problem.slopes(active, state[active], flown[active])
        ok[active] &= good
        active = active[good]
        if turn == rounds - 1:
            break
        miss = problem.miss(active, state[active], flown[active])
        going = (np.abs(miss) > problem.close).any(1)
        if not going.any():
            break
        active, miss = active[going], miss[going]
        step = problem.step(derivatives[active], miss, state[active], flown[active])
        state[active], flown[active], fine = problem.stepped(active, state[active], flown[active], step)
        ok[active] &= fine
        active = active[fine]
    slack = flown[:, 3] - state[:, 1]
    ok &= (state[:, 1] < target.steepest_deg(azimuth_deg)) & problem.settled(state, flown)
    ok &= derivatives[:, 3, 0] < -_LEAST_RESPONSE * (90.0 - state[:, 1])
    return Fit(ok, state, flown[:, :3], problem.reduced(derivatives), slack, problem.flights)


class _Problem:
    """One flight asked of many variants, and the arithmetic of its search."""

    def __init__(
        self,
        target: Target,
        variants: Variants,
        azimuth_deg: Float[Array, " n"],
        loft_deg: Float[Array, " n"] | None,
    ) -> None:
        self.target, self.variants, self.azimuth_deg, self.loft_deg = target, variants, azimuth_deg, loft_deg
        self.columns = [("range_km", "apogee_km", "time_s").index(f) for f in target.figures]
        self.close = np.append(_CLOSE[: len(self.columns)], _CLOSE[2])
        self.slack = np.append(_SLACK_SHARE * target.goal + _SLACK_KM, _SLACK_DEG)
        self.free = [0, 1, 2] if loft_deg is None else [0, 2]
        self.last_burn_s = variants.burn_s[:, -1]
        self.before_s = variants.full_burn_s - self.last_burn_s
        self.steered = len(variants.base.stages) > 1
        self.flights = 0

    def fly(self, lanes: Array, state: Float[Array, "k 3"]) -> tuple[Float[Array, "k 4"], Bool[Array, " k"]]:
        """Range, apogee, time and angle at cut-off of some lanes, and whether each came down."""
        self.flights += len(lanes)
        origin = np.tile(np.array([self.target.observation.launch_deg]), (len(lanes), 1))
        found = fly_variants(
            self.variants,
            lanes,
            origin,
            self.azimuth_deg[lanes],
            np.exp(state[:, 0]),
            state[:, 1],
            self.before_s[lanes] + state[:, 2] * self.last_burn_s[lanes],
        )
        return np.column_stack([found.range_km, found.apogee_km, found.time_s, found.angle_deg]), found.ok

    def launched(self, state: Float[Array, "n 3"]) -> tuple[Float[Array, "n 4"], Bool[Array, " n"]]:
        """All lanes flown from their guesses; one that falls back tries smaller kicks (``state`` follows)."""
        every = np.arange(len(state))
        flown, ok = self.fly(every, state)
        for _ in range(_TRIES):
            lost = np.flatnonzero(~ok)
            if not len(lost):
                break
            state[lost, 0] -= _LESS_KICK
            flown[lost], ok[lost] = self.fly(lost, state[lost])
        return flown, ok

    def stepped(
        self, lanes: Array, state: Float[Array, "k 3"], flown: Float[Array, "k 4"], step: Float[Array, "k 3"]
    ) -> tuple[Float[Array, "k 3"], Float[Array, "k 4"], Bool[Array, " k"]]:
        """State and flight after a step; where that does not come down, or comes no nearer, after a half and
        a quarter of it.
        """
        before = self.far_off(lanes, state, flown)
        moved = np.clip(state + step, _LOWEST, _HIGHEST)
        found, ok = self.fly(lanes, moved)
        for part in (0.5, 0.25):
            back = np.flatnonzero(~ok | (self.far_off(lanes, moved, found) > before))
            if not len(back):
                break
            moved[back] = np.clip(state[back] + part * step[back], _LOWEST, _HIGHEST)
            found[back], ok[back] = self.fly(lanes[back], moved[back])
        return moved, found, ok

    def far_off(
        self, lanes: Array, state: Float[Array, "k 3"], flown: Float[Array, "k 4"]
    ) -> Float[Array, " k"]:
        """How far from what is aimed at, in what may be left to the linear form."""
        return np.asarray(np.abs(self.miss(lanes, state, flown) / self.slack).max(1))

    def slopes(
        self, lanes: Array, state: Float[Array, "k 3"], flown: Float[Array, "k 4"]
    ) -> tuple[Float[Array, "k 4 3"], Bool[Array, " k"]]:
        """Derivatives of the four by the three unknowns, by differences; and whether all came down.

        A missile of one stage has no pitch programme, so that its loft moves nothing.
        """
        found, good = np.zeros((len(lanes), 4, 3)), np.ones(len(lanes), dtype=bool)
        for q in (0, 1, 2) if self.steered else (0, 2):
            moved = state.copy()
            moved[:, q] += _DIFFERENCE[q]
            other, fine = self.fly(lanes, moved)
            found[:, :, q] = (other - flown) / _DIFFERENCE[q]
            good &= fine
        return found, good

    def miss(
        self, lanes: Array, state: Float[Array, "k 3"], flown: Float[Array, "k 4"]
    ) -> Float[Array, "k q"]:
        """What is still to be gained in each figure aimed at, and in the angle at cut-off."""
        return np.column_stack([self.target.goal - flown[:, self.columns], state[:, 1] - flown[:, 3]])

    def settled(self, state: Float[Array, "n 3"], flown: Float[Array, "n 4"]) -> Bool[Array, " n"]:
        """Whether what is left may be taken as linear; not asked of the figures where all the burn is too
        little. A slow missile cannot turn so late as the steepest lofts ask, and flies none of them.
        """
        every = np.arange(len(state))
        left = np.abs(self.miss(every, state, flown)) < self.slack
        short = (state[:, 2] >= MOST_SHARE) | (state[:, 2] <= _LEAST_SHARE)
        return np.asarray(left[:, -1] & (left[:, :-1].all(1) | short))

    def step(
        self,
        slopes: Float[Array, "k 4 3"],
        miss: Float[Array, "k q"],
        state: Float[Array, "k 3"],
        flown: Float[Array, "k 4"],
    ) -> Float[Array, "k 3"]:
        """Newton's step, held to what the slopes can be trusted for.

        A gravity turn carries the kick on in proportion, so that the logarithm of what the path has turned
        from the vertical is nearly linear in that of the kick: the angle is solved for in that form. Where
        all the burn is too little, the range and the angle alone are solved for.
        """
        rows, wanted = slopes[:, [*self.columns, 3], :].copy(), miss.copy()
        turned = np.maximum(90.0 - flown[:, 3], _LEAST_TURN_DEG)
        asked = np.maximum(90.0 - state[:, 1], _LEAST_TURN_DEG)
        rows[:, -1] = -rows[:, -1] / turned[:, None]
        rows[:, -1, 1] += 1.0 / asked
        wanted[:, -1] = np.log(asked / turned)
        found = _solved(rows, wanted, self.free)
        ends = state[:, 2] + found[:, 2]
        short = ((state[:, 2] >= MOST_SHARE) & (ends > MOST_SHARE)) | (
            (state[:, 2] <= _LEAST_SHARE) & (ends < _LEAST_SHARE)
        )
        if short.any():
            kept = [0, -1] if len(self.free) > 2 else [-1]
            found[short] = _solved(rows[short][:, kept], wanted[short][:, kept], self.free[:-1])
        return np.asarray(np.clip(found, -_MOST_STEP, _MOST_STEP))

    def reduced(self, slopes: Float[Array, "n 4 3"]) -> Float[Array, "n 3 2"]:
        """Derivatives of range, apogee and time by loft and share, the kick being the one that fits."""
        by_kick = np.where(np.abs(slopes[:, 3, 0]) > 1e-9, slopes[:, 3, 0], -1e9)
        kick_by_loft = (1.0 - slopes[:, 3, 1]) / by_kick
        kick_by_share = -slopes[:, 3, 2] / by_kick
        by_loft = slopes[:, :3, 1] + slopes[:, :3, 0] * kick_by_loft[:, None]
        by_share = slopes[:, :3, 2] + slopes[:, :3, 0] * kick_by_share[:, None]
        return np.stack([by_loft, by_share], 2)


def _solved(rows: Float[Array, "k q 3"], wanted: Float[Array, "k q"], free: list[int]) -> Float[Array, "k 3"]:
    """The free unknowns that solve as many linear equations; nought where those are singular."""
    matrix = rows[:, :, free]
    det = np.abs(np.linalg.det(matrix)) > 1e-9
    safe = np.where(det[:, None, None], matrix, np.eye(len(free)))
    found = np.zeros((len(rows), 3))
    found[:, free] = np.linalg.solve(safe, wanted[:, :, None])[:, :, 0] * det[:, None]
    return found


def _value(observation: Observation, name: str) -> float:
    figure = observation.figure(name)
    return 0.0 if figure is None else figure.value


@dataclass(frozen=True)
class Guide:
    """A quadratic that guesses the state from the unknowns; ``middle`` stands in where there is none."""

    middle: Float[Array, " 3"]
    terms: Float[Array, "t 3"] | None = None
    ends: Float[Array, "2 3"] | None = None
    """Least and greatest of the states that it was fitted to: no guess goes beyond them."""

    def __call__(self, unknowns: Float[Array, "n d"]) -> Float[Array, "n 3"]:
        """First guesses of the state at points of the unit cube."""
        if self.terms is None:
            return np.tile(self.middle, (len(unknowns), 1))
        ends = (_LOWEST, _HIGHEST) if self.ends is None else self.ends
        basis = _basis(unknowns)[:, : len(self.terms)]
        guessed: Array = np.clip(basis @ self.terms, *ends)
        return guessed

    def fitted(self, unknowns: Float[Array, "n d"], state: Float[Array, "n 3"]) -> Guide:
        """The guide that least squares give for solved states: with few of them a linear one."""
        basis = _basis(unknowns)
        linear = 1 + unknowns.shape[1]
        for terms in (basis.shape[1], linear):
            if len(basis) >= 2 * terms:
                found = np.linalg.lstsq(basis[:, :terms], state, rcond=None)[0]
                return replace(self, terms=found, ends=np.stack([state.min(0), state.max(0)]))
        return self if not len(state) else replace(self, middle=np.median(state, axis=0))


def _basis(unknowns: Float[Array, "n d"]) -> Float[Array, "n t"]:
    """1, x and x y of the unknowns, which lie in the unit cube."""
    x = 2.0 * unknowns - 1.0
    pairs = [x[:, i] * x[:, j] for i in range(x.shape[1]) for j in range(i, x.shape[1])]
    return np.column_stack([np.ones(len(x)), x, *pairs])
