"""The claims file's anchors, worked with their own model."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from equipoise.guarantee.anchors import (
    BURNOUT_M,
    SPHERE_M,
    anchor_rows,
    anchor_track,
    compare_anchor,
    ground,
)
from equipoise.scenario import Anchor, load_catalogue, load_scenario

CATALOGUE = load_catalogue()


@pytest.mark.parametrize("anchor", CATALOGUE.anchors, ids=lambda a: f"{a.start}-{a.interceptor_class}")
def test_every_anchor_is_met_within_the_stated_tolerance(anchor: Anchor) -> None:
    rows = compare_anchor(anchor, CATALOGUE.anchor_model)
    assert rows
    for row in rows:
        assert row.agrees, row


def test_the_capped_anchors_only_agree_when_the_cap_counts_from_burnout() -> None:
    gaps = []
    for row in anchor_rows(CATALOGUE):
        if row.quantity.endswith("cap"):
            from_launch = float(row.reason.split()[-2])
            gaps.append((abs(row.ours - row.published), abs(from_launch - row.published)))
    assert len(gaps) == 3
    assert all(burnout < 10.0 < 30.0 < launch for burnout, launch in gaps)


def test_the_anchor_flight_starts_and_ends_where_the_model_says() -> None:
    launch, aim = ground(54.05, 35.7), ground(38.9, -77.0)
    track = anchor_track(launch, aim)
    first = track.position_m[0, 0]
    assert track.altitude_m[0, 0] == pytest.approx(BURNOUT_M, abs=1.0)
    angle = math.acos(first @ launch / np.linalg.norm(first) / SPHERE_M)
    assert angle * SPHERE_M == pytest.approx(500e3, abs=1.0)
    assert np.linalg.norm(track.position_m[0, -1] - aim) < 1.0
    assert np.abs(track.altitude_m[0] - 100e3).min() < 50.0


def test_the_engine_stands_beside_the_anchors_and_differs_by_the_burn() -> None:
    rows = anchor_rows(CATALOGUE, load_scenario("lisbon-2010"))
    assert all(r.engine is not None for r in rows)
    needed = {(r.pair, r.asked): r for r in rows if r.quantity == "needed speed"}
    for (pair, _), row in needed.items():
        assert row.engine is not None
        slow_burn = pair.startswith("kozelsk")
        gap = row.engine[0] - row.published
        assert (-1.2 < gap < -0.4) if slow_burn else abs(gap) < CATALOGUE.anchor_model.tolerance_km_s


def test_without_the_launch_area_an_anchor_is_not_flown() -> None:
    bare = replace(load_scenario("lisbon-2010"), deterrent_areas=())
    assert {r.engine for r in anchor_rows(CATALOGUE, bare)} == {None}
