"""The second vector: 1 where the protected missiles can be, rasterised outward from families of flights.

Each piece of a family (between neighbouring nodes, over one step of time, cut until its edges are short) lies
in the box about its corners; every cell that the box with its pad touches is 1 in the bin of that step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from jaxtyping import Bool
from numba import njit
from numpy import ndarray as Array

from equipoise.guarantee.private.outward.flyers import PARTS, Family, Unflown, families
from equipoise.guarantee.private.outward.statement import Domain, OutsideDomain
from equipoise.scenario import Flyer

PIECE_M, WIDE_PIECE_M = 15e3, 40e3
"""Edges of a piece are cut to the first, or to the second where the launch area is a box."""
BETWEEN_S = 5.0
"""By how much a flight between nodes may burn out sooner than any of them, or land later."""
_KERNEL: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy"}


@dataclass(frozen=True)
class FlightVector:
    """The entries at which missiles can be, and what was asked for and does not fly."""

    value: Bool[Array, " n"]
    families: int
    unflown: tuple[Unflown, ...]


def flight_vector(domain: Domain, flyers: Sequence[Flyer], slack_m: float = 0.0) -> FlightVector:
    """The vector of every flyer's families. Raises OutsideDomain where a flight outlasts the statement.

    ``slack_m`` is added to every pad, for an inspection that must allow for rounding.
    """
    value = np.zeros(len(domain), dtype=np.bool_)
    unflown, count = [], 0
    low, table = domain.lattice
    for family in families(domain.statement, flyers):
        if isinstance(family, Unflown):
            unflown.append(family)
            continue
        count += 1
        if float(family.impact_s.max()) > domain.statement.end_s:
            raise OutsideDomain("flights: one of them lasts longer than the statement's end")
        _mark_family(domain, replace(family, pad_m=family.pad_m + slack_m), value, low, table)
    return FlightVector(value, count, tuple(unflown))


def _mark_family(domain: Domain, family: Family, value: Array, low: Array, table: Array) -> None:
    statement = domain.statement
    start = 0.0 if statement.meetings_before_burnout else family.burnout_s - BETWEEN_S
    step_s = statement.bin_s / PARTS
    piece = PIECE_M if family.position_m.shape[:2] == (1, 1) else WIDE_PIECE_M
    numbers = np.array([float(statement.cell_m), step_s, start, piece, BETWEEN_S])
    _mark(
        np.ascontiguousarray(family.position_m),
        np.ascontiguousarray(family.pad_m),
        np.ascontiguousarray(family.impact_s),
        numbers,
        PARTS,
        low,
        table,
        domain.first_bin,
        domain.offset,
        value,
    )


@njit(**_KERNEL)
def _mark(position, pad, impact, numbers, parts, low, table, first, offset, value):  # type: ignore[no-untyped-def]
    """Every piece of every block of neighbouring nodes, over every step of time from the start on."""
    rows, columns, lofts, times = pad.shape
    corner = np.empty((2, 2, 2, 2, 3))
    cut = np.empty(3, dtype=np.int64)
    for i in range(max(rows - 1, 1)):
        for j in range(max(columns - 1, 1)):
            for k in range(max(lofts - 1, 1)):
                late = _corners_most(impact, i, j, k) + numbers[4]
                for s in range(times - 1):
                    if (s + 1) * numbers[1] < numbers[2] or s * numbers[1] > late:
                        continue
                    wide = _gather(position, pad, i, j, k, s, corner)
                    if not _touches(corner, wide, numbers[0], low, table):
                        continue
                    for axis in range(3):
                        cut[axis] = max(1, int(np.ceil(_edge(corner, axis) / numbers[3])))
                    _pieces(corner, cut, wide, s // parts, numbers[0], low, table, first, offset, value)


@njit(**_KERNEL)
def _corners_most(values, i, j, k):  # type: ignore[no-untyped-def]
    """The greatest of a block's corners."""
    most = values[i, j, k]
    for p in range(i, min(i + 2, values.shape[0])):
        for q in range(j, min(j + 2, values.shape[1])):
            for r in range(k, min(k + 2, values.shape[2])):
                most = max(most, values[p, q, r])
    return most


@njit(**_KERNEL)
def _gather(position, pad, i, j, k, s, corner):  # type: ignore[no-untyped-def]
    """A block's corners at both ends of a step into ``corner``, and the greatest pad of them."""
    wide = 0.0
    for p in range(2):
        ip = min(i + p, position.shape[0] - 1)
        for q in range(2):
            jq = min(j + q, position.shape[1] - 1)
            for r in range(2):
                kr = min(k + r, position.shape[2] - 1)
                for u in range(2):
                    wide = max(wide, pad[ip, jq, kr, s + u])
                    for x in range(3):
                        corner[p, q, r, u, x] = position[ip, jq, kr, s + u, x]
    return wide


@njit(**_KERNEL)
def _touches(corner, wide, edge_m, low, table):  # type: ignore[no-untyped-def]
    """Whether the box about a block comes near the domain at all."""
    for x in range(3):
        least, most = corner[..., x].min() - wide, corner[..., x].max() + wide
        if np.floor(most / edge_m) < low[x] or np.floor(least / edge_m) >= low[x] + table.shape[x]:
            return False
    return True


@njit(**_KERNEL)
def _edge(corner, axis):  # type: ignore[no-untyped-def]
    """Longest edge of a block along one axis of nodes, m."""
    longest = 0.0
    for p in range(2):
        for q in range(2):
            for u in range(2):
                total = 0.0
                for x in range(3):
                    if axis == 0:
                        d = corner[1, p, q, u, x] - corner[0, p, q, u, x]
                    elif axis == 1:
                        d = corner[p, 1, q, u, x] - corner[p, 0, q, u, x]
                    else:
                        d = corner[p, q, 1, u, x] - corner[p, q, 0, u, x]
                    total += d * d
                longest = max(longest, np.sqrt(total))
    return longest


@njit(**_KERNEL)
def _pieces(corner, cut, wide, bin, edge_m, low, table, first, offset, value):  # type: ignore[no-untyped-def]
    """Cut a block into pieces and mark the box about each: interpolation stays in its corners' hull."""
    least, most, point = np.empty(3), np.empty(3), np.empty(3)
    for p in range(cut[0]):
        for q in range(cut[1]):
            for r in range(cut[2]):
                least[:], most[:] = np.inf, -np.inf
                for number in range(16):
                    f = (p + (number & 1)) / cut[0]
                    g = (q + (number >> 1 & 1)) / cut[1]
                    h = (r + (number >> 2 & 1)) / cut[2]
                    _between(corner, f, g, h, number >> 3, point)
                    for x in range(3):
                        least[x], most[x] = min(least[x], point[x]), max(most[x], point[x])
                _mark_box(least, most, wide, bin, edge_m, low, table, first, offset, value)


@njit(**_KERNEL)
def _between(corner, f, g, h, u, point):  # type: ignore[no-untyped-def]
    """Straight interpolation between a block's corners at one end of the step."""
    for x in range(3):
        near = (1.0 - g) * corner[0, 0, 0, u, x] + g * corner[0, 1, 0, u, x]
        far = (1.0 - g) * corner[1, 0, 0, u, x] + g * corner[1, 1, 0, u, x]
        flat = (1.0 - f) * near + f * far
        near = (1.0 - g) * corner[0, 0, 1, u, x] + g * corner[0, 1, 1, u, x]
        far = (1.0 - g) * corner[1, 0, 1, u, x] + g * corner[1, 1, 1, u, x]
        point[x] = (1.0 - h) * flat + h * ((1.0 - f) * near + f * far)


@njit(**_KERNEL)
def _mark_box(least, most, wide, bin, edge_m, low, table, first, offset, value):  # type: ignore[no-untyped-def]
    """Set the bin in every cell of the domain that the box with its pad touches."""
    begin, end = np.empty(3, dtype=np.int64), np.empty(3, dtype=np.int64)
    for x in range(3):
        begin[x] = max(int(np.floor((least[x] - wide) / edge_m)) - low[x], 0)
        end[x] = min(int(np.floor((most[x] + wide) / edge_m)) - low[x] + 1, table.shape[x])
    for x in range(begin[0], end[0]):
        for y in range(begin[1], end[1]):
            for z in range(begin[2], end[2]):
                cell = table[x, y, z]
                if cell >= 0 and bin >= first[cell]:
                    value[offset[cell] + bin - first[cell]] = True
