"""Columns of reach: a shorter cap worked out from a longer one is what it would be by itself."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from equipoise.defence import latest_commits_exact
from equipoise.guarantee.boxes import Spec
from equipoise.guarantee.protected import protected_flights
from equipoise.guarantee.table import LatestTable, lanes_of
from equipoise.scenario import Scenario

PLACES = ((58.4, -3.1), (64.0, -22.0))
SPEC = Spec("dart", 6.5, 150.0, 70.0, math.inf, 100.0, math.inf, math.inf)


@pytest.fixture(scope="module")
def table(scenario: Scenario) -> LatestTable:
    return LatestTable(protected_flights(scenario, "east", (100.0,)).tracks)


@pytest.mark.parametrize("speed", [3.0, 5.0, 6.5, 8.5])
@pytest.mark.parametrize(
    "caps", [(math.inf, 600.0, 300.0), (600.0, math.inf), (300.0, 600.0, 450.0)], ids=str
)
def test_a_shorter_cap_comes_out_as_by_itself(
    scenario: Scenario, speed: float, caps: tuple[float, ...]
) -> None:
    tracks = protected_flights(scenario, "east", (100.0,)).tracks
    fresh = LatestTable(tracks)
    for cap_s in caps:
        spec = replace(SPEC, speed_km_s=speed, flight_cap_s=cap_s)
        block = fresh.of([spec], PLACES)[:, 0]
        kinematics = (speed, 150.0, 70.0, cap_s, 100.0, math.inf, math.inf)
        alone = latest_commits_exact(tracks, lanes_of([(kinematics, place) for place in PLACES]))
        assert np.array_equal(np.isfinite(block), np.isfinite(alone))
        assert np.allclose(block[np.isfinite(block)], alone[np.isfinite(alone)], atol=1.0)


def test_a_block_is_worked_out_once_and_is_not_to_be_changed(table: LatestTable) -> None:
    block = table.of([SPEC], PLACES)
    counted = table.engagements
    assert table.of((replace(SPEC, claim="another name"),), PLACES).shape == block.shape
    assert table.engagements == counted
    assert table.of([SPEC], PLACES) is block
    with pytest.raises(ValueError, match="read-only"):
        block[0, 0, 0] = 0.0


def test_a_shorter_cap_never_lets_more_be_reached(table: LatestTable) -> None:
    caps = [math.inf, 900.0, 600.0, 300.0]
    block = table.of([replace(SPEC, flight_cap_s=cap) for cap in caps], PLACES)
    assert (np.diff(block, axis=1)[np.isfinite(block[:, 1:])] <= 1e-9).all()
