# mypy: disable-error-code="no-any-return"
"""Hitting a place: azimuth, burn and kick by Newton's method on many lanes, with Broyden's updates between.

Three unknowns, three conditions: no miss along the track, none across it, and a burnout angle equal to the
loft. The Jacobian is differenced in extra lanes once, then updated from the steps themselves (Broyden
1965).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float
from numpy import ndarray as Array

from equipoise.flight import _rows as r
from equipoise.flight._batch import Conditions, Fleet, fly_rows
from equipoise.flight._guess import unit

_RADIUS_M = 6_371_000.0
_KICK_STEP, _BURN_STEP, _AZIMUTH_STEP = 3e-3, 1e-3, 1e-3
_ANTIPODE_SINE = 0.3
_MOST_ROUNDS = 14
_LIMITS = np.array([0.3, 0.06, 0.35])
"""Longest step: of the azimuth (rad), of the burn (as a share), of the logarithm of the kick."""
_FRESH = 5
"""Rounds after which a lane that has not settled gets a new Jacobian."""


@dataclass(frozen=True)
class Tolerance:
    """When a lane has settled: its miss (m) and its burnout angle's (rad) are below these."""

    miss_m: float
    angle_rad: float


FINE, ROUGH = Tolerance(20.0, 2e-6), Tolerance(20_000.0, 1e-3)


@dataclass(frozen=True)
class Course:
    """The great circle from each lane's origin to its destination: in-plane axes, normal, and angle."""

    start: Float[Array, "n 3"]
    forward: Float[Array, "n 3"]
    normal: Float[Array, "n 3"]
    angle_rad: Float[Array, " n"]

    def select(self, lanes: Array) -> Course:
        """The course of some lanes."""
        return Course(self.start[lanes], self.forward[lanes], self.normal[lanes], self.angle_rad[lanes])

    def twice(self) -> Course:
        """The course of all lanes, and of all lanes again."""
        return self.select(np.tile(np.arange(len(self.angle_rad)), 2))


@dataclass(frozen=True)
class Aimed:
    """Inputs so far, their Jacobian (d conditions / d azimuth, burn share, log kick), misses, and who
    settled.
    """

    flights: Float[Array, "n inputs"]
    jacobian: Float[Array, "n 3 3"]
    residual: Float[Array, "n 3"]
    outs: Float[Array, "n outputs"]
    """The engine's outputs for those inputs."""
    settled: Bool[Array, " n"]

    def replaced(self, lanes: Array, other: Aimed) -> Aimed:
        """These lanes from ``other``, which holds one a lane, in their order; the rest as they are."""
        joined = {}
        for name in self.__dataclass_fields__:
            joined[name] = getattr(self, name).copy()
            joined[name][lanes] = getattr(other, name)
        return Aimed(**joined)

    def select(self, lanes: Array) -> Aimed:
        """Some lanes."""
        return Aimed(*(getattr(self, name)[lanes] for name in self.__dataclass_fields__))


def course(flights: Float[Array, "n inputs"], destination_rad: Float[Array, "n 2"]) -> Course:
    """The course to each destination; to the antipode, where all courses serve, the one of the lane's
    azimuth.
    """
    start = unit(flights[:, r.IN_LAT], flights[:, r.IN_LON])
    end = unit(destination_rad[:, 0], destination_rad[:, 1])
    across = np.cross(start, end)
    size = np.linalg.norm(across, axis=1, keepdims=True)
    lat, lon, azimuth = flights[:, r.IN_LAT], flights[:, r.IN_LON], flights[:, r.IN_AZIMUTH]
    north = np.stack([-np.sin(lat) * np.cos(lon), -np.sin(lat) * np.sin(lon), np.cos(lat)], 1)
    east = np.stack([-np.sin(lon), np.cos(lon), np.zeros_like(lon)], 1)
    heading = np.cos(azimuth)[:, None] * north + np.sin(azimuth)[:, None] * east
    normal = np.where(size > 1e-9, across / np.maximum(size, 1e-12), np.cross(start, heading))
    angle = np.arctan2(size[:, 0], (start * end).sum(1))
    return Course(start, np.cross(normal, start), normal, angle)


def _residual(
    fleet: Fleet, flights: Array, way: Course, conditions: Conditions
) -> tuple[Float[Array, "n 3"], Bool[Array, " n"], Float[Array, "n outputs"]]:
    """Miss along and across the course (m), burnout angle less loft (rad); which lanes came down; outputs."""
    outs = fly_rows(fleet, flights, conditions=conditions)[0]
    impact = unit(outs[:, r.IMPACT_LAT], outs[:, r.IMPACT_LON])
    flown = np.arctan2((impact * way.forward).sum(1), (impact * way.start).sum(1))
    along = (flown - way.angle_rad + np.pi) % (2.0 * np.pi) - np.pi
    across = -np.arcsin(np.clip((impact * way.normal).sum(1), -1.0, 1.0))
    angle = outs[:, r.ANGLE] - flights[:, r.IN_LOFT]
    return np.stack([_RADIUS_M * along, _RADIUS_M * across, angle], 1), outs[:, r.STATUS] == r.OK, outs


def _moved(flights: Array, step: Array, most_burn_s: Array) -> Array:
    """The inputs a step away: azimuth (rad), burn (share) and log kick."""
    rows = flights.copy()
    rows[:, r.IN_AZIMUTH] += step[:, 0]
    rows[:, r.IN_BURN] = np.minimum(rows[:, r.IN_BURN] * (1.0 + step[:, 1]), most_burn_s)
    rows[:, r.IN_KICK] = np.clip(rows[:, r.IN_KICK] * np.exp(step[:, 2]), 1e-5, 1.5)
    return rows


def _difference(
    fleet: Fleet, flights: Array, residual: Array, way: Course, conditions: Conditions
) -> Float[Array, "n 3 3"]:
    """The Jacobian. Burn and kick are flown, each step downwards; the azimuth's column is that of the
    sphere, and flown only near the antipode, where the Earth's turn decides it.
    """
    n = len(flights)
    steps = np.zeros((2 * n, 3))
    steps[:n, 1], steps[n:, 2] = -_BURN_STEP, -_KICK_STEP
    jacobian = np.zeros((n, 3, 3))
    jacobian[:, 1, 0] = _RADIUS_M * np.sin(way.angle_rad)
    found, good = _flown_aside(fleet, np.concatenate([flights, flights]), steps, way.twice(), conditions)
    jacobian[:, :, 1] = (found[:n] - residual) / -_BURN_STEP
    jacobian[:, :, 2] = (found[n:] - residual) / -_KICK_STEP
    broken = ~(good[:n] & good[n:])
    far = np.flatnonzero(np.sin(way.angle_rad) < _ANTIPODE_SINE)
    if len(far):
        aside = np.tile([_AZIMUTH_STEP, 0.0, 0.0], (len(far), 1))
        found, good = _flown_aside(fleet, flights[far], aside, way.select(far), conditions)
        jacobian[far, :, 0] = (found - residual[far]) / _AZIMUTH_STEP
        broken[far] |= ~good
    jacobian[broken] = np.diag([1e6, 1e7, -0.5])[[1, 0, 2]]
    return jacobian


def _flown_aside(
    fleet: Fleet, flights: Array, steps: Array, way: Course, conditions: Conditions
) -> tuple[Float[Array, "n 3"], Bool[Array, " n"]]:
    """Conditions a small step away, and which of those flights came down."""
    found, good, _ = _residual(fleet, _moved(flights, steps, np.full(len(flights), np.inf)), way, conditions)
    return found, good


def _newton_step(jacobian: Array, residual: Array) -> Array:
    """−J⁻¹ f within the limits; by least squares where J is singular."""
    scaled = jacobian * np.array([1e-6, 1e-6, 1.0])[:, None]
    goal = residual * np.array([1e-6, 1e-6, 1.0])
    determinant = np.linalg.det(scaled)
    solvable = np.abs(determinant) > 1e-9
    step = np.zeros_like(residual)
    if solvable.any():
        step[solvable] = -np.linalg.solve(scaled[solvable], goal[solvable][..., None])[..., 0]
    for lane in np.flatnonzero(~solvable):
        step[lane] = -np.linalg.lstsq(scaled[lane], goal[lane], rcond=1e-6)[0]
    shrink = np.min(_LIMITS / np.maximum(np.abs(step), 1e-300), axis=1)
    return step * np.minimum(shrink, 1.0)[:, None]


def _is_settled(residual: Array, tolerance: Tolerance) -> Bool[Array, " n"]:
    miss = np.hypot(residual[:, 0], residual[:, 1])
    return (miss < tolerance.miss_m) & (np.abs(residual[:, 2]) < tolerance.angle_rad)


def _size(residual: Array) -> Array:
    """One figure for how far off a lane is (m); an angle of 1 mrad weighs as 10 km."""
    return np.hypot(np.hypot(residual[:, 0], residual[:, 1]), 1e7 * residual[:, 2])


def aim_lanes(
    fleet: Fleet,
    flights: Float[Array, "n inputs"],
    way: Course,
    most_burn_s: Float[Array, " n"],
    conditions: Conditions,
    jacobian: Float[Array, "n 3 3"] | None = None,
    tolerance: Tolerance = FINE,
) -> Aimed:
    """Bring each lane on its destination at its IN_LOFT, from first guesses of azimuth, burn and kick.

    A step that fails or goes far wrong is taken again at a quarter of its length.
    """
    flights = flights.copy()
    residual, good, outs = _residual(fleet, flights, way, conditions)
    residual[~good] = np.array([-3e6, 0.0, -0.5])
    if jacobian is None:
        jacobian = _difference(fleet, flights, residual, way, conditions)
    jacobian = jacobian.copy()
    damping = np.ones(len(flights))
    for round_ in range(_MOST_ROUNDS):
        lanes = np.flatnonzero(~_is_settled(residual, tolerance) & (damping > 1e-3))
        if not len(lanes):
            break
        if round_ and round_ % _FRESH == 0:
            part = way.select(lanes)
            jacobian[lanes] = _difference(fleet, flights[lanes], residual[lanes], part, conditions)
        step = _newton_step(jacobian[lanes], residual[lanes]) * damping[lanes, None]
        rows = _moved(flights[lanes], step, most_burn_s[lanes])
        step = _step_taken(flights[lanes], rows)
        found, good, flown = _residual(fleet, rows, way.select(lanes), conditions)
        better = good & (_size(found) < 1.5 * _size(residual[lanes]) + 100.0)
        damping[lanes] = np.where(better, np.minimum(1.0, damping[lanes] * 2.0), damping[lanes] * 0.25)
        length2 = np.maximum((step**2).sum(1), 1e-300)
        surprise = found - residual[lanes] - (jacobian[lanes] @ step[..., None])[..., 0]
        update = surprise[:, :, None] * step[:, None, :] / length2[:, None, None]
        usable = good & (length2 > 1e-24)
        jacobian[lanes[usable]] += update[usable]
        flights[lanes[better]], residual[lanes[better]] = rows[better], found[better]
        outs[lanes[better]] = flown[better]
    return Aimed(flights, jacobian, residual, outs, _is_settled(residual, tolerance))


def _step_taken(before: Array, after: Array) -> Float[Array, "n 3"]:
    """The step between two inputs, in the unknowns of the Jacobian."""
    return np.stack(
        [
            after[:, r.IN_AZIMUTH] - before[:, r.IN_AZIMUTH],
            after[:, r.IN_BURN] / before[:, r.IN_BURN] - 1.0,
            np.log(after[:, r.IN_KICK] / before[:, r.IN_KICK]),
        ],
        1,
    )


def shifted(
    aimed: Aimed, change_rad: Float[Array, " n"], most_burn_s: Float[Array, " n"]
) -> Float[Array, "n inputs"]:
    """First guesses for the same destinations at lofts that differ by ``change_rad``, by the Jacobian."""
    wish = np.zeros_like(aimed.residual)
    wish[:, 2] = -change_rad
    rows = _moved(aimed.flights, _newton_step(aimed.jacobian, wish), most_burn_s)
    rows[:, r.IN_LOFT] += change_rad
    return rows


def corrected_burn(aimed: Aimed) -> Float[Array, " n"]:
    """Burn (s) after one more Newton step that is not flown: what a rough aim lacks, to second order."""
    return aimed.flights[:, r.IN_BURN] * (1.0 + _newton_step(aimed.jacobian, aimed.residual)[:, 1])
