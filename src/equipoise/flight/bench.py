"""How fast the engine flies, beside its peers, in one run, with the numerical error beside every time.

Methods are interleaved and the best of several rounds counts; the processor's FMA peak is measured before
and after, because a shared machine changes under one's hands. Error is the distance between impacts of the
method and of DOP853 at a relative tolerance of 1e-12 on the same forces.
"""

from __future__ import annotations

import importlib
import os
import pickle
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.flight import _rows as r
from equipoise.flight._batch import HALF_STEPS, Conditions, Fleet, fleet_of, fly_rows
from equipoise.flight._flops import flops_a_flight, fma_peak_flop_s
from equipoise.flight._inputs import lane_inputs
from equipoise.flight._kick import solve_kick
from equipoise.flight._peer_program import UNLIKE, peers_folder, pytrajlib_rows
from equipoise.flight._peers import runge_kutta_in_time
from equipoise.flight._results import GEOD
from equipoise.flight._roots import ROOT_OPERATIONS
from equipoise.flight._truth import TrueFlight, true_flight
from equipoise.flight.aiming import aim_many
from equipoise.flight.reach import reaches
from equipoise.flight.types import Missile, Place

LANES = 16_384
_ROUNDS = 7
_TRUTHS, _SCIPY = 96, 6
_PEER_LANES = 2048
_FIRST = (
    "import pickle, sys, time\n"
    "from equipoise.flight import Place, fly\n"
    "fly(pickle.load(sys.stdin.buffer), Place(56.9, 40.5), 330.0, 22.0)\n"
    "print(time.time())\n"
)


@dataclass(frozen=True)
class Row:
    """One measured line: what was run, its rate or time with unit, and its error (median / p95 / max)."""

    name: str
    rate: float | None
    """None where it could not be run; then the error says why."""
    unit: str
    error: str


@dataclass(frozen=True)
class FlightBench:
    """The outcome of a bench: machine, rows, ratios by name, and remarks."""

    machine: str
    rows: tuple[Row, ...]
    ratios: dict[str, float]
    notes: tuple[str, ...]


def machine() -> str:
    """Processor, cores, Python and NumPy of this run, in words."""
    name = platform.processor() or platform.machine()
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            named = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
        name = named[0] if named else name
    numba = importlib.import_module("numba")
    return (
        f"{name}, {os.cpu_count()} cores; Python {platform.python_version()}, NumPy {np.__version__}, "
        f"Numba {numba.__version__}"
    )


def varied(missile: Missile, n: int, seed: int = 0) -> tuple[Fleet, Float[Array, "n inputs"]]:
    """Flights that differ in origin, azimuth, loft (20 to 60 degrees) and last burn (half to full), kicks
    solved.
    """
    rng = np.random.default_rng(seed)
    fleet, which = fleet_of((missile,), n)
    origin = np.stack([rng.uniform(-70, 70, n), rng.uniform(-180, 180, n)], 1)
    plan = fleet.plans[0]
    burn = plan.burn_s - rng.uniform(0.0, 0.5, n) * (plan.burn_s - plan.last_start_s)
    rows = lane_inputs(which, origin, rng.uniform(0, 360, n), rng.uniform(20, 60, n), burn)
    rows[:, r.IN_KICK] = solve_kick(fleet, rows)[0]
    return fleet, rows


def miss_m(lat_lon_rad: Float[Array, "n 2"], truth: Sequence[TrueFlight]) -> Float[Array, " n"]:
    """Distance (m) of impacts from the reference's."""
    there = np.degrees([[t.impact_lat_rad, t.impact_lon_rad] for t in truth])
    here = np.degrees(lat_lon_rad)
    return np.asarray(GEOD.inv(here[:, 1], here[:, 0], there[:, 1], there[:, 0])[2])


def _spread(error: Array) -> str:
    return f"{np.median(error):.0f} / {np.quantile(error, 0.95):.0f} / {error.max():.0f} m"


def _true(missile: Missile, rows: Array, tolerance: float, compiled: bool) -> list[TrueFlight]:
    return [
        true_flight(
            missile, (row[r.IN_LAT], row[r.IN_LON]), row[r.IN_AZIMUTH], row[r.IN_KICK], row[r.IN_LOFT],
            row[r.IN_BURN], tolerance, compiled,
        )
        for row in rows
    ]  # fmt: skip


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _race(missile: Missile, label: str, cores: int) -> tuple[list[Row], dict[str, float], str]:
    """Ours, Runge-Kutta in time and SciPy on one missile's flights, interleaved."""
    fleet, rows = varied(missile, LANES)
    outs = fly_rows(fleet, rows)[0]
    good = rows[(outs[:, r.STATUS] == r.OK) & (outs[:, r.IN_AIR] == 0.0)]
    rows = np.concatenate([good] * (-(-LANES // len(good))))[:LANES]
    best = dict.fromkeys(("one", "all", "rk4", "scipy"), np.inf)
    runge_kutta_in_time(fleet, rows[:8])
    for _ in range(_ROUNDS):
        best["one"] = min(
            best["one"], _timed(lambda: fly_rows(fleet, rows, conditions=Conditions(threads=1)))
        )
        best["all"] = min(
            best["all"], _timed(lambda: fly_rows(fleet, rows, conditions=Conditions(threads=cores)))
        )
        best["rk4"] = min(best["rk4"], _timed(lambda: runge_kutta_in_time(fleet, rows[:_PEER_LANES])))
        best["scipy"] = min(best["scipy"], _timed(lambda: _true(missile, rows[:_SCIPY], 1e-7, False)))
    truth = _true(missile, rows[:_TRUTHS], 1e-12, True)
    found = fly_rows(fleet, rows[:_TRUTHS])[0]
    ours = miss_m(found[:, [r.IMPACT_LAT, r.IMPACT_LON]], truth)
    peer = miss_m(runge_kutta_in_time(fleet, rows[:_TRUTHS])[:, :2], truth)
    loose = _true(missile, rows[:24], 1e-7, True)
    scipy = miss_m(np.array([[t.impact_lat_rad, t.impact_lon_rad] for t in loose]), truth[:24])
    one, rk4, slow = LANES / best["one"], _PEER_LANES / best["rk4"], _SCIPY / best["scipy"]
    unit = "flights/s"
    table = [
        Row(f"equipoise {label}, {cores} cores", LANES / best["all"], unit, _spread(ours)),
        Row(f"equipoise {label}, one core", one, unit, _spread(ours)),
        Row(f"Numba Runge-Kutta in time {label}, one core", rk4, unit, _spread(peer)),
        Row(
            f"SciPy DOP853 rtol 1e-7, plain Python right side, {label}, one core", slow, unit, _spread(scipy)
        ),
    ]
    shape = fleet.plans[0].shape
    flops, plain = (sum(flops_a_flight(shape, HALF_STEPS, as_two).values()) for as_two in (False, True))
    ratios = {
        f"ours_over_scipy_{label}": one / slow,
        f"ours_over_numba_rk4_{label}": one / rk4,
        f"all_cores_over_one_{label}": best["one"] / best["all"],
        f"gflop_s_{label}": one * flops / 1e9,
        f"plain_gflop_s_{label}": one * plain / 1e9,
    }
    distance = GEOD.inv(
        *(np.degrees(a) for a in (rows[:, r.IN_LON], rows[:, r.IN_LAT], *outs_of(fleet, rows)))
    )[2]
    low, high = np.quantile(np.asarray(distance) / 1e3, [0.0, 1.0])
    note = f"{label}: {missile.id}, {low:.0f} to {high:.0f} km, {flops / 1e3:.1f} kflop a flight (counted)"
    return table, ratios, note


def outs_of(fleet: Fleet, rows: Array) -> tuple[Array, Array]:
    """Impact longitudes and latitudes (rad) of lanes."""
    outs = fly_rows(fleet, rows)[0]
    return outs[:, r.IMPACT_LON], outs[:, r.IMPACT_LAT]


def _aiming(missile: Missile, everything: Sequence[Missile]) -> list[Row]:
    """Ten thousand destinations, and the reach of every missile in 36 directions."""
    rng = np.random.default_rng(1)
    n, home = 10_000, (35.0, 51.0)
    compass = np.arange(0.0, 360.0, 10.0)
    near = float(reaches((missile,), Place(*home), compass)[0].range_km.min())
    lon, lat, _ = GEOD.fwd(
        np.full(n, home[1]),
        np.full(n, home[0]),
        rng.uniform(0, 360, n),
        rng.uniform(0.3, 0.9, n) * near * 1e3,
    )
    goal = np.stack([lat, lon], 1)
    origin = np.tile([home], (n, 1))
    flown = aim_many((missile,), origin, goal)
    miss = np.asarray(GEOD.inv(flown.impact_deg[:, 1], flown.impact_deg[:, 0], lon, lat)[2])
    took = min(_timed(lambda: aim_many((missile,), origin, goal)) for _ in range(3))
    words = f"miss at most {miss[flown.ok].max():.0f} m, {int((~flown.ok).sum())} not reached"
    swept = min(_timed(lambda: reaches(everything, Place(*home), compass)) for _ in range(3))
    return [
        Row(f"equipoise aim at {n} destinations ({missile.id}, minimum energy)", took, "s", words),
        Row(
            f"equipoise maximum range of {len(everything)} missiles in 36 azimuths",
            swept,
            "s",
            "not applicable",
        ),
    ]


def first_flight_s(missile: Missile, rounds: int = 3) -> float:
    """From the start of a Python process to its first flight, compiled code being in the cache: best of a
    few.
    """
    best = np.inf
    for _ in range(rounds + 1):
        begin = time.time()
        done = subprocess.run(
            [sys.executable, "-c", _FIRST], input=pickle.dumps(missile), capture_output=True, check=True
        )
        best = min(best, float(done.stdout) - begin)
    return float(best)


def bench_flight(
    missiles: Sequence[Missile],
    two_stage: str = "sejjil-2-assumed",
    three_stage: str = "generic-icbm-solid-3",
) -> FlightBench:
    """Measure the engine beside SciPy and Numba in time, on one missile of two stages and one of three.

    ``missiles`` is what the reach of all is measured on, the whole catalogue; the two are named by their
    ids, and a KeyError says which is not there.
    """
    by_id = {m.id: m for m in missiles}
    pair = ((by_id[two_stage], "two-stage"), (by_id[three_stage], "three-stage"))
    cores = os.cpu_count() or 1
    before = {w: fma_peak_flop_s(w) for w in (4, 8)}
    rows: list[Row] = []
    ratios: dict[str, float] = {}
    notes: list[str] = []
    ours = 0.0
    for missile, label in pair:
        table, numbers, note = _race(missile, label, cores)
        rows, notes = rows + table, [*notes, note]
        ratios |= numbers
        ours = table[1].rate or 0.0
    for peer in pytrajlib_rows(peers_folder()):
        rows.append(Row(peer.name, peer.rate, "flights/s", peer.error))
        if peer.rate is not None:
            ratios[f"ours_over_{peer.key}"] = ours / peer.rate
    rows += _aiming(by_id[three_stage], missiles)
    rows.append(
        Row(
            "equipoise first flight from process start, warm cache",
            first_flight_s(by_id[three_stage]),
            "s",
            "not applicable",
        )
    )
    after = {w: fma_peak_flop_s(w) for w in (4, 8)}
    for label in ("two-stage", "three-stage"):
        achieved, plain = ratios.pop(f"gflop_s_{label}"), ratios.pop(f"plain_gflop_s_{label}")
        notes.append(
            f"{label}: {achieved:.1f} GFLOP/s on one core; {plain:.1f} if one over a root counts as two "
            f"operations, a root and a division, and not as the {ROOT_OPERATIONS} of its series"
        )
        for width in (4, 8):
            peak = max(before[width], after[width]) / 1e9
            ratios[f"share_of_{64 * width}_bit_fma_peak_{label}"] = achieved / peak
    for width in (4, 8):
        notes.append(
            f"FMA peak of one core in {64 * width}-bit vectors: {before[width] / 1e9:.1f} GFLOP/s before, "
            f"{after[width] / 1e9:.1f} after"
        )
    notes.append("operations are those that the compiled loops execute, as shares of the peak too")
    notes.append(UNLIKE)
    return FlightBench(machine(), tuple(rows), ratios, tuple(notes))
