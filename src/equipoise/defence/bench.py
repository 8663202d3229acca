"""How fast engagements are judged, beside the same in NumPy, with the error beside each figure.

Methods are interleaved and the best of several rounds is taken, on one thread; the map is timed whole, with
its flights, on all cores. Errors are against the definition: exact flyout times at a tenth of the sampling
step for commits, flights aimed at the very cells for the map.
"""

from __future__ import annotations

import math
import os
import platform
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.defence.engagements import edges_km, vector_columns
from equipoise.defence.flyout import FlyoutTable, flyout_table, flyout_time_s, lifted_km
from equipoise.defence.maps import commit_map
from equipoise.defence.raids import lanes_of
from equipoise.defence.types import OperandVector
from equipoise.defence.windows import latest_commits
from equipoise.flight import Missile, Tracks, aim_many, fma_peak_flop_s, sample
from equipoise.scenario import is_sea, load_catalogue
from equipoise.sensing import ground_position_m

MISSILE = "generic-icbm-liquid-2"
ORIGINS_DEG = np.array([[37.0, 46.7], [34.2, 47.7], [35.2, 52.5], [30.7, 50.7], [27.7, 55.5]])
"""Five made-up launch points in the Middle East."""
SITES_DEG = np.array(
    [
        [54.5, 17.1],
        [44.1, 24.4],
        [37.0, 35.4],
        [49.4, 7.6],
        [38.0, 26.0],
        [36.0, 22.0],
        [50.0, 14.0],
        [55.8, 37.6],
        [43.0, 28.0],
        [54.4, -0.7],
    ]
)
EUROPE = (-11.0, 35.0, 42.0, 71.0)
"""West, south, east, north of the map, degrees."""
SAMPLES, FLIGHTS, SPACING_KM = 98, 4096, 25.0
PEAK_WIDTH = 8
"""Doubles in a vector of the peak printed before and after: what else the machine was doing shows in it."""


@dataclass(frozen=True)
class CoverageRow:
    """One method: its rate and, on the same inputs, its error."""

    name: str
    rate: float
    unit: str
    error: str


@dataclass(frozen=True)
class CoverageBench:
    """All rows of one run on one machine."""

    machine: str
    rows: tuple[CoverageRow, ...]
    ratios: tuple[tuple[str, float], ...]
    notes: tuple[str, ...]


def bench_coverage(rounds: int = 9) -> CoverageBench:
    """Time the kernel against NumPy and the map of Europe, ``rounds`` times (the map at most three)."""
    missile = load_catalogue().missile_models[MISSILE].missile
    vectors = tuple(_vector(f"site {i}", SITES_DEG[i : i + 1]) for i in range(len(SITES_DEG)))
    tracks, fine, highest = _tracks(missile, edges_km(vectors))
    columns = vector_columns(vectors, highest)[1]
    tables = [flyout_table(v, highest + 10.0) for v in vectors]
    latest_commits(tracks, columns)
    before = fma_peak_flop_s(PEAK_WIDTH) / 1e9
    ours, plain = math.inf, math.inf
    commit = slow = np.zeros(0)
    for _ in range(rounds):
        start = perf_counter()
        commit = latest_commits(tracks, columns)[0]
        ours = min(ours, perf_counter() - start)
        start = perf_counter()
        slow = _numpy_commits(tracks, vectors, tables)
        plain = min(plain, perf_counter() - start)
    truth = _exact_commits(fine, vectors, tables)
    count = commit.size
    rows = (
        CoverageRow("equipoise, one core", count / ours, "engagements/s", _difference(commit, truth)),
        CoverageRow("NumPy, one core", count / plain, "engagements/s", _difference(slow, truth)),
        _map_row(missile, vectors, min(rounds, 3)),
    )
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    machine = (
        f"{platform.machine()}, {cores} cores, Python {platform.python_version()}, NumPy {np.__version__}"
    )
    after = fma_peak_flop_s(PEAK_WIDTH) / 1e9
    note = f"FMA peak of one core in 512-bit vectors: {before:.1f} GFLOP/s before, {after:.1f} after"
    return CoverageBench(machine, rows, (("ours_over_numpy", plain / ours),), (note,))


def _vector(site: str, places_deg: Float[Array, "k 2"]) -> OperandVector:
    return OperandVector(
        battery=site,
        interceptor="bench",
        claim="bench",
        author="bench",
        party="",
        member="",
        site=site,
        places_deg=places_deg,
        speed_km_s=4.5,
        burnout_altitude_km=150.0,
        time_to_burnout_s=70.0,
        flight_cap_s=600.0,
        altitude_min_km=100.0,
        altitude_max_km=math.inf,
        range_km=math.inf,
        number=None,
        statuses=(),
    )


def _tracks(missile: Missile, edges: tuple[float, ...]) -> tuple[Tracks, Tracks, float]:
    """Flights to places spread over the map, at 98 samples and at ten times as many; their highest apogee."""
    rng = np.random.default_rng(2010)
    west, south, east, north = EUROPE
    to = np.column_stack([rng.uniform(south, north, FLIGHTS), rng.uniform(west, east, FLIGHTS)])
    flights = aim_many((missile,), ORIGINS_DEG[rng.integers(0, len(ORIGINS_DEG), FLIGHTS)], to)
    tracks = sample(flights, SAMPLES, edges)
    fine = sample(lanes_of(flights, np.arange(FLIGHTS // 8)), 10 * SAMPLES, edges)
    return tracks, fine, float(flights.apogee_km.max())


def _numpy_commits(
    tracks: Tracks, vectors: tuple[OperandVector, ...], tables: list[FlyoutTable]
) -> Float[Array, "n v"]:
    """The peer: the same look-up at the samples, in whole-array NumPy."""
    unit = tracks.position_m / np.linalg.norm(tracks.position_m, axis=-1, keepdims=True)
    height = tracks.altitude_m / 1e3
    out = np.empty((len(tracks), len(vectors)))
    for i, (vector, table) in enumerate(zip(vectors, tables, strict=True)):
        times = np.where(np.isfinite(table.time_s), table.time_s, 1e9)
        tall, long = times.shape
        place = ground_position_m(vector.places_deg)[0]
        away = np.sqrt(np.maximum(2 - 2 * (unit @ (place / np.linalg.norm(place))), 0.0))
        x = np.minimum(away / table.chord[1], long - 1.0)
        y = lifted_km(table, height, unit, place / np.linalg.norm(place)) - table.altitude_km[0]
        y = np.clip(y / (table.altitude_km[1] - table.altitude_km[0]), 0.0, tall - 1.0)
        k, j = np.minimum(x.astype(int), long - 2), np.minimum(y.astype(int), tall - 2)
        x, y = x - k, y - j
        flyout = (1 - y) * ((1 - x) * times[j, k] + x * times[j, k + 1])
        flyout += y * ((1 - x) * times[j + 1, k] + x * times[j + 1, k + 1])
        counts = (height >= vector.altitude_min_km - 0.05) & (away <= table.chord[-1])
        counts &= (flyout <= vector.flight_cap_s) & (tracks.time_s >= tracks.burnout_s[:, None])
        out[:, i] = np.where(counts, tracks.time_s - flyout, -np.inf).max(axis=1)
    return out


def _exact_commits(
    tracks: Tracks, vectors: tuple[OperandVector, ...], tables: list[FlyoutTable]
) -> Float[Array, "n v"]:
    """The definition: no table, and samples dense enough to be all of the flight."""
    unit = tracks.position_m / np.linalg.norm(tracks.position_m, axis=-1, keepdims=True)
    height = tracks.altitude_m / 1e3
    out = np.empty((len(tracks), len(vectors)))
    for i, (vector, table) in enumerate(zip(vectors, tables, strict=True)):
        place = ground_position_m(vector.places_deg)[0]
        there = place / np.linalg.norm(place)
        away = np.linalg.norm(unit - there, axis=-1)
        flyout = flyout_time_s(vector, lifted_km(table, height, unit, there), away)
        counts = (height >= vector.altitude_min_km - 0.05) & (flyout <= vector.flight_cap_s)
        counts &= tracks.time_s >= tracks.burnout_s[:, None]
        out[:, i] = np.where(counts, tracks.time_s - flyout, -np.inf).max(axis=1)
    return out


def _map_row(missile: Missile, vectors: tuple[OperandVector, ...], rounds: int) -> CoverageRow:
    """The map of Europe's land at 25 km, five launch points, ten sites, flights included."""
    cells = europe_land_deg(SPACING_KM)
    best, commits = math.inf, np.zeros(0)
    for _ in range(rounds):
        start = perf_counter()
        commits = commit_map(missile, ORIGINS_DEG, cells, vectors)
        best = min(best, perf_counter() - start)
    some = np.random.default_rng(7).choice(len(cells), min(300, len(cells)), replace=False)
    flights = aim_many((missile,), np.repeat(ORIGINS_DEG, len(some), 0), np.tile(cells[some], (5, 1)))
    columns = vector_columns(vectors, float(flights.apogee_km.max()))[1]
    direct = latest_commits(sample(flights, SAMPLES, edges_km(vectors)), columns)[0]
    name = (
        f"equipoise, map of Europe: {len(cells)} cells of 25 km, 5 launch points, 10 sites, flights included"
    )
    return CoverageRow(name, best, "s", _difference(commits[:, some].reshape(direct.shape), direct))


def europe_land_deg(spacing_km: float) -> Float[Array, "n 2"]:
    """(latitude, longitude) of land on the map, about ``spacing_km`` apart."""
    west, south, east, north = EUROPE
    rows = []
    for lat in np.arange(south, north, spacing_km / 111.195):
        lon = np.arange(west, east, spacing_km / 111.195 / math.cos(math.radians(lat)))
        rows.append(np.column_stack([np.full(len(lon), lat), lon]))
    every = np.concatenate(rows)
    land: Float[Array, "n 2"] = every[~is_sea(every[:, 0], every[:, 1])]
    return land


def _difference(ours: Float[Array, "n v"], truth: Float[Array, "k v"]) -> str:
    """Error of commits in words: percentiles where both work, and how often only one does."""
    ours = ours[: len(truth)]
    both = np.isfinite(ours) & np.isfinite(truth)
    middle, high, most = np.percentile(np.abs(ours[both] - truth[both]), [50, 95, 100])
    apart = float((np.isfinite(ours) != np.isfinite(truth)).mean())
    return f"p50 {middle:.2f} s, p95 {high:.2f} s, max {most:.1f} s; works in one only: {100 * apart:.2f} %"
