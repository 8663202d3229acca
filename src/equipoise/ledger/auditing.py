"""The audit: is every entry what its signer signed, and is the tree over them the one that was cosigned?

Everything is computed again from the leaves: form, register, signatures, hashes, subtrees, and the root
under each checkpoint. Signatures take most of the time and are checked by several threads. Nothing in the
store is believed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

from equipoise.ledger import ed25519, tree
from equipoise.ledger.c2sp.checkpoint import Checkpoint
from equipoise.ledger.c2sp.note import verified_lines
from equipoise.ledger.c2sp.policy import Policy
from equipoise.ledger.messages import LedgerError, fault
from equipoise.ledger.record import first_register, open_checkpoint
from equipoise.ledger.signing import DOMAIN, SignedEntry, read_entry
from equipoise.ledger.store import Row, Store

CHUNK = 512
"""Entries whose signatures one task checks."""
_QUEUED_CHUNKS = 64


@dataclass(frozen=True)
class CheckpointState:
    """One stored checkpoint: who cosigned it, whether that is enough, and what is wrong with it."""

    size: int
    root: str
    cosigned_by: tuple[str, ...]
    quorum: bool
    problem: str = ""


@dataclass(frozen=True)
class Against:
    """An older checkpoint held against this ledger: both roots at its size, and what follows."""

    size: int
    root_then: str
    root_now: str | None
    extends: bool
    problem: str = ""


@dataclass(frozen=True)
class Audit:
    """What an audit found. ``first_bad`` is the index of the first entry at which anything is wrong."""

    origin: str
    entries: int
    root: str
    first_bad: int | None
    problem: str
    checkpoints: tuple[CheckpointState, ...]
    quorum_at: int | None
    """Size of the largest checkpoint that reached the quorum and fits the tree; None where there is none."""
    against: Against | None = None

    @property
    def good(self) -> bool:
        """Whether nothing is wrong. A quorum that is not reached yet is no fault; it is reported apart."""
        sound = self.first_bad is None and not self.problem and not any(c.problem for c in self.checkpoints)
        return sound and (self.against is None or self.against.extends)


def audit(
    store: Store, policy: Policy, *, against: Checkpoint | None = None, threads: int | None = None
) -> Audit:
    """Audit a whole store under ``policy``, and hold ``against`` an older checkpoint where one is given."""
    problem, first_bad, origin = "", None, policy.logs[0].name if policy.logs else ""
    leaves: list[bytes] = []
    states: tuple[CheckpointState, ...] = ()
    try:
        origin = store.origin
        for place, entry_problem in _entries(store, policy, origin, leaves, threads or os.cpu_count() or 1):
            if first_bad is None or place < first_bad:
                first_bad, problem = place, entry_problem
        if first_bad is None:
            first_bad, problem = _subtrees(store, leaves)
        if first_bad is None:
            problem = problem or _documents(store) or store.is_sound() or ""
        states = _checkpoints(store, policy, leaves)
    except LedgerError as error:
        first_bad, problem = (len(leaves) if first_bad is None else first_bad), problem or error.message
    met = [state.size for state in states if state.quorum and not state.problem]
    node = tree.node_of(leaves)
    return Audit(
        origin=origin,
        entries=len(leaves),
        root=tree.root_hash(node, len(leaves)).hex(),
        first_bad=first_bad,
        problem=problem,
        checkpoints=states,
        quorum_at=max(met, default=None),
        against=None if against is None else _against(against, origin, leaves),
    )


def _entries(
    store: Store, policy: Policy, origin: str, leaves: list[bytes], threads: int
) -> Iterator[tuple[int, str]]:
    """(index, what is wrong) of bad entries, the first of each check; fills ``leaves`` with leaf hashes.

    Form and register are read in order, on this thread; signatures follow behind on the others.
    """
    register = first_register(origin, policy)
    rows = store.rows()
    waiting: list[Future[tuple[int, str] | None]] = []
    with ThreadPoolExecutor(threads) as pool:
        bad: tuple[int, str] | None = None
        while bad is None:
            signed: list[tuple[int, bytes, SignedEntry, bytes]] = []
            chunk = list(islice(rows, CHUNK))
            for row in chunk:
                try:
                    entry = _read(row, len(leaves))
                    public_key, register = register.judged(entry, row.place)
                except LedgerError as error:
                    where = f"{error.field}: " if error.field else ""
                    bad = (len(leaves), where + error.message)
                    break
                leaves.append(row.hash)
                signed.append((row.place, public_key, entry, row.leaf))
            waiting.append(pool.submit(_signatures, signed))
            if len(chunk) < CHUNK:
                break
            if len(waiting) > _QUEUED_CHUNKS:
                yield from _found(waiting.pop(0))
        for task in waiting:
            yield from _found(task)
        if bad is not None:
            yield bad


def _found(task: Future[tuple[int, str] | None]) -> Iterable[tuple[int, str]]:
    result = task.result()
    return () if result is None else (result,)


def _read(row: Row, place: int) -> SignedEntry:
    """The entry of a row, where the row is the next one and its hash is that of its leaf."""
    if row.place != place:
        raise fault("entry-lost", index=place)
    if tree.leaf_hash(row.leaf) != row.hash:
        raise fault("entry-hash")
    return read_entry(row.leaf)


def _signatures(signed: list[tuple[int, bytes, SignedEntry, bytes]]) -> tuple[int, str] | None:
    """The first of these entries whose signature does not fit.

    A leaf is {"payload":P,"signature":...}: what was signed is cut out of the leaf, whose canonical form
    has been checked, rather than written a second time.
    """
    for place, public_key, entry, leaf in signed:
        payload = leaf[len(b'{"payload":') : leaf.rindex(b',"signature":"')]
        if not ed25519.verify(public_key, entry.signature, DOMAIN + payload):
            return place, f"the signature of {entry.signer} does not fit the entry"
    return None


def _subtrees(store: Store, leaves: list[bytes]) -> tuple[int | None, str]:
    """The first entry whose stored subtrees are not those over the leaves, and whether there are others."""
    stored = store.subtrees()
    made: dict[tuple[int, int], bytes] = {}

    def node(level: int, index: int) -> bytes:
        return made[level, index] if level else leaves[index]

    for place, leaf in enumerate(leaves):
        for level, index, digest in tree.completed(node, place, leaf):
            made[level, index] = digest
            if stored.pop((level, index), None) != digest:
                return place, f"the stored subtree {level}/{index} is not the one over the entries"
    return None, "the store holds subtrees of no entries" if stored else ""


def _documents(store: Store) -> str:
    """What is wrong with the documents that are held, or nothing. One that is named and not held is no fault:
    a party may keep it back.
    """
    for digest, body in store.documents():
        if hashlib.sha256(body).digest() != digest:
            return f"the document {digest.hex()} is not the one that was named"
    return ""


def _checkpoints(store: Store, policy: Policy, leaves: list[bytes]) -> tuple[CheckpointState, ...]:
    node = tree.node_of(leaves)
    states = []
    for size, data in store.checkpoints():
        try:
            note, said, met = open_checkpoint(data, policy)
        except LedgerError as error:
            states.append(CheckpointState(size, "", (), False, error.message))
            continue
        names = {key: name for name, key in policy.witnesses.items()}
        keys = [key for key, _ in verified_lines(note, [*policy.logs, *policy.witnesses.values()])]
        cosigned = tuple(names[key] for key in keys if key in names)
        strange = {line.name for line in note.lines} - {key.name for key in keys}
        problem = _misfit(said, size, node, len(leaves))
        if strange and not problem:
            problem = f"a line under it is of {', '.join(sorted(strange))}, whom the policy does not name"
        states.append(CheckpointState(said.size, said.root.hex(), cosigned, met, problem))
    return tuple(states)


def _misfit(said: Checkpoint, size: int, node: tree.Node, entries: int) -> str:
    """What is wrong between a checkpoint and the entries, or nothing."""
    if said.size != size:
        return f"it is kept under size {size}"
    if said.size > entries:
        return f"it covers {said.size} entries, the ledger holds {entries}"
    now = tree.root_hash(node, said.size)
    if now != said.root:
        return f"the root over the first {said.size} entries is now {now.hex()}"
    return ""


def _against(old: Checkpoint, origin: str, leaves: list[bytes]) -> Against:
    """The ledger held against a checkpoint of it that somebody kept."""
    then = old.root.hex()
    if old.origin != origin:
        return Against(old.size, then, None, False, f"it is a checkpoint of {old.origin}")
    if old.size > len(leaves):
        lost = f"it covers {old.size} entries, the ledger holds {len(leaves)}: this is an older copy"
        return Against(old.size, then, None, False, lost)
    now = tree.root_hash(tree.node_of(leaves), old.size).hex()
    rewritten = "" if now == then else "history was rewritten: the same size has another root"
    return Against(old.size, then, now, now == then, rewritten)
