"""The secret of the side whose missiles are protected: families of flights, sampled on grids that fill them.

A family is one missile from one launch area to one point of an aim area, over all lofts of a stated range.
Its nodes are flown; between them a flight lies near the straight interpolation of the nodes about it at the
same moment, by at most what the second differences say.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float
from numpy import ndarray as Array

from equipoise.flight import Missile, aim_many, sample
from equipoise.guarantee.private.outward.statement import Statement
from equipoise.scenario import Area, Flyer

LAUNCH_STEP_KM, AIM_STEP_KM, LOFT_STEP_DEG = 160.0, 120.0, 2.5
"""Between nodes, at most."""
PARTS = 6
"""Steps of time to a bin."""
SAMPLES = 240
"""Of each node's flight; 8 s apart in half an hour, so that a chord leaves the arc by under 1 km."""
DEG_KM = 111.2


@dataclass(frozen=True)
class Family:
    """Positions of the nodes at common times, Earth-fixed, and how far a flight between them may lie away.

    ``pad_m`` holds, at each node and time, what the second differences about it allow. A node that does not
    fly is put where its neighbours point to, so that more is marked and never less.
    """

    position_m: Float[Array, "a b l t 3"]
    pad_m: Float[Array, "a b l t"]
    burnout_s: float
    """The earliest."""
    impact_s: Float[Array, "a b l"]


@dataclass(frozen=True)
class Unflown:
    """A missile that reaches an aim from nowhere in its launch area, by the places of its entries."""

    flyer: int
    aim: int


def families(statement: Statement, flyers: Sequence[Flyer]) -> Iterator[Family | Unflown]:
    """Every family of every flyer, one at a time."""
    for number, flyer in enumerate(flyers, 1):
        lat, lon = _axes(flyer.launch, LAUNCH_STEP_KM)
        offsets = _spaced(flyer.loft_offset_deg, LOFT_STEP_DEG)
        for place, aim in enumerate(flyer.aims, 1):
            spread_m = _aim_spread_m(aim)
            for point in _points(aim):
                found = _family(statement, flyer.missile, (lat, lon), point, offsets, spread_m)
                yield found if found is not None else Unflown(number, place)


def families_end_s(flyers: Sequence[Flyer]) -> float:
    """A time by which all flights of all families have landed, s: the longest seen, and a twentieth more."""
    ends = [0.0]
    for flyer in flyers:
        lat, lon = (
            axis.ravel() for axis in np.meshgrid(*_axes(flyer.launch, 4 * LAUNCH_STEP_KM), indexing="ij")
        )
        origin = np.column_stack([lat, (lon + 180.0) % 360.0 - 180.0])
        for aim in flyer.aims:
            where = np.tile((sum(aim.lat_deg) / 2, sum(aim.lon_deg) / 2), (len(origin), 1))
            least = aim_many([flyer.missile], origin, where)
            for offset in flyer.loft_offset_deg:
                lofts = np.clip(np.where(least.ok, least.loft_deg + offset, 45.0), 0.5, 89.5)
                flights = aim_many([flyer.missile], origin, where, lofts)
                ends += (1.05 * flights.time_s[flights.ok]).tolist()
    return max(ends)


def _axes(area: Area, step_km: float) -> tuple[Float[Array, " a"], Float[Array, " b"]]:
    """Latitudes and longitudes of the nodes over an area, its edges included; three or more of a box."""
    (south, north), (west, east) = area.lat_deg, area.lon_deg
    if area.kind == "point":
        return np.array([south]), np.array([west])
    width = (east - west) % 360.0 if west > east else east - west
    widest = math.cos(math.radians(min(abs(south), abs(north)) if south * north > 0 else 0.0))
    rows = max(3, math.ceil((north - south) * DEG_KM / step_km) + 1)
    columns = max(3, math.ceil(width * widest * DEG_KM / step_km) + 1)
    return np.linspace(south, north, rows), np.linspace(west, west + width, columns)


def _spaced(span: tuple[float, float], step: float) -> Float[Array, " l"]:
    low, high = span
    return (
        np.array([low]) if low == high else np.linspace(low, high, max(3, math.ceil((high - low) / step) + 1))
    )


def _points(area: Area) -> Iterator[tuple[float, float]]:
    """Points over an aim area, close together."""
    lat, lon = _axes(area, AIM_STEP_KM)
    for a in lat:
        for b in lon:
            yield float(a), float(b)


def _aim_spread_m(area: Area) -> float:
    """From anywhere in an aim area to the nearest of its points, m."""
    lat, lon = _axes(area, AIM_STEP_KM)
    steps = [(axis[1] - axis[0]) * DEG_KM if len(axis) > 1 else 0.0 for axis in (lat, lon)]
    return 500.0 * math.hypot(*steps)


def _family(
    statement: Statement,
    missile: Missile,
    axes: tuple[Float[Array, " a"], Float[Array, " b"]],
    aim: tuple[float, float],
    offsets: Float[Array, " l"],
    spread_m: float,
) -> Family | None:
    """Fly the nodes and put the missing ones; None where none flies."""
    lat, lon = np.meshgrid(*axes, indexing="ij")
    origin = np.column_stack([lat.ravel(), (lon.ravel() + 180.0) % 360.0 - 180.0])
    least = aim_many([missile], origin, np.tile(aim, (len(origin), 1)))
    if not least.ok.any():
        return None
    loft = np.where(least.ok, least.loft_deg, np.median(least.loft_deg[least.ok]))
    lofts = np.clip(loft[:, None] + offsets, 0.5, 89.5)
    many = np.repeat(origin, len(offsets), axis=0)
    flights = aim_many([missile], many, np.tile(aim, (len(many), 1)), lofts.ravel())
    if not flights.ok.any():
        return None
    tracks = sample(flights, SAMPLES)
    times = statement.bin_s / PARTS * np.arange(PARTS * statement.bins + 1)
    position = np.full((len(many), len(times), 3), np.nan)
    for lane in np.flatnonzero(tracks.ok):
        for q in range(3):
            position[lane, :, q] = np.interp(times, tracks.time_s[lane], tracks.position_m[lane, :, q])
    shape = (*lat.shape, len(offsets))
    flown = tracks.ok.reshape(shape)
    whole = _filled(position.reshape(*shape, len(times), 3), flown)
    impact = np.where(tracks.ok, tracks.impact_s, tracks.impact_s[tracks.ok].max()).reshape(shape)
    share = times / float(impact.min())
    pad = _second_differences(whole) + 1.5 * spread_m * np.minimum(share, 1.0) + CHORD_M
    return Family(whole, pad, float(tracks.burnout_s[tracks.ok].min()), impact)


CHORD_M = 2.5e3
"""What a chord between two samples can leave the arc by, with a last stage's acceleration."""


def _filled(position: Float[Array, "a b l t 3"], flown: Bool[Array, "a b l"]) -> Float[Array, "a b l t 3"]:
    """Nodes that did not fly, set by straight continuation from two neighbours, or one, along an axis."""
    known = flown.copy()
    while not known.all():
        before = known.copy()
        for node in np.argwhere(~before):
            found = list(_continued(position, before, node))
            if found:
                position[tuple(node)] = np.mean(found, axis=0)
                known[tuple(node)] = True
    return position


def _continued(
    position: Float[Array, "a b l t 3"], known: Bool[Array, "a b l"], node: Array
) -> Iterator[Float[Array, "t 3"]]:
    """What the known nodes next to a node on each axis say of it."""
    for axis in range(3):
        for step in (-1, 1):
            near, far = node.copy(), node.copy()
            near[axis] += step
            far[axis] += 2 * step
            if not 0 <= near[axis] < known.shape[axis] or not known[tuple(near)]:
                continue
            if 0 <= far[axis] < known.shape[axis] and known[tuple(far)]:
                yield 2.0 * position[tuple(near)] - position[tuple(far)]
            else:
                yield position[tuple(near)]


def _second_differences(position: Float[Array, "a b l t 3"]) -> Float[Array, "a b l t"]:
    """Twice an eighth of the second difference along each axis of nodes, summed: the reach of curvature.

    Between two nodes a smooth curve leaves the chord by at most an eighth of its second difference; the
    factor two is for what the difference of three nodes does not see. Ends take their neighbour's.
    """
    pad = np.zeros(position.shape[:-1])
    for axis in range(3):
        if position.shape[axis] < 3:
            continue
        bend = np.linalg.norm(np.diff(position, n=2, axis=axis), axis=-1) / 4.0
        first, last = bend.take([0], axis=axis), bend.take([-1], axis=axis)
        pad += np.concatenate([first, bend, last], axis=axis)
    return pad
