"""The margins of a judged case: seconds, km/s, break-even, by flight cap, and the pairs behind them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float
from numpy import ndarray as Array

from equipoise.defence import Meetings
from equipoise.guarantee.boxes import CAPS, Box, Spec, with_cap
from equipoise.guarantee.table import needed_table
from equipoise.guarantee.types import PairReach
from equipoise.guarantee.verdicts import Case, places


@dataclass(frozen=True)
class BatteryMargins:
    """One battery at the furthest-reaching corner: latest commit and needed speed by flight and place.

    ``spec`` names for each flight and place the corner (one a claim) that the speed's margin is against.
    """

    box: Box
    latest_s: Float[Array, "n p"]
    margin_s: Float[Array, "n p"]
    needed_km_s: Float[Array, "n p"]
    margin_km_s: Float[Array, "n p"]
    spec: Array


def battery_margins(case: Case, box: Box) -> BatteryMargins:
    """Margins of every flight at every place; a speed's margin is the least over the claims' corners."""
    latest = case.furthest(box)
    early = case.commits.early_s[:, None]
    with np.errstate(invalid="ignore"):
        margin = np.where(np.isfinite(early), early - latest, np.inf)
    needed, short, which = _speeds(case, box)
    return BatteryMargins(box, latest, margin, needed, short, which)


def _speeds(case: Case, box: Box) -> tuple[Array, Array, Array]:
    """Needed speed, its margin and the index of the corner, for each flight and place."""
    fastest: dict[tuple[float, ...], int] = {}
    for i, spec in enumerate(box.worst):
        key: tuple[float, ...] = (spec.burnout_altitude_km, spec.time_to_burnout_s, spec.flight_cap_s)
        key += (spec.altitude_min_km, spec.altitude_max_km, spec.range_km)
        if key not in fastest or box.worst[fastest[key]].speed_km_s < spec.speed_km_s:
            fastest[key] = i
    index = np.array(list(fastest.values()))
    stands = places(box)
    asked = [(box.worst[i], place) for i in index for place in stands]
    meetings: Meetings = "after burnout" if case.before_burnout is None else "all"
    needed = needed_table(case.flights.tracks, asked, case.commits.early_s, meetings)
    needed = needed.reshape(len(case.flights), len(index), len(stands))
    speeds = np.array([box.worst[i].speed_km_s for i in index])
    short = needed - speeds[None, :, None]
    at = np.argmin(short, axis=1)[:, None]
    pick = (np.take_along_axis(a, at, axis=1)[:, 0] for a in (needed, short))
    return (*pick, index[at[:, 0]])


def pairs_of(case: Case, margins: tuple[BatteryMargins, ...]) -> Iterator[PairReach]:
    """The pair with the least margin for each launch area, member flown to and battery."""
    flights = case.flights
    members = [end.member for end in flights.ends]
    first = np.array([members.index(name) for name in members], dtype=int)
    group = flights.area * len(members) + first[flights.end]
    for each in margins:
        for key in np.unique(group):
            here = np.flatnonzero(group == key)
            order = np.lexsort((each.margin_km_s[here].ravel(), each.margin_s[here].ravel()))
            lane, place = np.unravel_index(order[0], each.margin_s[here].shape)
            yield _pair(case, each, int(here[lane]), int(place))


def _pair(case: Case, each: BatteryMargins, lane: int, place: int) -> PairReach:
    flights, spec = case.flights, _corner_of(case, each, lane, place)
    return PairReach(
        launch_area=flights.areas[flights.area[lane]].id,
        end=flights.ends[flights.end[lane]].member,
        missile_model=flights.models[flights.model[lane]],
        loft=flights.lofts[flights.loft[lane]],
        battery=each.box.vector.battery,
        claim=spec.claim,
        flight_cap_s=spec.flight_cap_s,
        commit_s=float(case.commits.early_s[lane]),
        burnout_s=float(flights.tracks.burnout_s[lane]),
        latest_commit_s=float(each.latest_s[lane, place]),
        needed_speed_km_s=float(each.needed_km_s[lane, place]),
        declared_speed_km_s=spec.speed_km_s,
    )


def _corner_of(case: Case, each: BatteryMargins, lane: int, place: int) -> Spec:
    """The claim's corner that the pair's figures belong to."""
    return each.box.worst[int(each.spec[lane, place])]


def least(values: Array) -> float | None:
    """The least finite value; None where there is none."""
    finite = values[np.isfinite(values)]
    return float(finite.min()) if finite.size else None


def least_margins(margins: tuple[BatteryMargins, ...]) -> tuple[float | None, float | None]:
    """(s, km/s) over all flights, batteries and places; None where nothing ever reaches."""
    if not margins:
        return None, None
    seconds = np.concatenate([m.margin_s.ravel() for m in margins])
    speeds = np.concatenate([m.margin_km_s.ravel() for m in margins])
    return least(seconds), least(speeds)


def break_even_s(
    margins: tuple[BatteryMargins, ...], left_out: Bool[Array, " n"] | None = None
) -> float | None:
    """The commit, the same for all flights, at which the furthest corner turns: the latest that reaches.

    None where no commit after the missile's launch does. Some flights may be left out.
    """
    every = [-m.latest_s[_kept(m, left_out)].ravel() for m in margins]
    turned = least(np.concatenate(every)) if every else None
    return None if turned is None or turned > 0.0 else -turned


def least_speed(
    margins: tuple[BatteryMargins, ...], left_out: Bool[Array, " n"] | None = None
) -> float | None:
    """The speed at which the furthest corner turns: the least that reaches some flight in time."""
    every = [m.needed_km_s[_kept(m, left_out)].ravel() for m in margins]
    return least(np.concatenate(every)) if every else None


def _kept(margins: BatteryMargins, left_out: Bool[Array, " n"] | None) -> Bool[Array, " n"]:
    return np.ones(len(margins.latest_s), dtype=bool) if left_out is None else ~left_out


def margins_by_cap(case: Case) -> Iterator[tuple[str, float | None]]:
    """The least margin in seconds at the furthest corner, at a flight cap of 600 s and with none."""
    early = case.commits.early_s
    known = np.isfinite(early)
    for name, cap_s in CAPS:
        found = [math.inf]
        for box in case.boxes:
            latest = case.with_boost([with_cap(s, cap_s) for s in box.worst], places(box))[known]
            found.append(float((early[known, None] - latest).min(initial=math.inf)))
        yield name, (min(found) if math.isfinite(min(found)) else None)
