"""The three roles of a run, each as one function over a channel that carries its messages.

A message that is late, of another kind or length, or against an earlier commitment ends the run: the verdict
is then *not reached*, with the reason and, where that is plain, whose message it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

from equipoise.guarantee.private.run.messages import (
    Kind,
    Logged,
    NotReached,
    Recorder,
    Role,
    Terms,
    sealed,
)
from equipoise.guarantee.private.run.protocol import Deal, Dealer, Party, is_zero

Word = Literal["holds", "not shown", "not reached"]
HOLDS, NOT_SHOWN = b"\x01", b"\x00"
Value = TypeVar("Value")


@dataclass(frozen=True)
class Outcome:
    """What one role saw: the word, and the digests of all messages that it sent and received."""

    role: Role
    word: Word
    reason: str
    """Empty but where the verdict was not reached."""
    log: tuple[Logged, ...]

    @property
    def may_be_known(self) -> bool:
        """Whether somebody may know the bit: also where the other party hung up with the last share in hand.

        A party can tell by whether it has opened its own last share; the observer sees none, and takes it
        that both have once it has dealt.
        """
        last = Kind.DEAL if self.role == "observer" else Kind.FINAL
        sent = any(m.sender == self.role and m.kind is last for m in self.log)
        return self.word != "not reached" or sent


def play_party(party: Party, terms: Terms, recorder: Recorder) -> Outcome:
    """A party's run. A run that breaks off is an outcome as well."""
    try:
        word = _party(party, terms, recorder)
    except NotReached as broken:
        return Outcome(party.role, "not reached", str(broken), tuple(recorder.log))
    return Outcome(party.role, word, "", tuple(recorder.log))


def play_observer(dealer: Dealer, terms: Terms, recorder: Recorder) -> Outcome:
    """The observer's run."""
    try:
        word = _observer(dealer, terms, recorder)
    except NotReached as broken:
        return Outcome("observer", "not reached", str(broken), tuple(recorder.log))
    return Outcome("observer", word, "", tuple(recorder.log))


def _party(party: Party, terms: Terms, channel: Recorder) -> Word:
    me: Role = party.role
    peer: Role = "B" if me == "A" else "A"
    _agree(terms, channel, (peer, "observer"))
    seed = channel.receive("observer", Kind.MASK_SEED)
    mask = party.mask(seed)
    masked = party.masked(mask)
    for other in ("observer", peer):
        channel.send(other, Kind.VECTOR_DIGEST, sealed(terms.run, me, Kind.MASKED, masked))
    promised = channel.receive(peer, Kind.VECTOR_DIGEST)
    deal = _checked(Deal.from_bytes, channel.receive("observer", Kind.DEAL), "observer")
    ours = (deal.digest_a, deal.digest_b) if me == "A" else (deal.digest_b, deal.digest_a)
    if ours != (sealed(terms.run, me, Kind.MASKED, masked), promised):
        raise NotReached("the observer weighed other vectors than the parties committed to")
    channel.send(peer, Kind.MASKED, masked)
    theirs = _opened(terms.run, channel, peer, Kind.MASKED, promised)
    share = _checked(lambda data: party.share(mask, deal, data), theirs, peer)
    opening = party.opening(deal, share)
    their_opening = _exchanged(terms.run, channel, peer, Kind.OPENING, opening)
    final = _checked(lambda data: party.final(deal, opening, data), their_opening, peer)
    their_final = _exchanged(terms.run, channel, peer, Kind.FINAL, final)
    zero = _checked(lambda data: is_zero(final, data), their_final, peer)
    return _conclude(channel, (peer, "observer"), zero)


def _observer(dealer: Dealer, terms: Terms, channel: Recorder) -> Word:
    parties: tuple[Role, Role] = ("A", "B")
    _agree(terms, channel, parties)
    for role in parties:
        channel.send(role, Kind.MASK_SEED, dealer.mask_seed(role))
    digest_a, digest_b = (channel.receive(role, Kind.VECTOR_DIGEST) for role in parties)
    for role, deal in zip(parties, dealer.deals(digest_a, digest_b), strict=True):
        channel.send(role, Kind.DEAL, deal.to_bytes())
    return _conclude(channel, parties, None)


def _agree(terms: Terms, channel: Recorder, peers: tuple[Role, ...]) -> None:
    """Nothing secret is sent before all three have the same terms."""
    for peer in peers:
        channel.send(peer, Kind.TERMS, terms.to_bytes())
    for peer in peers:
        what = terms.difference(channel.receive(peer, Kind.TERMS))
        if what is not None:
            raise NotReached(f"{peer} came with another {what}")


_PROMISE = {Kind.OPENING: Kind.OPENING_DIGEST, Kind.FINAL: Kind.FINAL_DIGEST}


def _exchanged(run: bytes, channel: Recorder, peer: Role, kind: Kind, payload: bytes) -> bytes:
    """Both commit before either opens, so that neither can choose its message by the other's."""
    channel.send(peer, _PROMISE[kind], sealed(run, channel.me, kind, payload))
    promised = channel.receive(peer, _PROMISE[kind])
    channel.send(peer, kind, payload)
    return _opened(run, channel, peer, kind, promised)


def _opened(run: bytes, channel: Recorder, peer: Role, kind: Kind, promised: bytes) -> bytes:
    payload = channel.receive(peer, kind)
    if sealed(run, peer, kind, payload) != promised:
        raise NotReached(f"{peer} opened another {kind.name.lower()} message than it had committed to")
    return payload


def _checked(read: Callable[[bytes], Value], data: bytes, peer: Role) -> Value:
    """What a peer's message says; one that says nothing permitted ends the run."""
    try:
        return read(data)
    except ValueError as error:
        raise NotReached(f"{peer} sent a number outside the field") from error


def _conclude(channel: Recorder, peers: tuple[Role, ...], zero: bool | None) -> Word:
    """All compare the bit and the digests of what they exchanged; the observer learns the bit here."""
    mine = None if zero is None else (HOLDS if zero else NOT_SHOWN)
    for peer in peers:
        if mine is not None:
            channel.send(peer, Kind.OUTCOME, mine + channel.shared_with(peer))
    for peer in peers:
        if mine is not None and peer == "observer":
            continue
        said = channel.receive(peer, Kind.OUTCOME)
        if said[1:] != channel.shared_with(peer):
            raise NotReached(f"{peer} has another log of what was exchanged")
        if said[:1] not in (HOLDS, NOT_SHOWN) or (mine is not None and said[:1] != mine):
            raise NotReached(f"{peer} came to another bit")
        mine = mine or said[:1]
    return "holds" if mine == HOLDS else "not shown"
