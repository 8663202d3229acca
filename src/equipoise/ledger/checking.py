"""Checking a single file off line: a receipt, a checkpoint, or two checkpoints against each other."""

from __future__ import annotations

from dataclasses import dataclass

from equipoise.ledger import tree
from equipoise.ledger.c2sp.checkpoint import Checkpoint
from equipoise.ledger.c2sp.note import Note, VerifierKey, verified_lines
from equipoise.ledger.c2sp.policy import Policy
from equipoise.ledger.c2sp.receipt import HEADER, read_receipt
from equipoise.ledger.messages import LedgerError, fault
from equipoise.ledger.record import open_checkpoint

SIGNATURE_FAULTS = ("note-bad-signature",)
"""Faults that answer "is it valid?" with no; the others mean that the file cannot be judged."""


@dataclass(frozen=True)
class CheckpointCheck:
    """A checkpoint under a policy: who cosigned it and whether that is enough; ``problem`` says why not
    valid.
    """

    valid: bool
    origin: str
    size: int
    root: str
    cosigned_by: tuple[str, ...]
    quorum: bool
    problem: str = ""


@dataclass(frozen=True)
class ReceiptCheck:
    """A receipt under a policy: valid where the entry is in a tree that reached the quorum."""

    valid: bool
    index: int
    checkpoint: CheckpointCheck
    problem: str = ""
    entry: bytes | None = None


@dataclass(frozen=True)
class Misbehaviour:
    """Two checkpoints of one size and two roots, both signed by the log: proof against it for anybody.

    ``signed_both`` are cosigners whose lines stand under both: the proof is against them as well.
    """

    origin: str
    size: int
    roots: tuple[str, str]
    signed_both: tuple[str, ...]


def is_receipt(data: bytes) -> bool:
    """Whether a file says that it is a receipt."""
    return data.startswith(HEADER.encode())


def check_checkpoint(data: bytes, policy: Policy, *, file: str | None = None) -> CheckpointCheck:
    """A checkpoint under a policy. LedgerError where it cannot be judged: malformed, or of another log."""
    try:
        note, said, met = open_checkpoint(data, policy, file=file)
    except LedgerError as error:
        if error.id not in SIGNATURE_FAULTS:
            raise
        return CheckpointCheck(False, "", 0, "", (), False, error.message)
    problem = "" if met else "its cosignatures do not reach the quorum"
    names = cosigners(note, policy)
    return CheckpointCheck(met, said.origin, said.size, said.root.hex(), names, met, problem)


def check_receipt(
    data: bytes, policy: Policy, *, leaf: bytes | None = None, file: str | None = None
) -> ReceiptCheck:
    """A receipt under a policy, for ``leaf`` or for the entry that it carries itself.

    LedgerError where it cannot be judged: malformed, of another log, or with no entry to look for.
    """
    receipt = read_receipt(data, file=file)
    entry = leaf if leaf is not None else receipt.extra
    if entry is None:
        raise fault("receipt-without-entry", file=file)
    found = check_checkpoint(receipt.checkpoint, policy, file=file)
    problem = found.problem
    if found.root and not tree.verify_inclusion(
        receipt.index, found.size, tree.leaf_hash(entry), receipt.hashes, bytes.fromhex(found.root)
    ):
        problem = f"the proof does not show this entry at {receipt.index} in the tree of size {found.size}"
    return ReceiptCheck(found.valid and not problem, receipt.index, found, problem, entry)


def compare_checkpoints(one: bytes, other: bytes, policy: Policy) -> Misbehaviour | None:
    """The misbehaviour that two checkpoints of one log prove, or None where both say the same.

    LedgerError ``checkpoints-other-sizes`` where sizes differ: only the entries between can then decide, and
    ``verify`` of a ledger against the older one does.
    """
    (first, said, _), (second, also_said, _) = (open_checkpoint(data, policy) for data in (one, other))
    if (said.origin, said.size) != (also_said.origin, also_said.size):
        raise fault("checkpoints-other-sizes", one=_shown(said), other=_shown(also_said))
    if said.root == also_said.root:
        return None
    both = tuple(name for name in cosigners(first, policy) if name in cosigners(second, policy))
    return Misbehaviour(said.origin, said.size, (said.root.hex(), also_said.root.hex()), both)


def cosigners(note: Note, policy: Policy) -> tuple[str, ...]:
    """The policy's names of those who cosigned the note."""
    names: dict[VerifierKey, str] = {key: name for name, key in policy.witnesses.items()}
    signed = verified_lines(note, [*policy.logs, *policy.witnesses.values()])
    return tuple(names[key] for key, _ in signed if key in names)


def _shown(said: Checkpoint) -> str:
    return f"{said.origin} at {said.size}"
