"""Numbers as words: unit beside each, unknown never nought, none and all only where they are meant."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipoise.study.wording import (
    NOT_DECLARED,
    brief,
    figure,
    gained,
    listed,
    margin,
    people,
    percent,
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
