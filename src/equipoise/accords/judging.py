"""Judging one accord on one day: every obligation under every reading, and where the readings part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any

from equipoise.accords.agreement import agreements, with_other_readings
from equipoise.accords.facts import Facts
from equipoise.accords.messages import bad_input
from equipoise.accords.types import Accord, Agreement, Finding, Query
from equipoise.scenario import did_you_mean

ACCORDS: Mapping[str, str] = {
    "cfe": "cfe",
    "flank": "flank",
    "acfe": "acfe",
    "istanbul": "istanbul",
    "vienna": "vienna",
    "founding-act": "founding_act",
    "restraint": "restraint",
    "launch-notice": "launch_notice",
    "transparency": "transparency",
    "transit": "transit",
    "cooperation": "cooperation",
    "relations": "relations",
}
"""The word on the command line and the file in ``rules/`` whose ``ACCORD`` it names."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What an accord comes to on a day: all findings, and whether the readings of each obligation agree."""

    accord: Accord
    as_of: date
    known_at: date
    findings: tuple[Finding, ...]
    agreement: tuple[Agreement, ...]
    warnings: tuple[str, ...] = ()
    query: Query | None = None

    @property
    def beside(self) -> Mapping[str, Any]:
        """What the accord sets beside its findings as plain data, worked out when asked for."""
        if self.accord.beside is None or self.query is None:
            return {}
        return self.accord.beside(self.query, self.findings)


def find_accord(name: str) -> Accord:
    """The accord of that name. InputError ``unknown-accord`` with the nearest."""
    if name not in ACCORDS:
        near = did_you_mean(name, ACCORDS)
        raise bad_input("unknown-accord", field="ACCORD", found=name, nearest=near, known=", ".join(ACCORDS))
    accord: Accord = import_module(f"equipoise.accords.rules.{ACCORDS[name]}").ACCORD
    return accord


def judge(
    name: str,
    facts: Facts,
    as_of: date,
    known_at: date | None = None,
    *,
    reading: str | None = None,
    asked: Mapping[str, str] | None = None,
) -> Evaluation:
    """Every finding of one accord on ``as_of``, by what had been declared at ``known_at``.

    ``known_at`` None is the first day by which all that speaks for ``as_of`` had been declared. ``reading``
    keeps one reading only (the text as written always stays, for comparison). InputError for an unknown
    accord, reading or word of ``asked``.
    """
    accord = find_accord(name)
    for word in asked or {}:
        if word not in accord.options:
            known = ", ".join(accord.options) or "nothing further"
            raise bad_input("unknown-option", field=f"--with {word}", accord=name, found=word, known=known)
    names = [r.name for r in accord.readings if r.name]
    if reading is not None and reading not in names:
        near, known = did_you_mean(reading, names), ", ".join(names) or "none"
        raise bad_input(
            "unknown-reading", field="--reading", accord=name, found=reading, nearest=near, known=known
        )
    when = known_at or declared_by(facts, as_of)
    query = Query(facts, as_of, when, dict(asked or {}))
    findings = with_other_readings(accord.judge(query))
    agreement = agreements(findings, accord.readings)
    if reading is not None:
        findings = tuple(f for f in findings if f.reading in (reading, None))
    return Evaluation(accord, as_of, when, findings, agreement, _warnings(as_of, when), query)


def declared_by(facts: Facts, as_of: date) -> date:
    """The first day, ``as_of`` or later, by which all that is declared of days up to it had been declared."""
    return max(as_of, *(d.declared_at for d in facts.declarations if d.as_of <= as_of), as_of)


def _warnings(as_of: date, known_at: date) -> tuple[str, ...]:
    if known_at >= as_of:
        return ()
    return (
        f"known_at {known_at} lies before as_of {as_of}: what was not yet declared then cannot be decided",
    )
