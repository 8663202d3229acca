"""Operand vectors: what a declared claim becomes, and what stays unknown."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from equipoise.defence import joined_batteries, joined_sensors, operand_vectors
from equipoise.scenario import Area, Figure, InterceptorModel, Scenario, SeaArea, load_scenario
from equipoise.sensing import stations

from .conftest import build_claim, build_scenario, build_sensor, figure


@pytest.fixture(scope="module")
def lisbon() -> Scenario:
    return load_scenario("lisbon-2010")


def test_a_vector_a_battery_with_the_joined_systems() -> None:
    scenario = build_scenario()
    plan = scenario.architectures["plan"]
    vectors = operand_vectors(scenario, plan)
    assert [v.battery for v in vectors] == ["a2", "b1"]
    assert [v.party for v in vectors] == ["A", "B"]
    assert joined_sensors(scenario, plan) == ("ra", "rc", "rb")
    assert [b.id for b in joined_batteries(scenario, plan)] == ["a2", "b1"]


def test_a_range_stands_at_its_middle_and_what_is_unknown_does_not_bind() -> None:
    scenario = build_scenario()
    spread = Figure(None, "s", "assumed", "made up", 100.0, 140.0)
    claim = build_claim("slow", time_to_burnout_s=spread, flight_cap_s=figure(None, "s"))
    models = {**scenario.interceptors, "slow": InterceptorModel("slow", "slow", "M", (claim,), claim.id)}
    changed = replace(scenario, interceptors=models)
    vector = operand_vectors(changed, changed.architectures["own-a"])[0]
    assert vector.time_to_burnout_s == 120.0
    assert vector.flight_cap_s == math.inf
    assert vector.range_km == math.inf
    assert vector.number is None
    assert {name: status for name, status, _ in vector.statuses}["flight_cap_s"] == "unknown"


def test_a_claim_without_a_speed_has_no_vector_and_all_claims_can_be_asked() -> None:
    scenario = build_scenario()
    mute = replace(build_claim("slow", speed_km_s=figure(None, "km/s")), id="slow/mute", author="mute")
    spoken = build_claim("slow")
    model = InterceptorModel("slow", "slow", "M", (mute, spoken), "slow/mute")
    changed = replace(scenario, interceptors={**scenario.interceptors, "slow": model})
    own = changed.architectures["own-a"]
    assert operand_vectors(changed, own) == ()
    assert [v.claim for v in operand_vectors(changed, own, "all")] == ["slow/author"]
    assert [v.claim for v in operand_vectors(changed, own, "author")] == ["slow/author"]


def test_every_operand_of_the_catalogue_keeps_its_status(lisbon: Scenario) -> None:
    for architecture in lisbon.architectures.values():
        for vector in operand_vectors(lisbon, architecture):
            named = {name for name, _, _ in vector.statuses}
            assert {"speed_km_s", "burnout_altitude_km", "place", "number", "flight_cap_s"} <= named
            assert vector.altitude_min_km < vector.altitude_max_km
            assert len(vector.places_deg) >= 1


def test_ships_and_their_radars_stand_at_the_same_points_at_sea() -> None:
    scenario = build_scenario()
    sea = SeaArea("sea", "Sea", Area("box", (33.0, 36.0), (20.0, 28.0), "assumed", sea=True))
    afloat = build_sensor("afloat", "A", lat_deg=None, lon_deg=None, sea_area="sea")
    ship = replace(scenario.architectures["own-a"].batteries[0], id="ship", site=None, sea_area="sea")
    own = replace(scenario.architectures["own-a"], batteries=(ship,), sensors=("afloat",))
    changed = replace(
        scenario,
        sea_areas={"sea": sea},
        sensors={**scenario.sensors, "afloat": afloat},
        architectures={"own-a": own},
    )
    places = operand_vectors(changed, own)[0].places_deg
    radars = [(s.lat_deg, s.lon_deg) for s in stations(changed, ["afloat"])]
    assert len(places) > 1
    assert np.array_equal(places, np.array(radars))


def test_what_is_not_known_of_a_sensor_is_marked() -> None:
    vague = build_sensor("vague", "A", sector_deg=None, range_km=figure(None, "km"), target_stated=False)
    capped = build_sensor("capped", "A", target_stated=False)
    eye = build_sensor("eye", "A", kind="satellite", lat_deg=None, lon_deg=None, track_quality="warning")
    scenario = build_scenario(sensors={s.id: s for s in (vague, capped, eye)})
    seen = {s.sensor: s for s in stations(scenario, ["vague", "capped", "eye"])}
    assert seen["vague"].range_km == math.inf
    assert [m.split(" ")[0] for m in seen["vague"].marks] == ["sector", "range"]
    assert seen["capped"].marks == ("range without a stated target: a cap",)
    assert seen["eye"].marks == ("revisit time not known: taken as none",)
    assert seen["eye"].delay_s == (30.0, 30.0)
