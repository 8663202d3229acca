"""Missile models ready to fly, from entries in missiles.yaml's form."""

from __future__ import annotations

import math
from collections.abc import Mapping

from equipoise.flight import DragTable, Missile, Shroud, Stage
from equipoise.scenario.builders.defaults import defaults
from equipoise.scenario.edges.base import Value
from equipoise.scenario.edges.missiles import STANDARD_GRAVITY_M_S2, DragTableEdge, MissileEdge, PublishedEdge
from equipoise.scenario.types import MissileModel
from equipoise.scenario.values import Figure, Status, weakest

_UNITS = ("km_s", "lb_ft2", "deg_s", "km", "kg", "deg", "kn", "m", "s", "mach")


def build_drag_table(edge: DragTableEdge) -> DragTable:
    """The table as the engine reads it."""
    return DragTable(edge.id, tuple(edge.mach), tuple(edge.cd))


def build_missile(edge: MissileEdge, tables: Mapping[str, DragTable]) -> MissileModel:
    """The model, its defaults named. KeyError where its drag table is not in ``tables``."""
    assumed: list[str] = []
    table = _drag_table_name(edge, assumed)
    coefficient, coefficient_status = _coefficient(edge, assumed)
    stages = tuple(
        Stage(
            propellant_kg=s.propellant_kg,
            empty_kg=s.empty_kg,
            isp_s=s.isp_s,
            isp_at=s.isp_at,
            burn_s=s.burn_s,
            diameter_m=s.diameter_m,
            exit_area_m2=s.exit_area_m2,
            coast_s=s.coast_s or 0.0,
        )
        for s in edge.stages
    )
    _say_stage_defaults(edge, assumed)
    shroud = None
    if edge.shroud is not None:
        shroud = Shroud(
            edge.shroud.mass_kg, edge.shroud.drop_s, edge.shroud.drop_km, edge.shroud.in_launch_mass
        )
    return MissileModel(
        id=edge.id,
        missile_name=edge.missile or edge.id,
        holder=edge.holder,
        role=edge.role,
        use=edge.use,
        model_by=edge.model_by,
        status=edge.status,
        source=edge.source,
        missile=Missile(edge.id, edge.payload_kg, stages, tables[table], coefficient, shroud),
        ballistic_coefficient_status=coefficient_status,
        assumptions=tuple(assumed),
        published=tuple((_quantity(p), _published(p)) for p in edge.published),
        notes=" ".join(n for n in (edge.use_reason, edge.notes) if n),
    )


def _drag_table_name(edge: MissileEdge, assumed: list[str]) -> str:
    if edge.drag_table is None:
        name = defaults().drag_tables[edge.propulsion or "unknown"]
        why = f"for {edge.propulsion} propulsion" if edge.propulsion else "as no propulsion is stated"
        assumed.append(f"Drag table {name} taken {why} (assumed).")
        return name
    if edge.drag_table_status == "assumed":
        assumed.append(f"Drag table {edge.drag_table} (assumed).")
    return edge.drag_table


def _coefficient(edge: MissileEdge, assumed: list[str]) -> tuple[float, Status]:
    given = edge.ballistic_coefficient_kg_m2
    if isinstance(given, float):
        return given, edge.status
    if isinstance(given, Value) and given.value is not None:
        return given.value, weakest(given.status, edge.status)
    if isinstance(given, Value) and given.low is not None and given.high is not None:
        middle = (given.low + given.high) / 2
        assumed.append(
            f"Ballistic coefficient {middle:,.0f} kg/m2: the middle of the printed {given.low:,.0f} to "
            f"{given.high:,.0f} kg/m2."
        )
        return middle, weakest("assumed", given.status)
    ideal = ideal_speed_km_s(edge)
    chosen = next(
        c
        for c in defaults().ballistic_coefficient_kg_m2
        if c.below_ideal_km_s is None or ideal < c.below_ideal_km_s
    )
    assumed.append(
        f"Ballistic coefficient {chosen.value:,.0f} kg/m2 by class, as the model gives none: {chosen.says} "
        f"(assumed; the open range is about 2,400 to 12,000 kg/m2)."
    )
    return chosen.value, "assumed"


def _say_stage_defaults(edge: MissileEdge, assumed: list[str]) -> None:
    for number, stage in enumerate(edge.stages, start=1):
        if stage.isp_at == "unstated":
            assumed.append(
                f"Stage {number}: where the specific impulse of {stage.isp_s:g} s holds is not stated; "
                "flown as in vacuum."
            )
        if stage.coast_s is None and number < len(edge.stages):
            assumed.append(f"Stage {number}: no pause before the next one ignites (0 s, assumed).")
    if edge.shroud is not None and edge.shroud.in_launch_mass:
        assumed.append("The shroud's mass is part of the payload until it is dropped.")


def ideal_speed_km_s(edge: MissileEdge) -> float:
    """Tsiolkovsky's sum over the stages, km/s: no gravity, no air, the printed specific impulses."""
    mass, speed = edge.launch_mass_kg, 0.0
    for stage in edge.stages:
        speed += stage.isp_s * STANDARD_GRAVITY_M_S2 * math.log(mass / (mass - stage.propellant_kg))
        mass -= stage.mass_kg
        if mass <= 0:
            break
    return speed / 1e3


def _quantity(edge: PublishedEdge) -> str:
    return edge.quantity if edge.condition is None else f"{edge.quantity} ({edge.condition})"


def _published(edge: PublishedEdge) -> Figure:
    unit = next((u for u in _UNITS if edge.quantity.endswith("_" + u)), "")
    known = edge.value is not None or edge.low is not None
    status: Status = edge.status if known else "unknown"
    return Figure(edge.value, unit.replace("_", "/", 1), status, edge.by, edge.low, edge.high)
