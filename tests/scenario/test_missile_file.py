"""One missile of a user's own: what is required, what stands in, and that each default is said."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipoise.scenario import InputError, find_missile, load_catalogue, load_missile

LEAST = (
    "{id: dart, payload_kg: 500, stages: "
    "[{propellant_kg: 5000, empty_kg: 900, isp_s: 230, burn_s: 70, diameter_m: 1}]}"
)


def test_the_least_file_is_enough_and_every_default_is_said() -> None:
    model = load_missile(LEAST)
    assert model.status == "assumed"
    assert model.missile.drag.id == "large-liquid"
    assert model.ballistic_coefficient_status == "assumed"
    said = " ".join(model.assumptions)
    for word in ("Drag table", "Ballistic coefficient", "flown as in vacuum"):
        assert word in said


def test_propulsion_chooses_the_drag_table() -> None:
    solid = load_missile(LEAST.replace("id: dart,", "id: dart, propulsion: solid,"))
    assert solid.missile.drag.id == "large-solid"


def test_a_mapping_a_list_and_a_file_of_one_are_the_same(tmp_path: Path) -> None:
    whole = load_missile(LEAST)
    path = tmp_path / "dart.yaml"
    path.write_text(f"missiles:\n- {LEAST}\n", "utf-8")
    assert load_missile(f"[{LEAST}]") == whole
    assert load_missile(path) == whole
    assert load_missile(str(path)) == whole


def test_a_drag_table_of_ones_own() -> None:
    tables = "drag_tables: [{id: mine, mach: [0, 1], cd: [0.2, 0.4]}]"
    own = LEAST.replace("id: dart,", "id: dart, drag_table: mine,")
    model = load_missile(f"{{{tables}, missiles: [{own}]}}")
    assert model.missile.drag.mach == (0.0, 1.0)


def test_a_range_of_ballistic_coefficients_gives_its_middle_and_says_so() -> None:
    model = find_missile("minuteman-3-wright")
    assert model.missile.ballistic_coefficient_kg_m2 == (9765 + 12206) / 2
    assert any("middle of the printed 9,765 to 12,206" in a for a in model.assumptions)


@settings(deadline=None)  # the first one reads the catalogue
@given(st.floats(0.1, 3000.0))
def test_the_class_of_the_coefficient_rises_with_the_speed_that_the_stages_add_up_to(payload: float) -> None:
    heavy = load_missile(LEAST.replace("payload_kg: 500", f"payload_kg: {payload + 1000:.3f}"))
    light = load_missile(LEAST.replace("payload_kg: 500", f"payload_kg: {payload:.3f}"))
    assert heavy.missile.ballistic_coefficient_kg_m2 <= light.missile.ballistic_coefficient_kg_m2


def test_what_the_catalogue_holds_passes_the_checks_of_a_users_file() -> None:
    for model in load_catalogue().missile_models.values():
        stages = model.missile.stages
        assert all(a.propellant_kg + a.empty_kg >= b.propellant_kg + b.empty_kg for a, b in pairwise(stages))
        assert model.missile.ballistic_coefficient_kg_m2 > 0


def test_an_unknown_missile_gives_the_nearest() -> None:
    with pytest.raises(InputError, match=r"did you mean `sejjil-2-assumed`"):
        find_missile("sejil-2")
