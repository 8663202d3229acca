"""Leakage: the published figures (cases C08 and C09), and what each common cause does."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipoise.defence import (
    expected_leakers,
    layers_stopped,
    needed_stopped,
    none_leaks,
    shots_in_window,
    warhead_stopped,
)

SHARES = st.floats(0.0, 1.0)


def test_two_independent_layers_of_eighty_percent_stop_ninety_six() -> None:
    """C08, Thompson 2020."""
    assert abs(layers_stopped([0.8, 0.8]) - 0.96) < 1e-12


@given(common=st.floats(0.001, 0.2))
def test_a_cause_common_to_both_layers_stops_less(common: float) -> None:
    """C08's caution: each layer still 80 % alone, together less than 96 %."""
    together = layers_stopped([0.8, 0.8], common)
    assert layers_stopped([0.8], common) == pytest.approx(0.8)
    assert 0.8 - 1e-12 <= together < 0.96


def test_wilkening_needs_and_gives_what_the_case_states() -> None:
    """C09, Wilkening 1999 as recalled there."""
    assert abs(needed_stopped(0.8, 20) - 0.988905) < 1e-6
    stopped = warhead_stopped(0.7, 4)
    assert abs(stopped - 0.9919) < 1e-6
    assert abs(none_leaks(stopped, 10) - 0.921890) < 1e-6
    assert abs(none_leaks(stopped, 20) - 0.849880) < 1e-6


def test_more_shots_cannot_mend_a_warhead_that_is_not_tracked() -> None:
    assert warhead_stopped(0.9, 50, tracked=0.7) == pytest.approx(0.7)


def test_the_raids_cause_bounds_what_any_number_of_shots_gives() -> None:
    assert none_leaks(1.0, 20, raid_works=0.6) == 0.6
    assert expected_leakers(1.0, 20, raid_works=0.6) == pytest.approx(8.0)
    assert needed_stopped(0.8, 20, raid_works=0.6) == math.inf


@given(k=SHARES, n=st.integers(0, 12), w=st.integers(1, 200), tracked=SHARES, works=SHARES)
def test_chances_stay_chances_and_common_causes_only_cost(
    k: float, n: int, w: int, tracked: float, works: float
) -> None:
    stopped = warhead_stopped(k, n, tracked)
    assert 0.0 <= stopped <= warhead_stopped(k, n) <= 1.0
    assert 0.0 <= none_leaks(stopped, w, works) <= none_leaks(stopped, w) <= 1.0
    assert expected_leakers(stopped, w) <= expected_leakers(stopped, w, works) + 1e-9


@given(share=st.floats(0.01, 1.0), w=st.integers(1, 100))
def test_what_is_needed_gives_what_was_asked(share: float, w: int) -> None:
    assert none_leaks(needed_stopped(share, w), w) == pytest.approx(share)


def test_shots_after_a_look_cost_a_flight_and_a_look_each() -> None:
    assert shots_in_window(300.0, 299.0, 200.0, 30.0) == 0
    assert shots_in_window(300.0, 300.0, 200.0, 30.0) == 1
    assert shots_in_window(100.0, 560.0, 200.0, 30.0) == 3
    assert shots_in_window(math.inf, 560.0, 200.0, 30.0) == 0


@pytest.mark.parametrize("value", [-0.1, 1.1, math.nan])
def test_what_is_no_probability_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        warhead_stopped(value, 2)
    with pytest.raises(ValueError, match="between 0 and 1"):
        none_leaks(0.9, 3, value)


def test_a_common_failure_larger_than_the_best_layer_leaves_open_is_refused() -> None:
    with pytest.raises(ValueError, match="leaves no layer better"):
        layers_stopped([0.9], 0.2)
