"""Every operand of a guarantee or of a published claim, with its source, and what could be shown of it.

*Holds* binds only what was declared and inspected. So each operand stands with its value, how well it is
known, and what an inspection, a rehearsal or a record could show of it. Most operands on which verdicts turn
cannot be inspected at all: that is said, and is the reason for the worst case.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from equipoise.defence import operand_vectors, proposed_rule
from equipoise.guarantee.claims.words import published_of, vector_of
from equipoise.scenario import Architecture, Figure, Scenario, Statement


@dataclass(frozen=True)
class Shown:
    """What could be shown of one kind of operand, in words."""

    inspection: str
    rehearsal: str
    record: str


@dataclass(frozen=True)
class OperandLine:
    """One operand. ``of`` is the battery, area or rule that it belongs to; ``value`` None = not published."""

    operand: str
    of: str
    value: str | None
    status: str
    source: str
    shown: Shown


@dataclass(frozen=True)
class InspectionPage:
    """All operands under one guarantee or claim."""

    kind: Literal["guarantee", "claim"]
    id: str
    name: str
    protects: str | None
    lines: tuple[OperandLine, ...]

    @property
    def inspectable(self) -> int:
        """Operands of which an inspection shows something."""
        return sum(not line.shown.inspection.startswith("nothing") for line in self.lines)


@cache
def _shown() -> dict[str, Shown]:
    text = (files("equipoise.guarantee.inspection") / "evidence.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {r["operand"]: Shown(r["inspection"], r["rehearsal"], r["record"]) for r in rows}


def shown_of(operand: str) -> Shown:
    """What could be shown of an operand, by its name; units after a comma do not matter."""
    return _shown().get(operand.split(",")[0], Shown("not described", "not described", "not described"))


def inspect_guarantee(scenario: Scenario, architecture: Architecture, protects: str) -> InspectionPage:
    """The operands under the verdict on an architecture's interceptors against a party's deterrent."""
    lines = (*_batteries(scenario, architecture, protects), *_rule(scenario, architecture, protects))
    every = (*lines, *_deterrent(scenario, protects))
    return InspectionPage("guarantee", architecture.id, architecture.name, protects, every)


def inspect_claim(scenario: Scenario, claim: Statement) -> InspectionPage:
    """The operands that a published claim rests on, None where it published none."""
    found = published_of(claim, vector_of(scenario, claim))
    lines = tuple(
        OperandLine(p.operand, claim.id, p.figure, p.status, p.note or claim.source, _of_claim(p.operand))
        for p in found
    )
    return InspectionPage("claim", claim.id, claim.text, None, lines)


def _of_claim(operand: str) -> Shown:
    """Claims name a time to 100 km where vectors have one to burnout."""
    return shown_of("time to burnout" if operand.startswith("time to") else operand)


_VECTOR = {
    "speed_km_s": ("interceptor speed", "km/s"),
    "burnout_altitude_km": ("altitude of that speed", "km"),
    "time_to_burnout_s": ("time to burnout", "s"),
    "flight_cap_s": ("flight cap", "s"),
    "altitude_min_km": ("altitude window, lowest", "km"),
    "altitude_max_km": ("altitude window, highest", "km"),
}


def _batteries(scenario: Scenario, architecture: Architecture, protects: str) -> Iterator[OperandLine]:
    own = {b.id for b in architecture.batteries if b.party != protects}
    for v in operand_vectors(scenario, architecture):
        if v.battery not in own:
            continue
        known = {name: (status, source) for name, status, source in v.statuses}
        yield OperandLine(
            "interceptor",
            v.battery,
            f"{v.interceptor}, by {v.author}",
            *known["speed_km_s"],
            shown_of("interceptor"),
        )
        for name, (operand, unit) in _VECTOR.items():
            yield _line(operand, v.battery, _number(getattr(v, name), unit), known[name])
        place = "sea area" if v.site in scenario.sea_areas else "site"
        yield _line(place, v.battery, v.site or None, known["place"])
        yield _line("number", v.battery, None if v.number is None else str(v.number), known["number"])


def _rule(scenario: Scenario, architecture: Architecture, protects: str) -> Iterator[OperandLine]:
    rule = proposed_rule(scenario, architecture)
    yield _line("command mode", rule.id, rule.name, (rule.decision_s.status, rule.note or "the scenario"))
    yield _figure("commit", f"{rule.id}: decision time after the track", rule.decision_s)
    yield _figure("commit", "worst case: floor after first light", scenario.rules.first_light_floor_s)
    yield _figure("commit", "after burnout: time to a track", scenario.rules.radar_track_s)
    yield _line("track quality", rule.id, rule.confidence, ("assumed", "the scenario's rule"))
    for name in architecture.sensors:
        sensor = scenario.sensors[name]
        if sensor.party != protects:
            yield _line(
                "sensors", name, _number(sensor.range_km.middle, "km"), (sensor.status, sensor.source)
            )
    yield _line("meeting before burnout", "worst case", "counts", ("assumed", "no owner has bound itself"))
    yield _line(
        "which interceptors count", architecture.id, "its own", (architecture.status, architecture.source)
    )


def _deterrent(scenario: Scenario, protects: str) -> Iterator[OperandLine]:
    for area in scenario.deterrent_areas:
        if area.party == protects:
            where = "a point" if area.area.kind == "point" else "a box, filled"
            yield _line("launch area", area.id, f"{area.name}, {where}", (area.status, area.source))
    areas = [a for a in scenario.deterrent_areas if a.party == protects]
    for name in dict.fromkeys(m for a in areas for m in a.missiles):
        model = scenario.missile_models[name]
        yield _line("boost profile", name, f"model by {model.model_by}", (model.status, model.source))
    for name, offset in scenario.rules.loft_offsets_deg:
        yield _line("loft", name, f"{offset:+g} degrees from minimum energy", ("assumed", "the scenario"))


def _line(operand: str, of: str, value: str | None, known: tuple[str, str]) -> OperandLine:
    return OperandLine(operand, of, value, *known, shown_of(operand))


def _figure(operand: str, of: str, figure: Figure) -> OperandLine:
    ends = figure.bounds
    value = None if ends is None else " to ".join(dict.fromkeys(f"{e:g}" for e in ends)) + f" {figure.unit}"
    return _line(operand, of, value, (figure.status, figure.source))


def _number(value: float | None, unit: str) -> str | None:
    return None if value is None or not math.isfinite(value) else f"{value:g} {unit}"
