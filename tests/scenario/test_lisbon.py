"""The scenario lisbon-2010: complete, dated, and honest about what it put together."""

from __future__ import annotations

import re

import pytest

from equipoise.scenario import Scenario, find_architecture, load_catalogue, load_scenario, scenario_names


@pytest.fixture(scope="module")
def lisbon() -> Scenario:
    return load_scenario("lisbon-2010")


def test_it_ships_and_the_starter_is_no_scenario_to_name() -> None:
    assert scenario_names() == ("lisbon-2010",)


def test_members_are_those_of_the_day(lisbon: Scenario) -> None:
    nato, russia = lisbon.parties
    assert len(nato.members_on("2010-11-20")) == 28
    assert len(nato.members_on("1999-03-11")) == 16
    assert len(nato.members_on("2024-03-07")) == 32
    assert [m.country for m in russia.members_on("2010-11-20")] == ["RU"]


def test_every_dated_architecture_of_the_catalogue_stands_in_it(lisbon: Scenario) -> None:
    assert set(lisbon.architectures) == set(load_catalogue().architectures)
    own = [a for a in lisbon.architectures.values() if a.own_system]
    assert {(a.id, a.batteries[0].party) for a in own} == {
        ("us-own-2010", "NATO"),
        ("russia-own-2010", "Russia"),
    }
    assert {b.number for b in find_architecture(lisbon, "us_own_2010").batteries} == {26, 4}


def test_only_what_was_proposed_to_both_is_joint(lisbon: Scenario) -> None:
    joint = {a.id for a in lisbon.architectures.values() if a.joint}
    assert joint == {"russia-2007", "sectoral-2010", "nato-two-centres", "easi-2012", "cax-2012"}


def test_what_an_earlier_treaty_allowed_is_marked(lisbon: Scenario) -> None:
    ring = next(b for b in lisbon.architectures["russia-own-2010"].batteries if b.interceptor == "53t6")
    assert "100 interceptors" in ring.treaty_note
    assert "2002-06-13" in ring.treaty_note
    assert all(b.treaty_note for a in lisbon.architectures.values() if a.own_system for b in a.batteries)


def test_a_proposal_without_interceptors_joins_some_and_says_so(lisbon: Scenario) -> None:
    for proposal in lisbon.architectures.values():
        if not proposal.batteries:
            assert proposal.joins, proposal.id
            assert proposal.put_together, proposal.id
            assert "No interceptor is placed: neither kind, number nor site." in proposal.undeclared
        for joined in proposal.joins:
            assert lisbon.architectures[joined].batteries, proposal.id


def test_what_was_added_is_said(lisbon: Scenario) -> None:
    for id, proposal in lisbon.architectures.items():
        printed = load_catalogue().architectures[id]
        if proposal.sensors != printed.sensors or len(proposal.batteries) != len(printed.batteries):
            assert proposal.put_together, id


def test_gaps_follow_from_the_data(lisbon: Scenario) -> None:
    third_site = lisbon.architectures["third-site-2007"].undeclared
    assert any("published figures run from 5.4 to 9 km/s" in g for g in third_site)
    assert any("2000 km, has no stated target" in g for g in third_site)
    ships = lisbon.architectures["epaa-phase1"].undeclared
    assert any("number of SM-3 Block IA at eastern Mediterranean is not stated" in g for g in ships)
    assert any("sea area of the ships (eastern Mediterranean)" in g for g in ships)
    assert "No sensor is named." in lisbon.architectures["epaa-phase4"].undeclared
    assert any(
        "Redzikowo came into use on 2023-12-15" in g for g in lisbon.architectures["epaa-phase3"].undeclared
    )
    assert any(
        "reported at work from 2009-02-26 only" in g for g in lisbon.architectures["russia-2007"].undeclared
    )
    assert all(a.undeclared for a in lisbon.architectures.values())


def test_threats_are_those_known_on_the_day_and_the_projected_one_stands_apart(lisbon: Scenario) -> None:
    assert {t.id for t in lisbon.threats if t.assessed} == {
        "shahab-3",
        "ghadr-1",
        "sejjil-2",
        "nodong",
        "taepodong-1",
    }
    assert [t.state for t in lisbon.threats if not t.assessed] == ["projected"]
    assert all(t.state_since[:4] <= "2010" for t in lisbon.threats)
    assert {t.holder for t in lisbon.threats}.isdisjoint({m.name for p in lisbon.parties for m in p.members})


def test_launch_areas_of_threats_are_coarse_boxes(lisbon: Scenario) -> None:
    for area in lisbon.threat_areas:
        (south, north), (west, east) = area.area.lat_deg, area.area.lon_deg
        assert area.area.kind == "box"
        assert north - south > 0.75
        assert east - west > 0.75


def test_no_place_is_finer_than_a_tenth_of_a_degree(lisbon: Scenario) -> None:
    areas = [a.area for a in (*lisbon.deterrent_areas, *lisbon.threat_areas, *lisbon.ends)]
    figures = [f for a in areas for f in (*a.lat_deg, *a.lon_deg)]
    figures += [f for s in lisbon.sites.values() for f in (s.lat_deg, s.lon_deg)]
    assert all(abs(f * 10 - round(f * 10)) < 1e-9 for f in figures)


def test_no_model_kept_for_comparison_is_flown(lisbon: Scenario) -> None:
    assert {m.use for m in lisbon.missile_models.values()} == {"scenario"}
    okhotsk = next(a for a in lisbon.deterrent_areas if a.id == "okhotsk")
    assert (okhotsk.missiles, okhotsk.no_model) == ((), ("r-29r",))
    tatishchevo = next(a for a in lisbon.deterrent_areas if a.id == "tatishchevo")
    assert tatishchevo.missiles == ("ss-19-assumed", "topol-m-assumed", "topol-m-assumed-fast")


def test_both_sides_deterrents_and_ends(lisbon: Scenario) -> None:
    assert {a.party for a in lisbon.deterrent_areas} == {"NATO", "Russia"}
    assert {a.holder for a in lisbon.deterrent_areas} == {"Russia", "United States", "United Kingdom"}
    assert {e.member for e in lisbon.ends} == {"Russia", "United States"}


def test_each_declared_claim_has_a_speed_and_a_reason(lisbon: Scenario) -> None:
    for model in lisbon.interceptors.values():
        declared = next(c for c in model.claims if c.id == model.declared_claim)
        assert declared.speed_km_s.known
        assert model.declared_why


def test_everything_named_is_there(lisbon: Scenario) -> None:
    members = {m.name: p.id for p in lisbon.parties for m in p.members}
    for a in lisbon.architectures.values():
        assert set(a.sensors) <= set(lisbon.sensors)
        for b in a.batteries:
            assert b.interceptor in lisbon.interceptors
            assert (b.site in lisbon.sites) != (b.sea_area in lisbon.sea_areas)
            assert members[b.member] == b.party
    for s in lisbon.sensors.values():
        assert members[s.member] == s.party
    areas = {a.id for a in lisbon.threat_areas}
    for t in lisbon.threats:
        assert set(t.launch_areas) <= areas
        assert set(t.models) <= set(lisbon.missile_models)


def test_five_modes_with_stated_ranges_told_apart_by_fields(lisbon: Scenario) -> None:
    assert [m.id for m in lisbon.modes] == ["separate", "shared", "sectoral", "dual-key", "pre-delegated"]
    rules = {(m.picture, m.deciders, m.interceptors, m.land) for m in lisbon.modes}
    assert len(rules) == 5
    for mode in lisbon.modes:
        low, high = mode.decision_s.bounds or (0.0, 0.0)
        assert 0 < low < high
        assert mode.decision_s.status == "assumed"
    sectoral = lisbon.modes[2]
    assert {s.party for s in sectoral.sectors} == {"NATO", "Russia"}


def test_regions_are_the_members_of_the_day_split_where_it_matters(lisbon: Scenario) -> None:
    assert len(lisbon.regions) == 28 + 1 + 3
    assert {r.name for r in lisbon.regions if r.country == "TR"} == {
        "Turkey west of the meridian of the Bosporus",
        "Turkey east of the meridian of the Bosporus",
    }


def test_single_shot_is_left_unknown_so_that_leakage_stays_off_the_first_screen(lisbon: Scenario) -> None:
    assert not lisbon.rules.single_shot.known
    assert lisbon.rules.cloud_break_km.bounds == (7.0, 10.0)


def test_the_digest_is_sha_256(lisbon: Scenario) -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", lisbon.digest)
