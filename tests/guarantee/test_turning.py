"""Where a verdict turns: the value found is the edge between reaching and not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from equipoise.defence import operand_vectors
from equipoise.guarantee.boxes import SPEED, claims_box
from equipoise.guarantee.commits import Commits
from equipoise.guarantee.protected import protected_flights
from equipoise.guarantee.table import LatestTable
from equipoise.guarantee.turning import turns_at
from equipoise.guarantee.verdicts import Case, places, turns_on
from equipoise.scenario import Scenario


def case_at(scenario: Scenario, commit_s: float) -> Case:
    vectors = operand_vectors(scenario, scenario.architectures["both"])
    west = next(v for v in vectors if v.party == "west")
    flights = protected_flights(scenario, "east", (100.0,), quick=True)
    at = np.full(len(flights), commit_s)
    box = claims_box(scenario, west)
    return Case(flights, (box,), Commits(at, at, at), LatestTable(flights.tracks), None)


def test_the_value_is_the_edge(scenario: Scenario) -> None:
    case = case_at(scenario, 400.0)
    assert SPEED in turns_on(case)
    (turn,) = turns_at(case, [SPEED])
    assert (turn.battery, turn.unit) == ("west-1", "km/s")
    (box,) = case.boxes
    for speed, reaches in ((turn.value - 0.01, False), (turn.value + 0.01, True)):
        spec = replace(box.declared, speed_km_s=speed)
        latest = case.after_burnout.of((spec,), places(box))
        assert bool((latest >= 400.0).any()) is reaches


@pytest.mark.parametrize("operand", ["commit", "loft", "boost model", "site"])
def test_what_is_no_number_of_the_interceptor_has_no_value(scenario: Scenario, operand: str) -> None:
    assert list(turns_at(case_at(scenario, 300.0), [operand])) == []


def test_a_battery_that_reaches_at_both_ends_turns_nowhere(scenario: Scenario) -> None:
    assert list(turns_at(case_at(scenario, 0.0), ["flight cap"])) == []
