"""The flights that a guarantee protects: every launch area filled, every candidate model, end and loft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
from jaxtyping import Bool, Float, Int
from numpy import ndarray as Array

from equipoise.defence import with_burnout
from equipoise.flight import Flights, Tracks, aim_many, sample
from equipoise.guarantee.burnouts import burnout_tracks
from equipoise.scenario import BurnoutProfile, End, LaunchArea, MissileModel, Scenario, fill_area

MINIMUM_ENERGY = "minimum-energy"
SAMPLES, SAMPLES_QUICK = 98, 64
"""Times a flight is looked at; samples stand on the edges of the altitude windows and at burnout."""
LOFT_STEP_DEG = 6.0
"""Between stated lofts further apart than this one more is flown. With the stated ends alone a least margin
came out up to 70 s too large, so filled up to 10 s (four places, 4.5 to 8.3 km/s, against 22 lofts)."""
POINTS_PER_SIDE, POINTS_PER_SIDE_QUICK = 3, 2
"""Of the grid that fills a launch area's box."""


@dataclass(frozen=True)
class ProtectedFlights:
    """One party's deterrent in flight. Lane i flies from ``point[i]`` of ``areas[area[i]]`` and so on.

    Only flights that reach their end are lanes; ``unflown`` says which combinations do not, by name.
    """

    party: str
    tracks: Tracks
    areas: tuple[LaunchArea, ...]
    ends: tuple[End, ...]
    models: tuple[str, ...]
    lofts: tuple[str, ...]
    area: Int[Array, " n"]
    point: Int[Array, " n"]
    end: Int[Array, " n"]
    model: Int[Array, " n"]
    loft: Int[Array, " n"]
    unflown: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.tracks)

    def in_area(self, index: int) -> Bool[Array, " n"]:
        """Lanes that start in one launch area."""
        return np.asarray(self.area == index)

    def part(self, keep: Bool[Array, " n"]) -> ProtectedFlights:
        """Some of the flights, areas and names as they are."""
        of_lanes = {f: getattr(self, f)[keep] for f in ("area", "point", "end", "model", "loft")}
        return replace(self, tracks=self.tracks.select(np.flatnonzero(keep)), **of_lanes)


@dataclass(frozen=True)
class Wanted:
    """Which flights are asked for: every missile of every area, from all that fills it, to all that fills
    each end, at every loft (name, degrees from minimum energy).
    """

    party: str
    areas: tuple[LaunchArea, ...]
    ends: tuple[End, ...]
    models: Mapping[str, MissileModel]
    lofts: tuple[tuple[str, float], ...]
    profiles: Mapping[str, BurnoutProfile] = field(default_factory=dict)
    """Missiles of which only the burnout is stated."""


@dataclass(frozen=True)
class _Lanes:
    """Combinations to fly at each loft: indices of area, point, end and missile, and where from and to."""

    index: Int[Array, "4 n"]
    origin_deg: Float[Array, "n 2"]
    destination_deg: Float[Array, "n 2"]

    def part(self, keep: Bool[Array, " n"]) -> _Lanes:
        return _Lanes(self.index[:, keep], self.origin_deg[keep], self.destination_deg[keep])


_Flown = Iterator[tuple[Int[Array, " k"], Tracks]]
"""Which lanes were flown, and their tracks; once a loft."""


def protected_flights(
    scenario: Scenario, party: str, altitudes_km: tuple[float, ...], *, quick: bool = False
) -> ProtectedFlights:
    """Fly the party's deterrent from all its launch areas to all the ends in the other party's members.

    ``altitudes_km`` are the edges on which samples must stand. Lofts are minimum energy and the offsets
    that the scenario's rules state; every model named for an area is flown from it.
    """
    areas = tuple(a for a in scenario.deterrent_areas if a.party == party)
    ends = tuple(e for e in scenario.ends if e.member in _others(scenario, party))
    lofts = ((MINIMUM_ENERGY, 0.0), *scenario.rules.loft_offsets_deg)
    return fly_wanted(Wanted(party, areas, ends, scenario.missile_models, lofts), altitudes_km, quick=quick)


def fly_wanted(wanted: Wanted, altitudes_km: tuple[float, ...], *, quick: bool = False) -> ProtectedFlights:
    """Fly all that is asked for, sampled also where a flight passes each of ``altitudes_km``.

    The range of lofts is filled where ``quick`` does not ask for the stated ones alone.
    """
    wanted = wanted if quick else replace(wanted, lofts=filled_lofts(wanted.lofts))
    areas, ends = wanted.areas, wanted.ends
    missiles = tuple(sorted({m for a in areas for m in a.missiles}))
    side, count = (POINTS_PER_SIDE_QUICK, SAMPLES_QUICK) if quick else (POINTS_PER_SIDE, SAMPLES)
    lanes = _combine(areas, ends, missiles, side)
    modelled = np.array([missiles[m] in wanted.models for m in lanes.index[3]], dtype=bool)
    parts, labels = [], [np.zeros((5, 0), dtype=int)]
    unflown = [_without_model(a) for a in areas if a.no_model]
    for some, fly in ((modelled, _fly), (~modelled, _fly_profiles)):
        these = lanes.part(some)
        for k, (lane, tracks) in enumerate(fly(wanted, missiles, these, count, altitudes_km)):
            ok = np.flatnonzero(tracks.ok)
            parts.append(tracks.select(ok))
            labels.append(np.vstack([these.index[:, lane[ok]], np.full((1, len(ok)), k)]))
            unflown += _unreached((areas, ends, missiles), these.index, lane[ok], wanted.lofts[k][0])
    area, point, end, model, at_loft = np.concatenate(labels, axis=1)
    labelled = (area, point, end, model, at_loft)
    names = tuple(name for name, _ in wanted.lofts)
    return ProtectedFlights(
        wanted.party, _join(parts), areas, ends, missiles, names, *labelled, tuple(unflown)
    )


def filled_lofts(lofts: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
    """The stated lofts, and one in the middle of each gap that is wider than the step."""
    known = sorted(lofts, key=lambda loft: loft[1])
    between = [
        (f"between {low[0]} and {high[0]}", (low[1] + high[1]) / 2)
        for low, high in pairwise(known)
        if high[1] - low[1] > LOFT_STEP_DEG
    ]
    return (*lofts, *between)


def _fly(
    wanted: Wanted, names: tuple[str, ...], lanes: _Lanes, count: int, altitudes_km: tuple[float, ...]
) -> _Flown:
    """Each loft of the missiles that have a flight model.

    They are aimed at minimum energy first, then together at each lane's own minimum-energy loft plus the
    offset.
    """
    if lanes.index.shape[1] == 0:
        return
    missiles = [wanted.models[names[m]].missile for m in lanes.index[3]]
    least = aim_many(missiles, lanes.origin_deg, lanes.destination_deg)
    every, lane = np.arange(len(missiles)), np.flatnonzero(least.ok)
    offsets_deg = [offset for _, offset in wanted.lofts if offset != 0.0]
    others = None
    if offsets_deg and len(lane):
        again = np.tile(lane, len(offsets_deg))
        loft_deg = least.loft_deg[again] + np.repeat(offsets_deg, len(lane))
        where = lanes.origin_deg[again], lanes.destination_deg[again]
        others = aim_many([missiles[i] for i in again], *where, loft_deg)
    done = 0
    for _, offset in wanted.lofts:
        flights, which = least, every
        if offset != 0.0:
            if others is None:
                return
            flights, which = _part(others, slice(done, done + len(lane))), lane
            done += len(lane)
        yield which, with_burnout(sample(flights, count, altitudes_km))


def _fly_profiles(
    wanted: Wanted, names: tuple[str, ...], lanes: _Lanes, count: int, altitudes_km: tuple[float, ...]
) -> _Flown:
    """Each loft of the missiles of which only the burnout is stated."""
    profiles = [wanted.profiles[names[m]] for m in lanes.index[3]]
    if not profiles:
        return
    for _, offset in wanted.lofts:
        tracks = burnout_tracks(
            profiles, lanes.origin_deg, lanes.destination_deg, offset, count + 1, altitudes_km
        )
        yield np.arange(len(profiles)), tracks


def _part(flights: Flights, lanes: slice) -> Flights:
    """Some of the lanes; missiles are one a lane."""
    rest = (getattr(flights, f)[lanes] for f in list(Flights.__dataclass_fields__)[1:])
    return Flights(flights.missiles[lanes], *rest)


def _others(scenario: Scenario, party: str) -> set[str]:
    """Names and country codes of the other party's members: an end may be declared by either."""
    other = next(p for p in scenario.parties if p.id != party)
    members = other.members_on(scenario.as_of)
    return {m.name for m in members} | {m.country for m in members}


def _combine(
    areas: tuple[LaunchArea, ...], ends: tuple[End, ...], missiles: tuple[str, ...], side: int
) -> _Lanes:
    """Every missile of every area, from every point that fills it, to every point that fills an end."""
    rows: list[tuple[int, int, int, int]] = []
    origins, destinations = [], []
    filled = [np.asarray(fill_area(e.area, side), dtype=float).reshape(-1, 2) for e in ends]
    for a, area in enumerate(areas):
        for p, origin in enumerate(np.asarray(fill_area(area.area, side), dtype=float).reshape(-1, 2)):
            for e, aims in enumerate(filled):
                for aim in aims:
                    for name in area.missiles:
                        rows.append((a, p, e, missiles.index(name)))
                        origins.append(origin)
                        destinations.append(aim)
    index = np.array(rows, dtype=int).reshape(-1, 4).T
    return _Lanes(index, np.array(origins).reshape(-1, 2), np.array(destinations).reshape(-1, 2))


def _join(parts: list[Tracks]) -> Tracks:
    if not parts:
        none, flat = np.zeros(0), np.zeros((0, 1))
        return Tracks(none.astype(bool), flat, np.zeros((0, 1, 3)), flat, flat, none, none)
    return Tracks(*(np.concatenate([getattr(t, f) for t in parts]) for f in Tracks.__dataclass_fields__))


def _without_model(area: LaunchArea) -> str:
    return f"{area.name}: no flight model of {', '.join(area.no_model)}"


def _unreached(
    names: tuple[tuple[LaunchArea, ...], tuple[End, ...], tuple[str, ...]],
    index: Int[Array, "4 n"],
    flown: Int[Array, " k"],
    loft: str,
) -> Iterator[str]:
    """A sentence for each area, member and model of which no point flies to some end at this loft."""
    areas, ends, models = names
    wanted = {(int(i[0]), int(i[2]), int(i[3])) for i in index.T}
    reached = {(int(i[0]), int(i[2]), int(i[3])) for i in index[:, flown].T}
    short = dict.fromkeys((a, ends[e].member, m) for a, e, m in sorted(wanted - reached))
    some = {(a, ends[e].member, m) for a, e, m in reached}
    for a, member, m in short:
        how = "does not reach all of it" if (a, member, m) in some else "does not reach"
        yield f"{areas[a].name} to {member}: {models[m]} {how} ({loft})"
