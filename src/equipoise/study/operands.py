"""Operand vectors in words: what reach depends on, battery by battery, and when a commit is permitted."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np

from equipoise.defence import Coverage, OperandVector, operand_vectors, unjoined
from equipoise.scenario import Architecture, Scenario
from equipoise.study.wording import NOT_DECLARED, brief, span

KNOWN = ("read", "reported", "derived", "computed", "assumed", "unknown")


def own_vectors(scenario: Scenario, architecture: Architecture) -> tuple[OperandVector, ...]:
    """Operands of the architecture's own batteries: those that its verdicts count."""
    return operand_vectors(scenario, replace(architecture, joins=()))


def joined_systems(scenario: Scenario, architecture: Architecture, joined: bool) -> tuple[Architecture, ...]:
    """Systems of other rows whose interceptors and sensors this row uses as well."""
    used = architecture if joined else unjoined(scenario, architecture)
    return tuple(scenario.architectures[name] for name in used.joins)


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


def _place(scenario: Scenario, v: OperandVector) -> str:
    number = f"number {NOT_DECLARED}" if v.number is None else f"{v.number}"
    if v.site in scenario.sites:
        return f"{scenario.sites[v.site].name} ({number})"
    if v.site in scenario.sea_areas:
        return f"ships, {scenario.sea_areas[v.site].name} ({number})"
    return f"place {NOT_DECLARED} ({number})"


def _top(altitude_km: float) -> str:
    return f"{altitude_km:g} km" if np.isfinite(altitude_km) else "no ceiling declared"


def median_commit_s(coverage: Coverage, party: np.ndarray, index: int) -> float | None:
    """Median of the earliest permitted commits over one party's threatened places that have a track.

    ``party`` is the index of the party of each cell. Seconds from launch; None where no place has a track.
    """
    times = coverage.first_commit_s[coverage.threatened & (party == index)]
    tracked = times[np.isfinite(times)]
    return float(np.median(tracked)) if len(tracked) else None


def commit_words(commit_s: tuple[float, float] | None) -> str:
    """The permitted commits at the two ends of the mode's own decision range."""
    if commit_s is None:
        return "no track of any flight"
    return f"commit {span(*commit_s, 's')} after launch (median)"


def status_shares(operands: tuple[OperandVector, ...]) -> tuple[tuple[str, float], ...]:
    """Share of all operands by status; each operand of each distinct claim and place counts once."""
    counted = {(v.claim, v.site, name): status for v in operands for name, status, _ in v.statuses}
    count = Counter(counted.values())
    return tuple((s, count[s] / len(counted)) for s in KNOWN if count[s])  # type: ignore[index]
