"""Signed notes (C2SP signed-note, as in Go's ``sumdb/note``): keys, lines, opening and signing.

A note is text and lines of signatures. A line by a key that is not known is ignored; a line by a known key
that does not verify refuses the whole note. Two kinds of signature are known here: 01, Ed25519 over the text,
and 04, a cosignature with its time (C2SP tlog-cosignature).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from equipoise.ledger import ed25519
from equipoise.ledger.c2sp.base64text import decode, encode
from equipoise.ledger.messages import LedgerError, fault

SIGNS_NOTE, COSIGNS = 0x01, 0x04
"""Signature types: Ed25519 over the text (signed-note), and cosignature/v1 (tlog-cosignature)."""
KIND_WORDS = {SIGNS_NOTE: "01, which signs", COSIGNS: "04, which cosigns"}
MAX_SIGNATURES = 16
"""Lines of one note; a verifier must take 16 (signed-note) and more are no use with a handful of signers."""
MAX_NOTE_BYTES = 64 * 1024
_DASH = "\N{EM DASH} "
_HEX8 = re.compile(r"[0-9a-fA-F]{8}")
_TIME_BYTES = 8


@dataclass(frozen=True)
class VerifierKey:
    """A public key with its name and the kind of signature that it makes: what a vkey says."""

    name: str
    kind: int
    public_key: bytes

    @property
    def key_id(self) -> bytes:
        """First four bytes of SHA-256(name, newline, kind, public key)."""
        said = self.name.encode() + b"\n" + bytes([self.kind]) + self.public_key
        return hashlib.sha256(said).digest()[:4]

    @property
    def text(self) -> str:
        """The vkey: name+id+base64(kind, public key)."""
        return f"{self.name}+{self.key_id.hex()}+{encode(bytes([self.kind]) + self.public_key)}"


@dataclass(frozen=True)
class Line:
    """One signature line as it stands, not yet verified."""

    name: str
    key_id: bytes
    signature: bytes

    @property
    def text(self) -> str:
        return f"{_DASH}{self.name} {encode(self.key_id + self.signature)}\n"

    @property
    def time_s(self) -> int:
        """POSIX seconds of a cosignature."""
        return int.from_bytes(self.signature[:_TIME_BYTES], "big")


@dataclass(frozen=True)
class Note:
    """Text, its final newline included, and the lines below it."""

    text: str
    lines: tuple[Line, ...]

    @property
    def whole(self) -> bytes:
        """The note as it is written."""
        return (self.text + "\n" + "".join(line.text for line in self.lines)).encode()


def read_vkey(text: str, *, file: str | None = None, line: int | None = None) -> VerifierKey:
    """The key of a vkey. LedgerError ``vkey-malformed`` says what is wrong with it.

    What stands there is not shown: where files were mixed up it may be a passphrase.
    """

    def wrong(why: str) -> LedgerError:
        return fault("vkey-malformed", file=file, line=line, why=why)

    name, plus, rest = text.partition("+")
    shown, second, coded = rest.partition("+")
    if not plus or not second:
        raise wrong("it needs a name, eight hexadecimal digits and base64, with + between")
    if not is_key_name(name):
        raise wrong("a key's name has no spaces and no +")
    raw = decode(coded)
    if not _HEX8.fullmatch(shown) or not raw:
        raise wrong("the id is eight hexadecimal digits and the key is base64")
    if raw[0] not in KIND_WORDS:
        raise wrong(f"signature type {raw[0]:02x} is not one of 01 and 04")
    if len(raw) != 1 + ed25519.KEY_BYTES:
        raise wrong(f"an Ed25519 key has 32 bytes, found {len(raw) - 1}")
    key = VerifierKey(name, raw[0], raw[1:])
    if key.key_id.hex() != shown.lower():
        raise wrong(f"the id of this key and name is {key.key_id.hex()}")
    return key


def is_key_name(name: str) -> bool:
    """Not empty, no Unicode space, no plus, and text that UTF-8 can hold."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return bool(name) and "+" not in name and not any(c.isspace() or c < " " for c in name)


def read_note(data: bytes, *, file: str | None = None) -> Note:
    """Text and lines of a note, nothing verified. LedgerError ``note-...`` says what is wrong with it."""
    if len(data) > MAX_NOTE_BYTES:
        raise fault("note-malformed", file=file, why=f"it is longer than {MAX_NOTE_BYTES} bytes")
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError:
        raise fault("note-malformed", file=file, why="it is not UTF-8") from None
    if any(c < " " and c != "\n" for c in whole):
        raise fault("note-malformed", file=file, why="it holds a control character")
    above, blank, below = whole.rpartition("\n\n")
    if not blank:
        raise fault("note-malformed", file=file, why="no blank line stands between text and signatures")
    if not below.endswith("\n"):
        raise fault("note-malformed", file=file, why="it is cut short: the last line does not end")
    lines = below[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise fault("note-too-many-signatures", file=file, found=len(lines), limit=MAX_SIGNATURES)
    return Note(above + "\n", tuple(read_line(line, file=file) for line in lines))


def read_line(text: str, *, file: str | None = None) -> Line:
    """One signature line without its newline."""
    name, space, coded = text.removeprefix(_DASH).partition(" ")
    raw = decode(coded)
    if not text.startswith(_DASH) or not space or not is_key_name(name) or raw is None or len(raw) < 5:
        raise fault("note-malformed", file=file, why=f"this is no signature line: {text[:60]!r}")
    return Line(name, raw[:4], raw[4:])


def verified_lines(
    note: Note, keys: Iterable[VerifierKey], *, file: str | None = None
) -> list[tuple[VerifierKey, Line]]:
    """Each known key that signed, with its first line, in the order of the note.

    LedgerError ``note-bad-signature`` where a line by a known key does not verify, ``note-ambiguous-key``
    where two known keys share its name and id, ``note-unsigned`` where no known key signed.
    """
    known: dict[tuple[str, bytes], list[VerifierKey]] = {}
    for key in keys:
        known.setdefault((key.name, key.key_id), []).append(key)
    found: dict[tuple[str, bytes], tuple[VerifierKey, Line]] = {}
    for line in note.lines:
        matching = known.get((line.name, line.key_id), [])
        if len(matching) > 1:
            raise fault("note-ambiguous-key", file=file, name=line.name, key=line.key_id.hex())
        for key in matching:
            if not verifies(key, line.signature, note.text):
                raise fault("note-bad-signature", file=file, name=line.name, key=line.key_id.hex())
            found.setdefault((line.name, line.key_id), (key, line))
    if not found:
        raise fault("note-unsigned", file=file, known=", ".join(sorted(n for n, _ in known)) or "none")
    return list(found.values())


def verifies(key: VerifierKey, signature: bytes, text: str) -> bool:
    """Whether the bytes after the key id are this key's signature of the text, by its own kind."""
    if key.kind == SIGNS_NOTE:
        return ed25519.verify(key.public_key, signature, text.encode())
    time_s = int.from_bytes(signature[:_TIME_BYTES], "big")
    if len(signature) != _TIME_BYTES + ed25519.SIGNATURE_BYTES or time_s >= 1 << 63:
        return False
    return ed25519.verify(key.public_key, signature[_TIME_BYTES:], cosigned_message(text, time_s))


def cosigned_message(text: str, time_s: int) -> bytes:
    """What a cosignature signs: two header lines and the whole text (tlog-cosignature)."""
    return f"cosignature/v1\ntime {time_s}\n{text}".encode()


def signature_line(name: str, key: Ed25519PrivateKey, text: str) -> Line:
    """A line of kind 01 over the text."""
    verifier = VerifierKey(name, SIGNS_NOTE, ed25519.public_key_of(key))
    return Line(name, verifier.key_id, key.sign(text.encode()))


def cosignature_line(name: str, key: Ed25519PrivateKey, text: str, time_s: int) -> Line:
    """A line of kind 04 over the text, at POSIX second ``time_s``."""
    verifier = VerifierKey(name, COSIGNS, ed25519.public_key_of(key))
    signature = key.sign(cosigned_message(text, time_s))
    return Line(name, verifier.key_id, time_s.to_bytes(_TIME_BYTES, "big") + signature)


def with_lines(note: Note, added: Sequence[Line]) -> Note:
    """The note with more lines; one by the same name and id is replaced, so that each signer has one."""
    fresh = {(line.name, line.key_id) for line in added}
    kept = tuple(line for line in note.lines if (line.name, line.key_id) not in fresh)
    return Note(note.text, kept + tuple(added))
