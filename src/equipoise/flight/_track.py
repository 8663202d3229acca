# mypy: disable-error-code="no-any-return"
"""A flight's track: its nodes (clock s, Earth-fixed position m and velocity m/s) and the cubic between
them.
"""

from __future__ import annotations

from numba import njit
from numpy import ndarray as Array

from equipoise.flight import earth as ground
from equipoise.flight._batch import Fleet
from equipoise.flight._engine import ASCENT_STEPS, ENTRY_STEPS
from equipoise.flight._memory import KERNEL

_ROUNDS = 40


def node_count(fleet: Fleet, half_steps: int) -> int:
    """Nodes that the longest boost of the fleet needs, with a coast of 2 × ``half_steps`` and the entry."""
    boost = max(sum(p.shape.steps) for p in fleet.plans) + 1
    return boost + ASCENT_STEPS + 2 * half_steps + ENTRY_STEPS + 1


@njit(**KERNEL)
def state_at(nodes: Array, i: int, time: float, state: Array) -> None:
    """Position (m) and velocity (m/s), Earth-fixed, in the interval that begins at node ``i``, into
    ``state``.
    """
    width = nodes[i + 1, 0] - nodes[i, 0]
    if width <= 0.0:
        state[:] = nodes[i, 1:7]
        return
    s = (time - nodes[i, 0]) / width
    h00, h10 = (1.0 + 2.0 * s) * (1.0 - s) ** 2, s * (1.0 - s) ** 2 * width
    h01, h11 = s * s * (3.0 - 2.0 * s), s * s * (s - 1.0) * width
    d00, d10 = 6.0 * s * (s - 1.0) / width, (1.0 - s) * (1.0 - 3.0 * s)
    d11 = s * (3.0 * s - 2.0)
    for q in range(3):
        p0, p1, v0, v1 = nodes[i, 1 + q], nodes[i + 1, 1 + q], nodes[i, 4 + q], nodes[i + 1, 4 + q]
        state[q] = h00 * p0 + h10 * v0 + h01 * p1 + h11 * v1
        state[3 + q] = d00 * (p0 - p1) + d10 * v0 + d11 * v1


@njit(**KERNEL)
def height_at(earth: Array, nodes: Array, i: int, time: float, state: Array) -> float:
    state_at(nodes, i, time, state)
    return ground.altitude(earth, state[0], state[1], state[2])


@njit(**KERNEL)
def when_passed(earth: Array, nodes: Array, kept: int, goal: float, descending: bool, state: Array) -> float:
    """Time (s) when a height is first passed going up, or last passed coming down; negative where it is
    not.
    """
    for step in range(kept - 1):
        i = kept - 2 - step if descending else step
        low = ground.altitude(earth, nodes[i, 1], nodes[i, 2], nodes[i, 3])
        high = ground.altitude(earth, nodes[i + 1, 1], nodes[i + 1, 2], nodes[i + 1, 3])
        if descending:
            low, high = high, low
        if not (low < goal <= high) or nodes[i + 1, 0] <= nodes[i, 0]:
            continue
        begin, end = nodes[i, 0], nodes[i + 1, 0]
        for _ in range(_ROUNDS):
            middle = 0.5 * (begin + end)
            above = height_at(earth, nodes, i, middle, state) >= goal
            if above != descending:
                end = middle
            else:
                begin = middle
        return 0.5 * (begin + end)
    return -1.0
