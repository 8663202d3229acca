"""From flights to coverage on a small fictional scenario, and the laws of coverage."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from equipoise.defence import (
    Engagements,
    baseline,
    break_even,
    cover,
    engage,
    equal_decision_s,
    gain,
    people_met,
)
from equipoise.scenario import Scenario

from .conftest import battery, build_architecture, build_cells, build_scenario, build_threat


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return build_scenario(**build_threat())


@pytest.fixture(scope="module")
def flown(scenario: Scenario) -> Engagements:
    return engage(scenario, build_cells())


def test_flights_stand_in_the_order_of_their_cells_and_reach_only_parties(flown: Engagements) -> None:
    assert len(flown) > 100
    assert (np.diff(flown.cell) >= 0).all()
    assert (flown.cells.party[flown.cell] >= 0).all()
    assert set(flown.loft) == {0, 1}
    assert set(flown.point) == {0, 1, 2, 3}
    assert (flown.impact_s > flown.burnout_s).all()
    assert dict(flown.failed).get("no-solution", 0) == 0


def test_a_commit_leads_to_its_meeting_within_the_cap(flown: Engagements) -> None:
    works = np.isfinite(flown.commit_s)
    assert works.any()
    flyout = flown.meeting_s[works] - flown.commit_s[works]
    assert flyout.min() > 60.0
    assert flyout.max() <= 600.001
    assert (flown.meeting_s[works] >= np.broadcast_to(flown.burnout_s, works.shape)[works]).all()


def test_rows_hold_together(scenario: Scenario, flown: Engagements) -> None:
    rows = cover(scenario, flown)
    assert len(rows) == 3 * 3 * (3 + 4) + 3
    assert {r.architecture for r in rows if r.joined} == {"plan"}
    for row in rows:
        assert not (row.met & ~row.threatened).any()
        for region in row.regions:
            assert 0 <= region.population_met <= region.population_threatened <= region.population + 1e-6
            assert 0 <= region.area_met_km2 <= region.area_threatened_km2
        for party in "AB":
            assert 0.0 <= row.population_fraction(party) <= 1.0
        assert (row.first_commit_s[~row.threatened] == 0).all()
    assert {r.threatened.sum() for r in rows} == {rows[0].threatened.sum()}
    assert any(people_met(r, "A") > 0 for r in rows)


def test_a_proposal_of_one_side_has_its_own_mode_with_nothing_joined(
    scenario: Scenario, flown: Engagements
) -> None:
    plan = replace(scenario.architectures["plan"], command_mode="dual-key")
    changed = replace(scenario, architectures={**scenario.architectures, "plan": plan})
    rows = cover(changed, flown, ["plan"])
    apart = [r for r in rows if not r.joined]
    assert [(r.mode, r.variant, r.timing) for r in apart] == [
        ("dual-key", "whole", timing) for timing in ("equal", "fast", "slow")
    ]
    assert {v.party for v in apart[0].operands} == {"A"}
    bounds = scenario.modes[2].decision_s.bounds
    assert bounds == (apart[1].decision_s, apart[2].decision_s)
    base = baseline(scenario, flown)
    assert gain(apart[0], base, "B") == pytest.approx(0.0)
    joined = next(r for r in rows if (r.mode, r.variant, r.timing) == ("dual-key", "whole", "equal"))
    assert people_met(apart[0], "A") < people_met(joined, "A")
    assert cover(changed, flown, ["plan"], modes=["separate"])[-1].joined
    together = replace(plan, joint=True)
    changed = replace(scenario, architectures={**scenario.architectures, "plan": together})
    assert all(r.joined for r in cover(changed, flown, ["plan"]))


def test_longer_decisions_never_meet_more(scenario: Scenario, flown: Engagements) -> None:
    for mode in ("separate", "shared", "dual-key"):
        rows = {r.timing: r for r in cover(scenario, flown, ["plan"], modes=[mode], variants=["whole"])}
        assert (rows["fast"].met >= rows["slow"].met).all()


def test_integration_wins_at_equal_times(scenario: Scenario, flown: Engagements) -> None:
    """Case C06's order, from the engine."""
    rows = {r.mode: r for r in cover(scenario, flown, ["plan"], variants=["whole"]) if r.timing == "equal"}
    assert (rows["separate"].met <= rows["shared"].met).all()
    assert (rows["shared"].met <= rows["dual-key"].met).all()
    assert rows["separate"].met.sum() < rows["dual-key"].met.sum()


def test_a_cut_link_leaves_separate_defence(scenario: Scenario, flown: Engagements) -> None:
    rows = cover(scenario, flown, ["plan"])
    separate = next(r for r in rows if (r.mode, r.variant, r.timing) == ("separate", "whole", "equal"))
    cut = next(r for r in rows if (r.mode, r.variant) == ("dual-key", "link-cut"))
    assert np.array_equal(cut.met, separate.met)


def test_swapping_the_parties_swaps_the_rows(scenario: Scenario, flown: Engagements) -> None:
    swapped = replace(scenario, parties=scenario.parties[::-1])
    cells = replace(flown.cells, party=1 - flown.cells.party)
    turned = replace(flown, cells=cells)
    for here, there in zip(cover(scenario, flown), cover(swapped, turned), strict=True):
        assert np.array_equal(here.met, there.met)
        assert {(r.party, r.population_met) for r in here.regions} == {
            (r.party, r.population_met) for r in there.regions
        }


def test_one_more_site_never_loses_anybody(scenario: Scenario) -> None:
    plan = scenario.architectures["plan"]
    more = replace(plan, id="more", batteries=(*plan.batteries, battery("a3", "fast", "west", "A")))
    richer = replace(scenario, architectures={**scenario.architectures, "more": more})
    flown = engage(richer, build_cells())
    for poor, rich in zip(cover(richer, flown, ["plan"]), cover(richer, flown, ["more"]), strict=True):
        assert (poor.met <= rich.met).all()


def test_unmarked_sensors_alone_never_see_more(scenario: Scenario, flown: Engagements) -> None:
    every = cover(scenario, flown, ["plan"])
    some = cover(scenario, flown, ["plan"], unmarked_only=True)
    for one, other in zip(every, some, strict=True):
        assert (other.met <= one.met).all()
        assert other.unmarked_only


def test_stricter_fire_control_never_meets_more(scenario: Scenario, flown: Engagements) -> None:
    remote, launch, organic = (
        cover(scenario, flown, fire_control=f) for f in ("engage-on-remote", "launch-on-remote", "organic")
    )
    for r, la, o in zip(remote, launch, organic, strict=True):
        assert (la.met <= r.met).all()
        assert (o.met <= r.met).all()
        assert o.fire_control == "organic"
    assert any(la.met.sum() < r.met.sum() for r, la in zip(remote, launch, strict=True))


def test_a_stated_track_replaces_the_sensors(scenario: Scenario, flown: Engagements) -> None:
    early, late, never = (cover(scenario, flown, ["plan"], track_s=t)[0] for t in (0.0, 300.0, 1e5))
    assert (early.met >= late.met).all()
    assert not never.met.any()
    assert (early.first_commit_s[early.threatened] == early.decision_s).all()


def test_the_baseline_is_what_each_has_alone_and_gains_start_from_it(
    scenario: Scenario, flown: Engagements
) -> None:
    base = baseline(scenario, flown)
    separate = next(r for r in cover(scenario, flown, ["plan"], modes=["separate"]) if r.variant == "whole")
    assert people_met(base, "A") > 0
    assert gain(separate, base, "A") >= 0
    assert gain(separate, base, "B") == pytest.approx(0.0)


def test_break_even_is_where_the_lead_ends(scenario: Scenario, flown: Engagements) -> None:
    rows = {r.mode: r for r in cover(scenario, flown, ["plan"], variants=["whole"]) if r.timing == "equal"}
    found = [
        break_even(rows["dual-key"], rows["separate"], flown.cells, i, p.id)
        for i, p in enumerate(scenario.parties)
    ]
    assert any(f.decision_s is not None for f in found)
    for i, it in enumerate(found):
        if it.decision_s is None:
            assert it.reason
            continue
        slack = rows["dual-key"].slack_s
        assert slack is not None
        mine = flown.cells.party == i
        ahead = flown.cells.population[mine & rows["dual-key"].threatened & (slack >= it.decision_s)].sum()
        behind = flown.cells.population[mine & rows["dual-key"].threatened & (slack > it.decision_s)].sum()
        assert ahead > it.population_alone >= behind


def test_a_mode_that_adds_nothing_leads_only_by_deciding_faster(
    scenario: Scenario, flown: Engagements
) -> None:
    separate = cover(scenario, flown, ["own-a"], modes=["separate"], variants=["whole"])[0]
    lead = break_even(separate, separate, flown.cells, 0, "A").decision_s
    assert lead is None or lead < separate.decision_s


def test_an_architecture_without_sensors_meets_nobody(scenario: Scenario, flown: Engagements) -> None:
    blind = build_architecture("blind", "A", scenario.architectures["plan"].batteries, own_system=True)
    changed = replace(scenario, architectures={**scenario.architectures, "blind": blind})
    assert not cover(changed, flown, ["blind"])[0].met.any()


def test_no_threat_threatens_nobody(scenario: Scenario) -> None:
    calm = engage(scenario, build_cells(), assessed=False)
    assert len(calm) == 0
    row = cover(scenario, calm, ["plan"])[0]
    assert not row.threatened.any()
    assert row.population_fraction("A") == 0.0


def test_the_equal_time_is_the_median_of_the_modes_middles(scenario: Scenario) -> None:
    assert equal_decision_s(scenario) == 40.0


def test_a_mode_without_sectors_or_an_unknown_architecture_is_said(
    scenario: Scenario, flown: Engagements
) -> None:
    with pytest.raises(KeyError, match="made-up"):
        cover(scenario, flown, ["no-such"])


def test_a_cell_is_met_only_if_every_flight_to_it_is(scenario: Scenario, flown: Engagements) -> None:
    row = cover(scenario, flown, ["own-a"], modes=["separate"], variants=["whole"])[0]
    column = np.flatnonzero(flown.column_vector == [v.interceptor for v in flown.vectors].index("slow"))
    station = [s.sensor for s in flown.sightings.stations].index("ra")
    slack = flown.commit_s[column].max(axis=0) - flown.sightings.track_s[:, station]
    for cell in np.unique(flown.cell):
        if flown.cells.party[cell] == 0:
            every = bool((slack[flown.cell == cell] >= row.decision_s).all())
            assert row.met[cell] == every
