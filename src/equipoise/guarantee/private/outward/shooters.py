"""The secret of the side that owns interceptors: what they do, where they stand, from when they may leave."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.defence import IN_AIR_KM, IN_AIR_TOP_KM
from equipoise.flight import geodetic_to_ecef
from equipoise.guarantee.private.outward.statement import POLAR_M, Domain, OutsideDomain, Statement
from equipoise.scenario import Shooter, is_sea

MU_M3_S2 = 3.986004418e14
"""Earth's gravitational parameter, m3/s2 (WGS84)."""
OMEGA_RAD_S = 7.292115e-5
"""The Earth's turning, rad/s (WGS84, NIMA TR8350.2, table 3.1)."""
TILE_KM = 150.0
"""Sea areas are cut into tiles of about this size, each a disc that holds its tile."""
DEG_KM = 111.2


@dataclass(frozen=True)
class Tile:
    """A disc of places: the site in its middle, where the coast starts, and its radius on the ground."""

    site_m: Float[Array, " 3"]
    start_m: Float[Array, " 3"]
    radius_m: float


def in_air(shooter: Shooter) -> bool:
    """True where it flies straight at constant speed, inside the air: by the figures of defence's reach."""
    return shooter.burnout_altitude_km < IN_AIR_KM and shooter.altitude_max_km <= IN_AIR_TOP_KM


def tiles(shooter: Shooter) -> tuple[Tile, ...]:
    """Discs that cover the shooter's area; of a sea area those that hold some sea."""
    (south, north), (west, east) = shooter.area.lat_deg, shooter.area.lon_deg
    if shooter.area.kind == "point":
        return (_tile(shooter, south, west, 0.0),)
    width = (east - west) % 360.0 if west > east else east - west
    found = []
    rows = max(1, math.ceil((north - south) * DEG_KM / TILE_KM))
    for row in range(rows):
        low, high = (south + (north - south) * s / rows for s in (row, row + 1))
        widest = math.cos(math.radians(min(abs(low), abs(high)) if low * high > 0 else 0.0))
        columns = max(1, math.ceil(width * DEG_KM * widest / TILE_KM))
        for column in range(columns):
            left, right = (west + width * s / columns for s in (column, column + 1))
            if not shooter.area.sea or _holds_sea(low, high, left, right):
                half = 0.5 * DEG_KM * math.hypot(high - low, (right - left) * widest)
                found.append(_tile(shooter, (low + high) / 2, (left + right) / 2, 1.05e3 * half))
    return tuple(found)


def _holds_sea(south: float, north: float, west: float, east: float) -> bool:
    """Whether a grid over the tile, some 15 km apart, has a point at sea."""
    lat, lon = np.meshgrid(np.linspace(south, north, 11), np.linspace(west, east, 11))
    return bool(is_sea(lat.ravel(), (lon.ravel() + 180.0) % 360.0 - 180.0).any())


def _tile(shooter: Shooter, lat_deg: float, lon_deg: float, radius_m: float) -> Tile:
    lat, lon = math.radians(lat_deg), math.radians(lon_deg)
    site = np.array(geodetic_to_ecef(lat, lon, 0.0))
    start = np.array(geodetic_to_ecef(lat, lon, 1e3 * shooter.burnout_altitude_km))
    return Tile(site, start, radius_m)


def top_speed_m_s(shooter: Shooter) -> float:
    """The fastest that it can move relative to the Earth: its quoted speed, and what a fall would add.

    In turning axes half the square of the speed less mu/r less half (omega rho)^2 is kept (Jacobi's
    integral); from burnout down to the polar radius the last term is at most some 500 m/s squared.
    """
    quoted = 1e3 * shooter.speed_km_s
    if in_air(shooter):
        return quoted
    fall = 2.0 * MU_M3_S2 * (1.0 / POLAR_M - 1.0 / (POLAR_M + 22e3 + 1e3 * shooter.burnout_altitude_km))
    return math.sqrt(quoted**2 + fall + _TURNING)


_TURNING = 465.0**2
"""Square of the speed (m/s) with which the Earth's surface turns at the equator."""


def check_inside(domain: Domain, shooters: Sequence[Shooter]) -> None:
    """Raise OutsideDomain, without a figure in its words, where a shooter could leave the domain."""
    for place, shooter in enumerate(shooters, 1):
        for what in _broken(domain.statement, shooter):
            raise OutsideDomain(f"interceptors entry {place}: {what}")


def _broken(statement: Statement, shooter: Shooter) -> Iterator[str]:
    """What of the statement the shooter breaks."""
    if top_speed_m_s(shooter) > statement.speed_ceiling_m_s:
        yield "its speed passes the statement's speed ceiling on some path"
    if 1e3 * shooter.burnout_altitude_km > statement.speed_ceiling_m_s * shooter.time_to_burnout_s:
        yield "it would pass the statement's speed ceiling before its burnout"
    if shooter.flight_cap_s > statement.flight_cap_s:
        yield "its flight cap is longer than the statement's"
    if shooter.flight_cap_s <= shooter.time_to_burnout_s:
        yield "its flight cap is shorter than its burn"
    if shooter.earliest_commit_s < statement.earliest_commit_s:
        yield "it may leave before the statement's earliest commit"
    if 1e3 * shooter.altitude_min_km < statement.altitude_min_m:
        yield "its lowest meeting lies under the statement's altitudes"
    if 1e3 * min(shooter.altitude_max_km, highest_km(shooter)) > statement.altitude_max_m:
        yield "its highest meeting lies above the statement's altitudes"
    discs = [(d.position_m(), d.radius_m) for d in statement.discs]
    for tile in tiles(shooter):
        if not any(np.linalg.norm(tile.site_m - at) + tile.radius_m <= radius for at, radius in discs):
            yield "a place of it lies outside the statement's places"
            return


def highest_km(shooter: Shooter) -> float:
    """An altitude that it cannot pass: Jacobi's integral, no speed left at the top; infinite if none."""
    if in_air(shooter):
        return shooter.burnout_altitude_km + shooter.speed_km_s * shooter.flight_cap_s
    start = POLAR_M + 22e3 + 1e3 * shooter.burnout_altitude_km
    energy = (1e3 * shooter.speed_km_s) ** 2 / 2.0
    top = start
    for _ in range(_ROUNDS):
        inverse = 1.0 / start - (energy + (OMEGA_RAD_S * top) ** 2 / 2.0) / MU_M3_S2
        if inverse <= 0.0:
            return math.inf
        top = 1.0 / inverse
    return (top - POLAR_M) / 1e3 + 1.0


_ROUNDS = 20
"""After which the top, which the Earth's turning raises by a few kilometres, no longer moves."""
