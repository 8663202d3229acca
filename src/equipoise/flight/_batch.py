# mypy: disable-error-code="no-any-return"
"""Many flights of many missiles: sorted by shape, cut into chunks, flown on threads.

A lane's result depends on nothing but its own input: not on its chunk, its neighbours or the number of
threads.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from jaxtyping import Float, Int
from numpy import ndarray as Array

from equipoise.flight import _rows as r
from equipoise.flight._engine import WHOLE_FLIGHT, fly_chunk
from equipoise.flight._memory import LANES
from equipoise.flight._plan import MIS_DRAG, Plan, Shape, plan
from equipoise.flight.air import air_table
from equipoise.flight.earth import WGS84, Earth
from equipoise.flight.types import Missile

HALF_STEPS = 3
"""Encke steps each half of a coast takes."""


@dataclass(frozen=True)
class Conditions:
    """What holds for every lane of a call: the Earth, how many threads, how many Encke steps a half."""

    earth: Earth = WGS84
    threads: int | None = None
    half_steps: int = HALF_STEPS

    def worker_count(self) -> int:
        """Threads to use: as asked, else one a core."""
        return self.threads or os.cpu_count() or 1


STANDARD = Conditions()


@lru_cache(maxsize=1)
def standard_air() -> Float[Array, " rows"]:
    """The table of the air, made once a process; nothing writes to it."""
    return air_table()


@dataclass(frozen=True)
class _Group:
    """The missiles of one shape, their tables stacked."""

    shape: Shape
    segments: Float[Array, "m s 8"]
    constants: Float[Array, "m 6"]
    drag: Float[Array, " entries"]


@dataclass(frozen=True)
class Fleet:
    """Missiles ready to fly. A lane names its missile by its place in ``missiles``."""

    missiles: tuple[Missile, ...]
    plans: tuple[Plan, ...]
    groups: tuple[_Group, ...]
    group_of: Int[Array, " m"]
    place_in_group: Int[Array, " m"]

    def burn_s(self, which: Int[Array, " n"]) -> Float[Array, " n"]:
        """Full burn time (s) of each lane's missile."""
        return np.array([p.burn_s for p in self.plans], dtype=np.float64)[which]


def fleet_of(missiles: Sequence[Missile], lanes: int) -> tuple[Fleet, Int[Array, " n"]]:
    """The distinct missiles of a call, and each lane's place among them.

    ``missiles`` holds one missile for all lanes or one a lane; anything else is a ValueError.
    """
    if len(missiles) not in (1, lanes):
        raise ValueError(f"{len(missiles)} missiles for {lanes} flights: give one, or one for each flight")
    places: dict[int, int] = {}
    known: dict[Missile, int] = {}
    for missile in missiles:
        if id(missile) not in places:
            places[id(missile)] = known.setdefault(missile, len(known))
    which = np.array([places[id(m)] for m in missiles], dtype=np.int64)
    if len(missiles) == 1:
        which = np.zeros(lanes, dtype=np.int64)
    return _fleet(tuple(known)), which


@lru_cache(maxsize=64)
def _fleet(missiles: tuple[Missile, ...]) -> Fleet:
    plans = tuple(plan(m) for m in missiles)
    shapes: dict[Shape, list[int]] = {}
    for i, p in enumerate(plans):
        shapes.setdefault(p.shape, []).append(i)
    groups: list[_Group] = []
    group_of = np.empty(len(missiles), dtype=np.int64)
    place = np.empty(len(missiles), dtype=np.int64)
    for g, (shape, members) in enumerate(shapes.items()):
        constants = np.array([plans[i].constants for i in members])
        constants[:, MIS_DRAG] = np.arange(len(members)) * len(plans[0].drag)
        segments = np.array([plans[i].segments for i in members])
        groups.append(_Group(shape, segments, constants, np.concatenate([plans[i].drag for i in members])))
        group_of[members], place[members] = g, np.arange(len(members))
    return Fleet(missiles, plans, tuple(groups), group_of, place)


def pieces(count: int, workers: int) -> list[slice]:
    """Slices of whole chunks, a few for each worker."""
    chunks = -(-count // LANES)
    each = max(1, -(-chunks // (workers * 4))) * LANES
    return [slice(i, min(i + each, count)) for i in range(0, count, each)]


Flown = tuple[Float[Array, "n outputs"], Float[Array, "n k 7"], Int[Array, " n"]]


def fly_rows(
    fleet: Fleet,
    flights: Float[Array, "n inputs"],
    mode: int = WHOLE_FLIGHT,
    conditions: Conditions = STANDARD,
    node_count: int = 0,
) -> Flown:
    """Fly lanes given as rows of ``_rows.IN_…`` columns (IN_MISSILE: place in the fleet).

    Returns the rows of ``_rows`` output columns, the tracks' nodes (clock s, Earth-fixed position m and
    velocity m/s; empty unless ``node_count`` asks for them) and how many nodes each lane has.
    """
    if len(fleet.missiles) == 1:
        return _fly_group(fleet.groups[0], np.ascontiguousarray(flights), mode, conditions, node_count)
    n = len(flights)
    which = flights[:, r.IN_MISSILE].astype(np.int64)
    outs, nodes = np.zeros((n, r.OUTPUTS)), np.zeros((n, node_count, 7))
    kept = np.zeros(n, dtype=np.int64)
    for g, group in enumerate(fleet.groups):
        lanes = np.flatnonzero(fleet.group_of[which] == g)
        if not len(lanes):
            continue
        rows = np.ascontiguousarray(flights[lanes])
        rows[:, r.IN_MISSILE] = fleet.place_in_group[which[lanes]]
        outs[lanes], nodes[lanes], kept[lanes] = _fly_group(group, rows, mode, conditions, node_count)
    return outs, nodes, kept


def _fly_group(
    group: _Group, rows: Float[Array, "n inputs"], mode: int, conditions: Conditions, node_count: int
) -> Flown:
    """Fly lanes of one shape, whose IN_MISSILE is the place in the group."""
    n = len(rows)
    outs, nodes = np.empty((n, r.OUTPUTS)), np.zeros((n, node_count, 7))
    kept = np.zeros(n, dtype=np.int64)
    earth, air = conditions.earth.array(), standard_air()
    tables = (group.segments, group.constants, *group.shape.arrays(), earth, air, group.drag)

    def fly_piece(piece: slice) -> None:
        fly_chunk(rows[piece], outs[piece], tables, mode, conditions.half_steps, nodes[piece], kept[piece])

    run_pieces(fly_piece, pieces(n, conditions.worker_count()), conditions.worker_count())
    return outs, nodes, kept


def run_pieces(work: Callable[[slice], None], pieces: list[slice], workers: int) -> None:
    """Run a function of a slice over all slices, on threads where there is more than one of each.

    The function may not call this again: the threads are shared, and would wait for themselves.
    """
    if len(pieces) == 1 or workers == 1:
        for piece in pieces:
            work(piece)
        return
    pool = _threads(workers)
    for done in [pool.submit(work, piece) for piece in pieces]:
        done.result()


@cache
def _threads(workers: int) -> ThreadPoolExecutor:
    """The threads that share the pieces; kept, since one aim asks some ten times and to start them costs more
    than a small piece does.
    """
    return ThreadPoolExecutor(workers)
