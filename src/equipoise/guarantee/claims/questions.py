"""What this model answers to the very question that a claim asks: a map, a race, numbers.

How far a track passes from a site says nothing of time; a drawn speed says nothing of where it holds; a
number says nothing without the total that it is set against. Each is computed all the same, so that a reader
sees what the figure is and why it does not decide.
"""

from __future__ import annotations

import math

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.flight import geodetic_to_ecef
from equipoise.guarantee.claims.spans import Flown, SpanTable
from equipoise.guarantee.claims.verdicts import commits_at
from equipoise.guarantee.claims.words import ClaimVector, Question, figures_in
from equipoise.guarantee.proof import WORST_CASE
from equipoise.guarantee.table import Place
from equipoise.scenario import Statement

EARTH_KM = 6371.0
"""Mean radius, for distances over the ground."""
FLOOR_M = 100e3
"""Below this a track is not looked at: no interceptor of the claims meets lower."""


def answer(table: SpanTable, claim: Statement, question: Question, vector: ClaimVector) -> str:
    """One sentence; empty where the question has none besides the verdict."""
    if question == "map" and vector.runs:
        return _map(table, vector)
    if question == "race" and vector.runs:
        return _race(table, claim, vector)
    if question == "numbers":
        return _numbers(table, claim)
    return ""


def track_distances_km(flown: Flown, points: tuple[Place, ...]) -> Float[Array, " n"]:
    """Least distance over the ground from any of the points to each flight's track above 100 km."""
    tracks = flown.flights.tracks
    under = tracks.position_m / np.linalg.norm(tracks.position_m, axis=-1, keepdims=True)
    sites = np.array([geodetic_to_ecef(*np.radians(p), 0.0) for p in points])
    sites /= np.linalg.norm(sites, axis=-1, keepdims=True)
    cosine = np.einsum("nmk,pk->nmp", under, sites).max(axis=-1)
    angle = np.arccos(np.clip(cosine, -1.0, 1.0))
    seen = (tracks.altitude_m >= FLOOR_M) & (tracks.time_s >= tracks.burnout_s[:, None])
    return np.asarray(EARTH_KM * np.where(seen, angle, math.pi).min(axis=1))


def _map(table: SpanTable, vector: ClaimVector) -> str:
    flown = table.against(vector.interceptors[0])
    here = np.isin(flown.flights.area, table.areas(flown, vector.launch))
    points = tuple(p for name in vector.places for p in table.points(name))
    distance = track_distances_km(flown, points)
    furthest, _ = table.latest(table.ends(vector.interceptors, vector.speeds_km_s, math.inf), vector.places)
    met = (furthest >= commits_at(table, flown, WORST_CASE).early_s) & here
    near, far = _whole(distance[here].min()), _whole(distance[here].max())
    said = f"on the map the tracks pass {near} to {far} km from the nearest such place"
    if not met.any():
        return f"{said}; none of them is reached at the fastest published speed"
    missed = here & ~met
    reached = f"those up to {_whole(distance[met].max())} km away are reached at the fastest published speed"
    if not missed.any():
        return f"{said}; at the fastest published speed all are reached: distance does not decide"
    return f"{said}; {reached}, and some {_whole(distance[missed].min())} km away are not: time decides"


def _race(table: SpanTable, claim: Statement, vector: ClaimVector) -> str:
    """The protected missile's own speeds beside the one that the claim draws."""
    flown = table.against(vector.interceptors[0])
    flights, tracks = flown.flights, flown.flights.tracks
    here = np.isin(flights.area, table.areas(flown, vector.launch))
    coasting = (tracks.time_s >= tracks.burnout_s[:, None]) & (tracks.altitude_m >= FLOOR_M)
    speed = np.where(coasting, tracks.speed_m_s, math.nan)[here] / 1e3
    low, high = float(np.nanmin(speed)), float(np.nanmax(speed))
    drawn = figures_in(dict(claim.data).get("inputs.icbm_speed_shown", "").split(" km/s")[0])
    said = f"the models here coast at {low:.1f} to {high:.1f} km/s over the ground"
    if not drawn:
        return said
    inside = "lies" if all(low <= v <= high for v in drawn) else "does not lie"
    shown = ", ".join(f"{v:g}" for v in drawn)
    return (
        f"{said}, slowest at the top; the drawn {shown} km/s {inside} among these, and where it holds is not "
        "said; which of two is faster does not say which is there first"
    )


def _numbers(table: SpanTable, claim: Statement) -> str:
    number = figures_in(dict(claim.data).get("architecture.number", ""))
    share = table.scenario.rules.disruptive_share.value
    if not number or not share:
        return "no number is given that a total could be set against"
    return (
        f"{number[0]:.0f} interceptors meet at most as many warheads at one shot each; with "
        f"{100 * share:g} % of the total as the line, they disrupt where fewer than "
        f"{number[0] / share:,.0f} warheads are declared, and do not where more are"
    )


def _whole(km: float) -> str:
    return f"{km:,.0f}"
