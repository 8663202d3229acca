"""The digest follows every figure and nothing else; the parties swap and swap back."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipoise.scenario import Scenario, digest, load_scenario, swap_parties
from equipoise.scenario.digests import canonical, decimal_text


@pytest.fixture(scope="module")
def lisbon() -> Scenario:
    return load_scenario("lisbon-2010")


def test_the_digest_is_the_same_each_time(lisbon: Scenario) -> None:
    assert load_scenario("lisbon-2010").digest == digest(lisbon) == lisbon.digest


def test_it_changes_with_one_figure(lisbon: Scenario) -> None:
    site = lisbon.sites["redzikowo"]
    moved = replace(lisbon, sites={**lisbon.sites, "redzikowo": replace(site, lon_deg=site.lon_deg + 0.1)})
    assert digest(moved) != lisbon.digest


def test_it_changes_with_a_status_alone(lisbon: Scenario) -> None:
    first = replace(lisbon.threats[0], status="assumed")
    assert digest(replace(lisbon, threats=(first, *lisbon.threats[1:]))) != lisbon.digest


def test_better_wording_of_a_gap_is_no_other_fact(lisbon: Scenario) -> None:
    id, proposal = next(iter(lisbon.architectures.items()))
    reworded = replace(proposal, undeclared=(*proposal.undeclared, "Another sentence."))
    assert digest(replace(lisbon, architectures={**lisbon.architectures, id: reworded})) == lisbon.digest


def test_the_canonical_text_holds_no_raw_float(lisbon: Scenario) -> None:
    def refuse(text: str) -> float:
        raise AssertionError(f"a raw number: {text}")

    facts = json.loads(canonical(lisbon), parse_float=refuse, parse_int=refuse)["facts"]
    assert facts["sites"]["redzikowo"]["lat_deg"] == "54.5"
    assert "digest" not in facts


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers())
def test_decimal_text_reads_back_the_same(value: float) -> None:
    text = decimal_text(value)
    assert "e" not in text.lower()
    assert type(value)(Decimal(text)) == value


@given(st.integers(-(10**6), 10**6))
def test_a_whole_number_is_written_the_same_as_a_float(value: int) -> None:
    assert decimal_text(value) == decimal_text(float(value)) == str(value)


def test_infinity_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        decimal_text(float("inf"))


def test_swapping_twice_gives_the_same_scenario(lisbon: Scenario) -> None:
    swapped = swap_parties(lisbon)
    assert swapped.digest != lisbon.digest
    assert swap_parties(swapped) == lisbon


def test_members_places_and_weapons_stay_and_labels_go(lisbon: Scenario) -> None:
    swapped = swap_parties(lisbon)
    assert [p.id for p in swapped.parties] == ["NATO", "Russia"]
    assert [m.name for m in swapped.parties[0].members] == ["Russia"]
    party_of = {m.name: p.id for p in swapped.parties for m in p.members}
    batteries = [b for a in swapped.architectures.values() for b in a.batteries]
    assert all(party_of[b.member] == b.party for b in batteries)
    assert all(party_of[s.member] == s.party for s in swapped.sensors.values())
    assert all(party_of[a.holder] == a.party for a in swapped.deterrent_areas)
    assert swapped.sites == lisbon.sites
    assert swapped.regions == lisbon.regions
    for mode, before in zip(swapped.modes, lisbon.modes, strict=True):
        assert [s.areas for s in mode.sectors] == [s.areas for s in before.sectors]
        assert [s.party for s in mode.sectors] == [s.party for s in before.sectors][::-1]
