"""Numbers as words: unit beside each, unknown never nought, none and all only where they are meant."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipoise.guarantee import LADDER
from equipoise.study.wording import (
    NOT_DECLARED,
    brief,
    figure,
    gained,
    gained_span,
    listed,
    margin,
    people,
    people_span,
    percent,
    percent_span,
    rung,
    span,
    verdict,
)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "nobody"),
        (7, "7 people"),
        (1234, "1,230 people"),
        (999_499, "999,000 people"),
        (999_600, "1.00 million people"),
        (45_678_000, "45.7 million people"),
        (324_202_000, "324 million people"),
    ],
)
def test_people(count: float, words: str) -> None:
    assert people(count) == words


def test_gains_carry_their_sign() -> None:
    assert gained(2e6) == "+2.00 million people"
    assert gained(-2e6) == "−2.00 million people"
    assert gained(0.1) == "no change"


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ((61e6, 65e6), "+61.0 to +65.0 million people"),
        ((61e6, 61.01e6), "+61.0 million people"),
        ((0.0, 0.2), "no change"),
        ((0.0, 2e6), "no change to +2.00 million people"),
        ((-3e5, 2e5), "−300,000 to +200,000 people"),
    ],
)
def test_gains_over_a_range(ends: tuple[float, float], words: str) -> None:
    assert gained_span(ends) == words


def test_ranges_say_their_unit_once_and_one_number_where_alike() -> None:
    assert people_span((1e6, 2e6)) == "1.00 to 2.00 million people"
    assert percent_span((0.25, 0.5)) == "25 to 50 %"
    assert percent_span((0.251, 0.252)) == "25 %"
    assert span(20.0, 60.0, "s") == "20 to 60 s"
    assert span(20.1, 20.2, "s") == "20 s"


def test_rungs_have_plain_names() -> None:
    assert [rung(r) for r in LADDER] == ["as declared", "after burnout", "at worst"]


@given(st.floats(0.0, 1.0))
def test_percent_says_none_and_all_only_of_none_and_all(share: float) -> None:
    words = percent(share)
    assert words.endswith(" %")
    assert (words == "0 %") == (share == 0.0)
    assert (words == "100 %") == (share == 1.0)


@pytest.mark.parametrize("value", [None, math.inf, math.nan])
def test_unknown_is_said(value: float | None) -> None:
    assert figure(value, "s") == NOT_DECLARED


def test_figures_have_units() -> None:
    assert figure(12.34, "km/s", 1) == "12.3 km/s"
    assert brief(600.0, "s") == "600 s"
    assert brief(math.inf, "s") == NOT_DECLARED


def test_margins() -> None:
    assert margin(12.0, "s", 0) == "+12 s"
    assert margin(-0.25, "km/s", 2) == "−0.25 km/s"
    assert margin(None, "s", 0) == margin(math.inf, "s", 0) == "out of reach"


def test_a_verdict_has_a_sign() -> None:
    assert verdict("holds") == "✓ holds"


def test_lists() -> None:
    assert listed([]) == "none"
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more"
