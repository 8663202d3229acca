"""The first table: one row an architecture and command mode, with its one operand vector."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from equipoise.defence import Coverage, gain, people_met
from equipoise.guarantee import AFTER_BURNOUT, AS_DECLARED, LADDER, WORST_CASE, Guarantee
from equipoise.scenario import Architecture, ReleaseRule, Scenario
from equipoise.study.operands import (
    brief_lines,
    joined_systems,
    median_commit_s,
    operand_lines,
    own_vectors,
    status_shares,
)
from equipoise.study.types import Study
from equipoise.study.wording import percent

Span = tuple[float, float]
"""(least, most) over the mode's own range of decision times."""


@dataclass(frozen=True)
class Side:
    """What one row means for one party."""

    party: str
    name: str
    gained: Span | None
    """People met beyond what the members meet with their own systems, negative = fewer; None for a row that
    is itself an own system: it counts in the baseline."""
    share_met: Span | None
    """Of the party's threatened people; None where nobody of it is threatened."""
    share_alone: float | None
    """The same with own systems alone; None where that is not computed."""
    threatened: float
    worst_off: str | None
    """The member, or part of one, with the least share met at the slow end, and that share."""
    share_projected: float | None
    """The same against the threats that are only projected; None where none is."""
    unstated: bool
    """Whether the people met rest on a sensor whose range has no stated target."""
    commit_s: Span | None
    """Median over threatened places of the earliest permitted commit, s from launch; None without a track."""
    added: bool
    """Whether the row itself places an interceptor of the other party; if not, it adds nothing against this
    party's deterrent."""
    others_own: tuple[str, ...]
    """Names of the other party's own systems, which stand in rows of their own."""
    verdicts: tuple[tuple[str, Guarantee | None], ...]
    """(rung, verdict on this party's deterrent), as declared first and at worst last."""

    @property
    def unchanged(self) -> bool:
        """Whether the row leaves this party just what its own systems meet alone."""
        return self.gained is not None and self.share_alone is not None and max(map(abs, self.gained)) < 0.5

    def verdict(self, rung: str) -> Guarantee | None:
        """The verdict at one rung; None where it was not asked."""
        return dict(self.verdicts).get(rung)

    @property
    def as_declared(self) -> Guarantee | None:
        return self.verdict(AS_DECLARED)

    @property
    def after_burnout(self) -> Guarantee | None:
        return self.verdict(AFTER_BURNOUT)

    @property
    def worst_case(self) -> Guarantee | None:
        return self.verdict(WORST_CASE)


@dataclass(frozen=True)
class Row:
    """One architecture under one command mode, over that mode's own range of decision times."""

    architecture: Architecture
    mode: ReleaseRule
    joined: bool
    """False where nothing of the partner is joined."""
    as_proposed: bool
    """True for the row as the proposal was made; the other rows of a proposal are what-ifs."""
    decision_s: Span
    operands: tuple[str, ...]
    """Of the row's own batteries, which are the ones that its verdicts count."""
    brief: tuple[str, ...]
    """The same in a few words a claim, for the first table."""
    joins: tuple[Architecture, ...]
    """Systems that join it, each with a row of its own."""
    fire_control: str
    sides: tuple[Side, Side]
    statuses: tuple[tuple[str, float], ...]
    """(status, share of the row's operands that have it)."""

    @property
    def name(self) -> str:
        return f"{self.architecture.name}, {self.mode.name}{' (if joined)' if self.what_if else ''}"

    @property
    def what_if(self) -> bool:
        """Whether the row joins the partner to a proposal that was not made as a joint one."""
        return self.joined and not self.architecture.joint

    @property
    def placed(self) -> bool:
        """Whether the architecture itself places an interceptor; else it is a way of joining."""
        return bool(self.architecture.batteries)

    @property
    def computed(self) -> bool:
        """False where the facts lack the sensors that the architecture rests on."""
        return not self.architecture.sensors_missing


def rows_of(study: Study) -> tuple[Row, ...]:
    """Every row, architectures in the scenario's order, modes in the scenario's order."""
    return tuple(_rows(study))


def _rows(study: Study) -> Iterator[Row]:
    scenario = study.scenario
    modes = {m.id: m for m in scenario.modes}
    for c in study.coverages:
        if (c.variant, c.timing) != ("whole", "equal"):
            continue
        architecture, mode = scenario.architectures[c.architecture], modes[c.mode]
        proposed = study.proposed_row(architecture.id) == (mode.id, c.joined)
        if architecture.own_system and not proposed:
            continue
        own = own_vectors(scenario, architecture)
        fast, slow = study.own_range(c)
        yield Row(
            architecture=architecture,
            mode=mode,
            joined=c.joined,
            as_proposed=proposed,
            decision_s=(fast.decision_s, slow.decision_s),
            operands=operand_lines(scenario, own),
            brief=brief_lines(scenario, own),
            joins=joined_systems(scenario, architecture, c.joined),
            fire_control=c.fire_control,
            sides=(_side(study, c, 0), _side(study, c, 1)),
            statuses=status_shares(own),
        )


def _side(study: Study, coverage: Coverage, index: int) -> Side:
    scenario = study.scenario
    party, architecture = scenario.parties[index], scenario.architectures[coverage.architecture]
    threatened = sum(r.population_threatened for r in coverage.regions if r.party == party.id)
    fast, slow = study.own_range(coverage)
    row = (coverage.architecture, coverage.mode, party.id)
    gains = (gain(slow, study.baseline, party.id), gain(fast, study.baseline, party.id))
    shares = (slow.population_fraction(party.id), fast.population_fraction(party.id))
    alone = study.baseline.population_fraction(party.id)
    known = threatened > 0 and study.baseline_known(party.id)
    return Side(
        party=party.id,
        name=party.name,
        gained=None if architecture.own_system else (min(gains), max(gains)),
        share_met=(min(shares), max(shares)) if threatened > 0 else None,
        share_alone=alone if known else None,
        threatened=threatened,
        worst_off=worst_off(slow, party.id),
        share_projected=_projected(study, coverage, party.id),
        unstated=_rests_on_unstated(study, coverage, party.id),
        commit_s=_commits(study, fast, slow, index),
        added=any(b.party != party.id for b in architecture.batteries),
        others_own=own_systems_against(scenario, party.id),
        verdicts=tuple((rung, study.guarantee(*row, rung, coverage.joined)) for rung in LADDER),
    )


def own_systems_against(scenario: Scenario, party: str) -> tuple[str, ...]:
    """Names of own systems that stand in rows of their own and hold interceptors of the other party."""
    return tuple(
        a.name
        for a in scenario.architectures.values()
        if a.own_system and any(b.party != party for b in a.batteries)
    )


def worst_off(coverage: Coverage, party: str) -> str | None:
    """Who is worst off, by the least share met: one name, a tie counted, or all."""
    of = [r for r in coverage.regions if r.party == party and r.population_threatened > 0]
    if not of:
        return None
    country = Counter(r.country for r in coverage.regions)
    shares = {
        f"{r.name}{' (part)' if country[r.country] > 1 else ''}": r.population_met / r.population_threatened
        for r in of
    }
    least = min(shares.values())
    tied = [name for name, share in shares.items() if share == least]
    if len(tied) == len(shares) and len(tied) > 1:
        return f"all at {percent(least)}"
    if len(tied) > 2:
        return f"{tied[0]} and {len(tied) - 1} others, {percent(least)}"
    return f"{' and '.join(tied)}, {percent(least)}"


def _projected(study: Study, coverage: Coverage, party: str) -> float | None:
    key = (coverage.architecture, coverage.mode, coverage.joined)
    found = study.projected_of.get(key)
    if found is None or not any(r.party == party and r.population_threatened > 0 for r in found.regions):
        return None
    return found.population_fraction(party)


def _rests_on_unstated(study: Study, coverage: Coverage, party: str) -> bool:
    found = study.stated_of.get((coverage.architecture, coverage.mode, coverage.joined))
    return found is not None and people_met(found, party) < people_met(coverage, party) - 0.5


def _commits(study: Study, fast: Coverage, slow: Coverage, index: int) -> Span | None:
    early, late = (median_commit_s(c, study.cells.party, index) for c in (fast, slow))
    if early is None or late is None:
        return None
    return min(early, late), max(early, late)
