"""The study itself: its record, its laws, and that the same inputs give the same bytes."""

from __future__ import annotations

import csv
import io
import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from equipoise.defence import people_met
from equipoise.scenario import Scenario, swap_parties
from equipoise.study import compute, rows_of, tables_of, write_study
from equipoise.study.figures.ground import Projection
from equipoise.study.pipeline import digest_of
from equipoise.study.types import Study

from .conftest import Written

KEYS = ["scenario", "threats", "coverage", "guarantees", "findings", "findings_note", "digest", "report"]


def numbers(value: Any) -> list[float]:
    if isinstance(value, dict):
        return [n for v in value.values() for n in numbers(v)]
    if isinstance(value, list):
        return [n for v in value for n in numbers(v)]
    return [value] if isinstance(value, float) else []


def test_the_record_has_the_promised_keys(written: Written) -> None:
    record = written.result.record
    assert list(record) == KEYS
    assert record["digest"] == written.study.digest
    assert set(record["report"]["tolerances"]) >= {"people", "shares", "seconds", "verdicts"}
    assert all(math.isfinite(n) for n in numbers(record))
    json.dumps(record, allow_nan=False)


def test_every_row_has_one_operand_vector_for_people_and_verdict(study: Study) -> None:
    """A verdict as declared rests on operands that stand in the row that people are counted with."""
    judged = 0
    for row in rows_of(study):
        counted = {
            (v.battery, v.claim, v.speed_km_s)
            for v in study.coverage(row.architecture.id, row.mode.id, joined=row.joined).operands
        }
        for side in row.sides:
            if side.as_declared is not None:
                asked = {(v.battery, v.claim, v.speed_km_s) for v in side.as_declared.operands}
                judged += len(asked)
                assert asked <= counted
    assert judged > 0


def test_rows_cover_every_architecture_and_mode_once(study: Study) -> None:
    pairs = [(r.architecture.id, r.mode.id, r.joined) for r in rows_of(study)]
    assert len(pairs) == len(set(pairs))
    for architecture in study.scenario.architectures.values():
        joined = [m for a, m, j in pairs if a == architecture.id and j]
        alone = [m for a, m, j in pairs if a == architecture.id and not j]
        assert len(joined) == (0 if architecture.own_system else len(study.scenario.modes))
        assert len(alone) == (0 if architecture.joint else 1)
        assert sum(r.as_proposed for r in rows_of(study) if r.architecture is architecture) == 1
    assert all(math.isclose(sum(s for _, s in r.statuses), 1.0) for r in rows_of(study) if r.statuses)


def test_gains_are_counted_from_the_baseline(study: Study) -> None:
    for row in rows_of(study):
        ends = [
            study.coverage(row.architecture.id, row.mode.id, "whole", timing, row.joined)
            for timing in ("slow", "fast")
        ]
        assert row.decision_s == (ends[1].decision_s, ends[0].decision_s)
        for side in row.sides:
            if row.architecture.own_system:
                assert side.gained is None
            else:
                alone = people_met(study.baseline, side.party)
                assert side.gained == pytest.approx([people_met(c, side.party) - alone for c in ends])


def test_swapping_the_parties_swaps_the_table(islands: Scenario, study: Study) -> None:
    swapped = compute(swap_parties(islands), quick=True)
    there = {(r.architecture.id, r.mode.id, r.joined): r for r in rows_of(swapped)}
    for row in rows_of(study):
        other = there[row.architecture.id, row.mode.id, row.joined]
        for mine, yours in zip(row.sides, reversed(other.sides), strict=True):
            assert yours.gained == pytest.approx(mine.gained)
            assert yours.threatened == pytest.approx(mine.threatened)
            for a, b in ((mine.as_declared, yours.as_declared), (mine.worst_case, yours.worst_case)):
                assert (a is None) == (b is None)
                assert a is None or b is None or a.verdict == b.verdict


def test_the_same_study_is_written_in_the_same_bytes(study: Study, written: Written, tmp_path: Path) -> None:
    write_study(study, tmp_path / "again")
    for path in written.folder.rglob("*"):
        if path.is_file():
            again = tmp_path / "again" / path.relative_to(written.folder)
            assert again.read_bytes() == path.read_bytes(), path.name


def test_the_digest_follows_the_inputs(study: Study) -> None:
    scenario = study.scenario
    assert digest_of(scenario, study.spacing_km, study.quick) == study.digest
    assert len(study.digest) == 64
    assert digest_of(scenario, study.spacing_km, False) != study.digest
    assert digest_of(scenario, study.spacing_km + 10, study.quick) != study.digest
    assert digest_of(replace(scenario, digest="0" * 64), study.spacing_km, study.quick) != study.digest


def test_tables_are_rectangular_and_name_their_units(study: Study) -> None:
    for table in tables_of(study):
        rows = list(csv.reader(io.StringIO(table.csv())))
        assert {len(row) for row in rows} == {len(table.header)}, table.name
        assert len(rows) > 1 or table.name == "sources", table.name
        assert not {"nan", "inf", "-inf", "None"} & {cell for row in rows for cell in row}, table.name


def test_no_table_lists_places(study: Study) -> None:
    for table in tables_of(study):
        assert not [h for h in table.header if "lat" in h.split("_") or "lon" in h.split("_")]


def test_the_first_table_is_a_frame(study: Study) -> None:
    frame = study.to_polars()
    assert frame.height == len(rows_of(study))
    assert {"architecture", "mode", "operands"} <= set(frame.columns)
    for table in tables_of(study):
        assert table.to_polars().shape == (len(table.rows), len(table.header))


def test_reach_is_positive_in_every_direction(study: Study) -> None:
    assert study.reaches
    for reach in study.reaches:
        assert (reach.range_km > 0).all()
        assert len(reach.azimuth_deg) == len(reach.range_km)


def test_clocks_run_forward(study: Study) -> None:
    assert study.clocks
    for clock in study.clocks:
        assert 0 < clock.first_light_s < clock.impact_s
        assert clock.burnout_s < clock.impact_s
        if clock.track_s is not None:
            assert clock.first_light_s <= clock.track_s < clock.impact_s
        if clock.latest_commit_s is not None and clock.meeting_s is not None:
            assert clock.latest_commit_s < clock.meeting_s < clock.impact_s


def test_the_projection_keeps_areas_and_turns_back() -> None:
    projection = Projection(50.0, 20.0)
    for lon, lat in ((20.0, 50.0), (-20.0, 35.0), (60.0, 70.0)):
        d = 0.01
        corners = np.array([[lon, lat], [lon + d, lat], [lon + d, lat + d], [lon, lat + d]])
        x, y = projection(corners).T
        area = 0.5 * abs(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)))
        up, down = np.sin(np.radians(lat + d)), np.sin(np.radians(lat))
        assert area == pytest.approx(6371.0**2 * np.radians(d) * (up - down), rel=1e-4)
        assert projection.inverse(projection(corners[:1])[0]) == pytest.approx((lon, lat), abs=1e-9)
