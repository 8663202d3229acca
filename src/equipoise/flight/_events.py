"""What happens when in one flight: the boost's timeline, and the events of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.flight import _plan as p
from equipoise.flight import _rows as r
from equipoise.flight._batch import Conditions, Fleet, fly_rows
from equipoise.flight._boost import dropped_kg, segment_length
from equipoise.flight._in_time import NEVER
from equipoise.flight._track import height_at, node_count, when_passed
from equipoise.flight.earth import WGS84_ARRAY
from equipoise.flight.types import Event

ENTRY_M = 100_000.0
_HALF_STEPS = 14


@dataclass(frozen=True)
class Stretch:
    """A stretch of boost: its phase, times (s), mass where it begins (kg) and mass flow (kg/s)."""

    phase: str
    begin_s: float
    end_s: float
    mass_kg: float
    flow_kg_s: float
    drops_shroud: bool


def timeline(fleet: Fleet, missile: int, burn_s: float, drop_s: float) -> list[Stretch]:
    """The boost of one flight; ``drop_s`` is when an altitude drops the shroud (0 where none does)."""
    plan = fleet.plans[missile]
    mass, clock, spent = float(plan.constants[p.MIS_MASS]), 0.0, 0.0
    drop = drop_s or NEVER
    stage, found = 1, []
    full = np.cumsum([s.burn_s for s in fleet.missiles[missile].stages])
    shroud = fleet.missiles[missile].shroud
    for kind, segment in zip(plan.shape.kinds, plan.segments, strict=True):
        length = float(segment_length(segment, kind, burn_s, clock, spent, drop))
        stage = int(np.searchsorted(full, segment[p.SEG_BURN] + 1e-6)) + 1
        phase = {p.RISE: "rise", p.COAST: "pause"}.get(kind, f"stage-{stage}")
        left = float(dropped_kg(segment, burn_s, length, clock + length, drop, plan.constants[p.MIS_SHROUD]))
        at_time = (
            shroud is not None and shroud.drop_s is not None and abs(clock + length - shroud.drop_s) < 1e-6
        )
        at_height = left > 0.0 and segment[p.SEG_ROLE] == p.BEFORE_DROP
        if length > 0.0:
            flow = float(segment[p.SEG_FLOW])
            found.append(Stretch(phase, clock, clock + length, mass, flow, at_time or at_height))
        mass -= float(segment[p.SEG_FLOW]) * length + left
        clock += length
        spent = length if segment[p.SEG_ROLE] == p.BEFORE_DROP else 0.0
    return found


def flight_events(
    fleet: Fleet, flights: Float[Array, "1 inputs"], outs: Float[Array, "1 outputs"]
) -> tuple[Event, ...]:
    """Lift-off, stages, shroud, burnout, apogee, entry at 100 km and impact, in order of time."""
    count = node_count(fleet, _HALF_STEPS)
    _, nodes, kept = fly_rows(fleet, flights, conditions=Conditions(half_steps=_HALF_STEPS), node_count=count)
    track, last = nodes[0], int(kept[0])
    scratch = np.empty(6)

    def height_km(time: float) -> float:
        i = int(np.clip(np.searchsorted(track[:last, 0], time, side="right") - 1, 0, last - 2))
        return float(height_at(WGS84_ARRAY, track, i, time, scratch)) / 1e3

    burn, drop = float(flights[0, r.IN_BURN]), float(outs[0, r.DROP_T])
    stretches = timeline(fleet, int(flights[0, r.IN_MISSILE]), burn, drop)
    burnout_s, end = float(outs[0, r.BURNOUT_T]), float(outs[0, r.IMPACT_T])
    events = [Event("lift-off", 0.0, 0.0)]
    for now, after in pairwise(stretches):
        if now.drops_shroud:
            events.append(Event("shroud-drop", now.end_s, height_km(now.end_s)))
        if after.phase != now.phase and now.phase.startswith("stage"):
            events.append(Event(f"{now.phase}-burnout", now.end_s, height_km(now.end_s)))
        if after.phase != now.phase and after.phase.startswith("stage") and now.phase != "rise":
            events.append(Event(f"{after.phase}-ignition", now.end_s, height_km(now.end_s)))
    events.append(Event("burnout", burnout_s, float(outs[0, r.BURNOUT_H]) / 1e3))
    events.append(Event("apogee", _apogee_s(track[:last]), float(outs[0, r.APOGEE_H]) / 1e3))
    entry = float(when_passed(WGS84_ARRAY, track, last, ENTRY_M, True, scratch))
    if entry >= 0.0:
        events.append(Event("entry", entry, ENTRY_M / 1e3))
    events.append(Event("impact", end, 0.0))
    return tuple(sorted(events, key=lambda e: e.time_s))


def _apogee_s(track: Float[Array, "k 7"]) -> float:
    """When the radius is greatest: the root of the radial speed, linear between the nodes about it."""
    climb = (track[:, 1:4] * track[:, 4:7]).sum(1)
    falling = np.flatnonzero((climb[1:] <= 0.0) & (climb[:-1] > 0.0))
    if not len(falling):
        return float(track[int(np.argmax(np.linalg.norm(track[:, 1:4], axis=1))), 0])
    i = int(falling[-1])
    share = climb[i] / (climb[i] - climb[i + 1])
    return float(track[i, 0] + share * (track[i + 1, 0] - track[i, 0]))
