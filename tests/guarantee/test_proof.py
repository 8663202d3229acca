"""The proof as a whole, on a small scenario of two parties."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from equipoise.guarantee import AFTER_BURNOUT, AS_DECLARED, LADDER, WORST_CASE, Guarantee, prove, to_json
from equipoise.scenario import Scenario, swap_parties

Rows = dict[tuple[str, str, str], Guarantee]


def rows_of(scenario: Scenario) -> Rows:
    return {(g.mode, g.protects, g.rung): g for g in prove(scenario)}


@pytest.fixture(scope="module")
def rows(scenario: Scenario) -> Rows:
    return rows_of(scenario)


def test_every_mode_party_and_rung_has_a_row(rows: Rows) -> None:
    modes, parties = ("alone", "together"), ("west", "east")
    assert set(rows) == {(m, p, r) for m in modes for p in parties for r in LADDER}
    assert all(row.joined for row in rows.values())


def test_a_proposal_of_one_side_has_a_row_with_nothing_joined(scenario: Scenario) -> None:
    both = scenario.architectures["both"]
    ours = replace(
        both,
        batteries=tuple(b for b in both.batteries if b.party == "west"),
        command_mode="together",
        joint=False,
    )
    found = prove(replace(scenario, architectures={"both": ours}), quick=True)
    rows = {(g.mode, g.joined, g.rung): g for g in found if g.protects == "east"}
    assert {key for key in rows if not key[1]} == {("together", False, rung) for rung in LADDER}
    alone, joined = rows["together", False, AS_DECLARED], rows["together", True, AS_DECLARED]
    assert alone.worst is not None
    assert joined.worst is not None
    assert alone.worst.commit_s >= joined.worst.commit_s
    assert "shared sensors" not in alone.note
    for rung in (AFTER_BURNOUT, WORST_CASE):
        assert replace(rows["together", False, rung], joined=True) == rows["together", True, rung]
    assert [row["joined"] for row in to_json(found)] == [g.joined for g in found]


def test_an_own_system_has_no_joined_row(scenario: Scenario) -> None:
    own = replace(scenario.architectures["both"], own_system=True, joint=False, command_mode="alone")
    found = prove(replace(scenario, architectures={"both": own}), quick=True)
    assert {(g.mode, g.joined) for g in found} == {("alone", False)}


def test_no_mode_helps_the_worst_case(rows: Rows) -> None:
    for party in ("west", "east"):
        alone, together = rows["alone", party, WORST_CASE], rows["together", party, WORST_CASE]
        assert replace(alone, mode="together") == together


def test_margins_are_positive_exactly_where_it_holds(rows: Rows) -> None:
    for row in rows.values():
        if row.verdict == "holds":
            assert row.margin_s is None or row.margin_s > 0.0
            assert row.margin_km_s is None or row.margin_km_s > 0.0
        else:
            assert row.margin_s is not None
            assert row.margin_s <= 0.0
            assert row.margin_km_s is not None
            assert row.margin_km_s <= 0.0


def test_the_worst_case_is_never_better_than_what_is_declared(rows: Rows) -> None:
    for mode in ("alone", "together"):
        for party in ("west", "east"):
            worst, declared = rows[mode, party, WORST_CASE], rows[mode, party, AS_DECLARED]
            assert (worst.margin_s or math.inf) <= (declared.margin_s or math.inf)
            assert declared.verdict == "holds" or worst.verdict != "holds"


def test_a_verdict_that_depends_says_on_what_and_what_would_fix_it(rows: Rows) -> None:
    worst = rows["alone", "east", WORST_CASE]
    assert worst.verdict == "depends"
    assert worst.turns_on
    for row in rows.values():
        assert bool(row.turns_on) == (row.verdict == "depends") or row.turns_on == ("commit",)
        assert (row.closed_by == ("speed-line",)) == ("interceptor speed" in row.turns_on)


def test_the_break_even_commit_is_where_the_margin_vanishes(rows: Rows) -> None:
    row = rows["alone", "east", WORST_CASE]
    assert row.break_even_commit_s == pytest.approx(max(p.latest_commit_s for p in row.pairs))
    assert row.worst is not None
    assert row.worst.margin_s == pytest.approx(row.margin_s)


def test_a_sea_box_gets_words_and_no_place(rows: Rows) -> None:
    row = rows["alone", "east", WORST_CASE]
    assert dict(row.by_area)["ice"] != "holds"
    assert "ice: not guaranteed, some place in the box is reached" in row.note
    assert {p.launch_area for p in row.pairs} == {"forest", "ice"}


def test_both_flight_caps_are_said(rows: Rows) -> None:
    row = rows["alone", "east", WORST_CASE]
    capped, free = dict(row.margin_s_by_cap)["600 s"], dict(row.margin_s_by_cap)["none"]
    assert capped is not None
    assert free is not None
    assert free < capped
    assert "no flight cap" in row.note


def test_swapping_the_parties_swaps_every_verdict(scenario: Scenario, rows: Rows) -> None:
    other = {"west": "east", "east": "west"}
    swapped = rows_of(swap_parties(scenario))
    for (mode, party, rung), row in rows.items():
        twin = swapped[mode, other[party], rung]
        assert (twin.verdict, twin.turns_on, twin.closed_by) == (row.verdict, row.turns_on, row.closed_by)
        assert twin.margin_s == pytest.approx(row.margin_s) if row.margin_s else twin.margin_s is None
        assert dict(twin.by_area) == dict(row.by_area)


def test_an_architecture_without_the_partys_interceptors_says_so(scenario: Scenario) -> None:
    both = scenario.architectures["both"]
    only_west = replace(both, batteries=tuple(b for b in both.batteries if b.party == "west"))
    nobody = replace(both, batteries=())
    one = prove(replace(scenario, architectures={"both": only_west}), quick=True)
    assert {g.verdict for g in one if g.protects == "west"} == {"holds"}
    assert all("no interceptor" in g.note for g in one if g.protects == "west")
    none = prove(replace(scenario, architectures={"both": nobody}), quick=True)
    assert {g.verdict for g in none} == {"depends"}
    assert {g.turns_on for g in none} == {("which interceptors count",)}


def test_the_share_met_needs_both_numbers(scenario: Scenario, rows: Rows) -> None:
    assert {g.share_met_at_most for g in rows.values() if g.verdict != "holds"} == {None}
    assert {g.share_met_at_most for g in rows.values() if g.verdict == "holds"} <= {0.0}


def test_the_record_holds_the_promised_keys_and_only_finite_numbers(rows: Rows) -> None:
    record = to_json(rows.values())
    promised = {"architecture", "mode", "protects", "rung", "verdict", "turns_on", "margin_s", "margin_km_s"}
    promised |= {"break_even_commit_s", "share_met_at_most", "operands", "closed_by"}
    assert all(promised <= set(row) for row in record)
    assert json.loads(json.dumps(record, allow_nan=False)) == record
