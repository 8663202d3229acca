"""Vectors of cosignature/v1: lines to reproduce and to ignore, messages, keys, and what must not verify."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from equipoise.ledger.c2sp.base64text import decode
from equipoise.ledger.c2sp.checkpoint import Checkpoint
from equipoise.ledger.c2sp.note import (
    COSIGNS,
    SIGNS_NOTE,
    Line,
    VerifierKey,
    cosignature_line,
    cosigned_message,
    read_line,
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
    """Every list of the section; lines and sentences are held against each exact case, or against one made
    here where the file has none.
    """
    for given in section.get("exact", ()):
        yield case(given, _exact, given)
    for given in section.get("exact") or (_MADE,):
        for other in section.get("same_text_other_lines", ()):
            yield case(other, _ignored, given, other["line"])
        for sentence in section.get("must_fail", ()):
            yield case(str(sentence), _must_fail, given, str(sentence))
    for given in section.get("signed_message", ()):
        yield case("signed message", _message, given)
    for given in section.get("vkeys", ()):
        yield case(given, _vkey, given)
    for given in section.get("bad_vkeys", ()):
        yield case(given, refuses, read_vkey, given["vkey"])
    for given in section.get("timestamps", ()):
        yield case(given, _timestamp, given)


_SEED = hashlib.sha256(b"a cosigner of these vectors").digest()
_MADE: dict[str, Any] = {
    "seed_hex": _SEED.hex(),
    "witness_vkey": VerifierKey(
        "witness.example/made", COSIGNS, public_key_of(Ed25519PrivateKey.from_private_bytes(_SEED))
    ).text,
    "time": 1_700_000_000,
    "checkpoint_text": Checkpoint("log.example/made", 7, _SEED).text,
}


def _key(given: Mapping[str, Any]) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(data_of(given, "seed"))


def _exact(given: Mapping[str, Any]) -> bool:
    """The line opens its text; where the secret key is given, it is made again to the same bytes."""
    if _ignored(given, given["line"]):
        return False
    if "seed" not in given and "seed_hex" not in given:
        return read_line(given["line"].rstrip("\n")).time_s == int(given["time"])
    name = read_vkey(given["witness_vkey"]).name
    made = cosignature_line(name, _key(given), given["checkpoint_text"], given["time"])
    return made.text == str(given["line"])


def _ignored(given: Mapping[str, Any], line: str) -> bool:
    """Whether a note with this line alone is one that no known key signed."""
    note = read_note(f"{given['checkpoint_text']}\n{line}".encode())
    return refuses(verified_lines, note, [read_vkey(given["witness_vkey"])])


def _must_fail(given: Mapping[str, Any], sentence: str) -> bool:
    """Plays what the sentence says must fail, and what must hold. ValueError for words that are unknown."""
    key, verifier = _key(given), read_vkey(given["witness_vkey"])
    text, time_s = given["checkpoint_text"], given["time"]
    good = cosignature_line(verifier.name, key, text, time_s).signature
    words = sentence.casefold()
    holding = (verifier, good, text)
    if "extension" in words:
        longer = text + "first\nsecond\n"
        signature = cosignature_line(verifier.name, key, longer, time_s).signature
        changed = (text, text + "first\n", text + "second\nfirst\n", longer[:-2] + "e\n", longer + "third\n")
        failing = [(verifier, signature, other) for other in changed]
        holding = (verifier, signature, longer)
    elif "time" in words:
        times = [time_s - 1, time_s + 1, time_s | 1 << 63]
        failing = [(verifier, time.to_bytes(8, "big") + good[8:], text) for time in times]
        failing.append((verifier, _over(key, time_s | 1 << 63, text), text))
    elif ("01" in words and "04" in words) or "plain" in words:
        signs = VerifierKey(verifier.name, SIGNS_NOTE, public_key_of(key))
        plain = signature_line(verifier.name, key, text).signature
        failing = [(signs, good, text), (signs, good[8:], text), (verifier, plain, text)]
    elif "key id" in words or "name" in words:
        return _by_name_and_id(given, verifier, good)
    elif any(word in words for word in ("cut", "short", "length", "truncated", "longer")):
        failing = [(verifier, good[:size], text) for size in (0, 8, 64, 71)] + [(verifier, good + b"X", text)]
    elif "header" in words:
        failing = [(verifier, good[:8] + key.sign(f"time {time_s}\n{text}".encode()), text)]
    elif any(word in words for word in ("text", "origin", "size", "root", "newline", "checkpoint")):
        lines = text.splitlines(keepends=True)
        other = [[*lines[:n], "1" + line, *lines[n + 1 :]] for n, line in enumerate(lines)]
        failing = [
            (verifier, good, "".join(each)) for each in (*other, lines[:-1], [text[:-1]], [text, "\n"])
        ]
    else:
        raise ValueError("no play is known for these words")
    return verifies(*holding) and not any(verifies(*attempt) for attempt in failing)


def _by_name_and_id(given: Mapping[str, Any], verifier: VerifierKey, good: bytes) -> bool:
    """Whether a line counts under its own name and key id, and under no other."""
    other = bytes(b ^ 1 for b in verifier.key_id)
    lines = (
        Line(verifier.name, verifier.key_id, good),
        Line(verifier.name + "x", verifier.key_id, good),
        Line(verifier.name, other, good),
    )
    return [_ignored(given, line.text) for line in lines] == [False, True, True]


def _over(key: Ed25519PrivateKey, time_s: int, text: str) -> bytes:
    """A cosignature of any time, also of one that the format does not admit."""
    return time_s.to_bytes(8, "big") + key.sign(cosigned_message(text, time_s))


def _message(given: Mapping[str, Any]) -> bool:
    text = Checkpoint(given["origin"], given["size"], data_of(given, "root")).text
    return cosigned_message(text, given["time"]).decode() == str(given["message"])


def _vkey(given: Mapping[str, Any]) -> bool:
    """It reads and writes back the same, and as the other kind it has another id."""
    found = read_vkey(given["vkey"])
    other = VerifierKey(found.name, SIGNS_NOTE + COSIGNS - found.kind, found.public_key)
    return found.text == given["vkey"] and other.key_id != found.key_id


def _timestamp(given: Mapping[str, Any]) -> bool:
    """Key id, time, signature; where no time is given the bytes are no cosignature's."""
    raw = decode(given["signature"]) or b""
    is_one = len(raw) == 4 + 8 + 64
    if given.get("time") is None:
        return not is_one
    return is_one and int.from_bytes(raw[4:12], "big") == int(given["time"])
