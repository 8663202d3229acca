"""How fast the ledger appends, audits and proves, beside its peers, with what was checked beside each rate.

Ours signs, judges and syncs each entry. SQLite alone writes the same leaves, one synced transaction each,
with no signature and no tree: what the disk allows. pymerkle (GPL) runs as another program: a tree over the
same leaves, unsigned. Signatures alone are checked by as many threads as the audit uses; their time is its
lower bound.
"""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from equipoise.ledger import ed25519
from equipoise.ledger.auditing import Audit, audit
from equipoise.ledger.c2sp.note import COSIGNS
from equipoise.ledger.checking import check_receipt
from equipoise.ledger.cosigning import cosign_ledger
from equipoise.ledger.entries import Declaration
from equipoise.ledger.key_files import Signer
from equipoise.ledger.record import ORIGIN, Ledger, create_ledger, make_policy, open_ledger
from equipoise.ledger.signing import DOMAIN, read_entry, sign
from equipoise.ledger.store import connect
from equipoise.ledger.tree import inclusion_proof, leaf_hash, node_of, root_hash
from equipoise.ledger.witness import WitnessMemory

ENTRIES, SINGLE, TURN, BATCH, RECEIPTS = 100_000, 2_000, 100, 1_000, 200
PARTIES = ("alpha", "beta", "observer")
_SCRIPT = "pymerkle_rate.py"
_LONGEST_S = 240.0


@dataclass(frozen=True)
class LedgerRow:
    """One line: its rate (None: not measured) and what was checked on the same entries."""

    name: str
    rate: float | None
    unit: str
    error: str


@dataclass(frozen=True)
class LedgerBench:
    """All rows of one run on one machine."""

    machine: str
    rows: tuple[LedgerRow, ...]
    ratios: tuple[tuple[str, float], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Written:
    """A ledger while it is measured: rates of appending, and the leaves that were appended one by one."""

    single: float
    alone: float
    """Of SQLite alone, in turns with ours: both meet the same disk."""
    batched: float
    leaves: tuple[bytes, ...]


@dataclass(frozen=True)
class _Peer:
    """What the peer's script found over the same leaves."""

    version: str
    append_rate: float
    proof_rate: float
    same_root: bool


def bench_ledger(entries: int = ENTRIES, single: int = SINGLE) -> LedgerBench:
    """Append ``single`` entries one by one and the rest in batches, audit all ``entries``, prove some."""
    threads = os.cpu_count() or 1
    log, parties = _signer("bench"), {name: _signer(name) for name in PARTIES}
    policy = make_policy(log.verifier(), {name: s.verifier(COSIGNS) for name, s in parties.items()})
    with TemporaryDirectory() as place:
        folder = Path(place)
        create_ledger(folder / "record", policy)
        with open_ledger(folder / "record", write=True) as ledger:
            written = _append(ledger, parties, entries, single, folder / "alone.sqlite")
            _cosign(ledger, log, parties, folder)
        with open_ledger(folder / "record") as ledger:
            begun = perf_counter()
            found = audit(ledger.store, policy, threads=threads)
            audited = perf_counter() - begun
            signatures = _signatures_s(ledger, parties, threads)
            receipts, proofs = _receipts(ledger), _proofs(ledger)
        peer = _pymerkle(folder, written.leaves)
    rows = _rows(written, found, (audited, receipts, proofs), threads)
    ratios = [("ours_over_sqlite", written.single / written.alone)]
    if isinstance(peer, _Peer):
        ratios += [
            ("ours_over_pymerkle", written.single / peer.append_rate),
            ("ours_over_pymerkle_proofs", proofs / peer.proof_rate),
        ]
    share = f"{signatures:.1f} s, {signatures / audited:.0%} of it"
    notes = (
        f"audit of {found.entries} entries: {audited:.1f} s by {threads} threads; signatures alone {share}",
        f"a receipt: {1e3 / receipts:.2f} ms at {found.entries} entries, with its checkpoint's signatures",
        f"pymerkle proves in a tree of {single} entries, equipoise in one of {found.entries}",
    )
    return LedgerBench(_machine(), (*rows, *_peer_rows(peer)), tuple(ratios), notes)


def _signer(name: str) -> Signer:
    return Signer(f"{ORIGIN}{name}", Ed25519PrivateKey.generate())


def _append(ledger: Ledger, parties: dict[str, Signer], entries: int, single: int, place: Path) -> _Written:
    for name, signer in parties.items():
        ledger.append_body(signer, name, ledger.key_body(signer, name))
    who, leaves = parties[PARTIES[0]], []
    ours = alone = 0.0
    other = connect(place)
    other.execute("CREATE TABLE rows (place INTEGER PRIMARY KEY, leaf BLOB NOT NULL)")
    for start in range(0, single, TURN):
        begun, first = perf_counter(), ledger.size
        for number in range(start, min(start + TURN, single)):
            ledger.append_body(who, PARTIES[0], _declared(number))
        ours += perf_counter() - begun
        turn = [row.leaf for row in ledger.store.rows(first)]
        begun = perf_counter()
        for leaf in turn:
            other.execute("INSERT INTO rows (leaf) VALUES (?)", (leaf,))
        alone += perf_counter() - begun
        leaves += turn
    other.close()
    begun, start = perf_counter(), ledger.size
    while ledger.size < entries:
        numbers = range(ledger.size, min(ledger.size + BATCH, entries))
        ledger.append([sign(ledger.payload(PARTIES[0], _declared(n)), who) for n in numbers])
    batched = max(entries - start, 0) / (perf_counter() - begun)
    return _Written(single / ours, single / alone, batched, tuple(leaves))


def _declared(number: int) -> Declaration:
    return Declaration(f"battery {number} stands where it was declared", "2010-11-20")


def _cosign(ledger: Ledger, log: Signer, parties: dict[str, Signer], folder: Path) -> None:
    ledger.checkpoint(log)
    for name, signer in parties.items():
        with WitnessMemory(folder / f"{name}.seen") as memory:
            cosign_ledger(ledger, name, signer, memory)


def _signatures_s(ledger: Ledger, parties: dict[str, Signer], threads: int) -> float:
    """Seconds to check every entry's signature and do nothing else."""
    keys = {signer.id: ed25519.public_key_of(signer.key) for signer in parties.values()}
    read = [read_entry(row.leaf) for row in ledger.store.rows()]
    jobs = [(keys[e.signer], e.signature, DOMAIN + e.payload.data) for e in read]
    chunks = [jobs[start : start + BATCH] for start in range(0, len(jobs), BATCH)]
    begun = perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        good = all(pool.map(lambda chunk: all(ed25519.verify(*job) for job in chunk), chunks))
    spent = perf_counter() - begun
    if not good:
        raise ArithmeticError("a signature that the audit took does not fit")
    return spent


def _receipts(ledger: Ledger) -> float:
    """Receipts a second, spread over the ledger; each is then checked off line."""
    size = ledger.size
    begun = perf_counter()
    made = [ledger.receipt(number * (size - 1) // RECEIPTS) for number in range(RECEIPTS)]
    rate = RECEIPTS / (perf_counter() - begun)
    if not all(check_receipt(receipt.whole, ledger.policy).valid for receipt in made):
        raise ArithmeticError("a receipt that was made is not valid")
    return rate


def _proofs(ledger: Ledger) -> float:
    """Inclusion proofs a second, of the same entries, without the checkpoint and the entry around them."""
    size, node = ledger.size, ledger.store.node
    begun = perf_counter()
    for number in range(RECEIPTS):
        inclusion_proof(node, number * (size - 1) // RECEIPTS, size)
    return RECEIPTS / (perf_counter() - begun)


def _pymerkle(folder: Path, leaves: Sequence[bytes]) -> _Peer | str:
    """What the peer's script found, or why it did not run."""
    peers = Path(sys.prefix) / "peers"
    python, script = peers / "bin" / "python", peers / _SCRIPT
    if not (python.exists() and script.exists()):
        return "not installed: make peers sets it up"
    file = folder / "leaves"
    file.write_text("\n".join(leaf.hex() for leaf in leaves))
    try:
        command = [python, script, file]
        done = subprocess.run(command, capture_output=True, text=True, timeout=_LONGEST_S, check=True)
        found = json.loads(done.stdout)
        same = found["root"] == _root(leaves)
        return _Peer(found["version"], found["append_rate"], found["proof_rate"], same)
    except (OSError, subprocess.SubprocessError, ValueError, LookupError) as error:
        return f"did not run: {type(error).__name__}"


def _root(leaves: Sequence[bytes]) -> str:
    return root_hash(node_of([leaf_hash(leaf) for leaf in leaves]), len(leaves)).hex()


def _rows(
    written: _Written, found: Audit, measured: tuple[float, float, float], threads: int
) -> tuple[LedgerRow, ...]:
    """``measured``: seconds of the audit, receipts a second, inclusion proofs a second."""
    audited, receipts, proofs = measured
    whole = "audited: all good" if found.good and found.quorum_at == found.entries else found.problem
    return (
        LedgerRow("equipoise append, one synced transaction each", written.single, "entries/s", whole),
        LedgerRow(f"equipoise append, {BATCH} a synced transaction", written.batched, "entries/s", whole),
        LedgerRow(f"equipoise audit, {threads} threads", found.entries / audited, "entries/s", whole),
        LedgerRow("equipoise receipt", receipts, "receipts/s", "each valid off line"),
        LedgerRow("equipoise inclusion proof", proofs, "proofs/s", "those of the receipts"),
        LedgerRow("SQLite alone, FULL, unsigned", written.alone, "rows/s", "no tree to check"),
    )


def _peer_rows(peer: _Peer | str) -> tuple[LedgerRow, ...]:
    if isinstance(peer, str):
        return (LedgerRow("pymerkle", None, "entries/s", peer),)
    name, error = f"pymerkle {peer.version}", "same root" if peer.same_root else "another root"
    return (
        LedgerRow(f"{name} append, unsigned", peer.append_rate, "entries/s", error),
        LedgerRow(f"{name} inclusion proof", peer.proof_rate, "proofs/s", error),
    )


def _machine() -> str:
    sqlite = sqlite3.sqlite_version
    return (
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, SQLite {sqlite}"
    )
