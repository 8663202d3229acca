"""How far each threat reaches: the longest range in each direction, from the middle of each launch area."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.flight import ANY_RANGE, Place, maximum_range
from equipoise.scenario import LaunchArea, Scenario, Threat, fill_area
from equipoise.study.types import ThreatReach

AZIMUTHS, AZIMUTHS_QUICK = 36, 18


def threat_reaches(scenario: Scenario, *, quick: bool = False) -> tuple[ThreatReach, ...]:
    """Every candidate model of every threat from every launch area that is declared for it."""
    areas = {a.id: a for a in scenario.threat_areas}
    azimuth_deg = np.linspace(0.0, 360.0, AZIMUTHS_QUICK if quick else AZIMUTHS, endpoint=False)
    return tuple(
        _reach(scenario, threat, model, areas[name], azimuth_deg)
        for threat in scenario.threats
        for model in threat.models
        for name in threat.launch_areas
    )


def _reach(
    scenario: Scenario, threat: Threat, model: str, area: LaunchArea, azimuth_deg: Float[Array, " a"]
) -> ThreatReach:
    lat, lon = (float(v) for v in fill_area(area.area, 1)[0])
    known = scenario.missile_models[model]
    found = maximum_range(known.missile, Place(lat, lon), azimuth_deg)
    return ThreatReach(
        threat=threat.id,
        threat_name=threat.name,
        model=model,
        model_by=known.model_by,
        launch_area=area.id,
        launch_area_name=area.name,
        assessed=threat.assessed,
        state=threat.state,
        origin_deg=(lat, lon),
        azimuth_deg=azimuth_deg,
        range_km=found.range_km,
        any_range=bool((np.asarray(found.cause) == ANY_RANGE).any()),
    )
