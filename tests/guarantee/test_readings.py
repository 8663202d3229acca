"""The second reading: the ceiling on warheads met, beside a declared total and a stated share."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipoise.defence import operand_vectors
from equipoise.guarantee.boxes import Box, declared_box
from equipoise.guarantee.readings import (
    NO_FLIGHT,
    NO_NUMBER,
    NO_SHARE,
    NO_TOTAL,
    Force,
    declared_warheads,
    disruption,
    force_of,
    met_at_most,
)
from equipoise.scenario import Scenario

from .conftest import figure


def declared(scenario: Scenario, party: str, warheads: float) -> Scenario:
    return replace(scenario, declared_warheads=((party, figure(warheads, "1")),))


def west_boxes(scenario: Scenario) -> list[Box]:
    vectors = operand_vectors(scenario, scenario.architectures["both"])
    return [declared_box(scenario, v) for v in vectors if v.party == "west"]


def test_the_ceiling_is_interceptors_over_the_shots_that_each_warhead_takes(scenario: Scenario) -> None:
    boxes = west_boxes(scenario)
    assert met_at_most(scenario, boxes) == 10
    name = boxes[0].vector.interceptor
    salvo = replace(scenario, interceptors={name: replace(scenario.interceptors[name], shots=3)})
    assert met_at_most(salvo, boxes) == 3


def test_the_share_is_of_the_total_that_the_protected_party_declares(scenario: Scenario) -> None:
    told = declared(scenario, "east", 200.0)
    assert declared_warheads(told, "east") == 200
    force = force_of(told, "east", west_boxes(scenario))
    assert disruption("fails", force).share_met_at_most == pytest.approx(10 / 200)
    assert force_of(declared(scenario, "west", 200.0), "east", west_boxes(scenario)).declared is None


@pytest.mark.parametrize(
    ("force", "reason"),
    [
        (Force(None, 200, 0.1), NO_NUMBER),
        (Force(10, None, 0.1), NO_TOTAL),
        (Force(10, 200, None), NO_SHARE),
    ],
    ids=["number", "total", "share"],
)
def test_a_figure_that_is_not_declared_leaves_no_second_verdict(force: Force, reason: str) -> None:
    found = disruption("fails", force)
    assert (found.verdict, found.reason) == (None, reason)


def test_where_no_flight_is_reached_none_is_met_whatever_the_numbers() -> None:
    found = disruption("holds", Force(None, None, None))
    assert (found.verdict, found.reason, found.share_met_at_most) == ("holds", NO_FLIGHT, 0.0)
    assert {share for _, share in found.by_surviving} == {0.0}


@given(met=st.integers(0, 2000), total=st.integers(1, 5000), share=st.floats(0.0, 1.0))
def test_it_disrupts_exactly_above_the_stated_share(met: int, total: int, share: float) -> None:
    found = disruption("fails", Force(met, total, share, (1, 100, total)))
    assert (found.verdict == "fails") == (min(1.0, met / total) > share)
    shares = [part for _, part in sorted(found.by_surviving)]
    assert shares == sorted(shares, reverse=True)
    assert all(0.0 <= part <= 1.0 for part in shares)
