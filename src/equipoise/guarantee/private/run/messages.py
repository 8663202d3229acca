"""What travels between the three roles: frames of fixed size, and the digest of each that is logged.

Every kind of message has one length for a given number of entries. A receiver knows which kind comes next and
from whom, and reads not a byte more; nothing that a peer sends is ever taken as code, names or lengths.
Each message carries its sender's signature over its digest, so that nobody can deny later what it sent.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from equipoise.guarantee.private.run.field import ELEMENT_BYTES, SEED_BYTES

Role = Literal["A", "B", "observer"]
ROLES: tuple[Role, ...] = ("A", "B", "observer")
"""A owns the interceptors, B the missiles; the observer deals and sees no input."""
RUN_BYTES, DIGEST_BYTES, NONCE_BYTES, SIGNATURE_BYTES = 16, 32, 32, 64
HEADER = struct.Struct(">4sBB16sQ")
"""Magic, version, kind, run, length of what follows."""
MAGIC, VERSION = b"EQPC", 1
PREFIX = b"equipoise/private-message/v1\n"


class Kind(IntEnum):
    """The messages, in the order in which they can come."""

    TERMS = 1
    MASK_SEED = 2
    VECTOR_DIGEST = 3
    DEAL = 4
    MASKED = 5
    OPENING_DIGEST = 6
    OPENING = 7
    FINAL_DIGEST = 8
    FINAL = 9
    OUTCOME = 10


class NotReached(Exception):
    """The run did not come to an end: the reason is the whole verdict, and no secret stands in it."""


@dataclass(frozen=True)
class Terms:
    """What all three must have the same before anything secret is sent."""

    run: bytes
    """16 random bytes, used once."""
    statement: bytes
    domain: bytes
    """Digests of the statement and of the list of entries."""
    root_a: bytes
    root_b: bytes
    """Roots of the committed vectors."""
    entries: int
    number: int
    """1 for the first run of these roots; a later one needs both parties' consent."""
    shift_bins: int
    """By how many bins A's times are taken earlier; 0 but in a run for a coarse margin."""

    _FORM = struct.Struct(">16s32s32s32s32sQIi")

    def to_bytes(self) -> bytes:
        """The terms as they travel."""
        return self._FORM.pack(
            self.run,
            self.statement,
            self.domain,
            self.root_a,
            self.root_b,
            self.entries,
            self.number,
            self.shift_bins,
        )

    def difference(self, other: bytes) -> str | None:
        """The name of the first field in which a peer's terms differ; None where they are the same."""
        names = ("run", "statement", "domain", "root of A", "root of B", "entries", "number", "shift")
        theirs = self._FORM.unpack(other)
        mine = self._FORM.unpack(self.to_bytes())
        return next((n for n, a, b in zip(names, mine, theirs, strict=True) if a != b), None)


@dataclass(frozen=True)
class Logged:
    """One message of a run as every record keeps it: who to whom, what kind, digest and signature of it."""

    sender: Role
    receiver: Role
    kind: Kind
    digest: bytes
    signature: bytes


class Channel(Protocol):
    """What a role needs of whatever carries its messages."""

    def send(self, to: Role, kind: Kind, payload: bytes) -> None:
        """Send one message; raises NotReached where that cannot be done in time."""

    def receive(self, sender: Role, kind: Kind) -> bytes:
        """The next message from a peer, which must be of this kind; raises NotReached otherwise."""


def length_of(kind: Kind, entries: int) -> int:
    """Bytes of a message: its payload and the signature after it."""
    return (
        SIGNATURE_BYTES
        + {
            Kind.TERMS: Terms._FORM.size,
            Kind.MASK_SEED: SEED_BYTES,
            Kind.VECTOR_DIGEST: DIGEST_BYTES,
            Kind.DEAL: SEED_BYTES + 2 * DIGEST_BYTES + 4 * ELEMENT_BYTES,
            Kind.MASKED: NONCE_BYTES + ELEMENT_BYTES * entries,
            Kind.OPENING_DIGEST: DIGEST_BYTES,
            Kind.OPENING: NONCE_BYTES + 2 * ELEMENT_BYTES,
            Kind.FINAL_DIGEST: DIGEST_BYTES,
            Kind.FINAL: NONCE_BYTES + ELEMENT_BYTES,
            Kind.OUTCOME: 1 + DIGEST_BYTES,
        }[kind]
    )


def digest_of(run: bytes, sender: Role, receiver: Role, kind: Kind, payload: bytes) -> bytes:
    """SHA-256 over a prefix, the run, who to whom, the kind and the payload."""
    head = PREFIX + run + bytes([ROLES.index(sender), ROLES.index(receiver), kind])
    return hashlib.sha256(head + payload).digest()


def sealed(run: bytes, sender: Role, kind: Kind, payload: bytes) -> bytes:
    """The commitment to what a role opens later, as this kind of message, in this run.

    The payload starts with a nonce of 32 bytes, so that it hides. The role is in it, so that nobody can open
    a commitment that it has copied from the other.
    """
    head = b"equipoise/private-seal/v1\n" + run + bytes([ROLES.index(sender), kind])
    return hashlib.sha256(head + payload).digest()


def keyed(key: bytes, *parts: bytes) -> bytes:
    """32 bytes that follow from a secret key and some parts alone (HMAC-SHA-256)."""
    data = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return hmac.digest(key, data, "sha256")


def is_signed(logged: Logged, key: Ed25519PublicKey) -> bool:
    """Whether the sender's key signed the digest that a log holds."""
    try:
        key.verify(logged.signature, PREFIX + logged.digest)
    except InvalidSignature:
        return False
    return True


class Recorder:
    """A channel that signs what is sent, checks what comes, and keeps the digest and signature of each."""

    def __init__(
        self,
        channel: Channel,
        run: bytes,
        me: Role,
        key: Ed25519PrivateKey,
        peers: Mapping[Role, Ed25519PublicKey],
    ) -> None:
        self._channel, self._run, self.me, self._key, self._peers = channel, run, me, key, peers
        self.log: list[Logged] = []

    def send(self, to: Role, kind: Kind, payload: bytes) -> None:
        """Sign, log, send."""
        digest = digest_of(self._run, self.me, to, kind, payload)
        signature = self._key.sign(PREFIX + digest)
        self.log.append(Logged(self.me, to, kind, digest, signature))
        self._channel.send(to, kind, payload + signature)

    def receive(self, sender: Role, kind: Kind) -> bytes:
        """Receive, check, log."""
        message = self._channel.receive(sender, kind)
        payload, signature = message[:-SIGNATURE_BYTES], message[-SIGNATURE_BYTES:]
        digest = digest_of(self._run, sender, self.me, kind, payload)
        logged = Logged(sender, self.me, kind, digest, signature)
        if not is_signed(logged, self._peers[sender]):
            raise NotReached(f"a message that came for {sender} is not signed by it")
        self.log.append(logged)
        return payload

    def shared_with(self, peer: Role) -> bytes:
        """One digest over the messages between this role and a peer so far, in the order of their kinds."""
        mine = [m for m in self.log if peer in (m.sender, m.receiver) and m.kind is not Kind.OUTCOME]
        ordered = sorted(mine, key=lambda m: (m.kind, m.sender))
        return hashlib.sha256(b"".join(m.digest for m in ordered)).digest()
