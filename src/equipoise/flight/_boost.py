# mypy: disable-error-code="no-any-return"
"""Powered flight of a chunk: all lanes march through the same segments, each in fractions of its own times.

The gravity turn needs no change of frame: the state is Earth-fixed and rotating, so thrust along the
velocity is thrust along the relative wind.
"""

from __future__ import annotations

import math

from numba import njit
from numpy import ndarray as Array

from equipoise.flight import _plan as p
from equipoise.flight import _rows as r
from equipoise.flight import earth as ground
from equipoise.flight._forces import density, push, sine_cosine, sound_speed, split_velocity, unpowered
from equipoise.flight._memory import INLINE, KERNEL, LANES, get, look, put, widest
from equipoise.flight._roots import inverse_root
from equipoise.flight._runge_kutta import RK_A, RK_B, RK_C, STAGES

_STATE_ROWS = 6


@njit(**INLINE)
def advance(b: Array, lane: int, row: int, a: float, bb: float, change: float) -> None:
    """One Runge-Kutta stage of one quantity: its register, then itself."""
    register = a * get(b, (row + r.STATE) * LANES + lane) + change
    put(b, (row + r.STATE) * LANES + lane, register)
    put(b, row * LANES + lane, get(b, row * LANES + lane) + bb * register)


@njit(**INLINE)
def _lane_air(b: Array, lane: int, earth: Array, air: Array) -> None:
    """First part of a stage: one over the radius, the height, and the air there."""
    x, y, z = get(b, r.X * LANES + lane), get(b, r.Y * LANES + lane), get(b, r.Z * LANES + lane)
    inverse = ground.inverse_radius(x, y, z)
    height = ground.height_with(earth, x, y, z, inverse)
    lowest = get(b, r.LOWEST * LANES + lane)
    put(b, r.LOWEST * LANES + lane, height if height < lowest else lowest)
    put(b, r.PER_RADIUS * LANES + lane, inverse)
    put(b, r.DENSITY * LANES + lane, density(air, height) * look(earth, ground.AIR))
    put(b, r.SOUND * LANES + lane, sound_speed(air, height))


@njit(**INLINE)
def _lane_push(b: Array, lane: int, drag: Array, c: float) -> None:
    """Second part: thrust per mass (m/s²), drag per mass and speed (1/s), and one over the speed (s/m)."""
    vx, vy, vz = get(b, r.VX * LANES + lane), get(b, r.VY * LANES + lane), get(b, r.VZ * LANES + lane)
    square = vx * vx + vy * vy + vz * vz + 1e-12
    per_speed = inverse_root(square)
    into = get(b, r.INTO * LANES + lane) + c * get(b, r.STEP * LANES + lane)
    mass = get(b, r.MASS * LANES + lane) - get(b, r.FLOW * LANES + lane) * into
    here = (get(b, r.DENSITY * LANES + lane), get(b, r.SOUND * LANES + lane), square * per_speed)
    engine = (get(b, r.THRUST * LANES + lane), get(b, r.EXIT * LANES + lane), mass)
    body = (
        get(b, r.AREA * LANES + lane),
        get(b, r.DRAG_START * LANES + lane),
        get(b, r.PER_MACH * LANES + lane),
    )
    thrust, resistance = push(drag, here, engine, body)
    put(b, r.PER_SPEED * LANES + lane, per_speed)
    put(b, r.PUSH * LANES + lane, thrust)
    put(b, r.RESISTANCE * LANES + lane, resistance)


@njit(**INLINE)
def _direction(b: Array, lane: int, kind: int, c: float) -> tuple[float, float, float]:
    """Unit vector of the thrust, by the segment's way of steering."""
    vx, vy, vz = get(b, r.VX * LANES + lane), get(b, r.VY * LANES + lane), get(b, r.VZ * LANES + lane)
    if kind == p.RISE:
        return get(b, r.UPX * LANES + lane), get(b, r.UPY * LANES + lane), get(b, r.UPZ * LANES + lane)
    if kind == p.PROGRAMME:
        x, y, z = get(b, r.X * LANES + lane), get(b, r.Y * LANES + lane), get(b, r.Z * LANES + lane)
        inverse = get(b, r.PER_RADIUS * LANES + lane)
        hx, hy, hz, per_level = split_velocity((x, y, z), (vx, vy, vz), inverse)
        into = get(b, r.INTO * LANES + lane) + c * get(b, r.STEP * LANES + lane)
        elevation = get(b, r.ELEVATION * LANES + lane) + get(b, r.RATE * LANES + lane) * into
        sine, cosine = sine_cosine(elevation)
        up, along = sine * inverse, cosine * per_level
        return up * x + along * hx, up * y + along * hy, up * z + along * hz
    per_speed = get(b, r.PER_SPEED * LANES + lane)
    return vx * per_speed, vy * per_speed, vz * per_speed


@njit(**INLINE)
def _lane_move(b: Array, lane: int, kind: int, earth: Array, a: float, bb: float, c: float) -> None:
    """Last part: the direction of the thrust, all forces together, and the stage's change."""
    x, y, z = get(b, r.X * LANES + lane), get(b, r.Y * LANES + lane), get(b, r.Z * LANES + lane)
    vx, vy, vz = get(b, r.VX * LANES + lane), get(b, r.VY * LANES + lane), get(b, r.VZ * LANES + lane)
    dx, dy, dz = _direction(b, lane, kind, c)
    thrust, resistance = get(b, r.PUSH * LANES + lane), get(b, r.RESISTANCE * LANES + lane)
    inverse = get(b, r.PER_RADIUS * LANES + lane)
    fx, fy, fz = unpowered(earth, (x, y, z), (vx, vy, vz), inverse, resistance)
    step = get(b, r.STEP * LANES + lane)
    advance(b, lane, r.X, a, bb, step * vx)
    advance(b, lane, r.Y, a, bb, step * vy)
    advance(b, lane, r.Z, a, bb, step * vz)
    advance(b, lane, r.VX, a, bb, step * (fx + thrust * dx))
    advance(b, lane, r.VY, a, bb, step * (fy + thrust * dy))
    advance(b, lane, r.VZ, a, bb, step * (fz + thrust * dz))


@njit(**INLINE)
def lane_stage(
    b: Array, lane: int, kind: int, earth: Array, air: Array, drag: Array, a: float, bb: float, c: float
) -> None:
    """One Runge-Kutta stage of one lane of powered flight."""
    _lane_air(b, lane, earth, air)
    _lane_push(b, lane, drag, c)
    _lane_move(b, lane, kind, earth, a, bb, c)


@njit(**KERNEL)
def _stage(b: Array, kind: int, earth: Array, air: Array, drag: Array, a: float, bb: float, c: float) -> None:
    """One Runge-Kutta stage of all lanes, part by part: a loop with a short chain of dependent operations
    lets the processor work on several vectors of lanes at once.
    """
    widest()
    for lane in range(LANES):
        _lane_air(b, lane, earth, air)
    for lane in range(LANES):
        _lane_push(b, lane, drag, c)
    if kind == p.RISE:
        for lane in range(LANES):
            _lane_move(b, lane, p.RISE, earth, a, bb, c)
    elif kind == p.PROGRAMME:
        for lane in range(LANES):
            _lane_move(b, lane, p.PROGRAMME, earth, a, bb, c)
    else:
        for lane in range(LANES):
            _lane_move(b, lane, p.TURN, earth, a, bb, c)


@njit(**KERNEL)
def _step(b: Array, kind: int, earth: Array, air: Array, drag: Array) -> None:
    """One step of all lanes."""
    for s in range(STAGES):
        _stage(b, kind, earth, air, drag, RK_A[s], RK_B[s], RK_C[s])
    for lane in range(LANES):
        put(b, r.INTO * LANES + lane, get(b, r.INTO * LANES + lane) + get(b, r.STEP * LANES + lane))


@njit(**KERNEL)
def place_on_pad(b: Array, lane: int, flight: Array, missile: Array, earth: Array) -> None:
    """Put a lane on its launch point at rest, with the directions and constants that hold throughout."""
    lat, lon, azimuth = flight[r.IN_LAT], flight[r.IN_LON], flight[r.IN_AZIMUTH]
    sl, cl, so, co = math.sin(lat), math.cos(lat), math.sin(lon), math.cos(lon)
    n = earth[ground.A] / math.sqrt(1.0 - earth[ground.E2] * sl * sl)
    b[r.X * LANES + lane] = n * cl * co
    b[r.Y * LANES + lane] = n * cl * so
    b[r.Z * LANES + lane] = n * (1.0 - earth[ground.E2]) * sl
    for row in range(r.VX, r.STEP):
        b[row * LANES + lane] = 0.0
    for row in (r.CLOCK, r.SPENT, r.ELEVATION, r.RATE):
        b[row * LANES + lane] = 0.0
    north, east = math.cos(azimuth), math.sin(azimuth)
    b[r.UPX * LANES + lane] = cl * co
    b[r.UPY * LANES + lane] = cl * so
    b[r.UPZ * LANES + lane] = sl
    b[r.FORX * LANES + lane] = -north * sl * co - east * so
    b[r.FORY * LANES + lane] = -north * sl * so + east * co
    b[r.FORZ * LANES + lane] = north * cl
    b[r.MASS * LANES + lane] = missile[p.MIS_MASS]
    b[r.DRAG_START * LANES + lane] = missile[p.MIS_DRAG]
    b[r.PER_MACH * LANES + lane] = missile[p.MIS_PER_MACH]
    b[r.LOWEST * LANES + lane] = 1e9


@njit(**KERNEL)
def segment_length(segment: Array, kind: int, burn: float, clock: float, spent: float, drop: float) -> float:
    """How long (s) a segment lasts in a flight that burns for ``burn`` and drops its shroud at ``drop``."""
    before = segment[p.SEG_BURN]
    if kind == p.COAST:
        return segment[p.SEG_LENGTH] if burn > before else 0.0
    length = min(max(burn - before, 0.0), segment[p.SEG_LENGTH])
    if segment[p.SEG_ROLE] == p.BEFORE_DROP:
        return min(length, max(drop - clock, 0.0))
    if segment[p.SEG_ROLE] == p.AFTER_DROP:
        return length - spent
    return length


@njit(**KERNEL)
def programme_rate(
    segments: Array, kinds: Array, first: int, burn: float, angle: float, loft: float
) -> float:
    """Rate (rad/s) that takes the elevation from ``angle`` now to the loft when the burn ends."""
    left = burn - segments[first, p.SEG_BURN]
    for s in range(first, len(kinds)):
        if kinds[s] == p.COAST and burn > segments[s, p.SEG_BURN]:
            left += segments[s, p.SEG_LENGTH]
    return (loft - angle) / left if left > 1e-6 else 0.0


@njit(**KERNEL)
def dropped_kg(segment: Array, burn: float, length: float, clock: float, drop: float, shroud: float) -> float:
    """Mass (kg) that leaves at a segment's end; ``clock`` is the time there, and nothing leaves after the
    cut-off.
    """
    if segment[p.SEG_ROLE] == p.BEFORE_DROP:
        return shroud if clock >= drop > clock - length else 0.0
    if segment[p.SEG_FLOW] == 0.0:
        return segment[p.SEG_DROP] if length > 0.0 else 0.0
    return segment[p.SEG_DROP] if burn > segment[p.SEG_BURN] + segment[p.SEG_LENGTH] else 0.0


@njit(**KERNEL)
def kick_over(b: Array, lane: int, kick: float) -> None:
    """Turn the relative velocity at once by the kick from the vertical towards the launch azimuth."""
    vx, vy, vz = b[r.VX * LANES + lane], b[r.VY * LANES + lane], b[r.VZ * LANES + lane]
    speed = math.sqrt(vx * vx + vy * vy + vz * vz)
    up, forward = speed * math.cos(kick), speed * math.sin(kick)
    b[r.VX * LANES + lane] = up * b[r.UPX * LANES + lane] + forward * b[r.FORX * LANES + lane]
    b[r.VY * LANES + lane] = up * b[r.UPY * LANES + lane] + forward * b[r.FORY * LANES + lane]
    b[r.VZ * LANES + lane] = up * b[r.UPZ * LANES + lane] + forward * b[r.FORZ * LANES + lane]


@njit(**KERNEL)
def path_angle(x: float, y: float, z: float, vx: float, vy: float, vz: float) -> float:
    """Flight-path angle (rad) above the local horizontal, geocentric."""
    radius, speed = math.sqrt(x * x + y * y + z * z), math.sqrt(vx * vx + vy * vy + vz * vz)
    if speed < 1e-9:
        return 0.5 * math.pi
    return math.asin(min(max((x * vx + y * vy + z * vz) / (radius * speed), -1.0), 1.0))


@njit(**KERNEL)
def begin_segment(
    b: Array, lane: int, s: int, flight: Array, segments: Array, kinds: Array, first: int, drop: float
) -> None:
    """Load a segment's engine into a lane and, where the pitch programme begins, set its rate (at segment
    ``first``).
    """
    segment = segments[s]
    burn = flight[r.IN_BURN]
    b[r.FLOW * LANES + lane] = segment[p.SEG_FLOW]
    b[r.THRUST * LANES + lane] = segment[p.SEG_THRUST]
    b[r.EXIT * LANES + lane] = segment[p.SEG_EXIT]
    b[r.AREA * LANES + lane] = segment[p.SEG_AREA]
    b[r.INTO * LANES + lane] = 0.0
    clock, spent = b[r.CLOCK * LANES + lane], b[r.SPENT * LANES + lane]
    b[r.LENGTH * LANES + lane] = segment_length(segment, kinds[s], burn, clock, spent, drop)
    if s == first:
        angle = path_angle(
            b[r.X * LANES + lane],
            b[r.Y * LANES + lane],
            b[r.Z * LANES + lane],
            b[r.VX * LANES + lane],
            b[r.VY * LANES + lane],
            b[r.VZ * LANES + lane],
        )
        b[r.ELEVATION * LANES + lane] = angle
        b[r.RATE * LANES + lane] = programme_rate(segments, kinds, s, burn, angle, flight[r.IN_LOFT])


@njit(**KERNEL)
def end_segment(b: Array, lane: int, segment: Array, flight: Array, drop: float, shroud: float) -> None:
    """Carry mass, elevation and clock over a segment's end."""
    length = b[r.LENGTH * LANES + lane]
    b[r.CLOCK * LANES + lane] += length
    b[r.ELEVATION * LANES + lane] += b[r.RATE * LANES + lane] * length
    left = dropped_kg(segment, flight[r.IN_BURN], length, b[r.CLOCK * LANES + lane], drop, shroud)
    b[r.MASS * LANES + lane] -= segment[p.SEG_FLOW] * length + left
    b[r.SPENT * LANES + lane] = length if segment[p.SEG_ROLE] == p.BEFORE_DROP else 0.0


@njit(**KERNEL)
def first_programme(kinds: Array) -> int:
    """The segment with which the pitch programme begins; the number of segments where there is none."""
    for s in range(len(kinds)):
        if kinds[s] == p.PROGRAMME:
            return s
    return len(kinds)


@njit(**KERNEL)
def note(b: Array, nodes: Array, k: int) -> None:
    """Write every lane's clock and state as node ``k`` of its track, while one is asked for."""
    if nodes.shape[1] == 0:
        return
    for lane in range(min(LANES, nodes.shape[0])):
        nodes[lane, k, 0] = b[r.CLOCK * LANES + lane] + b[r.INTO * LANES + lane]
        for q in range(_STATE_ROWS):
            nodes[lane, k, 1 + q] = b[q * LANES + lane]


@njit(**KERNEL)
def boost(
    b: Array,
    flights: Array,
    drops: Array,
    segments: Array,
    constants: Array,
    kinds: Array,
    steps: Array,
    growth: Array,
    earth: Array,
    air: Array,
    drag: Array,
    nodes: Array,
) -> int:
    """Fly a full chunk (``LANES`` rows of ``flights``) to cut-off; returns how many track nodes were noted.

    Afterwards the state rows hold the burnout, CLOCK its time, MASS the mass and LOWEST the lowest height.
    """
    first = first_programme(kinds)
    for lane in range(LANES):
        missile = int(flights[lane, r.IN_MISSILE])
        place_on_pad(b, lane, flights[lane], constants[missile], earth)
        b[r.INTO * LANES + lane] = 0.0
    note(b, nodes, 0)
    noted = 1
    for s in range(len(kinds)):
        share, ratio = p.first_share(steps[s], growth[s]), growth[s] ** (1.0 / max(steps[s] - 1, 1))
        for lane in range(LANES):
            missile = int(flights[lane, r.IN_MISSILE])
            begin_segment(b, lane, s, flights[lane], segments[missile], kinds, first, drops[lane])
        for _ in range(steps[s]):
            for lane in range(LANES):
                b[r.STEP * LANES + lane] = share * b[r.LENGTH * LANES + lane]
            _step(b, kinds[s], earth, air, drag)
            note(b, nodes, noted)
            noted += 1
            share *= ratio
        for lane in range(LANES):
            missile = int(flights[lane, r.IN_MISSILE])
            shroud = constants[missile, p.MIS_SHROUD]
            end_segment(b, lane, segments[missile, s], flights[lane], drops[lane], shroud)
            b[r.INTO * LANES + lane] = 0.0
            if kinds[s] == p.RISE and kinds[s + 1] != p.RISE:
                kick_over(b, lane, flights[lane, r.IN_KICK])
    return noted
