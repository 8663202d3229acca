"""Fine maps of latest commits: fly to a coarse lattice, read the cells off between its nodes.

A latest commit changes slowly with the destination, so that flights to nodes some 100 km apart serve cells
of 25 km. Where a node is out of reach of missile or interceptor, a cell takes its nearest node's answer;
along that edge the map is as coarse as its lattice. ``engage`` never does this: it flies to every cell.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float, Int
from numpy import ndarray as Array

from equipoise.defence.engagements import SAMPLES, edges_km, vector_columns
from equipoise.defence.raids import MEAN_RADIUS_KM, distance_and_azimuth, lanes_of
from equipoise.defence.types import OperandVector
from equipoise.defence.windows import latest_commits
from equipoise.flight import Flights, Missile, Place, aim_many, maximum_range, sample

LATTICE_KM = 100.0
_AZIMUTHS_DEG = np.arange(0.0, 360.0, 30.0)


def commit_map(
    missile: Missile,
    origins_deg: Float[Array, "p 2"],
    cells_deg: Float[Array, "n 2"],
    vectors: tuple[OperandVector, ...],
    lattice_km: float = LATTICE_KM,
) -> Float[Array, "p n v"]:
    """Latest commit of each vector against minimum-energy flights from each origin to each cell, s.

    ``cells_deg`` holds (latitude, longitude) of a map that does not cross the date line. A vector in a sea
    area counts with its best place. Minus infinity where no commit works or the missile does not reach.
    """
    nodes_deg, corners, weights = _lattice(cells_deg, lattice_km)
    lanes = np.array(
        [(i, k) for i, origin in enumerate(origins_deg) for k in _reached(missile, origin, nodes_deg)],
        dtype=np.int64,
    ).reshape(-1, 2)
    at_nodes = np.full((len(origins_deg), len(nodes_deg), len(vectors)), -np.inf)
    if len(lanes):
        origin_of, node_of = lanes.T
        flights = aim_many((missile,), origins_deg[origin_of], nodes_deg[node_of])
        ok = np.flatnonzero(flights.ok)
        if len(ok):
            at_nodes[origin_of[ok], node_of[ok]] = _commits(lanes_of(flights, ok), vectors)
    return _between(at_nodes, corners, weights)


def _commits(flights: Flights, vectors: tuple[OperandVector, ...]) -> Float[Array, "f v"]:
    """Latest commit of each flight and vector, the best over a vector's places."""
    owner, columns = vector_columns(vectors, float(flights.apogee_km.max()))
    commit = latest_commits(sample(flights, SAMPLES, edges_km(vectors)), columns)[0]
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    best: Float[Array, "f v"] = np.maximum.reduceat(commit, starts, axis=1)
    return best


def _lattice(
    cells_deg: Float[Array, "n 2"], lattice_km: float
) -> tuple[Float[Array, "k 2"], Int[Array, "n 4"], Float[Array, "n 4"]]:
    """Nodes that are a corner of some cell's mesh, each cell's four corners among them, and their weights."""
    south, west = cells_deg.min(axis=0) - 1e-6
    middle = np.radians(cells_deg[:, 0].mean())
    step = np.degrees(lattice_km / MEAN_RADIUS_KM) * np.array([1.0, 1.0 / np.cos(middle)])
    where = (cells_deg - [south, west]) / step
    low = np.floor(where).astype(np.int64)
    y, x = (where - low).T
    wide = int(low[:, 1].max()) + 2
    first = low[:, 0] * wide + low[:, 1]
    corner = first[:, None] + np.array([0, 1, wide, wide + 1])
    used, index = np.unique(corner, return_inverse=True)
    nodes = np.column_stack([south + step[0] * (used // wide), west + step[1] * (used % wide)])
    weights = np.column_stack([(1 - y) * (1 - x), (1 - y) * x, y * (1 - x), y * x])
    return nodes, index.reshape(-1, 4), weights


def _reached(
    missile: Missile, origin_deg: Float[Array, " 2"], nodes_deg: Float[Array, "k 2"]
) -> Int[Array, " r"]:
    """Nodes within the longest range in their direction."""
    reach = maximum_range(missile, Place(float(origin_deg[0]), float(origin_deg[1])), _AZIMUTHS_DEG)
    distance, azimuth = distance_and_azimuth(origin_deg, nodes_deg)
    farthest = np.interp(azimuth, [*_AZIMUTHS_DEG, 360.0], [*reach.range_km, float(reach.range_km[0])])
    return np.flatnonzero((distance <= farthest) & (np.abs(nodes_deg[:, 0]) < 89.0))


def _between(
    at_nodes: Float[Array, "p k v"], corners: Int[Array, "n 4"], weights: Float[Array, "n 4"]
) -> Float[Array, "p n v"]:
    """Bilinear where all four corners have an answer, the nearest corner's elsewhere."""
    nearest = corners[np.arange(len(corners)), weights.argmax(axis=1)]
    out = at_nodes[:, nearest]
    whole = np.isfinite(at_nodes)[:, corners].all(axis=2)
    finite = np.where(np.isfinite(at_nodes), at_nodes, 0.0)
    mixed = sum(finite[:, corners[:, i]] * weights[None, :, i, None] for i in range(4))
    return np.where(whole, mixed, out)
