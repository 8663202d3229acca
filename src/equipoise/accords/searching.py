"""Finding a finding again: by its digest, or by its obligation, among evaluations made anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from equipoise.accords.judging import Evaluation
from equipoise.accords.types import Finding
from equipoise.accords.writing import digest

SHORTEST = 8
"""Hex digits that a shortened digest must have."""
Match = Callable[[Finding], bool]


def is_digest(text: str) -> bool:
    """Whether the word can only be a digest, whole or shortened."""
    return SHORTEST <= len(text) <= 64 and all(c in "0123456789abcdef" for c in text)


def by_digest(text: str) -> Match:
    """Findings whose digest begins so."""
    return lambda finding: digest(finding).startswith(text)


def by_name(obligation: str, party: str | None, category: str | None, reading: str | None) -> Match:
    """Findings of an obligation, narrowed by what else is given."""

    def matches(finding: Finding) -> bool:
        return (
            finding.obligation == obligation
            and party in (None, finding.party)
            and category in (None, finding.category)
            and reading in (None, finding.reading)
        )

    return matches


def first_with(
    evaluations: Iterable[Evaluation], match: Match
) -> tuple[Evaluation, tuple[Finding, ...]] | None:
    """The first evaluation that holds a finding that matches, and all of its findings that do."""
    for judged in evaluations:
        found = tuple(f for f in judged.findings if match(f))
        if found:
            return judged, found
    return None
