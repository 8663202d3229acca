"""How often the check cries wolf: cases that hold by a known margin and are not shown, by resolution.

A case is one interceptor site and one flight. Its *smear* is how much later than the latest commit that
reaches (``defence``) the last commit lies at which the two vectors still share an entry: a margin under the
smear is not shown. Of margins spread evenly over a range the share that is not shown follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.defence import interceptors, latest_commits_exact, with_burnout
from equipoise.flight import Missile, aim_many, sample
from equipoise.guarantee.private.outward.flights import flight_vector
from equipoise.guarantee.private.outward.reach import NEVER, reach_bins
from equipoise.guarantee.private.outward.statement import Disc, Statement, domain_of
from equipoise.scenario import Area, Flyer, Shooter

RESOLUTIONS = ((75_000, 20_000), (100_000, 30_000), (150_000, 60_000))
"""Cells in metres, bins in milliseconds; the last is coarser than a run permits, for comparison."""
MARGINS_S = ((0.0, 30.0), (30.0, 60.0), (60.0, 120.0), (120.0, 240.0))
END_S, CEILING_M_S, ALTITUDE_M = 2700, 5000, 1_550_000


@dataclass(frozen=True)
class WolfRow:
    """One resolution over all cases: the smear, and the share not shown in each range of margins."""

    cell_km: float
    bin_s: float
    cases: int
    entries: int
    """Of the domain, at the middle case."""
    smear_s: tuple[float, float]
    """Median, and the 95th of a hundred."""
    not_shown: tuple[float, ...]
    """Share, for each of ``MARGINS_S``."""


@dataclass(frozen=True)
class _Case:
    """A site, an interceptor without its commit, a flight, and the latest commit that reaches it."""

    disc: Disc
    shooter: Shooter
    flyer: Flyer
    latest_s: float


def crying_wolf(
    missiles: Sequence[Missile],
    seed: int,
    count: int,
    resolutions: Sequence[tuple[int, int]] = RESOLUTIONS,
) -> tuple[WolfRow, ...]:
    """A row for each resolution, over the same ``count`` cases at random."""
    cases = tuple(_cases(missiles, np.random.default_rng(seed), count))
    rows = []
    for cell_m, bin_ms in resolutions:
        found = [_smear(case, cell_m, bin_ms) for case in cases]
        smear = np.array([s for s, _ in found])
        shares = [float(np.clip((smear - a) / (b - a), 0.0, 1.0).mean()) for a, b in MARGINS_S]
        middle, most = (float(q) for q in np.quantile(smear, (0.5, 0.95)))
        entries = int(np.median([n for _, n in found]))
        rows.append(WolfRow(cell_m / 1e3, bin_ms / 1e3, count, entries, (middle, most), tuple(shares)))
    return tuple(rows)


def _cases(missiles: Sequence[Missile], rng: np.random.Generator, count: int) -> Iterator[_Case]:
    """Made-up sites near made-up flights that some commit after launch reaches."""
    made = 0
    while made < count:
        missile = missiles[int(rng.integers(len(missiles)))]
        origin = np.array([[rng.uniform(50.0, 60.0), rng.uniform(30.0, 60.0)]])
        end = np.array([[rng.uniform(34.0, 48.0), rng.uniform(-120.0, -74.0)]])
        flights = aim_many([missile], origin, end)
        site = (round(rng.uniform(45.0, 65.0), 2), round(rng.uniform(0.0, 50.0), 2))
        kind = Shooter(_point(*site), rng.uniform(3.0, 4.5), 150.0, 70.0, 600.0, 100.0, np.inf, np.inf, 0.0)
        if not flights.ok.all():
            continue
        one = np.ones(1)
        lane = interceptors(
            one * site[0],
            one * site[1],
            one * kind.speed_km_s,
            one * kind.burnout_altitude_km,
            one * kind.time_to_burnout_s,
            one * kind.flight_cap_s,
            (one * kind.altitude_min_km, one * kind.altitude_max_km),
            one * kind.range_km,
        )
        latest = float(latest_commits_exact(with_burnout(sample(flights, 200, (100.0,))), lane)[0, 0])
        if np.isfinite(latest) and latest > 0.0:
            made += 1
            disc = Disc(round(100 * site[0]), round(100 * site[1]), 5_000)
            yield _Case(
                disc, kind, Flyer(missile, _point(*origin[0]), (_point(*end[0]),), (0.0, 0.0)), latest
            )


def _point(lat_deg: float, lon_deg: float) -> Area:
    return Area("point", (lat_deg, lat_deg), (lon_deg, lon_deg), "assumed")


def _smear(case: _Case, cell_m: int, bin_ms: int) -> tuple[float, int]:
    """The smear of one case, s, and the entries of its domain."""
    statement = Statement(
        "", "", "", "", (), (case.disc,), CEILING_M_S, 600, 0, ALTITUDE_M, 0, END_S, cell_m, bin_ms, False
    )
    domain = domain_of(statement)
    entry = np.flatnonzero(flight_vector(domain, [case.flyer]).value)
    cell = np.searchsorted(domain.offset, entry, side="right") - 1
    bins = entry - domain.offset[cell] + domain.first_bin[cell]
    fine = replace(domain, statement=replace(statement, bin_ms=1000))
    first = reach_bins(fine, [case.shooter])[cell]
    last: Float[Array, " n"] = np.where(first == NEVER, -np.inf, (bins + 1) * statement.bin_s - first)
    return float(last.max(initial=0.0)) - case.latest_s, len(domain)
