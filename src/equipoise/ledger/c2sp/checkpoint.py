"""Checkpoints (C2SP tlog-checkpoint): the size and root that a log says it has, as a note's text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from equipoise.ledger.c2sp.base64text import decode, encode
from equipoise.ledger.messages import fault
from equipoise.ledger.tree import HASH_BYTES

MAX_SIZE = (1 << 64) - 1
_NUMBER = re.compile(r"0|[1-9][0-9]{0,19}")


@dataclass(frozen=True)
class Checkpoint:
    """What a log says: its name, how many leaves, and the root over them. Ours have no extension lines."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The note's text."""
        return "".join(f"{x}\n" for x in (self.origin, self.size, encode(self.root), *self.extensions))


def read_checkpoint(text: str, *, file: str | None = None, root_bytes: int | None = HASH_BYTES) -> Checkpoint:
    """The checkpoint in a note's text. LedgerError ``checkpoint-malformed`` says what is wrong with it.

    ``root_bytes`` None leaves the root's length open: for conformance vectors that test lines only.
    """

    def must(holds: bool, why: str) -> None:
        if not holds:
            raise fault("checkpoint-malformed", file=file, why=why)

    must(text.endswith("\n"), "it is cut short: the last line does not end")
    lines = text[:-1].split("\n")
    must(len(lines) >= 3, f"it needs an origin, a size and a root, found {len(lines)} lines")
    must("" not in lines, "a line is empty")
    size = read_number(lines[1])
    if size is None:
        raise fault("checkpoint-malformed", file=file, why=f"the size {lines[1][:40]!r} is no number")
    root = decode(lines[2])
    if root is None or root_bytes not in (None, len(root)):
        raise fault("checkpoint-malformed", file=file, why="the root is not base64 of 32 bytes")
    return Checkpoint(lines[0], size, root, tuple(lines[3:]))


def read_number(text: str) -> int | None:
    """A decimal without sign or leading zeros that fits 64 bits, or None."""
    if not _NUMBER.fullmatch(text):
        return None
    value = int(text)
    return value if value <= MAX_SIZE else None
