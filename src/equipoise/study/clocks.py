"""The engagement's clock: when a typical flight is seen, decided on and met, architecture by architecture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int
from numpy import ndarray as Array

from equipoise.defence import Engagements, joined_sensors, operand_vectors
from equipoise.scenario import Architecture, ReleaseRule, Scenario
from equipoise.sensing import Quality, picture
from equipoise.study.types import Clock, TypicalFlight

Proposal = tuple[Architecture, ReleaseRule]
"""An architecture and its rule, as its own side or both sides would run it."""


@dataclass(frozen=True)
class _Seen:
    """What one proposal makes of some flights: seconds from each launch, infinite for never."""

    warning_s: Float[Array, " k"]
    track_s: Float[Array, " k"]
    latest_commit_s: Float[Array, " k"]
    """-inf where no usable interceptor can meet the flight."""
    meeting_s: Float[Array, " k"]
    takes_part: bool


def typical_flight(
    scenario: Scenario, engagements: Engagements, party: int, proposals: Sequence[Proposal]
) -> int | None:
    """The flight to one party's land that the most proposals can still meet, at minimum energy.

    "Can meet": the latest commit comes after the track and the longest decision of the proposal's own mode.
    Of several the one of the median time to impact; None where no flight ends on the party's land. Minimum
    energy is the loft that stands first. Ties keep the order of the cells, so that the choice is the same on
    each run.
    """
    ends_there = engagements.cells.party[engagements.cell] == party
    plain = np.flatnonzero((engagements.loft == 0) & ends_there)
    if not len(plain):
        return None
    met = np.zeros(len(plain), dtype=int)
    for architecture, rule in proposals:
        seen = _seen(scenario, engagements, plain, architecture, rule, scenario.parties[party].id)
        met += seen.latest_commit_s >= seen.track_s + (rule.decision_s.bounds or (0.0, 0.0))[1]
    best = plain[met == met.max()]
    order = best[np.argsort(engagements.impact_s[best], kind="stable")]
    return int(order[len(order) // 2])


def describe(scenario: Scenario, engagements: Engagements, flight: int) -> TypicalFlight:
    """Which flight that is, by names only."""
    cell = engagements.cell[flight]
    region = engagements.cells.regions[engagements.cells.region[cell]]
    area = engagements.launch_areas[engagements.launch_area[flight]]
    return TypicalFlight(
        party=scenario.parties[int(engagements.cells.party[cell])].id,
        threat=engagements.threats[engagements.threat[flight]],
        model=engagements.models[engagements.model[flight]],
        launch_area=next((a.name for a in scenario.threat_areas if a.id == area), area),
        region=next((r.name for r in scenario.regions if r.id == region), region),
        loft=engagements.lofts[engagements.loft[flight]],
    )


def clock_of(
    scenario: Scenario, engagements: Engagements, flight: int, architecture: Architecture, rule: ReleaseRule
) -> Clock:
    """The seconds of one flight under one architecture and mode, as the party that it flies to sees it."""
    party = scenario.parties[int(engagements.cells.party[engagements.cell[flight]])].id
    seen = _seen(scenario, engagements, np.array([flight]), architecture, rule, party)
    return Clock(
        architecture=architecture.id,
        name=architecture.name,
        mode=rule.id,
        party=party,
        first_light_s=float(engagements.sightings.select(np.array([flight])).first_light_s[0]),
        warning_s=_or_never(seen.warning_s[0]),
        track_s=_or_never(seen.track_s[0]),
        decision_s=rule.decision_s.bounds or (0.0, 0.0),
        latest_commit_s=_or_never(seen.latest_commit_s[0]),
        meeting_s=_or_never(seen.meeting_s[0]),
        burnout_s=float(engagements.burnout_s[flight]),
        impact_s=float(engagements.impact_s[flight]),
        takes_part=seen.takes_part,
        computed=not architecture.sensors_missing,
    )


def _or_never(value_s: float) -> float | None:
    return float(value_s) if np.isfinite(value_s) else None


def _seen(
    scenario: Scenario,
    engagements: Engagements,
    flights: Int[Array, " k"],
    architecture: Architecture,
    rule: ReleaseRule,
    party: str,
) -> _Seen:
    seen = engagements.sightings.select(flights)
    sensors = {
        s
        for s in joined_sensors(scenario, architecture)
        if rule.picture == "fused" or scenario.sensors[s].party == party
    }
    of = np.array([s.sensor in sensors for s in seen.stations], dtype=bool)
    never = np.full(len(flights), np.inf)
    warning = seen.warning_s[:, of].min(axis=1) if of.any() else never
    columns = _columns(scenario, engagements, architecture, rule, party)
    if not columns.any():
        return _Seen(
            warning, picture(seen, frozenset(sensors), _quality(rule)), -never, -never, bool(sensors)
        )
    commits = engagements.commit_s[np.ix_(columns, flights)]
    best = np.argmax(commits, axis=0)
    every = np.arange(len(flights))
    return _Seen(
        warning_s=warning,
        track_s=picture(seen, frozenset(sensors), _quality(rule)),
        latest_commit_s=commits[best, every],
        meeting_s=engagements.meeting_s[np.ix_(columns, flights)][best, every],
        takes_part=True,
    )


def _quality(rule: ReleaseRule) -> Quality:
    return rule.confidence


def _columns(
    scenario: Scenario, engagements: Engagements, architecture: Architecture, rule: ReleaseRule, party: str
) -> Bool[Array, " c"]:
    """Interceptors' places that the rule lets be used for this party's land (a sectoral rule: any)."""
    mine = {
        (v.claim, v.site)
        for v in operand_vectors(scenario, architecture)
        if rule.interceptors != "own" or v.party == party
    }
    usable = [(v.claim, v.site) in mine for v in engagements.vectors]
    return np.asarray(np.array(usable, dtype=bool)[engagements.column_vector])
