"""What a proposal leaves undeclared, and the range of answers that each gap leaves open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from equipoise.defence import people_met
from equipoise.guarantee import AS_DECLARED, WORST_CASE, Guarantee
from equipoise.scenario import Architecture
from equipoise.study.types import Study
from equipoise.study.wording import people, verdict

#: Operand on which a verdict can turn, by the field of the operand vector that states it.
OPERAND_OF = {
    "speed_km_s": "interceptor speed",
    "burnout_altitude_km": "interceptor speed",
    "time_to_burnout_s": "time to burnout",
    "flight_cap_s": "flight cap",
    "altitude_min_km": "altitude window",
    "altitude_max_km": "altitude window",
    "range_km": "altitude window",
    "place": "site",
}


@dataclass(frozen=True)
class Gap:
    """One thing left open, as a question for the next meeting."""

    question: str
    leaves_open: tuple[str, ...]
    """The answers that it leaves open, a sentence a party or quantity."""


@dataclass(frozen=True)
class Undeclared:
    """All gaps of one architecture as it was proposed."""

    architecture: str
    name: str
    sentences: tuple[str, ...]
    """What the declared facts themselves say is missing."""
    gaps: tuple[Gap, ...]


def undeclared(study: Study) -> tuple[Undeclared, ...]:
    """Each architecture's gaps, in the scenario's order; those without any are left out."""
    found = (
        Undeclared(a.id, a.name, a.undeclared, tuple(_gaps(study, a)))
        for a in study.scenario.architectures.values()
    )
    return tuple(u for u in found if u.sentences or u.gaps)


def _gaps(study: Study, architecture: Architecture) -> Iterator[Gap]:
    for party in study.scenario.parties:
        declared, worst = (
            study.verdict_as_proposed(architecture.id, party.id, r) for r in (AS_DECLARED, WORST_CASE)
        )
        for verdict_row in (declared, worst):
            for operand in verdict_row.turns_on if verdict_row is not None else ():
                yield Gap(
                    f"What binds the {operand}?",
                    (f"{party.name}'s deterrent, {_rung(verdict_row)}: {_open(verdict_row)}",),
                )
    yield from _decision(study, architecture)
    yield from _unknown_operands(study, architecture)


def _rung(row: Guarantee | None) -> str:
    return "" if row is None else row.rung


def _open(row: Guarantee | None) -> str:
    """The verdicts that stay open while the operand is open."""
    if row is None:
        return "not asked"
    if row.verdict == "depends":
        return f"from {verdict('holds')} to {verdict('fails')}"
    return verdict(row.verdict)


def _decision(study: Study, architecture: Architecture) -> Iterator[Gap]:
    """The decision time is a stated range: what its two ends leave open, in people met."""
    try:
        fast, slow = (study.as_proposed(architecture.id, t) for t in ("fast", "slow"))
    except KeyError:
        return
    if fast.decision_s == slow.decision_s:
        return
    spans = tuple(
        f"{p.name}: {people(people_met(slow, p.id))} to {people(people_met(fast, p.id))} can be met"
        for p in study.scenario.parties
        if people_met(fast, p.id) - people_met(slow, p.id) >= 0.5
    )
    if spans:
        yield Gap(f"How long may a decision take, {fast.decision_s:.0f} or {slow.decision_s:.0f} s?", spans)


def _unknown_operands(study: Study, architecture: Architecture) -> Iterator[Gap]:
    """Fields of the operand vector that nobody declares, by interceptor."""
    seen: set[tuple[str, str]] = set()
    for vector in study.as_proposed(architecture.id).operands if architecture.batteries else ():
        for name, status, _ in vector.statuses:
            if status != "unknown" or (vector.interceptor, name) in seen or name not in OPERAND_OF:
                continue
            seen.add((vector.interceptor, name))
            label = study.scenario.interceptors[vector.interceptor].name
            yield Gap(f"{label}: {_field(name)} is not declared", _verdicts(study, architecture, name))


def _verdicts(study: Study, architecture: Architecture, field: str) -> tuple[str, ...]:
    out = []
    for party in study.scenario.parties:
        worst = study.verdict_as_proposed(architecture.id, party.id, WORST_CASE)
        if worst is None or not worst.operands:
            continue
        turns = OPERAND_OF[field] in worst.turns_on
        said = _open(worst) if turns else f"stays {verdict(worst.verdict)} whatever it is"
        if worst.verdict == "depends" and not turns:
            said = f"{verdict('depends')}, but not on this alone"
        out.append(f"{party.name}'s deterrent at worst: {said}")
    return tuple(out)


def _field(name: str) -> str:
    words = {"_km_s": " (km/s)", "_km": " (km)", "_s": " (s)"}
    for suffix, unit in words.items():
        if name.endswith(suffix):
            return name[: -len(suffix)].replace("_", " ") + unit
    return name.replace("_", " ")
