"""Vectors of signed notes, checkpoints and receipts."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from equipoise.ledger.c2sp.checkpoint import read_checkpoint
from equipoise.ledger.c2sp.note import Note, read_note, read_vkey, signature_line, verified_lines
from equipoise.ledger.c2sp.receipt import Receipt, read_receipt
from equipoise.ledger.conformance.case import Case, case
from equipoise.ledger.conformance.fields import data_of, refuses, text_of


def signer_of(skey: str) -> tuple[str, Ed25519PrivateKey]:
    """Name and key of Go's ``PRIVATE+KEY+name+id+base64``; only vectors keep keys in that form."""
    name, _, coded = skey.removeprefix("PRIVATE+KEY+").split("+", 2)
    return name, Ed25519PrivateKey.from_private_bytes(base64.b64decode(coded)[1:])


def signed_note(section: Mapping[str, Any]) -> Iterator[Case]:
    """Notes that open, with their signers; notes that do not; keys that are none."""
    for given in section.get("good", ()):
        yield case(given, _good_note, given)
    for given in section.get("bad", ()):
        yield case(given, _bad_note, given)
    for given in section.get("bad_vkeys", ()):
        yield case(given, _bad_vkey, given)


def _good_note(given: Mapping[str, Any]) -> bool:
    note = read_note(text_of(given, "note"))
    opened = verified_lines(note, map(read_vkey, given["vkeys"]))
    holds = [key.name for key, _ in opened] == list(given["verified"])
    if "skey" in given:
        signed = signature_line(*signer_of(given["skey"]), note.text)
        holds &= Note(note.text, (signed,)).whole == text_of(given, "note")
    return holds


def _bad_note(given: Mapping[str, Any]) -> bool:
    known = [read_vkey(text) for text in given["vkeys"]]
    return refuses(_open, text_of(given, "note"), known)


def _open(data: bytes, known: Sequence[Any]) -> None:
    verified_lines(read_note(data), known)


def _bad_vkey(given: Mapping[str, Any]) -> bool:
    """A text that is no key; or one that is, and then every proper substring of it, and it with any one byte
    incremented, must be refused.
    """
    if "derive_from" not in given:
        return refuses(read_vkey, given["vkey"])
    vkey = read_vkey(given["derive_from"]).text
    places = range(len(vkey))
    parts = (vkey[i : j + 1] for i in places for j in places[i:] if (i, j) != (0, len(vkey) - 1))
    changed = (vkey[:i] + chr(ord(vkey[i]) + 1) + vkey[i + 1 :] for i in places)
    return all(refuses(read_vkey, text) for text in (*parts, *changed))


def checkpoint(section: Mapping[str, Any]) -> Iterator[Case]:
    """Checkpoints to reproduce byte for byte, texts that are checkpoints and texts that are none."""
    for given in section.get("signed", ()):
        yield case(given, _signed_checkpoint, given)
    for given in section.get("parse_good", ()):
        yield case(given.get("desc", given["text"]), _good_checkpoint, given)
    for given in section.get("parse_bad", ()):
        yield case(given, _bad_checkpoint, given)


def _signed_checkpoint(given: Mapping[str, Any]) -> bool:
    """Opened by its key and written as it was; where the secret key is given, signed again alike."""
    verifier, whole = read_vkey(given["vkey"]), text_of(given, "checkpoint")
    note = read_note(whole)
    text = read_checkpoint(note.text).text
    holds = Note(text, note.lines).whole == whole
    if "seed" in given or "seed_hex" in given:
        key = Ed25519PrivateKey.from_private_bytes(data_of(given, "seed"))
        holds &= Note(text, (signature_line(verifier.name, key, text),)).whole == whole
    return holds and [k for k, _ in verified_lines(note, [verifier])] == [verifier]


def _good_checkpoint(given: Mapping[str, Any]) -> bool:
    found = read_checkpoint(given["text"], root_bytes=None)
    shown = {"origin": found.origin, "size": found.size, "extension": list(found.extensions)}
    shown["hash"] = base64.b64encode(found.root).decode()
    return all(given[name] == value for name, value in shown.items() if name in given)


def _bad_checkpoint(given: Mapping[str, Any]) -> bool:
    text = text_of(given, "text").decode("utf-8", "replace")
    return refuses(lambda: read_checkpoint(text, root_bytes=None))


def receipts(section: Mapping[str, Any]) -> Iterator[Case]:
    """Receipts to read and to write byte for byte, and files that are none."""
    for given in section.get("good", ()):
        yield case(given.get("desc", f"index {given['index']}"), _good_receipt, given)
    for given in section.get("bad", ()):
        yield case(given, refuses, read_receipt, text_of(given, "text"))


def _good_receipt(given: Mapping[str, Any]) -> bool:
    extra = data_of(given, "extra") if given.get("extra") or given.get("extra_hex") else None
    hashes = tuple(base64.b64decode(step) for step in given["hashes"] or [])
    expected, whole = (
        Receipt(given["index"], hashes, text_of(given, "checkpoint"), extra),
        text_of(given, "text"),
    )
    return read_receipt(whole) == expected and expected.whole == whole
