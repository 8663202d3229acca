"""A ledger on disk: a folder with the store, the trust policy and a lock, and what is done with it."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from equipoise.ledger import ed25519, tree
from equipoise.ledger.c2sp.checkpoint import Checkpoint, read_checkpoint
from equipoise.ledger.c2sp.note import (
    Line,
    Note,
    VerifierKey,
    read_note,
    signature_line,
    verified_lines,
    with_lines,
)
from equipoise.ledger.c2sp.policy import Group, Policy, read_policy
from equipoise.ledger.c2sp.receipt import Receipt
from equipoise.ledger.entries import Body, Key, Revocation
from equipoise.ledger.files import check_name, read_input, sync_folder, write_new
from equipoise.ledger.key_files import Signer
from equipoise.ledger.lock import only_writer
from equipoise.ledger.messages import LedgerError, fault
from equipoise.ledger.quorum import quorum_row
from equipoise.ledger.register import CHALLENGE_BYTES, Register, key_entry
from equipoise.ledger.seal import put_seal, take_seal
from equipoise.ledger.signing import DOMAIN, Payload, SignedEntry, read_entry, sign, stated_time
from equipoise.ledger.store import FILE, Store, connect, connect_reading
from equipoise.ledger.witness import Request

ORIGIN = "equipoise.example/"
"""In front of every ledger's name: the origin that its checkpoints say."""
POLICY = "policy"
REGISTER_KINDS = tuple(f'"kind":"{kind.kind}"'.encode() for kind in (Key, Revocation))
"""Bytes in every leaf that can change the register; quotes inside text are escaped, so few others match."""


class Ledger:
    """An open ledger. Opened for writing it holds the lock, and the register of its keys in memory."""

    def __init__(self, folder: Path, store: Store, policy: Policy) -> None:
        self.folder, self.store, self.policy = folder, store, policy
        self.origin = store.origin
        if self.origin not in {key.name for key in policy.logs}:
            raise fault("policy-other-log", file=str(folder / POLICY), found=self.origin)
        self._register: tuple[int, Register] = (0, first_register(self.origin, policy))

    @property
    def size(self) -> int:
        """Number of entries."""
        return self.store.size

    def register(self) -> Register:
        """The keys after all entries. The entries are trusted to have been judged when they were appended."""
        done, register = self._register
        size = self.size
        for row in self.store.rows(done, holding=REGISTER_KINDS):
            entry = read_entry(row.leaf)
            if isinstance(entry.payload.body, Key | Revocation):
                register = register.judged(entry, row.place)[1]
        self._register = (size, register)
        return register

    def payload(self, party: str, body: Body, at: str | None = None) -> Payload:
        """What ``party`` signs to put ``body`` into this ledger."""
        return Payload(self.origin, party, at or stated_time(), body)

    def key_body(self, signer: Signer, party: str) -> Body:
        """The body that enters a key, over a challenge drawn now."""
        return key_entry(signer, self.origin, party, secrets.token_bytes(CHALLENGE_BYTES))

    def append(
        self, entries: Sequence[SignedEntry], documents: Mapping[str, bytes] | None = None
    ) -> list[int]:
        """Judge and append entries in order, all or none; their places, once they are synced.

        ``documents`` are bytes by SHA-256 in hexadecimal. LedgerError says which entry does not count and
        why.
        """
        register = self.register()
        place = self._register[0]
        for index, entry in enumerate(entries, start=place):
            public_key, register = register.judged(entry, index)
            if not ed25519.verify(public_key, entry.signature, DOMAIN + entry.payload.data):
                raise fault("entry-signature", found=entry.signer)
        held = [(bytes.fromhex(digest), body) for digest, body in (documents or {}).items()]
        places = self.store.append([entry.leaf for entry in entries], held)
        self._register = (place + len(entries), register)
        return places

    def append_body(self, signer: Signer, party: str, body: Body, documents: Sequence[bytes] = ()) -> int:
        """Sign one body and append it."""
        held = {hashlib.sha256(data).hexdigest(): data for data in documents}
        return self.append([sign(self.payload(party, body), signer)], held)[0]

    def checkpoint(self, signer: Signer) -> Note:
        """Sign the tree as it is now, with the log's key; a checkpoint of this size stays as it is.

        LedgerError ``log-key-other``, or ``history-rewritten`` where the tree no longer extends the last one.
        """
        if signer.verifier() not in self.policy.logs:
            raise fault("log-key-other", found=signer.id, wanted=", ".join(k.text for k in self.policy.logs))
        size = self.size
        last = self.latest()
        if last is not None:
            note, said = last
            if said.size > size or self.store.root(said.size) != said.root:
                raise fault("history-rewritten", size=said.size)
            if said.size == size:
                return note
        text = Checkpoint(self.origin, size, self.store.root(size)).text
        note = Note(text, (signature_line(self.origin, signer.key, text),))
        self.store.put_checkpoint(size, note.whole)
        return note

    def latest(self) -> tuple[Note, Checkpoint] | None:
        """The largest checkpoint, its log's signature verified; None before the first."""
        data = self.store.latest_note()
        return None if data is None else open_checkpoint(data, self.policy)[:2]

    def add_line(self, line: Line) -> Note:
        """Put a cosigner's line under the largest checkpoint. LedgerError where it does not verify."""
        last = self.latest()
        if last is None:
            raise fault("checkpoint-none")
        note = with_lines(last[0], [line])
        cosigners = self.policy.witnesses.values()
        if not any((key.name, key.key_id) == (line.name, line.key_id) for key in cosigners):
            raise fault("cosigner-unknown", found=line.name, known=", ".join(self.policy.witnesses))
        verified_lines(note, [*self.policy.logs, *cosigners])
        self.store.put_checkpoint(last[1].size, note.whole)
        return note

    def request(self, seen: int) -> Request:
        """What asks a witness that has seen a tree of ``seen`` entries to cosign the largest checkpoint."""
        last = self.latest()
        if last is None:
            raise fault("checkpoint-none")
        size = last[1].size
        steps = tree.consistency_proof(self.store.node, seen, size) if 0 < seen < size else []
        return Request(min(seen, size), tuple(steps), last[0].whole)

    def receipt(self, index: int) -> Receipt:
        """The receipt of an entry under the largest checkpoint that reached the quorum; it carries the entry.

        LedgerError ``entry-not-covered`` where none covers it yet.
        """
        for size, data in reversed(self.store.checkpoints()):
            note, _, met = open_checkpoint(data, self.policy)
            if met and 0 <= index < size:
                proof = tree.inclusion_proof(self.store.node, index, size)
                return Receipt(index, tuple(proof), note.whole, self.store.leaf(index))
        raise fault("entry-not-covered", index=index, size=self.size)


def first_register(origin: str, policy: Policy) -> Register:
    """The register before any entry: the policy's cosigners may enter their first keys."""
    return Register(origin, {party: key.public_key for party, key in policy.witnesses.items()})


def open_checkpoint(data: bytes, policy: Policy, *, file: str | None = None) -> tuple[Note, Checkpoint, bool]:
    """A checkpoint that a log of the policy signed, and whether its cosignatures reach the quorum.

    LedgerError where it is none, where a known key's line does not verify, where no log signed it
    (``checkpoint-foreign``), or where it carries extension lines, which nobody could audit.
    """
    note = read_note(data, file=file)
    said = read_checkpoint(note.text, file=file)
    logs = [key for key in policy.logs if key.name == said.origin]
    if not logs:
        known = ", ".join(key.name for key in policy.logs)
        raise fault("checkpoint-foreign", file=file, found=said.origin, known=known)
    if said.extensions:
        raise fault("checkpoint-extended", file=file)
    signed = [key for key, _ in verified_lines(note, [*logs, *policy.witnesses.values()], file=file)]
    if not any(key in signed for key in logs):
        raise fault("note-unsigned", file=file, known=said.origin)
    return note, said, policy.is_met(signed)


def make_policy(log: VerifierKey, cosigners: Mapping[str, VerifierKey], least: int | None = None) -> Policy:
    """A policy of one log and named cosigners, all of whom must sign unless ``least`` says fewer.

    LedgerError ``quorum-splits`` where so few would let two trees of one size both reach the quorum.
    """
    wanted = len(cosigners) if least is None else least
    if not cosigners:
        raise fault("quorum-empty")
    if not 1 <= wanted <= len(cosigners) or quorum_row(len(cosigners), wanted).dishonest_excluded < 0:
        raise fault("quorum-splits", least=wanted, cosigners=len(cosigners), good=len(cosigners) // 2 + 1)
    group = Group("cosigners", wanted, tuple(cosigners))
    made = Policy((log,), dict(cosigners), {group.name: group}, group.name)
    return read_policy(made.text.encode())


def create_ledger(folder: Path, policy: Policy) -> None:
    """Make an empty ledger in a new folder, whole or not at all. LedgerError where something stands there."""
    origin = policy.logs[0].name
    if not origin.startswith(ORIGIN):
        raise fault("origin-form", found=origin, prefix=ORIGIN)
    check_name(origin.removeprefix(ORIGIN), field="--name")
    if os.path.lexists(folder):
        raise fault("file-exists", file=str(folder))
    try:
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.absolute().parent))
    except OSError as error:
        raise fault("file-not-written", file=str(folder), reason=error.strerror or "") from error
    try:
        store = Store.create(connect(beside / FILE), origin)
        store.close()
        put_seal(beside / FILE)
        write_new(beside / POLICY, policy.text.encode())
        beside.chmod(0o755)
        sync_folder(beside)
        beside.rename(folder)
        sync_folder(folder.absolute().parent)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


@contextmanager
def open_ledger(folder: Path, *, write: bool = False) -> Iterator[Ledger]:
    """The ledger in a folder; for writing, with the lock held. LedgerError where there is none."""
    if not (folder / FILE).is_file():
        raise fault("store-missing", file=str(folder))
    policy = read_policy(read_input(folder / POLICY), file=str(folder / POLICY))
    if not write:
        store = Store.open(folder / FILE, connect_reading)
        try:
            yield Ledger(folder, store, policy)
        finally:
            store.close()
        return
    with only_writer(folder):
        take_seal(folder / FILE)
        store = Store.open(folder / FILE, connect)
        try:
            yield Ledger(folder, store, policy)
        finally:
            store.close()
            with suppress(LedgerError):  # without a seal the ledger is whole all the same
                put_seal(folder / FILE)
