"""What a proposal leaves undeclared: what moves a verdict, what does not, and the answers left open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from equipoise.defence import people_met
from equipoise.guarantee import LADDER, Guarantee
from equipoise.scenario import Architecture
from equipoise.study.operands import own_vectors
from equipoise.study.types import Study
from equipoise.study.wording import people, rung, verdict

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
_QUESTIONS = {
    "interceptor speed": "How fast is the interceptor at burnout, and at what altitude?",
    "time to burnout": "How long does the interceptor burn?",
    "flight cap": "How long may the interceptor fly before it must meet its target?",
    "altitude window": "Between which altitudes, and how far out, can it meet a target?",
    "site": "Where exactly do the interceptors stand, or how far may the ships move?",
    "commit": "How early after the protected missile's launch may an interceptor be let go?",
    "track": "Which sensor would track the protected missiles, and how soon?",
    "which interceptors count": "Which interceptors count, of what kind, how many and where?",
    "boost model": "Whose model of the protected missile's boost is right?",
    "loft": "Which lofts of the protected missile does the guarantee cover?",
    "place in the launch area": "Where in the declared area would the protected missile stand?",
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
    """Those that move a verdict or a count of people."""
    unmoved: tuple[Gap, ...]
    """Those that are not declared either, but whatever they are, no verdict moves on them alone."""


def undeclared(study: Study) -> tuple[Undeclared, ...]:
    """Each architecture's gaps, in the scenario's order; those without any are left out."""
    found = (_of(study, a) for a in study.scenario.architectures.values())
    return tuple(u for u in found if u.sentences or u.gaps or u.unmoved)


def _of(study: Study, a: Architecture) -> Undeclared:
    """Verdicts are asked of the owner of the interceptors against the other party, and of nobody else."""
    asked = [
        (party.name, g)
        for party in study.scenario.parties
        for step in LADDER
        if (g := study.verdict_as_proposed(a.id, party.id, step)) is not None
        and (g.operands or not a.batteries)
    ]
    moving = {operand for _, g in asked for operand in g.turns_on}
    gaps = (*_movers(asked), *_decision(study, a))
    return Undeclared(a.id, a.name, a.undeclared, gaps, tuple(_unmoved(study, a, asked, moving)))


def _movers(asked: list[tuple[str, Guarantee]]) -> Iterator[Gap]:
    """One question for each kind of operand on which a verdict turns, with the verdicts left open."""
    answers: dict[str, dict[str, list[str]]] = {}
    for name, g in asked:
        for operand in g.turns_on:
            answers.setdefault(operand, {}).setdefault(f"{name}'s deterrent: {_open(g)}", []).append(
                rung(g.rung)
            )
    for operand, lines in answers.items():
        question = _QUESTIONS.get(operand, f"What binds the {operand}?")
        yield Gap(question, tuple(f"{said} ({', '.join(rungs)})" for said, rungs in lines.items()))


def _open(row: Guarantee) -> str:
    """The verdicts that stay open while the operand is open."""
    if row.verdict == "depends":
        return f"from {verdict('holds')} to {verdict('fails')}"
    return f"{verdict(row.verdict)} or {verdict('holds' if row.verdict == 'fails' else 'fails')}"


def _decision(study: Study, architecture: Architecture) -> Iterator[Gap]:
    """The decision time is a stated range: what its two ends leave open, in people met."""
    if architecture.sensors_missing:
        return
    fast, slow = study.own_range(study.as_proposed(architecture.id))
    if fast.decision_s == slow.decision_s:
        return
    ends = (
        (p.name, people(people_met(slow, p.id)), people(people_met(fast, p.id)))
        for p in study.scenario.parties
    )
    spans = tuple(f"{name}: {low} to {high} can be met" for name, low, high in ends if low != high)
    if spans:
        yield Gap(f"How long may a decision take, {fast.decision_s:.0f} or {slow.decision_s:.0f} s?", spans)


def _unmoved(
    study: Study, architecture: Architecture, asked: list[tuple[str, Guarantee]], moving: set[str]
) -> Iterator[Gap]:
    """Fields of the own batteries' operand vectors that nobody declares and on which no verdict turns."""
    fields: dict[str, dict[str, None]] = {}
    for vector in own_vectors(study.scenario, architecture):
        for name, status, _ in vector.statuses:
            if status == "unknown" and name in OPERAND_OF and OPERAND_OF[name] not in moving:
                label = study.scenario.interceptors[vector.interceptor].name
                fields.setdefault(_field(name), {})[label] = None
    said: dict[str, list[str]] = {}
    for name, g in asked:
        if g.operands:
            said.setdefault(f"{name}'s deterrent: {_stays(g)}", []).append(rung(g.rung))
    lines = tuple(f"{words} ({', '.join(rungs)})" for words, rungs in said.items())
    for field, labels in fields.items():
        yield Gap(f"{field}: {', '.join(labels)}", lines)


def _stays(g: Guarantee) -> str:
    word = verdict(g.verdict)
    return f"{word}, but not on this alone" if g.verdict == "depends" else f"stays {word} whatever it is"


def _field(name: str) -> str:
    words = {"_km_s": " (km/s)", "_km": " (km)", "_s": " (s)"}
    for suffix, unit in words.items():
        if name.endswith(suffix):
            return name[: -len(suffix)].replace("_", " ") + unit
    return name.replace("_", " ")
