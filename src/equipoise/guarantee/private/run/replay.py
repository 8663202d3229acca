"""Playing a run again from what was opened: whose message does not follow from its input?

Each message is a function of a committed vector, a secret key and what was received, so that an honest run
can be made anew, message by message, and held against the digests that the roles logged. The first message
that differs names its sender: what comes after it may differ for its sake.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from jaxtyping import Bool
from numpy import ndarray as Array

from equipoise.guarantee.private.commitment import commit
from equipoise.guarantee.private.outward.statement import Domain
from equipoise.guarantee.private.run.messages import (
    Kind,
    Logged,
    Role,
    Terms,
    digest_of,
    is_signed,
    sealed,
)
from equipoise.guarantee.private.run.protocol import Dealer, Party, is_zero


@dataclass(frozen=True)
class Opened:
    """What a party opens to an inspector: its vector as made anew from its inputs, and its secret key."""

    vector: Bool[Array, " n"]
    key: bytes


@dataclass(frozen=True)
class Replay:
    """What an inspection of a whole run found; ``cheat`` None means that every message follows."""

    cheat: Role | None
    what: str
    zero: bool
    """The bit that the opened inputs give."""


def vector_follows(domain: Domain, opened: Opened, root: bytes) -> bool:
    """Whether the vector and the key open the root that was committed to."""
    return commit(domain, opened.vector, opened.key).root == root


def replay(
    terms: Terms,
    opened: Mapping[Role, Opened],
    dealer_secret: bytes,
    logs: Mapping[Role, Iterable[Logged]],
    keys: Mapping[Role, Ed25519PublicKey],
) -> Replay:
    """Make the run anew from both parties' openings and the observer's secret, and compare the logs.

    A receiver's log counts against a sender only with the sender's signature, and then even against the
    sender's own log.
    """
    said = {role: {(m.sender, m.receiver, m.kind): m for m in log} for role, log in logs.items()}
    zero, cheat, what = False, None, "every message follows from what was opened"
    for sender, receiver, kind, payload in _honest(terms, opened, dealer_secret):
        if kind is Kind.OUTCOME:
            zero = payload[:1] == b"\x01"
        expected = digest_of(terms.run, sender, receiver, kind, payload)
        place = (sender, receiver, kind)
        sent, received = (said.get(role, {}).get(place) for role in (sender, receiver))
        if cheat is not None or kind is Kind.OUTCOME:
            continue
        cheat = _cheat(sent, received, expected, keys[sender])
        if cheat is not None:
            what = f"the {_words(kind)} from {sender} to {receiver} does not follow from what was opened"
            if cheat == receiver:
                what = f"its log has another {_words(kind)} from {sender} than was signed"
    return Replay(cheat, what, zero)


def _cheat(
    sent: Logged | None, received: Logged | None, expected: bytes, key: Ed25519PublicKey
) -> Role | None:
    """Whose fault it is that a message is not as expected; None where it is, or was not reached."""
    if received is not None and received.digest != expected:
        return received.sender if is_signed(received, key) else received.receiver
    if sent is not None and sent.digest != expected:
        return sent.sender
    return None


def _words(kind: Kind) -> str:
    return f"{kind.name.lower().replace('_', ' ')} message"


def _honest(
    terms: Terms, opened: Mapping[Role, Opened], secret: bytes
) -> Iterator[tuple[Role, Role, Kind, bytes]]:
    """Every message of the run as it should have been, each after those that it follows from."""
    dealer = Dealer(secret, terms.run, terms.entries)
    a, b = (Party(role, opened[role].vector, opened[role].key, terms.run) for role in ("A", "B"))
    seeds = {role: dealer.mask_seed(role) for role in ("A", "B")}
    for role in ("A", "B"):
        yield "observer", role, Kind.MASK_SEED, seeds[role]
    mask_a, mask_b = a.mask(seeds["A"]), b.mask(seeds["B"])
    masked_a, masked_b = a.masked(mask_a), b.masked(mask_b)
    digests = _sealed(terms.run, Kind.MASKED, masked_a, masked_b)
    yield from _to_both(Kind.VECTOR_DIGEST, *digests, ("observer",))
    deal_a, deal_b = dealer.deals(*digests)
    yield "observer", "A", Kind.DEAL, deal_a.to_bytes()
    yield "observer", "B", Kind.DEAL, deal_b.to_bytes()
    yield from _to_both(Kind.MASKED, masked_a, masked_b)
    opening_a = a.opening(deal_a, a.share(mask_a, deal_a, masked_b))
    opening_b = b.opening(deal_b, b.share(mask_b, deal_b, masked_a))
    openings = _sealed(terms.run, Kind.OPENING, opening_a, opening_b)
    yield from _to_both(Kind.OPENING_DIGEST, *openings)
    yield from _to_both(Kind.OPENING, opening_a, opening_b)
    final_a, final_b = a.final(deal_a, opening_a, opening_b), b.final(deal_b, opening_b, opening_a)
    yield from _to_both(Kind.FINAL_DIGEST, *_sealed(terms.run, Kind.FINAL, final_a, final_b))
    yield from _to_both(Kind.FINAL, final_a, final_b)
    bit = b"\x01" if is_zero(final_a, final_b) else b"\x00"
    yield from _to_both(Kind.OUTCOME, bit, bit, ("observer",))


def _sealed(run: bytes, kind: Kind, of_a: bytes, of_b: bytes) -> tuple[bytes, bytes]:
    """Both parties' commitments to what they open later."""
    return sealed(run, "A", kind, of_a), sealed(run, "B", kind, of_b)


def _to_both(
    kind: Kind, from_a: bytes, from_b: bytes, also: tuple[Role, ...] = ()
) -> Iterator[tuple[Role, Role, Kind, bytes]]:
    """The same kind of message from each party to the other, and to any further receivers."""
    sent: tuple[tuple[Role, Role, bytes], ...] = (("A", "B", from_a), ("B", "A", from_b))
    for sender, peer, payload in sent:
        for receiver in (*also, peer):
            yield sender, receiver, kind, payload
