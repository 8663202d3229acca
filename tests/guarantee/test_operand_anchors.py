"""The collection's anchors come out by operand files as a reader would write them, within their tolerance."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from equipoise.guarantee import judge_stated
from equipoise.guarantee.operands.answers import Answers
from equipoise.scenario import Anchor, Scenario, load_catalogue, load_operands, load_scenario

CATALOGUE = load_catalogue()
MODEL = CATALOGUE.anchor_model
PLACES = {name: f"{{name: {name}, lat_deg: {lat}, lon_deg: {lon}}}" for name, lat, lon in MODEL.places_deg}
ALWAYS_S = 400.0
"""The anchors' commits end here: any = reached from each of them."""


@pytest.fixture(scope="module")
def lisbon() -> Scenario:
    return load_scenario("lisbon-2010")


def answers(lisbon: Scenario, anchor: Anchor, folder: Path, cap: str, asked: str = "") -> Answers:
    site = anchor.site or anchor.sea_area or ""
    text = f"""
owner: NATO
interceptor: {{class: {anchor.interceptor_class}, flight_cap_s: {cap}, flight_cap_counts_from: burnout}}
place: {PLACES[site]}
launch: {PLACES[anchor.start]}
aim: {PLACES[anchor.end]}
missile: {{burnout_s: 200, burnout_altitude_km: 250, burnout_downrange_km: 500}}
loft_offset_deg: 0
ask:
  needed_speed_at_commits_s: {[commit for commit, _ in anchor.needed_speed_km_s]}
  latest_commit_at_speeds_km_s: {[speed for speed, _ in anchor.latest_commit_s]}
  {asked}
"""
    path = folder / "anchor.yaml"
    path.write_text(text, "utf-8")
    return judge_stated(lisbon, load_operands(path, lisbon)).answers


@pytest.mark.parametrize("anchor", CATALOGUE.anchors, ids=lambda a: f"{a.start} {a.interceptor_class}")
def test_an_anchor_is_met_within_its_tolerance(lisbon: Scenario, anchor: Anchor, tmp_path: Path) -> None:
    found = answers(lisbon, anchor, tmp_path, "none")
    needed = {n.commit_s: n.any_flight_km_s for n in found.needed if math.isinf(n.cap.seconds)}
    for commit, speed in anchor.needed_speed_km_s:
        assert needed[commit] == pytest.approx(speed, abs=MODEL.tolerance_km_s)
    latest = {c.speed_km_s: c.any_flight_s for c in found.latest if math.isinf(c.cap.seconds)}
    for speed, published in anchor.latest_commit_s:
        if published == "any":
            assert latest[speed] >= ALWAYS_S
        elif published == "never":
            assert latest[speed] == -math.inf
        else:
            assert latest[speed] == pytest.approx(float(published), abs=MODEL.tolerance_s)


@pytest.mark.parametrize(
    "anchor", [a for a in CATALOGUE.anchors if a.latest_commit_capped_s], ids=lambda a: a.start
)
def test_a_cap_counted_from_burnout_comes_out_converted(
    lisbon: Scenario, anchor: Anchor, tmp_path: Path
) -> None:
    found = answers(lisbon, anchor, tmp_path, "600")
    for speed, published in anchor.latest_commit_capped_s:
        ours = next(c.any_flight_s for c in found.latest if c.speed_km_s == speed and c.cap.seconds == 740.0)
        assert ours == pytest.approx(float(published), abs=MODEL.tolerance_s)
    asked = answers(lisbon, anchor, tmp_path, "600", "flight_caps_s: [600]")
    launched = answers(
        lisbon, anchor, tmp_path, "600", "flight_caps_s: [600]\n  flight_caps_count_from: launch"
    )
    for speed, published in anchor.latest_commit_capped_s:
        late, early = (next(c for c in a.latest if c.speed_km_s == speed) for a in (asked, launched))
        assert late.any_flight_s == pytest.approx(float(published), abs=MODEL.tolerance_s)
        assert early.any_flight_s < late.any_flight_s
        assert (late.cap.told, early.cap.told) == ("600 s from burnout", "600 s")
