"""Where an interceptor and a missile really are at one place at one time, both vectors are 1 in that entry.

The interceptor's arc is a Lambert solution of this test's own (universal variables, Curtis 2005, algorithm
5.2), in axes that stand still; the missile is one of a random place, aim and loft, never on a node.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from jaxtyping import Bool, Float
from numpy import ndarray as Array

from equipoise.flight import aim_many, ecef_altitude, geodetic_to_ecef, sample
from equipoise.guarantee.private.outward.flights import flight_vector
from equipoise.guarantee.private.outward.reach import reach_bins, reach_vector
from equipoise.guarantee.private.outward.statement import Disc, Statement, domain_of
from equipoise.scenario import Area, Flyer, Shooter, load_catalogue

MU, TURN = 3.986004418e14, 7.292115e-5
LOFTS = (-6.0, 10.0)


def stumpff(z: Float[Array, " n"]) -> tuple[Float[Array, " n"], Float[Array, " n"]]:
    """C(z) and S(z)."""
    root, safe = np.sqrt(np.abs(z)), np.where(np.abs(z) < 1e-6, 1.0, np.sqrt(np.abs(z)))
    c = np.where(z > 0, 1.0 - np.cos(root), np.cosh(root) - 1.0) / safe**2
    s = np.where(z > 0, root - np.sin(root), np.sinh(root) - root) / safe**3
    return np.where(np.abs(z) < 1e-6, 0.5 - z / 24.0, c), np.where(np.abs(z) < 1e-6, 1 / 6 - z / 120.0, s)


def start_velocity(
    start: Float[Array, "n 3"], end: Float[Array, "n 3"], time_s: Float[Array, " n"]
) -> Float[Array, "n 3"]:
    """Of the short way between two points in a time; NaN where the search finds none."""
    r1, r2 = np.linalg.norm(start, axis=1), np.linalg.norm(end, axis=1)
    cosine = np.clip((start * end).sum(axis=1) / r1 / r2, -1.0, 1.0)
    a = np.sin(np.arccos(cosine)) * np.sqrt(r1 * r2 / (1.0 - cosine))
    low, high = np.full(len(a), -400.0), np.full(len(a), 4.0 * math.pi**2 - 1e-3)
    for _ in range(80):
        z = (low + high) / 2
        c, s = stumpff(z)
        y = np.maximum(r1 + r2 + a * (z * s - 1.0) / np.sqrt(c), 0.0)
        took = np.sqrt(y / c) ** 3 * s / math.sqrt(MU) + a * np.sqrt(y / MU)
        low, high = np.where(took > time_s, low, z), np.where(took > time_s, z, high)
    velocity = (end - (1.0 - y / r1)[:, None] * start) / (a * np.sqrt(y / MU))[:, None]
    velocity[np.abs(took - time_s) > 1e-3] = np.nan
    return velocity


def can_meet(shooter: Shooter, point: Float[Array, "n 3"], coast_s: Float[Array, " n"]) -> Bool[Array, " n"]:
    """Whether the interceptor is at a point of the turning Earth just so long after its burnout."""
    lat, lon = math.radians(shooter.area.lat_deg[0]), math.radians(shooter.area.lon_deg[0])
    start = np.tile(geodetic_to_ecef(lat, lon, 1e3 * shooter.burnout_altitude_km), (len(point), 1))
    turned, c, s = point.copy(), np.cos(TURN * coast_s), np.sin(TURN * coast_s)
    turned[:, 0], turned[:, 1] = c * point[:, 0] - s * point[:, 1], s * point[:, 0] + c * point[:, 1]
    left = start_velocity(start, turned, coast_s) - np.cross((0.0, 0.0, TURN), start)
    return np.linalg.norm(left, axis=1) <= 1e3 * shooter.speed_km_s


def box(south: float, north: float, west: float, east: float) -> Area:
    return Area("box", (south, north), (west, east), "assumed")


SILO = Area("point", (54.0, 54.0), (35.8, 35.8), "assumed")
CASES = [
    pytest.param("ss-19-assumed", SILO, box(38.0, 42.0, -80.0, -73.0), (70.0, 10.0), id="far north"),
    pytest.param(
        "sineva-assumed",
        box(78.0, 81.0, 60.0, 66.0),
        box(45.0, 48.0, -122.0, -110.0),
        (88.0, -100.0),
        id="pole",
    ),
]


@pytest.mark.parametrize(("name", "launch", "aim", "site"), CASES)
def test_whatever_meets_is_marked_by_both(
    name: str, launch: Area, aim: Area, site: tuple[float, float]
) -> None:
    missile, rng = load_catalogue().missile_models[name].missile, np.random.default_rng(11)
    place = Area("point", (site[0], site[0]), (site[1], site[1]), "assumed")
    shooter = Shooter(place, 4.5, 150.0, 70.0, 600.0, 100.0, math.inf, math.inf, 100.0)
    disc = Disc(round(100 * site[0]), round(100 * site[1]), 20_000)
    said = Statement(
        "x", "y", "a", "b", ("s",), (disc,), 5000, 600, 0, 2_000_000, 100, 2700, 100_000, 30_000, False
    )
    domain = domain_of(said)
    a = reach_vector(domain, reach_bins(domain, [shooter]))
    b = flight_vector(domain, [Flyer(missile, launch, (aim,), LOFTS)]).value
    n, picks = 250, 20_000
    origin, end = (
        np.column_stack([rng.uniform(*w.lat_deg, n), rng.uniform(*w.lon_deg, n)]) for w in (launch, aim)
    )
    least = aim_many([missile], origin, end)
    loft = np.where(least.ok, least.loft_deg + rng.uniform(*LOFTS, n), 45.0)
    tracks = sample(aim_many([missile], origin, end, loft), 401)
    flight, step = rng.choice(np.flatnonzero(tracks.ok & least.ok), picks), rng.integers(0, 401, picks)
    time, point = tracks.time_s[flight, step], tracks.position_m[flight, step]
    longest = np.minimum(time - shooter.earliest_commit_s, shooter.flight_cap_s) - shooter.time_to_burnout_s
    coast = longest * (1.0 - 0.2 * rng.random(picks) ** 3)
    altitude = np.array([ecef_altitude(*p) for p in point])
    met = (coast > 5.0) & (altitude >= 100e3) & (time >= tracks.burnout_s[flight])
    met &= can_meet(shooter, point, np.where(met, coast, 100.0))
    assert met.sum() > 200
    low, table = domain.lattice
    cell = table[tuple((np.floor(point[met] / said.cell_m).astype(int) - low).T)]
    assert (cell >= 0).all()
    entry = domain.entries(cell, np.floor(time[met] / said.bin_s).astype(int))
    assert a[entry].all()
    assert b[entry].all()
