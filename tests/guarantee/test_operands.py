"""A reader's own operand vector: judged down the ladder, over its box, with the figures asked for."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from itertools import pairwise
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipoise.guarantee import AFTER_BURNOUT, AS_STATED, WORST_CASE, Guarantee, judge_stated, stated_to_json
from equipoise.scenario import (
    AlsoCounted,
    Area,
    Asked,
    BurnoutProfile,
    End,
    InputError,
    Scenario,
    StatedCommit,
    StatedFigures,
    StatedOperands,
    StatedPlace,
    swap_parties,
)

from .conftest import point

FIGURES = StatedFigures(
    author="the reader",
    speed_km_s=(5.5, 5.5),
    quoted_at_km=(150.0, 150.0),
    time_to_burnout_s=(70.0, 70.0),
    flight_cap_s=(600.0, 600.0),
    altitude_min_km=(100.0, 100.0),
    altitude_max_km=(math.inf, math.inf),
    range_km=(math.inf, math.inf),
)


@pytest.fixture(scope="module")
def plain(scenario: Scenario) -> StatedOperands:
    """One speed, one commit, one place, against the small scenario's two candidate models."""
    forest = next(a for a in scenario.deterrent_areas if a.id == "forest")
    return StatedOperands(
        id="mine",
        title="",
        owner="west",
        interceptor="dart",
        figures=(FIGURES,),
        places=(StatedPlace("wick", point(58.4, -3.1)),),
        launch=(forest,),
        aim=(next(e for e in scenario.ends if e.id == "capital-west"),),
        models=scenario.missile_models,
        profiles=(),
        lofts=(("minimum-energy", 0.0),),
        commit=StatedCommit("launch", (200.0, 200.0)),
    )


def first(scenario: Scenario, stated: StatedOperands) -> Guarantee:
    """The row of the reader's own commit."""
    row = judge_stated(scenario, stated, quick=True).guarantees[0]
    assert row.rung == AS_STATED
    return row


def with_figures(stated: StatedOperands, **change: Any) -> StatedOperands:
    return replace(stated, figures=(replace(stated.figures[0], **change),))


def from_launch(stated: StatedOperands, low: float, high: float) -> StatedOperands:
    return replace(stated, commit=StatedCommit("launch", (low, high)))


def test_the_ladder_has_the_readers_rung_and_the_two_bounds(
    scenario: Scenario, plain: StatedOperands
) -> None:
    rows = judge_stated(scenario, plain, quick=True).guarantees
    assert [g.rung for g in rows] == [AS_STATED, AFTER_BURNOUT, WORST_CASE]
    assert {(g.architecture, g.protects) for g in rows} == {("mine", "east")}
    without = judge_stated(scenario, replace(plain, commit=None), quick=True).guarantees
    assert [g.rung for g in without] == [AFTER_BURNOUT, WORST_CASE]
    assert all(g.commits_s and g.commits_after_burnout_s for g in rows)


def test_a_vector_without_ranges_turns_only_on_what_is_the_missiles(
    scenario: Scenario, plain: StatedOperands
) -> None:
    row = first(scenario, plain)
    assert set(row.turns_on) <= {"boost model", "loft", "commit"}
    assert dict(row.by_area).keys() == {"forest"}


def test_a_stated_range_of_commits_is_what_it_turns_on(scenario: Scenario, plain: StatedOperands) -> None:
    turn = first(scenario, plain).break_even_commit_s
    assert turn is not None
    wide = first(scenario, from_launch(plain, turn - 100.0, turn + 100.0))
    assert wide.verdict == "depends"
    assert "commit" in wide.turns_on
    assert first(scenario, from_launch(plain, turn + 1.0, turn + 1.0)).verdict == "holds"
    near = first(scenario, from_launch(plain, turn + 1.0, turn + 1.0))
    assert near.near_edge


def test_a_commit_may_count_from_burnout_or_first_light(scenario: Scenario, plain: StatedOperands) -> None:
    burnout = first(scenario, replace(plain, commit=StatedCommit("burnout", (30.0, 30.0))))
    assert burnout.commits_after_burnout_s == pytest.approx((30.0, 30.0))
    light = first(scenario, replace(plain, commit=StatedCommit("first light", (20.0, 60.0))))
    worst = judge_stated(scenario, plain, quick=True).guarantees[-1]
    assert light.commits_s == pytest.approx(worst.commits_s)


def test_a_commit_may_wait_for_a_track_of_stated_quality(scenario: Scenario, plain: StatedOperands) -> None:
    def tracked(quality: Literal["search"], *sensors: str) -> Guarantee:
        commit = replace(StatedCommit("track", (10.0, 10.0)), quality=quality, sensors=sensors)
        return first(scenario, replace(plain, commit=commit))

    seen = tracked("search", "west-eye")
    assert seen.commits_s is not None
    never = tracked("search")
    assert (never.verdict, never.turns_on, never.commits_s) == ("depends", ("track",), None)


def test_speeds_needed_and_latest_commits_answer_each_other(
    scenario: Scenario, plain: StatedOperands
) -> None:
    asked = Asked(commits_s=(100.0, 200.0), speeds_km_s=(5.0, 6.0), caps_s=(600.0, math.inf))
    answers = judge_stated(scenario, replace(plain, asked=asked), quick=True).answers
    assert len(answers.needed) == len(answers.latest) == 4
    assert all(n.any_flight_km_s <= n.every_flight_km_s for n in answers.needed)
    assert all(c.any_flight_s >= c.every_flight_s for c in answers.latest)
    latest = next(c for c in answers.latest if c.speed_km_s == 6.0 and c.cap.seconds == 600.0)
    again = Asked(commits_s=(latest.any_flight_s,), caps_s=(600.0,))
    needed = judge_stated(scenario, replace(plain, asked=again), quick=True).answers.needed[0]
    assert needed.any_flight_km_s == pytest.approx(6.0, abs=0.02)


def test_without_a_speed_only_the_speed_needed_is_given(scenario: Scenario, plain: StatedOperands) -> None:
    bare = replace(with_figures(plain, speed_km_s=None), asked=Asked(commits_s=(200.0,)))
    found = judge_stated(scenario, bare, quick=True)
    assert found.guarantees == ()
    assert found.answers.latest == ()
    assert math.isfinite(found.answers.needed[0].any_flight_km_s)


def test_an_aim_area_is_filled_and_never_one_point(scenario: Scenario, plain: StatedOperands) -> None:
    box = Area("box", (38.0, 40.0), (-79.0, -75.0), "assumed")
    wide = replace(plain, aim=(End("coast", "coast", "west", box, "assumed"),))
    assert (
        judge_stated(scenario, wide, quick=True).flights > judge_stated(scenario, plain, quick=True).flights
    )


def test_what_does_not_fly_is_refused(scenario: Scenario, plain: StatedOperands) -> None:
    far = End("antipode", "antipode", "west", point(-54.0, -144.0), "assumed")
    with pytest.raises(InputError, match="none of the missiles") as refusal:
        judge_stated(scenario, replace(plain, aim=(far,)), quick=True)
    assert refusal.value.id == "operands-no-flight"


def test_ships_and_submarines_in_one_sea_get_a_word_and_no_number(
    scenario: Scenario, plain: StatedOperands
) -> None:
    ice = next(a for a in scenario.deterrent_areas if a.id == "ice")
    sea = StatedPlace("the same sea", Area("box", (72.0, 78.0), (40.0, 60.0), "assumed"))
    slow = with_figures(plain, speed_km_s=(3.0, 3.0))
    row = first(scenario, from_launch(replace(slow, launch=(ice,), places=(sea,)), 900.0, 900.0))
    assert row.verdict == "depends"
    assert row.turns_on == ("site",)
    assert (row.margin_s, row.margin_km_s) == (None, None)
    assert row.not_guaranteed == ("ice",)
    assert "may lie in one sea box" in row.note
    apart = StatedPlace("another sea", Area("box", (55.0, 60.0), (0.0, 8.0), "assumed"))
    assert first(
        scenario, from_launch(replace(slow, launch=(ice,), places=(apart,)), 900.0, 900.0)
    ).verdict == ("holds")


def test_a_missile_may_be_stated_by_its_burnout_alone(scenario: Scenario, plain: StatedOperands) -> None:
    profile = BurnoutProfile("stated", 200.0, 250.0, 500.0)
    area = replace(plain.launch[0], missiles=("stated",))
    row = first(scenario, replace(plain, launch=(area,), profiles=(profile,)))
    assert row.worst is not None
    assert (row.worst.missile_model, row.worst.burnout_s) == ("stated", 200.0)


@pytest.mark.parametrize("along_km", [0.0, 9000.0])
def test_an_aim_that_does_not_lie_beyond_the_burnout_has_no_flight(
    scenario: Scenario, plain: StatedOperands, along_km: float
) -> None:
    profile = BurnoutProfile("stated", 200.0, 250.0, along_km)
    area = replace(plain.launch[0], missiles=("stated",))
    here = End("here", "here", "west", area.area, "assumed")
    aim = (here,) if along_km == 0.0 else plain.aim
    with pytest.raises(InputError, match="none of the missiles"):
        judge_stated(scenario, replace(plain, launch=(area,), aim=aim, profiles=(profile,)), quick=True)


def test_the_json_holds_no_infinity_and_says_what_was_taken(
    scenario: Scenario, plain: StatedOperands
) -> None:
    free = with_figures(plain, flight_cap_s=(600.0, math.inf))
    value = stated_to_json(judge_stated(scenario, free, quick=True))
    json.dumps(value, allow_nan=False)
    assert value["vector"]["figures"][0]["flight_cap_from_launch_s"] == [600.0, "none"]
    assert {g["rung"] for g in value["guarantees"]} == {AS_STATED, AFTER_BURNOUT, WORST_CASE}
    assert {n["flight_cap"] for n in value["needed_speed_km_s"]} == {"600 s", "none"}


WIDER = {
    "speed_km_s": (0.0, 2.0),
    "time_to_burnout_s": (30.0, 60.0),
    "flight_cap_s": (200.0, 600.0),
    "altitude_min_km": (50.0, 150.0),
    "quoted_at_km": (50.0, 100.0),
}
"""How far each operand is widened at most: (down, up)."""


@settings(max_examples=40, deadline=None)
@given(
    operand=st.sampled_from([*WIDER, "commit", "loft", "place"]),
    share=st.floats(0.05, 1.0),
    speed=st.floats(3.5, 7.0),
    commit=st.floats(0.0, 500.0),
)
def test_a_wider_box_never_turns_depends_into_holds(
    scenario: Scenario, plain: StatedOperands, operand: str, share: float, speed: float, commit: float
) -> None:
    narrow = from_launch(with_figures(plain, speed_km_s=(speed, speed)), commit, commit)
    wide = narrow
    if operand == "commit":
        wide = from_launch(narrow, commit * (1.0 - share), commit + 200.0 * share)
    elif operand == "loft":
        wide = replace(narrow, lofts=(*narrow.lofts, ("lofted", 12.0 * share), ("depressed", -8.0 * share)))
    elif operand == "place":
        sea = StatedPlace("box", Area("box", (57.0, 59.0), (-4.0, -3.1), "assumed"))
        corner = StatedPlace("corner", point(59.0, -3.1))
        narrow, wide = replace(narrow, places=(corner,)), replace(narrow, places=(sea,))
    else:
        low, high = getattr(narrow.figures[0], operand)
        down, up = WIDER[operand]
        wide = with_figures(narrow, **{operand: (low - down * share, high + up * share)})
    before, after = (first(scenario, v).verdict for v in (narrow, wide))
    assert after in (before, "depends")


def test_swapping_the_parties_swaps_the_verdict(scenario: Scenario, plain: StatedOperands) -> None:
    area = replace(plain.launch[0], party="west")
    other = replace(plain, owner="east", launch=(area,))
    mirrored = judge_stated(swap_parties(scenario), other, quick=True).guarantees
    rows = judge_stated(scenario, plain, quick=True).guarantees
    assert {g.protects for g in rows} == {"east"}
    assert {g.protects for g in mirrored} == {"west"}
    for row, twin in zip(rows, mirrored, strict=True):
        assert (row.rung, row.verdict, row.turns_on) == (twin.rung, twin.verdict, twin.turns_on)
        assert (row.margin_s, row.margin_km_s) == (twin.margin_s, twin.margin_km_s)


@settings(max_examples=25, deadline=None)
@given(commits=st.lists(st.floats(0.0, 900.0), min_size=3, max_size=6, unique=True))
def test_the_speed_needed_never_falls_as_launch_is_permitted_later(
    scenario: Scenario, plain: StatedOperands, commits: list[float]
) -> None:
    asked = Asked(commits_s=tuple(sorted(commits)), caps_s=(600.0, math.inf))
    answers = judge_stated(scenario, replace(plain, asked=asked), quick=True).answers
    for cap_s in (600.0, math.inf):
        needed = [n.any_flight_km_s for n in answers.needed if n.cap.seconds == cap_s]
        assert all(a <= b for a, b in pairwise(needed))


@settings(max_examples=6, deadline=None)
@given(speeds=st.lists(st.floats(3.0, 10.0), min_size=2, max_size=5, unique=True))
def test_a_faster_interceptor_never_has_an_earlier_latest_commit(
    scenario: Scenario, plain: StatedOperands, speeds: list[float]
) -> None:
    asked = Asked(speeds_km_s=tuple(sorted(speeds)), caps_s=(600.0,))
    latest = judge_stated(scenario, replace(plain, asked=asked), quick=True).answers.latest
    found = [c.any_flight_s for c in latest]
    assert all(a <= b + 0.5 for a, b in pairwise(found))


def test_other_interceptors_of_the_owner_may_count_beside(scenario: Scenario, plain: StatedOperands) -> None:
    late = from_launch(plain, 5000.0, 5000.0)
    alone = first(scenario, late)
    beside = replace(late, also_counted=AlsoCounted("both", "joint system"), number=4)
    both = first(scenario, beside)
    assert [v.battery for v in alone.operands] == ["mine"]
    assert [v.battery for v in both.operands] == ["mine", "west-1"]
    assert both.margin_s is not None
    assert alone.margin_s is not None
    assert both.margin_s <= alone.margin_s
    row = first(scenario, from_launch(beside, 0.0, 0.0))
    assert row.disrupts is not None
    assert row.disrupts.warheads_met_at_most == 14


def test_a_refusal_once_flown_says_where_in_the_file(scenario: Scenario, plain: StatedOperands) -> None:
    far = End("antipode", "antipode", "west", point(-54.0, -144.0), "assumed")
    with pytest.raises(InputError) as refusal:
        judge_stated(scenario, replace(plain, aim=(far,), stands=("mine.yaml", 7, 10)), quick=True)
    assert str(refusal.value).startswith("mine.yaml:7:10: missile: none of the missiles")


def test_a_speed_quoted_low_coasts_unless_the_meeting_lies_in_the_air(
    scenario: Scenario, plain: StatedOperands
) -> None:
    def needed(quoted_km: float, ceiling_km: float) -> float:
        stated = with_figures(
            plain,
            speed_km_s=None,
            quoted_at_km=(quoted_km, quoted_km),
            altitude_min_km=(100.0, 100.0),
            altitude_max_km=(ceiling_km, ceiling_km),
        )
        asked = Asked(commits_s=(100.0,), caps_s=(math.inf,))
        return (
            judge_stated(scenario, replace(stated, asked=asked), quick=True).answers.needed[0].any_flight_km_s
        )

    assert needed(39.9, math.inf) == pytest.approx(needed(40.1, math.inf), abs=0.005)
    assert needed(39.9, 150.0) < needed(40.1, 150.0) - 0.1


SEA = Area("box", (52.0, 60.0), (1.0, 7.0), "assumed")


def needed_from(scenario: Scenario, stated: StatedOperands, area: Area) -> tuple[float, float]:
    """(some flight, every flight) from a place, without a flight cap."""
    asked = Asked(commits_s=(200.0,), caps_s=(math.inf,))
    found = judge_stated(
        scenario, replace(stated, places=(StatedPlace("there", area),), asked=asked), quick=True
    )
    return found.answers.needed[0].any_flight_km_s, found.answers.needed[0].every_flight_km_s


def test_every_flight_is_every_place_of_a_sea_and_some_flight_its_best(
    scenario: Scenario, plain: StatedOperands
) -> None:
    each = [
        needed_from(scenario, plain, point(lat, lon)) for lat in (52.0, 56.0, 60.0) for lon in (1.0, 4.0, 7.0)
    ]
    some, every = needed_from(scenario, plain, SEA)
    assert some == pytest.approx(min(s for s, _ in each), abs=1e-6)
    assert every == pytest.approx(max(e for _, e in each), abs=1e-6)
    assert every > some + 0.1


def test_a_sea_from_part_of_which_it_reaches_depends_on_the_place(
    scenario: Scenario, plain: StatedOperands
) -> None:
    some, every = needed_from(scenario, plain, SEA)
    at_sea = replace(plain, places=(StatedPlace("sea", SEA),))
    row = first(scenario, with_figures(at_sea, speed_km_s=(0.5 * (some + every),) * 2, flight_cap_s=NO_CAP))
    assert row.verdict == "depends"
    assert "site" in row.turns_on
    sure = first(scenario, with_figures(at_sea, speed_km_s=(every + 0.1,) * 2, flight_cap_s=NO_CAP))
    assert sure.verdict == "fails"


NO_CAP = (math.inf, math.inf)


def test_no_speed_is_given_for_flights_from_a_sea_in_which_ships_may_lie(
    scenario: Scenario, plain: StatedOperands
) -> None:
    ice = next(a for a in scenario.deterrent_areas if a.id == "ice")
    same = StatedPlace("the same sea", Area("box", (72.0, 78.0), (40.0, 60.0), "assumed"))
    asked = Asked(commits_s=(200.0,), speeds_km_s=(5.5,))
    alone = judge_stated(scenario, replace(plain, launch=(ice,), places=(same,), asked=asked), quick=True)
    assert (alone.answers.needed, alone.answers.latest) == ((), ())
    both = judge_stated(
        scenario, replace(plain, launch=(ice, *plain.launch), places=(same,), asked=asked), quick=True
    )
    forest = judge_stated(scenario, replace(plain, places=(same,), asked=asked), quick=True)
    assert both.answers == forest.answers
