"""The store: entries, complete subtrees, checkpoints and documents in one SQLite file.

Write-ahead log with synchronous=FULL: an append has been synced before it is acknowledged. With NORMAL,
which SQLite's own pages recommend for this journal, every modelled loss of power loses acknowledged rows; a
test shows it. The store knows nothing of keys or signatures.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from equipoise.ledger import tree
from equipoise.ledger.messages import LedgerError, fault
from equipoise.ledger.seal import broken_seal
from equipoise.ledger.sqlite_errors import told

FILE = "ledger.sqlite"
FORM = "1"
"""Of the tables; a store of another form is refused."""
_SCHEMA = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE entries (place INTEGER PRIMARY KEY, leaf BLOB NOT NULL, hash BLOB NOT NULL UNIQUE)",
    "CREATE TABLE nodes (level INTEGER, place INTEGER, hash BLOB NOT NULL, PRIMARY KEY (level, place)) "
    "WITHOUT ROWID",
    "CREATE TABLE checkpoints (size INTEGER PRIMARY KEY, note BLOB NOT NULL)",
    "CREATE TABLE documents (sha256 BLOB PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID",
)


class Connection(Protocol):
    """What is asked of a database connection: sqlite3's, or one over a modelled disk in tests."""

    @property
    def in_transaction(self) -> bool: ...
    def execute(self, sql: str, parameters: Sequence[Any] = ..., /) -> Any: ...
    def close(self) -> None: ...


@dataclass(frozen=True)
class Row:
    """An entry as it lies in the store."""

    place: int
    leaf: bytes
    hash: bytes


def connect(path: Path) -> Connection:
    """A connection that may write, with the journal and the syncing that the promise rests on."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=10.0, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def connect_reading(path: Path) -> Connection:
    """A connection that changes no row and runs nothing that a stranger's file may hold.

    Where the folder may be written to, SQLite writes beside the file, so that it takes its journal's files
    away again; where it may not, the file is read as it lies.
    """
    wal = path.with_name(f"{path.name}-wal")
    own = os.access(path.parent, os.W_OK) and os.access(path, os.W_OK)
    mode = "mode=rw" if own else "mode=ro" if wal.exists() else "mode=ro&immutable=1"
    uri = f"{path.absolute().as_uri()}?{mode}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=10.0, check_same_thread=False)
    for guard in ("query_only=ON", "trusted_schema=OFF", "cell_size_check=ON"):
        connection.execute(f"PRAGMA {guard}")
    return connection


class Store:
    """One ledger's rows. A method that changes them does so in one transaction, synced when it returns."""

    def __init__(self, connection: Connection, file: str = FILE) -> None:
        self._connection, self._file = connection, file

    @classmethod
    def create(cls, connection: Connection, origin: str, file: str = FILE) -> Store:
        """An empty ledger of this origin."""
        store = cls(connection, file)
        with store.transaction():
            for statement in _SCHEMA:
                connection.execute(statement)
            connection.execute("INSERT INTO meta VALUES ('form', ?), ('origin', ?)", (FORM, origin))
        return store

    @classmethod
    def open(cls, path: Path, dial: Callable[[Path], Connection] = connect) -> Store:
        """The ledger in this file. LedgerError ``store-missing``, ``store-form`` or ``store-damaged``."""
        if not path.is_file():
            raise fault("store-missing", file=str(path.parent))
        with told(str(path)):
            store = cls(dial(path), str(path))
        try:
            form = store._one("SELECT value FROM meta WHERE name = 'form'")
            if form is None or form[0] != FORM:
                raise fault("store-form", file=str(path), found=form and form[0])
        except LedgerError:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Let go of the file; what was appended stays."""
        self._connection.close()

    @property
    def origin(self) -> str:
        """The ledger's name, as its checkpoints say it."""
        row = self._one("SELECT value FROM meta WHERE name = 'origin'")
        if row is None:
            raise fault("store-damaged", file=self._file, problem="it has no origin")
        return str(row[0])

    @property
    def size(self) -> int:
        """Number of entries."""
        row = self._one("SELECT max(place) FROM entries")
        return 0 if row is None or row[0] is None else int(row[0]) + 1

    def node(self, level: int, place: int) -> bytes:
        """Hash of a complete subtree, as ``tree`` reads it."""
        if level == 0:
            row = self._one("SELECT hash FROM entries WHERE place = ?", place)
        else:
            row = self._one("SELECT hash FROM nodes WHERE level = ? AND place = ?", level, place)
        if row is None:
            raise fault("store-damaged", file=self._file, problem=f"subtree {level}/{place} is missing")
        return bytes(row[0])

    def root(self, size: int) -> bytes:
        """Root over the first ``size`` entries, from the stored subtrees."""
        return tree.root_hash(self.node, size)

    def append(self, leaves: Sequence[bytes], documents: Sequence[tuple[bytes, bytes]] = ()) -> list[int]:
        """Append leaves in order, all or none, and return their places once they are synced.

        ``documents`` are (SHA-256, bytes). LedgerError ``entry-twice``, ``store-full``, ``store-failed``.
        """
        with self.transaction():
            first = self.size
            for place, leaf in enumerate(leaves, start=first):
                self._append(place, leaf)
            for digest, body in documents:
                self._connection.execute("INSERT OR IGNORE INTO documents VALUES (?, ?)", (digest, body))
        return list(range(first, first + len(leaves)))

    def _append(self, place: int, leaf: bytes) -> None:
        digest = tree.leaf_hash(leaf)
        earlier = self._one("SELECT place FROM entries WHERE hash = ?", digest)
        if earlier is not None:
            raise fault("entry-twice", index=earlier[0])
        rows = tree.completed(self.node, place, digest)
        self._connection.execute("INSERT INTO entries VALUES (?, ?, ?)", (place, leaf, digest))
        for row in rows:
            self._connection.execute("INSERT INTO nodes VALUES (?, ?, ?)", row)

    def leaf(self, place: int) -> bytes | None:
        """The leaf at this place; None beyond the end."""
        row = self._one("SELECT leaf FROM entries WHERE place = ?", place)
        return None if row is None else bytes(row[0])

    def rows(self, start: int = 0, holding: Sequence[bytes] = ()) -> Iterator[Row]:
        """Entries from ``start`` on, in order, without holding them all; only leaves that hold one of these
        bytes, where any are given.
        """
        among = " OR ".join("instr(leaf, ?)" for _ in holding)
        sql = f"SELECT place, leaf, hash FROM entries WHERE place >= ?{f' AND ({among})' if among else ''}"
        with told(self._file):
            for place, leaf, digest in self._connection.execute(f"{sql} ORDER BY place", (start, *holding)):
                yield Row(int(place), _bytes(leaf), _bytes(digest))

    def subtrees(self) -> dict[tuple[int, int], bytes]:
        """Every stored subtree above the leaves, by (level, place)."""
        rows = self._all("SELECT level, place, hash FROM nodes")
        return {(int(level), int(place)): _bytes(digest) for level, place, digest in rows}

    def checkpoints(self) -> list[tuple[int, bytes]]:
        """(size, note) of every checkpoint, smallest first."""
        rows = self._all("SELECT size, note FROM checkpoints ORDER BY size")
        return [(int(size), _bytes(note)) for size, note in rows]

    def latest_note(self) -> bytes | None:
        """The note of the largest checkpoint."""
        row = self._one("SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1")
        return None if row is None else bytes(row[0])

    def put_checkpoint(self, size: int, note: bytes) -> None:
        """Keep a checkpoint, or the same one with more lines."""
        with self.transaction():
            self._connection.execute("INSERT OR REPLACE INTO checkpoints VALUES (?, ?)", (size, note))

    def documents(self) -> Iterator[tuple[bytes, bytes]]:
        """(SHA-256, bytes) of every document that is held."""
        with told(self._file):
            for digest, body in self._connection.execute("SELECT sha256, body FROM documents"):
                yield _bytes(digest), _bytes(body)

    def document(self, digest: bytes) -> bytes | None:
        """The bytes of a document by their SHA-256."""
        row = self._one("SELECT body FROM documents WHERE sha256 = ?", digest)
        return None if row is None else bytes(row[0])

    def is_sound(self) -> str | None:
        """What is wrong with the file beside the rows, by SQLite's own check and by the seal; or None."""
        found = self._all("PRAGMA integrity_check(1)")
        if not found or found[0][0] != "ok":
            return str(found[0][0] if found else "it does not answer")
        broken = broken_seal(Path(self._file))
        return "the file was changed, outside its rows, since it was closed" if broken else None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block or none of it; synced when it ends. Errors of the disk are told to a person."""
        with told(self._file):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._connection.in_transaction:  # a full disk has undone it already
                    self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _one(self, sql: str, *values: Any) -> tuple[Any, ...] | None:
        with told(self._file):
            row: tuple[Any, ...] | None = self._connection.execute(sql, values).fetchone()
            return row

    def _all(self, sql: str) -> list[tuple[Any, ...]]:
        with told(self._file):
            return list(self._connection.execute(sql).fetchall())


def _bytes(value: Any) -> bytes:
    """Damage can turn a blob into another type; that is then bytes that fit no hash."""
    return value if isinstance(value, bytes) else repr(value).encode()
