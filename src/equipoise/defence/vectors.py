"""Operand vectors: what each battery of an architecture can do, under one author's claim each."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.defence.types import OperandVector
from equipoise.scenario import Architecture, Battery, Figure, InterceptorClaim, Scenario, Status, fill_area

POINTS_PER_SIDE = 3
"""Of the grid that fills a sea area; the ships' radars of the room below stand at the same points."""


def operand_vectors(
    scenario: Scenario, architecture: Architecture, claims: str = "declared"
) -> tuple[OperandVector, ...]:
    """One vector a battery and claim, of the architecture and of the systems that it joins.

    ``claims`` is ``declared`` (the owner's declared claim of each interceptor), ``all`` or an author's
    name. Ranges stand at their middle. A claim without a speed has no vector. A number that is not
    declared stays None. A sea area is filled with points of its sea part.
    """
    found = []
    for battery in joined_batteries(scenario, architecture):
        for claim in _claims(scenario, battery, claims):
            if claim.speed_km_s.known:
                found.append(_vector(scenario, battery, claim))
    return tuple(found)


def joined_batteries(scenario: Scenario, architecture: Architecture) -> tuple[Battery, ...]:
    """The architecture's own batteries and those of the systems that join it, each once."""
    parts = [architecture, *(scenario.architectures[name] for name in architecture.joins)]
    return tuple({battery.id: battery for part in parts for battery in part.batteries}.values())


def joined_sensors(scenario: Scenario, architecture: Architecture) -> tuple[str, ...]:
    """Ids of the architecture's own sensors and those of the systems that join it, each once."""
    parts = [architecture, *(scenario.architectures[name] for name in architecture.joins)]
    return tuple(dict.fromkeys(sensor for part in parts for sensor in part.sensors))


def _claims(scenario: Scenario, battery: Battery, claims: str) -> Iterable[InterceptorClaim]:
    model = scenario.interceptors[battery.interceptor]
    if claims == "all":
        return model.claims
    if claims == "declared":
        return [c for c in model.claims if c.id == model.declared_claim]
    return [c for c in model.claims if c.author == claims]


def _vector(scenario: Scenario, battery: Battery, claim: InterceptorClaim) -> OperandVector:
    named = {
        "speed_km_s": claim.speed_km_s,
        "burnout_altitude_km": claim.burnout_altitude_km,
        "time_to_burnout_s": claim.time_to_burnout_s,
        "flight_cap_s": claim.flight_cap_s,
        "altitude_min_km": claim.altitude_min_km,
        "altitude_max_km": claim.altitude_max_km,
        "range_km": claim.range_km,
    }
    statuses: list[tuple[str, Status, str]] = [(k, f.status, f.source) for k, f in named.items()]
    statuses += [("place", *_place_status(scenario, battery)), ("number", battery.status, battery.source)]
    return OperandVector(
        battery=battery.id,
        interceptor=battery.interceptor,
        claim=claim.id,
        author=claim.author,
        party=battery.party,
        member=battery.member,
        site=battery.site or battery.sea_area or "",
        places_deg=_places(scenario, battery),
        speed_km_s=_middle(claim.speed_km_s, 0.0),
        burnout_altitude_km=_middle(claim.burnout_altitude_km, 0.0),
        time_to_burnout_s=_middle(claim.time_to_burnout_s, 0.0),
        flight_cap_s=_middle(claim.flight_cap_s, math.inf),
        altitude_min_km=_middle(claim.altitude_min_km, 0.0),
        altitude_max_km=_middle(claim.altitude_max_km, math.inf),
        range_km=_middle(claim.range_km, math.inf),
        number=battery.number,
        statuses=tuple(statuses),
    )


def _middle(figure: Figure, where_unknown: float) -> float:
    return where_unknown if figure.middle is None else figure.middle


def _places(scenario: Scenario, battery: Battery) -> Float[Array, "k 2"]:
    if battery.sea_area is not None:
        return np.asarray(fill_area(scenario.sea_areas[battery.sea_area].area, POINTS_PER_SIDE), dtype=float)
    if battery.site is not None:
        site = scenario.sites[battery.site]
        return np.array([[site.lat_deg, site.lon_deg]])
    return np.zeros((0, 2))


def _place_status(scenario: Scenario, battery: Battery) -> tuple[Status, str]:
    if battery.sea_area is not None:
        return scenario.sea_areas[battery.sea_area].area.status, battery.source
    if battery.site is not None:
        site = scenario.sites[battery.site]
        return site.status, site.source
    return "unknown", battery.source
