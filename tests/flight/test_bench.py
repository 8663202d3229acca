"""The bench's parts: counted operations, the peer, the figures of error."""

from __future__ import annotations

import re

import numpy as np
import pytest

from equipoise.flight import _rows as r
from equipoise.flight import bench_accuracy
from equipoise.flight._batch import HALF_STEPS, fleet_of, fly_rows
from equipoise.flight._flops import flops_a_flight, fma_peak_flop_s, vector_flops
from equipoise.flight._memory import KERNEL, LANES, get, put
from equipoise.flight._peers import runge_kutta_in_time
from equipoise.flight._plan import plan
from equipoise.flight.bench import machine, varied


def test_operations_are_counted_in_the_vector_loop():
    from numba import njit, types

    @njit(**{**KERNEL, "cache": False})
    def eighty(buffer):  # enough that no processor's few wide rounds are written out one after the other
        for lane in range(LANES):
            x = get(buffer, lane)
            for _ in range(40):
                x = x * x + 0.25
            put(buffer, lane, x)

    assert vector_flops(eighty, [types.float64[::1]]) == [80.0]


def test_a_flight_takes_tens_of_thousands_of_operations(catalogue):
    two = flops_a_flight(plan(catalogue["sejjil-2-assumed"]).shape, HALF_STEPS)
    three = flops_a_flight(plan(catalogue["generic-icbm-solid-3"]).shape, HALF_STEPS)
    assert 3e4 < sum(two.values()) < sum(three.values()) < 7e4
    assert two["coast"] == three["coast"]


def test_kernels_are_vectorised():
    """Every loop over lanes that the engine's time goes into runs in vector registers."""
    from numba import njit

    from equipoise.flight._boost import _stage

    fresh = njit(**{**KERNEL, "cache": False})(_stage.py_func)
    fresh(np.ones(r.ROWS * LANES), 1, np.ones(9), np.ones(9000), np.ones(9000), 0.0, 0.1, 0.2)
    assembly = next(iter(fresh.inspect_asm().values()))
    assert len(re.findall(r"vfm\w+pd\s.*[yz]mm", assembly)) > 50
    assert not re.findall(r"vsqrt|vdivsd", assembly)


def test_the_peak_is_a_peak():
    assert fma_peak_flop_s(4, 200_000) > 1e9


def test_the_peer_flies_the_same_flights(catalogue):
    fleet, rows = varied(catalogue["sejjil-2-assumed"], 32)
    outs = fly_rows(fleet, rows)[0]
    peer = runge_kutta_in_time(fleet, rows)
    assert (outs[:, r.STATUS] == r.OK).all()
    assert peer[:, 0] == pytest.approx(outs[:, r.IMPACT_LAT], abs=3e-5)
    assert peer[:, 2] == pytest.approx(outs[:, r.IMPACT_T], abs=0.05)


def test_accuracy_rows(catalogue):
    found = bench_accuracy([catalogue["scud-b-forden-2007"], catalogue["topol-m-assumed"]], each=6)
    first = found.rows[0]
    assert (first.flights_of, first.unit) == ("all, to 12000 km", "m")
    assert first.p50 <= first.p95 <= first.p99 <= first.max < 200.0
    quantities = {row.quantity: row for row in found.rows[:4]}
    assert quantities["apogee"].max < 0.02
    assert quantities["time"].max < 0.05
    assert {row.flights_of for row in found.rows} >= {"scud-b-forden-2007", "topol-m-assumed"}
    assert first.in_air > 0


def test_machine_is_named():
    assert "cores" in machine()


def test_fleet_knows_its_missiles_once(catalogue):
    scud = catalogue["scud-b-wright"]
    fleet, which = fleet_of([scud, catalogue["yars-assumed"], scud], 3)
    assert len(fleet.missiles) == 2
    assert which.tolist() == [0, 1, 0]
