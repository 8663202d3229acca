"""Vectors of a witness: requests to ``add-checkpoint`` in a stated state, and the status of the answer."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from typing import Any

from equipoise.ledger.c2sp.checkpoint import Checkpoint, read_checkpoint
from equipoise.ledger.c2sp.note import (
    COSIGNS,
    Note,
    VerifierKey,
    read_line,
    read_note,
    read_vkey,
    signature_line,
    verifies,
)
from equipoise.ledger.conformance.case import Case, case
from equipoise.ledger.conformance.notes import signer_of
from equipoise.ledger.ed25519 import public_key_of
from equipoise.ledger.tree import EMPTY_ROOT
from equipoise.ledger.witness import Answer, Request, WitnessMemory, add_checkpoint

_NOW_S = 1_700_000_000


def witness(section: Mapping[str, Any]) -> Iterator[Case]:
    """Each case against a witness of its own; a good answer carries a cosignature that verifies."""
    for given in section["cases"]:
        yield case(given, _answered, section, given)


def _answered(section: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    with WitnessMemory(":memory:") as memory:
        if given["state"]:
            _ask(section, memory, Request(0, (), _note_of_size(section, given["state"])))
        note = _submitted(section, given)
        answer = _ask(section, memory, Request(given["old"], _proof(section, given.get("proof")), note))
    shown = {"status": answer.status, "body": answer.body, "content_type": answer.content_type}
    as_said = all(given[name] == value for name, value in shown.items() if name in given)
    return as_said and (answer.status != 200 or _is_cosigned(section, answer, note))


def _ask(section: Mapping[str, Any], memory: WitnessMemory, request: Request) -> Answer:
    log = read_vkey(section["log_vkey"])
    name, key = signer_of(section["witness_skey"])
    return add_checkpoint(
        request.whole, memory=memory, logs={log.name: (log,)}, name=name, key=key, now_s=_NOW_S
    )


def _proof(section: Mapping[str, Any], given: Any) -> tuple[bytes, ...]:
    return tuple(
        base64.b64decode(step) for step in (section[given] if isinstance(given, str) else given or ())
    )


def _submitted(section: Mapping[str, Any], given: Mapping[str, Any]) -> bytes:
    """The note of a request: one of the section's, or one signed here with the root that is given."""
    if "submit" in given:
        return str(section.get(given["submit"], given["submit"])).encode()
    size = given.get("submit_size", given["state"])
    return _signed(section, Checkpoint("", size, bytes.fromhex(given["submit_root_hex"])))


def _note_of_size(section: Mapping[str, Any], size: int) -> bytes:
    """The section's checkpoint of this size, or one signed here with the root of another size."""
    if f"checkpoint_size_{size}" in section:
        return str(section[f"checkpoint_size_{size}"]).encode()
    other = next((section[k] for k in section if k.startswith("checkpoint_size_")), None)
    root = EMPTY_ROOT if other is None else read_checkpoint(read_note(other.encode()).text).root
    return _signed(section, Checkpoint("", size, root))


def _signed(section: Mapping[str, Any], said: Checkpoint) -> bytes:
    name, key = signer_of(section["log_skey"])
    text = Checkpoint(name, said.size, said.root).text
    return Note(text, (signature_line(name, key, text),)).whole


def _is_cosigned(section: Mapping[str, Any], answer: Answer, note: bytes) -> bool:
    name, key = signer_of(section["witness_skey"])
    verifier = VerifierKey(name, COSIGNS, public_key_of(key))
    line = read_line(answer.body.rstrip("\n"))
    text = read_note(note).text
    return (
        line.time_s == _NOW_S and line.key_id == verifier.key_id and verifies(verifier, line.signature, text)
    )
