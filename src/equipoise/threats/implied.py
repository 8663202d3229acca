"""The cut-off that a range and an apogee imply, for thousands of draws at once.

Where the boost ended is not announced: a draw takes a boost time, and the share and steepness of the straight
line from launch to cut-off (see ``priors``). Speed and angle there are then found so that the fall, with J2,
rotation and air, gives the range and apogee. The time follows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float
from numpy import ndarray as Array
from pyproj import Geod

from equipoise.flight import Cutoffs, fall_many
from equipoise.threats import arcs

BALLISTIC_COEFFICIENT_KG_M2 = 8000.0
"""Of the body that comes down; from 3,000 to 15,000 the time moves by seconds and the range by a few km."""
_ROUNDS = 8
_DIFFERENCE = np.array([0.005, -0.02, 2.0])
"""Differences in speed (km/s), angle (degrees) and boost (s)."""
_MOST_STEP = np.array([0.5, 8.0, 150.0])
_LEAST, _MOST = np.array([0.2, 1.0, 15.0]), np.array([11.0, 89.9, 600.0])
_LET_GO = 2
"""A draw whose boost stands at either end for so many rounds fits none, and is let go."""
_CLOSE = np.array([0.5, 0.5, 0.5])
"""Range and apogee (km) and time (s) that count as hit; a quarter of what is let through."""
_GEOD = Geod(ellps="WGS84")


@dataclass(frozen=True)
class Boosts:
    """Draws of what nobody announces of a boost; every field is an array of the same length."""

    boost_s: Float[Array, " n"]
    chord_share: Float[Array, " n"]
    chord_lift: Float[Array, " n"]
    azimuth_deg: Float[Array, " n"]

    def select(self, index: Array) -> Boosts:
        """The draws that ``index`` names."""
        return Boosts(*(getattr(self, f)[index] for f in self.__dataclass_fields__))


@dataclass(frozen=True)
class Implied:
    """The cut-off of every draw and what it flies; ``ok`` is false where no cut-off gives the figures."""

    ok: Bool[Array, " n"]
    speed_km_s: Float[Array, " n"]
    angle_deg: Float[Array, " n"]
    altitude_km: Float[Array, " n"]
    boost_s: Float[Array, " n"]
    time_s: Float[Array, " n"]
    density: Float[Array, " n"]
    """Of the boost time over that of the flight's time, at fixed range and apogee; 1 without a time."""


def cutoffs(
    launch_deg: tuple[float, float],
    boosts: Boosts,
    speed_km_s: Float[Array, " n"],
    angle_deg: Float[Array, " n"],
) -> Cutoffs:
    """Where boosts end that reach a speed at an angle."""
    n = len(speed_km_s)
    chord_km = boosts.chord_share * speed_km_s * boosts.boost_s
    steep = np.radians(angle_deg + boosts.chord_lift * (90.0 - angle_deg))
    lon, lat, back = _GEOD.fwd(
        np.full(n, launch_deg[1]),
        np.full(n, launch_deg[0]),
        boosts.azimuth_deg,
        chord_km * np.cos(steep) * 1e3,
    )
    return Cutoffs(
        lat_deg=np.asarray(lat),
        lon_deg=np.asarray(lon),
        altitude_km=chord_km * np.sin(steep),
        speed_km_s=speed_km_s,
        angle_deg=angle_deg,
        azimuth_deg=np.asarray(back) + 180.0,
        time_s=boosts.boost_s,
    )


def fly(
    launch_deg: tuple[float, float],
    boosts: Boosts,
    speed_km_s: Float[Array, " n"],
    angle_deg: Float[Array, " n"],
) -> Float[Array, "n 3"]:
    """Range (km), apogee (km) and time (s) of every draw; zeros where it stays up."""
    fall = fall_many(cutoffs(launch_deg, boosts, speed_km_s, angle_deg), BALLISTIC_COEFFICIENT_KG_M2)
    origin = np.tile(np.array([launch_deg]), (len(speed_km_s), 1))
    return np.column_stack([fall.range_km(origin), fall.apogee_km, fall.time_s])


def solve(
    launch_deg: tuple[float, float],
    boosts: Boosts,
    range_km: Float[Array, " n"],
    apogee_km: Float[Array, " n"],
    time_s: Float[Array, " n"] | None = None,
) -> Implied:
    """Speed and angle at cut-off of every draw, and its boost time where ``time_s`` is given, by Newton's
    method on differences. The boost times of ``boosts`` are then first guesses only. Steeper than the throw
    that comes down nearest, a flight comes down at the same range on the other side: that one is not meant.
    """
    throw, nearest, _ = arcs.thrown_km(range_km, apogee_km, boosts.azimuth_deg, launch_deg[0])
    speed, angle = arcs.speed_and_angle(throw, apogee_km)
    steepest = np.where(nearest > 0.0, arcs.speed_and_angle(nearest, apogee_km)[1], 90.0)
    state = np.column_stack([_lowered(speed, angle, boosts), np.clip(angle, 2.0, 89.8), boosts.boost_s])
    goal = np.column_stack([range_km, apogee_km] if time_s is None else [range_km, apogee_km, time_s])
    k = goal.shape[1]
    flown, density = np.zeros((len(state), 3)), np.ones(len(state))
    active, at_end = np.arange(len(state)), np.zeros(len(state), dtype=np.int64)
    for _ in range(_ROUNDS):
        base = _fly_states(launch_deg, boosts.select(active), state[active])
        flown[active] = base
        miss = goal[active] - base[:, :k]
        going = (np.abs(miss) > _CLOSE[:k]).any(1) & (base[:, 2] > 0.0)
        if time_s is not None:
            going |= density[active] == 1.0
        going &= at_end[active] < _LET_GO
        at_end[active] += (state[active, 2] <= _LEAST[2]) | (state[active, 2] >= _MOST[2])
        active, base, miss = active[going], base[going], miss[going]
        if not len(active):
            break
        slopes = _slopes(launch_deg, boosts.select(active), state[active], base, k)
        step, density[active] = _newton(slopes, miss)
        state[active, :k] += np.clip(step, -_MOST_STEP[:k], _MOST_STEP[:k])
        state[active] = np.clip(state[active], _LEAST, _MOST)
    ok = (flown[:, 2] > 0.0) & (np.abs(goal - flown[:, :k]) < 4.0 * _CLOSE[:k]).all(1)
    ok &= state[:, 1] < steepest
    settled = Boosts(state[:, 2], boosts.chord_share, boosts.chord_lift, boosts.azimuth_deg)
    altitude = cutoffs(launch_deg, settled, state[:, 0], state[:, 1]).altitude_km
    return Implied(
        ok, state[:, 0], state[:, 1], np.asarray(altitude), state[:, 2], flown[:, 2], 1.0 / density
    )


def _fly_states(
    launch_deg: tuple[float, float], boosts: Boosts, state: Float[Array, "n 3"]
) -> Float[Array, "n 3"]:
    """``fly`` with the boost times of the states."""
    some = Boosts(state[:, 2], boosts.chord_share, boosts.chord_lift, boosts.azimuth_deg)
    return fly(launch_deg, some, state[:, 0], state[:, 1])


def _slopes(
    launch_deg: tuple[float, float],
    boosts: Boosts,
    state: Float[Array, "n 3"],
    base: Float[Array, "n 3"],
    count: int,
) -> Float[Array, "n k k"]:
    """Derivatives of the first ``count`` figures by the first ``count`` unknowns, by differences."""
    columns = []
    for q in range(count):
        moved = state.copy()
        moved[:, q] += _DIFFERENCE[q]
        columns.append((_fly_states(launch_deg, boosts, moved) - base)[:, :count] / _DIFFERENCE[q])
    return np.stack(columns, 2)


def _newton(
    slopes: Float[Array, "n k k"], miss: Float[Array, "n k"]
) -> tuple[Float[Array, "n k"], Float[Array, " n"]]:
    """The step that closes the miss, and how fast time grows with the boost at fixed range and apogee.

    The step is nought where the slopes are singular.
    """
    k = slopes.shape[1]
    pair = np.linalg.det(slopes[:, :2, :2])
    whole = np.linalg.det(slopes)
    good = (np.abs(whole) > 1e-12) & (np.abs(pair) > 1e-12)
    safe = np.where(good[:, None, None], slopes, np.eye(k))
    step = np.where(good[:, None], np.linalg.solve(safe, miss[:, :, None])[:, :, 0], 0.0)
    rate = np.abs(whole / np.where(good, pair, 1.0)) if k == 3 else np.ones(len(slopes))
    return step, np.where(good, np.maximum(rate, 1e-3), 1e6)


def _lowered(
    speed_km_s: Float[Array, " n"], angle_deg: Float[Array, " n"], boosts: Boosts
) -> Float[Array, " n"]:
    """The speed left of an arc from the ground at the height where the boost ends (energy is kept)."""
    height = boosts.chord_share * speed_km_s * boosts.boost_s * np.sin(np.radians(angle_deg)) * 1e3
    lost = 2.0 * arcs.MU * (1.0 / arcs.RADIUS_M - 1.0 / (arcs.RADIUS_M + height))
    return np.asarray(np.sqrt(np.maximum((speed_km_s * 1e3) ** 2 - lost, 1e4)) / 1e3)
