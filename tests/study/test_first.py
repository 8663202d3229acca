"""The first screen: own ranges, what a verdict counts, and nothing said that was not computed."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from equipoise.guarantee import AS_DECLARED, LADDER
from equipoise.study import rows_of, tables_of
from equipoise.study.first import group_of, later_systems, main_rows, treaty_notes
from equipoise.study.follows import any_speed, sentences, untracked
from equipoise.study.gaps import undeclared
from equipoise.study.operands import own_vectors
from equipoise.study.report import render, summary_html
from equipoise.study.rows import worst_off
from equipoise.study.types import Study

from .conftest import Written


def with_architecture(study: Study, name: str, **changes: object) -> Study:
    """The same study with one architecture said otherwise."""
    scenario = study.scenario
    changed = replace(scenario.architectures[name], **changes)
    return replace(study, scenario=replace(scenario, architectures={**scenario.architectures, name: changed}))


def own_system(study: Study) -> str:
    return next(a.id for a in study.scenario.architectures.values() if a.own_system and a.batteries)


def test_one_row_for_each_architecture_with_interceptors_and_one_for_the_rest(study: Study) -> None:
    rows = rows_of(study)
    shown = [r.architecture.id for r in main_rows(rows)]
    group = group_of(rows)
    grouped = () if group is None else group.names
    assert len(shown) == len(set(shown))
    assert len(shown) + len(grouped) == len(study.scenario.architectures)
    assert all(study.scenario.architectures[name].batteries for name in shown)


def test_proposals_without_interceptors_stand_in_one_row(study: Study) -> None:
    name = next(r.architecture.id for r in rows_of(study) if not r.architecture.own_system)
    changed = with_architecture(study, name, batteries=())
    group = group_of(rows_of(changed))
    assert group is not None
    assert any(study.scenario.architectures[name].name in n for n in group.names)
    assert name not in [r.architecture.id for r in main_rows(rows_of(changed))]
    assert "no interceptor" in summary_html(changed)


def test_gains_run_from_the_slow_to_the_fast_end_of_the_own_range(study: Study) -> None:
    for row in rows_of(study):
        assert row.decision_s == row.mode.decision_s.bounds
        for side in row.sides:
            for ends in (side.gained, side.share_met, side.commit_s):
                assert ends is None or ends[0] <= ends[1]


def test_a_row_lists_what_its_verdict_counts(study: Study) -> None:
    for row in rows_of(study):
        own = {(v.battery, v.claim) for v in own_vectors(study.scenario, row.architecture)}
        assert bool(row.operands) == bool(own)
        for side in row.sides:
            asked = [g for _, g in side.verdicts if g is not None]
            assert [rung for rung, _ in side.verdicts] == list(LADDER)
            assert {(v.battery, v.claim) for g in asked for v in g.operands} <= own
            assert side.added == any(g.operands for g in asked)


def test_who_adds_nothing_is_not_said_to_hold(written: Written) -> None:
    table = written.html.split('class="summary"')[1].split("</table>")[0]
    cells = re.findall(r'<td data-label="[^"]*deterrent[^"]*">(.*?)</td>', table, flags=re.DOTALL)
    rows = main_rows(rows_of(written.study))
    sides = [s for r in rows for s in r.sides]
    assert len(cells) >= len(sides)
    for side, cell in zip(sides, cells, strict=False):
        assert ("adds nothing against it" in cell) != side.added
        assert (cell.count('class="v ') == len(LADDER)) == side.added


def test_a_system_without_its_sensors_is_not_computed(study: Study) -> None:
    name = own_system(study)
    changed = with_architecture(study, name, sensors_missing=True)
    party = changed.scenario.architectures[name].proposer_party
    assert "the facts hold no sensor that would track these flights" in summary_html(changed)
    row = next(r for r in rows_of(changed) if r.architecture.id == name)
    assert not row.computed
    assert party is not None
    assert not changed.baseline_known(party)
    assert all(s.share_alone is None for r in rows_of(changed) for s in r.sides if s.party == party)
    coverage = next(t for t in tables_of(changed) if t.name == "coverage")
    met = coverage.header.index("met_people")
    assert {r[met] for r in coverage.rows if r[0] == name} == {None}


def test_counts_are_of_architectures_and_not_of_rows(study: Study) -> None:
    first, second, third = sentences(study, rows_of(study))
    own = [r for r in main_rows(rows_of(study)) if not r.architecture.own_system]
    assert f"Of {len(own)} architectures" in first
    for party in study.scenario.parties:
        assert f"{party.name}'s deterrent" in first
        assert f"{party.name}'s deterrent" in second
    assert "does not follow" in third


def test_a_verdict_without_a_track_is_not_counted_as_held(study: Study) -> None:
    g = next(g for g in study.guarantees if g.operands and g.rung == AS_DECLARED)
    seen = replace(g, turns_on=(), note="")
    assert not untracked(seen)
    assert untracked(replace(seen, turns_on=("track",)))
    assert not untracked(replace(seen, turns_on=("track",), rung="worst case"))


def test_any_speed_is_said_where_none_is_needed(study: Study) -> None:
    g = next(g for g in study.guarantees if g.pairs)
    nearest = min(g.pairs, key=lambda p: p.margin_km_s)
    assert any_speed(replace(g, pairs=(replace(nearest, needed_speed_km_s=0.0),)))
    assert not any_speed(replace(g, pairs=(replace(nearest, needed_speed_km_s=2.0),)))
    assert not any_speed(replace(g, pairs=()))


def test_ties_of_the_worst_off_are_said(study: Study) -> None:
    c = study.coverages[0]
    party = next(r.party for r in c.regions if r.population_threatened > 0)
    one = next(r for r in c.regions if r.party == party and r.population_threatened > 0)
    none = replace(one, population_met=0.0)
    two = replace(none, region="elsewhere", name="Elsewhere", country="elsewhere")
    all_met = replace(two, population_met=two.population_threatened)
    assert worst_off(replace(c, regions=(none, two)), party) == "all at 0 %"
    assert worst_off(replace(c, regions=(none, all_met)), party) == f"{none.name}, 0 %"
    assert worst_off(replace(c, regions=()), party) is None
    part = replace(two, country=none.country)
    assert worst_off(replace(c, regions=(none, replace(part, population_met=1.0))), party) == (
        f"{none.name} (part), 0 %"
    )


def test_gaps_ask_the_owner_against_the_other_party_alone(study: Study) -> None:
    names = {p.id: p.name for p in study.scenario.parties}
    for u in undeclared(study):
        owners = {b.party for b in study.scenario.architectures[u.architecture].batteries}
        if len(owners) == 1:
            lines = [line for gap in (*u.gaps, *u.unmoved) for line in gap.leaves_open]
            assert not [line for line in lines if line.startswith(f"{names[next(iter(owners))]}'s deterrent")]
        questions = [gap.question for gap in u.gaps]
        assert len(questions) == len(set(questions))
        for gap in u.gaps:
            for line in gap.leaves_open:
                low, _, high = line.split(": ")[-1].partition(" to ")
                assert not high or low != high.split(" can")[0]


def test_treaties_baseline_and_left_out_threats_are_told(study: Study) -> None:
    name, scenario = own_system(study), study.scenario
    battery = replace(scenario.architectures[name].batteries[0], treaty_note="One site was allowed.")
    changed = with_architecture(study, name, batteries=(battery,), judged_on="2999")
    party = scenario.parties[0]
    told = replace(
        changed.scenario,
        baseline_notes=((party.id, "Its short-range batteries are left out."),),
        threats_left_out=(("Old Rocket", "too short"),),
    )
    changed = replace(changed, scenario=told)
    assert [note for _, note in treaty_notes(changed)] == ["One site was allowed."]
    assert any("2999" in words for words in later_systems(changed))
    figures = dict.fromkeys(("threat_reach", "clock", "coverage_maps", "modes", "margins"), "")
    page = render(changed, figures, "equipoise study")
    for words in (
        "One site was allowed.",
        "Its short-range batteries are left out.",
        "Old Rocket",
        "too short",
    ):
        assert words in page
    assert "its warhead is outside this model" in page


def test_what_is_not_printed_says_where_it_stands(written: Written) -> None:
    printed = re.findall(r'<p class="print-only">(.*?)</p>', written.html, flags=re.DOTALL)
    assert len(printed) >= 5
    for words in printed:
        for file in re.findall(r"data/\w+\.csv", words):
            assert (written.folder / file).is_file()
        assert "data/" in words


@pytest.mark.parametrize("index", [0, 1])
def test_a_clock_for_each_partys_land(study: Study, index: int) -> None:
    party = study.scenario.parties[index].id
    flights = [t for t in study.typical if t.party == party]
    threatened = any(r.population_threatened > 0 for r in study.baseline.regions if r.party == party)
    assert len(flights) == threatened
    clocks = [c for c in study.clocks if c.party == party]
    assert len({c.architecture for c in clocks}) == len(clocks)
    assert len({(c.impact_s, c.burnout_s) for c in clocks}) == threatened
