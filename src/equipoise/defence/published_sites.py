"""Published claims about sites and speeds (C03, C04, C05, C07, C11), each run as its case asks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import Bool, Float
from numpy import ndarray as Array

from equipoise.defence.published_case import PublishedCase, judged
from equipoise.defence.published_field import Field
from equipoise.defence.types import OperandVector
from equipoise.defence.vectors import operand_vectors
from equipoise.scenario import Scenario, regions_of

BOSPORUS_DEG = 29.05
EAST_ROMANIA_DEG = 25.5
"""Longitudes that part Turkey at Istanbul and Romania at the Carpathians' bend."""
EAST_COAST_DEG, CENTRE_DEG = -82.0, -100.0
"""Longitudes that part the contiguous United States into east, centre and west."""
SHIPS = "cbo-option-2"
"""The catalogue's architecture whose ships stand for the second option."""
LIGHTER = "The generic missile flies with a payload of 1,300 kg: with 1,900 kg it does not reach the States."
SITES_DEG = {
    "Incirlik": (37.0, 35.4),
    "Deveselu": (44.1, 24.4),
    "Redzikowo": (54.5, 17.1),
    "Fylingdales": (54.4, -0.7),
    "Ramstein": (49.4, 7.6),
    "North Sea": (56.0, 3.0),
}


def long_shot(site: str, speed_km_s: float, floor_km: float = 130.0, **changes: float) -> OperandVector:
    """A ground-based interceptor as the cases draw it: burnout at 200 km after 120 s, 600 s at most."""
    given = {"burnout_altitude_km": 200.0, "time_to_burnout_s": 120.0, "flight_cap_s": 600.0} | changes
    return OperandVector(
        battery=site,
        interceptor="published",
        claim=f"published/{speed_km_s}",
        author="published",
        party="",
        member="",
        site=site,
        places_deg=np.array([SITES_DEG[site]]),
        speed_km_s=speed_km_s,
        burnout_altitude_km=given["burnout_altitude_km"],
        time_to_burnout_s=given["time_to_burnout_s"],
        flight_cap_s=given["flight_cap_s"],
        altitude_min_km=floor_km,
        altitude_max_km=math.inf,
        range_km=math.inf,
        number=None,
        statuses=(),
    )


def short_shot(site: str, speed_km_s: float) -> OperandVector:
    """A ship's interceptor on land: burnout at 150 km after 70 s, met above 100 km."""
    return long_shot(site, speed_km_s, 100.0, burnout_altitude_km=150.0, time_to_burnout_s=70.0)


def third_site_countries(scenario: Scenario, europe: Field) -> PublishedCase:
    """C03: Turkey, Greece, Bulgaria and eastern Romania need the most speed from Redzikowo."""
    speeds = europe.worst_by_cell(europe.needed_km_s(long_shot("Redzikowo", 5.4), 300.0))
    need = {name: float(speeds[mask].max()) for name, mask in _lands(scenario, europe).items() if mask.any()}
    low = ("eastern Romania", "TR", "GR", "BG")
    high = ("western Romania", "IT", "DE", "GB")
    ranked = min(need[n] for n in low) > max(need[n] for n in high)
    uncovered = need["TR"] > 5.4 and need["eastern Romania"] > 5.4
    shown = ", ".join(f"{n} {_speed(need[n])}" for n in (*low, *high, "ES", "PT"))
    return judged(
        "C03",
        "Third site protects Italy, Spain and Portugal, not Greece, Turkey, Bulgaria, eastern Romania",
        "Greece, Turkey, Bulgaria, eastern Romania unprotected",
        f"speed needed at commit 300 s, worst launch point (km/s): {shown}",
        ranked and uncovered,
        "Countries ranked by the speed that their worst-placed cell needs.",
        [(f"needed {n}", need[n], "km/s") for n in (*low, *high, "ES", "PT")],
    )


def phase_three(scenario: Scenario, europe: Field) -> PublishedCase:
    """C04: the land sites of phase 3 against 1,000 to 5,500 km missiles, commit 190 s."""
    sites = [short_shot("Redzikowo", 4.5), short_shot("Deveselu", 4.5)]
    keep = np.flatnonzero((europe.range_km >= 1000.0) & (europe.range_km <= 5500.0))
    field = europe.only(keep)
    met, threatened = field.met(sites, 190.0), field.threatened()
    west = threatened & (field.cells.lon_deg < BOSPORUS_DEG)
    turkey = threatened & (field.cells.lon_deg >= 35.0) & _lands(scenario, field)["TR"]
    people = field.cells.population
    share = float(people[west & met].sum() / people[west].sum())
    east = float(people[turkey & met].sum() / people[turkey].sum())
    return judged(
        "C04",
        "Phase 3 with the rest protects all of NATO Europe against ballistic missiles from the Middle East",
        "1.0 of the population",
        f"of the people within reach: west of Istanbul {share:.3f}, Turkey east of 35 E {east:.3f}",
        share >= 0.98 and east < 0.5,
        "Land sites only, 4.5 km/s, commit 190 s, meetings above 100 km. Eastern Turkey lies too near the "
        "launch areas for any land site that meets above the air: an honest run cannot give 1.0.",
        [("west of Istanbul", share, "of people"), ("Turkey east of 35 E", east, "of people")],
    )


def sites_for_america(america: Field) -> PublishedCase:
    """C05: Romania poor, Poland only with an early commit, the North Sea best."""
    need: dict[tuple[str, float], Float[Array, " n"]] = {}
    for site in ("Deveselu", "Redzikowo", "North Sea"):
        vector = long_shot(site, 5.5, 100.0, burnout_altitude_km=150.0, time_to_burnout_s=100.0)
        for commit in (200.0, 300.0, 400.0):
            need[site, commit] = america.worst_by_cell(america.needed_km_s(vector, commit))
    reached = america.threatened()
    lon = america.cells.lon_deg
    east, centre = reached & (lon > EAST_COAST_DEG), reached & (lon > CENTRE_DEG)

    def mean(site: str, commit: float, mask: Bool[Array, " n"]) -> float:
        return float(np.minimum(need[site, commit][mask], 12.1).mean())

    romania = all(
        mean("Deveselu", c, reached) > max(mean(s, c, reached) for s in ("Redzikowo", "North Sea"))
        for c in (200.0, 300.0, 400.0)
    )
    slope = {s: (mean(s, 400.0, east) - mean(s, 200.0, east)) / 200.0 for s in ("Redzikowo", "North Sea")}
    steep = slope["Redzikowo"] >= 2 * slope["North Sea"]
    late = mean("North Sea", 400.0, centre) < mean("Redzikowo", 400.0, centre)
    shown = "; ".join(
        f"{s} {', '.join(f'{mean(s, c, reached):.1f}' for c in (200.0, 300.0, 400.0))}"
        for s in ("Deveselu", "Redzikowo", "North Sea")
    )
    return judged(
        "C05",
        "For the United States Romania is poor, Poland needs a launch during boost, the North Sea is best",
        "North Sea, Poland, Romania",
        f"mean speed needed over the contiguous States at commits of 200, 300, 400 s (km/s): {shown}",
        romania and steep and late,
        "Order of sites and slope against commit, worst launch point; beyond 12 km/s counts as 12.1. With an "
        "early commit Poland needs no more than the North Sea: the order turns with the commit, as claimed. "
        + LIGHTER,
        [(f"{s} at {c:.0f} s", mean(s, c, reached), "km/s") for s, c in need]
        + [(f"slope {s}, east coast", v * 1000.0, "m/s per s") for s, v in slope.items()],
    )


def cbo_options(scenario: Scenario, america: Field) -> PublishedCase:
    """C07: of four options the two-stage GBI in Poland meets most for the United States."""
    at_sea = scenario.architectures[SHIPS].batteries
    ships = [
        v
        for v in operand_vectors(scenario, scenario.architectures[SHIPS])
        if v.battery in {b.id for b in at_sea}
    ]
    bases = ("Ramstein", "Incirlik")
    options = {
        "1: GBI in Poland, 6.3 km/s": [long_shot("Redzikowo", 6.3)],
        "2: SM-3 on ships, 4.5 km/s": ships,
        "3: SM-3 at two bases, 4.5 km/s": [short_shot(s, 4.5) for s in bases],
        "4: KEI at two bases, 6.0 km/s": [
            long_shot(s, 6.0, burnout_altitude_km=150.0, time_to_burnout_s=60.0) for s in bases
        ],
    }
    people, reached = america.cells.population, america.threatened()
    share = {
        name: float(people[america.met(vectors, 300.0)].sum() / people[reached].sum())
        for name, vectors in options.items()
    }
    first = next(iter(options))
    return judged(
        "C07",
        "No alternative gives as much additional defence of the United States as the plan for Poland",
        "option 1 first",
        "; ".join(f"{name} {value:.2f}" for name, value in share.items()) + " of the people within reach",
        all(share[first] > value for name, value in share.items() if name != first),
        "Commit 300 s; the three sea stations are not named in the source and are assumed here. " + LIGHTER,
        [(name, value, "of people") for name, value in share.items()],
    )


def where_to_stand(europe: Field, america: Field) -> PublishedCase:
    """C11: too near is too late, too far leaves countries open."""
    shares = {}
    for site in ("Incirlik", "Deveselu", "Redzikowo", "Fylingdales"):
        there = long_shot(site, 6.3)
        shares[site] = (_share(europe, there), _share(america, there))
    together = {s: _people(europe, long_shot(s, 6.3)) + _people(america, long_shot(s, 6.3)) for s in shares}
    best = max(together, key=lambda s: together[s])
    interior = best in ("Deveselu", "Redzikowo")
    near = shares["Incirlik"][1] == min(v[1] for v in shares.values())
    south_east = europe.cells.lon_deg > 19.0
    far = _share(europe, long_shot("Fylingdales", 6.3), south_east) < _share(
        europe, long_shot(best, 6.3), south_east
    )
    return judged(
        "C11",
        "A site can be too near Iran to engage in time and too far back to keep exposed countries covered",
        "an intermediate site is best",
        "; ".join(f"{s} Europe {a:.2f}, United States {b:.2f}" for s, (a, b) in shares.items())
        + f"; best {best}",
        interior and near and far,
        "6.3 km/s, commit 300 s, meetings above 130 km; people of Europe and the contiguous States added up. "
        + LIGHTER,
        [
            (f"{s}, {where}", v, "of people")
            for s, pair in shares.items()
            for where, v in zip(("Europe", "United States"), pair, strict=True)
        ],
    )


def _people(field: Field, vector: OperandVector) -> float:
    return float(field.cells.population[field.met([vector], 300.0)].sum())


def _share(field: Field, vector: OperandVector, where: Bool[Array, " n"] | None = None) -> float:
    mask = field.threatened() if where is None else field.threatened() & where
    people = field.cells.population
    return float(people[mask & field.met([vector], 300.0)].sum() / people[mask].sum())


def _lands(scenario: Scenario, field: Field) -> Mapping[str, Bool[Array, " n"]]:
    """Cells of each country (by its code) and of Romania's two halves, among those within reach."""
    country = {r.id: r.country for r in regions_of(scenario)}
    of = np.array([country.get(name, name) for name in field.cells.regions])[field.cells.region]
    reached = field.threatened()
    lands = {str(code): reached & (of == code) for code in np.unique(of)}
    romania = lands.get("RO", np.zeros(len(of), dtype=bool))
    lands["western Romania"] = romania & (field.cells.lon_deg < EAST_ROMANIA_DEG)
    lands["eastern Romania"] = romania & (field.cells.lon_deg >= EAST_ROMANIA_DEG)
    return lands


def _speed(value: float) -> str:
    return f"{value:.1f}" if math.isfinite(value) else "over 12"


def site_cases(scenario: Scenario, europe: Field, america: Field) -> Sequence[PublishedCase]:
    """All five, in the order of their numbers; the first model of ``europe`` is the long-range one."""
    long = europe.only(np.flatnonzero(europe.model == 0))
    return (
        third_site_countries(scenario, long),
        phase_three(scenario, europe),
        sites_for_america(america),
        cbo_options(scenario, america),
        where_to_stand(long, america),
    )
