"""Ledger: one record that both sides and an observer can audit, and that neither can rewrite.

Entries are canonical JSON signed by the party that makes them, in the Merkle tree of RFC 9162; checkpoints
are signed notes with cosignatures, receipts and trust policies are files of the C2SP formats, so that
programs of others can check all of it. ``run_vectors`` holds this code against published vectors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from equipoise.ledger.messages import MESSAGES, LedgerError

if TYPE_CHECKING:
    from equipoise.ledger.conformance import SectionResult, run_vectors
    from equipoise.ledger.files import read_input
    from equipoise.ledger.tree import inclusion_proof, leaf_hash, root_hash, verify_inclusion

_HOMES = {
    "conformance": ("SectionResult", "run_vectors"),
    "files": ("read_input",),
    "tree": ("inclusion_proof", "leaf_hash", "root_hash", "verify_inclusion"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "MESSAGES",
    "LedgerError",
    "SectionResult",
    "inclusion_proof",
    "leaf_hash",
    "read_input",
    "root_hash",
    "run_vectors",
    "verify_inclusion",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
