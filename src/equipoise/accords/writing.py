"""One finding as plain data, its canonical bytes (RFC 8785) and their SHA-256 digest.

A trace holds text, whole numbers, true, false and null only, and its keys are ASCII. Within that domain the
standard library's compact JSON with sorted keys is the canonical form of RFC 8785 byte for byte (a test
compares the two), and is many times faster than a general writer.
"""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from equipoise.accords.types import Agreement, Clause, Detail, Finding, Operand, Step
from equipoise.scenario import STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from equipoise.accords.judging import Evaluation

_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


def canonical(trace: dict[str, Any]) -> bytes:
    """The canonical bytes of a trace as plain data. ValueError for a lone surrogate (it is not text)."""
    return _encode(trace).encode("utf-8")


def digest(finding: Finding) -> str:
    """SHA-256 of the canonical bytes of the finding's trace, in hex: ``sha256(JCS(to_json()["trace"]))``."""
    return hashlib.sha256(canonical(trace_json(finding))).hexdigest()


def trace_json(finding: Finding) -> dict[str, Any]:
    """The whole reasoning as plain data: the finding itself, then its steps."""
    said: dict[str, Any] = {
        "accord": finding.accord,
        "obligation": finding.obligation,
        "party": finding.party,
        "category": finding.category,
        "zone": finding.zone,
        "as_of": finding.as_of.isoformat(),
        "known_at": finding.known_at.isoformat(),
        "reading": finding.reading,
        "verdict": finding.verdict,
        "margin": finding.margin,
        "unit": finding.unit,
    }
    for name, value in finding.details:
        said[name] = list(value) if isinstance(value, tuple) else _exact(value)
    if finding.why_not:
        said["why_not"] = list(finding.why_not)
    return {"finding": said, **_step(finding.trace)}


def to_json(finding: Finding) -> dict[str, Any]:
    """The finding as the command prints it, its trace and the digest of that trace."""
    trace = trace_json(finding)
    worst = rests_on(finding)
    details = {name: _shown(value) for name, value in finding.details}
    return {
        **{name: value for name, value in trace["finding"].items() if name not in details},
        **details,
        "rests_on": worst,
        "trace": trace,
        "digest": hashlib.sha256(canonical(trace)).hexdigest(),
    }


def agreement_json(agreement: Agreement) -> dict[str, Any]:
    """One row of ``agreement``; an empty ``differs_in`` means that all readings say the same."""
    return {
        "obligation": agreement.obligation,
        "party": agreement.party,
        "category": agreement.category,
        "zone": agreement.zone,
        "about": agreement.about or None,
        "readings": list(agreement.readings),
        "agree": agreement.agree,
        "differs_in": list(agreement.differs_in),
    }


def evaluation_json(judged: Evaluation, findings: Sequence[Finding] | None = None) -> dict[str, Any]:
    """The whole answer of ``keep ACCORD --json``; ``findings`` narrows it, and its agreement with it."""
    accord = judged.accord
    kept = judged.findings if findings is None else findings
    about = {(f.obligation, f.party, f.category, f.zone) for f in kept}
    return {
        "accord": accord.name,
        "title": accord.title,
        "force": accord.force,
        "as_of": judged.as_of.isoformat(),
        "known_at": judged.known_at.isoformat(),
        "withdrawal": _clause(accord.withdrawal),
        "disputes": _clause(accord.disputes),
        "remedy": _clause(accord.remedy),
        "readings": [
            {
                "name": r.name,
                "says": r.says,
                "choices": dict(r.choices),
                "source": r.source,
                "status": r.status,
            }
            for r in accord.readings
        ],
        "findings": [to_json(f) for f in kept],
        "agreement": [
            agreement_json(a)
            for a in judged.agreement
            if (a.obligation, a.party, a.category, a.zone) in about
        ],
        **judged.beside,
        "warnings": list(judged.warnings),
    }


def _clause(clause: Clause) -> dict[str, str]:
    return {
        "says": clause.says,
        "article": clause.article,
        "source": clause.source,
        "status": clause.status,
    }


def rests_on(finding: Finding) -> str | None:
    """The status of the least known figure that its trace took up; None where none has a status."""
    found = set(_statuses(finding.trace))
    return next((s for s in reversed(STATUSES) if s in found), None)


def _statuses(step: Step) -> Iterator[str]:
    if step.taken:
        yield from (o.status for o in step.operands if o.status)
        for child in step.children:
            yield from _statuses(child)


def _step(step: Step) -> dict[str, Any]:
    """A node as plain data; what is empty is left out, so that no two writers can disagree about it."""
    out: dict[str, Any] = {"rule": step.rule, "article": step.article}
    if step.operands:
        out["operands"] = [_operand(o) for o in step.operands]
    if step.arithmetic:
        out["arithmetic"] = step.arithmetic
    if step.result:
        out["result"] = step.result
    if not step.taken:
        out["taken"] = False
    if step.children:
        out["children"] = [_step(child) for child in step.children]
    return out


def _operand(operand: Operand) -> dict[str, Any]:
    out: dict[str, Any] = {"name": operand.name}
    if operand.low is not None or operand.high is not None:
        out["low"], out["high"] = operand.low, operand.high
    else:
        out["value"] = operand.value
    for name in ("unit", "article", "source", "status", "version", "note"):
        text = getattr(operand, name)
        if text:
            out[name] = text
    return out


def _exact(value: Detail) -> int | str | bool | None:
    return str(value) if isinstance(value, Decimal) else value  # type: ignore[return-value]


def _shown(value: Detail) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return list(value) if isinstance(value, tuple) else value
