"""Breakout: the margin falls along every axis, and what notice there would be is said."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise

import pytest

from equipoise.guarantee import Breakout, breakout_to_json, judge_breakout
from equipoise.guarantee.breakout.axes import NUMBERS, SEAS, SENSORS, SPEED
from equipoise.guarantee.breakout.notice import notices_of
from equipoise.scenario import Area, Scenario, SeaArea, load_scenario

INF = float("inf")


def sea(south: float, north: float, west: float, east: float) -> SeaArea:
    return SeaArea("sea", "sea", Area("box", (south, north), (west, east), "assumed", sea=True))


@pytest.fixture(scope="module")
def afloat(scenario: Scenario) -> Scenario:
    """The small scenario with the west's battery on ships, and a second sea where submarines lie."""
    both = scenario.architectures["both"]
    ships = tuple(replace(b, site=None, sea_area="near") if b.party == "west" else b for b in both.batteries)
    seas = {"near": sea(55.0, 60.0, 0.0, 6.0), "far-north": sea(71.0, 75.0, 35.0, 50.0)}
    return replace(scenario, sea_areas=seas, architectures={"both": replace(both, batteries=ships)})


@pytest.fixture(scope="module")
def found(afloat: Scenario) -> Breakout:
    return next(b for b in judge_breakout(afloat, quick=True) if b.protects == "east")


def margins(found: Breakout, axis: str, rung: str, cap: str) -> list[float]:
    points = [p for p in found.points if p.axis == axis and p.rung == rung]
    read = (dict(p.margins_s)[cap] for p in points)
    return [INF if margin is None else margin for margin in read]


@pytest.mark.parametrize("cap", ["600 s", "none"])
@pytest.mark.parametrize("rung", ["burnout plus track", "worst case"])
def test_the_margin_falls_as_speed_grows(found: Breakout, rung: str, cap: str) -> None:
    by_speed = margins(found, SPEED, rung, cap)
    assert len(by_speed) > 5
    assert all(a >= b - 0.5 for a, b in pairwise(by_speed))


def test_the_axis_of_speed_turns_at_the_least_speed_that_reaches(found: Breakout) -> None:
    for turn in found.turns:
        assert turn.speed_km_s is not None
        points = (p for p in found.points if p.axis == SPEED and p.rung == turn.rung)
        for p in points:
            margin = dict(p.margins_s)[turn.cap]
            assert p.value is not None
            if abs(p.value - turn.speed_km_s) > 0.05:
                assert (margin is None or margin > 0.0) == (p.value < turn.speed_km_s)


def test_another_sea_never_raises_the_margin(found: Breakout) -> None:
    now, *more = margins(found, SEAS, "worst case", "none")
    assert more
    assert all(margin <= now for margin in more)


def test_ships_among_the_submarines_get_a_word(found: Breakout) -> None:
    points = {p.at: p for p in found.points if p.axis == SEAS}
    assert points["far-north"].not_guaranteed == ("ice",)
    assert points["far-north"].holds is False
    assert points["near"].not_guaranteed == ()


def test_more_sensors_never_raise_the_margin(found: Breakout) -> None:
    own, brought, _, every = margins(found, SENSORS, "first track", "none")
    assert own >= brought >= every


def test_numbers_say_what_a_stated_share_takes_and_how_the_ceiling_grows(found: Breakout) -> None:
    points = [p for p in found.points if p.axis == NUMBERS]
    assert {p.holds for p in points} == {None}
    takes = next(p for p in points if p.at == "more than 10% of 400 warheads")
    assert (takes.value, takes.ceiling) == (41.0, 41)
    grown = [p for p in points if p.shares]
    assert [p.ceiling for p in grown] == [10 * f for f in (1, 2, 5, 10, 20, 50)]


def test_notice_is_given_for_the_measures_that_the_scenario_holds(afloat: Scenario) -> None:
    bare = notices_of(afloat)
    assert {n.measure for n in bare} == {""}
    full = notices_of(load_scenario("lisbon-2010"))
    assert {n.axis for n in full} == {SPEED, SEAS, NUMBERS, SENSORS}
    yearly = [n for n in full if n.measure == "annual-declaration"]
    assert all(n.lag_days == 366 for n in yearly)


def test_the_record_holds_only_finite_numbers(found: Breakout) -> None:
    (record,) = breakout_to_json([found])
    json.dumps(record, allow_nan=False)
    assert {p["axis"] for p in record["points"]} == {SPEED, SEAS, NUMBERS, SENSORS}
