"""The ground that the published cases about sites and speeds share: one country's flights to one continent.

Flights start in every launch area of the country, at minimum energy; a commit time that the case states
stands in place of sensors. Needed speeds come from the exact reach, with the Earth turning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float, Int
from numpy import ndarray as Array

from equipoise.defence.engagements import SAMPLES, vector_columns
from equipoise.defence.raids import raid
from equipoise.defence.reach import interceptors, needed_speeds
from equipoise.defence.types import Cells, OperandVector
from equipoise.defence.windows import latest_commits
from equipoise.flight import Tracks, sample
from equipoise.scenario import Scenario, Threat

HOLDER = "Iran"
"""The country whose missiles all five cases are about."""
FLOORS_KM = (100.0, 130.0)
"""Window floors of the cases: every flight has samples exactly on them."""


@dataclass(frozen=True)
class Field:
    """Sampled flights from the holder's launch areas to cells of one continent."""

    cells: Cells
    tracks: Tracks
    cell: Int[Array, " f"]
    model: Int[Array, " f"]
    """Index into the models asked for."""
    range_km: Float[Array, " f"]
    apogee_km: float

    def only(self, flights: Int[Array, " k"]) -> Field:
        """The same ground with some of the flights."""
        return Field(
            self.cells,
            self.tracks.select(flights),
            self.cell[flights],
            self.model[flights],
            self.range_km[flights],
            self.apogee_km,
        )

    def threatened(self) -> Bool[Array, " n"]:
        """Cells that some flight goes to."""
        out = np.zeros(len(self.cells.lat_deg), dtype=bool)
        out[self.cell] = True
        return out

    def latest(self, vectors: Sequence[OperandVector]) -> Float[Array, "f v"]:
        """Latest commit of each flight and vector, s from launch; the best over a vector's places."""
        owner, columns = vector_columns(tuple(vectors), self.apogee_km)
        commit = latest_commits(self.tracks, columns)[0]
        return np.maximum.reduceat(commit, np.flatnonzero(np.diff(owner, prepend=-1)), axis=1)

    def met(self, vectors: Sequence[OperandVector], commit_s: float) -> Bool[Array, " n"]:
        """Cells every flight to which some vector can meet when it commits at ``commit_s``."""
        works = (self.latest(vectors) >= commit_s).any(axis=1)
        out = self.threatened()
        out[self.cell[~works]] = False
        return out

    def needed_km_s(self, vector: OperandVector, commit_s: float) -> Float[Array, " f"]:
        """Least speed that meets each flight from ``commit_s`` on, all else as the vector.

        Infinite where none under 12 km/s does.
        """
        one = np.ones(1)
        lanes = interceptors(
            vector.places_deg[:1, 0],
            vector.places_deg[:1, 1],
            vector.speed_km_s * one,
            vector.burnout_altitude_km * one,
            vector.time_to_burnout_s * one,
            vector.flight_cap_s * one,
            (vector.altitude_min_km * one, vector.altitude_max_km * one),
            vector.range_km * one,
        )
        needed: Float[Array, " f"] = needed_speeds(self.tracks, lanes, np.full(len(self.tracks), commit_s))[
            :, 0
        ]
        return needed

    def worst_by_cell(self, values: Float[Array, " f"]) -> Float[Array, " n"]:
        """Greatest value over the launch points, by cell; minus infinity where no flight goes."""
        out = np.full(len(self.cells.lat_deg), -np.inf)
        np.maximum.at(out, self.cell, values)
        return out


def field_of(scenario: Scenario, cells: Cells, models: Sequence[str], points_per_side: int = 2) -> Field:
    """Minimum-energy flights of some models from all the holder's launch areas to ``cells``."""
    areas = tuple(a.id for a in scenario.threat_areas if a.holder == HOLDER)
    threat = Threat(
        "published",
        "published",
        HOLDER,
        tuple(models),
        areas,
        "projected",
        "",
        True,
        "assumed",
        "see the case",
    )
    bare = replace(scenario, threats=(threat,), rules=replace(scenario.rules, loft_offsets_deg=()))
    flown = raid(bare, cells, assessed=True, points_per_side=points_per_side)
    tracks = [sample(w.flights, SAMPLES, FLOORS_KM) for w in flown.waves]
    names = Tracks.__dataclass_fields__
    joined = Tracks(*(np.concatenate([getattr(t, n) for t in tracks]) for n in names))
    return Field(
        cells,
        joined,
        np.concatenate([w.cell for w in flown.waves]),
        np.concatenate([np.full(len(w), w.model) for w in flown.waves]),
        np.concatenate([w.flights.range_km for w in flown.waves]),
        max(float(w.flights.apogee_km.max()) for w in flown.waves),
    )
