"""Prove: for each architecture, mode, party and rung, can it touch that party's deterrent?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from equipoise.defence import operand_vectors, proposed_rule, rule_apart, unjoined
from equipoise.guarantee.boxes import Box, claims_box, declared_box
from equipoise.guarantee.commits import (
    Commits,
    burnout_commits,
    declared_commits,
    sightings_of,
    worst_commits,
)
from equipoise.guarantee.counting import WITHHELD, boxes_of, count, counted, vector_sets
from equipoise.guarantee.moments import TRACK
from equipoise.guarantee.protected import ProtectedFlights, protected_flights
from equipoise.guarantee.rows import bounded_by_worst, row_of, row_without
from equipoise.guarantee.table import LatestTable
from equipoise.guarantee.types import Counted, Guarantee
from equipoise.guarantee.verdicts import Case
from equipoise.scenario import Architecture, ReleaseRule, Scenario
from equipoise.sensing import Sightings

AS_DECLARED, AFTER_BURNOUT, WORST_CASE = "as declared", "burnout plus track", "worst case"
LADDER = (AS_DECLARED, AFTER_BURNOUT, WORST_CASE)
"""The rungs of commit; the first takes the declared box, the others every author's claim."""
BURNOUT_QUALITY = "search"
"""Of the track after burnout: the least that a rule may ask of a radar."""
Progress = Callable[[str], None]


@dataclass(frozen=True)
class _Ground:
    """What all rows that protect one party share."""

    scenario: Scenario
    owner: str
    flights: ProtectedFlights
    after_burnout: LatestTable
    before_burnout: LatestTable
    seen: tuple[Sightings, Sightings]
    burnout: Commits
    worst: Commits


@dataclass(frozen=True)
class Proof:
    """Every row, and how much was worked out for them."""

    guarantees: tuple[Guarantee, ...]
    flights: int
    engagements: int
    """Latest commits worked out: one a flight, point of the interceptor's box and place."""


def prove(
    scenario: Scenario,
    *,
    architectures: Sequence[str] | None = None,
    rungs: Sequence[str] = LADDER,
    quick: bool = False,
    progress: Progress | None = None,
) -> tuple[Guarantee, ...]:
    """The rows of ``proof_of``."""
    found = proof_of(scenario, architectures=architectures, rungs=rungs, quick=quick, progress=progress)
    return found.guarantees


def proof_of(
    scenario: Scenario,
    *,
    architectures: Sequence[str] | None = None,
    rungs: Sequence[str] = LADDER,
    quick: bool = False,
    progress: Progress | None = None,
) -> Proof:
    """Both parties' deterrents against the other's interceptors: every architecture, mode and rung.

    An architecture's rows count its own batteries; members' own systems are rows of their own, under
    their own rule. A proposal that is not joint has a row more, in its own mode with nothing of the partner
    joined. ``rungs`` may be fewer. ``quick`` fills areas more thinly and looks at fewer times of each
    flight.
    """
    chosen = [a for a in scenario.architectures.values() if architectures is None or a.id in architectures]
    say = progress or (lambda _: None)
    rows: list[Guarantee] = []
    flights = engagements = 0
    for party, other in (scenario.parties, scenario.parties[::-1]):
        say(f"flying the deterrent of {party.name}")
        boxes = {a.id: _boxes(scenario, a, other.id) for a in chosen}
        ground = _ground(scenario, party.id, other.id, chosen, boxes, quick)
        say(f"{len(ground.flights)} flights of {party.name} against {len(chosen)} architectures")
        for architecture in chosen:
            rows += _rows(ground, architecture, rungs, *boxes[architecture.id])
        flights += len(ground.flights)
        engagements += ground.after_burnout.engagements + ground.before_burnout.engagements
    order = {a.id: i for i, a in enumerate(chosen)}
    return Proof(tuple(sorted(rows, key=lambda g: order[g.architecture])), flights, engagements)


def _boxes(
    scenario: Scenario, architecture: Architecture, owner: str
) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
    """The owner's batteries of the architecture itself: as declared, and over all authors' claims."""
    own = {b.id for b in architecture.batteries if b.party == owner}
    vectors = [v for v in operand_vectors(scenario, architecture) if v.battery in own and len(v.places_deg)]
    return tuple(declared_box(scenario, v) for v in vectors), tuple(claims_box(scenario, v) for v in vectors)


def _ground(
    scenario: Scenario,
    party: str,
    owner: str,
    chosen: Sequence[Architecture],
    boxes: dict[str, tuple[tuple[Box, ...], tuple[Box, ...]]],
    quick: bool,
) -> _Ground:
    every = [box for pair in boxes.values() for column in pair for box in column]
    flights = protected_flights(scenario, party, edges_of(scenario, every), quick=quick)
    joined = (scenario.architectures[name] for a in chosen for name in a.joins)
    sensors = sorted({s for a in (*chosen, *joined) for s in a.sensors})
    return _Ground(
        scenario,
        owner,
        flights,
        LatestTable(flights.tracks),
        LatestTable(flights.tracks, "before burnout"),
        sightings_of(scenario, flights, sensors),
        burnout_commits(scenario, flights),
        worst_commits(scenario, flights),
    )


def edges_of(scenario: Scenario, boxes: Iterable[Box]) -> tuple[float, ...]:
    """Altitudes (km) on which samples must stand: windows' edges that flights cross, and cloud break."""
    specs = [spec for box in boxes for spec in box.specs()]
    edges = {e for s in specs for e in (s.altitude_min_km, s.altitude_max_km) if 0.0 < e < 2000.0}
    return tuple(sorted(edges | {scenario.rules.cloud_break_km.middle or 0.0} - {0.0}))


def _rows(
    ground: _Ground,
    architecture: Architecture,
    rungs: Sequence[str],
    declared: tuple[Box, ...],
    claimed: tuple[Box, ...],
) -> list[Guarantee]:
    """The rungs of one architecture in every mode; what rests on the same commits is judged once."""
    scenario, known = ground.scenario, dict[tuple[str, bytes], Guarantee]()

    vectors = vector_sets(scenario, architecture, ground.owner)
    sets = {box: boxes_of(scenario, vectors, box) for box in (declared_box, claims_box)}

    def judged(rule: ReleaseRule, taken: Architecture, rung: str) -> Guarantee:
        case = _case(ground, taken, rule, rung, declared, claimed)
        key = (rung, _commits_key(case.commits))
        if key not in known:
            ways = counted(scenario, case, sets[declared_box if rung == AS_DECLARED else claims_box])
            if case.boxes:
                row = row_of(scenario, architecture.id, rule.id, rung, case, counted=ways)
                known[key] = replace(row, if_withheld=_withheld(ground, taken, rule, case))
            else:
                known[key] = row_without(scenario, architecture, rule.id, rung, ground.flights, ways)
        return known[key]

    rows = []
    for rule, taken, joined in _runs(scenario, architecture):
        for rung in rungs:
            row = judged(rule, taken, rung)
            if row.turns_on == (TRACK,) and judged(rule, taken, WORST_CASE).verdict == "holds":
                row = bounded_by_worst(row)
            quality = {AS_DECLARED: rule.confidence, AFTER_BURNOUT: BURNOUT_QUALITY}.get(rung)
            rows.append(replace(row, mode=rule.id, joined=joined, track_quality=quality))
    return rows


def _withheld(ground: _Ground, taken: Architecture, rule: ReleaseRule, case: Case) -> Counted | None:
    """The case with the owner's own sensors alone, where the partner's give some first track."""
    if not case.lent:
        return None
    own = replace(rule, picture="own")
    commits, _ = declared_commits(ground.scenario, taken, own, ground.owner, ground.seen)
    return count(ground.scenario, replace(case, commits=commits, lent=0), WITHHELD)


def _case(
    ground: _Ground,
    architecture: Architecture,
    rule: ReleaseRule,
    rung: str,
    declared: tuple[Box, ...],
    claimed: tuple[Box, ...],
) -> Case:
    """What one rung is judged on; all but the first are the same in every mode."""
    flights, after = ground.flights, ground.after_burnout
    if rung == AS_DECLARED:
        commits, lent = declared_commits(ground.scenario, architecture, rule, ground.owner, ground.seen)
        return Case(flights, declared, commits, after, None, lent)
    if rung == AFTER_BURNOUT:
        return Case(flights, claimed, ground.burnout, after, None)
    return Case(flights, claimed, ground.worst, after, ground.before_burnout)


def _commits_key(commits: Commits) -> bytes:
    return b"".join(getattr(commits, name).tobytes() for name in ("early_s", "declared_s", "late_s"))


def _runs(
    scenario: Scenario, architecture: Architecture
) -> tuple[tuple[ReleaseRule, Architecture, bool], ...]:
    """(rule, architecture as it is run, is it joined): all modes, then, unless it is joint, unjoined.

    Of a member's own system nothing is shared, so that it has the last row only.
    """
    if architecture.joint:
        return tuple((rule, architecture, True) for rule in scenario.modes)
    alone = (rule_apart(proposed_rule(scenario, architecture)), unjoined(scenario, architecture), False)
    if architecture.own_system:
        return (alone,)
    return (*((rule, architecture, True) for rule in scenario.modes), alone)
