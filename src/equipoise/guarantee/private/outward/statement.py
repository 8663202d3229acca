"""The public statement: what the one bit is about, and the cells and bins that both sides count in.

Space is cut into cubes on Earth-fixed axes, time into bins from the protected missile's launch on. The domain
holds every cell that an interceptor under the declared speed ceiling and flight cap can be in, with the bins
from the first moment on at which it can. All figures are whole numbers of small units and the predicate uses
only operations that IEEE 754 rounds alike everywhere, so that both sides list the same entries; a digest of
the list is compared before a run.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import asdict, dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Bool, Float, Int
from numpy import ndarray as Array

LONGEST_CAP_S = 750
"""The proof that rasterising is outward holds up to flights of this length."""
MOST_ENTRIES, MOST_CELLS = 20_000_000, 6_000_000
POLAR_M, EQUATOR_M = 6_356_752.3, 6_378_137.0
"""WGS84's radii (NIMA TR8350.2, table 3.1)."""
PREFIX = b"equipoise/private-statement/v1\n"


class OutsideDomain(Exception):
    """A side's own figures break what the statement says; said to that side alone, without a figure."""


@dataclass(frozen=True)
class Disc:
    """A public place: interceptors stand within ``radius_m`` of it. Degrees in hundredths."""

    lat_centideg: int
    lon_centideg: int
    radius_m: int

    def position_m(self) -> Float[Array, " 3"]:
        """Earth-fixed, on the ellipsoid, in whole metres."""
        lat, lon = math.radians(self.lat_centideg / 100), math.radians(self.lon_centideg / 100)
        squeezed = (POLAR_M / EQUATOR_M) ** 2
        normal = EQUATOR_M / math.sqrt(math.cos(lat) ** 2 + squeezed * math.sin(lat) ** 2)
        across, up = normal * math.cos(lat), squeezed * normal * math.sin(lat)
        return np.asarray(np.rint([across * math.cos(lon), across * math.sin(lon), up]))


@dataclass(frozen=True)
class Statement:
    """What both sides agree to ask. ``owner`` has the interceptors, ``protects`` the missiles.

    ``subset`` names in words the sites, seas and flights that the bit is about. No interceptor moves faster
    than the ceiling, flies longer than the cap, meets outside the altitudes or is launched before the
    earliest commit; each side's own machine refuses inputs that break these.
    """

    scenario: str
    architecture: str
    owner: str
    protects: str
    subset: tuple[str, ...]
    discs: tuple[Disc, ...]
    speed_ceiling_m_s: int
    flight_cap_s: int
    altitude_min_m: int
    altitude_max_m: int
    earliest_commit_s: int
    end_s: int
    """Nothing of the protected flights lies later."""
    cell_m: int
    bin_ms: int
    meetings_before_burnout: bool

    def canonical(self) -> bytes:
        """The statement as bytes that are the same for everyone: sorted keys, whole numbers, no spaces."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    @cached_property
    def digest(self) -> bytes:
        """SHA-256 over a prefix and the canonical bytes."""
        return hashlib.sha256(PREFIX + self.canonical()).digest()

    @property
    def bins(self) -> int:
        """Bins from launch to the end."""
        return -(-1000 * self.end_s // self.bin_ms)

    @property
    def bin_s(self) -> float:
        """Length of a bin, s."""
        return self.bin_ms / 1e3


@dataclass(frozen=True)
class Domain:
    """The entries, in order: cells by index, and in each the bins from ``first_bin`` to the last.

    Cell (i, j, k) is the cube from (i, j, k) times the cell's edge on Earth-fixed axes.
    """

    statement: Statement
    cell: Int[Array, "c 3"]
    first_bin: Int[Array, " c"]
    offset: Int[Array, " c_and_one"]
    """Entry at which each cell's bins start; the last is the number of entries."""

    def __len__(self) -> int:
        return int(self.offset[-1])

    @cached_property
    def centre_m(self) -> Float[Array, "c 3"]:
        """Centres of the cells, Earth-fixed."""
        return np.asarray((self.cell + 0.5) * self.statement.cell_m)

    @property
    def half_diagonal_m(self) -> float:
        """From a cell's centre to its corners."""
        return math.sqrt(3.0) / 2.0 * self.statement.cell_m

    @cached_property
    def digest(self) -> bytes:
        """SHA-256 over the statement's digest, the cells and their first bins."""
        parts = (self.cell.astype("<i4").tobytes(), self.first_bin.astype("<i4").tobytes())
        return hashlib.sha256(self.statement.digest + b"".join(parts)).digest()

    @cached_property
    def lattice(self) -> tuple[Int[Array, " 3"], Int[Array, "x y z"]]:
        """Lowest indices, and the number of the cell at each (i, j, k) less those; -1 outside the domain."""
        low = self.cell.min(axis=0)
        table = np.full(tuple(self.cell.max(axis=0) - low + 1), -1, dtype=np.int64)
        table[tuple((self.cell - low).T)] = np.arange(len(self.cell))
        return low, table

    def entries(self, cell: Int[Array, " n"], bin: Int[Array, " n"]) -> Int[Array, " n"]:
        """Entry of each pair of cell number and bin; both must lie in the domain."""
        return np.asarray(self.offset[cell] + bin - self.first_bin[cell])

    def places(self) -> tuple[Int[Array, " n"], Int[Array, " n"]]:
        """Cell number and bin of every entry, in order."""
        count = np.diff(self.offset)
        cell = np.repeat(np.arange(len(self.cell)), count)
        return cell, np.arange(len(self)) - self.offset[cell] + self.first_bin[cell]


def domain_of(statement: Statement) -> Domain:
    """List the entries of a statement. Raises ValueError where there is none or far too many."""
    cells = _near(statement)
    away = _least_distance_m(statement, (cells + 0.5) * statement.cell_m)
    half = math.sqrt(3.0) / 2.0 * statement.cell_m
    ahead = np.maximum(away - half, 0.0)
    soonest_s = statement.earliest_commit_s + ahead / statement.speed_ceiling_m_s
    first = np.floor(soonest_s * 1000.0 / statement.bin_ms).astype(np.int64)
    kept = (ahead <= float(statement.speed_ceiling_m_s) * statement.flight_cap_s) & (first < statement.bins)
    kept &= _in_band(statement, (cells + 0.5) * statement.cell_m, half)
    cells, first = cells[kept], first[kept]
    offset = np.concatenate([[0], np.cumsum(statement.bins - first)])
    if not 0 < offset[-1] <= MOST_ENTRIES:
        raise ValueError(f"the domain has {offset[-1]} entries; 1 to {MOST_ENTRIES} can be run")
    return Domain(statement, cells, first, offset)


def _near(statement: Statement) -> Int[Array, "n 3"]:
    """Every cell of the box about all discs' reach, in the order of its indices."""
    reach = statement.speed_ceiling_m_s * statement.flight_cap_s
    middle = np.array([d.position_m() for d in statement.discs])
    wide = np.array([reach + d.radius_m for d in statement.discs])[:, None]
    top = EQUATOR_M + statement.altitude_max_m
    low = np.maximum((middle - wide).min(axis=0), -top) // statement.cell_m - 1
    high = np.minimum((middle + wide).max(axis=0), top) // statement.cell_m + 1
    around = math.prod(int(b) - int(a) + 1 for a, b in zip(low, high, strict=True))
    if around > MOST_CELLS:
        raise ValueError(f"{around} cells of this size lie about the domain; {MOST_CELLS} can be looked at")
    axes = [np.arange(int(a), int(b) + 1) for a, b in zip(low, high, strict=True)]
    return np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 3)


def _least_distance_m(statement: Statement, points: Float[Array, "n 3"]) -> Float[Array, " n"]:
    """From each point to the nearest disc."""
    gaps = []
    for disc in statement.discs:
        apart = points - disc.position_m()
        gaps.append(np.sqrt((apart * apart).sum(axis=1)) - disc.radius_m)
    return np.asarray(np.maximum(np.min(gaps, axis=0), 0.0))


def _in_band(statement: Statement, points: Float[Array, "n 3"], half_m: float) -> Bool[Array, " n"]:
    """Cells that may hold a permitted altitude: by the least and greatest radius of the ellipsoid."""
    radius = np.sqrt((points * points).sum(axis=1))
    low, high = POLAR_M + statement.altitude_min_m - half_m, EQUATOR_M + statement.altitude_max_m + half_m
    return np.asarray((radius >= low) & (radius <= high))
