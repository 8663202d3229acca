"""What lisbon-2010 says beside its figures: who speaks, what is left out, and what stands in for what."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from equipoise.flight import aim_many
from equipoise.scenario import Scenario, fill_area, load_catalogue, load_scenario, swap_parties, write_starter


@pytest.fixture(scope="module")
def lisbon() -> Scenario:
    return load_scenario("lisbon-2010")


CORNERS_DEG = np.array([[40.7, -74.0], [47.6, -122.3], [34.0, -118.2], [25.8, -80.2]])
"""New York, Seattle, Los Angeles and Miami: the contiguous United States' corners, coarsely."""


def test_the_projected_missile_reaches_what_it_stands_for_only_with_the_lighter_payload(
    lisbon: Scenario,
) -> None:
    threat = next(t for t in lisbon.threats if not t.assessed)
    (name,) = threat.models
    model = lisbon.missile_models[name]
    base = load_catalogue().missile_models["generic-icbm-liquid-2"]
    assert (name, model.missile.payload_kg) == ("generic-icbm-liquid-2-1300-kg", 1300.0)
    assert base.missile.payload_kg == 1900.0
    assert replace(model.missile, id=base.id, payload_kg=1900.0) == base.missile
    assert any("Payload 1,300 kg in place of the model's 1,900 kg (assumed)" in a for a in model.assumptions)
    assert "1,900 kg" in threat.note
    areas = [a for a in lisbon.threat_areas if a.id in threat.launch_areas]
    assert all(name in a.missiles and base.id not in a.missiles for a in areas)
    origins = np.concatenate([np.asarray(fill_area(a.area, 2)) for a in areas])
    there, here = np.repeat(CORNERS_DEG, len(origins), axis=0), np.tile(origins, (len(CORNERS_DEG), 1))
    light, heavy = (
        aim_many((m,), here, there).ok.reshape(len(CORNERS_DEG), -1) for m in (model.missile, base.missile)
    )
    assert light.any(axis=1).all()
    assert not heavy.any()


def test_another_threat_may_fly_the_model_as_it_stands(tmp_path: Path) -> None:
    (path,) = write_starter(tmp_path)
    text = path.read_text("utf-8").replace("  payload_kg: null ", "  payload_kg: {value: 450} ", 1)
    block = re.search(r"(?ms)^threats:\n(- id: lance.*?)\n\n", text)
    assert block is not None
    twin = block[1].replace("id: lance", "id: heavy", 1).replace("{value: 450}", "null")
    path.write_text(text.replace(block[1], f"{block[1]}\n{twin}"), "utf-8")
    scenario = load_scenario(path)
    assert [t.models for t in scenario.threats] == [("lance-450-kg",), ("lance",)]
    assert scenario.threat_areas[0].missiles == ("lance-450-kg", "lance")
    assert {"lance", "lance-450-kg"} <= set(scenario.missile_models)


def test_only_officials_speak_for_a_party(lisbon: Scenario) -> None:
    party = {s.id: s.party for s in lisbon.statements}
    assert party["mda-2007-slides"] == party["oreilly-2011"] == "NATO"
    assert party["russia-mod-2012"] == party["patrushev-2012"] == "Russia"
    assert party["postol-lewis-2007"] is party["gao-2013"] is party["kommersant-experts-2012"] is None
    assert party["speed-line-1997"] is party["scale-fits-the-threat"] is None
    for measure in (s for s in lisbon.statements if s.kind == "measure"):
        by = dict(measure.data)["by"]
        official = re.match(r"(US|NATO|Russia) \(|NATO,|existing law", by)
        assert (measure.party is not None) == bool(official), by


def test_a_claim_or_measure_names_who_says_it_and_says_something(lisbon: Scenario) -> None:
    for s in lisbon.statements:
        if s.kind != "concern":
            who = dict(s.data).get("claimant") or dict(s.data)["by"]
            assert s.text.startswith(f"{who}: ")
            assert len(s.text) > len(who) + 10
            assert "reach: " not in s.text
    reply = next(s for s in lisbon.statements if s.id == "mda-2007-reply")
    assert "says that it cannot reach; the critics do not allow for the time" in reply.text


def test_no_architecture_is_called_after_a_person(lisbon: Scenario) -> None:
    names = {a.id: a.name for a in lisbon.architectures.values()}
    assert names["russia-2007"] == "Russia's proposals of June and July 2007"
    assert names["sectoral-2010"] == "Russia's sectoral proposal, 2010"
    assert names["russia-2011-measures"] == "Russia's answering measures, 2011"
    assert not any("Putin" in n or "Medvedev" in n for n in names.values())
    assert "Putin" in load_catalogue().architectures["russia-2007"].name


def test_what_is_not_run_is_said(lisbon: Scenario) -> None:
    assert [a.id for a in lisbon.architectures.values() if a.sensors_missing] == ["us-own-2010"]
    assert any("Alaska and California" in u for u in lisbon.architectures["us-own-2010"].undeclared)
    said = {
        party: " ".join(s for p, s in lisbon.baseline_notes if p == party) for party in ("NATO", "Russia")
    }
    assert all(word in said["NATO"] for word in ("Patriot", "SAMP/T", "THAAD", "SM-3 Block IA"))
    assert "S-300" in said["Russia"]
    assert swap_parties(lisbon).baseline_notes[0][0] == "Russia"
    left_out = " ".join(name for name, _ in lisbon.threats_left_out)
    assert all(n in left_out for n in ("Unha", "Safir", "Musudan", "Scud", "Shahab-1", "Fateh"))
    assert all(why for _, why in lisbon.threats_left_out)
