"""Ledger: one record that both sides and an observer can audit, and that neither can rewrite.

Entries are canonical JSON signed by the party that makes them, in the Merkle tree of RFC 9162; checkpoints
are signed notes with cosignatures, receipts and trust policies are files of the C2SP formats, so that
programs of others can check all of it. ``open_ledger`` opens a ledger and ``Ledger`` appends, signs
checkpoints and makes receipts; ``add_checkpoint`` is a witness; ``audit`` checks everything again;
``recompute`` runs a result's inputs again; ``run_vectors`` holds this code against published vectors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from equipoise.ledger.messages import MESSAGES, LedgerError, fault

if TYPE_CHECKING:
    from equipoise.ledger.auditing import Against, Audit, CheckpointState, audit
    from equipoise.ledger.bench import LedgerBench, LedgerRow, bench_ledger
    from equipoise.ledger.c2sp.checkpoint import Checkpoint, read_checkpoint
    from equipoise.ledger.c2sp.note import (
        COSIGNS,
        SIGNS_NOTE,
        Line,
        Note,
        VerifierKey,
        is_key_name,
        read_line,
        read_note,
        read_vkey,
    )
    from equipoise.ledger.c2sp.policy import Policy, read_policy
    from equipoise.ledger.checking import (
        CheckpointCheck,
        Misbehaviour,
        ReceiptCheck,
        check_checkpoint,
        check_receipt,
        compare_checkpoints,
        is_receipt,
    )
    from equipoise.ledger.conformance import SectionResult, run_vectors
    from equipoise.ledger.cosigning import cosign_ledger
    from equipoise.ledger.ed25519 import check_public_key
    from equipoise.ledger.entries import (
        KINDS,
        Body,
        Commitment,
        Declaration,
        Document,
        ExerciseMessage,
        Figure,
        Finding,
        Key,
        Order,
        Release,
        Result,
        Revocation,
        Veto,
        Word,
        document_of,
        from_texts,
        plain_body,
        read_body,
    )
    from equipoise.ledger.exporting import documents_of, export, held_documents
    from equipoise.ledger.files import check_name, read_input, write_new
    from equipoise.ledger.json_text import canonical, read_json
    from equipoise.ledger.key_files import Signer, check_private, make_key, read_key, read_public, signer_id
    from equipoise.ledger.quorum import QuorumRow, quorum_row, quorum_table
    from equipoise.ledger.recomputing import (
        Difference,
        Recomputed,
        Recomputer,
        compare,
        recompute,
        recompute_entry,
    )
    from equipoise.ledger.record import (
        ORIGIN,
        Ledger,
        create_ledger,
        make_policy,
        open_checkpoint,
        open_ledger,
    )
    from equipoise.ledger.signing import Payload, SignedEntry, read_entry, sign, stated_time
    from equipoise.ledger.tree import (
        consistency_proof,
        inclusion_proof,
        leaf_hash,
        node_hash,
        node_of,
        root_hash,
        verify_consistency,
        verify_inclusion,
    )
    from equipoise.ledger.witness import Answer, WitnessMemory, add_checkpoint

_HOMES = {
    "auditing": (
        "Against",
        "Audit",
        "CheckpointState",
        "audit",
    ),
    "bench": (
        "LedgerBench",
        "LedgerRow",
        "bench_ledger",
    ),
    "c2sp.checkpoint": (
        "Checkpoint",
        "read_checkpoint",
    ),
    "c2sp.note": (
        "COSIGNS",
        "SIGNS_NOTE",
        "Line",
        "Note",
        "VerifierKey",
        "is_key_name",
        "read_line",
        "read_note",
        "read_vkey",
    ),
    "c2sp.policy": (
        "Policy",
        "read_policy",
    ),
    "checking": (
        "CheckpointCheck",
        "Misbehaviour",
        "ReceiptCheck",
        "check_checkpoint",
        "check_receipt",
        "compare_checkpoints",
        "is_receipt",
    ),
    "conformance": (
        "SectionResult",
        "run_vectors",
    ),
    "cosigning": ("cosign_ledger",),
    "ed25519": ("check_public_key",),
    "entries": (
        "KINDS",
        "Body",
        "Commitment",
        "Declaration",
        "Document",
        "ExerciseMessage",
        "Figure",
        "Finding",
        "Key",
        "Order",
        "Release",
        "Result",
        "Revocation",
        "Veto",
        "Word",
        "document_of",
        "from_texts",
        "plain_body",
        "read_body",
    ),
    "exporting": (
        "documents_of",
        "export",
        "held_documents",
    ),
    "files": (
        "check_name",
        "read_input",
        "write_new",
    ),
    "json_text": (
        "canonical",
        "read_json",
    ),
    "key_files": (
        "Signer",
        "check_private",
        "make_key",
        "read_key",
        "read_public",
        "signer_id",
    ),
    "quorum": (
        "QuorumRow",
        "quorum_row",
        "quorum_table",
    ),
    "recomputing": (
        "Difference",
        "Recomputed",
        "Recomputer",
        "compare",
        "recompute",
        "recompute_entry",
    ),
    "record": (
        "ORIGIN",
        "Ledger",
        "create_ledger",
        "make_policy",
        "open_checkpoint",
        "open_ledger",
    ),
    "signing": (
        "Payload",
        "SignedEntry",
        "read_entry",
        "sign",
        "stated_time",
    ),
    "tree": (
        "consistency_proof",
        "inclusion_proof",
        "leaf_hash",
        "node_hash",
        "node_of",
        "root_hash",
        "verify_consistency",
        "verify_inclusion",
    ),
    "witness": (
        "Answer",
        "WitnessMemory",
        "add_checkpoint",
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "COSIGNS",
    "KINDS",
    "MESSAGES",
    "ORIGIN",
    "SIGNS_NOTE",
    "Against",
    "Answer",
    "Audit",
    "Body",
    "Checkpoint",
    "CheckpointCheck",
    "CheckpointState",
    "Commitment",
    "Declaration",
    "Difference",
    "Document",
    "ExerciseMessage",
    "Figure",
    "Finding",
    "Key",
    "Ledger",
    "LedgerBench",
    "LedgerError",
    "LedgerRow",
    "Line",
    "Misbehaviour",
    "Note",
    "Order",
    "Payload",
    "Policy",
    "QuorumRow",
    "ReceiptCheck",
    "Recomputed",
    "Recomputer",
    "Release",
    "Result",
    "Revocation",
    "SectionResult",
    "SignedEntry",
    "Signer",
    "VerifierKey",
    "Veto",
    "WitnessMemory",
    "Word",
    "add_checkpoint",
    "audit",
    "bench_ledger",
    "canonical",
    "check_checkpoint",
    "check_name",
    "check_private",
    "check_public_key",
    "check_receipt",
    "compare",
    "compare_checkpoints",
    "consistency_proof",
    "cosign_ledger",
    "create_ledger",
    "document_of",
    "documents_of",
    "export",
    "fault",
    "from_texts",
    "held_documents",
    "inclusion_proof",
    "is_key_name",
    "is_receipt",
    "leaf_hash",
    "make_key",
    "make_policy",
    "node_hash",
    "node_of",
    "open_checkpoint",
    "open_ledger",
    "plain_body",
    "quorum_row",
    "quorum_table",
    "read_body",
    "read_checkpoint",
    "read_entry",
    "read_input",
    "read_json",
    "read_key",
    "read_line",
    "read_note",
    "read_policy",
    "read_public",
    "read_vkey",
    "recompute",
    "recompute_entry",
    "root_hash",
    "run_vectors",
    "sign",
    "signer_id",
    "stated_time",
    "verify_consistency",
    "verify_inclusion",
    "write_new",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
