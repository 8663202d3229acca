"""Whom an architecture can meet, as the measures and the purpose test ask it: people, as it was proposed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.defence import Cells, Coverage, Engagements, cover, engage, people_met, proposed_rule
from equipoise.scenario import Architecture, Scenario, build_cells

SPACING_KM, SPACING_QUICK_KM = 100.0, 150.0
"""Between the cells on which people are counted here."""
PROJECTED_SPACING_KM, PROJECTED_SPACING_QUICK_KM = 300.0, 450.0
"""The same against threats that are only projected."""
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Met:
    """People of one party whom an architecture lets be met (upper bound), and those threatened.

    Against the assessed threats, and apart against the projected ones; None where there are none of these.
    """

    architecture: str
    party: str
    met: float
    threatened: float
    projected_met: float | None
    projected_threatened: float | None


class PeopleCount:
    """People met by each of some architectures as proposed, with nothing of the partner joined unless joint.

    ``scenario`` holds every architecture that will be asked about; threats are flown once.
    """

    def __init__(self, scenario: Scenario, *, quick: bool = False, progress: Progress | None = None) -> None:
        say = progress or (lambda _: None)
        self._scenario = scenario
        say("flying the assessed threats")
        spacing = SPACING_QUICK_KM if quick else SPACING_KM
        self._assessed = self._engaged(spacing, quick, assessed=True)
        self._projected: Engagements | None = None
        if any(not t.assessed for t in scenario.threats):
            say("flying the projected threats")
            coarse = PROJECTED_SPACING_QUICK_KM if quick else PROJECTED_SPACING_KM
            self._projected = self._engaged(coarse, True, assessed=False)

    def _engaged(self, spacing_km: float, quick: bool, *, assessed: bool) -> Engagements:
        found = build_cells(self._scenario, spacing_km)
        cells = Cells(**{f.name: getattr(found, f.name) for f in fields(Cells)})
        return engage(self._scenario, cells, quick=quick, assessed=assessed)

    def of(self, architectures: Iterable[str], without: Iterable[str] = ()) -> tuple[Met, ...]:
        """Each architecture's people, a row a party, at equal decision times.

        ``without`` are own systems left out of what members meet nationally beside it.
        """
        names, left_out = tuple(architectures), set(without)
        kept = {n: a for n, a in self._scenario.architectures.items() if n not in left_out}
        scenario = replace(self._scenario, architectures=kept)
        now, later = _rows(scenario, self._assessed, names), _rows(scenario, self._projected, names)
        return tuple(
            Met(n, p.id, *_counted(now[n], p.id), *_projected(later.get(n), p.id))
            for n in names
            for p in self._scenario.parties
        )


def threatened_deg(scenario: Scenario, party: int) -> Float[Array, "k 3"]:
    """Latitude, longitude (degrees) and people of the party's cells that an assessed threat reaches."""
    bare = replace(scenario, architectures={})
    found = build_cells(scenario, PROJECTED_SPACING_KM)
    cells = Cells(**{f.name: getattr(found, f.name) for f in fields(Cells)})
    hit = np.unique(engage(bare, cells, quick=True).cell)
    mine = hit[cells.party[hit] == party]
    return np.column_stack((cells.lat_deg[mine], cells.lon_deg[mine], cells.population[mine]))


def _rows(scenario: Scenario, engagements: Engagements | None, names: tuple[str, ...]) -> dict[str, Coverage]:
    """The row of each architecture as it was proposed."""
    rows: dict[str, Coverage] = {}
    for name in names if engagements is not None else ():
        assert engagements is not None
        architecture = scenario.architectures[name]
        mode = proposed_rule(scenario, architecture).id
        found = cover(scenario, engagements, [name], modes=[mode], variants=("whole",))
        rows[name] = next(c for c in found if c.timing == "equal" and c.joined == architecture.joint)
    return rows


def _counted(coverage: Coverage, party: str) -> tuple[float, float]:
    threatened = sum(r.population_threatened for r in coverage.regions if r.party == party)
    return people_met(coverage, party), threatened


def _projected(coverage: Coverage | None, party: str) -> tuple[float, float] | tuple[None, None]:
    return (None, None) if coverage is None else _counted(coverage, party)


def with_architectures(scenario: Scenario, more: Iterable[Architecture]) -> Scenario:
    """The scenario with more architectures beside its own."""
    return replace(scenario, architectures={**scenario.architectures, **{a.id: a for a in more}})
