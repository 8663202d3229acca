"""Who lives within reach of a missile, with what probability: cities of 100,000 people, and land, by country.

A place is reached by a draw whose longest range in its direction is at least its distance. Cities are
counted, never listed. Places are things to protect: nothing here chooses one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from jaxtyping import Bool, Float
from numpy import ndarray as Array
from pyproj import Geod

from equipoise.flight import reach_of_variants
from equipoise.scenario import countries, inside, is_sea, towns
from equipoise.threats.free import DIRECTIONS_DEG
from equipoise.threats.inference import Inference
from equipoise.threats.types import BEYOND_KM, Interval, interval

LEAST_PEOPLE = 100_000
DRAWS, PAYLOAD_DRAWS = 240, 80
PAYLOADS_KG = (100.0, 250.0, 500.0, 750.0, 1000.0, 1500.0, 2000.0, 3000.0)
_STEP_DEG = 1.5
_GEOD = Geod(ellps="WGS84")


@dataclass(frozen=True)
class CountryReached:
    """One country: expected shares of its people in cities and of its land within reach."""

    country: str
    name: str
    people_in_cities: int
    people_share: float
    land_share: float
    any_city: float
    """Probability that any of its cities is reached."""


@dataclass(frozen=True)
class PayloadRange:
    """The longest range with one payload."""

    payload_kg: float
    km: Interval
    beyond: float


@dataclass(frozen=True, eq=False)
class Places:
    """Points with a weight and a country."""

    lat_deg: Float[Array, " n"]
    lon_deg: Float[Array, " n"]
    weight: Float[Array, " n"]
    country: Array


@cache
def cities() -> Places:
    """Every town of at least ``LEAST_PEOPLE``; the weight is its people."""
    every = towns()
    big = every.population >= LEAST_PEOPLE
    return Places(
        every.lat_deg[big], every.lon_deg[big], every.population[big].astype(float), every.country[big]
    )


@cache
def land() -> Places:
    """Middles of cells of land, about 1.5 degrees of latitude apart; the weight is their relative area."""
    lat_row = np.arange(-58.5, 84.0, _STEP_DEG)
    lat, lon = [], []
    for row in lat_row:
        width = _STEP_DEG / max(np.cos(np.radians(row)), 0.05)
        along = np.arange(-180.0 + 0.5 * width, 180.0, width)
        lat.append(np.full(len(along), row))
        lon.append(along)
    lats, lons = np.concatenate(lat), np.concatenate(lon)
    dry = ~is_sea(lats, lons)
    lats, lons = lats[dry], lons[dry]
    owner = np.full(len(lats), "", dtype="U2")
    for code in countries():
        left = np.flatnonzero(owner == "")
        owner[left[inside(code, lats[left], lons[left])]] = code
    known = owner != ""
    return Places(lats[known], lons[known], np.ones(int(known.sum())), owner[known])


def reach_of(inference: Inference, launch_deg: tuple[float, float]) -> Float[Array, "n k"]:
    """The longest range of draws of an inferred model in each of ``DIRECTIONS_DEG``, km."""
    return reach_of_variants(inference.variants(DRAWS), launch_deg, DIRECTIONS_DEG)


def within(
    reach_km: Float[Array, "n k"], launches_deg: Sequence[tuple[float, float]], places: Places
) -> Float[Array, " m"]:
    """The probability that each place lies within reach of any of the launch places.

    The draws are those of one of them: some degrees of latitude move a range by a percent or less.
    """
    reached = _reached(reach_km, launches_deg[0], places)
    for launch_deg in launches_deg[1:]:
        reached = reached | _reached(reach_km, launch_deg, places)
    return np.asarray(reached.mean(0))


def _reached(
    reach_km: Float[Array, "n k"], launch_deg: tuple[float, float], places: Places
) -> Bool[Array, "n m"]:
    """Whether each draw reaches each place; between directions the range is linear."""
    n = len(places.lat_deg)
    azimuth, _, distance = _GEOD.inv(
        np.full(n, launch_deg[1]), np.full(n, launch_deg[0]), places.lon_deg, places.lat_deg
    )
    step = 360.0 / reach_km.shape[1]
    turn = np.mod(np.asarray(azimuth), 360.0) / step
    low = turn.astype(np.int64) % reach_km.shape[1]
    part = turn - np.floor(turn)
    high = (low + 1) % reach_km.shape[1]
    there = reach_km[:, low] * (1.0 - part) + reach_km[:, high] * part
    return np.asarray(there >= np.asarray(distance) / 1e3)


def by_country(
    reach_km: Float[Array, "n k"], launches_deg: Sequence[tuple[float, float]]
) -> tuple[CountryReached, ...]:
    """Every country of which anything may be reached from any of the launch places, most people first."""
    people, ground = cities(), land()
    here, there = within(reach_km, launches_deg, people), within(reach_km, launches_deg, ground)
    names = countries()
    found = []
    for code in np.unique(np.concatenate([people.country, ground.country])):
        mine, own = people.country == code, ground.country == code
        if str(code) not in names:
            continue
        total, cells = float(people.weight[mine].sum()), float(ground.weight[own].sum())
        share = float((here[mine] * people.weight[mine]).sum()) / total if total else 0.0
        area = float((there[own] * ground.weight[own]).sum()) / cells if cells else share
        chance = float(here[mine].max()) if mine.any() else 0.0
        if share > 0.0 or area > 0.0:
            found.append(CountryReached(str(code), names[str(code)].name, int(total), share, area, chance))
    return tuple(sorted(found, key=lambda c: (-c.people_share * c.people_in_cities, c.country)))


def payload_table(inference: Inference, launch_deg: tuple[float, float]) -> tuple[PayloadRange, ...]:
    """The longest range against payload, the rest of the missile as inferred; all directions together.

    Payloads with which fewer than half of the draws lift off and come down are left out.
    """
    from dataclasses import replace

    from equipoise.threats.variation import lifts_off

    variants = inference.variants(PAYLOAD_DRAWS)
    found = []
    for payload in PAYLOADS_KG:
        loaded = replace(variants, payload_kg=np.full(len(variants), payload))
        loaded = loaded.select(lifts_off(loaded))
        if len(loaded) < PAYLOAD_DRAWS // 2:
            continue
        km = reach_of_variants(loaded, launch_deg, DIRECTIONS_DEG[::4]).ravel()
        km = km[km > 0.0]
        if len(km) >= PAYLOAD_DRAWS:
            found.append(PayloadRange(payload, interval(km, most=BEYOND_KM), float((km > BEYOND_KM).mean())))
    return tuple(found)
