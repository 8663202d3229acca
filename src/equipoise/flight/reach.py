"""How far a missile reaches: the longest range over all lofts, at full burn, in each direction."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.flight import _rows as r
from equipoise.flight._batch import STANDARD, Conditions, Fleet, fleet_of, fly_rows
from equipoise.flight._engine import ROUGH_BOOST
from equipoise.flight._guess import downrange_rad
from equipoise.flight._inputs import lane_inputs
from equipoise.flight._kick import solve_kick
from equipoise.flight._results import CAUSES, GEOD
from equipoise.flight.types import Missile, Place, Reach

ANY_RANGE = "any-range"
LOFTS_RAD = np.radians([4.0, 9.0, 14.0, 19.0, 24.0, 29.0, 34.0, 39.0, 44.0, 49.0])
ROUNDS, SHRINK = 3, 0.3
_HALF_WAY_RAD = np.pi
_LOFT_LIMITS_RAD = (0.01, 1.5)


def fly_lofts(
    fleet: Fleet, rows: Array, loft_rad: Array, guess: Array | None, conditions: Conditions
) -> tuple[Array, Array, Array]:
    """Fly lanes at lofts: downrange (rad; 0 where none came off, 40 where it stays up), kick, outputs."""
    rows = rows.copy()
    rows[:, r.IN_LOFT] = loft_rad
    kick, found, _ = solve_kick(fleet, rows, guess, ROUGH_BOOST, conditions, 2e-5)
    rows[:, r.IN_KICK] = kick
    outs = fly_rows(fleet, rows, conditions=conditions)[0]
    angle = np.where(outs[:, r.STATUS] == r.OK, downrange_rad(rows, outs), 0.0)
    angle = np.where(outs[:, r.STATUS] == r.ORBITAL, 40.0, angle)
    usable = found | (outs[:, r.STATUS] == r.ORBITAL)
    return np.where(usable, angle, 0.0), kick, outs


def reaches(
    missiles: Sequence[Missile],
    origin: Place,
    azimuth_deg: Float[Array, " n"],
    conditions: Conditions = STANDARD,
) -> list[Reach]:
    """``maximum_range`` of many missiles from one place, in one pass of the engine."""
    m, n, k = len(missiles), len(azimuth_deg), len(LOFTS_RAD)
    lanes = m * n
    fleet, which = fleet_of([missile for missile in missiles for _ in range(n)], lanes)
    origin_deg = np.tile([[origin.lat_deg, origin.lon_deg]], (lanes, 1))
    azimuth = np.tile(np.asarray(azimuth_deg, float), m)
    rows = lane_inputs(which, origin_deg, azimuth, np.full(lanes, 45.0), fleet.burn_s(which))
    every = np.repeat(rows, k, 0)
    angle, kick, _ = fly_lofts(fleet, every, np.tile(LOFTS_RAD, lanes), None, conditions)
    angle, kick = angle.reshape(lanes, k), kick.reshape(lanes, k)
    far = angle >= _HALF_WAY_RAD
    best = np.where(far.any(1), k - 1 - np.argmax(far[:, ::-1], 1), np.argmax(angle, 1))
    loft, guess = LOFTS_RAD[best], kick[np.arange(lanes), best]
    spread = np.full(lanes, LOFTS_RAD[1] - LOFTS_RAD[0])
    any_range = np.asarray(far.any(1))
    search = np.flatnonzero(~any_range)
    for _ in range(ROUNDS):
        loft[search], guess[search] = closer(
            fleet, rows[search], loft[search], spread[search], guess[search], conditions
        )
        spread *= SHRINK
    return _answers(fleet, missiles, origin, azimuth_deg, rows, loft, guess, any_range, conditions)


def closer(
    fleet: Fleet, rows: Array, loft: Array, spread: Array, guess: Array, conditions: Conditions
) -> tuple[Array, Array]:
    """The best loft by a parabola through three, held inside them."""
    three = np.clip(loft[:, None] + spread[:, None] * np.array([-1.0, 0.0, 1.0]), *_LOFT_LIMITS_RAD)
    angle, kick, _ = fly_lofts(fleet, np.repeat(rows, 3, 0), three.ravel(), np.repeat(guess, 3), conditions)
    angle, kick = angle.reshape(-1, 3), kick.reshape(-1, 3)
    curve = angle[:, 0] - 2.0 * angle[:, 1] + angle[:, 2]
    shift = 0.5 * (angle[:, 0] - angle[:, 2]) / np.where(curve < 0.0, curve, -np.inf)
    top = np.argmax(angle, 1)
    shift = np.where(curve < 0.0, shift, top - 1.0)
    n = np.arange(len(loft))
    return np.clip(loft + spread * np.clip(shift, -1.0, 1.0), *_LOFT_LIMITS_RAD), kick[n, top]


def _answers(
    fleet: Fleet, missiles: Sequence[Missile], origin: Place, azimuth_deg: Array, rows: Array, loft: Array,
    guess: Array, any_range: Array, conditions: Conditions,
) -> list[Reach]:  # fmt: skip
    """Fly the best lofts exactly and measure the distance on the ellipsoid."""
    angle, _, outs = fly_lofts(fleet, rows, loft, guess, conditions)
    any_range = any_range | (angle >= _HALF_WAY_RAD)
    ok = (outs[:, r.STATUS] == r.OK) & ~any_range
    impact = np.degrees(outs[:, [r.IMPACT_LAT, r.IMPACT_LON]])
    here = np.degrees(rows[:, [r.IN_LAT, r.IN_LON]])
    distance = np.asarray(GEOD.inv(here[:, 1], here[:, 0], impact[:, 1], impact[:, 0])[2]) / 1e3
    half_way_km = GEOD.inv(0.0, 0.0, 180.0, 0.0)[2] / 1e3
    range_km = np.where(any_range, half_way_km, np.where(ok, distance, 0.0))
    status = CAUSES[outs[:, r.STATUS].astype(int)]
    cause = np.where(any_range, ANY_RANGE, status)
    n = len(azimuth_deg)
    cut = [slice(i * n, (i + 1) * n) for i in range(len(missiles))]
    return [
        Reach(mm.id, origin, np.asarray(azimuth_deg, float), range_km[c], np.degrees(loft[c]), cause[c])
        for mm, c in zip(missiles, cut, strict=True)
    ]


def maximum_range(
    missile: Missile, origin: Place, azimuth_deg: Float[Array, " n"], conditions: Conditions = STANDARD
) -> Reach:
    """Longest range over lofts at full burn, in each direction (azimuths clockwise from true north).

    A missile whose full burn goes half the way round the Earth or into orbit reaches any place by an earlier
    cut-off: its range is half the way round, and its cause says ``any-range``.
    """
    return reaches((missile,), origin, azimuth_deg, conditions)[0]


def longest_sentence(missile: Missile, origin: Place, azimuth_deg: float) -> str:
    """What to tell someone who aims beyond the range."""
    reach = maximum_range(missile, origin, np.array([azimuth_deg]))
    if reach.cause[0] == ANY_RANGE:
        return "at this loft it does not reach; at another it reaches any place on Earth"
    return (
        f"its longest reach in that direction is {reach.range_km[0]:.0f} km, at a loft of "
        f"{reach.loft_deg[0]:.1f} degrees; a destination inside that would do"
    )
