"""Running a file of vectors: section by section, each case for itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from equipoise.ledger.conformance import cosigning, keys, merkle, notes, policies, texts, witnessing
from equipoise.ledger.conformance.case import Case
from equipoise.ledger.json_text import read_json
from equipoise.ledger.messages import LedgerError, fault

Section: TypeAlias = "Callable[[Mapping[str, Any]], Iterator[Case]]"

SECTIONS: dict[str, Section] = {
    "merkle_hash": merkle.hashes,
    "merkle_roots": merkle.roots,
    "merkle_consistency": merkle.consistency,
    "merkle_inclusion": merkle.inclusion,
    "signed_note": notes.signed_note,
    "checkpoint": notes.checkpoint,
    "cosignature_v1": cosigning.cosignature,
    "witness": witnessing.witness,
    "tlog_proof": notes.receipts,
    "policy_quorum": policies.quorum,
    "jcs": texts.canonical_json,
    "ed25519_wycheproof": keys.wycheproof,
    "ed25519_edge": keys.edge_cases,
}
_ABOUT = {"about", "half", "sources"}
_OF_FORM = (KeyError, TypeError, ValueError, AttributeError, IndexError, StopIteration)
"""What a case that does not have the form of its section runs into."""
MAX_BYTES = 16 << 20


@dataclass(frozen=True)
class SectionResult:
    """One section: how many cases passed, and what each case that did not is."""

    name: str
    passed: int
    failed: tuple[str, ...]


def run_vectors(data: bytes, *, file: str | None = None) -> list[SectionResult]:
    """Every section of the file, in its order. LedgerError where the file itself cannot be read.

    A section that no check is known for counts as failed: silence would read as conformance.
    """
    vectors = read_json(data, file=file, exact=False, limit=MAX_BYTES)
    if not isinstance(vectors, dict) or not set(vectors) - _ABOUT:
        raise fault("vectors-form", file=file)
    return [_section(name, section) for name, section in vectors.items() if name not in _ABOUT]


def _section(name: str, section: Any) -> SectionResult:
    if name not in SECTIONS or not isinstance(section, dict):
        return SectionResult(name, 0, ("no check is known for this section",))
    passed, failed = 0, []
    try:
        for case in SECTIONS[name](section):
            fault_found = _try(case)
            passed += fault_found is None
            if fault_found is not None:
                failed.append(fault_found)
    except (LedgerError, *_OF_FORM) as error:
        failed.append(f"the section does not have its form: {type(error).__name__}: {error}")
    return SectionResult(name, passed, tuple(failed))


def _try(case: Case) -> str | None:
    """What is wrong, or None where the case holds."""
    try:
        return None if case.holds() else case.name
    except LedgerError as error:
        return f"{case.name}: refused: {error.message}"
    except _OF_FORM as error:
        return f"{case.name}: not of the form of its section: {type(error).__name__}: {error}"
