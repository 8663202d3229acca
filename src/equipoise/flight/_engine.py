# mypy: disable-error-code="no-any-return"
"""The engine: chunks of 128 flights from lift-off to impact, and the test that tells the scheme's flights
apart.

The fast scheme holds for flights that leave the air climbing and come back steeply. Any other flight would
give finite nonsense, so every lane is tested at burnout, and those that fail go down the time-stepped path.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy import ndarray as Array

from equipoise.flight import _plan as p
from equipoise.flight import _rows as r
from equipoise.flight import earth as ground
from equipoise.flight._boost import boost, note, path_angle
from equipoise.flight._coast import (
    AIR_M,
    anomaly_of_descent,
    begin_coast,
    coast_step,
    coasted_state,
    orbit_of,
    start_anomaly,
)
from equipoise.flight._entry import altitude_step
from equipoise.flight._forces import height_rate
from equipoise.flight._in_time import KEPT, NEVER, SEEN, STRIDE, boost_in_time, fall_in_time
from equipoise.flight._memory import KERNEL, LANES

ASCENT_STEPS = 4
ENTRY_STEPS = 12
ENTRY_TOP_M = 100_000.0
GRADING = 1.6
"""Steps of the last of the ascent and of the entry; the entry's top; how much denser the steps stand low
down.
"""

ARCS_RAD = (0.0, 2.6, 3.2, 7.0)
"""Coasts are sorted by the eccentric anomaly between these; each sort takes twice as many steps as the one
before. Half the way round the Earth is some 3.3.
"""

_MIN_BURNOUT_M, _MIN_CLIMB_SINE = 100_000.0, 0.0
_MIN_STEEP_BURNOUT_M, _STEEP_SINE = 40_000.0, 0.25
"""The scheme takes a burnout above 100 km that climbs, or above 40 km that climbs more steeply than 14.5
degrees.
"""
_MIN_APOGEE_M = 200_000.0
_MAX_PERIGEE_M = 80_000.0
_MIN_ENTRY_SINE = 0.05
_SCHEME, _IN_TIME, _ORBIT = range(3)

Tables = tuple[Array, Array, Array, Array, Array, Array, Array, Array]

WHOLE_FLIGHT, BOOST, ROUGH_BOOST = range(3)
"""What a call flies: to impact; to cut-off; to cut-off by the fast steps even in thick air (for first
guesses).
"""


@njit(**KERNEL)
def _which_path(state: Array, height: float, lowest: float, earth: Array) -> int:
    """Whether a burnout may go on by the scheme, must be flown in time, or never comes down."""
    w, mu = earth[ground.OMEGA], earth[ground.MU]
    x, y, z, vx, vy, vz = state[0], state[1], state[2], state[3], state[4], state[5]
    radius, speed = math.sqrt(x * x + y * y + z * z), math.sqrt(vx * vx + vy * vy + vz * vz)
    if not lowest > -1.0 or not speed > 1.0:
        return _IN_TIME
    sine = (x * vx + y * vy + z * vz) / (radius * speed)
    semi, ecos, esin = orbit_of(x, y, z, vx - w * y, vy + w * x, vz, mu)
    eccentricity = math.sqrt(ecos * ecos + esin * esin)
    low = radius - height
    if semi < 0.0 or semi > 1e9:
        return _ORBIT if sine > 0.0 else _IN_TIME
    if semi * (1.0 - eccentricity) > low + _MAX_PERIGEE_M and height > _MAX_PERIGEE_M:
        return _ORBIT
    steep = height >= _MIN_STEEP_BURNOUT_M and sine >= _STEEP_SINE
    high = height >= _MIN_BURNOUT_M and sine > _MIN_CLIMB_SINE
    if not (steep or high) or semi * (1.0 + eccentricity) < low + _MIN_APOGEE_M:
        return _IN_TIME
    top = low + AIR_M
    momentum = math.sqrt(mu * semi * (1.0 - eccentricity * eccentricity))
    cosine = momentum / (top * math.sqrt(mu * (2.0 / top - 1.0 / semi)))
    return _SCHEME if cosine < math.sqrt(1.0 - _MIN_ENTRY_SINE**2) else _IN_TIME


@njit(**KERNEL)
def _write_burnout(b: Array, lane: int, out: Array, earth: Array) -> int:
    """Put a lane's burnout in its output row; returns its path."""
    for q in range(6):
        out[r.BURNOUT_X + q] = b[q * LANES + lane]
    x, y, z = out[r.BURNOUT_X], out[r.BURNOUT_X + 1], out[r.BURNOUT_X + 2]
    vx, vy, vz = out[r.BURNOUT_X + 3], out[r.BURNOUT_X + 4], out[r.BURNOUT_X + 5]
    out[r.BURNOUT_T] = b[r.CLOCK * LANES + lane]
    out[r.BURNOUT_KG] = b[r.MASS * LANES + lane]
    out[r.BURNOUT_H] = ground.altitude(earth, x, y, z)
    out[r.ANGLE] = path_angle(x, y, z, vx, vy, vz)
    out[r.STATUS] = r.OK
    out[r.IN_AIR] = 0.0
    return _which_path(
        out[r.BURNOUT_X : r.BURNOUT_X + 6], out[r.BURNOUT_H], b[r.LOWEST * LANES + lane], earth
    )


@njit(**KERNEL)
def _write_impact(b: Array, lane: int, time: float, out: Array, earth: Array) -> None:
    """Where (geodetic) and when a lane meets the ground."""
    x, y, z = b[r.X * LANES + lane], b[r.Y * LANES + lane], b[r.Z * LANES + lane]
    out[r.IMPACT_T] = time
    out[r.IMPACT_LAT] = math.atan2(z, (1.0 - earth[ground.E2]) * math.sqrt(x * x + y * y))
    out[r.IMPACT_LON] = math.atan2(y, x)


@njit(**KERNEL)
def _fly_one(
    own: Array, flight: Array, tables: Tables, boost_only: bool, nodes: Array, counters: Array, out: Array
) -> None:
    """One flight on the time-stepped path, into its output row."""
    segments, constants, kinds, steps, growth, earth, air, drag = tables
    m = int(flight[r.IN_MISSILE])
    counters[SEEN], counters[KEPT] = 0, 0
    risen = boost_in_time(
        own, flight, segments[m], constants[m], kinds, steps, growth, earth, air, drag, nodes, counters, out
    )
    highest = out[r.APOGEE_H]
    path = _write_burnout(own, 0, out, earth)
    out[r.APOGEE_H] = highest
    out[r.IN_AIR] = 1.0
    if not risen:
        out[r.STATUS] = r.FELL
        out[r.IMPACT_T], out[r.FAIL_H] = out[r.BURNOUT_T], 0.0
        return
    if path == _ORBIT:
        out[r.STATUS] = r.ORBITAL
        out[r.IMPACT_T], out[r.FAIL_H] = out[r.BURNOUT_T], out[r.BURNOUT_H]
        return
    if boost_only:
        return
    out[r.STATUS] = fall_in_time(own, constants[m, p.MIS_BETA], earth, air, nodes, counters, out)
    _write_impact(own, 0, own[r.CLOCK * LANES], out, earth)
    if out[r.STATUS] != r.OK:
        out[r.IMPACT_T], out[r.FAIL_H] = out[r.BURNOUT_T], out[r.BURNOUT_H]


@njit(**KERNEL)
def _ascend(b: Array, outs: Array, betas: Array, earth: Array, air: Array, nodes: Array, noted: int) -> int:
    """Take lanes that burnt out below the top of the air up to it; where none did, there is nothing to do."""
    in_air = False
    for lane in range(LANES):
        b[r.TIME * LANES + lane] = b[r.CLOCK * LANES + lane]
        b[r.HEIGHT * LANES + lane] = outs[lane, r.BURNOUT_H]
        b[r.HALF_BETA * LANES + lane] = 0.5 / betas[lane]
        in_air = in_air or outs[lane, r.BURNOUT_H] < AIR_M
    if not (in_air or nodes.shape[1] > 0):
        return noted
    for k in range(ASCENT_STEPS):
        share = ((k + 1) / ASCENT_STEPS) ** GRADING
        for lane in range(LANES):
            begin = outs[lane, r.BURNOUT_H]
            goal = begin + max(AIR_M - begin, 0.0) * share
            b[r.CLIMB * LANES + lane] = goal - b[r.HEIGHT * LANES + lane]
        altitude_step(b, earth, air)
        _note_time(b, nodes, noted + k)
    return noted + ASCENT_STEPS


@njit(**KERNEL)
def _note_time(b: Array, nodes: Array, k: int) -> None:
    """Note a node whose clock is the row TIME."""
    if nodes.shape[1] == 0:
        return
    note(b, nodes, k)
    for lane in range(LANES):
        nodes[lane, k, 0] = b[r.TIME * LANES + lane]


@njit(**KERNEL)
def _apogee_m(b: Array, lane: int, turned: float, earth: Array) -> float:
    """Greatest height (m), from the state at the reference's apogee and a parabola in time about it."""
    _, x, y, z, vx, vy, vz = coasted_state(b, lane, turned, earth)
    w = earth[ground.OMEGA]
    radius = math.sqrt(x * x + y * y + z * z)
    speed2 = (vx - w * y) ** 2 + (vy + w * x) ** 2 + vz * vz
    rate = height_rate(earth, (x, y, z), (vx, vy, vz), 1.0 / radius)
    fall = earth[ground.MU] / (radius * radius) - speed2 / radius
    return ground.altitude(earth, x, y, z) + 0.5 * rate * rate / max(fall, 1e-3)


@njit(**KERNEL)
def _begin_coasts(b: Array, ends: Array, earth: Array) -> None:
    """Set up every lane's reference, and where its halves end."""
    for lane in range(LANES):
        begin_coast(b, lane, earth)
        start = start_anomaly(b, lane)
        ends[lane, 0] = max(math.pi - start, 0.0)
        ends[lane, 1] = anomaly_of_descent(b, lane, start, earth) - start


@njit(**KERNEL)
def _coast_halves(
    b: Array, outs: Array, ends: Array, begun: Array, earth: Array, half_steps: int, nodes: Array, noted: int
) -> int:
    """Integrate every lane's departure over both halves, noting nodes where asked and the apogee between."""
    for half in range(2):
        for lane in range(LANES):
            first = ends[lane, 0] if half == 1 else 0.0
            b[r.TURN_STEP * LANES + lane] = (ends[lane, half] - first) / half_steps
        for k in range(half_steps):
            coast_step(b, earth)
            if nodes.shape[1] > 0:
                for lane in range(LANES):
                    first = ends[lane, 0] if half == 1 else 0.0
                    turned = first + (k + 1) * b[r.TURN_STEP * LANES + lane]
                    node = coasted_state(b, lane, turned, earth)
                    nodes[lane, noted, 0] = begun[lane] + node[0]
                    for q in range(6):
                        nodes[lane, noted, 1 + q] = node[q + 1]
                noted += 1
        if half == 0:
            for lane in range(LANES):
                outs[lane, r.APOGEE_H] = _apogee_m(b, lane, ends[lane, 0], earth)
    return noted


@njit(**KERNEL)
def _coast(b: Array, outs: Array, earth: Array, half_steps: int, nodes: Array, noted: int) -> int:
    """Coast every lane down to the air; the state is Earth-fixed again afterwards and TIME has gone on.

    A longer arc takes more steps. Each sort that the chunk holds is flown over all lanes and kept by its own,
    so that no lane depends on its neighbours; a track's steps are fine enough for all sorts.
    """
    state_rows = r.STATE * LANES
    start, landed = b[:state_rows].copy(), b[:state_rows].copy()
    begun, top = start[r.TIME * LANES : state_rows], np.zeros(LANES)
    ends = np.empty((LANES, 2))
    _begin_coasts(b, ends, earth)
    tracked, after, flown = nodes.shape[1] > 0, noted, 0
    for sort in range(1 if tracked else len(ARCS_RAD) - 1):
        mine = ends[:, 1] >= (0.0 if tracked else ARCS_RAD[sort])
        if not tracked:
            mine &= ends[:, 1] < ARCS_RAD[sort + 1]
        if not (tracked or mine.any()):
            continue
        if flown > 0:
            b[:state_rows] = start
            _begin_coasts(b, ends, earth)
        flown += 1
        after = _coast_halves(b, outs, ends, begun, earth, half_steps << sort, nodes, noted)
        for lane in range(LANES):
            if mine[lane]:
                state = coasted_state(b, lane, ends[lane, 1], earth)
                for q in range(6):
                    landed[q * LANES + lane] = state[q + 1]
                landed[r.TIME * LANES + lane] = begun[lane] + state[0]
                top[lane] = outs[lane, r.APOGEE_H]
    b[:state_rows] = landed
    outs[:, r.APOGEE_H] = top
    return after


@njit(**KERNEL)
def _enter(b: Array, betas: Array, earth: Array, air: Array, nodes: Array, noted: int) -> int:
    """From the top of the air to 100 km, and by the graded steps to the ground."""
    for lane in range(LANES):
        x, y, z = b[r.X * LANES + lane], b[r.Y * LANES + lane], b[r.Z * LANES + lane]
        b[r.HEIGHT * LANES + lane] = ground.altitude(earth, x, y, z)
        b[r.HALF_BETA * LANES + lane] = 0.5 / betas[lane]
    for k in range(ENTRY_STEPS + 1):
        goal = ENTRY_TOP_M * (1.0 - k / ENTRY_STEPS) ** GRADING
        for lane in range(LANES):
            b[r.CLIMB * LANES + lane] = goal - b[r.HEIGHT * LANES + lane]
        altitude_step(b, earth, air)
        _note_time(b, nodes, noted + k)
    return noted + ENTRY_STEPS + 1


@njit(**KERNEL)
def _load_block(
    own: Array, flights: Array, begin: int, size: int, tables: Tables, lane_in: Array, lane_out: Array,
    drops: Array, betas: Array, counters: Array,
) -> None:  # fmt: skip
    """Copy a block's inputs (a short block repeats its last lane) and find when each drops its shroud."""
    constants, none = tables[1], np.zeros((0, 7))
    for lane in range(LANES):
        lane_in[lane] = flights[begin + min(lane, size - 1)]
        lane_out[lane] = 0.0
        m = int(lane_in[lane, r.IN_MISSILE])
        betas[lane] = constants[m, p.MIS_BETA]
        drops[lane] = NEVER
        if constants[m, p.MIS_DROP_M] > 0.0 and lane < size:
            _fly_one(own, lane_in[lane], tables, True, none, counters, lane_out[lane])
            drops[lane] = lane_out[lane, r.DROP_T] if lane_out[lane, r.DROP_T] > 0.0 else NEVER


@njit(**KERNEL)
def _judge_burnouts(b: Array, lane_out: Array, paths: Array, earth: Array) -> None:
    """Write every lane's burnout and tell its path; one that stays up has failed here."""
    for lane in range(LANES):
        paths[lane] = _write_burnout(b, lane, lane_out[lane], earth)
        if paths[lane] == _ORBIT:
            lane_out[lane, r.STATUS] = r.ORBITAL
            lane_out[lane, r.IMPACT_T] = lane_out[lane, r.BURNOUT_T]
            lane_out[lane, r.FAIL_H] = lane_out[lane, r.BURNOUT_H]


@njit(**KERNEL)
def _in_time(
    own: Array, flight: Array, tables: Tables, boost_only: bool, nodes: Array, counters: Array, out: Array
) -> int:
    """Fly a lane in time; where a track is asked for, once to count its steps and once to keep what fits."""
    counters[STRIDE] = 1
    _fly_one(own, flight, tables, boost_only, np.zeros((0, 7)), counters, out)
    if len(nodes) == 0:
        return 0
    counters[STRIDE] = counters[SEEN] // (len(nodes) - len(tables[2]) - 4) + 1
    _fly_one(own, flight, tables, boost_only, nodes, counters, out)
    return counters[KEPT]


@njit(**KERNEL)
def fly_chunk(
    flights: Array, outs: Array, tables: Tables, mode: int, half_steps: int, nodes: Array, kept: Array
) -> None:
    """Fly the rows of ``flights`` (n, INPUTS), all of one shape, into ``outs`` (n, OUTPUTS).

    ``tables``: segments (missiles, s, 8) and constants (missiles, 6) of the shape's missiles; the shape's
    kinds, steps and growth; Earth, air and drag. With ``nodes`` (n, k, 7) other than empty, each flight's
    track is noted: clock, Earth-fixed position and velocity; ``kept`` (n) counts a lane's nodes.
    """
    segments, constants, kinds, steps, growth, earth, air, drag = tables
    b, own = np.zeros(r.ROWS * LANES), np.zeros((r.ROWS + 1) * LANES)
    lane_in, lane_out = np.empty((LANES, r.INPUTS)), np.zeros((LANES, r.OUTPUTS))
    drops, betas = np.empty(LANES), np.empty(LANES)
    paths, counters = np.empty(LANES, dtype=np.int64), np.ones(3, dtype=np.int64)
    k = nodes.shape[1]
    track = np.zeros((LANES if k > 0 else 0, k, 7))
    for begin in range(0, len(flights), LANES):
        size = min(LANES, len(flights) - begin)
        _load_block(own, flights, begin, size, tables, lane_in, lane_out, drops, betas, counters)
        noted = boost(b, lane_in, drops, segments, constants, kinds, steps, growth, earth, air, drag, track)
        _judge_burnouts(b, lane_out, paths, earth)
        if mode == WHOLE_FLIGHT:
            noted = _ascend(b, lane_out, betas, earth, air, track, noted)
            noted = _coast(b, lane_out, earth, half_steps, track, noted)
            noted = _enter(b, betas, earth, air, track, noted)
        for lane in range(size):
            row, out = begin + lane, lane_out[lane]
            if paths[lane] == _IN_TIME and mode == ROUGH_BOOST:
                out[r.STATUS] = r.OK if b[r.LOWEST * LANES + lane] > -1.0 else r.FELL
            elif paths[lane] == _IN_TIME:
                boost_only = mode != WHOLE_FLIGHT
                kept[row] = _in_time(own, lane_in[lane], tables, boost_only, nodes[row], counters, out)
            elif paths[lane] == _SCHEME and mode == WHOLE_FLIGHT:
                _write_impact(b, lane, b[r.TIME * LANES + lane], out, earth)
                if k > 0:
                    nodes[row] = track[lane]
                    kept[row] = noted
            outs[row] = out
