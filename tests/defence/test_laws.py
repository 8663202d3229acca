"""Laws of coverage, all else equal: faster, earlier and more never lose anybody; sectors decide by ground."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from equipoise.defence import Coverage, Engagements, cover, engage
from equipoise.scenario import Area, InterceptorModel, Scenario, Sector

from .conftest import MODES, build_cells, build_claim, build_rule, build_scenario, build_threat, figure

CELLS = build_cells(count=16)


def with_speed(speed_km_s: float) -> Scenario:
    scenario = build_scenario(**build_threat())
    claim = build_claim("slow", speed_km_s=figure(speed_km_s, "km/s"))
    models = {**scenario.interceptors, "slow": InterceptorModel("slow", "slow", "M", (claim,), claim.id)}
    return replace(scenario, interceptors=models)


@cache
def flown_at_three() -> Engagements:
    return engage(with_speed(3.0), CELLS)


def rows(scenario: Scenario, **options: object) -> tuple[Coverage, ...]:
    return cover(scenario, engage(scenario, CELLS), ["plan"], **options)  # type: ignore[arg-type]


@settings(max_examples=8, deadline=None)
@given(speed=st.floats(1.8, 5.0), more=st.floats(0.1, 2.0))
def test_a_faster_interceptor_never_loses_anybody(speed: float, more: float) -> None:
    """Slacks may fall by the table's error beside the edge of reach, 4 s; no cell is lost by more."""
    for slow, fast in zip(rows(with_speed(speed)), rows(with_speed(speed + more)), strict=True):
        assert slow.slack_s is not None
        assert fast.slack_s is not None
        assert (fast.slack_s >= slow.slack_s - 4.0).all()
        assert not (slow.met & ~fast.met & (slow.slack_s > slow.decision_s + 4.0)).any()


@settings(max_examples=20, deadline=None)
@given(track=st.floats(0.0, 600.0), earlier=st.floats(0.0, 200.0))
def test_an_earlier_commit_never_loses_anybody(track: float, earlier: float) -> None:
    scenario = with_speed(3.0)
    flown = flown_at_three()
    late, early = (cover(scenario, flown, ["plan"], track_s=t) for t in (track, track - earlier))
    for one, other in zip(late, early, strict=True):
        assert (one.met <= other.met).all()


def sectoral(areas_a: tuple[Area, ...], areas_b: tuple[Area, ...]) -> Scenario:
    sectors = (Sector("A", areas_a, "assumed", "made up"), Sector("B", areas_b, "assumed", "made up"))
    rule = build_rule(
        "sectors", picture="fused", deciders="sector", interceptors="sector", land="both", sectors=sectors
    )
    return build_scenario(**build_threat(), modes=(*MODES, rule))


def test_flights_are_told_apart_by_the_sectors_that_they_cross() -> None:
    west = Area("box", (30.0, 70.0), (-20.0, 28.0), "assumed")
    east = Area("box", (30.0, 70.0), (44.0, 60.0), "assumed")
    scenario = sectoral((west,), (east,))
    flown = engage(scenario, CELLS)
    crossed = flown.crossed["sectors"]
    ends_west = CELLS.lon_deg[flown.cell] < 27.5
    assert crossed[:, 1].all(), "every flight starts in the eastern box"
    assert crossed[ends_west, 0].all()
    assert not crossed[CELLS.lon_deg[flown.cell] > 32.0, 0].all()


def test_a_sector_round_the_date_line_holds_what_lies_in_it() -> None:
    everywhere_but_here = Area("box", (-90.0, 90.0), (100.0, -100.0), "assumed")
    scenario = sectoral((everywhere_but_here,), (everywhere_but_here,))
    assert not engage(scenario, CELLS).crossed["sectors"].any()


def test_where_no_sector_is_crossed_each_defends_its_own() -> None:
    nowhere = Area("box", (-80.0, -70.0), (0.0, 10.0), "assumed")
    scenario = sectoral((nowhere,), (nowhere,))
    flown = engage(scenario, CELLS)
    by_mode = {
        r.mode: r for r in cover(scenario, flown, ["plan"], variants=("whole",)) if r.timing == "equal"
    }
    assert np.array_equal(by_mode["sectors"].met, by_mode["shared"].met)


def test_a_sector_held_by_the_partner_alone_uses_its_interceptors() -> None:
    world = Area("box", (-90.0, 90.0), (-180.0, 180.0), "assumed")
    nowhere = Area("box", (-80.0, -70.0), (0.0, 10.0), "assumed")
    scenario = sectoral((nowhere,), (world,))
    flown = engage(scenario, CELLS)
    assert flown.crossed["sectors"][:, 1].all()
    assert not flown.crossed["sectors"][:, 0].any()
    found = {r.variant: r for r in cover(scenario, flown, ["plan"], modes=["sectors"]) if r.timing == "equal"}
    theirs, mine = flown.cells.party == 1, flown.cells.party == 0
    assert np.array_equal(found["shots-withheld"].met[theirs], found["whole"].met[theirs])
    alone = cover(scenario, flown, ["plan"], modes=["separate"], variants=("whole",))[0]
    assert np.array_equal(found["shots-withheld"].met[mine], alone.met[mine])
