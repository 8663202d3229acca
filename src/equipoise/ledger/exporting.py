"""Exporting a ledger as plain files that any program can read, into a new folder and nowhere else.

Names come from indexes and digests alone. What an entry calls its documents never becomes a path: it was
written by a stranger.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from equipoise.ledger.entries import Declaration, Document, Result
from equipoise.ledger.files import sync_folder, write_new
from equipoise.ledger.messages import fault
from equipoise.ledger.record import POLICY, Ledger
from equipoise.ledger.signing import SignedEntry, read_entry

CHECKPOINT = "checkpoint"


def export(ledger: Ledger, out: Path) -> list[str]:
    """Write policy, latest checkpoint, entries and documents into ``out``, whole or not at all; their names.

    LedgerError where ``out`` exists, as a link too, or cannot be written.
    """
    if os.path.lexists(out):
        raise fault("file-exists", file=str(out))
    try:
        beside = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.absolute().parent))
    except OSError as error:
        raise fault("file-not-written", file=str(out), reason=error.strerror or "") from error
    try:
        names = _write(ledger, beside)
        beside.chmod(0o755)
        beside.rename(out)
        sync_folder(out.absolute().parent)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return names


def _write(ledger: Ledger, folder: Path) -> list[str]:
    """Everything but entries' receipts, which ``prove-entry`` makes one by one."""
    names = [POLICY]
    write_new(folder / POLICY, ledger.policy.text.encode())
    last = ledger.store.latest_note()
    if last is not None:
        write_new(folder / CHECKPOINT, last)
        names.append(CHECKPOINT)
    for part in ("entries", "documents"):
        (folder / part).mkdir()
    for row in ledger.store.rows():
        name = f"entries/{row.place:08d}.json"
        (folder / name).write_bytes(row.leaf)
        names.append(name)
        for document in documents_of(read_entry(row.leaf)):
            body = ledger.store.document(bytes.fromhex(document.sha256))
            name = f"documents/{document.sha256}"
            if body is not None and not (folder / name).exists():
                (folder / name).write_bytes(body)
                names.append(name)
    return names


def documents_of(entry: SignedEntry) -> tuple[Document, ...]:
    """The documents that an entry names."""
    body = entry.payload.body
    return body.documents if isinstance(body, Declaration | Result) else ()


def held_documents(ledger: Ledger, entry: SignedEntry) -> dict[str, bytes]:
    """An entry's documents by name. LedgerError where one is not held or its bytes are not those named."""
    found = {}
    for document in documents_of(entry):
        body = ledger.store.document(bytes.fromhex(document.sha256))
        if body is None or hashlib.sha256(body).hexdigest() != document.sha256:
            raise fault("document-missing", found=document.name, sha256=document.sha256)
        found[document.name] = body
    return found
