"""Variants of one missile, flown as arrays: the same flights as the same missiles flown one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from equipoise.flight import (
    Missile,
    Place,
    Variants,
    fly_many,
    fly_variants,
    maximum_range,
    reach_of_variants,
)
from equipoise.scenario import load_catalogue

MISSILES = load_catalogue().missile_models
HERE = Place(40.0, 126.0)


def _variants(missile: Missile, n: int) -> Variants:
    rng = np.random.default_rng(3)
    stages = [replace(s, coast_s=0.0) for s in missile.stages]
    stages[:-1] = [replace(s, coast_s=20.0) for s in stages[:-1]]
    base = replace(missile, stages=tuple(stages))

    def column(name: str, spread: float) -> np.ndarray:
        given = np.array([getattr(s, name) for s in base.stages])
        return given * (1.0 + spread * rng.uniform(-1.0, 1.0, (n, 1)))

    found = Variants(
        base,
        base.payload_kg * rng.uniform(0.7, 1.3, n),
        column("propellant_kg", 0.05),
        column("empty_kg", 0.1),
        column("isp_s", 0.02),
        column("burn_s", 0.2),
        column("coast_s", 1.0),
    )
    return replace(found, extremes=tuple(found.missile(i) for i in range(n)))


@pytest.mark.parametrize("name", ["hwasong-12-assumed", "hwasong-14-assumed", "peacekeeper-wright-2015"])
def test_a_variant_flies_as_the_missile_that_it_is(name: str) -> None:
    n = 12
    variants = _variants(MISSILES[name].missile, n)
    origin, azimuth = np.tile([[HERE.lat_deg, HERE.lon_deg]], (n, 1)), np.linspace(0.0, 300.0, n)
    one_by_one = fly_many([variants.missile(i) for i in range(n)], origin, azimuth, np.full(n, 68.0))
    found = fly_variants(
        variants, np.arange(n), origin, azimuth, one_by_one.kick_rad, one_by_one.loft_deg,
        variants.full_burn_s,
    )  # fmt: skip
    both = one_by_one.ok & found.ok
    assert both.sum() >= n // 2
    assert np.abs(found.range_km - one_by_one.range_km)[both].max() < 0.3
    assert np.abs(found.apogee_km - one_by_one.apogee_km)[both].max() < 0.3
    assert np.abs(found.time_s - one_by_one.time_s)[both].max() < 0.2


def test_the_furthest_reach_of_variants_is_that_of_each() -> None:
    variants = _variants(MISSILES["hwasong-12-assumed"].missile, 4)
    azimuth = np.array([90.0, 270.0])
    found = reach_of_variants(variants, (HERE.lat_deg, HERE.lon_deg), azimuth)
    alone = np.array([maximum_range(variants.missile(i), HERE, azimuth).range_km for i in range(4)])
    assert found == pytest.approx(alone, abs=2.0)
    assert (found[:, 0] > found[:, 1]).all()


def test_a_shroud_that_falls_at_a_time_falls_at_the_same_share_of_the_burn() -> None:
    """Close to the missile itself where the burn is its own."""
    missile = MISSILES["minuteman-3-wright"].missile
    n = 1
    same = Variants(
        missile,
        np.full(n, missile.payload_kg),
        *(np.array([[getattr(s, f) for s in missile.stages]]) for f in ("propellant_kg", "empty_kg")),
        *(np.array([[getattr(s, f) for s in missile.stages]]) for f in ("isp_s", "burn_s", "coast_s")),
    )
    alone = fly_many([missile], np.array([[34.7, -120.6]]), np.array([280.0]), np.array([25.0]))
    found = fly_variants(
        same, np.zeros(1, dtype=np.int64), np.array([[34.7, -120.6]]), np.array([280.0]),
        alone.kick_rad, alone.loft_deg, same.full_burn_s,
    )  # fmt: skip
    assert found.range_km[0] == pytest.approx(alone.range_km[0], abs=0.3)


def test_selecting_keeps_the_order_asked_for() -> None:
    variants = _variants(MISSILES["hwasong-12-assumed"].missile, 5)
    assert list(variants.select(np.array([4, 1])).payload_kg) == [
        variants.payload_kg[4], variants.payload_kg[1],
    ]  # fmt: skip
    assert len(variants) == 5
