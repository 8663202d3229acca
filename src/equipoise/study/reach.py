"""How far each threat reaches: the longest range in each direction, from the middle of each launch area."""

from __future__ import annotations

import numpy as np

from equipoise.flight import ANY_RANGE, Place, Reach, reaches
from equipoise.scenario import LaunchArea, Scenario, Threat, fill_area
from equipoise.study.types import ThreatReach

AZIMUTHS, AZIMUTHS_QUICK = 36, 18


def threat_reaches(scenario: Scenario, *, quick: bool = False) -> tuple[ThreatReach, ...]:
    """Every candidate model of every threat from every launch area that is declared for it."""
    areas = {a.id: a for a in scenario.threat_areas}
    azimuth_deg = np.linspace(0.0, 360.0, AZIMUTHS_QUICK if quick else AZIMUTHS, endpoint=False)
    wanted = [
        (t, model, areas[name]) for t in scenario.threats for model in t.models for name in t.launch_areas
    ]
    flown: dict[tuple[str, str], Reach] = {}
    for area in dict.fromkeys(area for _, _, area in wanted):
        models = list(dict.fromkeys(model for _, model, where in wanted if where is area))
        missiles = [scenario.missile_models[model].missile for model in models]
        found = reaches(missiles, _middle(area), azimuth_deg)
        flown |= {(model, area.id): reach for model, reach in zip(models, found, strict=True)}
    return tuple(_reach(scenario, t, model, area, flown[model, area.id]) for t, model, area in wanted)


def _middle(area: LaunchArea) -> Place:
    lat, lon = (float(v) for v in fill_area(area.area, 1)[0])
    return Place(lat, lon)


def _reach(scenario: Scenario, threat: Threat, model: str, area: LaunchArea, found: Reach) -> ThreatReach:
    return ThreatReach(
        threat=threat.id,
        threat_name=threat.name,
        model=model,
        model_by=scenario.missile_models[model].model_by,
        launch_area=area.id,
        launch_area_name=area.name,
        assessed=threat.assessed,
        state=threat.state,
        origin_deg=(found.origin.lat_deg, found.origin.lon_deg),
        azimuth_deg=found.azimuth_deg,
        range_km=found.range_km,
        any_range=bool((np.asarray(found.cause) == ANY_RANGE).any()),
    )
