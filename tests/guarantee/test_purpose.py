"""The purpose test: people beside flights, and the mirrored and farther places that it is set against."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from equipoise.guarantee import SitePurpose, judge_purpose, purpose_to_json
from equipoise.guarantee.purpose.sites import FARTHER_KM, Middles
from equipoise.scenario import Scenario, load_scenario, swap_parties, write_starter

EARTH_KM = 6371.0


@pytest.fixture(scope="module")
def islands(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    folder = tmp_path_factory.mktemp("starter") / "islands"
    write_starter(folder)
    return load_scenario(str(folder / "scenario.yaml"))


@pytest.fixture(scope="module")
def sites(islands: Scenario) -> tuple[SitePurpose, ...]:
    return judge_purpose(islands, quick=True)


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great circle on a round Earth."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, p)) for p in (a, b))
    cosine = math.sin(lat1) * math.sin(lat2) + math.cos(lat1) * math.cos(lat2) * math.cos(lon1 - lon2)
    return EARTH_KM * math.acos(max(-1.0, min(1.0, cosine)))


def test_every_place_with_interceptors_stands_once(islands: Scenario, sites: tuple[SitePurpose, ...]) -> None:
    placed = {b.site or b.sea_area for a in islands.architectures.values() for b in a.batteries}
    assert {s.place for s in sites} == placed
    assert len({(s.place, s.interceptors, s.kind) for s in sites}) == len(sites)


def test_shares_are_shares_and_new_ones_are_among_them(sites: tuple[SitePurpose, ...]) -> None:
    for s in sites:
        for _, share, new in s.reached:
            assert 0.0 <= new <= share <= 1.0
        assert s.people is not None
        assert s.people <= s.threatened + 1.0


def test_later_commits_reach_no_more(sites: tuple[SitePurpose, ...]) -> None:
    for s in sites:
        assert s.share("burnout plus track") <= s.share("worst case") + 1e-12


def test_own_systems_and_sea_boxes_have_no_comparison(
    islands: Scenario, sites: tuple[SitePurpose, ...]
) -> None:
    for s in sites:
        if s.own_system or s.place in islands.sea_areas:
            assert s.kind == "as proposed"


def test_the_mirrored_place_is_as_near_to_threats_and_people_and_returns() -> None:
    lisbon = load_scenario("lisbon-2010")
    first, second = (p.id for p in lisbon.parties)
    middles = Middles(lisbon, first, second)
    spot = (54.5, 17.1)
    moved = middles.mirrored(spot)
    assert distance_km(moved, spot) > 1000.0
    for end in (middles.threat_deg, middles.people_deg):
        assert distance_km(moved, end) == pytest.approx(distance_km(spot, end), abs=0.5)
    assert middles.mirrored(moved) == pytest.approx(spot, abs=1e-9)


def test_the_farther_place_is_farther_from_the_nearest_launch_area_on_land() -> None:
    lisbon = load_scenario("lisbon-2010")
    first, second = (p.id for p in lisbon.parties)
    spot = (54.5, 17.1)
    away = Middles(lisbon, first, second).farther(spot)
    assert distance_km(spot, away) == pytest.approx(FARTHER_KM, abs=1.0)
    areas = [a.area for a in lisbon.deterrent_areas if a.party == second and a.basing != "submarine"]
    ends = [(sum(a.lat_deg) / 2, sum(a.lon_deg) / 2) for a in areas]
    nearest = min(ends, key=lambda e: distance_km(spot, e))
    assert distance_km(away, nearest) == pytest.approx(distance_km(spot, nearest) + FARTHER_KM, abs=2.0)


def test_exchanging_the_parties_exchanges_the_owners(
    islands: Scenario, sites: tuple[SitePurpose, ...]
) -> None:
    other = {p.id: q.id for p, q in zip(islands.parties, islands.parties[::-1], strict=True)}
    swapped = judge_purpose(swap_parties(islands), quick=True)
    here = {(s.place, s.interceptors, s.kind): s for s in sites}
    there = {(s.place, s.interceptors, s.kind): s for s in swapped}
    assert here.keys() == there.keys()
    for key, s in here.items():
        assert there[key].owner == other[s.owner]
        assert there[key].people == pytest.approx(s.people, rel=1e-6, abs=1.0)
        assert [r for r, _, _ in there[key].reached] == [r for r, _, _ in s.reached]
        for rung, share, new in s.reached:
            assert there[key].share(rung) == pytest.approx(share)
            assert there[key].newly(rung) == pytest.approx(new)


def test_without_a_launch_area_on_land_nothing_is_farther(islands: Scenario) -> None:
    bare = replace(islands, deterrent_areas=())
    first, second = (p.id for p in bare.parties)
    assert Middles(bare, first, second).farther((10.0, 10.0)) == (10.0, 10.0)


def test_the_record_has_finite_numbers_only(sites: tuple[SitePurpose, ...]) -> None:
    record = purpose_to_json(sites)
    assert json.loads(json.dumps(record, allow_nan=False)) == record


def test_people_of_a_place_without_its_sensors_in_the_facts_are_not_a_nought(islands: Scenario) -> None:
    lame = {n: replace(a, sensors_missing=a.own_system) for n, a in islands.architectures.items()}
    found = judge_purpose(replace(islands, architectures=lame), quick=True)
    assert {s.people is None for s in found if s.own_system} == {True}
    assert {s.people is None for s in found if not s.own_system} == {False}
    for entry in purpose_to_json(found):
        assert entry["people_computed"] == (entry["people_newly_met"] is not None)
