"""A finding as an indented proof that a lawyer can read: what, by which article, from what, why not."""

from __future__ import annotations

from collections.abc import Iterable

from equipoise.accords.agreement import name_of
from equipoise.accords.comparing import so_many
from equipoise.accords.types import Accord, Clause, Finding, Operand, Step
from equipoise.accords.writing import digest, rests_on

_FIRST = 4
"""Members of a long sum that are shown in full; the rest are named in one line."""


def proof(finding: Finding, accord: Accord) -> str:
    """The whole reasoning as plain text, ending with what would change it and what a breach entitles to."""
    about = " · ".join(p for p in (finding.obligation, finding.party, finding.category, finding.zone) if p)
    lines = [
        about,
        f"as of {finding.as_of}, as declared until {finding.known_at}; {name_of(finding.reading)}",
        "",
        f"{outcome(finding)}, because",
    ]
    lines += _step(finding.trace, "1", 1)
    for name, value in finding.details:
        said = ", ".join(value) if isinstance(value, tuple) else value
        lines.append(f"  {name.replace('_', ' ')}: {said}")
    if finding.why_not:
        lines += ["", "why not otherwise", *(f"  {line}" for line in finding.why_not)]
    worst = rests_on(finding)
    if worst is not None:
        lines += ["", f"the least known figure that it rests on is {worst}"]
    lines += ["", *_terms(finding, accord), f"digest {digest(finding)}"]
    return "\n".join(lines)


def outcome(finding: Finding) -> str:
    """The verdict with its margin in words: ``it breaches, 260 pieces over``."""
    if finding.verdict is None:
        return "a quantity, no verdict"
    words = {
        "complies": "it complies",
        "breaches": "it breaches",
        "cannot be decided": "it cannot be decided",
        "not owed": "nothing is owed",
    }[finding.verdict]
    if finding.margin is None:
        return words
    if finding.verdict == "breaches":
        return f"{words}, {so_many(-finding.margin, finding.unit)} beyond"
    return f"{words}, {so_many(finding.margin, finding.unit)} to spare"


def _step(step: Step, number: str, depth: int) -> Iterable[str]:
    pad = "  " * depth
    article = f" ({step.article})" if step.article else ""
    aside = "" if step.taken else " [set aside]"
    yield f"{pad}{number} {step.rule}{article}: {step.result or 'so'}{aside}"
    if step.arithmetic:
        yield f"{pad}    {step.arithmetic}"
    before = ""
    for operand in step.operands:
        value, told = _operand(operand)
        beside = "" if not told else " [as above]" if told == before else f" [{told}]"
        yield f"{pad}    {value}{beside}"
        before = told
    for place, child in enumerate(step.children, start=1):
        if place > _FIRST and _is_silent(child):
            continue
        yield from _step(child, f"{number}.{place}", depth + 1)
    rest = [c for c in step.children[_FIRST:] if _is_silent(c)]
    if rest:
        names = "; ".join(f"{c.rule}: {c.result}" for c in rest)
        yield f"{pad}  and {names}"


def _is_silent(step: Step) -> bool:
    return not step.operands and not step.children


def _operand(operand: Operand) -> tuple[str, str]:
    """The operand with its value, and what is told of it in brackets."""
    if operand.low is not None or operand.high is not None:
        most = "no upper bound" if operand.high is None else f"{operand.high:,}"
        value = f"{operand.low or 0:,} to {most}"
    elif isinstance(operand.value, bool) or operand.value is None:
        value = {True: "yes", False: "no", None: "not known"}[operand.value]
    else:
        value = f"{operand.value:,}" if isinstance(operand.value, int) else operand.value
    unit = f" {operand.unit}" if operand.unit and operand.value is not None else ""
    beside = [operand.article, operand.version, _sourced(operand), operand.note]
    told = "; ".join(part for part in beside if part)
    return f"{operand.name}: {value}{unit}", told


def _sourced(operand: Operand) -> str:
    if not operand.source:
        return operand.status
    return (
        f"{operand.status} in {operand.source}"
        if operand.status == "read"
        else (f"{operand.status}, {operand.source}" if operand.status else operand.source)
    )


def _terms(finding: Finding, accord: Accord) -> Iterable[str]:
    yield f"{accord.title}; binding force: {accord.force}"
    if finding.verdict == "breaches":
        yield f"what the breach entitles the others to: {_clause(accord.remedy)}"
    yield f"disputes: {_clause(accord.disputes)}"
    yield f"withdrawal: {_clause(accord.withdrawal)}"


def _clause(clause: Clause) -> str:
    told = "; ".join(p for p in (clause.article, clause.status, clause.source) if p)
    return f"{clause.says} [{told}]" if told else clause.says
