"""A witness: a cosigner that remembers the largest tree it has seen and signs only what extends it.

One function has the semantics of C2SP tlog-witness ``add-checkpoint``: bytes of a request in, status and body
out. What was seen is stored, and synced, before the answer exists; so a witness that dies between the two has
signed nothing that it forgot.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from equipoise.ledger.c2sp.base64text import decode, encode
from equipoise.ledger.c2sp.checkpoint import Checkpoint, read_checkpoint, read_number
from equipoise.ledger.c2sp.note import Note, VerifierKey, cosignature_line, read_note, verified_lines
from equipoise.ledger.messages import LedgerError, fault
from equipoise.ledger.sqlite_errors import told
from equipoise.ledger.tree import EMPTY_ROOT, verify_consistency

MAX_PROOF_LINES = 63
"""In one request (tlog-witness)."""
SIZE_TYPE, TEXT_TYPE = "text/x.tlog.size", "text/plain"
_APPLICATION = 0x45515749
"""Written into a memory's header (EQWI), so that no other file is ever taken for one and changed."""
_SCHEMA = f"""
BEGIN IMMEDIATE;
PRAGMA application_id = {_APPLICATION};
CREATE TABLE IF NOT EXISTS seen (
    origin TEXT PRIMARY KEY, size TEXT NOT NULL, root BLOB NOT NULL, note BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS evidence (origin TEXT NOT NULL, note BLOB NOT NULL, UNIQUE (origin, note));
COMMIT;
"""


@dataclass(frozen=True)
class Answer:
    """What a witness answers: 200 and cosignature lines, or why not, as an HTTP status and body."""

    status: int
    body: str
    content_type: str = TEXT_TYPE


@dataclass(frozen=True)
class Request:
    """A request read: the size that the log thinks the witness has seen, the proof, and the note."""

    old: int
    proof: tuple[bytes, ...]
    note: bytes

    @property
    def whole(self) -> bytes:
        """The request as it is sent."""
        lines = [f"old {self.old}", *map(encode, self.proof), ""]
        return "".join(f"{line}\n" for line in lines).encode() + self.note


class WitnessMemory:
    """What one cosigner has seen of each log, in a file of its own that the log cannot reach.

    Its journal is SQLite's rollback journal, whose removal is the commit: only with synchronous=EXTRA is that
    removal itself on the disk when the answer is given.
    """

    def __init__(self, path: str | Path) -> None:
        self._file = str(path)
        new = self._file == ":memory:" or not Path(path).exists() or Path(path).stat().st_size == 0
        try:
            self._connection = sqlite3.connect(path, isolation_level=None, timeout=10.0)
            self._connection.execute("PRAGMA synchronous=EXTRA")
            if new:
                self._connection.executescript(_SCHEMA)
            (found,) = self._connection.execute("PRAGMA application_id").fetchone()
        except sqlite3.Error as error:
            if new and Path(path).is_file() and Path(path).stat().st_size == 0:
                Path(path).unlink()
            raise fault("memory-unusable", file=self._file, problem=str(error)) from error
        if found != _APPLICATION:
            self._connection.close()
            raise fault("memory-unusable", file=self._file, problem="it is another program's file")

    def __enter__(self) -> WitnessMemory:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def latest(self, origin: str) -> Checkpoint | None:
        """The largest checkpoint that was cosigned for this log; None before the first."""
        with told(self._file):
            sql = "SELECT size, root FROM seen WHERE origin = ?"
            row = self._connection.execute(sql, (origin,)).fetchone()
        return None if row is None else Checkpoint(origin, int(row[0]), row[1])

    def latest_note(self, origin: str) -> bytes | None:
        """The note of that checkpoint as the log signed it: what ``verify --against`` takes."""
        row = self._connection.execute("SELECT note FROM seen WHERE origin = ?", (origin,)).fetchone()
        return None if row is None else bytes(row[0])

    def evidence(self, origin: str) -> list[bytes]:
        """Notes that the log signed and that do not extend what was seen: kept, never cosigned."""
        rows = self._connection.execute(
            "SELECT note FROM evidence WHERE origin = ? ORDER BY rowid", (origin,)
        )
        return [bytes(row[0]) for row in rows]

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else changes the memory meanwhile; what was changed is synced at the end, or undone."""
        with told(self._file):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def remember(self, seen: Checkpoint, note: bytes) -> None:
        """Take this as the latest; inside ``alone``."""
        self._connection.execute(
            "INSERT INTO seen VALUES (?1, ?2, ?3, ?4) "
            "ON CONFLICT (origin) DO UPDATE SET size = ?2, root = ?3, note = ?4",
            (seen.origin, str(seen.size), seen.root, note),
        )

    def keep_evidence(self, origin: str, note: bytes) -> None:
        """Keep a note that the log should not have signed; inside ``alone``."""
        self._connection.execute("INSERT OR IGNORE INTO evidence VALUES (?, ?)", (origin, note))


def read_request(data: bytes) -> Request:
    """The parts of a request. LedgerError ``request-malformed``."""
    head, blank, note = data.partition(b"\n\n")
    lines = head.decode("utf-8", "replace").split("\n")
    old = read_number(lines[0].removeprefix("old ")) if lines[0].startswith("old ") else None
    hashes = [decode(line) for line in lines[1:]]
    if old is None or not blank or len(hashes) > MAX_PROOF_LINES or None in hashes:
        raise fault("request-malformed")
    return Request(old, tuple(h for h in hashes if h is not None), note)


def add_checkpoint(
    request: bytes,
    *,
    memory: WitnessMemory,
    logs: Mapping[str, tuple[VerifierKey, ...]],
    name: str,
    key: Ed25519PrivateKey,
    now_s: int,
) -> Answer:
    """Cosign the checkpoint of a request where it extends what was seen, or say why not.

    ``logs`` gives the keys trusted for each origin; ``now_s`` is the witness's own clock in POSIX seconds,
    and orders nothing. 400 malformed, or older than it says; 403 signed by no trusted key; 404 unknown log;
    409 with the size seen, where the log thinks another; 422 where the proof does not hold or one size has
    two roots (specification of 2026-07; older witnesses answer 409 there).
    """
    try:
        asked = read_request(request)
        note = read_note(asked.note)
        checkpoint = read_checkpoint(note.text)
    except LedgerError as error:
        return Answer(400, f"{error.message}\n")
    if checkpoint.origin not in logs:
        return Answer(404, f"no log is called {checkpoint.origin}\n")
    try:
        verified_lines(note, logs[checkpoint.origin])
    except LedgerError as error:
        return Answer(403, f"{error.message}\n")
    if asked.old > checkpoint.size:
        return Answer(400, f"the old size {asked.old} is beyond the checkpoint's {checkpoint.size}\n")
    with memory.alone():
        refused = _judge(asked, note, checkpoint, memory)
        if refused is not None:
            return refused
        memory.remember(checkpoint, note.whole)
    return Answer(200, cosignature_line(name, key, note.text, now_s).text)


def _judge(asked: Request, note: Note, found: Checkpoint, memory: WitnessMemory) -> Answer | None:
    """The refusal, if any, of a checkpoint that its log signed."""
    seen = memory.latest(found.origin) or Checkpoint(found.origin, 0, EMPTY_ROOT)
    if asked.old != seen.size:
        return Answer(409, f"{seen.size}\n", SIZE_TYPE)
    if found.size == seen.size or seen.size == 0:
        expected = seen.root if found.size == seen.size else found.root
        holds = not asked.proof and found.root == expected
    else:
        holds = verify_consistency(seen.size, found.size, asked.proof, seen.root, found.root)
    if holds:
        return None
    memory.keep_evidence(found.origin, note.whole)
    return Answer(
        422, f"size {found.size} with root {encode(found.root)} is not shown to extend size {seen.size}\n"
    )
