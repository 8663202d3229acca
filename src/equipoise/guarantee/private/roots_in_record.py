"""Holding the roots of a run against the co-signed record, before anything is sent.

A card may say one thing to one and another to another; what stands in the record under the quorum of its
cosigners is the same for everybody. So each role looks by itself whether both commitments stand there: to
this statement, these cards and these roots, by the parties whose cards they are, and before any result.
"""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from equipoise.guarantee.private.refusals import refusal
from equipoise.guarantee.private.run.messages import Role, Terms
from equipoise.guarantee.private.run_record import OF, SCHEME, commitment_about
from equipoise.ledger import (
    SIGNS_NOTE,
    Audit,
    CheckpointState,
    Commitment,
    Key,
    Ledger,
    LedgerError,
    Policy,
    Result,
    Revocation,
    SignedEntry,
    VerifierKey,
    audit,
    leaf_hash,
    node_of,
    open_ledger,
    read_entry,
    read_input,
    read_policy,
    root_hash,
    signer_id,
)
from equipoise.scenario import PeersFile, RoleEntry

PARTIES: tuple[Role, Role] = ("A", "B")


@dataclass(frozen=True)
class RecordPlace:
    """Where the record is: a ledger's folder, and the reader's own copy of the trust policy if it has one."""

    folder: Path
    policy: Path | None = None


@dataclass(frozen=True)
class HeldRoots:
    """What the roots were held against: the record's latest checkpoint, and the entries of A and B."""

    origin: str
    size: int
    root: str
    cosigned_by: tuple[str, ...]
    entry_a: int
    entry_b: int
    own_policy: bool
    """Whether the quorum is that of the reader's own copy of the policy, and not of the one in the folder."""

    @property
    def checkpoint(self) -> str:
        """Which checkpoint of which record, in one line."""
        return f"{self.origin} at {self.size} entries, root {self.root}"

    @property
    def words(self) -> str:
        """What is said beside the verdict."""
        said = (
            f"Both roots were held against {self.origin}: entries {self.entry_a} and {self.entry_b}, under "
            f"its checkpoint of {self.size} entries with root {self.root}, cosigned by "
            f"{', '.join(self.cosigned_by)}."
        )
        copy = " The policy was the copy in its folder: whoever can change the folder can change that."
        return said if self.own_policy else said + copy


NOT_HELD = (
    "The roots are those on the cards and were not held against a record: look there, or give --record."
)
"""Said beside a verdict of a run without ``--record``."""


def held_to_json(held: HeldRoots | None) -> dict[str, Any] | None:
    """The same as JSON; None where the roots were not held against a record."""
    if held is None:
        return None
    return {
        "origin": held.origin,
        "size": held.size,
        "root": held.root,
        "cosigned_by": list(held.cosigned_by),
        "entries": {"A": held.entry_a, "B": held.entry_b},
        "own_policy": held.own_policy,
    }


def held_from_json(said: dict[str, Any] | None) -> HeldRoots | None:
    """What ``held_to_json`` made."""
    if said is None:
        return None
    a, b = said["entries"]["A"], said["entries"]["B"]
    signed = tuple(said["cosigned_by"])
    return HeldRoots(said["origin"], said["size"], said["root"], signed, a, b, said["own_policy"])


def card_digest(certificate: str, signs_with: bytes) -> bytes:
    """SHA-256 of what a card says of its owner: the certificate's bytes and the key that signs messages."""
    der = ssl.PEM_cert_to_DER_cert(certificate)
    return hashlib.sha256(b"equipoise/private-card/v1\n" + signs_with + der).digest()


@dataclass(frozen=True)
class _Seen:
    """The entries of a record that bear on a run, with their places, and the latest checkpoint."""

    place: str
    origin: str
    latest: CheckpointState
    commitments: tuple[tuple[int, SignedEntry, Commitment], ...]
    keys: dict[str, bytes]
    """Public key by the signer's id."""
    revoked: dict[str, int]
    """Place of its revocation, by the signer's id."""
    ran: int | None
    """Place of the first result of this run."""


def hold_roots(
    peers: PeersFile, terms: Terms, place: RecordPlace, *, after_the_run: bool = False
) -> HeldRoots:
    """Both commitments as they stand in the record, or InputError with the first thing that is not so.

    Before a run nothing of it may stand there; ``after_the_run`` only what came after both commitments may.
    A key revoked before the first result of the run counts for nothing.
    """
    seen = _read(place, terms.run)
    a, b = (_Side(role, peers.roles[role], terms, seen).entry() for role in PARTIES)
    if seen.ran is not None and not after_the_run:
        raise refusal("private-ledger-used", seen.place, field=f"entries[{seen.ran}]", run=terms.run.hex())
    state, own = seen.latest, place.policy is not None
    return HeldRoots(seen.origin, state.size, state.root, state.cosigned_by, a, b, own)


@dataclass(frozen=True)
class _Side:
    """One party's commitment in the record."""

    role: Role
    card: RoleEntry
    terms: Terms
    seen: _Seen

    @property
    def root(self) -> str:
        """The root that the card says."""
        return (self.terms.root_a if self.role == "A" else self.terms.root_b).hex()

    @property
    def party(self) -> str:
        """Whose commitment is looked for, in words."""
        return f"the party {self.card.party}" if self.card.party else f"the key on the card of {self.role}"

    def entry(self) -> int:
        """The place of the commitment. InputError with what is nearest to it where there is none."""
        found = [(i, entry, body) for i, entry, body in self.seen.commitments if self._is_about(body)]
        own = [each for each in found if self._is_by_party(each[1])]
        fits = [each for each in own if each[2].root == self.root]
        if not fits:
            self._refuse_other(found, own)
        problems = [self._problem(*each) for each in fits]
        if None in problems:
            return fits[problems.index(None)][0]
        raise next(problem for problem in problems if problem is not None)

    def _is_about(self, body: Commitment) -> bool:
        return body.scheme == SCHEME and self.terms.statement.hex() in body.about

    def _is_by_party(self, entry: SignedEntry) -> bool:
        """Whether the entry is signed by a key of the party that the public file names, or by the card's."""
        if self.card.party is not None:
            return entry.payload.party == self.card.party
        return self.seen.keys.get(entry.signer) == self.card.signs_with

    def _refuse_other(
        self, found: Sequence[tuple[int, SignedEntry, Commitment]], own: Sequence[tuple[int, Any, Commitment]]
    ) -> NoReturn:
        """The same root by another, another root by the same party, or nothing."""
        for i, entry, body in found:
            if body.root == self.root:
                owner = entry.payload.party
                self._refuse("private-ledger-signer", f"entries[{i}].signer", found=entry.signer, owner=owner)
        if own:
            i, _, body = own[-1]
            self._refuse("private-ledger-root", f"entries[{i}].root", found=body.root, card=self.root)
        statement = self.terms.statement.hex()
        self._refuse("private-ledger-missing", "entries", statement=statement, scheme=SCHEME)

    def _refuse(self, id: str, field: str, **names: object) -> NoReturn:
        said = {"role": self.role, "party": self.party, "size": self.seen.latest.size, **names}
        raise refusal(id, self.seen.place, field=field, **said)

    def _problem(self, i: int, entry: SignedEntry, body: Commitment) -> Exception | None:
        """What is wrong with a commitment to this root by this party, or None."""
        said = {"role": self.role, "party": self.party, "size": self.seen.latest.size}
        where, here = self.seen.place, f"entries[{i}]"
        card = card_digest(self.card.certificate, self.card.signs_with)
        if body.about != commitment_about(self.terms.statement, card) or body.leaves != self.terms.entries:
            return refusal("private-ledger-card", where, field=f"{here}.about", found=body.about, **said)
        if i >= self.seen.latest.size:
            return refusal("private-ledger-open", where, field=here, **said)
        if self.seen.ran is not None and self.seen.ran < i:
            return refusal("private-ledger-late", where, field=here, ran=self.seen.ran, **said)
        revoked = self.seen.revoked.get(entry.signer)
        if revoked is not None and (self.seen.ran is None or revoked < self.seen.ran):
            key = entry.signer
            return refusal("private-ledger-revoked", where, field=here, found=key, revoked=revoked, **said)
        return None


def _read(place: RecordPlace, run: bytes) -> _Seen:
    """Audit a record and read what bears on a run. InputError where it is no whole record with a quorum."""
    try:
        with open_ledger(place.folder) as ledger:
            trusted = ledger.policy if place.policy is None else _own(place.policy)
            found = audit(ledger.store, trusted)
            _check(found, place.folder)
            latest = _latest(found, place.folder, trusted)
            return _gather(ledger, found, latest, place.folder, run)
    except LedgerError as error:
        if error.id != "store-missing":
            raise
        raise refusal("private-ledger-none", place.folder, field="--record") from None


def _own(file: Path) -> Policy:
    return read_policy(read_input(file), file=str(file))


def _check(found: Audit, folder: Path) -> None:
    """Everything in the record is what its signers signed."""
    if found.good:
        return
    wrong = next((c for c in found.checkpoints if c.problem), None)
    field = f"entries[{found.first_bad}]" if found.first_bad is not None else "store"
    if found.first_bad is None and wrong is not None:
        field = f"checkpoints[{wrong.size}]"
    problem = found.problem or (wrong.problem if wrong else "")
    raise refusal("private-ledger-bad", folder, field=field, problem=problem)


def _latest(found: Audit, folder: Path, policy: Policy) -> CheckpointState:
    """The largest checkpoint, where it carries the policy's quorum."""
    latest = max(found.checkpoints, key=lambda c: c.size, default=None)
    if latest is not None and latest.quorum:
        return latest
    size, signed = (0, ()) if latest is None else (latest.size, latest.cosigned_by)
    field = f"checkpoints[{size}]" if latest else "checkpoints"
    names = {"size": size, "signed": ", ".join(signed) or "nobody", "known": ", ".join(policy.witnesses)}
    raise refusal("private-ledger-quorum", folder, field=field, **names)


@dataclass
class _Gathered:
    """What is found while all entries are read once."""

    hashes: list[bytes] = field(default_factory=list)
    commitments: list[tuple[int, SignedEntry, Commitment]] = field(default_factory=list)
    keys: dict[str, bytes] = field(default_factory=dict)
    revoked: dict[str, int] = field(default_factory=dict)
    ran: int | None = None


def _gather(ledger: Ledger, found: Audit, latest: CheckpointState, folder: Path, run: bytes) -> _Seen:
    """The entries again; what the checkpoint covers must be the very bytes that were audited."""
    seen = _Gathered()
    for row in ledger.store.rows():
        if row.place >= found.entries:
            break
        seen.hashes.append(leaf_hash(row.leaf))
        entry = read_entry(row.leaf)
        match entry.payload.body:
            case Commitment() as body:
                seen.commitments.append((row.place, entry, body))
            case Key() as body:
                key = bytes.fromhex(body.public_key)
                seen.keys[signer_id(VerifierKey(body.name, SIGNS_NOTE, key))] = key
            case Revocation() as body:
                seen.revoked[body.key] = row.place
            case Result() as body if seen.ran is None and _is_result_of(body, run):
                seen.ran = row.place
    read_whole = len(seen.hashes) == found.entries
    if not read_whole or root_hash(node_of(seen.hashes), latest.size).hex() != latest.root:
        raise refusal("private-ledger-bad", folder, field="entries", problem="it changed while it was read")
    kept = (tuple(seen.commitments), seen.keys, seen.revoked, seen.ran)
    return _Seen(str(folder), ledger.origin, latest, *kept)


def _is_result_of(body: Result, run: bytes) -> bool:
    return body.of == OF and any((w.name, w.value) == ("run", run.hex()) for w in body.words)
