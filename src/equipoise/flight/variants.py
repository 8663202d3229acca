"""Many variants of one missile in one pass: other payloads, masses, impulses, burn times and pauses.

A list of missiles costs a plan each; here the plans of all variants are worked out as arrays, on the steps of
the most demanding of the given extremes, and they share one drag table. What a variant flies is what
``fly_kicked`` and ``maximum_range`` fly with the same missile, to within the size of a step. A shroud that
falls at a time falls at the same share of its stage's burn in every variant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float, Int
from numpy import ndarray as Array

from equipoise.flight import _plan as p
from equipoise.flight import _rows as r
from equipoise.flight._batch import STANDARD, Conditions, Fleet, _Group, fly_rows
from equipoise.flight._plan import Plan, Shape, plan
from equipoise.flight._results import GEOD
from equipoise.flight.earth import STANDARD_GRAVITY_M_S2
from equipoise.flight.reach import LOFTS_RAD, ROUNDS, SHRINK, closer, fly_lofts
from equipoise.flight.types import Missile

_SEA_LEVEL_PA = 101_325.0
_HALF_WAY_KM = 20_003.93
"""Half the way round the Earth along a meridian, WGS84."""


@dataclass(frozen=True)
class Variants:
    """n variants of ``base``; s is the number of its stages. ``extremes`` fix the steps for all."""

    base: Missile
    payload_kg: Float[Array, " n"]
    propellant_kg: Float[Array, "n s"]
    empty_kg: Float[Array, "n s"]
    isp_s: Float[Array, "n s"]
    burn_s: Float[Array, "n s"]
    coast_s: Float[Array, "n s"]
    """Pause after each stage; of the last one it is ignored, and where the base has none it must be zero."""
    extremes: tuple[Missile, ...] = ()

    def __len__(self) -> int:
        return len(self.payload_kg)

    @property
    def full_burn_s(self) -> Float[Array, " n"]:
        """Burn time of all stages, pauses not counted."""
        return np.asarray(self.burn_s.sum(1))

    def missile(self, row: int) -> Missile:
        """One variant as a missile of its own."""
        stages = tuple(
            replace(
                s,
                propellant_kg=float(self.propellant_kg[row, i]),
                empty_kg=float(self.empty_kg[row, i]),
                isp_s=float(self.isp_s[row, i]),
                burn_s=float(self.burn_s[row, i]),
                coast_s=float(self.coast_s[row, i]),
            )
            for i, s in enumerate(self.base.stages)
        )
        return replace(self.base, payload_kg=float(self.payload_kg[row]), stages=stages)

    def select(self, index: Int[Array, " k"] | Bool[Array, " n"]) -> Variants:
        """The variants that ``index`` names, in its order."""
        names = ("payload_kg", "propellant_kg", "empty_kg", "isp_s", "burn_s", "coast_s")
        return replace(self, **{f: getattr(self, f)[index] for f in names})


@dataclass(frozen=True)
class VariantFlights:
    """Flights of variants, one a lane; a lane that failed has ``ok`` false and zeros."""

    ok: Bool[Array, " n"]
    range_km: Float[Array, " n"]
    apogee_km: Float[Array, " n"]
    time_s: Float[Array, " n"]
    angle_deg: Float[Array, " n"]
    """Flight-path angle at burnout; known for lanes that failed after it, too."""
    burnout_s: Float[Array, " n"]
    speed_km_s: Float[Array, " n"]
    altitude_km: Float[Array, " n"]


def fly_variants(
    variants: Variants,
    which: Int[Array, " n"],
    origin_deg: Float[Array, "n 2"],
    azimuth_deg: Float[Array, " n"],
    kick_rad: Float[Array, " n"],
    programme_end_deg: Float[Array, " n"],
    burn_s: Float[Array, " n"],
    conditions: Conditions = STANDARD,
) -> VariantFlights:
    """Fly each lane's variant (``which``) by its kick and programme's end, as ``fly_kicked`` does.

    ``burn_s`` is the burn time of all stages together; a flight may be asked up to 1.05 of the last stage's
    burn, so that a search for the cut-off has a slope on both sides of it.
    """
    rows = np.zeros((len(which), r.INPUTS))
    rows[:, r.IN_LAT], rows[:, r.IN_LON] = np.radians(origin_deg).T
    rows[:, r.IN_AZIMUTH], rows[:, r.IN_KICK] = np.radians(azimuth_deg), kick_rad
    rows[:, r.IN_LOFT], rows[:, r.IN_BURN] = np.radians(programme_end_deg), burn_s
    rows[:, r.IN_MISSILE] = which
    outs = fly_rows(_fleet(variants), rows, conditions=conditions)[0]
    ok = outs[:, r.STATUS] == r.OK
    far = GEOD.inv(
        origin_deg[:, 1],
        origin_deg[:, 0],
        np.degrees(outs[:, r.IMPACT_LON]),
        np.degrees(outs[:, r.IMPACT_LAT]),
    )[2]

    def shown(column: Array) -> Array:
        return np.where(ok, column, 0.0)

    speed = np.linalg.norm(outs[:, r.BURNOUT_X + 3 : r.BURNOUT_X + 6], axis=1)
    return VariantFlights(
        ok=ok,
        range_km=shown(np.asarray(far) / 1e3),
        apogee_km=shown(outs[:, r.APOGEE_H] / 1e3),
        time_s=shown(outs[:, r.IMPACT_T]),
        angle_deg=np.degrees(outs[:, r.ANGLE]),
        burnout_s=outs[:, r.BURNOUT_T].copy(),
        speed_km_s=speed / 1e3,
        altitude_km=outs[:, r.BURNOUT_H] / 1e3,
    )


def reach_of_variants(
    variants: Variants,
    origin_deg: tuple[float, float],
    azimuth_deg: Float[Array, " k"],
    conditions: Conditions = STANDARD,
) -> Float[Array, "n k"]:
    """Longest range (km) over lofts at full burn of every variant in each direction.

    Zero where no flight came off; half the way round the Earth where a full burn goes that far or stays up.
    """
    n, k, m = len(variants), len(azimuth_deg), len(LOFTS_RAD)
    fleet = _fleet(variants)
    rows = np.zeros((n * k, r.INPUTS))
    rows[:, r.IN_LAT], rows[:, r.IN_LON] = np.radians(origin_deg)
    rows[:, r.IN_AZIMUTH] = np.radians(np.tile(azimuth_deg, n))
    rows[:, r.IN_MISSILE] = np.repeat(np.arange(n), k)
    rows[:, r.IN_BURN] = np.repeat(variants.full_burn_s, k)
    angle, kick, _ = fly_lofts(fleet, np.repeat(rows, m, 0), np.tile(LOFTS_RAD, n * k), None, conditions)
    angle, kick = angle.reshape(n * k, m), kick.reshape(n * k, m)
    lanes, best = np.arange(n * k), np.argmax(angle, 1)
    far = (angle >= np.pi).any(1)
    loft, guess, spread = LOFTS_RAD[best], kick[lanes, best], np.full(n * k, LOFTS_RAD[1] - LOFTS_RAD[0])
    near = np.flatnonzero(~far & (angle[lanes, best] > 0.0))
    for _ in range(ROUNDS):
        loft[near], guess[near] = closer(fleet, rows[near], loft[near], spread[near], guess[near], conditions)
        spread *= SHRINK
    downrange, _, outs = fly_lofts(fleet, rows[near], loft[near], guess[near], conditions)
    start = np.degrees(rows[near][:, [r.IN_LON, r.IN_LAT]])
    end = np.degrees(outs[:, [r.IMPACT_LON, r.IMPACT_LAT]])
    found = np.where(far, _HALF_WAY_KM, 0.0)
    exact = np.asarray(GEOD.inv(start[:, 0], start[:, 1], end[:, 0], end[:, 1])[2]) / 1e3
    exact = np.where(downrange >= np.pi, _HALF_WAY_KM, np.where(downrange > 0.0, exact, 0.0))
    found[near] = np.maximum(exact, 0.0)
    return found.reshape(n, k)


def _fleet(v: Variants) -> Fleet:
    """One group that holds every variant; a lane's missile is its row."""
    base = _demanding(v)
    segments = np.repeat(base.segments[None], len(v), 0)
    ends = np.cumsum(v.burn_s, 1)
    begins = ends - v.burn_s
    flow = v.propellant_kg / v.burn_s
    thrust = v.isp_s * STANDARD_GRAVITY_M_S2 * flow
    for i, stage in enumerate(v.base.stages):
        if stage.isp_at == "sea_level":
            thrust[:, i] += _SEA_LEVEL_PA * (stage.exit_area_m2 or 0.0)
    lift_off = v.payload_kg + (v.propellant_kg + v.empty_kg).sum(1)
    if v.base.shroud is not None and not v.base.shroud.in_launch_mass:
        lift_off = lift_off + v.base.shroud.mass_kg
    net = thrust[:, 0] / lift_off - STANDARD_GRAVITY_M_S2
    quick = np.where(net > 0.0, p.RISE_SPEED_M_S / np.maximum(net, 1e-9), np.inf)
    rise = np.minimum(np.minimum(p.RISE_S, p.RISE_BURN_SHARE * v.burn_s[:, 0]), quick)
    _fill_segments(v, base, segments, begins, flow, thrust, rise)
    constants = np.repeat(base.constants[None], len(v), 0)
    constants[:, p.MIS_MASS], constants[:, p.MIS_DRAG] = lift_off, 0.0
    group = _Group(base.shape, segments, constants, base.drag)
    return Fleet((v.base,), (base,), (group,), np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64))


def _fill_segments(
    v: Variants, base: Plan, segments: Array, begins: Array, flow: Array, thrust: Array, rise: Array
) -> None:
    """Put every variant's own times, flows, thrusts and drops into its segments (in place)."""
    stages = v.base.stages
    lengths = np.array([s.burn_s for s in stages])
    starts = np.cumsum(lengths) - lengths
    last = len(stages) - 1
    rise_base = p.rise_s(v.base)
    for k, kind in enumerate(base.shape.kinds):
        begin, length = base.segments[k, p.SEG_BURN], base.segments[k, p.SEG_LENGTH]
        i = int(np.searchsorted(starts, begin + 1e-9, side="right")) - 1
        if kind == p.COAST:
            segments[:, k, p.SEG_BURN] = begins[:, i]
            segments[:, k, p.SEG_LENGTH] = v.coast_s[:, i - 1]
            continue
        from_share, to_share = (begin - starts[i]) / lengths[i], (begin + length - starts[i]) / lengths[i]
        low, high = begins[:, i] + from_share * v.burn_s[:, i], begins[:, i] + to_share * v.burn_s[:, i]
        if i == 0 and kind == p.RISE:
            low, high = np.zeros(len(v)), rise
        elif i == 0 and abs(begin - rise_base) < 1e-9:
            low = rise
        segments[:, k, p.SEG_BURN], segments[:, k, p.SEG_LENGTH] = low, high - low
        segments[:, k, p.SEG_FLOW], segments[:, k, p.SEG_THRUST] = flow[:, i], thrust[:, i]
        if i < last and abs(to_share - 1.0) < 1e-9 and base.segments[k, p.SEG_ROLE] != p.BEFORE_DROP:
            segments[:, k, p.SEG_DROP] = v.empty_kg[:, i]


def _demanding(v: Variants) -> Plan:
    """The base's plan with as many steps in each segment as the most demanding extreme has."""
    plans = _plans_alike(v.base, v.extremes)
    own = plans[0]
    steps = tuple(max(q.shape.steps[k] for q in plans) for k in range(len(own.shape.steps)))
    growth = tuple(max(q.shape.growth[k] for q in plans) for k in range(len(own.shape.growth)))
    return replace(own, shape=Shape(own.shape.kinds, steps, growth))


def _plans_alike(base: Missile, extremes: Sequence[Missile]) -> list[Plan]:
    own = plan(base)
    others = [plan(m) for m in extremes]
    return [own, *(q for q in others if q.shape.kinds == own.shape.kinds)]
