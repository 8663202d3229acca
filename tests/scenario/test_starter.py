"""The commented scenario to start from: it loads, names no real country, and shows every field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from equipoise.scenario import (
    InputError,
    build_cells,
    check_file,
    countries,
    load_scenario,
    swap_parties,
    write_starter,
)
from equipoise.scenario.edges.scenario import ScenarioFile


def test_it_loads_through_the_same_loader(tmp_path: Path) -> None:
    (path,) = write_starter(tmp_path / "mine")
    assert path == tmp_path / "mine" / "scenario.yaml"
    scenario = load_scenario(path.parent)
    assert scenario == load_scenario(path)
    assert scenario.fictional
    assert len(scenario.parties) == 2
    assert check_file(path).kind == "scenario"


def test_people_live_in_its_invented_regions(tmp_path: Path) -> None:
    (path,) = write_starter(tmp_path)
    cells = build_cells(load_scenario(path), 100.0)
    assert cells.population.sum() == pytest.approx(10_000_000)
    assert set(cells.party) == {0, 1}


def test_no_real_country_is_named(tmp_path: Path) -> None:
    text = write_starter(tmp_path)[0].read_text("utf-8")
    words = set(re.findall(r"[A-Z][a-z]+", text))
    assert words.isdisjoint(c.name for c in countries().values())
    scenario = load_scenario(tmp_path)
    assert {m.country for p in scenario.parties for m in p.members}.isdisjoint(countries())


def fields_of(model: type[BaseModel], seen: set[type]) -> Iterator[str]:
    """Names of all fields of an edge model and of the models inside it."""
    seen.add(model)
    for name, field in model.model_fields.items():
        yield field.alias or name
        for inner in models_in(field.annotation):
            if inner not in seen:
                yield from fields_of(inner, seen)


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models_in(part)


CATALOGUE_ONLY = {
    # remarks of the catalogue's own entries, which no computation reads, and ways to take from the catalogue
    "use",
    "use_reason",
    "check",
    "published",
    "notes",
    "quantity",
    "condition",
    "by",
    "isp_vacuum_s",
    "drag_table_status",
    "holder",
    "model",
    "qualifier",
    "burnout_speeds_km_s",
    "first_stage_burn_time_s",
    "burn_time_s",
    "altitude_low_km",
    "altitude_high_km",
    "altitude_prior_km",
    "altitude_in_test_km",
    "altitude_of_highest_intercept_to_date_km",
    "range_vs_ballistic_km",
    "range_vs_aircraft_km",
    "threat_range_max_km",
    "target_speed_max_km_s",
    "target_speed_in_test_km_s",
    "simultaneous_targets",
    "mass_kg",
    "length_m",
    "basing",
    "service",
    "price_usd",
    "payload",
    "vehicle",
    "number_deployed",
    "counter_claim",
    "tests",
    "published_results",
    "sites",
    "ships",
    "height_m",
    "width_deg",
    "max",
    "sea_area_status",
    "location_note",
    "operation",
    "band",
    "distance_to_iran_km",
    "method_read",
    "hardware",
    "faces",
    "coverage",
    "replaces",
    "lease_usd_per_year",
    "staff",
    "power_mw",
    "tracks",
    "orbit",
    "detects",
    "first_ship",
    "how",
    "author",
    "sea",
    "drop_s",
    "drop_km",
    "in_launch_mass",
    "batteries_added",
    "treaty_notes",
    "meridian_deg",
    "west",
    "east",
}


def test_every_field_is_shown(tmp_path: Path) -> None:
    text = write_starter(tmp_path)[0].read_text("utf-8")
    missing = {
        name
        for name in fields_of(ScenarioFile, set())
        if name not in CATALOGUE_ONLY and not re.search(rf"\b{name}\b", text)
    }
    assert missing == set()


def test_a_folder_that_holds_anything_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(InputError, match="already holds"):
        write_starter(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_nothing_half_written_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disc(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full_disc)
    with pytest.raises(InputError, match="No space left"):
        write_starter(tmp_path / "mine")
    assert list((tmp_path / "mine").iterdir()) == []


def test_a_declared_total_of_warheads_is_read_and_swapped(tmp_path: Path) -> None:
    (path,) = write_starter(tmp_path / "own")
    total = "declared_warheads: [{party: West, value: 40, status: assumed}]  #"
    path.write_text(path.read_text("utf-8").replace("declared_warheads: []", total), "utf-8")
    scenario = load_scenario(path)
    ((party, figure),) = scenario.declared_warheads
    assert (party, figure.value) == ("West", 40.0)
    assert swap_parties(scenario).declared_warheads == (("East", figure),)
    path.write_text(
        path.read_text("utf-8").replace("party: West, value: 40", "party: Wist, value: 40"), "utf-8"
    )
    with pytest.raises(InputError, match="Wist"):
        load_scenario(path)
