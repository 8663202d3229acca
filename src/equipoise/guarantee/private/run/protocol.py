"""The arithmetic of one run: is the inner product of two secret 0/1 vectors zero, and nothing else.

The observer deals masks, shares of their weighted product and a multiplication triple (Beaver 1991, 1995; Du
and Atallah 2001). A sends a + R_A, B sends b + R_B; with public weights w drawn afterwards

    z_A = c_A - sum w R_A (b + R_B),   z_B = c_B + sum w b (a + R_A),   c_A + c_B = sum w R_A R_B

add up to z = sum w a b. Each party brings its own part of a random factor rho, and rho z is opened: zero
means zero, anything else is uniform. Every value is a function of a vector, the keys and what was received,
so that a run can be played again from what was opened.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, UInt64
from numpy import ndarray as Array

from equipoise.guarantee.private.run.field import (
    ELEMENT_BYTES,
    SEED_BYTES,
    P,
    dot,
    from_bytes,
    masked,
    stream,
    to_bytes,
)
from equipoise.guarantee.private.run.messages import DIGEST_BYTES, NONCE_BYTES, Role, keyed


@dataclass(frozen=True)
class Deal:
    """What the observer sends a party once both masked vectors are fixed: weights, and shares c, u, v, t.

    u v = t over both parties' shares. The digests are those of the masked vectors, as the observer got them.
    """

    weights_seed: bytes
    digest_a: bytes
    digest_b: bytes
    c: int
    u: int
    v: int
    t: int

    def to_bytes(self) -> bytes:
        """As it travels."""
        numbers = b"".join(n.to_bytes(ELEMENT_BYTES, "little") for n in (self.c, self.u, self.v, self.t))
        return self.weights_seed + self.digest_a + self.digest_b + numbers

    @staticmethod
    def from_bytes(data: bytes) -> Deal:
        """From what travelled. Raises ValueError where a number is no element."""
        ends = (SEED_BYTES, SEED_BYTES + DIGEST_BYTES, SEED_BYTES + 2 * DIGEST_BYTES)
        numbers = (int(n) for n in from_bytes(data[ends[2] :]))
        return Deal(data[: ends[0]], data[ends[0] : ends[1]], data[ends[1] : ends[2]], *numbers)


PARTIES: tuple[Role, Role] = ("A", "B")


def mask_of(seed: bytes, run: bytes, role: Role, entries: int) -> UInt64[Array, " n"]:
    """The mask that a dealt seed gives a party in a run.

    Run and role are in it: an observer that dealt one seed twice, in two runs or to both parties, would
    otherwise show one party the other's vector, or a difference of two.
    """
    return stream(keyed(seed, run, b"mask", role.encode()), entries)


@dataclass(frozen=True)
class Dealer:
    """The observer's part: everything follows from one secret of its own, the run and the digests."""

    secret: bytes
    run: bytes
    entries: int

    def mask_seed(self, role: Role) -> bytes:
        """The seed of a party's masks."""
        return keyed(self.secret, self.run, b"mask", role.encode())

    def deals(self, digest_a: bytes, digest_b: bytes) -> tuple[Deal, Deal]:
        """What A and B are sent after the digests of both masked vectors are in."""
        weights_seed = keyed(self.secret, self.run, b"weights", digest_a, digest_b)
        weights = stream(weights_seed, self.entries)
        masks = (mask_of(self.mask_seed(role), self.run, role, self.entries) for role in PARTIES)
        c = dot(weights, *masks)
        c_a, u_a, u_b, v_a, v_b, t_a = (
            int(n) for n in stream(keyed(self.secret, self.run, b"triple", digest_a, digest_b), 6)
        )
        t_b = ((u_a + u_b) * (v_a + v_b) - t_a) % P
        seeds = (weights_seed, digest_a, digest_b)
        return Deal(*seeds, c_a, u_a, v_a, t_a), Deal(*seeds, (c - c_a) % P, u_b, v_b, t_b)


@dataclass(frozen=True)
class Party:
    """One party's part. ``key`` is its one secret beside the vector; nonces and its part of rho follow."""

    role: Role
    vector: Bool[Array, " n"]
    key: bytes
    run: bytes

    def nonce(self, label: bytes) -> bytes:
        """What hides a commitment until it is opened; never the same in two runs."""
        return keyed(self.key, self.run, b"nonce", self.role.encode(), label)

    def mask(self, seed: bytes) -> UInt64[Array, " n"]:
        """The mask that a seed of the observer gives."""
        return mask_of(seed, self.run, self.role, len(self.vector))

    def masked(self, mask: UInt64[Array, " n"]) -> bytes:
        """A nonce and the vector plus its mask: what the other party is sent, and what is committed to."""
        return self.nonce(b"masked") + to_bytes(masked(self.vector, mask))

    def share(self, mask: UInt64[Array, " n"], deal: Deal, theirs: bytes) -> int:
        """The share of z, from the other party's masked vector. Raises ValueError where it is no vector.

        Every entry is worked on, be it 0 or 1: the time that this takes is seen by the other party, and must
        not say how many ones there are.
        """
        received = from_bytes(memoryview(theirs)[NONCE_BYTES:])
        weights = stream(deal.weights_seed, len(self.vector))
        if self.role == "A":
            return (deal.c - dot(weights, mask, received)) % P
        return (deal.c + dot(weights * self.vector.astype(np.uint64), received)) % P

    def factor(self) -> int:
        """This party's part of rho: neither the other nor the observer can make rho zero."""
        return int(stream(keyed(self.key, self.run, b"rho", self.role.encode()), 1)[0])

    def opening(self, deal: Deal, share: int) -> bytes:
        """A nonce and the shares of rho - u and z - v, both opened to the other party."""
        return self.nonce(b"opening") + _packed((self.factor() - deal.u) % P, (share - deal.v) % P)

    def final(self, deal: Deal, mine: bytes, theirs: bytes) -> bytes:
        """A nonce and the share of rho z, from both openings."""
        (e_mine, f_mine), (e_theirs, f_theirs) = (elements_of(o) for o in (mine, theirs))
        e, f = (e_mine + e_theirs) % P, (f_mine + f_theirs) % P
        own = deal.t + e * deal.v + f * deal.u + (e * f if self.role == "A" else 0)
        return self.nonce(b"final") + _packed(own % P)


def elements_of(payload: bytes) -> tuple[int, ...]:
    """The numbers behind a nonce. Raises ValueError where one is no element."""
    return tuple(int(n) for n in from_bytes(payload[NONCE_BYTES:]))


def is_zero(final_a: bytes, final_b: bytes) -> bool:
    """Whether the two shares of rho z add up to zero."""
    return (elements_of(final_a)[0] + elements_of(final_b)[0]) % P == 0


def plain_product(a: Bool[Array, " n"], b: Bool[Array, " n"]) -> int:
    """The inner product itself: for tests and for a party that holds both, never in a run."""
    return int(np.count_nonzero(a & b))


def _packed(*numbers: int) -> bytes:
    words: UInt64[Array, " n"] = np.array(numbers, dtype=np.uint64)
    return to_bytes(words)
