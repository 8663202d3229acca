"""The engine's numerical error: every missile, all azimuths and lofts, against the reference.

It says how well the engine integrates its own forces. The model's own uncertainty is kilometres, and
another thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.flight import _rows as r
from equipoise.flight._batch import fleet_of
from equipoise.flight._inputs import lane_inputs
from equipoise.flight._results import GEOD
from equipoise.flight._truth import TrueFlight, true_flight
from equipoise.flight.flying import fly_at_loft
from equipoise.flight.types import Missile

FAR_KM = 12_000.0
"""Beyond this the error is judged as a share of the range."""


@dataclass(frozen=True)
class ErrorRow:
    """The distribution of one error over a set of flights."""

    flights_of: str
    quantity: str
    unit: str
    p50: float
    p95: float
    p99: float
    max: float
    flights: int
    in_air: int


@dataclass(frozen=True)
class AccuracyBench:
    """Errors over all flights first, then of each missile."""

    machine: str
    rows: tuple[ErrorRow, ...]
    ratios: dict[str, float]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Errors:
    """Errors of some flights, one entry a flight."""

    impact_m: Float[Array, " n"]
    apogee_percent: Float[Array, " n"]
    time_s: Float[Array, " n"]
    range_km: Float[Array, " n"]
    in_air: Float[Array, " n"]


def _sample(missile: Missile, n: int, seed: int) -> tuple[Array, Array, list[TrueFlight]]:
    """Random flights of one missile that came off: inputs, outputs and the reference's."""
    rng = np.random.default_rng(seed)
    fleet, which = fleet_of((missile,), n)
    origin = np.stack([rng.uniform(-85, 85, n), rng.uniform(-180, 180, n)], 1)
    plan = fleet.plans[0]
    burn = plan.burn_s - rng.uniform(0.0, 0.7, n) * (plan.burn_s - plan.last_start_s)
    rows = lane_inputs(which, origin, rng.uniform(0, 360, n), rng.uniform(3.0, 80.0, n), burn)
    rows, outs, cause = fly_at_loft(fleet, rows)
    good = (cause == "") & (outs[:, r.STATUS] == r.OK)
    rows, outs = rows[good], outs[good]
    truth = [
        true_flight(
            missile, (q[r.IN_LAT], q[r.IN_LON]), q[r.IN_AZIMUTH], q[r.IN_KICK], q[r.IN_LOFT], q[r.IN_BURN]
        )
        for q in rows
    ]
    return rows, outs, truth


def errors_of(missile: Missile, n: int, seed: int) -> _Errors:
    """Errors of ``n`` random flights of one missile (those that failed left out)."""
    rows, outs, truth = _sample(missile, n, seed)
    there = np.degrees([[t.impact_lat_rad, t.impact_lon_rad] for t in truth])
    here = np.degrees(outs[:, [r.IMPACT_LAT, r.IMPACT_LON]])
    start = np.degrees(rows[:, [r.IN_LAT, r.IN_LON]])
    miss = GEOD.inv(here[:, 1], here[:, 0], there[:, 1], there[:, 0])[2]
    distance = GEOD.inv(start[:, 1], start[:, 0], there[:, 1], there[:, 0])[2]
    top = np.array([t.apogee_m for t in truth])
    return _Errors(
        impact_m=np.asarray(miss),
        apogee_percent=np.abs(outs[:, r.APOGEE_H] / top - 1.0) * 100.0,
        time_s=np.abs(outs[:, r.IMPACT_T] - np.array([t.time_s for t in truth])),
        range_km=np.asarray(distance) / 1e3,
        in_air=outs[:, r.IN_AIR],
    )


def _row(name: str, quantity: str, unit: str, error: Array, in_air: Array) -> ErrorRow:
    p50, p95, p99, most = (float(q) for q in np.quantile(error, [0.5, 0.95, 0.99, 1.0]))
    return ErrorRow(name, quantity, unit, p50, p95, p99, most, len(error), int(in_air.sum()))


def _joined(parts: Sequence[_Errors]) -> _Errors:
    return _Errors(*(np.concatenate([getattr(p, f) for p in parts]) for f in _Errors.__dataclass_fields__))


def bench_accuracy(missiles: Sequence[Missile], each: int = 24, threads: int = 2) -> AccuracyBench:
    """Fly ``each`` random flights of every missile, in-air ones among them, and compare with the reference.

    Lofts run from 3 to 80 degrees, cut-offs from 30 per cent of the last burn to all of it, origins and
    azimuths over the whole Earth. The seed of a missile's flights is its place in ``missiles``.
    """
    from equipoise.flight.bench import machine

    errors_of(missiles[0], 2, 0)
    with ThreadPoolExecutor(threads) as pool:
        parts = list(pool.map(lambda pair: errors_of(pair[1], each, pair[0]), enumerate(missiles)))
    whole = _joined(parts)
    near = whole.range_km <= FAR_KM
    air = whole.in_air
    rows = [_row("all, to 12000 km", "impact", "m", whole.impact_m[near], air[near])]
    if not near.all():
        share = whole.impact_m[~near] / (whole.range_km[~near] * 1e3)
        rows.append(_row("all, beyond 12000 km", "impact, share of range", "1", share, air[~near]))
    rows.append(_row("all", "apogee", "%", whole.apogee_percent, air))
    rows.append(_row("all", "time", "s", whole.time_s, air))
    for missile, part in zip(missiles, parts, strict=True):
        rows.append(_row(missile.id, "impact", "m", part.impact_m, part.in_air))
    note = (
        "numerical error against SciPy DOP853 at rtol 1e-12 on the same forces; the model's own "
        "uncertainty is kilometres"
    )
    return AccuracyBench(machine(), tuple(rows), {}, (note,))
