"""Both vectors are rasterised outward: whatever is really there, between all grid points, is a 1."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.defence import interceptors, latest_commits_exact
from equipoise.flight import Tracks, aim_many, ecef_altitude, sample
from equipoise.guarantee.private.outward.flights import flight_vector
from equipoise.guarantee.private.outward.reach import NEVER, reach_bins, reach_vector
from equipoise.guarantee.private.outward.shooters import (
    check_inside,
    highest_km,
    in_air,
    tiles,
    top_speed_m_s,
)
from equipoise.guarantee.private.outward.statement import Disc, Domain, OutsideDomain, Statement, domain_of
from equipoise.scenario import Area, Flyer, Shooter, load_catalogue

POINT = Area("point", (54.5, 54.5), (17.1, 17.1), "assumed")
SEA = Area("box", (54.0, 60.0), (13.0, 24.0), "assumed", sea=True)
EQUATOR = Area("point", (2.0, 2.0), (17.1, 17.1), "assumed")
SOUTH = Area("box", (-42.0, -38.0), (176.0, -178.0), "assumed", sea=True)


def shooter(area: Area = POINT, **changed: float) -> Shooter:
    figures = {
        "speed_km_s": 4.5,
        "burnout_altitude_km": 150.0,
        "time_to_burnout_s": 70.0,
        "flight_cap_s": 600.0,
        "altitude_min_km": 100.0,
        "altitude_max_km": math.inf,
        "range_km": math.inf,
        "earliest_commit_s": 200.0,
    }
    return Shooter(area, **{**figures, **changed})


def statement(*discs: Disc, ceiling: int = 5000, cell_m: int = 100_000, bin_ms: int = 30_000) -> Statement:
    return Statement(
        "x", "y", "a", "b", ("s",), discs, ceiling, 600, 0, 2_000_000, 100, 2400, cell_m, bin_ms, False
    )


def exact_times(place: tuple[float, float], kind: Shooter, points: Float[Array, "n 3"]) -> Float[Array, " n"]:
    """Least time from launch to each Earth-fixed point over the turning Earth; infinite where none."""
    n, one = len(points), np.ones(1)
    altitude = np.array([ecef_altitude(*p) for p in points])
    still = Tracks(
        np.ones(n, bool),
        np.full((n, 1), 5000.0),
        points[:, None, :],
        altitude[:, None],
        np.zeros((n, 1)),
        np.zeros(n),
        np.full(n, 9999.0),
    )
    lane = interceptors(
        one * place[0],
        one * place[1],
        one * kind.speed_km_s,
        one * kind.burnout_altitude_km,
        one * kind.time_to_burnout_s,
        one * kind.flight_cap_s,
        (one * kind.altitude_min_km, one * kind.altitude_max_km),
        one * kind.range_km,
    )
    return 5000.0 - latest_commits_exact(still, lane)[:, 0]


def in_cells(domain: Domain, seed: int, count: int) -> tuple[Array, Float[Array, "n 3"]]:
    """Cells at random and a point at random in each."""
    rng = np.random.default_rng(seed)
    cell = rng.integers(0, len(domain.cell), count)
    inside = rng.uniform(-0.5, 0.5, (count, 3)) * domain.statement.cell_m
    return cell, domain.centre_m[cell] + inside


CASES = [
    pytest.param(POINT, {}, Disc(5450, 1710, 20_000), 5000, id="site"),
    pytest.param(
        POINT, {"speed_km_s": 3.0, "altitude_max_km": 250.0}, Disc(5450, 1710, 20_000), 3600, id="low"
    ),
    pytest.param(EQUATOR, {"burnout_altitude_km": 200.0}, Disc(200, 1710, 20_000), 5000, id="equator"),
    pytest.param(SEA, {"range_km": 1500.0}, Disc(5700, 1850, 600_000), 5000, id="sea"),
    pytest.param(SOUTH, {}, Disc(-4000, 17900, 600_000), 5000, id="date line"),
    pytest.param(
        POINT,
        {
            "burnout_altitude_km": 30.0,
            "speed_km_s": 2.8,
            "altitude_min_km": 40.0,
            "altitude_max_km": 150.0,
            "range_km": 600.0,
        },
        Disc(5450, 1710, 20_000),
        3600,
        id="in the air",
    ),
    pytest.param(
        POINT,
        {"burnout_altitude_km": 30.0, "speed_km_s": 2.8, "altitude_min_km": 40.0},
        Disc(5450, 1710, 20_000),
        3600,
        id="quoted in the air, and flown out of it",
    ),
]


def test_what_may_leave_the_air_falls_and_gains_speed() -> None:
    """As reach has it (``defence``): quoted low, and no meeting above 150 km."""
    stays = shooter(burnout_altitude_km=30.0, altitude_min_km=40.0, altitude_max_km=150.0)
    leaves = replace(stays, altitude_max_km=151.0)
    assert in_air(stays)
    assert not in_air(leaves)
    assert top_speed_m_s(stays) == pytest.approx(4500.0)
    assert top_speed_m_s(stays) < top_speed_m_s(leaves)
    assert highest_km(leaves) < highest_km(stays)


@pytest.mark.parametrize(("area", "changed", "disc", "ceiling"), CASES)
def test_no_reach_is_missed(area: Area, changed: dict[str, float], disc: Disc, ceiling: int) -> None:
    """Places at random in the area, points at random in cells, by the exact arcs over the turning Earth."""
    domain = domain_of(statement(disc, ceiling=ceiling))
    kind = shooter(area, **changed)
    first = reach_bins(domain, [kind])
    cell, points = in_cells(domain, 3, 30_000)
    rng = np.random.default_rng(5)
    east = area.lon_deg[1] + (360.0 if area.lon_deg[0] > area.lon_deg[1] else 0.0)
    met = 0
    for _ in range(1 if area.kind == "point" else 4):
        place = rng.uniform(*area.lat_deg), (rng.uniform(area.lon_deg[0], east) + 180.0) % 360.0 - 180.0
        least = exact_times(place, kind, points)
        there = np.isfinite(least)
        bins = np.floor((kind.earliest_commit_s + least[there]) * 1e3 / domain.statement.bin_ms)
        assert (first[cell[there]] <= bins).all()
        met += int(there.sum())
    assert met > 50


def test_the_smear_is_about_a_bin_and_a_cells_diagonal_over_the_speed() -> None:
    """How much sooner a cell is marked than its centre is reached: more where the reach grows slowly."""
    domain = domain_of(statement(Disc(5450, 1710, 20_000)))
    kind = shooter()
    first = reach_bins(domain, [kind])
    centre = exact_times((54.5, 17.1), kind, domain.centre_m)
    there = np.isfinite(centre)
    early_s = kind.earliest_commit_s + centre[there] - first[there] * domain.statement.bin_s
    bound = domain.statement.bin_s + 2.0 * domain.half_diagonal_m / (1e3 * kind.speed_km_s)
    assert np.median(early_s) < bound
    assert np.quantile(early_s, 0.95) < 1.4 * bound
    assert early_s.min() > 0.0


def test_a_vector_waits_and_shifts() -> None:
    domain = domain_of(statement(Disc(5450, 1710, 20_000)))
    first = reach_bins(domain, [shooter()])
    vector = reach_vector(domain, first)
    cell, bins = domain.places()
    assert (vector == (bins >= first[cell])).all()
    assert (
        reach_vector(domain, first, 1) == (np.minimum(bins + 1, domain.statement.bins - 1) >= first[cell])
    ).all()
    assert 0.01 < vector.mean() < 0.6
    assert (first == NEVER).any()


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"speed_km_s": 5.2}, "speed ceiling"),
        ({"flight_cap_s": 601.0}, "longer than the statement's"),
        ({"flight_cap_s": 60.0}, "shorter than its burn"),
        ({"earliest_commit_s": 99.0}, "earliest commit"),
        ({"time_to_burnout_s": 20.0}, "before its burnout"),
        ({"speed_km_s": 5.0, "burnout_altitude_km": 90.0, "time_to_burnout_s": 50.0}, "highest meeting"),
    ],
)
def test_inputs_that_leave_the_domain_are_refused_without_a_figure(
    changed: dict[str, float], word: str
) -> None:
    domain = domain_of(replace(statement(Disc(5450, 1710, 20_000), ceiling=5300), altitude_max_m=1_650_000))
    with pytest.raises(OutsideDomain, match=word) as caught:
        check_inside(domain, [shooter(**changed)])
    assert not any(str(value) in str(caught.value) for value in changed.values())
    with pytest.raises(OutsideDomain, match="place"):
        check_inside(domain, [shooter(EQUATOR)])


def test_tiles_cover_their_area() -> None:
    """Any place at sea in a box lies in a tile's disc."""
    kind = shooter(SOUTH)
    rng = np.random.default_rng(1)
    lat, lon = np.radians(rng.uniform(-42.0, -38.0, 400)), np.radians(rng.uniform(176.0, 182.0, 400))
    unit = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    gaps = [
        np.linalg.norm(unit * np.linalg.norm(t.site_m) - t.site_m, axis=1) - t.radius_m for t in tiles(kind)
    ]
    assert (np.min(gaps, axis=0) < 25e3).all()
    assert top_speed_m_s(kind) > 4500.0


SILO = Area("point", (54.0, 54.0), (35.8, 35.8), "assumed")
PATROL = Area("box", (72.0, 74.0), (33.0, 40.0), "assumed", sea=True)
FLIGHTS = [
    pytest.param("ss-19-assumed", SILO, (-10.0, 12.0), Disc(5450, 1710, 20_000), id="silo"),
    pytest.param("sineva-assumed", PATROL, (-10.0, 12.0), Disc(6900, 1700, 20_000), id="sea"),
    pytest.param(
        "topol-m-assumed-fast",
        Area("box", (56.0, 58.0), (39.0, 42.0), "assumed"),
        (0.0, 0.0),
        Disc(5450, 1710, 20_000),
        id="one loft",
    ),
]


@pytest.mark.parametrize(("name", "launch", "lofts", "disc"), FLIGHTS)
def test_no_flight_is_missed(name: str, launch: Area, lofts: tuple[float, float], disc: Disc) -> None:
    """Launch points, aim points and lofts at random inside their areas and ranges, never on the nodes."""
    missile = load_catalogue().missile_models[name].missile
    aims = (Area("box", (40.7, 41.0), (-74.2, -73.9), "assumed"),)
    domain = domain_of(statement(disc))
    found = flight_vector(domain, [Flyer(missile, launch, aims, lofts)])
    rng = np.random.default_rng(1)
    n, samples = 300, 300
    origin = np.column_stack([rng.uniform(*launch.lat_deg, n), rng.uniform(*launch.lon_deg, n)])
    end = np.column_stack([rng.uniform(*aims[0].lat_deg, n), rng.uniform(*aims[0].lon_deg, n)])
    least = aim_many([missile], origin, end)
    loft = np.where(least.ok, least.loft_deg + rng.uniform(*lofts, n), 45.0)
    tracks = sample(aim_many([missile], origin, end, loft), samples)
    ok = np.flatnonzero(tracks.ok & least.ok)
    late = tracks.time_s[ok] >= tracks.burnout_s[ok, None]
    cell_of, bins = _entries(domain, tracks.position_m[ok][late], tracks.time_s[ok][late])
    assert len(cell_of) > 300
    assert found.value[domain.entries(cell_of, bins)].all()
    assert found.value.mean() < 0.1


def _entries(domain: Domain, position: Float[Array, "n 3"], time: Float[Array, " n"]) -> tuple[Array, Array]:
    """Cell number and bin of the points that lie in the domain."""
    low, table = domain.lattice
    index = np.floor(position / domain.statement.cell_m).astype(int) - low
    inside = ((index >= 0) & (index < table.shape)).all(axis=1)
    cell = table[tuple(index[inside].T)]
    bins = np.floor(time[inside] * 1e3 / domain.statement.bin_ms).astype(int)
    kept = cell >= 0
    kept[kept] &= bins[kept] >= domain.first_bin[cell[kept]]
    return cell[kept], bins[kept]


def test_a_flight_that_outlasts_the_statement_is_refused() -> None:
    missile = load_catalogue().missile_models["ss-19-assumed"].missile
    aim = Area("point", (38.9, 38.9), (-77.0, -77.0), "assumed")
    brief = replace(statement(Disc(5450, 1710, 20_000)), end_s=900, altitude_max_m=1_000_000)
    with pytest.raises(OutsideDomain, match="lasts longer"):
        flight_vector(domain_of(brief), [Flyer(missile, SILO, (aim,), (0.0, 0.0))])


def test_an_aim_out_of_reach_is_told() -> None:
    missile = load_catalogue().missile_models["ss-19-assumed"].missile
    near = Area("point", (54.1, 54.1), (36.0, 36.0), "assumed")
    far = Area("point", (38.9, 38.9), (-77.0, -77.0), "assumed")
    domain = domain_of(statement(Disc(5450, 1710, 20_000)))
    found = flight_vector(domain, [Flyer(missile, SILO, (near, far), (0.0, 0.0))])
    assert [(u.flyer, u.aim) for u in found.unflown] == [(1, 1)]


def test_a_domain_is_the_same_for_everyone_and_follows_from_the_statement() -> None:
    said = statement(Disc(5450, 1710, 20_000))
    one, two = domain_of(said), domain_of(said)
    assert one.digest == two.digest
    other = statement(Disc(5450, 1711, 20_000))
    assert domain_of(other).digest != one.digest
    assert len(one) == int(one.offset[-1]) == len(one.places()[0])
    cell, bins = one.places()
    assert (one.entries(cell, bins) == np.arange(len(one))).all()
    assert (bins >= one.first_bin[cell]).all()
    assert bins.max() == said.bins - 1
