"""Each attack that the protocol has a cure for, played, with what it would win and how it is caught."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest
from jaxtyping import Bool
from numpy import ndarray as Array

from equipoise.guarantee.private.run.field import P, from_bytes, stream
from equipoise.guarantee.private.run.messages import Kind, Logged, Role, keyed, sealed
from equipoise.guarantee.private.run.protocol import Deal, Dealer, Party, elements_of, mask_of
from equipoise.guarantee.private.run.replay import Opened, Replay, replay
from equipoise.guarantee.private.run_record import bits_opened, means
from guarantee.private.rooms import KEY_A, KEY_B, RUN, SECRET, SIGNED_BY, play, terms, vectors

A, B = vectors(7, 120, 4)


def inspected(
    outcomes: dict[Role, object], a: Bool[Array, " n"] = A, b: Bool[Array, " n"] = B, secret: bytes = SECRET
) -> Replay:
    """All three open to an inspector after a run."""
    logs: dict[Role, tuple[Logged, ...]] = {role: outcome.log for role, outcome in outcomes.items()}
    return replay(terms(len(a)), {"A": Opened(a, KEY_A), "B": Opened(b, KEY_B)}, secret, logs, SIGNED_BY)


def less(x: Array, y: Array) -> Array:
    """x - y in the field."""
    return np.where(x >= y, x - y, x + np.uint64(P) - y)


def number(value: int) -> bytes:
    return (value % P).to_bytes(8, "little")


def test_an_honest_run_is_cleared() -> None:
    found = inspected(play(A, B)[0])
    assert found == Replay(None, "every message follows from what was opened", False)


def test_a_rushing_party_cannot_choose_its_share_by_the_others() -> None:
    """B would send minus A's share and so make the sum zero. Both commit first, so that it cannot."""
    known: dict[str, bytes] = {}

    def a_sends(to: Role, kind: Kind, payload: bytes) -> bytes:
        if kind is Kind.FINAL:
            known["share"] = payload
        return payload

    def b_sends(to: Role, kind: Kind, payload: bytes) -> bytes:
        if kind is not Kind.FINAL:
            return payload
        while "share" not in known:
            pass
        return payload[:32] + number(-elements_of(known["share"])[0])

    outcomes, _ = play(A, B, cheats={"A": a_sends, "B": b_sends})
    assert outcomes["A"].word == "not reached"
    assert outcomes["A"].reason == "B opened another final message than it had committed to"
    assert inspected(outcomes).cheat == "B"


@dataclass(frozen=True)
class Shifting(Party):
    """Takes the count that it guesses off its share of the sum."""

    by: int = 0

    def share(self, mask: Array, deal: Deal, theirs: bytes) -> int:
        return (Party.share(self, mask, deal, theirs) - self.by) % P


@dataclass(frozen=True)
class Unweighted(Dealer):
    """A dealer without the cure: every weight is one, as the plain protocol has it."""

    def deals(self, digest_a: bytes, digest_b: bytes) -> tuple[Deal, Deal]:
        first, second = Dealer.deals(self, digest_a, digest_b)
        masks = [mask_of(self.mask_seed(role), self.run, role, self.entries) for role in ("A", "B")]
        plain = sum(int(x) * int(y) for x, y in zip(*masks, strict=True))
        return first, replace(second, c=(plain - first.c) % P)


def test_shifting_a_small_count_wins_without_weights_and_not_with_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    count = int(np.count_nonzero(A & B))
    cheat = Shifting("B", B, KEY_B, RUN, by=count)
    honest_a = Party("A", A, KEY_A, RUN)
    outcomes, _ = play(A, B, parties=(honest_a, cheat))
    assert outcomes["A"].word == "not shown"
    assert inspected(outcomes).cheat == "B"

    import equipoise.guarantee.private.run.protocol as protocol

    dealt = Dealer(SECRET, RUN, len(A))
    masks = {keyed(dealt.mask_seed(r), RUN, b"mask", r.encode()) for r in ("A", "B")}

    def ones_for_weights(seed: bytes, entries: int) -> Array:
        drawn = stream(seed, entries)
        return drawn if entries < len(A) or seed in masks else np.ones(entries, dtype=np.uint64)

    monkeypatch.setattr(protocol, "stream", ones_for_weights)
    fooled, _ = play(A, B, parties=(honest_a, cheat), dealer=Unweighted(SECRET, RUN, len(A)))
    assert fooled["A"].word == "holds"


def test_reused_masks_would_show_a_difference_and_fresh_runs_have_fresh_masks() -> None:
    other = np.roll(A, 1)

    def masked(vector: Array, run: bytes) -> Array:
        party = Party("A", vector, KEY_A, run)
        mask = party.mask(Dealer(SECRET, run, len(A)).mask_seed("A"))
        return from_bytes(party.masked(mask)[32:])

    leak = less(masked(A, RUN), masked(other, RUN))
    assert set(leak.tolist()) <= {0, 1, P - 1}
    fresh = less(masked(A, RUN), masked(other, b"another-run-id.."))
    assert not set(fresh.tolist()) & {0, 1, P - 1}


def test_an_observer_that_deals_one_seed_to_both_shows_neither_the_others_vector() -> None:
    """With one mask for both, B could take its own off what A sends. Role and run are in the mask."""

    @dataclass(frozen=True)
    class Twice(Dealer):
        def mask_seed(self, role: Role) -> bytes:
            return b"s" * 32

    _, channels = play(A, B, dealer=Twice(SECRET, RUN, len(A)))
    sent = next(payload for _, kind, payload in channels["B"].seen if kind is Kind.MASKED)
    theirs = Party("B", B, KEY_B, RUN).mask(b"s" * 32)
    assert not set(less(from_bytes(sent[32:-64]), theirs).tolist()) & {0, 1}
    again = Party("B", B, KEY_B, b"another-run-id..").mask(b"s" * 32)
    assert not set(less(theirs, again).tolist()) & {0, 1, P - 1}


def test_who_hangs_up_with_the_last_share_in_hand_is_counted_as_knowing_the_bit() -> None:
    """B takes A's last share and keeps its own: it knows the bit, A does not, and A says that."""

    def keeps(to: Role, kind: Kind, payload: bytes) -> bytes | None:
        return payload if kind < Kind.FINAL else None

    outcomes, channels = play(A, B, cheats={"B": keeps})
    assert any(kind is Kind.FINAL for _, kind, _ in channels["B"].seen)
    broken = outcomes["A"]
    assert (broken.word, broken.may_be_known) == ("not reached", True)
    assert bits_opened(terms(len(A)), broken) == 1
    assert "may know the bit all the same" in means(broken)
    assert outcomes["observer"].may_be_known

    def leaves_early(to: Role, kind: Kind, payload: bytes) -> bytes | None:
        return payload if kind < Kind.FINAL_DIGEST else None

    early = play(A, B, cheats={"B": leaves_early})[0]["A"]
    assert (early.word, early.may_be_known, bits_opened(terms(len(A)), early)) == ("not reached", False, 0)
    assert means(early).endswith("no bit was opened by it")


def test_a_copied_commitment_is_not_opened_by_the_copier() -> None:
    """B commits to and opens just what A does: the role is in a commitment."""
    copied: dict[Kind, bytes] = {}

    def a_sends(to: Role, kind: Kind, payload: bytes) -> bytes:
        if to == "B":
            copied[kind] = payload
        return payload

    def b_sends(to: Role, kind: Kind, payload: bytes) -> bytes:
        if kind not in (Kind.OPENING_DIGEST, Kind.OPENING):
            return payload
        while kind not in copied:
            pass
        return copied[kind]

    outcomes, _ = play(A, B, cheats={"A": a_sends, "B": b_sends})
    assert outcomes["A"].reason == "B opened another opening message than it had committed to"


def test_a_dead_peer_gives_not_reached() -> None:
    def dies(to: Role, kind: Kind, payload: bytes) -> bytes | None:
        return payload if kind < Kind.MASKED else None

    outcomes, _ = play(A, B, cheats={"B": dies})
    assert {outcomes[r].word for r in ("A", "B", "observer")} == {"not reached"}
    assert outcomes["A"].reason == "nothing from B by the deadline"


def test_a_party_that_enters_another_vector_than_it_committed_to_is_named() -> None:
    """Nothing in the run shows it: the inspection does."""
    emptied = np.zeros_like(B)
    outcomes, _ = play(A, emptied)
    assert outcomes["A"].word == "holds"
    found = inspected(outcomes)
    assert (found.cheat, found.zero) == ("B", False)


def test_a_party_that_uses_another_vector_in_its_share_wins_nothing() -> None:
    @dataclass(frozen=True)
    class TwoFaced(Party):
        def share(self, mask: Array, deal: Deal, theirs: bytes) -> int:
            return Party.share(replace(self, vector=np.zeros_like(B)), mask, deal, theirs)

    outcomes, _ = play(A, B, parties=(Party("A", A, KEY_A, RUN), TwoFaced("B", B, KEY_B, RUN)))
    assert outcomes["A"].word == "not shown"
    assert inspected(outcomes).cheat == "B"


def test_an_observer_that_deals_falsely_cannot_make_it_hold_and_is_named() -> None:
    @dataclass(frozen=True)
    class Crooked(Dealer):
        def deals(self, digest_a: bytes, digest_b: bytes) -> tuple[Deal, Deal]:
            first, second = Dealer.deals(self, digest_a, digest_b)
            return replace(first, u=0, v=0, t=0), replace(second, u=0, v=0, t=0)

    outcomes, _ = play(A, B, dealer=Crooked(SECRET, RUN, len(A)))
    assert outcomes["A"].word == "not shown"
    assert inspected(outcomes).cheat == "observer"


def test_an_observer_that_shows_each_party_other_digests_is_refused() -> None:
    def lies(to: Role, kind: Kind, payload: bytes) -> bytes:
        if kind is Kind.DEAL and to == "A":
            return payload[:64] + bytes(32) + payload[96:]
        return payload

    outcomes, _ = play(A, B, cheats={"observer": lies})
    assert outcomes["A"].reason == "the observer weighed other vectors than the parties committed to"


def test_a_changed_vector_after_its_digest_is_refused() -> None:
    def changes(to: Role, kind: Kind, payload: bytes) -> bytes:
        return payload[:-8] + number(5) if kind is Kind.MASKED else payload

    outcomes, _ = play(A, B, cheats={"A": changes})
    assert outcomes["B"].reason == "A opened another masked message than it had committed to"


def test_a_word_outside_the_field_ends_the_run() -> None:
    def stuffs(to: Role, kind: Kind, payload: bytes) -> bytes:
        if kind is Kind.FINAL:
            return payload[:32] + b"\xff" * 8
        return sealed(RUN, "B", Kind.FINAL, stuffs.final) if kind is Kind.FINAL_DIGEST else payload

    stuffs.final = Party("B", B, KEY_B, RUN).nonce(b"final") + b"\xff" * 8
    outcomes, _ = play(A, B, cheats={"B": stuffs})
    assert outcomes["A"].reason == "B sent a number outside the field"


def test_other_terms_are_refused_before_anything_secret_is_sent() -> None:
    def of_another_domain(to: Role, kind: Kind, payload: bytes) -> bytes:
        return payload[:48] + b"\x01" * 32 + payload[80:] if kind is Kind.TERMS else payload

    outcomes, channels = play(A, B, cheats={"B": of_another_domain})
    assert outcomes["A"].reason == "B came with another domain"
    assert {kind for _, kind, _ in channels["A"].seen} == {Kind.TERMS}


def test_a_false_bit_is_refused() -> None:
    def denies(to: Role, kind: Kind, payload: bytes) -> bytes:
        return b"\x01" + payload[1:] if kind is Kind.OUTCOME else payload

    outcomes, _ = play(A, B, cheats={"B": denies})
    assert outcomes["A"].reason == "B came to another bit"
    assert outcomes["observer"].word == "not reached"


def test_a_receiver_that_logs_another_message_than_was_signed_is_named() -> None:
    outcomes, _ = play(A, B)
    log = outcomes["B"].log
    forged = tuple(replace(m, digest=bytes(32)) if m.kind is Kind.MASKED else m for m in log)
    outcomes["B"] = replace(outcomes["B"], log=forged)
    assert inspected(outcomes).cheat == "B"
