"""Release rules by their fields: what each variant leaves, and the laws between modes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from equipoise.defence import VARIANTS
from equipoise.defence.modes import rule_slack, view
from equipoise.scenario import Figure, ReleaseRule

FLIGHTS = 12
NEVER = -np.inf
times = arrays(float, FLIGHTS, elements=st.floats(0.0, 1000.0) | st.just(np.inf))
commits = arrays(float, FLIGHTS, elements=st.floats(-100.0, 1000.0) | st.just(NEVER))
sectors = arrays(bool, (FLIGHTS, 2))
PICTURES, DECIDERS = ("own", "fused"), ("owner", "sector", "both", "rule")
POOLS, LANDS, SILENCES = ("own", "sector", "pooled"), ("own", "both"), ("no", "own")


def rule(**changes: str) -> ReleaseRule:
    given_ = {
        "picture": "own",
        "deciders": "owner",
        "interceptors": "own",
        "land": "own",
        "on_silence": "no",
        "confidence": "fire-control",
    } | changes
    return ReleaseRule(id="r", name="r", decision_s=Figure(30.0, "s", "assumed", ""), **given_)  # type: ignore[arg-type]


@st.composite
def slack_tables(draw: st.DrawFn) -> dict[tuple[int, str], np.ndarray]:
    """Slacks as the clock makes them: the fused picture is the earlier of both."""
    latest = [draw(commits), draw(commits)]
    own = [draw(times), draw(times)]
    pictures = {"own-0": own[0], "own-1": own[1], "fused": np.minimum(*own)}
    return {(s, name): latest[s] - track for s in (0, 1) for name, track in pictures.items()}


@st.composite
def rules(draw: st.DrawFn) -> ReleaseRule:
    return rule(
        picture=draw(st.sampled_from(PICTURES)),
        deciders=draw(st.sampled_from(DECIDERS)),
        interceptors=draw(st.sampled_from(POOLS)),
        land=draw(st.sampled_from(LANDS)),
        on_silence=draw(st.sampled_from(SILENCES)),
    )


SEPARATE = rule()
SHARED = rule(picture="fused")
SECTORAL = rule(picture="fused", deciders="sector", interceptors="sector", land="both")
DUAL_KEY = rule(picture="fused", deciders="both", interceptors="pooled", land="both")
AGREED = rule(picture="fused", deciders="rule", interceptors="pooled", land="both")


@given(slacks=slack_tables(), crossed=sectors, party=st.sampled_from([0, 1]))
def test_at_equal_times_separate_is_never_better_than_shared_nor_shared_than_integrated(
    slacks: dict[tuple[int, str], np.ndarray], crossed: np.ndarray, party: int
) -> None:
    """Case C06's order; it is forced, and that is why break-even times are published instead."""
    separate, shared, dual, agreed = (
        rule_slack(r, "whole", party, slacks, crossed) for r in (SEPARATE, SHARED, DUAL_KEY, AGREED)
    )
    assert (separate <= shared).all()
    assert (shared <= dual).all()
    assert (dual == agreed).all()


@given(slacks=slack_tables(), crossed=sectors, it=rules(), variant=st.sampled_from(VARIANTS))
def test_swapping_the_parties_swaps_the_answer(
    slacks: dict[tuple[int, str], np.ndarray], crossed: np.ndarray, it: ReleaseRule, variant: str
) -> None:
    other = {"own-0": "own-1", "own-1": "own-0", "fused": "fused"}
    swapped = {(1 - s, other[name]): value for (s, name), value in slacks.items()}
    for party in (0, 1):
        here = rule_slack(it, variant, party, slacks, crossed)  # type: ignore[arg-type]
        there = rule_slack(it, variant, 1 - party, swapped, crossed[:, ::-1])  # type: ignore[arg-type]
        assert np.array_equal(here, there)


@given(slacks=slack_tables(), crossed=sectors, it=rules(), party=st.sampled_from([0, 1]))
def test_what_the_partner_withholds_never_helps_where_silence_means_no(
    slacks: dict[tuple[int, str], np.ndarray], crossed: np.ndarray, it: ReleaseRule, party: int
) -> None:
    if it.on_silence == "no":
        whole = rule_slack(it, "whole", party, slacks, crossed)
        for variant in VARIANTS:
            assert (rule_slack(it, variant, party, slacks, crossed) <= whole).all()


@given(slacks=slack_tables(), crossed=sectors, it=rules(), party=st.sampled_from([0, 1]))
def test_a_cut_link_is_going_alone_where_silence_means_so(
    slacks: dict[tuple[int, str], np.ndarray], crossed: np.ndarray, it: ReleaseRule, party: int
) -> None:
    """Joint with everything withheld equals separate."""
    if it.on_silence == "own":
        cut = rule_slack(it, "link-cut", party, slacks, crossed)
        assert np.array_equal(cut, rule_slack(SEPARATE, "whole", party, slacks, crossed))


def table(own_0: float, own_1: float, latest_0: float, latest_1: float) -> dict[tuple[int, str], np.ndarray]:
    pictures = {"own-0": own_0, "own-1": own_1, "fused": min(own_0, own_1)}
    return {
        (s, name): np.array([latest - track])
        for s, latest in ((0, latest_0), (1, latest_1))
        for name, track in pictures.items()
    }


@pytest.mark.parametrize(
    ("it", "variant", "expected"),
    [
        (SEPARATE, "whole", 400 - 200),
        (SHARED, "whole", 400 - 150),
        (SHARED, "data-withheld", 400 - 200),
        (SHARED, "shots-withheld", 400 - 150),
        (DUAL_KEY, "whole", 500 - 150),
        (DUAL_KEY, "key-withheld", NEVER),
        (DUAL_KEY, "data-withheld", 500 - 200),
        (DUAL_KEY, "shots-withheld", 400 - 150),
        (DUAL_KEY, "link-cut", NEVER),
        (AGREED, "key-withheld", 500 - 150),
        (AGREED, "data-withheld", 500 - 150),
        (AGREED, "link-cut", 400 - 200),
    ],
)
def test_each_variant_on_one_flight(it: ReleaseRule, variant: str, expected: float) -> None:
    """Party 0 tracks at 200 s and commits by 400 s; its partner tracks at 150 s and commits by 500 s."""
    slacks = table(200.0, 150.0, 400.0, 500.0)
    found = rule_slack(it, variant, 0, slacks, np.zeros((1, 2), dtype=bool))  # type: ignore[arg-type]
    assert found[0] == expected


@pytest.mark.parametrize(
    ("crossed", "variant", "silence", "expected"),
    [
        ((True, False), "whole", "no", 400 - 150),
        ((False, True), "whole", "no", 500 - 150),
        ((True, True), "whole", "no", 500 - 150),
        ((False, False), "whole", "no", 400 - 150),
        ((False, True), "key-withheld", "no", NEVER),
        ((False, True), "shots-withheld", "no", NEVER),
        ((False, True), "key-withheld", "own", 400 - 200),
        ((False, True), "link-cut", "no", NEVER),
        ((True, False), "link-cut", "no", 400 - 200),
    ],
)
def test_sectors_decide_who_shoots(
    crossed: tuple[bool, bool], variant: str, silence: str, expected: float
) -> None:
    it = rule(picture="fused", deciders="sector", interceptors="sector", land="both", on_silence=silence)
    found = rule_slack(it, variant, 0, table(200.0, 150.0, 400.0, 500.0), np.array([crossed]))  # type: ignore[arg-type]
    assert found[0] == expected


def test_each_fires_on_the_picture_that_it_has() -> None:
    assert view(SEPARATE, "whole", 0, 1) == "own-1"
    assert view(SHARED, "data-withheld", 0, 0) == "own-0"
    assert view(SHARED, "data-withheld", 0, 1) == "fused"
