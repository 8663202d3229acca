"""Margins and the pairs behind them: they belong together, and say what the row says."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from equipoise.defence import operand_vectors
from equipoise.guarantee.boxes import claims_box
from equipoise.guarantee.commits import worst_commits
from equipoise.guarantee.margins import (
    battery_margins,
    break_even_s,
    least,
    least_margins,
    margins_by_cap,
    pairs_of,
)
from equipoise.guarantee.protected import protected_flights
from equipoise.guarantee.table import LatestTable, needed_table
from equipoise.guarantee.verdicts import Case, places, reached_at_worst
from equipoise.scenario import Scenario


@pytest.fixture(scope="module")
def case(scenario: Scenario) -> Case:
    flights = protected_flights(scenario, "east", (8.0, 100.0), quick=True)
    vector = next(v for v in operand_vectors(scenario, scenario.architectures["both"]) if v.party == "west")
    before = LatestTable(flights.tracks, "before burnout")
    commits = worst_commits(scenario, flights)
    return Case(flights, (claims_box(scenario, vector),), commits, LatestTable(flights.tracks), before)


def test_seconds_and_speeds_tell_the_same_story(case: Case) -> None:
    margins = battery_margins(case, case.boxes[0])
    clear = np.abs(margins.margin_s) > 1.0
    assert ((margins.margin_s > 0.0) == (margins.margin_km_s > 0.0))[clear].all()


def test_a_flight_is_reached_exactly_where_its_margin_is_not_positive(case: Case) -> None:
    margins = battery_margins(case, case.boxes[0])
    assert np.array_equal(reached_at_worst(case), (margins.margin_s <= 0.0).any(axis=1))


def test_each_area_and_end_has_its_worst_pair(case: Case) -> None:
    margins = battery_margins(case, case.boxes[0])
    pairs = list(pairs_of(case, (margins,)))
    assert {(p.launch_area, p.end) for p in pairs} == {("forest", "west"), ("ice", "west")}
    assert min(p.margin_s for p in pairs) == pytest.approx(margins.margin_s.min())
    for pair in pairs:
        assert pair.margin_km_s == pytest.approx(pair.needed_speed_km_s - pair.declared_speed_km_s)


def test_the_fastest_claim_gives_the_speeds_margin(case: Case) -> None:
    margins = battery_margins(case, case.boxes[0])
    box = case.boxes[0]
    fastest = max(box.worst, key=lambda s: s.speed_km_s)
    needed = needed_table(case.flights.tracks, [(fastest, places(box)[0])], case.commits.early_s, "all")
    assert np.allclose(margins.needed_km_s, needed)
    assert np.allclose(margins.margin_km_s, needed - 8.5)


def test_the_break_even_is_the_latest_commit_that_reaches(case: Case) -> None:
    margins = battery_margins(case, case.boxes[0])
    turn = break_even_s((margins,))
    assert turn == pytest.approx(margins.latest_s.max())
    late = replace(case.commits, early_s=np.full(len(case.flights), turn + 0.01))
    assert not reached_at_worst(replace(case, commits=late)).any()


def test_the_cap_of_600_s_never_leaves_less_margin_than_none(case: Case) -> None:
    capped, free = (margin for _, margin in margins_by_cap(case))
    assert capped is not None
    assert free is not None
    assert free <= capped
    assert free == pytest.approx(least_margins((battery_margins(case, case.boxes[0]),))[0])


def test_what_is_never_reached_has_no_margin() -> None:
    assert least(np.array([math.inf, math.inf])) is None
    assert least(np.array([math.inf, 3.0])) == 3.0
    assert least_margins(()) == (None, None)
    assert break_even_s(()) is None
