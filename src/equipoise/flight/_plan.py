"""A missile as the kernels fly it: numbers for the whole flight, and its boost cut into segments.

A segment is a stretch of boost with one engine, one mass flow and one way of steering; no step of the
integrator crosses a segment's end, where stages, shroud and steering change. Missiles whose segments take
the same steps have the same ``Shape`` and march in the same chunk.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int
from numba import njit
from numpy import ndarray as Array

from equipoise.flight._forces import DRAG_ROWS
from equipoise.flight._memory import KERNEL, packed
from equipoise.flight.earth import STANDARD_GRAVITY_M_S2
from equipoise.flight.types import DragTable, Missile, Stage

RISE, TURN, PROGRAMME, COAST = range(4)
"""Ways of steering: straight up; along the velocity; the pitch programme; none, engine off."""

SEG_BURN, SEG_LENGTH, SEG_FLOW, SEG_THRUST, SEG_EXIT, SEG_AREA, SEG_DROP, SEG_ROLE = range(8)
"""Columns of a segment: burn time flown before it (s), its length (s), mass flow (kg/s), vacuum thrust (N),
exit area (m²), half the reference area (m²), mass dropped at its end (kg), and which part it is where a
shroud's altitude splits it.
"""
WHOLE, BEFORE_DROP, AFTER_DROP = 0.0, 1.0, 2.0

MIS_MASS, MIS_DRAG, MIS_PER_MACH, MIS_BETA, MIS_SHROUD, MIS_DROP_M = range(6)
"""Columns of a missile: mass at lift-off (kg), where its drag table starts, entries per unit of Mach,
ballistic coefficient (kg/m²), shroud (kg) and the altitude that drops it (m; 0 for none).
"""

RISE_S, RISE_BURN_SHARE, RISE_SPEED_M_S = 8.0, 0.125, 100.0
"""Vertical rise: 8 s, but at most an eighth of the first burn, and at most the time to reach 100 m/s at the
net acceleration of ignition.
"""

FIRST_STEPS = ((32, 8.0), (48, 16.0), (64, 16.0), (96, 16.0))
FIRST_TURN, FIRST_MEAN_S, FIRST_GAIN_M_S = 0.12, 3.0, 265.0
"""Steps of the first stage and how much longer its last is than its first: the first row whose mean step is
at most so long, whose first step times g over the speed of the kick (how far gravity turns the path) is
at most so much, and whose steps, each at most so many m/s, make up the ideal speed of the whole missile
(range hangs on it steeply).
"""
UPPER_STEPS, UPPER_GAIN_M_S, COAST_STEP_S = (8, 6), 500.0, 10.0
"""Least steps of the second and of later stages; most speed that a stage's mean step may add; longest step
of a pause between stages.
"""
NEAR_ORBIT_M_S, NEAR_ORBIT_FIRST_M_S, NEAR_ORBIT_UPPER_M_S = 9_200.0, 160.0, 375.0
"""Ideal speed (no gravity, no air) from which a missile nearly reaches orbit, so that its range hangs on
speed more steeply still; and what then stands for FIRST_GAIN_M_S and UPPER_GAIN_M_S.
"""

OVERBURN = 1.05
"""A last stage may be flown this much beyond its burn: only so that a search for the cut-off has a slope on
both sides of the full burn. No answer keeps such a burn.
"""


@dataclass(frozen=True)
class Shape:
    """The steps of a boost: per segment the way of steering, the number of steps and their growth."""

    kinds: tuple[int, ...]
    steps: tuple[int, ...]
    growth: tuple[float, ...]

    def arrays(self) -> tuple[Int[Array, " s"], Int[Array, " s"], Float[Array, " s"]]:
        """As the kernels take them."""
        return np.array(self.kinds), np.array(self.steps), np.array(self.growth)


@dataclass(frozen=True)
class Plan:
    """One missile's numbers for the kernels."""

    shape: Shape
    segments: Float[Array, "s 8"]
    constants: Float[Array, " 6"]
    drag: Float[Array, " 1024"]
    burn_s: float
    """Burn time of all stages, coasts not counted."""
    last_start_s: float
    """Burn time before the last stage."""


def vacuum_thrust_n(stage: Stage) -> float:
    """Vacuum thrust; an Isp at sea level gains the pressure term, one that is unstated is taken as vacuum."""
    thrust = stage.isp_s * STANDARD_GRAVITY_M_S2 * stage.propellant_kg / stage.burn_s
    if stage.isp_at == "sea_level":
        thrust += 101_325.0 * (stage.exit_area_m2 or 0.0)
    return thrust


def rise_s(missile: Missile) -> float:
    """Length of the vertical rise by the rule above."""
    first = missile.stages[0]
    net = vacuum_thrust_n(first) / _lift_off_kg(missile) - STANDARD_GRAVITY_M_S2
    quick = RISE_SPEED_M_S / net if net > 0.0 else math.inf
    return min(RISE_S, RISE_BURN_SHARE * first.burn_s, quick)


@njit(**KERNEL)
def first_share(steps: int, growth: float) -> float:
    """Share of a segment that its first step takes, where the last of ``steps`` is ``growth`` times as
    long.
    """
    ratio = growth ** (1.0 / max(steps - 1, 1))
    total, step = 0.0, 1.0
    for _ in range(steps):
        total += step
        step *= ratio
    return 1.0 / total


def _first_steps(missile: Missile, length_s: float) -> tuple[int, float]:
    """Steps and growth of the first stage by the rule above."""
    net = vacuum_thrust_n(missile.stages[0]) / _lift_off_kg(missile) - STANDARD_GRAVITY_M_S2
    speed = max(net * rise_s(missile), 1.0)
    gain = _whole_gain_m_s(missile)
    most = NEAR_ORBIT_FIRST_M_S if gain >= NEAR_ORBIT_M_S else FIRST_GAIN_M_S
    for steps, growth in FIRST_STEPS:
        turn = first_share(steps, growth) * length_s * STANDARD_GRAVITY_M_S2 / speed
        if turn <= FIRST_TURN and length_s / steps <= FIRST_MEAN_S and gain / steps <= most:
            return steps, growth
    return FIRST_STEPS[-1]


def _ideal_gain_m_s(missile: Missile, i: int) -> float:
    """Ideal gain of speed of one stage with all that stands above it (Tsiolkovsky)."""
    stage = missile.stages[i]
    above = missile.payload_kg + sum(s.propellant_kg + s.empty_kg for s in missile.stages[i + 1 :])
    ratio = 1.0 + stage.propellant_kg / (above + stage.empty_kg)
    return stage.isp_s * STANDARD_GRAVITY_M_S2 * math.log(ratio)


def _whole_gain_m_s(missile: Missile) -> float:
    """Ideal speed of the whole missile."""
    return sum(_ideal_gain_m_s(missile, i) for i in range(len(missile.stages)))


def _upper_steps(missile: Missile, i: int) -> int:
    """Steps of an upper stage by the rule above."""
    most = NEAR_ORBIT_UPPER_M_S if _whole_gain_m_s(missile) >= NEAR_ORBIT_M_S else UPPER_GAIN_M_S
    return max(UPPER_STEPS[min(i, 2) - 1], math.ceil(_ideal_gain_m_s(missile, i) / most))


def _lift_off_kg(missile: Missile) -> float:
    mass = missile.payload_kg + sum(s.propellant_kg + s.empty_kg for s in missile.stages)
    if missile.shroud is not None and not missile.shroud.in_launch_mass:
        mass += missile.shroud.mass_kg
    return mass


def _drag_row(table: DragTable) -> tuple[Float[Array, " 1024"], float]:
    """The table on a uniform Mach grid and its entries per unit of Mach.

    Spacing 0.01, so that a knot given to two decimals falls on a node; wider only for tables beyond Mach 10.
    """
    spacing = max(0.01, table.mach[-1] / (DRAG_ROWS - 2))
    return packed(np.interp(np.arange(DRAG_ROWS) * spacing, table.mach, table.cd)), 1.0 / spacing


@dataclass(frozen=True)
class _Segment:
    kind: int
    steps: int
    growth: float
    row: tuple[float, ...]
    start_s: float


def _stage_segments(missile: Missile) -> list[_Segment]:
    """Rise, first stage, pauses and upper stages, before any shroud is considered."""
    found: list[_Segment] = []
    burn, time = 0.0, 0.0
    last = len(missile.stages) - 1
    for i, stage in enumerate(missile.stages):
        flow = stage.propellant_kg / stage.burn_s
        half_area = math.pi / 8.0 * stage.diameter_m**2
        engine = (flow, vacuum_thrust_n(stage), stage.exit_area_m2 or 0.0, half_area)
        begin = 0.0
        if i == 0:
            begin = rise_s(missile)
            found.append(_Segment(RISE, 1, 1.0, (burn, begin, *engine, 0.0, WHOLE), 0.0))
        kind = TURN if i == 0 else PROGRAMME
        length = stage.burn_s * (OVERBURN if i == last else 1.0) - begin
        steps, growth = _first_steps(missile, length) if i == 0 else (_upper_steps(missile, i), 1.0)
        drop = stage.empty_kg if i < last else 0.0
        row = (burn + begin, length, *engine, drop, WHOLE)
        found.append(_Segment(kind, steps, growth, row, time + begin))
        burn, time = burn + stage.burn_s, time + stage.burn_s
        if stage.coast_s > 0.0 and i < last:
            area = math.pi / 8.0 * missile.stages[i + 1].diameter_m ** 2
            pause = (burn, stage.coast_s, 0.0, 0.0, 0.0, area, 0.0, WHOLE)
            found.append(_Segment(COAST, math.ceil(stage.coast_s / COAST_STEP_S), 1.0, pause, time))
            time += stage.coast_s
    return found


def _split_by_time(segment: _Segment, drop_s: float, shroud_kg: float) -> list[_Segment]:
    """Cut the segment in which the shroud is dropped, so that the drop lies on a step's edge."""
    burn, length, *rest, drop, role = segment.row
    before = drop_s - segment.start_s
    if not 0.0 < before <= length:
        return [segment]
    flown = 0.0 if segment.kind == COAST else before
    share = before / length
    first = max(3, math.ceil(segment.steps * math.sqrt(share)))
    head = _Segment(
        segment.kind, first, segment.growth, (burn, before, *rest, shroud_kg, role), segment.start_s
    )
    second = max(3, math.ceil(segment.steps * (1.0 - share)))
    row = (burn + flown, length - before, *rest, drop, role)
    return [head, _Segment(segment.kind, second, 1.0, row, drop_s)]


def _split_by_altitude(segment: _Segment) -> list[_Segment]:
    """Give each powered segment two parts, before and after the drop, whose lengths each flight finds."""
    if segment.kind not in (TURN, PROGRAMME):
        return [segment]
    *rest, drop, _ = segment.row
    before = _Segment(segment.kind, segment.steps, segment.growth, (*rest, 0.0, BEFORE_DROP), segment.start_s)
    after = _Segment(segment.kind, segment.steps, 1.0, (*rest, drop, AFTER_DROP), segment.start_s)
    return [before, after]


def plan(missile: Missile) -> Plan:
    """The segments, constants and drag table of a missile."""
    segments = _stage_segments(missile)
    shroud = missile.shroud
    shroud_kg, drop_m = 0.0, 0.0
    if shroud is not None:
        shroud_kg = shroud.mass_kg
        if shroud.drop_s is not None:
            segments = [p for s in segments for p in _split_by_time(s, shroud.drop_s, shroud_kg)]
        elif shroud.drop_km is not None:
            drop_m = shroud.drop_km * 1e3
            segments = [p for s in segments for p in _split_by_altitude(s)]
    drag, per_mach = _drag_row(missile.drag)
    burn = float(sum(s.burn_s for s in missile.stages))
    return Plan(
        shape=Shape(
            tuple(s.kind for s in segments),
            tuple(s.steps for s in segments),
            tuple(s.growth for s in segments),
        ),
        segments=np.array([s.row for s in segments]),
        constants=np.array(
            [_lift_off_kg(missile), 0.0, per_mach, missile.ballistic_coefficient_kg_m2, shroud_kg, drop_m]
        ),
        drag=drag,
        burn_s=burn,
        last_start_s=burn - missile.stages[-1].burn_s,
    )
