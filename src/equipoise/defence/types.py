"""The values that coverage hands on: operand vectors, and who is met under which command mode.

The result is called *can be met (upper bound)*: kinematics is necessary, not sufficient.
"""

from __future__ import annotations

from dataclasses import dataclass

from jaxtyping import Bool, Float, Int
from numpy import ndarray as Array

from equipoise.scenario import PopulationCells, Status
from equipoise.sensing import Sightings

Cells = PopulationCells
"""Where people live: one aim a cell; the value that the geography makes."""


@dataclass(frozen=True)
class OperandVector:
    """All that reach depends on, for one battery under one author's claim; one of these stands in each row.

    ``places_deg`` holds (lat, lon) of the site, or of the filled points of a sea area. ``flight_cap_s`` and
    ``range_km`` are infinite where none is declared. ``statuses`` gives (operand name, status, source).
    """

    battery: str
    interceptor: str
    claim: str
    author: str
    party: str
    member: str
    site: str
    places_deg: Float[Array, "k 2"]
    speed_km_s: float
    burnout_altitude_km: float
    time_to_burnout_s: float
    flight_cap_s: float
    altitude_min_km: float
    altitude_max_km: float
    range_km: float
    number: int | None
    statuses: tuple[tuple[str, Status, str], ...]


@dataclass(frozen=True)
class RegionCoverage:
    """One region's people and land in the three classes."""

    region: str
    name: str
    country: str
    party: str
    population: float
    population_threatened: float
    population_met: float
    area_threatened_km2: float
    area_met_km2: float
    share_seen: float


@dataclass(frozen=True)
class Engagements:
    """Every flight of the threats against every interceptor's place and every sensor: flown once.

    Flights stand in the order of their cells. Times are seconds from the flight's own launch.
    """

    cells: Cells
    vectors: tuple[OperandVector, ...]
    """One for each claim and place-name; batteries of several architectures share them."""
    column_vector: Int[Array, " c"]
    """Index into ``vectors`` of each column; a vector in a sea area has a column a point."""
    column_place_deg: Float[Array, "c 2"]
    commit_s: Float[Array, "c f"]
    """Latest commit that still works; -inf = none."""
    meeting_s: Float[Array, "c f"]
    """The meeting that the latest commit leads to; -inf = none."""
    sightings: Sightings
    cell: Int[Array, " f"]
    threat: Int[Array, " f"]
    launch_area: Int[Array, " f"]
    point: Int[Array, " f"]
    model: Int[Array, " f"]
    loft: Int[Array, " f"]
    threats: tuple[str, ...]
    launch_areas: tuple[str, ...]
    models: tuple[str, ...]
    lofts: tuple[str, ...]
    burnout_s: Float[Array, " f"]
    impact_s: Float[Array, " f"]
    crossed: dict[str, Bool[Array, "f 2"]]
    """Mode id to: does the flight pass over the first, the second party's sector."""
    failed: tuple[tuple[str, int], ...]
    """Flights that could not be aimed at a cell that lies within reach: (cause, how many)."""
    assessed: bool
    """False for the projected threats' own pass."""

    def __len__(self) -> int:
        return len(self.cell)


@dataclass(frozen=True)
class Coverage:
    """One architecture under one command mode and one variant: what can be met (upper bound)."""

    architecture: str
    mode: str
    variant: str
    """``whole`` · ``key-withheld`` · ``data-withheld`` · ``shots-withheld`` · ``link-cut``."""
    timing: str
    """``equal`` (same decision time in every mode) · ``fast`` and ``slow`` (ends of the mode's own range)."""
    decision_s: float
    operands: tuple[OperandVector, ...]
    regions: tuple[RegionCoverage, ...]
    met: Bool[Array, " n"]
    """By cell."""
    threatened: Bool[Array, " n"]
    first_commit_s: Float[Array, " n"]
    """By cell: the latest of the earliest permitted commits over its flights; 0 where not threatened."""
    unmarked_only: bool
    """True in the run that leaves out sensors whose range has no stated target."""
    fire_control: str = "engage-on-remote"
    """``organic`` · ``launch-on-remote`` · ``engage-on-remote``: whose track an interceptor is fired on."""
    slack_s: Float[Array, " n"] | None = None
    """By cell: the longest decision time with which every flight to it can be met; -inf where none; +inf
    where not threatened."""
    joined: bool = True
    """False in the rows of a proposal as its own side would run it, with nothing of the partner joined; in
    the others of a proposal that is not joint the joining is a what-if."""

    def population_fraction(self, party: str) -> float:
        """People met over people threatened in the party's members; 0 where nobody is threatened."""
        of = [r for r in self.regions if r.party == party]
        threatened = sum(r.population_threatened for r in of)
        return sum(r.population_met for r in of) / threatened if threatened > 0 else 0.0

    def area_fraction(self, party: str) -> float:
        """Land met over land threatened in the party's members; 0 where none is threatened."""
        of = [r for r in self.regions if r.party == party]
        threatened = sum(r.area_threatened_km2 for r in of)
        return sum(r.area_met_km2 for r in of) / threatened if threatened > 0 else 0.0

    def worst_off(self, party: str) -> RegionCoverage | None:
        """The party's region with threatened people and the least share met; None where there is none."""
        of = [r for r in self.regions if r.party == party and r.population_threatened > 0]
        return min(of, key=lambda r: (r.population_met / r.population_threatened, r.name), default=None)
