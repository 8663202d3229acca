# mypy: disable-error-code="no-any-return"
"""A peer for the bench: classical Runge-Kutta in time, one flight at a time, on the engine's own forces.

It is what one writes first with Numba: fixed steps of boost, coast and entry, no change of variable, no
lanes.
"""

from __future__ import annotations

import math

import numpy as np
from jaxtyping import Float
from numba import njit
from numpy import ndarray as Array

from equipoise.flight import _plan as p
from equipoise.flight import _rows as r
from equipoise.flight import earth as ground
from equipoise.flight._batch import Fleet, standard_air
from equipoise.flight._forces import density, push, sine_cosine, sound_speed, split_velocity, unpowered
from equipoise.flight._memory import KERNEL
from equipoise.flight.earth import WGS84_ARRAY

BOOST_STEP_S, COAST_STEP_S, ENTRY_STEP_S = 1.0, 20.0, 0.75
"""Steps that give errors like the engine's."""
_AIR_M = 130_000.0
_COAST = 4
_LONGEST_S = 14_400.0


@njit(**KERNEL)
def _rates(t: float, y: Array, kind: int, numbers: Array, up: Array, earth: Array, air: Array, drag: Array,
           out: Array) -> None:  # fmt: skip
    """Rates of an Earth-fixed state; ``numbers``: start, mass, flow, thrust, exit, area, drag, elevation,
    rate.
    """
    place, velocity = (y[0], y[1], y[2]), (y[3], y[4], y[5])
    inverse = ground.inverse_radius(y[0], y[1], y[2])
    height = ground.height_with(earth, y[0], y[1], y[2], inverse)
    speed = math.sqrt(y[3] * y[3] + y[4] * y[4] + y[5] * y[5])
    thrust, dx, dy, dz = 0.0, 0.0, 0.0, 0.0
    if kind == _COAST:
        resistance = density(air, height) * earth[ground.AIR] * speed * numbers[9]
    else:
        into = t - numbers[0]
        hx, hy, hz, per_level = split_velocity(place, velocity, inverse)
        engine = (numbers[3], numbers[4], numbers[1] - numbers[2] * into)
        per = per_level if kind == p.PROGRAMME else 1.0 / (speed + 1e-9)
        body = (numbers[5], 0.0, numbers[6])
        here = (density(air, height) * earth[ground.AIR], sound_speed(air, height), speed)
        thrust, resistance = push(drag, here, engine, body)
        dx, dy, dz = y[3] * per, y[4] * per, y[5] * per
        if kind == p.RISE:
            dx, dy, dz = up[0], up[1], up[2]
        elif kind == p.PROGRAMME:
            sine, cosine = sine_cosine(numbers[7] + numbers[8] * into)
            a, b = sine * inverse, cosine * per
            dx, dy, dz = a * y[0] + b * hx, a * y[1] + b * hy, a * y[2] + b * hz
    fx, fy, fz = unpowered(earth, place, velocity, inverse, resistance)
    out[0], out[1], out[2] = y[3], y[4], y[5]
    out[3], out[4], out[5] = fx + thrust * dx, fy + thrust * dy, fz + thrust * dz


@njit(**KERNEL)
def _step(t: float, h: float, y: Array, kind: int, numbers: Array, up: Array, earth: Array, air: Array,
          drag: Array, work: Array) -> None:  # fmt: skip
    """One classical step in place."""
    k1, k2, k3, k4, trial = work[0], work[1], work[2], work[3], work[4]
    _rates(t, y, kind, numbers, up, earth, air, drag, k1)
    for q in range(6):
        trial[q] = y[q] + 0.5 * h * k1[q]
    _rates(t + 0.5 * h, trial, kind, numbers, up, earth, air, drag, k2)
    for q in range(6):
        trial[q] = y[q] + 0.5 * h * k2[q]
    _rates(t + 0.5 * h, trial, kind, numbers, up, earth, air, drag, k3)
    for q in range(6):
        trial[q] = y[q] + h * k3[q]
    _rates(t + h, trial, kind, numbers, up, earth, air, drag, k4)
    for q in range(6):
        y[q] += h / 6.0 * (k1[q] + 2.0 * k2[q] + 2.0 * k3[q] + k4[q])


@njit(**KERNEL)
def _elevation(y: Array) -> float:
    radius, speed = math.sqrt(y[0] ** 2 + y[1] ** 2 + y[2] ** 2), math.sqrt(y[3] ** 2 + y[4] ** 2 + y[5] ** 2)
    return math.asin((y[0] * y[3] + y[1] * y[4] + y[2] * y[5]) / (radius * speed))


@njit(**KERNEL)
def _fly(flight: Array, segments: Array, constants: Array, kinds: Array, earth: Array, air: Array,
         drag: Array, work: Array, out: Array) -> None:  # fmt: skip
    """One flight of one plan (no shroud, no pauses) to impact: latitude, longitude (rad) and time."""
    lat, lon, azimuth = flight[r.IN_LAT], flight[r.IN_LON], flight[r.IN_AZIMUTH]
    sl, cl, so, co = math.sin(lat), math.cos(lat), math.sin(lon), math.cos(lon)
    n = earth[ground.A] / math.sqrt(1.0 - earth[ground.E2] * sl * sl)
    up, y, numbers = work[5], work[6], work[7]
    up[0], up[1], up[2] = cl * co, cl * so, sl
    y[:] = 0.0
    y[0], y[1], y[2] = n * cl * co, n * cl * so, n * (1.0 - earth[ground.E2]) * sl
    t, mass = 0.0, constants[p.MIS_MASS]
    burn = flight[r.IN_BURN]
    programme = False
    for s in range(len(kinds)):
        segment = segments[s]
        length = min(max(burn - segment[p.SEG_BURN], 0.0), segment[p.SEG_LENGTH])
        numbers[0], numbers[1], numbers[2] = t, mass, segment[p.SEG_FLOW]
        numbers[3], numbers[4], numbers[5] = segment[p.SEG_THRUST], segment[p.SEG_EXIT], segment[p.SEG_AREA]
        numbers[6] = constants[p.MIS_PER_MACH]
        if kinds[s] == p.PROGRAMME:
            if not programme:
                numbers[7] = _elevation(y)
                numbers[8] = (flight[r.IN_LOFT] - numbers[7]) / max(burn - segment[p.SEG_BURN], 1e-6)
            programme = True
        count = math.ceil(length / BOOST_STEP_S)
        for _ in range(count):
            _step(t, length / count, y, kinds[s], numbers, up, earth, air, drag, work)
            t += length / count
        numbers[7] += numbers[8] * length
        mass -= segment[p.SEG_FLOW] * length + segment[p.SEG_DROP]
        if kinds[s] == p.RISE:
            north, east, kick = math.cos(azimuth), math.sin(azimuth), flight[r.IN_KICK]
            speed = math.sqrt(y[3] ** 2 + y[4] ** 2 + y[5] ** 2)
            c, f = speed * math.cos(kick), speed * math.sin(kick)
            y[3] = c * up[0] + f * (-north * sl * co - east * so)
            y[4] = c * up[1] + f * (-north * sl * so + east * co)
            y[5] = c * up[2] + f * north * cl
    numbers[9] = 0.5 / constants[p.MIS_BETA]
    height = ground.altitude(earth, y[0], y[1], y[2])
    while t < _LONGEST_S:
        step = COAST_STEP_S if height > _AIR_M else ENTRY_STEP_S
        before = height
        work[8][:] = y
        _step(t, step, y, _COAST, numbers, up, earth, air, drag, work)
        height = ground.altitude(earth, y[0], y[1], y[2])
        if height < 0.0:
            for _ in range(8):
                step *= before / (before - height)
                y[:] = work[8]
                _step(t, step, y, _COAST, numbers, up, earth, air, drag, work)
                height = ground.altitude(earth, y[0], y[1], y[2])
                if abs(height) < 0.01:
                    break
            break
        t += step
    out[0] = math.atan2(y[2], (1.0 - earth[ground.E2]) * math.sqrt(y[0] * y[0] + y[1] * y[1]))
    out[1] = math.atan2(y[1], y[0])
    out[2] = t + step


@njit(**KERNEL)
def _fly_all(flights: Array, segments: Array, constants: Array, kinds: Array, earth: Array, air: Array,
             drag: Array, outs: Array) -> None:  # fmt: skip
    work = np.zeros((9, 10))
    for i in range(len(flights)):
        _fly(flights[i], segments, constants, kinds, earth, air, drag, work, outs[i])


def runge_kutta_in_time(fleet: Fleet, flights: Float[Array, "n inputs"]) -> Float[Array, "n 3"]:
    """Fly lanes of a fleet of one missile on one thread; returns impact latitude, longitude (rad) and time
    (s).
    """
    plan = fleet.plans[0]
    outs = np.zeros((len(flights), 3))
    kinds = plan.shape.arrays()[0]
    _fly_all(flights, plan.segments, plan.constants, kinds, WGS84_ARRAY, standard_air(), plan.drag, outs)
    return outs
