"""The engine against SciPy's DOP853 at a relative tolerance of 1e-12 on the same forces."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj import Geod

from equipoise.flight import fly_many
from equipoise.flight._truth import true_flight

GEOD = Geod(ellps="WGS84")
SAMPLE = {  # missile: lofts in degrees; depressed and short ones among them, which stay in the air
    "scud-b-forden-2007": (10.0, 40.0, 70.0),
    "shahab-3-assumed": (8.0, 37.0, 60.0),
    "sejjil-2-assumed": (8.0, 34.0, 65.0),
    "taepodong-1-forden-2007": (30.0, 50.0),
    "hwasong-14-assumed": (15.0, 45.0),
    "minuteman-3-wright": (5.0, 22.0, 50.0),
    "peacekeeper-wright-2015": (40.0, 60.0),
    "topol-m-assumed": (3.0, 10.0, 22.0, 40.0),
    "ss-18-assumed": (6.0, 20.0, 55.0),
}


def _compare(missile, lofts, seed, share=None):
    rng = np.random.default_rng(seed)
    n = len(lofts)
    origin = np.stack([rng.uniform(-80, 80, n), rng.uniform(-180, 180, n)], 1)
    last = missile.stages[-1].burn_s
    cutoff = last * (rng.uniform(0.3, 1.0, n) if share is None else np.full(n, share))
    flown = fly_many((missile,), origin, rng.uniform(0, 360, n), np.array(lofts), cutoff)
    assert flown.ok.all(), flown.cause
    for i in range(n):
        burn = sum(s.burn_s for s in missile.stages[:-1]) + cutoff[i]
        truth = true_flight(
            missile,
            tuple(np.radians(origin[i])),
            np.radians(flown.azimuth_deg[i]),
            flown.kick_rad[i],
            np.radians(lofts[i]),
            burn,
        )
        there = np.degrees([truth.impact_lon_rad, truth.impact_lat_rad])
        miss = GEOD.inv(flown.impact_deg[i, 1], flown.impact_deg[i, 0], *there)[2]
        yield flown, i, truth, miss


@pytest.mark.parametrize("name", SAMPLE)
def test_impact_apogee_and_time(catalogue, name):
    for flown, i, truth, miss in _compare(catalogue[name], SAMPLE[name], seed=len(name)):
        assert truth.ok
        assert miss < max(200.0, 0.1 * flown.range_km[i] if flown.range_km[i] > 12_000 else 0.0)
        assert flown.apogee_km[i] * 1e3 == pytest.approx(truth.apogee_m, rel=2e-4)
        assert flown.time_s[i] == pytest.approx(truth.time_s, abs=0.05)
        assert flown.burnout_s[i] == pytest.approx(truth.burnout_s, abs=1e-9)
        assert flown.burnout_angle_deg[i] == pytest.approx(flown.loft_deg[i], abs=1e-4)


def test_plain_and_compiled_right_sides_agree(catalogue):
    arguments = (catalogue["scud-b-forden-2007"], (0.5, 0.5), 1.0, 0.1, 0.7, 75.0, 1e-10)
    plain, compiled = true_flight(*arguments, compiled=False), true_flight(*arguments, compiled=True)
    assert plain.impact_lat_rad == pytest.approx(compiled.impact_lat_rad, abs=5e-8)
    assert plain.evaluations == pytest.approx(compiled.evaluations, rel=0.3)


def test_the_trap_is_flown_in_time(catalogue):
    """Depressed and short flights would be finite nonsense by the scheme: each must be told apart and flown
    right.
    """
    missile = catalogue["topol-m-assumed"]
    in_air = []
    for lofts, share in (((0.5, 2.0, 4.0), 1.0), ((1.0, 5.0, 12.0), 0.2)):
        for flown, i, truth, miss in _compare(missile, lofts, seed=3, share=share):
            assert miss < 200.0, (lofts[i], share)
            assert truth.ok
            in_air.append(bool(flown.in_air[i]))
    assert all(in_air[:2])
    assert in_air[3]


def test_pause_between_stages_and_shroud_in_it(catalogue):
    from dataclasses import replace

    from equipoise.flight import Shroud

    icbm = catalogue["generic-icbm-solid-3"]
    first, second, third = icbm.stages
    missile = replace(
        icbm,
        stages=(replace(first, coast_s=6.0), replace(second, coast_s=25.0), third),
        shroud=Shroud(200.0, 140.0, None, False),
    )
    for flown, i, truth, miss in _compare(missile, (12.0, 30.0, 50.0), seed=9):
        assert miss < 200.0
        assert flown.time_s[i] == pytest.approx(truth.time_s, abs=0.05)
        assert truth.burnout_s == pytest.approx(flown.burnout_s[i])
