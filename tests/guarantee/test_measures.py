"""Measures: what each effect does to a box, verdicts before and after, pairs, sea boxes, and people given."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from equipoise.guarantee import (
    Given,
    MeasureStudy,
    closers,
    judge_measures,
    measures_of,
    measures_to_json,
    nobody_loses,
    people_given,
)
from equipoise.guarantee.measures.effects import ON_REACH, Measure, under
from equipoise.guarantee.measures.gives import HARDWARE
from equipoise.guarantee.measures.rows import RowJudge, rows_of
from equipoise.guarantee.purpose.people import Met
from equipoise.scenario import Scenario, load_catalogue, load_scenario, swap_parties

KEPT = ("russia-own-2010", "epaa-phase3", "epaa-phase4", "cbo-option-2")
AREAS = ("kozelsk", "tatishchevo", "barents", "minot")
ORDER = {"fails": 0, "depends": 1, "holds": 2}


@pytest.fixture(scope="module")
def talks() -> Scenario:
    """The shipped scenario with a handful of its architectures and launch areas."""
    whole = load_scenario("lisbon-2010")
    kept = {n: replace(a, joins=()) for n, a in whole.architectures.items() if n in KEPT}
    areas = tuple(a for a in whole.deterrent_areas if a.id in AREAS)
    return replace(whole, architectures=kept, deterrent_areas=areas)


@pytest.fixture(scope="module")
def judged(talks: Scenario) -> MeasureStudy:
    return judge_measures(talks, quick=True)


def measure(scenario: Scenario, name: str) -> Measure:
    return next(m for m in measures_of(scenario) if m.id == name)


def test_every_measure_of_the_facts_has_a_reading(talks: Scenario) -> None:
    known = [s.id for s in load_catalogue().statements if s.kind == "measure"]
    assert [m.id for m in measures_of(talks)] == known
    for m in measures_of(talks):
        assert m.status != "unknown", f"{m.id} is not described"
        assert m.verified_by
        assert m.remedy
        assert m.exit


def test_a_measure_fixes_something_only_if_it_names_a_parameter(talks: Scenario) -> None:
    for m in measures_of(talks):
        if not m.parameters:
            assert not m.on_reach
            assert not m.fixes


def test_a_measure_that_is_not_described_fixes_nothing(talks: Scenario) -> None:
    new = replace(talks.statements[-1], id="a-new-one", kind="measure", data=())
    (only,) = measures_of(replace(talks, statements=(new,)))
    assert not only.effects
    assert only.verified_by == "not said"


def test_all_are_judged_alone_and_in_pairs(judged: MeasureStudy) -> None:
    count = len(judged.measures)
    assert len(judged.alone) == count
    assert len(judged.pairs) == count * (count - 1) // 2
    assert judged.flights > 0


def test_measures_without_parameters_change_no_verdict(judged: MeasureStudy) -> None:
    silent = {m.id for m in judged.measures if not m.parameters}
    assert silent
    for agreed in judged.alone:
        if agreed.measures[0] in silent:
            assert agreed.changes == ()
    for pair in judged.pairs:
        if set(pair.measures) <= silent:
            assert pair.changes == ()


def test_no_measure_makes_a_verdict_worse(judged: MeasureStudy) -> None:
    for agreed in (*judged.alone, *judged.pairs):
        for change in agreed.changes:
            assert ORDER[change.after] >= ORDER[change.row.before]


def test_a_pair_is_never_worse_than_either_alone(judged: MeasureStudy) -> None:
    alone = {(a.measures[0], c.row): ORDER[c.after] for a in judged.alone for c in a.changes}
    for pair in judged.pairs:
        together = {c.row: ORDER[c.after] for c in pair.changes}
        for name in pair.measures:
            for (which, row), level in alone.items():
                if which == name:
                    assert together[row] >= level


def test_giving_up_an_interceptor_closes_its_rows_and_no_other(judged: MeasureStudy) -> None:
    dropped = next(a for a in judged.alone if a.measures == ("drop-the-fast-interceptor",))
    assert {c.row.subject for c in dropped.flips} == {"epaa-phase4"}
    assert all(c.closes and c.margin_after_s is None for c in dropped.flips)


def test_closed_seas_close_the_ships_in_them_by_name(talks: Scenario, judged: MeasureStudy) -> None:
    closed = measure(talks, "no-ships-in-northern-seas").ids
    kept_out = next(a for a in judged.alone if a.measures == ("no-ships-in-northern-seas",))
    ships = [c.row for c in kept_out.flips if c.row.kind == "sea"]
    assert ships
    assert {row.sea for row in ships} <= set(closed)
    still_open = [r for r in judged.rows if r.kind == "sea" and r.before != "holds" and r.sea in closed]
    assert set(still_open) <= {c.row for c in kept_out.flips if c.closes}
    for row in still_open:
        assert ("no-ships-in-northern-seas",) in closers(judged, row)


def test_every_interceptor_at_sea_stands_in_every_named_box(judged: MeasureStudy) -> None:
    seas = load_catalogue().sea_areas
    afloat = {r.subject.split(" in ")[0] for r in judged.rows if r.kind == "sea"}
    assert afloat == {"sm3_ib", "sm3_iia"}
    assert {(r.subject) for r in judged.rows if r.kind == "sea"} == {
        f"{i} in {s}" for i in afloat for s in seas
    }


def test_a_told_speed_is_verified_by_a_watched_test(judged: MeasureStudy) -> None:
    verified = {p.measures for p in judged.pairs if p.verified}
    assert ("burnout-speed-disclosure", "watch-a-test") in verified
    assert all("watch-a-test" in pair for pair in verified)


def test_effects_bind_both_sides_alike(talks: Scenario) -> None:
    """With the labels exchanged every verdict follows its interceptors, before and after a measure."""
    line = measure(talks, "speed-line-1997")
    other = {p.id: q.id for p, q in zip(talks.parties, talks.parties[::-1], strict=True)}

    def verdicts(scenario: Scenario) -> dict[tuple[str, str, str], tuple[str, str]]:
        judge = RowJudge(scenario, quick=True)
        after = judge.under((line,))
        rows = [r for r in rows_of(judge) if r.kind == "architecture"]
        return {(r.subject, r.protects, r.rung): (r.before, after(r)[0]) for r in rows}

    here, there = verdicts(talks), verdicts(swap_parties(talks))
    assert {(s, other[p], r): v for (s, p, r), v in here.items()} == there


def test_a_ceiling_slows_only_what_it_names(talks: Scenario) -> None:
    line = measure(talks, "speed-line-1997")
    slowed = under(talks, (line,)).interceptors
    for name, model in slowed.items():
        if name in line.ids:
            fastest = [c.speed_km_s.bounds[1] for c in model.claims if c.speed_km_s.bounds]
            assert max(fastest) <= 3.0
        else:
            assert model == talks.interceptors[name]


def test_a_disclosure_leaves_the_owners_claim_alone(talks: Scenario) -> None:
    told = under(talks, (measure(talks, "technical-criteria"),)).interceptors
    assert all([c.id for c in m.claims] == [m.declared_claim] for m in told.values())


def test_people_are_given_only_for_hardware(talks: Scenario) -> None:
    one = {n: a for n, a in talks.architectures.items() if n == "cbo-option-2"}
    threats = tuple(t for t in talks.threats if t.assessed)
    given = people_given(replace(talks, architectures=one, threats=threats), measures_of(talks), quick=True)
    hardware = {m.id for m in measures_of(talks) if set(m.effects) & set(HARDWARE)}
    assert {m for g in given for m in g.measures} <= hardware
    assert given
    for g in given:
        assert g.people >= -0.5
        assert g.projected_people is None


def test_a_cancelled_interceptor_is_no_word(talks: Scenario) -> None:
    dropped = measure(talks, "drop-the-fast-interceptor")
    assert "cancelled" in dropped.gives
    same = Met("a", "NATO", 5e6, 9e6, None, None)
    fewer = replace(same, met=4e6)
    assert nobody_loses(dropped, [Given((dropped.id,), "a", "NATO", same, same)])
    assert not nobody_loses(dropped, [Given((dropped.id,), "a", "NATO", same, fewer)])
    assert not nobody_loses(dropped, [])


def test_every_measure_says_what_its_taker_gives(talks: Scenario) -> None:
    for m in measures_of(talks):
        assert m.gives != "not said"
        assert len(m.gives) > len("words")
        assert set(m.effects) & set(ON_REACH) or not m.on_reach


def test_the_record_says_it_all_in_finite_numbers(talks: Scenario, judged: MeasureStudy) -> None:
    record = measures_to_json(judged, ())
    assert json.loads(json.dumps(record, allow_nan=False)) == record
    assert {s["sea"] for s in record["seas"]} == set(load_catalogue().sea_areas)
    for entry in record["measures"]:
        assert entry["changes_a_verdict"] == any(c["before"] != c["after"] for c in entry["gets"]["changes"])
