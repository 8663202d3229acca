"""The engagement's clock: when a typical flight is seen, decided on and met, architecture by architecture."""

from __future__ import annotations

import numpy as np
from jaxtyping import Bool
from numpy import ndarray as Array

from equipoise.defence import Engagements, joined_sensors, operand_vectors
from equipoise.scenario import Architecture, ReleaseRule, Scenario
from equipoise.sensing import Quality, picture
from equipoise.study.types import Clock, TypicalFlight


def typical_flight(engagements: Engagements) -> int | None:
    """The flight of the median time to impact among those at minimum energy that some interceptor can meet.

    "Can meet": a latest commit after the flight's burnout, of whosever interceptor. Where no flight can be
    met, the median of all; None where nothing flies. Minimum energy is the loft that stands first. Ties go to
    the first in the order of the cells, so that the choice is the same on each run.
    """
    plain = np.flatnonzero(engagements.loft == 0)
    if not len(plain):
        return None
    if len(engagements.commit_s):
        can_be_met = engagements.commit_s[:, plain].max(axis=0) > engagements.burnout_s[plain]
        plain = plain[can_be_met] if can_be_met.any() else plain
    order = plain[np.argsort(engagements.impact_s[plain], kind="stable")]
    return int(order[len(order) // 2])


def describe(engagements: Engagements, flight: int) -> TypicalFlight:
    """Which flight that is, by names only."""
    cell = engagements.cell[flight]
    return TypicalFlight(
        threat=engagements.threats[engagements.threat[flight]],
        model=engagements.models[engagements.model[flight]],
        launch_area=engagements.launch_areas[engagements.launch_area[flight]],
        region=engagements.cells.regions[engagements.cells.region[cell]],
        loft=engagements.lofts[engagements.loft[flight]],
    )


def clock_of(
    scenario: Scenario, engagements: Engagements, flight: int, architecture: Architecture, rule: ReleaseRule
) -> Clock:
    """The seconds of one flight under one architecture and mode, as the party that it flies to sees it."""
    party = scenario.parties[int(engagements.cells.party[engagements.cell[flight]])].id
    seen = engagements.sightings.select(np.array([flight]))
    sensors = {
        s
        for s in joined_sensors(scenario, architecture)
        if rule.picture == "fused" or scenario.sensors[s].party == party
    }
    of = np.array([s.sensor in sensors for s in seen.stations], dtype=bool)
    track = float(picture(seen, frozenset(sensors), _quality(rule))[0])
    warning = float(seen.warning_s[0, of].min()) if of.any() else np.inf
    columns = _columns(scenario, engagements, architecture, rule, party)
    commits = np.where(columns, engagements.commit_s[:, flight], -np.inf)
    best = int(np.argmax(commits)) if len(commits) else -1
    reached = best >= 0 and np.isfinite(commits[best])
    return Clock(
        architecture=architecture.id,
        name=architecture.name,
        mode=rule.id,
        first_light_s=float(seen.first_light_s[0]),
        warning_s=warning if np.isfinite(warning) else None,
        track_s=track if np.isfinite(track) else None,
        decision_s=rule.decision_s.bounds or (0.0, 0.0),
        latest_commit_s=float(commits[best]) if reached else None,
        meeting_s=float(engagements.meeting_s[best, flight]) if reached else None,
        burnout_s=float(engagements.burnout_s[flight]),
        impact_s=float(engagements.impact_s[flight]),
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
