"""The values of a study: what each step found, before anything is drawn or written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.defence import BreakEven, Cells, Coverage, proposed_rule
from equipoise.guarantee import Guarantee
from equipoise.scenario import Scenario

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class ThreatReach:
    """How far one candidate model of a threat flies from the middle of one launch area, by azimuth."""

    threat: str
    threat_name: str
    model: str
    model_by: str
    launch_area: str
    launch_area_name: str
    assessed: bool
    state: str
    origin_deg: tuple[float, float]
    """(lat, lon) of the middle of the declared area."""
    azimuth_deg: Float[Array, " a"]
    range_km: Float[Array, " a"]
    any_range: bool
    """True where an earlier cut-off reaches any place: the range is then half the way round the Earth."""


@dataclass(frozen=True)
class Clock:
    """One architecture's seconds on the study's typical flight, all from that flight's launch.

    None = never: no report, no track, or no interceptor that can still meet it.
    """

    architecture: str
    name: str
    mode: str
    party: str
    """To whose land the flight goes."""
    first_light_s: float
    warning_s: float | None
    track_s: float | None
    decision_s: tuple[float, float]
    latest_commit_s: float | None
    meeting_s: float | None
    burnout_s: float
    impact_s: float
    takes_part: bool = True
    """False where the architecture has no sensor and no interceptor for this party's land."""
    computed: bool = True
    """False where the facts lack the sensors that the architecture rests on."""


@dataclass(frozen=True)
class TypicalFlight:
    """Which flight to a party's land the clocks are drawn for: areas and regions only, no finer place."""

    party: str
    threat: str
    model: str
    launch_area: str
    region: str
    loft: str


@dataclass(frozen=True)
class Study:
    """All that a study computed. ``coverages`` holds every row of every mode, timing and variant."""

    scenario: Scenario
    quick: bool
    spacing_km: float
    cells: Cells
    reaches: tuple[ThreatReach, ...]
    coverages: tuple[Coverage, ...]
    stated_only: tuple[Coverage, ...]
    """The same without the sensors whose range has no stated target; whole, equal times."""
    baseline: Coverage
    """What members of either party own nationally, each system alone, for its party's land."""
    projected: tuple[Coverage, ...]
    """The same against the threats that are projected only; empty where there are none."""
    break_evens: tuple[BreakEven, ...]
    guarantees: tuple[Guarantee, ...]
    clocks: tuple[Clock, ...]
    typical: tuple[TypicalFlight, ...]
    """One flight to each party that any flight reaches."""
    flights: int
    """Threat flights that were held against every battery."""
    failed: tuple[tuple[str, int], ...]
    """Flights that could not be aimed at a place within reach: (cause, how many)."""
    digest: str
    version: str

    def coverage(
        self,
        architecture: str,
        mode: str,
        variant: str = "whole",
        timing: str = "equal",
        joined: bool = True,
    ) -> Coverage:
        """The one coverage of this row; ``KeyError`` where there is none.

        ``joined`` false asks for the row with nothing of the partner joined.
        """
        return self._coverage_of[architecture, mode, variant, timing, joined]

    @cached_property
    def _coverage_of(self) -> dict[tuple[str, str, str, str, bool], Coverage]:
        return {(c.architecture, c.mode, c.variant, c.timing, c.joined): c for c in self.coverages}

    def own_range(self, coverage: Coverage) -> tuple[Coverage, Coverage]:
        """The same row at the fast and at the slow end of its mode's own range of decision times."""
        key = (coverage.architecture, coverage.mode, coverage.variant)
        fast, slow = (self._coverage_of.get((*key, t, coverage.joined), coverage) for t in ("fast", "slow"))
        return fast, slow

    def equal_of(self, coverage: Coverage) -> Coverage:
        """The same row at the equal decision time of all modes."""
        key = (coverage.architecture, coverage.mode, coverage.variant)
        return self._coverage_of.get((*key, "equal", coverage.joined), coverage)

    @cached_property
    def projected_of(self) -> dict[tuple[str, str, bool], Coverage]:
        """Rows against projected threats by (architecture, mode, joined)."""
        return {(c.architecture, c.mode, c.joined): c for c in self.projected}

    @cached_property
    def stated_of(self) -> dict[tuple[str, str, bool], Coverage]:
        """Rows without the sensors of no stated target by (architecture, mode, joined)."""
        return {(c.architecture, c.mode, c.joined): c for c in self.stated_only}

    def baseline_known(self, party: str) -> bool:
        """False where an own system of the party is not computed, for want of its sensors in the facts."""
        return not any(
            a.own_system and a.sensors_missing and a.proposer_party == party
            for a in self.scenario.architectures.values()
        )

    def computed(self, coverage: Coverage) -> bool:
        """False where the facts lack the sensors that the row rests on: nobody met is then not a nought."""
        found = self.scenario.architectures.get(coverage.architecture)
        return found is None or not found.sensors_missing

    def guarantee(
        self, architecture: str, mode: str, protects: str, rung: str, joined: bool = True
    ) -> Guarantee | None:
        """The verdict of this row on one party's deterrent; None where it was not asked."""
        return self._guarantee_of.get((architecture, mode, protects, rung, joined))

    @cached_property
    def _guarantee_of(self) -> dict[tuple[str, str, str, str, bool], Guarantee]:
        return {(g.architecture, g.mode, g.protects, g.rung, g.joined): g for g in self.guarantees}

    def proposed_row(self, architecture: str) -> tuple[str, bool]:
        """The mode in which the proposal itself would run, and whether the partner joins it then."""
        proposal = self.scenario.architectures[architecture]
        return proposed_rule(self.scenario, proposal).id, proposal.joint

    def as_proposed(self, architecture: str, timing: str = "equal") -> Coverage:
        """Coverage of the proposal as its own side, or both where it is joint, would run it."""
        mode, joined = self.proposed_row(architecture)
        return self.coverage(architecture, mode, "whole", timing, joined)

    def verdict_as_proposed(self, architecture: str, protects: str, rung: str) -> Guarantee | None:
        """The verdict on the proposal as it was made; None where it was not asked."""
        mode, joined = self.proposed_row(architecture)
        return self.guarantee(architecture, mode, protects, rung, joined)

    def to_polars(self) -> pl.DataFrame:
        """The first table as a frame: one row an architecture and command mode."""
        from equipoise.study.tables import summary_table

        return summary_table(self).to_polars()

    def _repr_html_(self) -> str:
        from equipoise.study.report import summary_html

        return summary_html(self)

    def __repr__(self) -> str:
        rows = len({(c.architecture, c.mode, c.joined) for c in self.coverages})
        return (
            f"<Study of {self.scenario.id}: {rows} rows, {self.flights} flights, digest {self.digest[:12]}>"
        )


@dataclass(frozen=True)
class StudyResult:
    """Where a study was written, and the study itself. ``record`` is what ``result.json`` holds."""

    study: Study
    folder: str
    report: str
    record: dict[str, Any]

    def _repr_html_(self) -> str:
        return self.study._repr_html_()
