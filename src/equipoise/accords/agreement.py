"""Rival readings side by side: do they agree, and if not, in which operand do they differ and by how much?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from equipoise.accords.types import Agreement, Finding, Reading

Key = tuple[str, str | None, str | None, str | None, str]
_ASIDE = ("quantity", "toward", "item", "member")
"""Details that tell two findings of one obligation apart."""


def key_of(finding: Finding) -> Key:
    """What a finding is about, whatever its reading."""
    aside = ";".join(str(value) for name, value in finding.details if name in _ASIDE)
    return (finding.obligation, finding.party, finding.category, finding.zone, aside)


def agreements(findings: Iterable[Finding], readings: Sequence[Reading]) -> tuple[Agreement, ...]:
    """One row for each thing judged: its readings, and the operands on which their verdicts part."""
    choices = {reading.name: reading for reading in readings}
    grouped: dict[Key, list[Finding]] = {}
    for finding in findings:
        grouped.setdefault(key_of(finding), []).append(finding)
    return tuple(_agreement(key, group, choices) for key, group in grouped.items())


def with_other_readings(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Each finding that does not comply learns under which reading it would ("why not")."""
    better: dict[Key, list[str]] = {}
    for finding in findings:
        if finding.verdict in ("complies", "not owed"):
            word = "comply" if finding.verdict == "complies" else "not be owed"
            better.setdefault(key_of(finding), []).append(f"it would {word} under {name_of(finding.reading)}")
    told = []
    for finding in findings:
        others = better.get(key_of(finding)) if finding.verdict in ("breaches", "cannot be decided") else None
        told.append(replace(finding, why_not=(*finding.why_not, *others)) if others else finding)
    return tuple(told)


def name_of(reading: str | None) -> str:
    """A reading in words."""
    return "the text as written" if reading is None else f"reading {reading}"


def _agreement(key: Key, group: list[Finding], choices: dict[str | None, Reading]) -> Agreement:
    if len(group) == 1:
        return Agreement(key[0], key[1], key[2], key[3], (group[0].reading,), True, (), key[4])
    first = group[0]
    same = all(_outcome(f) == _outcome(first) for f in group)
    differs = () if same else _differs(group, choices)
    readings = tuple(f.reading for f in group)
    return Agreement(key[0], key[1], key[2], key[3], readings, same, differs, key[4])


def _differs(group: list[Finding], choices: dict[str | None, Reading]) -> tuple[str, ...]:
    """``operand: choice (verdict, margin) / choice (verdict, margin)`` for each operand that parts them."""
    chosen = [dict(choices[f.reading].choices) if f.reading in choices else {} for f in group]
    default = dict(choices[None].choices) if None in choices else {}
    operands = dict.fromkeys(name for one in chosen for name in one)
    told = [value for f in group for name, value in f.details if name == "turns_on"]
    if told:
        turns = {operand for value in told if isinstance(value, tuple) for operand in value}
        operands = {name: None for name in operands if name in turns}
    parted = []
    for operand in operands:
        words: dict[str, str] = {}
        for finding, one in zip(group, chosen, strict=True):
            choice = one.get(operand, default.get(operand))
            if choice is not None:
                words.setdefault(choice, _outcome(finding))
        if len(words) > 1 and len(set(words.values())) > 1:
            parted.append(f"{operand}: " + " / ".join(f"{choice} ({said})" for choice, said in words.items()))
    return tuple(parted)


def _outcome(finding: Finding) -> str:
    """The verdict with its margin; of a finding that judges nobody, what it states."""
    margin = "" if finding.margin is None else f", {finding.margin:+,} {finding.unit}"
    return f"{finding.verdict or finding.trace.result or 'no verdict'}{margin}"
