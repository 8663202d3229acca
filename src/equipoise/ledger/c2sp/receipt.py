"""Receipts (C2SP tlog-proof): one file that shows an entry in a cosigned tree, to be checked off line."""

from __future__ import annotations

from dataclasses import dataclass

from equipoise.ledger.c2sp.base64text import decode, encode
from equipoise.ledger.c2sp.checkpoint import read_number
from equipoise.ledger.messages import LedgerError, fault
from equipoise.ledger.tree import HASH_BYTES

HEADER = "c2sp.org/tlog-proof@v1"
MAX_HASHES = 63
"""Steps of a proof in any tree whose size fits 64 bits (tlog-witness has the same bound)."""
MAX_RECEIPT_BYTES = 2 << 20


@dataclass(frozen=True)
class Receipt:
    """Index of the entry, hashes from the leaf's sibling up, and the checkpoint's note as it stands.

    ``extra`` is carried along and signed by nobody; it is trusted for nothing.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None

    @property
    def whole(self) -> bytes:
        """The file as it is written."""
        head = [
            HEADER,
            *([] if self.extra is None else [f"extra {encode(self.extra)}"]),
            f"index {self.index}",
        ]
        lines = "".join(f"{line}\n" for line in (*head, *map(encode, self.hashes), ""))
        return lines.encode() + self.checkpoint


def read_receipt(data: bytes, *, file: str | None = None) -> Receipt:
    """The receipt in a file, its checkpoint not opened. LedgerError ``receipt-malformed`` says what is wrong
    with it.
    """

    def wrong(why: str) -> LedgerError:
        return fault("receipt-malformed", file=file, why=why)

    if len(data) > MAX_RECEIPT_BYTES:
        raise wrong(f"it is longer than {MAX_RECEIPT_BYTES} bytes")
    head, blank, checkpoint = data.partition(b"\n\n")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise wrong("the lines above the checkpoint are not ASCII") from None
    if lines[0] != HEADER:
        raise wrong(f"its first line is not {HEADER}")
    extra: bytes | None = None
    if len(lines) > 1 and lines[1].startswith("extra "):
        extra = decode(lines.pop(1).removeprefix("extra "))
        if extra is None:
            raise wrong("the extra line is not base64")
    index = (
        read_number(lines[1].removeprefix("index ")) if lines[1:] and lines[1].startswith("index ") else None
    )
    if index is None:
        raise wrong("no line `index N` stands where it should")
    hashes = [decode(line) for line in lines[2:]]
    if any(h is None or len(h) != HASH_BYTES for h in hashes) or len(hashes) > MAX_HASHES:
        raise wrong("a line of the proof is not base64 of 32 bytes")
    if not blank or not checkpoint:
        raise wrong("it is cut short: no checkpoint follows")
    return Receipt(index, tuple(h for h in hashes if h is not None), checkpoint, extra)
