"""Vectors of the quorum: which witnesses suffice, and policies that are none.

The vectors write the faults of bad policies as sentences; each is built here into a policy file with that
fault and no other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from equipoise.ledger.c2sp.note import COSIGNS, SIGNS_NOTE, VerifierKey
from equipoise.ledger.c2sp.policy import NONE, Policy, read_policy
from equipoise.ledger.conformance.case import Case, case
from equipoise.ledger.conformance.fields import refuses
from equipoise.ledger.ed25519 import public_key_of

_LINES = ("log", "witness", "group", "quorum")


def quorum(section: Mapping[str, Any]) -> Iterator[Case]:
    """The table of sets of witnesses, then the faults."""
    lines = [line if line.split()[0] in _LINES else f"group {line}" for line in section.get("groups", ())]
    names = _witnesses(lines)
    head = "".join(f"witness {name} {_key(n).text}\n" for n, name in enumerate(names, start=1))
    policy = read_policy((head + "".join(f"{line}\n" for line in lines)).encode()) if lines else None
    for *signed, sufficient in section.get("truth", ()):
        yield case(f"cosigned by {signed or 'nobody'}", _met, policy, _named(names, signed), sufficient)
    for sentence in section.get("bad", ()):
        yield case(str(sentence), _bad_policy, str(sentence))


def _witnesses(lines: Sequence[str]) -> list[str]:
    """Names of the witnesses: members of groups, or the quorum, that are no groups; in their order."""
    groups = [line.split()[1:] for line in lines if line.startswith("group ")]
    known = {NONE, *(group[0] for group in groups)}
    quorums = [line.split()[1] for line in lines if line.startswith("quorum ")]
    members = [name for group in groups for name in group[2:]]
    return list(dict.fromkeys(name for name in (*members, *quorums) if name not in known))


def _named(names: Sequence[str], signed: Sequence[Sequence[int | str]]) -> list[str]:
    """Who signed: names, or numbers in one list for each kind of name (W1, W2; or A1, A2 and B1, B2)."""
    kinds = list(dict.fromkeys(name.rstrip("0123456789") for name in names))
    return [
        who if isinstance(who, str) else f"{kind}{who}"
        for kind, numbers in zip(kinds, signed, strict=False)
        for who in numbers
    ]


def _met(policy: Policy, signed: list[str], sufficient: bool) -> bool:
    """A witness that the policy does not name counts as one that nobody knows."""
    return policy.is_met([policy.witnesses.get(name, _key(0)) for name in signed]) is sufficient


def _bad_policy(sentence: str) -> bool:
    return refuses(read_policy, _faulty(sentence).encode())


def _key(number: int, kind: int = COSIGNS) -> VerifierKey:
    """A key of a witness that these vectors make up, the same each time."""
    seed = hashlib.sha256(b"witness %d" % number).digest()
    return VerifierKey(
        f"witness.example/w{number}", kind, public_key_of(Ed25519PrivateKey.from_private_bytes(seed))
    )


_ONE, _TWO, _THREE = (f"witness W{n} {_key(n).text}\n" for n in (1, 2, 3))
_LOG = f"log {_key(9, SIGNS_NOTE).text}\n"
_FAULTS = (
    (
        ("named none", "called none", "is none", "name none"),
        f"witness none {_key(1).text}\nquorum none\n",
    ),
    (
        ("duplicate log", "log twice", "two logs", "log key", "log listed", "same log"),
        f"{_LOG}{_LOG}quorum none\n",
    ),
    (
        (
            "duplicate witness",
            "key twice",
            "same key",
            "keys alike",
            "one key",
            "witness key",
            "witness listed",
        ),
        f"{_ONE}witness W2 {_key(1).text}\nquorum W1\n",
    ),
    (("alike", "duplicate name", "same name"), f"{_ONE}witness W1 {_key(2).text}\nquorum W1\n"),
    (("two groups",), f"{_ONE}{_TWO}{_THREE}group A all W1 W2\ngroup B all W3 W2\nquorum B\n"),
    (
        ("repeated", "member twice", "twice in", "same member"),
        f"{_ONE}{_TWO}group A all W1 W2 W1\nquorum A\n",
    ),
    (("undefined", "not defined", "undef"), f"{_ONE}{_TWO}group A all W1 W3 W2\nquorum A\n"),
    (("del)", "del ", "7f"), f"# \x7f\n{_ONE}quorum W1\n"),
    (
        ("control", "formfeed", "form feed", "0x", "carriage"),
        f"# \f\n{_ONE}quorum W1\n",
    ),
    (("none as", "member none"), f"{_ONE}group A any W1 none\nquorum A\n"),
    (("keyword", "unknown line"), f"{_ONE}trust W1\nquorum W1\n"),
    (("comment",), f"{_LOG.rstrip()} https://log.example #comment\nquorum none\n"),
    (("two quorum", "second quorum", "quorum twice"), f"{_ONE}quorum W1\nquorum W1\n"),
    (
        (
            "threshold",
            "more than its members",
            "too many",
            "k of",
            "greater than",
            "larger than",
            "above n",
        ),
        f"{_ONE}{_TWO}group A 3 W1 W2\nquorum A\n",
    ),
    (("zero", "k = 0", "k is 0", "k 0"), f"{_ONE}{_TWO}group A 0 W1 W2\nquorum A\n"),
    (("no members", "empty group", "without members"), f"{_ONE}group A all\nquorum A\n"),
    (("no quorum", "missing quorum", "without quorum", "empty"), f"{_LOG}{_ONE}{_TWO}group A all W1 W2\n"),
    (
        ("later", "before", "after", "order", "forward", "circular", "itself"),
        f"{_ONE}group B all A\ngroup A all W1\nquorum B\n",
    ),
)
"""Phrases that name a fault, and a policy that has it and no other."""


def _faulty(sentence: str) -> str:
    """A policy with the fault that the sentence names. ValueError where its words are not known."""
    words = sentence.casefold()
    for phrases, text in _FAULTS:
        if any(phrase in words for phrase in phrases):
            return text
    raise ValueError("no policy with this fault is known")
