# mypy: disable-error-code="no-any-return"
"""One flight stepped in time from lift-off to impact, with the same forces: for lanes that stay in the air.

It uses lane 0 of a buffer of its own. Steps are finer than the scheme's, because such flights meet thick
air fast.
"""

from __future__ import annotations

import math

from numba import njit
from numpy import ndarray as Array

from equipoise.flight import _plan as p
from equipoise.flight import _rows as r
from equipoise.flight import earth as ground
from equipoise.flight._boost import (
    advance,
    begin_segment,
    end_segment,
    first_programme,
    kick_over,
    lane_stage,
    place_on_pad,
)
from equipoise.flight._forces import density, height_rate, unpowered
from equipoise.flight._memory import KERNEL, LANES
from equipoise.flight._runge_kutta import RK_A, RK_B, RK_C, STAGES

NEVER = 1e9
_LOWEST_OK_M = -1.0
"""A crash is a metre below the ground: on the pad rounding alone goes a little under."""
_LONGEST_STEP_S, _LONGEST_IN_AIR_S, _AIR_M = 8.0, 2.5, 90_000.0
_TIME_LIMIT_S = 4.0 * 3600.0
_POWERED_STEP_S = (1.0, 1.5)
"""Mean steps of the first stage and of later ones."""
SEEN, KEPT, STRIDE = range(3)
"""Counters of a track: steps seen, nodes kept, keep each STRIDE-th step."""


@njit(**KERNEL)
def height_of(b: Array, earth: Array) -> float:
    """Height above the ellipsoid (m) of lane 0."""
    return ground.altitude(earth, b[r.X * LANES], b[r.Y * LANES], b[r.Z * LANES])


@njit(**KERNEL)
def climb_of(b: Array, earth: Array) -> float:
    """Rate of that height (m/s)."""
    place = (b[r.X * LANES], b[r.Y * LANES], b[r.Z * LANES])
    velocity = (b[r.VX * LANES], b[r.VY * LANES], b[r.VZ * LANES])
    return height_rate(earth, place, velocity, ground.inverse_radius(place[0], place[1], place[2]))


@njit(**KERNEL)
def _keep(b: Array, clock: float, nodes: Array, counters: Array, always: bool) -> None:
    """Add the state to the track, if one is asked for and its turn has come."""
    counters[SEEN] += 1
    if nodes.shape[0] == 0 or not (always or counters[SEEN] % counters[STRIDE] == 0):
        return
    k = counters[KEPT]
    if k < nodes.shape[0]:
        nodes[k, 0] = clock
        for q in range(6):
            nodes[k, 1 + q] = b[q * LANES]
        counters[KEPT] = k + 1


@njit(**KERNEL)
def _restore(b: Array, saved: Array) -> None:
    for q in range(6):
        b[q * LANES] = saved[q]


@njit(**KERNEL)
def _save(b: Array, saved: Array) -> None:
    for q in range(6):
        saved[q] = b[q * LANES]


@njit(**KERNEL)
def _powered_step(b: Array, kind: int, step: float, earth: Array, air: Array, drag: Array) -> None:
    b[r.STEP * LANES] = step
    for s in range(STAGES):
        lane_stage(b, 0, kind, earth, air, drag, RK_A[s], RK_B[s], RK_C[s])
    b[r.INTO * LANES] += step


@njit(**KERNEL)
def _fall_step(b: Array, step: float, half_beta: float, earth: Array, air: Array) -> None:
    """One unpowered step in time."""
    for s in range(STAGES):
        a, bb, c = RK_A[s], RK_B[s], step
        x, y, z = b[r.X * LANES], b[r.Y * LANES], b[r.Z * LANES]
        vx, vy, vz = b[r.VX * LANES], b[r.VY * LANES], b[r.VZ * LANES]
        inverse = ground.inverse_radius(x, y, z)
        rho = density(air, ground.height_with(earth, x, y, z, inverse))
        speed = math.sqrt(vx * vx + vy * vy + vz * vz)
        drag = rho * earth[ground.AIR] * speed * half_beta
        fx, fy, fz = unpowered(earth, (x, y, z), (vx, vy, vz), inverse, drag)
        advance(b, 0, r.X, a, bb, c * vx)
        advance(b, 0, r.Y, a, bb, c * vy)
        advance(b, 0, r.Z, a, bb, c * vz)
        advance(b, 0, r.VX, a, bb, c * fx)
        advance(b, 0, r.VY, a, bb, c * fy)
        advance(b, 0, r.VZ, a, bb, c * fz)


@njit(**KERNEL)
def _step_to_height(
    b: Array,
    saved: Array,
    kind: int,
    into: float,
    step: float,
    goal: float,
    earth: Array,
    air: Array,
    drag: Array,
) -> float:
    """Redo a powered step that crossed ``goal`` (m) so that it ends there; returns its length (s)."""
    low, high = 0.0, step
    for _ in range(40):
        middle = 0.5 * (low + high)
        _restore(b, saved)
        b[r.INTO * LANES] = into
        _powered_step(b, kind, middle, earth, air, drag)
        if height_of(b, earth) < goal:
            low = middle
        else:
            high = middle
        if high - low < 1e-6:
            break
    return high


@njit(**KERNEL)
def boost_in_time(
    b: Array,
    flight: Array,
    segments: Array,
    constants: Array,
    kinds: Array,
    steps: Array,
    growth: Array,
    earth: Array,
    air: Array,
    drag: Array,
    nodes: Array,
    counters: Array,
    out: Array,
) -> bool:
    """Fly lane 0 of ``b`` to cut-off; false where it hit the ground (then its clock says when).

    Finds when the altitude that drops a shroud is passed, and writes it to ``out``; keeps the highest point
    in it.
    """
    saved = b[r.ROWS * LANES :]
    place_on_pad(b, 0, flight, constants, earth)
    b[r.INTO * LANES] = 0.0
    _keep(b, 0.0, nodes, counters, True)
    first = first_programme(kinds)
    drop = NEVER
    out[r.APOGEE_H] = 0.0
    for s in range(len(kinds)):
        begin_segment(b, 0, s, flight, segments, kinds, first, drop)
        length = b[r.LENGTH * LANES]
        mean = _POWERED_STEP_S[0] if kinds[s] == p.TURN else _POWERED_STEP_S[1]
        count = max(2 * steps[s], math.ceil(length / mean)) if length > 0.0 else 0
        share, ratio = p.first_share(max(count, 1), growth[s]), growth[s] ** (1.0 / max(count - 1, 1))
        seeks = segments[s, p.SEG_ROLE] == p.BEFORE_DROP and drop == NEVER
        for _ in range(count):
            _save(b, saved)
            into = b[r.INTO * LANES]
            _powered_step(b, kinds[s], share * length, earth, air, drag)
            height = height_of(b, earth)
            if not height >= _LOWEST_OK_M:
                b[r.CLOCK * LANES] += b[r.INTO * LANES]
                return False
            if seeks and height >= constants[p.MIS_DROP_M]:
                goal = constants[p.MIS_DROP_M]
                _step_to_height(b, saved, kinds[s], into, share * length, goal, earth, air, drag)
                b[r.LENGTH * LANES] = b[r.INTO * LANES]
                drop = b[r.CLOCK * LANES] + b[r.INTO * LANES]
                break
            out[r.APOGEE_H] = max(out[r.APOGEE_H], height)
            _keep(b, b[r.CLOCK * LANES] + b[r.INTO * LANES], nodes, counters, False)
            share *= ratio
        end_segment(b, 0, segments[s], flight, drop, constants[p.MIS_SHROUD])
        b[r.INTO * LANES] = 0.0
        if kinds[s] == p.RISE and kinds[s + 1] != p.RISE:
            kick_over(b, 0, flight[r.IN_KICK])
        if length > 0.0:
            _keep(b, b[r.CLOCK * LANES], nodes, counters, True)
    out[r.DROP_T] = drop if drop < NEVER else 0.0
    return True


@njit(**KERNEL)
def _next_step(height: float, climb: float, drag_rate: float) -> float:
    """A step (s) short against the air's scale height and the time in which drag would stop the body."""
    above = max(height - _AIR_M, 0.0)
    longest = _LONGEST_STEP_S if above > 0.0 else _LONGEST_IN_AIR_S
    step = min(longest, (1500.0 + 0.3 * above) / (abs(climb) + 100.0))
    return min(step, 0.2 / (drag_rate + 1e-9))


@njit(**KERNEL)
def _top_of(low: float, high: float, climb: float, fall: float, step: float) -> float:
    """Greatest height (m) of the cubic through two heights and their rates, the first rising, the second
    not.
    """
    rise = (high - low) / step
    a, b = climb + fall - 2.0 * rise, 3.0 * rise - 2.0 * climb - fall
    root = math.sqrt(max(b * b - 3.0 * a * climb, 0.0))
    s = min(max(climb / (root - b), 0.0), 1.0)
    return low + step * s * (climb + s * (b + s * a))


@njit(**KERNEL)
def fall_in_time(
    b: Array, beta: float, earth: Array, air: Array, nodes: Array, counters: Array, out: Array
) -> int:
    """From cut-off to the ground; returns the status. CLOCK holds the time of impact afterwards."""
    saved = b[r.ROWS * LANES :]
    half_beta = 0.5 / beta
    clock = b[r.CLOCK * LANES]
    height, climb = height_of(b, earth), climb_of(b, earth)
    while clock < _TIME_LIMIT_S:
        vx, vy, vz = b[r.VX * LANES], b[r.VY * LANES], b[r.VZ * LANES]
        rho = density(air, height)
        speed = math.sqrt(vx * vx + vy * vy + vz * vz)
        step = _next_step(height, climb, rho * earth[ground.AIR] * speed * half_beta)
        _save(b, saved)
        _fall_step(b, step, half_beta, earth, air)
        below = height_of(b, earth)
        if below <= 0.0:
            low_step, low_height = 0.0, height
            for _ in range(60):
                trial = low_step + (step - low_step) * low_height / (low_height - below)
                _restore(b, saved)
                _fall_step(b, trial, half_beta, earth, air)
                trial_height = height_of(b, earth)
                if abs(trial_height) < 1e-3 or step - low_step < 1e-9:
                    break
                if trial_height > 0.0:
                    low_step, low_height = trial, trial_height
                else:
                    step, below = trial, trial_height
            b[r.CLOCK * LANES] = clock + trial
            _keep(b, clock + trial, nodes, counters, True)
            return r.OK
        climb_after = climb_of(b, earth)
        if climb > 0.0 >= climb_after:
            out[r.APOGEE_H] = max(out[r.APOGEE_H], _top_of(height, below, climb, climb_after, step))
        out[r.APOGEE_H] = max(out[r.APOGEE_H], below)
        clock += step
        height, climb = below, climb_after
        _keep(b, clock, nodes, counters, False)
    b[r.CLOCK * LANES] = clock
    return r.ORBITAL
