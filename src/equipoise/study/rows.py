"""The first table: one row an architecture and command mode, with its one operand vector."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from equipoise.defence import Coverage, OperandVector, RegionCoverage, gain
from equipoise.guarantee import AS_DECLARED, WORST_CASE, Guarantee
from equipoise.scenario import Architecture, ReleaseRule, Scenario
from equipoise.study.types import Study
from equipoise.study.wording import NOT_DECLARED, brief, figure

KNOWN = ("read", "reported", "derived", "computed", "assumed", "unknown")


@dataclass(frozen=True)
class Side:
    """What one row means for one party."""

    party: str
    name: str
    gained: float | None
    """People met beyond what the members meet with their own systems, negative = fewer; None for a row that
    is itself an own system: it counts in the baseline."""
    share_met: float | None
    """Of the party's threatened people; None where nobody of it is threatened."""
    share_alone: float | None
    threatened: float
    worst_off: RegionCoverage | None
    as_declared: Guarantee | None
    """The verdict on this party's deterrent."""
    worst_case: Guarantee | None


@dataclass(frozen=True)
class Row:
    """One architecture under one command mode, at equal decision times."""

    architecture: Architecture
    mode: ReleaseRule
    joined: bool
    """False where nothing of the partner is joined."""
    as_proposed: bool
    """True for the row as the proposal was made; the other rows of a proposal are what-ifs."""
    operands: tuple[str, ...]
    brief: tuple[str, ...]
    """The same in a few words a claim, for the first table."""
    commit: str
    commit_s: float | None
    """Median over threatened places of the earliest permitted commit, s from launch; None without a track."""
    fire_control: str
    sides: tuple[Side, Side]
    statuses: tuple[tuple[str, float], ...]
    """(status, share of the row's operands that have it)."""

    @property
    def name(self) -> str:
        return f"{self.architecture.name}, {self.mode.name}{' (what-if)' if self.what_if else ''}"

    @property
    def what_if(self) -> bool:
        """Whether the row joins the partner to a proposal that was not made as a joint one."""
        return self.joined and not self.architecture.joint


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
        first, second = (_side(study, c, i) for i in (0, 1))
        yield Row(
            architecture=architecture,
            mode=mode,
            joined=c.joined,
            as_proposed=proposed,
            operands=operand_lines(scenario, c.operands),
            brief=brief_lines(scenario, c.operands),
            commit=commit_line(c),
            commit_s=median_commit_s(c),
            fire_control=c.fire_control,
            sides=(first, second),
            statuses=status_shares(c.operands),
        )


def _side(study: Study, coverage: Coverage, index: int) -> Side:
    party, base = study.scenario.parties[index], study.baseline
    mine = [r for r in coverage.regions if r.party == party.id]
    threatened = sum(r.population_threatened for r in mine)
    any_threat = threatened > 0
    row = (coverage.architecture, coverage.mode, party.id)
    own_system = study.scenario.architectures[coverage.architecture].own_system
    return Side(
        party=party.id,
        name=party.name,
        gained=None if own_system else gain(coverage, base, party.id),
        share_met=coverage.population_fraction(party.id) if any_threat else None,
        share_alone=base.population_fraction(party.id) if any_threat else None,
        threatened=threatened,
        worst_off=coverage.worst_off(party.id),
        as_declared=study.guarantee(*row, AS_DECLARED, coverage.joined),
        worst_case=study.guarantee(*row, WORST_CASE, coverage.joined),
    )


def operand_lines(scenario: Scenario, operands: tuple[OperandVector, ...]) -> tuple[str, ...]:
    """One line a claim: speed at its altitude, burnout time, window, cap, range, places and numbers."""
    by_claim: dict[str, list[OperandVector]] = {}
    for v in operands:
        by_claim.setdefault(v.claim, []).append(v)
    lines = []
    for vectors in by_claim.values():
        v = vectors[0]
        places = ", ".join(dict.fromkeys(_place(scenario, each) for each in vectors))
        lines.append(
            f"{scenario.interceptors[v.interceptor].name} ({v.author}): "
            f"{brief(v.speed_km_s, 'km/s')} at {brief(v.burnout_altitude_km, 'km')}, "
            f"burnout {brief(v.time_to_burnout_s, 's')}, "
            f"window {v.altitude_min_km:g} to {_top(v.altitude_max_km)}, "
            f"flight cap {brief(v.flight_cap_s, 's')}, range {brief(v.range_km, 'km')}; {places}"
        )
    return tuple(lines)


def brief_lines(scenario: Scenario, operands: tuple[OperandVector, ...]) -> tuple[str, ...]:
    """Speed at its altitude, burnout, window and cap of each claim, without places and authors."""
    claims = {v.claim: v for v in operands}
    return tuple(
        f"{scenario.interceptors[v.interceptor].name}: {brief(v.speed_km_s, 'km/s')} @ "
        f"{brief(v.burnout_altitude_km, 'km')}, burnout {brief(v.time_to_burnout_s, 's')}, "
        f"{v.altitude_min_km:g} to {_top(v.altitude_max_km)}, cap {brief(v.flight_cap_s, 's')}"
        for v in claims.values()
    )


def median_commit_s(coverage: Coverage) -> float | None:
    """Median over threatened places that have a track; None where none has."""
    times = coverage.first_commit_s[coverage.threatened]
    tracked = times[np.isfinite(times)]
    return float(np.median(tracked)) if len(tracked) else None


def _place(scenario: Scenario, v: OperandVector) -> str:
    number = f"number {NOT_DECLARED}" if v.number is None else f"{v.number}"
    if v.site in scenario.sites:
        return f"{scenario.sites[v.site].name} ({number})"
    if v.site in scenario.sea_areas:
        return f"ships, {scenario.sea_areas[v.site].name} ({number})"
    return f"place {NOT_DECLARED} ({number})"


def _top(altitude_km: float) -> str:
    return f"{altitude_km:g} km" if np.isfinite(altitude_km) else "no ceiling declared"


def commit_line(coverage: Coverage) -> str:
    """Where commit counts from and what it comes to, over the threatened places."""
    times = coverage.first_commit_s[coverage.threatened]
    tracked = times[np.isfinite(times)]
    rule = f"first track + {figure(coverage.decision_s, 's')} decision"
    if not len(tracked):
        return f"{rule}: no track of any flight"
    low, middle, high = np.percentile(tracked, [5, 50, 95])
    spread = f"median over places; {low:.0f} to {high:.0f} s for 90 % of them"
    text = f"{rule} = {middle:.0f} s after launch ({spread})"
    missed = 1.0 - len(tracked) / len(times)
    return text if missed == 0 else f"{text}; no track for {100 * missed:.0f} % of places"


def status_shares(operands: tuple[OperandVector, ...]) -> tuple[tuple[str, float], ...]:
    """Share of all operands by status; each operand of each distinct claim and place counts once."""
    counted = {(v.claim, v.site, name): status for v in operands for name, status, _ in v.statuses}
    count = Counter(counted.values())
    return tuple((s, count[s] / len(counted)) for s in KNOWN if count[s])  # type: ignore[index]
