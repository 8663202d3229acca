"""The driver: threats to flights, flights to sightings and latest commits, once for all batteries.

Flights are sampled and judged in pieces, so that no more than a few thousand tracks are held at a time; of
each engagement two numbers stay, the latest commit and its meeting, and of each sensor its first track.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int
from numpy import ndarray as Array

from equipoise.defence.flyout import flyout_table
from equipoise.defence.raids import AIMING_SHARE, Progress, Raid, lanes_of, raid
from equipoise.defence.types import Cells, Engagements, OperandVector
from equipoise.defence.vectors import operand_vectors
from equipoise.defence.windows import Columns, columns, latest_commits
from equipoise.flight import Tracks, sample
from equipoise.scenario import Area, Scenario
from equipoise.sensing import Sightings, Station, ground_position_m, sight, stations

SAMPLES, QUICK_SAMPLES = 98, 66
"""Samples a flight, those on the edges of altitude windows among them."""
LAUNCH_POINTS_PER_SIDE = 2
_PIECE = 4096
_HIGHEST_TABLE_KM = 4000.0


@dataclass(frozen=True)
class _Watch:
    """What every piece of the raid is held against."""

    scenario: Scenario
    columns: Columns
    stations: tuple[Station, ...]
    edges_km: tuple[float, ...]
    samples: int


@dataclass(frozen=True)
class _Piece:
    commit_s: Float[Array, "n c"]
    meeting_s: Float[Array, "n c"]
    sightings: Sightings
    crossed: dict[str, Bool[Array, "n 2"]]
    burnout_s: Float[Array, " n"]
    impact_s: Float[Array, " n"]


def engage(
    scenario: Scenario,
    cells: Cells,
    *,
    quick: bool = False,
    assessed: bool = True,
    progress: Progress | None = None,
) -> Engagements:
    """Fly all threats of one kind to all cells and hold them against every battery and sensor declared.

    ``assessed`` false flies the projected threats instead, never both. Flights start at the corners of each
    launch area: its nearest, farthest and outermost points. ``quick`` takes fewer samples of each flight, and
    is meant with coarser cells. The result serves every architecture, mode and timing of the scenario.
    """
    flown = raid(
        scenario, cells, assessed=assessed, points_per_side=LAUNCH_POINTS_PER_SIDE, progress=progress
    )
    samples = QUICK_SAMPLES if quick else SAMPLES
    vectors = declared_vectors(scenario)
    return judge(scenario, cells, flown, vectors, assessed=assessed, samples=samples, progress=progress)


def judge(
    scenario: Scenario,
    cells: Cells,
    flown: Raid,
    vectors: tuple[OperandVector, ...],
    *,
    assessed: bool = True,
    samples: int = SAMPLES,
    progress: Progress | None = None,
) -> Engagements:
    """Hold a raid against given operand vectors and all of the scenario's sensors."""
    highest = max((float(w.flights.apogee_km.max()) for w in flown.waves if len(w)), default=0.0)
    owner, made = vector_columns(vectors, highest)
    watch = _Watch(
        scenario,
        made,
        stations(scenario, scenario.sensors),
        edges_km(vectors),
        max(samples, 4 * len(edges_km(vectors))),
    )
    pieces = []
    total = sum(len(w) for w in flown.waves)
    for done, piece in _pieces(flown, watch):
        pieces.append(piece)
        if progress is not None:
            progress("engaging", AIMING_SHARE + (1.0 - AIMING_SHARE) * done / max(total, 1))
    return _collect(cells, flown, vectors, owner, watch, pieces, assessed)


def declared_vectors(scenario: Scenario) -> tuple[OperandVector, ...]:
    """Each declared claim at each place of any architecture, once."""
    found = {
        (v.claim, v.site): v
        for architecture in scenario.architectures.values()
        for v in operand_vectors(scenario, architecture)
    }
    return tuple(found.values())


def vector_columns(vectors: tuple[OperandVector, ...], highest_km: float) -> tuple[Int[Array, " c"], Columns]:
    """The vector of each column and the columns, one a place; a vector's places share its flyout table.

    ``highest_km`` is the highest apogee of the flights to be met.
    """
    owner = np.repeat(np.arange(len(vectors)), [len(v.places_deg) for v in vectors]).astype(np.int64)
    highest = min(highest_km + 10.0, _HIGHEST_TABLE_KM)
    with ThreadPoolExecutor(_workers()) as pool:
        tables = list(pool.map(lambda v: flyout_table(v, highest), vectors))
    windows = [(v.altitude_min_km, v.altitude_max_km) for v in vectors]
    places_deg = np.concatenate([v.places_deg for v in vectors]) if vectors else np.zeros((0, 2))
    made = columns([tables[i] for i in owner], [windows[i] for i in owner], ground_position_m(places_deg))
    return owner, made


def edges_km(vectors: tuple[OperandVector, ...]) -> tuple[float, ...]:
    """Altitudes, km, on which every flight must have a sample: the edges of all windows."""
    edges = {e for v in vectors for e in (v.altitude_min_km, v.altitude_max_km)}
    return tuple(sorted(e for e in edges if math.isfinite(e) and e > 0.0))


def _pieces(flown: Raid, watch: _Watch) -> Iterator[tuple[int, _Piece]]:
    """The raid's flights piece by piece, in the order of its waves, on as many threads as there are cores."""
    workers = _workers()
    done = 0
    with ThreadPoolExecutor(workers) as pool:
        for wave in flown.waves:
            for start in range(0, len(wave), _PIECE):
                lanes = np.arange(start, min(start + _PIECE, len(wave)))
                tracks = sample(lanes_of(wave.flights, lanes), watch.samples, watch.edges_km)
                shares = [s for s in np.array_split(np.arange(len(lanes)), workers) if len(s)]
                judged = list(pool.map(lambda s, t=tracks: _judge_tracks(t.select(s), watch), shares))
                for share, piece in zip(shares, judged, strict=True):
                    done += len(share)
                    yield done, piece


def _workers() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _judge_tracks(tracks: Tracks, watch: _Watch) -> _Piece:
    commit, meeting = latest_commits(tracks, watch.columns)
    rules = watch.scenario.rules
    seen = sight(tracks, watch.stations, rules.cloud_break_km.middle or 0.0)
    crossed = {
        rule.id: np.column_stack(
            [
                _passes(tracks, [a for s in rule.sectors if s.party == party.id for a in s.areas])
                for party in watch.scenario.parties
            ]
        )
        for rule in watch.scenario.modes
        if rule.sectors
    }
    return _Piece(commit, meeting, seen, crossed, tracks.burnout_s, tracks.impact_s)


def _passes(tracks: Tracks, areas: list[Area]) -> Bool[Array, " n"]:
    """Whether each flight passes over one of the areas (geocentric latitude serves at their coarseness)."""
    x, y, z = np.moveaxis(tracks.position_m, -1, 0)
    lat_deg, lon_deg = np.degrees(np.arctan2(z, np.hypot(x, y))), np.degrees(np.arctan2(y, x))
    over = np.zeros(len(tracks), dtype=bool)
    for area in areas:
        (south, north), (west, east) = area.lat_deg, area.lon_deg
        width = 360.0 if east - west >= 360.0 else (east - west) % 360.0
        beside = (lon_deg - west) % 360.0 <= width
        over |= (beside & (lat_deg >= south) & (lat_deg <= north)).any(axis=1)
    return over


def _collect(
    cells: Cells,
    flown: Raid,
    vectors: tuple[OperandVector, ...],
    owner: Int[Array, " c"],
    watch: _Watch,
    pieces: list[_Piece],
    assessed: bool,
) -> Engagements:
    """All pieces in one value, its flights in the order of their cells."""
    count = len(watch.columns.sizes)

    def gathered(values: list[Array], empty: tuple[int, ...]) -> Array:
        return np.concatenate(values) if values else np.zeros(empty)

    def labels(name: str) -> Int[Array, " f"]:
        each = [np.broadcast_to(getattr(w, name), len(w)) for w in flown.waves]
        return np.concatenate(each).astype(np.int64) if each else np.zeros(0, dtype=np.int64)

    cell = labels("cell")
    order = np.argsort(cell, kind="stable")
    seen = Sightings.join(tuple(p.sightings for p in pieces)) if pieces else _nothing_seen(watch)
    return Engagements(
        cells=cells,
        vectors=vectors,
        column_vector=owner,
        column_place_deg=np.concatenate([v.places_deg for v in vectors]) if vectors else np.zeros((0, 2)),
        commit_s=np.ascontiguousarray(gathered([p.commit_s for p in pieces], (0, count))[order].T),
        meeting_s=np.ascontiguousarray(gathered([p.meeting_s for p in pieces], (0, count))[order].T),
        sightings=seen.select(order),
        cell=cell[order],
        threat=labels("threat")[order],
        launch_area=labels("launch_area")[order],
        point=labels("point")[order],
        model=labels("model")[order],
        loft=labels("loft")[order],
        threats=flown.threats,
        launch_areas=flown.launch_areas,
        models=flown.models,
        lofts=flown.lofts,
        burnout_s=gathered([p.burnout_s for p in pieces], (0,))[order],
        impact_s=gathered([p.impact_s for p in pieces], (0,))[order],
        crossed={
            rule.id: gathered([p.crossed[rule.id] for p in pieces], (0, 2)).astype(bool)[order]
            for rule in watch.scenario.modes
            if rule.sectors
        },
        failed=flown.failed,
        assessed=assessed,
    )


def _nothing_seen(watch: _Watch) -> Sightings:
    none = np.zeros((0, len(watch.stations)))
    return Sightings(watch.stations, np.zeros(0), none, none, none, none)
