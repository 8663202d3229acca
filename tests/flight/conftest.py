"""The catalogue's missiles as the engine takes them, read without the scenario room."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

import equipoise
from equipoise.flight import DragTable, Missile, Shroud, Stage

CATALOGUE = Path(equipoise.__file__).parent / "scenario" / "catalogue" / "missiles" / "missiles.yaml"
BETA_WHERE_NOT_GIVEN = 5000.0


def _beta(given: dict) -> float:
    if given.get("value"):
        return float(given["value"])
    return 0.5 * (given["low"] + given["high"]) if given.get("low") else BETA_WHERE_NOT_GIVEN


def _missile(entry: dict, drags: dict[str, DragTable]) -> Missile:
    shroud = entry["shroud"]
    return Missile(
        id=entry["id"],
        payload_kg=entry["payload_kg"],
        stages=tuple(
            Stage(
                s["propellant_kg"], s["empty_kg"], s["isp_s"], s["isp_at"], s["burn_s"], s["diameter_m"],
                s.get("exit_area_m2"), s["coast_s"],
            )
            for s in entry["stages"]
        ),
        drag=drags[entry["drag_table"]],
        ballistic_coefficient_kg_m2=_beta(entry["ballistic_coefficient_kg_m2"]),
        shroud=Shroud(shroud["mass_kg"], shroud["drop_s"], shroud["drop_km"], shroud["in_launch_mass"])
        if shroud
        else None,
    )  # fmt: skip


@pytest.fixture(scope="session")
def catalogue() -> dict[str, Missile]:
    """Every missile of the catalogue by its id."""
    data = YAML(typ="safe").load(CATALOGUE)
    drags = {t["id"]: DragTable(t["id"], tuple(t["mach"]), tuple(t["cd"])) for t in data["drag_tables"]}
    return {m["id"]: _missile(m, drags) for m in data["missiles"]}
