"""The rows that measures are put on, and the verdict on a row as the interceptors then stand.

Rows: each architecture as its own side would run it, and one ship for each interceptor that goes to sea in
each named sea box, since a ship can go where no proposal put it. Flights are flown once and every column of
reach is kept, so that a measure costs only what it changes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
from jaxtyping import Bool
from numpy import ndarray as Array

from equipoise.defence import OperandVector, operand_vectors, proposed_rule, rule_apart, unjoined
from equipoise.flight import Tracks
from equipoise.guarantee.boxes import claims_box, declared_box
from equipoise.guarantee.commits import (
    Commits,
    burnout_commits,
    declared_commits,
    sightings_of,
    worst_commits,
)
from equipoise.guarantee.measures.effects import Measure, under
from equipoise.guarantee.moments import never_tracked
from equipoise.guarantee.proof import AFTER_BURNOUT, AS_DECLARED, LADDER, WORST_CASE
from equipoise.guarantee.protected import ProtectedFlights, protected_flights
from equipoise.guarantee.seas import apart, shared_boxes
from equipoise.guarantee.table import LatestTable
from equipoise.guarantee.types import Verdict
from equipoise.guarantee.verdicts import Case, reached_at_worst, reached_throughout, verdict
from equipoise.scenario import (
    Architecture,
    Battery,
    ReleaseRule,
    Scenario,
    SeaArea,
    build_cells,
    load_catalogue,
)
from equipoise.sensing import Sightings, picture

SEA_RUNGS = (AFTER_BURNOUT, WORST_CASE)
"""A ship of no architecture has no declared sensors, and so no first rung."""
LAND_SPACING_KM = 100.0
"""Between the cells by which a track is said to pass over a member's land."""

Judged = tuple[Verdict, float | None]
"""Verdict and the least margin in seconds, None where nothing ever reaches."""


@dataclass(frozen=True)
class MeasureRow:
    """One verdict before any measure."""

    subject: str
    """An architecture's id, or ``INTERCEPTOR in SEA``."""
    kind: Literal["architecture", "sea"]
    owner: str
    """The party whose interceptors they are."""
    protects: str
    rung: str
    before: Verdict
    margin_s: float | None
    sea: str | None = None
    not_guaranteed: tuple[str, ...] = ()
    """Launch areas whose submarines may lie in one sea with these ships; the margin is that of all others."""


@dataclass(frozen=True)
class _Against:
    """The flights of one party's deterrent, and everything that is kept about them."""

    flights: ProtectedFlights
    after: LatestTable
    before: LatestTable
    own_land: LatestTable
    """Meetings over the other party's own members' land only."""
    seen: tuple[Sightings, Sightings]
    burnout: Commits
    worst: Commits


class RowJudge:
    """Judges rows under any set of measures."""

    def __init__(self, scenario: Scenario, *, quick: bool = False) -> None:
        self.base, self._quick = _with_ships(scenario), quick
        self._against: dict[str, _Against] = {}

    @property
    def flights(self) -> int:
        """Flights of both deterrents that are held against each row."""
        return sum(len(self.against(p.id).flights) for p in self.base.parties)

    @cached_property
    def subjects(self) -> tuple[tuple[str, str, str], ...]:
        """(subject, owner, protected party) of every row: whoever has an interceptor in it, and the other."""
        first, second = (p.id for p in self.base.parties)
        found = []
        for a in self.base.architectures.values():
            for owner, other in ((first, second), (second, first)):
                if any(b.party == owner for b in a.batteries):
                    found.append((a.id, owner, other))
        return tuple(found)

    def under(self, measures: tuple[Measure, ...]) -> Callable[[MeasureRow], Judged]:
        """The verdict on a row once the measures bind both sides."""
        changed = under(self.base, measures)
        effects: set[str] = {e for m in measures for e in m.effects}

        def judged(row: MeasureRow) -> Judged:
            if row.kind == "sea" and "declared-places" in effects:
                return "holds", None
            return self.judge(changed, row.subject, row.owner, row.protects, row.rung, effects)

        return judged

    def judge(
        self, scenario: Scenario, subject: str, owner: str, party: str, rung: str, effects: set[str]
    ) -> Judged:
        """One verdict: the owner's batteries of the subject against the party's deterrent."""
        case = self.case(scenario, scenario.architectures[subject], owner, party, rung, effects)
        if not case.boxes:
            return "holds", None
        if never_tracked(case):
            worst, _ = self.judge(scenario, subject, owner, party, WORST_CASE, effects)
            return ("holds" if worst == "holds" else "depends"), None
        word = verdict(case.flights, reached_at_worst(case), reached_throughout(case))
        one_sea = shared_boxes(case)
        word = "depends" if one_sea and word == "holds" else word
        return word, _margin(apart(case, one_sea))

    def one_sea(self, row: tuple[str, str, str]) -> tuple[str, ...]:
        """Launch areas in one sea with the ships of a (subject, owner, party): a word, and no number."""
        subject, owner, party = row
        case = self.case(self.base, self.base.architectures[subject], owner, party, AFTER_BURNOUT, set())
        return tuple(case.flights.areas[a].name for a in sorted(shared_boxes(case)))

    def case(
        self,
        scenario: Scenario,
        architecture: Architecture,
        owner: str,
        party: str,
        rung: str,
        effects: set[str],
    ) -> Case:
        """What one row is judged on; no boxes where the owner has no interceptor in the architecture."""
        at, made = self.against(party), declared_box if rung == AS_DECLARED else claims_box
        boxes = tuple(made(scenario, v) for v in self._vectors(scenario, architecture, owner))
        commits = self._commits(scenario, architecture, owner, party, rung, effects)
        own_land = "own-land" in effects and rung == AS_DECLARED
        after, before = at.own_land if own_land else at.after, at.before if rung == WORST_CASE else None
        return Case(at.flights, boxes, commits, after, before)

    def _vectors(
        self, scenario: Scenario, architecture: Architecture, owner: str
    ) -> tuple[OperandVector, ...]:
        own = {b.id for b in architecture.batteries if b.party == owner}
        found = operand_vectors(scenario, architecture)
        return tuple(v for v in found if v.battery in own and len(v.places_deg))

    def _commits(
        self,
        scenario: Scenario,
        architecture: Architecture,
        owner: str,
        party: str,
        rung: str,
        effects: set[str],
    ) -> Commits:
        at = self.against(party)
        if rung == AS_DECLARED:
            rule, apart = self._rule(scenario, architecture)
            return declared_commits(scenario, apart, rule, owner, at.seen)[0]
        commits = at.burnout if rung == AFTER_BURNOUT else at.worst
        return self._warned(scenario, owner, at, commits) if "declared-sensors" in effects else commits

    def _rule(self, scenario: Scenario, architecture: Architecture) -> tuple[ReleaseRule, Architecture]:
        """The proposal as its own side would run it; a joint one as both would."""
        rule = proposed_rule(scenario, architecture)
        if architecture.joint:
            return rule, architecture
        return rule_apart(rule), unjoined(scenario, architecture)

    def _warned(self, scenario: Scenario, owner: str, at: _Against, commits: Commits) -> Commits:
        """No commit before a declared sensor of the owner warns, and the floor after it."""
        mine = {n for n, s in scenario.sensors.items() if s.party == owner}
        early, late = (picture(seen, mine, "warning") for seen in at.seen)
        low, high = scenario.rules.first_light_floor_s.bounds or (0.0, 0.0)
        middle = scenario.rules.first_light_floor_s.middle or 0.0
        return Commits(
            np.maximum(commits.early_s, early + low),
            np.maximum(commits.declared_s, late + middle),
            np.maximum(commits.late_s, late + high),
        )

    def against(self, party: str) -> _Against:
        """The flights of a party's deterrent, flown once."""
        if party not in self._against:
            self._against[party] = self._flown(party)
        return self._against[party]

    def _flown(self, party: str) -> _Against:
        claims = [c for m in self.base.interceptors.values() for c in m.claims]
        edges = {f.middle for c in claims for f in (c.altitude_min_km, c.altitude_max_km) if f.middle}
        inside = {e for e in edges if 0.0 < e < 2000.0} | {self.base.rules.cloud_break_km.middle or 0.0}
        flights = protected_flights(self.base, party, tuple(sorted(inside - {0.0})), quick=self._quick)
        other = next(i for i, p in enumerate(self.base.parties) if p.id != party)
        tracks = flights.tracks
        return _Against(
            flights,
            LatestTable(tracks),
            LatestTable(tracks, "before burnout"),
            LatestTable(over_land(tracks, self._land_of(other))),
            sightings_of(self.base, flights, sorted(self.base.sensors)),
            burnout_commits(self.base, flights),
            worst_commits(self.base, flights),
        )

    def _land_of(self, index: int) -> Array:
        """Unit vectors, geocentric, of the cells of a party's members' land."""
        cells = build_cells(self.base, LAND_SPACING_KM)
        here = cells.party == index
        return _unit(cells.lat_deg[here], cells.lon_deg[here])


def _unit(lat_deg: Array, lon_deg: Array) -> Array:
    lat, lon = np.radians(lat_deg), np.radians(lon_deg)
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=-1)


def over_land(tracks: Tracks, land: Array) -> Tracks:
    """The tracks with every sample that is not over the land put below any altitude window."""
    return replace(tracks, altitude_m=np.where(_above(tracks, land), tracks.altitude_m, -1.0))


def _above(tracks: Tracks, land: Array) -> Bool[Array, "n m"]:
    """Whether each sample stands over a cell of the land (geocentric latitude serves at this coarseness)."""
    from scipy.spatial import cKDTree

    if len(land) == 0:
        return np.zeros(tracks.altitude_m.shape, dtype=bool)
    under_it = tracks.position_m / np.linalg.norm(tracks.position_m, axis=-1, keepdims=True)
    distance, _ = cKDTree(land).query(under_it.reshape(-1, 3))
    near = distance.reshape(tracks.altitude_m.shape) * 6371.0 <= 0.71 * LAND_SPACING_KM
    return np.asarray(near)


def _margin(case: Case) -> float | None:
    """The least margin in seconds at the furthest-reaching corner."""
    early = case.commits.early_s[:, None]
    least = math.inf
    for box in case.boxes:
        latest = case.furthest(box)
        with np.errstate(invalid="ignore"):
            gap = np.where(np.isfinite(early) & np.isfinite(latest), early - latest, math.inf)
        least = min(least, float(gap.min(initial=math.inf)))
    return least if math.isfinite(least) else None


def _with_ships(scenario: Scenario) -> Scenario:
    """The scenario with a ship of each interceptor that goes to sea in each named box, each a row."""
    seas = scenario.sea_areas if scenario.fictional else {**load_catalogue().sea_areas, **scenario.sea_areas}
    afloat: dict[str, Battery] = {}
    for a in scenario.architectures.values():
        for b in a.batteries:
            if b.sea_area is not None:
                afloat.setdefault(b.interceptor, b)
    ships = {s.id: s for b in afloat.values() for sea in seas.values() for s in [_ship(b, sea)]}
    return replace(scenario, sea_areas=seas, architectures={**scenario.architectures, **ships})


def _ship(battery: Battery, sea: SeaArea) -> Architecture:
    name = f"{battery.interceptor} in {sea.id}"
    one = replace(battery, id=f"{name}/ship", sea_area=sea.id, site=None, number=None, status="assumed")
    return Architecture(
        id=name,
        name=f"a ship with it in the {sea.name}",
        proposer_party=battery.party,
        proposer_member=battery.member,
        dates=(),
        command_mode=None,
        batteries=(one,),
        sensors=(),
        joins=(),
        own_system=False,
        elements=(),
        undeclared=(),
        objections=(),
        status="assumed",
        source="put in by the rows of measures: a ship can go where no proposal put it",
    )


def rows_of(judge: RowJudge) -> Iterator[MeasureRow]:
    """Every row, judged before any measure."""
    for subject, owner, party in judge.subjects:
        sea = subject.split(" in ", 1)[1] if " in " in subject else None
        one_sea = judge.one_sea((subject, owner, party))
        for rung in LADDER if sea is None else SEA_RUNGS:
            word, margin = judge.judge(judge.base, subject, owner, party, rung, set())
            kind: Literal["architecture", "sea"] = "architecture" if sea is None else "sea"
            yield MeasureRow(subject, kind, owner, party, rung, word, margin, sea, one_sea)
