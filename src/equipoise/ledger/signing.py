"""A signed entry: the payload, who signs it and the signature, as the bytes that the tree holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from equipoise.ledger import ed25519
from equipoise.ledger.c2sp.base64text import decode, encode
from equipoise.ledger.entries import Body, plain_body, read_body
from equipoise.ledger.json_text import canonical, is_canonical, read_json
from equipoise.ledger.key_files import Signer
from equipoise.ledger.messages import fault

DOMAIN = b"equipoise/entry/v1\n"
"""In front of what is signed, so that a signature of an entry is never one of a note or of a challenge."""
_FRAME = {"kind", "ledger", "party", "at"}
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@dataclass(frozen=True)
class Payload:
    """What is signed: in which ledger, for which party, at what time by the signer's own clock, and the body.

    The time is a statement like any other: order comes from the tree alone.
    """

    ledger: str
    party: str
    at: str
    body: Body

    @cached_property
    def data(self) -> bytes:
        """Canonical bytes."""
        frame = {"kind": self.body.kind, "ledger": self.ledger, "party": self.party, "at": self.at}
        return canonical({**plain_body(self.body), **frame})


@dataclass(frozen=True)
class SignedEntry:
    """A payload, the id of its signer's key and the signature over ``DOMAIN`` and the canonical payload."""

    payload: Payload
    signer: str
    signature: bytes

    @property
    def leaf(self) -> bytes:
        """The RFC 8785 bytes of {payload, signature, signer}: what the tree hashes."""
        return leaf_of(self.payload.data, self.signer, self.signature)


def leaf_of(payload: bytes, signer: str, signature: bytes) -> bytes:
    """The leaf around canonical payload bytes; its keys stand in the order of RFC 8785."""
    tail = canonical({"signature": encode(signature), "signer": signer})
    return b'{"payload":' + payload + b"," + tail[1:]


def sign(payload: Payload, signer: Signer) -> SignedEntry:
    """The entry, signed."""
    return SignedEntry(payload, signer.id, signer.key.sign(DOMAIN + payload.data))


def stated_time(moment: datetime | None = None) -> str:
    """A moment, by default now by this machine's clock, as entries state it."""
    return (moment or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_entry(leaf: bytes, *, file: str | None = None) -> SignedEntry:
    """The entry in a leaf; neither its signature nor its signer is checked here.

    LedgerError where it is not JSON of ours, or is not canonical: two texts of one entry would be two leaves.
    """
    given = read_json(leaf, file=file)
    if not isinstance(given, Mapping) or set(given) != {"payload", "signature", "signer"}:
        raise fault("entry-form", file=file, why="it is not {payload, signature, signer}")
    payload, signer, coded = given["payload"], given["signer"], given["signature"]
    signature = decode(coded) if isinstance(coded, str) else None
    if signature is None or len(signature) != ed25519.SIGNATURE_BYTES:
        raise fault("entry-form", file=file, why="the signature is not base64 of 64 bytes")
    if not isinstance(signer, str):
        raise fault("entry-form", file=file, why="the signer is no text")
    if not is_canonical(leaf, given):
        raise fault("entry-form", file=file, why="it is not in canonical form (RFC 8785)")
    return SignedEntry(read_payload(payload), signer, signature)


def read_payload(given: Any) -> Payload:
    """The payload of a JSON value. LedgerError names the field."""
    if not isinstance(given, Mapping):
        raise fault("entry-form", why="the payload is no object")
    for name in sorted(_FRAME):
        if not isinstance(given.get(name), str) or not given[name]:
            raise fault("field-missing", field=name)
    if not _TIME.fullmatch(given["at"]):
        wanted = "a time such as 2010-11-20T10:00:00Z"
        raise fault("field-form", field="at", found=repr(given["at"])[:40], wanted=wanted)
    body = read_body(given["kind"], {name: value for name, value in given.items() if name not in _FRAME})
    return Payload(given["ledger"], given["party"], given["at"], body)
