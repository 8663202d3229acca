"""A reader's own operand vector: judged, refused where no model can answer, set beside published claims."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipoise.guarantee import ClaimReading, StatedOperands, differences, judge_stated
from equipoise.guarantee.stated import REFUSED
from equipoise.scenario import Area, InputError, Scenario, SeaArea

PLAIN = StatedOperands(
    id="mine",
    owner="west",
    place="wick",
    speed_km_s=(5.5, 5.5),
    quoted_at_km=(150.0, 150.0),
    time_to_burnout_s=(70.0, 70.0),
    flight_cap_s=(600.0, 600.0),
    altitude_min_km=(100.0, 100.0),
    commit_s=(200.0, 200.0),
    launch_areas=("forest",),
)


def test_a_sea_box_on_land_is_refused(scenario: Scenario) -> None:
    inland = Area("box", (48.0, 50.0), (80.0, 85.0), "assumed", sea=True)
    dry = replace(scenario, sea_areas={"steppe": SeaArea("steppe", "steppe", inland)})
    with pytest.raises(InputError, match="holds no sea"):
        judge_stated(dry, replace(PLAIN, place="steppe"), quick=True)


@pytest.mark.parametrize(
    ("id", "change"),
    [
        ("operands-party", {"owner": "north"}),
        ("operands-place", {"place": "nowhere"}),
        ("operands-range", {"speed_km_s": (6.0, 5.0)}),
        ("operands-commit", {"commit_s": (-5.0, 200.0)}),
        ("operands-cap", {"flight_cap_s": (60.0, 600.0)}),
        ("operands-slow", {"speed_km_s": (0.5, 1.0), "altitude_min_km": (400.0, 400.0)}),
        ("operands-area", {"launch_areas": ("moon",)}),
        ("operands-end", {"ends": ("moon",)}),
    ],
)
def test_an_operand_outside_any_model_is_refused_by_name(
    scenario: Scenario, id: str, change: dict[str, object]
) -> None:
    with pytest.raises(InputError) as refusal:
        judge_stated(scenario, replace(PLAIN, **change), quick=True)
    assert refusal.value.id == id
    assert refusal.value.field in change


def test_every_refusal_has_a_test() -> None:
    marks = test_an_operand_outside_any_model_is_refused_by_name.pytestmark  # type: ignore[attr-defined]
    assert {case[0] for case in marks[0].args[1]} == set(REFUSED)


def test_a_vector_without_ranges_turns_only_on_what_is_the_missiles(scenario: Scenario) -> None:
    row = judge_stated(scenario, PLAIN, quick=True)
    assert (row.architecture, row.protects, row.rung) == ("mine", "east", "as stated")
    assert set(row.turns_on) <= {"boost model", "loft"}
    assert dict(row.by_area).keys() == {"forest"}


def test_a_stated_range_of_commits_is_what_it_turns_on(scenario: Scenario) -> None:
    row = judge_stated(scenario, PLAIN, quick=True)
    assert row.break_even_commit_s is not None
    around = (row.break_even_commit_s - 100.0, row.break_even_commit_s + 100.0)
    wide = judge_stated(scenario, replace(PLAIN, commit_s=around), quick=True)
    assert wide.verdict == "depends"
    assert "commit" in wide.turns_on
    late = (row.break_even_commit_s + 1.0, row.break_even_commit_s + 1.0)
    assert judge_stated(scenario, replace(PLAIN, commit_s=late), quick=True).verdict == "holds"


@settings(max_examples=4, deadline=None)
@given(low=st.floats(4.0, 6.0), more=st.floats(0.0, 2.0), later=st.floats(0.0, 150.0))
def test_a_wider_box_never_turns_depends_into_holds(
    scenario: Scenario, low: float, more: float, later: float
) -> None:
    narrow = replace(PLAIN, speed_km_s=(low, low))
    wide = replace(narrow, speed_km_s=(low, low + more), commit_s=(200.0, 200.0 + later))
    before, after = (judge_stated(scenario, v, quick=True).verdict for v in (narrow, wide))
    assert after in (before, "depends")


def test_a_commit_may_count_from_burnout(scenario: Scenario) -> None:
    row = judge_stated(scenario, replace(PLAIN, commit_s=(30.0, 30.0), commit_after_burnout=True), quick=True)
    assert row.worst is not None
    assert row.worst.commit_s == pytest.approx(row.worst.burnout_s + 30.0)


def test_differences_from_a_claim_name_the_operand() -> None:
    operands = (
        ("interceptor", "dart"),
        ("interceptor speed, km/s", "6.3"),
        ("altitude of that speed, km", None),
        ("site", "wick, elsewhere"),
        ("commit, s", None),
        ("flight cap, s", "none"),
    )
    claim = ClaimReading("theirs", "somebody", "reach", "fly-out", operands, (), "")
    found = {d.operand: (d.stated, d.published) for d in differences(PLAIN, [claim])}
    assert found["interceptor speed, km/s"] == ("5.5", "6.3")
    assert found["commit, s"] == ("200", None)
    assert found["flight cap, s"] == ("600", "none")
    free = replace(PLAIN, flight_cap_s=(600.0, math.inf), speed_km_s=(6.3, 6.3))
    found = {d.operand: (d.stated, d.published) for d in differences(free, [claim])}
    assert "interceptor speed, km/s" not in found
    assert found["site"] == ("wick", "wick, elsewhere")
    assert differences(replace(PLAIN, place="other"), [claim]) == ()
