"""The facts that ship: all of them load, unchanged, and nothing is known better inside than in the file."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path
from typing import Any

import pytest

import equipoise.scenario
from equipoise.scenario import STATUSES, Figure, Status, load_catalogue, weakest
from equipoise.scenario.builders.defaults import defaults
from equipoise.scenario.reading import read_yaml

FACTS = Path(equipoise.scenario.__file__).parent / "catalogue"
SUMS = Path(__file__).parent / "catalogue.sha256"


def yaml_of(name: str) -> Any:
    return read_yaml(FACTS / name).data


def no_better(built: Status, written: str) -> bool:
    """Whether a status in the program is the written one or weaker."""
    return STATUSES.index(built) >= STATUSES.index(written)  # type: ignore[arg-type]


def test_the_copy_is_byte_for_byte_the_one_that_was_checked_in() -> None:
    sums = dict(reversed(line.split("  ", 1)) for line in SUMS.read_text("utf-8").splitlines())
    found = {
        str(p.relative_to(FACTS)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in FACTS.rglob("*")
        if p.is_file()
    }
    assert found == sums


def test_everything_in_the_files_is_loaded() -> None:
    catalogue = load_catalogue()
    assert list(catalogue.missile_models) == [m["id"] for m in yaml_of("missiles/missiles.yaml")["missiles"]]
    interceptors = yaml_of("defence/interceptors.yaml")
    entries = [*interceptors["interceptors"], *interceptors["generic"]]
    assert {i: len(m.claims) for i, m in catalogue.interceptors.items()} == {
        e["id"]: len(e["claims"]) for e in entries
    }
    assert list(catalogue.sensors) == [s["id"] for s in yaml_of("defence/sensors.yaml")["sensors"]]
    assert list(catalogue.sea_areas) == [s["id"] for s in yaml_of("defence/sea_areas.yaml")["sea_areas"]]
    deterrents = yaml_of("missiles/deterrents.yaml")
    assert list(catalogue.deterrent_areas) == [a["id"] for a in deterrents["launch_areas"]]
    assert list(catalogue.ends) == [e["id"] for e in deterrents["ends"]]
    for name, count in {
        "missiles/flights.csv": len(catalogue.flights),
        "defence/sites.csv": len(catalogue.sites),
        "defence/published_coverage.csv": len(catalogue.published_coverage),
    }.items():
        with (FACTS / name).open(encoding="utf-8", newline="") as file:
            assert count == sum(1 for _ in csv.reader(file)) - 1
    claims = yaml_of("guarantee/claims.yaml")
    of = {
        kind: [s.id for s in catalogue.statements if s.kind == kind]
        for kind in ("claim", "measure", "concern")
    }
    assert of["claim"] == [c["id"] for c in claims["claims"]]
    assert of["measure"] == [m["id"] for m in claims["measures"]]
    assert of["concern"] == [c["id"] for c in yaml_of("accords/concerns.yaml")["concerns"]]
    assert (len(catalogue.claim_pairs), len(catalogue.anchors)) == (
        len(claims["pairs"]),
        len(claims["anchors"]),
    )


def test_the_options_of_one_study_are_architectures_of_their_own() -> None:
    catalogue = load_catalogue()
    written = yaml_of("defence/architectures.yaml")["architectures"]
    assert len(catalogue.architectures) == len(written) - 1 + 4
    assert [f"cbo-option-{n}" in catalogue.architectures for n in (1, 2, 3, 4)] == [True] * 4
    assert catalogue.architecture_ids["us_own_2010"] == "us-own-2010"
    assert not any("_" in name for name in catalogue.architectures)


def test_no_status_is_raised() -> None:
    catalogue = load_catalogue()
    for entry in yaml_of("missiles/missiles.yaml")["missiles"]:
        model = catalogue.missile_models[entry["id"]]
        assert no_better(model.status, entry["status"])
        assert no_better(
            model.ballistic_coefficient_status, entry["ballistic_coefficient_kg_m2"]["status"]
        ) or (
            entry["ballistic_coefficient_kg_m2"]["status"] == "unknown"
            and model.ballistic_coefficient_status == "assumed"
        )
        for (_, figure), published in zip(model.published, entry["published"], strict=True):
            assert no_better(figure.status, published["status"])
    interceptors = yaml_of("defence/interceptors.yaml")
    for entry in (*interceptors["interceptors"], *interceptors["generic"]):
        for claim, written in zip(catalogue.interceptors[entry["id"]].claims, entry["claims"], strict=True):
            assert claim.status == written["status"]
            assert no_better(claim.speed_km_s.status, written["status"])
            for name in ("burnout_altitude_km", "flight_cap_s"):
                figure: Figure = getattr(claim, name)
                if written[name]["value"] is not None:
                    assert figure.status == written[name]["status"]
                elif figure.known:
                    assert figure.status == "assumed"
    for entry in yaml_of("defence/sensors.yaml")["sensors"]:
        sensor = catalogue.sensors[entry["id"]]
        for claim_built, claim_written in zip(sensor.range_claims, entry["range_claims"], strict=True):
            assert no_better(claim_built.range_km.status, claim_written["status"])


def test_unknown_stays_none() -> None:
    catalogue = load_catalogue()
    cbo = next(c for c in catalogue.interceptors["gbi2"].claims if c.id == "gbi2/cbo-2009")
    assert cbo.speed_km_s.bounds is None
    assert cbo.speed_km_s.status == "unknown"
    assert catalogue.interceptors["53t6"].claims[0].flight_cap_s.value is None
    assert catalogue.sensors["volga_baranovichi"].range_km.bounds is None
    assert catalogue.architectures["epaa-phase1"].batteries[0].number is None
    no_time = next(f for f in catalogue.flights if f.id == "hs10-2016-06-22")
    assert no_time.time_s.bounds is None


def test_every_speed_stands_with_an_altitude_and_what_was_put_in_is_said() -> None:
    for model in load_catalogue().interceptors.values():
        for claim in model.claims:
            assert claim.burnout_altitude_km.known, claim.id
            assert claim.time_to_burnout_s.known, claim.id
            assert claim.altitude_min_km.known, claim.id
            put_in = [
                f
                for f in (
                    claim.burnout_altitude_km,
                    claim.time_to_burnout_s,
                    claim.altitude_min_km,
                    claim.altitude_max_km,
                )
                if f.known and f.status == "assumed" and claim.status != "assumed"
            ]
            assert len(claim.assumptions) >= len(put_in), claim.id


def test_each_interceptor_has_one_class() -> None:
    members = [m for c in defaults().interceptor_classes for m in c.members]
    assert sorted(members) == sorted(load_catalogue().interceptors)


def test_each_sensor_has_one_quality_of_track() -> None:
    listed = [s for members in defaults().sensors.track_quality.values() for s in members]
    assert sorted(listed) == sorted(load_catalogue().sensors)


@pytest.mark.parametrize(
    ("sensor", "range_km", "stated"),
    [
        ("tpy2_kurecik", 870, True),  # the least against a stated target, not the 4,667 "not to use"
        ("voronezh_lekhtusi", 4000, False),  # the least of those without one
        ("spy1_redzikowo", 310, True),  # lent by the radar of its type
        ("don2n", 3700, False),  # a claim without a figure does not count
    ],
)
def test_the_range_that_is_used(sensor: str, range_km: float, stated: bool) -> None:
    found = load_catalogue().sensors[sensor]
    assert (found.range_km.middle, found.target_stated) == (range_km, stated)


def test_flights_carry_their_bounds() -> None:
    flight = next(f for f in load_catalogue().flights if f.id == "hs14-2017-07-28")
    assert (flight.range_km.value, flight.range_km.bounds) == (998.0, (988.0, 1008.0))


def test_sea_areas_count_their_sea_only_and_submarines_stand_at_sea() -> None:
    catalogue = load_catalogue()
    assert all(s.area.sea for s in catalogue.sea_areas.values())
    assert {a.area.sea for a in catalogue.deterrent_areas.values() if a.basing == "submarine"} == {True}
    assert {a.area.sea for a in catalogue.deterrent_areas.values() if a.basing != "submarine"} == {False}


def test_the_weakest_status_wins() -> None:
    assert weakest("read", "assumed", "reported") == "assumed"
    assert weakest("read") == "read"


def test_every_source_key_is_in_the_list_of_sources() -> None:
    catalogue = load_catalogue()
    keys = {c.source for m in catalogue.interceptors.values() for c in m.claims if ":" in c.source}
    keys |= {a.source for a in catalogue.architectures.values()}
    prefixes = ("interceptors:", "sensors:", "architectures:")
    assert {k for k in keys if k.startswith(prefixes)} <= set(catalogue.sources)
    assert "Orbital" in catalogue.sources["interceptors:obv2003"]
