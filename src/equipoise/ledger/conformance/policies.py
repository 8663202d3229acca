"""Vectors of the quorum: which witnesses suffice, and policies that are none.

The vectors write the faults of bad policies as sentences; each is built here into a policy file with that
fault and no other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from equipoise.ledger.c2sp.note import COSIGNS, SIGNS_NOTE, VerifierKey
from equipoise.ledger.c2sp.policy import Policy, read_policy
from equipoise.ledger.conformance.case import Case, case
from equipoise.ledger.conformance.fields import refuses
from equipoise.ledger.ed25519 import public_key_of

_WITNESSES = 9
_LINES = ("log", "witness", "group", "quorum")


def quorum(section: Mapping[str, Any]) -> Iterator[Case]:
    """The table of sets of witnesses, then the faults."""
    head = "".join(f"witness W{n} {_key(n).text}\n" for n in range(1, _WITNESSES + 1))
    lines = (line if line.split()[0] in _LINES else f"group {line}" for line in section["groups"])
    policy = read_policy((head + "".join(f"{line}\n" for line in lines)).encode())
    for signed, sufficient in section["truth"]:
        yield case(f"cosigned by {signed or 'nobody'}", _met, policy, signed, sufficient)
    for sentence in section.get("bad", ()):
        yield case(str(sentence), _bad_policy, str(sentence))


def _met(policy: Policy, signed: list[int], sufficient: bool) -> bool:
    return policy.is_met([_key(number) for number in signed]) is sufficient


def _bad_policy(sentence: str) -> bool:
    return refuses(read_policy, _faulty(sentence).encode())


def _key(number: int, kind: int = COSIGNS) -> VerifierKey:
    """A key of a witness that these vectors make up, the same each time."""
    seed = hashlib.sha256(b"witness %d" % number).digest()
    return VerifierKey(
        f"witness.example/w{number}", kind, public_key_of(Ed25519PrivateKey.from_private_bytes(seed))
    )


def _faulty(sentence: str) -> str:
    """A policy with the fault that the sentence names. ValueError where its words are not known."""
    one, two, three = (f"witness W{n} {_key(n).text}\n" for n in (1, 2, 3))
    log = f"log {_key(9, SIGNS_NOTE).text}\n"
    known = (
        (("named none", "called none", "is none"), f"witness none {_key(1).text}\nquorum none\n"),
        (("duplicate log", "log twice", "two logs"), f"{log}{log}quorum none\n"),
        (
            ("duplicate witness", "key twice", "same key", "keys alike"),
            f"{one}witness W2 {_key(1).text}\nquorum W1\n",
        ),
        (("alike", "duplicate name", "same name"), f"{one}witness W1 {_key(2).text}\nquorum W1\n"),
        (("two groups",), f"{one}{two}{three}group A all W1 W2\ngroup B all W3 W2\nquorum B\n"),
        (("repeated", "member twice", "twice in"), f"{one}{two}group A all W1 W2 W1\nquorum A\n"),
        (("undefined", "not defined", "undef"), f"{one}{two}group A all W1 W3 W2\nquorum A\n"),
        (("control", "formfeed", "form feed", "del)"), f"# \f\n{one}quorum W1\n"),
        (("comment",), f"{log.rstrip()} https://log.example #comment\nquorum none\n"),
        (("two quorum", "second quorum", "quorum twice"), f"{one}quorum W1\nquorum W1\n"),
        (
            ("threshold", "more than its members", "too many", "k of"),
            f"{one}{two}group A 3 W1 W2\nquorum A\n",
        ),
        (("zero", "k = 0"), f"{one}{two}group A 0 W1 W2\nquorum A\n"),
        (("no members", "empty group", "without members"), f"{one}group A all\nquorum A\n"),
        (("no quorum", "missing quorum", "without quorum", "empty"), f"{log}{one}{two}group A all W1 W2\n"),
        (("later", "before", "after", "order"), f"{one}group B all A\ngroup A all W1\nquorum B\n"),
    )
    words = sentence.casefold()
    for phrases, text in known:
        if any(phrase in words for phrase in phrases):
            return text
    raise ValueError("no policy with this fault is known")
