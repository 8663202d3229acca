"""Coverage: who can be met, by architecture, command mode and what the partner holds back.

A cell is met only if every flight to it (launch point, missile, stated loft) can be met by some interceptor
that the rule allows. So a cell has one number as well, the least slack over its flights, and each timing
(equal, fast, slow) is a comparison with it. The result is *can be met (upper bound)*: it follows from
kinematics and time alone, numbers of interceptors play no part, and ships may stand anywhere in their area.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float
from numpy import ndarray as Array

from equipoise.defence.apart import proposed_rule, rule_apart, unjoined
from equipoise.defence.clock import FireControl, Force, pictures, slacks
from equipoise.defence.modes import VARIANTS, Variant, rule_slack, view
from equipoise.defence.types import Cells, Coverage, Engagements, OperandVector, RegionCoverage
from equipoise.defence.vectors import joined_sensors, operand_vectors
from equipoise.scenario import Architecture, ReleaseRule, Scenario, regions_of
from equipoise.sensing import Quality


def cover(
    scenario: Scenario,
    engagements: Engagements,
    architectures: Sequence[str] | None = None,
    *,
    modes: Sequence[str] | None = None,
    variants: Sequence[Variant] = VARIANTS,
    unmarked_only: bool = False,
    fire_control: FireControl = "engage-on-remote",
    track_s: float | None = None,
) -> tuple[Coverage, ...]:
    """Coverage of each architecture under each mode: three timings whole, then each variant at equal time.

    ``unmarked_only`` leaves out sensors whose range has no stated target. ``track_s`` puts one moment of
    the first track, s from launch, in the place of all sensors (for published cases that state a commit).
    A proposal that is not joint has its own mode once more, whole, with nothing joined (``joined`` false);
    of a member's own system nothing is joined in any row.
    Members' own systems that are not joined go on alone beside the architecture, for their party's land.
    """
    wanted = (
        scenario.architectures.values()
        if architectures is None
        else map(scenario.architectures.get, architectures)
    )
    rules = [r for r in scenario.modes if modes is None or r.id in modes]
    rows: list[Coverage] = []
    for architecture in wanted:
        if architecture is None:
            raise KeyError(f"no architecture of this name in {scenario.id}")
        scene = _Scene(scenario, engagements, architecture, unmarked_only, fire_control, track_s)
        for rule in rules:
            found = _rows(scene, rule, variants)
            rows += (replace(r, joined=not architecture.own_system) for r in found)
        proposed = proposed_rule(scenario, architecture)
        if not architecture.joint and not architecture.own_system and proposed in rules:
            apart = unjoined(scenario, architecture)
            scene = _Scene(scenario, engagements, apart, unmarked_only, fire_control, track_s)
            rows += (replace(r, joined=False) for r in _rows(scene, rule_apart(proposed), ("whole",)))
    return tuple(rows)


def baseline(scenario: Scenario, engagements: Engagements, *, unmarked_only: bool = False) -> Coverage:
    """What members own nationally, each system on its own, for its party's land: gains count from here."""
    own = [a for a in scenario.architectures.values() if a.own_system]
    nothing = Architecture(
        id="+".join(a.id for a in own) or "no-own-systems",
        name="Members' own systems",
        proposer_party=None,
        proposer_member=None,
        dates=(),
        command_mode=None,
        batteries=(),
        sensors=(),
        joins=(),
        own_system=False,
        elements=(),
        undeclared=tuple(u for a in own for u in a.undeclared),
        objections=(),
        status=own[0].status if own else "unknown",
        source="; ".join(a.source for a in own),
    )
    scene = _Scene(scenario, engagements, nothing, unmarked_only, "engage-on-remote", None)
    row = _rows(scene, alone_rule(scenario), ("whole",))[0]
    return replace(row, operands=tuple(v for a in own for v in operand_vectors(scenario, a)))


def alone_rule(scenario: Scenario) -> ReleaseRule:
    """The scenario's rule of each on its own, or, where it has none, its first rule turned into one."""
    for rule in scenario.modes:
        if (rule.picture, rule.deciders, rule.interceptors, rule.land) == ("own", "owner", "own", "own"):
            return rule
    return replace(scenario.modes[0], picture="own", deciders="owner", interceptors="own", land="own")


def equal_decision_s(scenario: Scenario) -> float:
    """The one decision time of the equal comparison: the median of the middles of the modes' ranges, s."""
    middles = [rule.decision_s.middle for rule in scenario.modes if rule.decision_s.middle is not None]
    return float(np.median(middles)) if middles else 0.0


class _Scene:
    """One architecture's forces, joined and national, over one set of engagements."""

    def __init__(
        self,
        scenario: Scenario,
        engagements: Engagements,
        architecture: Architecture,
        unmarked_only: bool,
        fire_control: FireControl,
        track_s: float | None,
    ) -> None:
        self.scenario, self.engagements, self.architecture = scenario, engagements, architecture
        self.unmarked_only, self.fire_control, self.track_s = unmarked_only, fire_control, track_s
        self.vectors = operand_vectors(scenario, architecture)
        self.joined = self._forces(self.vectors, joined_sensors(scenario, architecture))
        self._kept: dict[Quality, _Times] = {}

    def _forces(self, vectors: Sequence[OperandVector], sensors: Sequence[str]) -> tuple[Force, Force]:
        known = self.scenario.sensors
        used = [s for s in sensors if not self.unmarked_only or _marked_fit(self.scenario, s)]
        names = [p.id for p in self.scenario.parties]
        keys = {(v.claim, v.site): i for i, v in enumerate(self.engagements.vectors)}

        def force(party: str) -> Force:
            mine = [keys[v.claim, v.site] for v in vectors if v.party == party and (v.claim, v.site) in keys]
            columns = np.flatnonzero(np.isin(self.engagements.column_vector, mine))
            return Force(columns, frozenset(s for s in used if known[s].party == party))

        return force(names[0]), force(names[1])

    def times(self, quality: Quality) -> _Times:
        """Slacks and pictures at a track quality; worked out once."""
        if quality not in self._kept:
            self._kept[quality] = self._times(quality)
        return self._kept[quality]

    def _times(self, quality: Quality) -> _Times:
        joined = self._slacks(self.joined, quality)
        national = [np.full(len(self.engagements), -np.inf) for _ in range(2)]
        apart = {*self.architecture.joins, self.architecture.id}
        for own in self.scenario.architectures.values():
            if own.own_system and own.id not in apart and not self.architecture.own_system:
                forces = self._forces(operand_vectors(self.scenario, own), own.sensors)
                alone = self._slacks(forces, quality).slacks
                for party in (0, 1):
                    national[party] = np.maximum(national[party], alone[party, f"own-{party}"])
        return replace(joined, national=(national[0], national[1]))

    def _slacks(self, forces: tuple[Force, Force], quality: Quality) -> _Times:
        tracked = pictures(self.engagements.sightings, forces, quality)
        if self.track_s is not None:
            tracked = {name: np.full(len(self.engagements), self.track_s) for name in tracked}
        found = slacks(self.engagements, forces, tracked, self.fire_control)
        nothing = np.full(len(self.engagements), -np.inf)
        return _Times(tracked, found, (nothing, nothing))


@dataclass(frozen=True)
class _Times:
    tracked: dict[str, Float[Array, " f"]]
    slacks: dict[tuple[int, str], Float[Array, " f"]]
    national: tuple[Float[Array, " f"], Float[Array, " f"]]


def _marked_fit(scenario: Scenario, sensor: str) -> bool:
    """Whether a sensor stands in the run that leaves out ranges without a stated target."""
    it = scenario.sensors[sensor]
    return it.kind == "satellite" or it.target_stated


def _rows(scene: _Scene, rule: ReleaseRule, variants: Sequence[Variant]) -> list[Coverage]:
    bounds = rule.decision_s.bounds or (0.0, 0.0)
    equal = equal_decision_s(scene.scenario)
    rows = []
    for variant in variants:
        slack = cell_slack(scene, rule, variant)
        track = _cell_track(scene, rule, variant)
        timings = [("equal", equal)]
        if variant == "whole":
            timings += [("fast", bounds[0]), ("slow", bounds[1])]
        rows += [_coverage(scene, rule, variant, t, d, slack, track) for t, d in timings]
    return rows


def cell_slack(scene: _Scene, rule: ReleaseRule, variant: Variant) -> Float[Array, " n"]:
    """By cell, the least slack over its flights under the rule, in the owner's view; +inf = no flight."""
    engagements, times = scene.engagements, scene.times(rule.confidence)
    crossed = engagements.crossed.get(rule.id, np.zeros((len(engagements), 2), dtype=bool))
    out = np.full(len(engagements.cells.lat_deg), np.inf)
    for party in (0, 1):
        flights = rule_slack(rule, variant, party, times.slacks, crossed)
        flights = np.maximum(flights, times.national[party])
        least = _by_cell(engagements, flights, np.minimum, np.inf)
        out = np.where(engagements.cells.party == party, least, out)
    return out


def _cell_track(scene: _Scene, rule: ReleaseRule, variant: Variant) -> Float[Array, " n"]:
    """By cell, the latest first track over its flights in the owner's picture; 0 = no flight."""
    engagements, times = scene.engagements, scene.times(rule.confidence)
    out = np.zeros(len(engagements.cells.lat_deg))
    for party in (0, 1):
        tracked = times.tracked[view(rule, variant, party, party)]
        latest = _by_cell(engagements, tracked, np.maximum, 0.0)
        out = np.where(engagements.cells.party == party, latest, out)
    return out


def _by_cell(
    engagements: Engagements, values: Float[Array, " f"], reduce: np.ufunc, where_none: float
) -> Float[Array, " n"]:
    """A least or greatest over the flights of each cell; flights stand in the order of their cells."""
    out = np.full(len(engagements.cells.lat_deg), where_none)
    if len(values):
        starts = np.flatnonzero(np.diff(engagements.cell, prepend=-1))
        out[engagements.cell[starts]] = reduce.reduceat(values, starts)
    return out


def _coverage(
    scene: _Scene,
    rule: ReleaseRule,
    variant: Variant,
    timing: str,
    decision_s: float,
    slack: Float[Array, " n"],
    track: Float[Array, " n"],
) -> Coverage:
    cells = scene.engagements.cells
    threatened = np.isfinite(slack) | (slack < 0)
    threatened &= cells.party >= 0
    met = threatened & (slack >= decision_s)
    return Coverage(
        architecture=scene.architecture.id,
        mode=rule.id,
        variant=variant,
        timing=timing,
        decision_s=decision_s,
        operands=scene.vectors,
        regions=count_regions(scene.scenario, cells, threatened, met),
        met=met,
        threatened=threatened,
        first_commit_s=np.where(threatened, track + decision_s, 0.0),
        unmarked_only=scene.unmarked_only,
        fire_control=scene.fire_control,
        slack_s=slack,
    )


def count_regions(
    scenario: Scenario, cells: Cells, threatened: Bool[Array, " n"], met: Bool[Array, " n"]
) -> tuple[RegionCoverage, ...]:
    """People and land of each region of the parties in the three classes: not threatened, met, not met."""
    count = len(cells.regions)
    whole, some = np.ones(len(met), dtype=bool), cells.party >= 0

    def total(weight: Float[Array, " n"], mask: Bool[Array, " n"]) -> Float[Array, " r"]:
        return np.bincount(cells.region[mask & some], weight[mask & some], minlength=count)

    people, people_threatened, people_met = (total(cells.population, m) for m in (whole, threatened, met))
    land_threatened, land_met = (total(cells.area_km2, m) for m in (threatened, met))
    party = np.full(count, -1)
    party[cells.region[some]] = cells.party[some]
    named = {region.id: region for region in regions_of(scenario)}
    rows = []
    for i, name in enumerate(cells.regions):
        if party[i] >= 0:
            region = named.get(name)
            rows.append(
                RegionCoverage(
                    region=name,
                    name=name if region is None else region.name,
                    country=name if region is None else region.country,
                    party=scenario.parties[int(party[i])].id,
                    population=float(people[i]),
                    population_threatened=float(people_threatened[i]),
                    population_met=float(people_met[i]),
                    area_threatened_km2=float(land_threatened[i]),
                    area_met_km2=float(land_met[i]),
                    share_seen=float(cells.share_seen[i]),
                )
            )
    return tuple(rows)
