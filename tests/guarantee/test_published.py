"""Case C02 on the real facts, and the proof of the whole scenario that the report is made from."""

from __future__ import annotations

import math
import time

import pytest

from equipoise.guarantee import AS_DECLARED, WORST_CASE, SpeedCase, prove, published_cases, speed_case
from equipoise.guarantee.published import COMMITS_S, SPEEDS_KM_S
from equipoise.scenario import Scenario, load_scenario, swap_parties


@pytest.fixture(scope="module")
def lisbon() -> Scenario:
    return load_scenario("lisbon-2010")


@pytest.fixture(scope="module")
def case(lisbon: Scenario) -> SpeedCase:
    return speed_case(lisbon)


def test_at_nine_kilometres_a_second_every_pair_is_reached_up_to_300_s(case: SpeedCase) -> None:
    assert case.agrees
    assert {p.launch_area for p in case.pairs} >= {"kozelsk", "tatishchevo", "bologoye", "teykovo"}
    assert {p.end for p in case.pairs} == {"washington", "new-york"}
    for pair in case.pairs:
        assert pair.latest(9.0, "none") >= 300.0
        assert pair.latest(9.0, "600 s") >= 300.0


def test_at_six_point_three_the_answer_turns_on_commit_and_pair(case: SpeedCase) -> None:
    shares = [case.share(6.3, "none", float(c)) for c in COMMITS_S]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == 1.0
    assert shares[-1] < 0.1
    breaks = [p.latest(6.3, "none") for p in case.pairs]
    assert max(breaks) - min(breaks) > 100.0
    assert "interceptor speed" in case.reason
    assert "200 km" in case.reason


def test_a_cap_never_lets_more_be_reached(case: SpeedCase) -> None:
    for pair in case.pairs:
        for speed in SPEEDS_KM_S:
            assert pair.latest(speed, "600 s") <= pair.latest(speed, "none") + 0.01
        assert pair.latest(6.3, "none") < pair.latest(9.0, "none")


def test_the_row_of_the_validation_page(lisbon: Scenario) -> None:
    (row,) = published_cases(lisbon)
    assert (row.case, row.verdict) == ("C02", "agrees")
    assert all(math.isfinite(value) for _, value, _ in row.figures)
    assert "100% of pairs at 9.0 km/s" in row.ours


def test_the_whole_scenario_is_proved_in_time_and_says_what_the_facts_imply(lisbon: Scenario) -> None:
    prove(lisbon, quick=True)
    start = time.perf_counter()
    proved = prove(lisbon, quick=True)
    assert time.perf_counter() - start < 15.0
    keys = {(g.architecture, g.mode, g.protects, g.rung, g.joined) for g in proved}
    assert len(keys) == len(proved)
    rows = {(g.architecture, g.mode, g.protects, g.rung): g for g in proved if g.joined}
    alone = {(g.architecture, g.protects, g.rung): g for g in proved if not g.joined}
    assert {a for a, _, _ in alone} == {a.id for a in lisbon.architectures.values() if not a.joint}
    west, east = (p.id for p in lisbon.parties)
    own = [g for g in proved if g.architecture.endswith("own-2010") and g.operands]
    assert {g.verdict for g in own} == {"fails"}
    assert {g.protects for g in own} == {west, east}
    assert rows["epaa-phase1", "separate", east, WORST_CASE].verdict == "holds"
    assert rows["epaa-phase4", "separate", east, WORST_CASE].verdict == "fails"
    apart, fused = (rows["epaa-phase3", m, east, AS_DECLARED] for m in ("separate", "pre-delegated"))
    assert (apart.verdict, apart.turns_on, apart.margin_s) == ("depends", ("track",), None)
    assert {word for _, word in apart.by_area} == {"depends"}
    assert "the bound is the worst case" in apart.note
    assert fused.verdict != "holds"
    assert "partner's own shared sensors" in fused.note
    assert alone["epaa-phase3", east, AS_DECLARED].operands == apart.operands
    assert "shared sensors" not in alone["epaa-phase3", east, AS_DECLARED].note
    inland = rows["epaa-phase3", "separate", east, WORST_CASE]
    assert dict(inland.by_area)["irkutsk"] == "holds"
    assert "okhotsk" not in dict(inland.by_area)
    assert "not judged, for want of a flight model or of range: Sea of Okhotsk" in inland.note


def test_swapping_the_parties_of_the_real_scenario_swaps_every_verdict(lisbon: Scenario) -> None:
    chosen = ("us-own-2010", "russia-own-2010", "epaa-phase3")
    other = dict(zip([p.id for p in lisbon.parties], [p.id for p in lisbon.parties[::-1]], strict=True))
    before = prove(lisbon, architectures=chosen, quick=True)
    after = prove(swap_parties(lisbon), architectures=chosen, quick=True)
    swapped = {(g.architecture, g.mode, g.protects, g.rung, g.joined): g for g in after}
    assert len(before) == len(after)
    for row in before:
        twin = swapped[row.architecture, row.mode, other[row.protects], row.rung, row.joined]
        assert (twin.verdict, twin.turns_on, twin.by_area) == (row.verdict, row.turns_on, row.by_area)
        assert [(c.which, c.verdict) for c in twin.counted] == [(c.which, c.verdict) for c in row.counted]
        assert twin.by_leg == row.by_leg
        assert twin.disrupts is not None
        assert row.disrupts is not None
        assert twin.disrupts.verdict == row.disrupts.verdict
        assert (twin.if_withheld is None) == (row.if_withheld is None)
        assert twin.margin_s == pytest.approx(row.margin_s, abs=0.01)
        assert twin.break_even_commit_s == pytest.approx(row.break_even_commit_s, abs=0.01)
