"""Vectors of cosignature/v1: lines to reproduce and to ignore, messages, keys, and what must not verify."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from equipoise.ledger.c2sp.checkpoint import Checkpoint
from equipoise.ledger.c2sp.note import (
    COSIGNS,
    SIGNS_NOTE,
    VerifierKey,
    cosignature_line,
    cosigned_message,
    read_note,
    read_vkey,
    signature_line,
    verified_lines,
    verifies,
)
from equipoise.ledger.conformance.case import Case, case
from equipoise.ledger.conformance.fields import data_of, refuses
from equipoise.ledger.ed25519 import public_key_of


def cosignature(section: Mapping[str, Any]) -> Iterator[Case]:
    """Every list of the section; lines and sentences are held against each exact case."""
    for given in section.get("exact", ()):
        yield case(given, _exact, given)
        for other in section.get("same_text_other_lines", ()):
            yield case(other, _ignored, given, other["line"])
        for sentence in section.get("must_fail", ()):
            yield case(str(sentence), _must_fail, given, str(sentence))
    for given in section.get("signed_message", ()):
        yield case("signed message", _message, given)
    for given in section.get("vkeys", ()):
        yield case(given, _vkey, given)
    for given in section.get("timestamps", ()):
        yield case(given, _timestamp, given)


def _key(given: Mapping[str, Any]) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(data_of(given, "seed"))


def _exact(given: Mapping[str, Any]) -> bool:
    name = read_vkey(given["witness_vkey"]).name
    made = cosignature_line(name, _key(given), given["checkpoint_text"], given["time"])
    return made.text == given["line"] and not _ignored(given, given["line"])


def _ignored(given: Mapping[str, Any], line: str) -> bool:
    """Whether a note with this line alone is one that no known key signed."""
    note = read_note(f"{given['checkpoint_text']}\n{line}".encode())
    return refuses(verified_lines, note, [read_vkey(given["witness_vkey"])])


def _must_fail(given: Mapping[str, Any], sentence: str) -> bool:
    """Plays what the sentence says must fail. ValueError where no play is known for its words."""
    key, verifier = _key(given), read_vkey(given["witness_vkey"])
    text, time_s = given["checkpoint_text"], given["time"]
    good = cosignature_line(verifier.name, key, text, time_s).signature
    if "extension" in sentence:
        longer = text + "first\nsecond\n"
        signature = cosignature_line(verifier.name, key, longer, time_s).signature
        changed = (text, text + "first\n", text + "second\nfirst\n", longer[:-2] + "e\n", longer + "third\n")
        failing = [(verifier, signature, other) for other in changed]
        holding = (verifier, signature, longer)
    elif "time" in sentence:
        failing = [(verifier, (time_s + step).to_bytes(8, "big") + good[8:], text) for step in (-1, 1)]
        holding = (verifier, good, text)
    elif "01" in sentence and "04" in sentence:
        signs = VerifierKey(verifier.name, SIGNS_NOTE, public_key_of(key))
        plain = signature_line(verifier.name, key, text).signature
        failing = [(signs, good, text), (signs, good[8:], text), (verifier, plain, text)]
        holding = (verifier, good, text)
    else:
        raise ValueError("no play is known for these words")
    return verifies(*holding) and not any(verifies(*attempt) for attempt in failing)


def _message(given: Mapping[str, Any]) -> bool:
    text = Checkpoint(given["origin"], given["size"], data_of(given, "root")).text
    return cosigned_message(text, given["time"]).decode() == str(given["message"])


def _vkey(given: Mapping[str, Any]) -> bool:
    """It reads and writes back the same, and as the other kind it has another id."""
    found = read_vkey(given["vkey"])
    other = VerifierKey(found.name, SIGNS_NOTE + COSIGNS - found.kind, found.public_key)
    return found.text == given["vkey"] and other.key_id != found.key_id


def _timestamp(given: Mapping[str, Any]) -> bool:
    raw = data_of(given, "signature")
    return len(raw) == 4 + 8 + 64 and int.from_bytes(raw[4:12], "big") == int(given["time"])
