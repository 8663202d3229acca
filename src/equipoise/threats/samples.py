"""The draws behind an assessment, kept in Parquet beside it: one file for flights, one for missiles."""

from __future__ import annotations

import os
from pathlib import Path

from equipoise.threats.assessment import ThreatAssessment
from equipoise.threats.free import DIRECTIONS_DEG


def write_samples(assessment: ThreatAssessment, folder: Path) -> tuple[Path, ...]:
    """Write ``flights.parquet`` and ``missiles.parquet``; seed and digest stand in every row.

    Columns carry their units; a missile's row is one draw of its longest range by direction. Each file is
    written beside its place and renamed.
    """
    import polars as pl

    folder.mkdir(parents=True, exist_ok=True)
    mark = {"seed": pl.lit(assessment.seed), "digest": pl.lit(assessment.digest)}
    flights = [
        pl.DataFrame({"flight": [f.observation.id] * len(f.draws["speed_km_s"]), **f.draws})
        for f in assessment.flights
        if f.draws
    ]
    missiles = []
    for m in assessment.missiles:
        if not m.reach_km.size:
            continue
        step = len(DIRECTIONS_DEG) // m.reach_km.shape[1]
        columns = {
            f"range_km_towards_{int(d):03d}_deg": m.reach_km[:, k]
            for k, d in enumerate(DIRECTIONS_DEG[::step])
        }
        missiles.append(pl.DataFrame({"missile": [m.missile] * len(m.reach_km), **columns}))
    found = []
    for name, frames in (("flights.parquet", flights), ("missiles.parquet", missiles)):
        if frames:
            found.append(_write(pl.concat(frames).with_columns(**mark), folder / name))
    return tuple(found)


def _write(frame: object, path: Path) -> Path:
    """One file, whole or not at all."""
    import polars as pl

    assert isinstance(frame, pl.DataFrame)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        frame.write_parquet(beside)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    return path
