"""What a run leaves: a record at each role, entries for the ledger, and what is said beside the verdict."""

from __future__ import annotations

from typing import Any

from equipoise.guarantee.private.refusals import refusal
from equipoise.guarantee.private.run.messages import Kind, Logged, Terms
from equipoise.guarantee.private.run.roles import Outcome, Word
from equipoise.ledger import Commitment, Result, read_json
from equipoise.ledger import Word as Named

SCHEME = "equipoise/private-vector/v1"
OF = "private check"
"""What a run's entry is a result of."""
PROMISE = (
    "Secure against parties that follow the protocol, with cures against those that do not; any two roles "
    "that collude see everything.",
    "The inputs are as entered and committed to: without an inspection nothing makes a party enter the "
    "truth.",
    "Holds says that no interceptor as entered meets a missile as entered, by kinematics and time. It is no "
    "statement of safety.",
)
"""Said beside every verdict."""
MEANS: dict[Word, str] = {
    "holds": "no cell holds an interceptor and a missile in the same bin, so that nothing meets anywhere",
    "not shown": "some cell holds both in one bin: they may meet, or only come near, since cells are coarse",
    "not reached": "the run did not come to an end",
}


def means(outcome: Outcome) -> str:
    """The verdict in plain words, and whether somebody may know more than is said."""
    text = MEANS[outcome.word]
    if outcome.word != "not reached":
        return text
    if outcome.may_be_known:
        return f"{text}; who hung up may know the bit all the same, so that it counts as opened"
    return f"{text}, and no bit was opened by it"


def bits_opened(terms: Terms, outcome: Outcome, before: int = 0) -> int:
    """How many bits the commitments have given away so far, at most.

    ``before`` counts the runs that were begun earlier; each may have opened its bit.
    """
    return max(before + outcome.may_be_known, terms.number - (not outcome.may_be_known))


def record_of(
    outcome: Outcome, terms: Terms, bytes_sent: int, before: int = 0, held: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The record as JSON: no secret is in it, only digests and signatures of what was sent and received."""
    return {
        "kind": "equipoise/private-run/v1",
        "role": outcome.role,
        "verdict": outcome.word,
        "reason": outcome.reason,
        "terms": terms_to_json(terms),
        "bits_opened": bits_opened(terms, outcome, before),
        "bytes_sent": bytes_sent,
        "held_against": held,
        "messages": [
            {
                "from": m.sender,
                "to": m.receiver,
                "kind": m.kind.name.lower(),
                "digest": m.digest.hex(),
                "signature": m.signature.hex(),
            }
            for m in outcome.log
        ],
    }


def terms_to_json(terms: Terms) -> dict[str, Any]:
    """The terms with bytes in hexadecimal."""
    return {
        "run": terms.run.hex(),
        "statement": terms.statement.hex(),
        "domain": terms.domain.hex(),
        "root_a": terms.root_a.hex(),
        "root_b": terms.root_b.hex(),
        "entries": terms.entries,
        "number": terms.number,
        "shift_bins": terms.shift_bins,
    }


def read_record(data: bytes, file: str) -> tuple[Outcome, Terms]:
    """A record as it was kept. InputError where it is none."""
    given = read_json(data, file=file)
    try:
        said = given["terms"]
        terms = Terms(
            run=bytes.fromhex(said["run"]),
            statement=bytes.fromhex(said["statement"]),
            domain=bytes.fromhex(said["domain"]),
            root_a=bytes.fromhex(said["root_a"]),
            root_b=bytes.fromhex(said["root_b"]),
            entries=said["entries"],
            number=said["number"],
            shift_bins=said["shift_bins"],
        )
        log = tuple(
            Logged(
                m["from"],
                m["to"],
                Kind[m["kind"].upper()],
                bytes.fromhex(m["digest"]),
                bytes.fromhex(m["signature"]),
            )
            for m in given["messages"]
        )
        return Outcome(given["role"], given["verdict"], given["reason"], log), terms
    except (KeyError, TypeError, ValueError):
        raise refusal("private-record-form", file) from None


def commitment_about(statement: bytes, card: bytes) -> str:
    """What a commitment is about: the question, and the card whose keys its owner will come with."""
    return f"statement {statement.hex()}, card {card.hex()}"


def commitment_entry(statement: bytes, card: bytes, root: bytes, entries: int) -> Commitment:
    """A party's commitment as it goes into the ledger, before any run; ``card`` is its card's digest."""
    return Commitment(commitment_about(statement, card), SCHEME, root.hex(), entries)


def result_entry(outcome: Outcome, terms: Terms, code: str, before: int = 0, held: str = "") -> Result:
    """A role's result of a run for the ledger: the word, the terms, and the digest of every message.

    ``held`` says which checkpoint of the record the roots were held against; empty where they were not.
    """
    words = [
        Named("verdict", outcome.word),
        Named("role", outcome.role),
        Named("bits opened", str(bits_opened(terms, outcome, before))),
        *(Named(name, str(value)) for name, value in terms_to_json(terms).items()),
        Named("roots held against", held or "no record"),
        *(Named(f"{m.sender} to {m.receiver}: {m.kind.name.lower()}", m.digest.hex()) for m in outcome.log),
    ]
    return Result(OF, terms.statement.hex(), code, (), (), tuple(words))
