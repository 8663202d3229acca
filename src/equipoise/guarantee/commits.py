"""The earliest permitted commit of each protected flight: a ladder of three rungs.

As declared: first track of the quality that the mode's rule needs, in the picture that the rule gives the
interceptors' owner, plus the rule's decision time. Below it two bounds that no mode helps, since an owner
can bypass it: burnout plus a track, and first light plus a stated floor, when no flight path is known yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.guarantee.protected import ProtectedFlights
from equipoise.scenario import Architecture, ReleaseRule, Scenario
from equipoise.sensing import Quality, Sightings, first_light_s, picture, sight, stations


@dataclass(frozen=True)
class Commits:
    """Earliest permitted commit of each flight, s from its launch, over its stated range; inf = never."""

    early_s: Float[Array, " n"]
    declared_s: Float[Array, " n"]
    late_s: Float[Array, " n"]


def worst_commits(scenario: Scenario, flights: ProtectedFlights) -> Commits:
    """First light plus the floor that the scenario states: no flight path is known by then."""
    return light_commits(scenario, flights, scenario.rules.first_light_floor_s.bounds or (0.0, 0.0))


def light_commits(scenario: Scenario, flights: ProtectedFlights, seconds: tuple[float, float]) -> Commits:
    """First light plus a time within a range."""
    light = first_light_s(flights.tracks, scenario.rules.cloud_break_km.middle or 0.0)
    low, high = seconds
    return Commits(light + low, light + (low + high) / 2, light + high)


def first_track_commits(
    scenario: Scenario,
    flights: ProtectedFlights,
    sensors: Iterable[str],
    quality: Quality,
    decision_s: tuple[float, float],
) -> Commits:
    """First track of a quality by named sensors, whoever owns them, plus a decision time within a range."""
    named = set(sensors)
    early, late = (picture(s, named, quality) for s in sightings_of(scenario, flights, sorted(named)))
    low, high = decision_s
    return Commits(early + low, late + (low + high) / 2, late + high)


def burnout_commits(scenario: Scenario, flights: ProtectedFlights) -> Commits:
    """Burnout plus a radar's time to a track: the middle rung, from which on a flight path is known."""
    low, high = scenario.rules.radar_track_s.bounds or (0.0, 0.0)
    middle = scenario.rules.radar_track_s.middle or 0.0
    burnout = flights.tracks.burnout_s
    return Commits(burnout + low, burnout + middle, burnout + high)


def sightings_of(
    scenario: Scenario, flights: ProtectedFlights, sensors: Iterable[str]
) -> tuple[Sightings, Sightings]:
    """What the sensors see of the flights, at the early and the late end of what they state."""
    posts = stations(scenario, sensors)
    late = sight(flights.tracks, posts, scenario.rules.cloud_break_km.middle or 0.0)
    spread = np.array([s.delay_s[1] - s.delay_s[0] for s in posts])
    early = replace(late, warning_s=late.warning_early_s, track_s=late.track_s - spread)
    return early, late


def declared_commits(
    scenario: Scenario,
    architecture: Architecture,
    rule: ReleaseRule,
    owner: str,
    seen: tuple[Sightings, Sightings],
) -> tuple[Commits, int]:
    """First track in the owner's picture plus decision time, over the stated ranges of both.

    The picture is the owner's own sensors, or all that the architecture and the systems that join it
    bring where the rule fuses them: shared sensors count for the owner unless physically withheld. The
    second value counts the flights whose first track comes sooner thanks to the partner's sensors.
    """
    parts = (architecture, *(scenario.architectures[name] for name in architecture.joins))
    named = {sensor for part in parts for sensor in part.sensors}
    mine = {s for s in named if scenario.sensors[s].party == owner}
    fused = rule.picture == "fused"
    early, late = (picture(s, named if fused else mine, rule.confidence) for s in seen)
    low, high = rule.decision_s.bounds or (0.0, 0.0)
    commits = Commits(early + low, late + (rule.decision_s.middle or 0.0), late + high)
    lent = int((late < picture(seen[1], mine, rule.confidence)).sum()) if fused else 0
    return commits, lent
