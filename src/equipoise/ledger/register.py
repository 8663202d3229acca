"""The register: whose key signed an entry, and whether it counts at that place in the log.

It is folded from the entries alone, in their order; no clock is asked. A party's first key is one that the
trust policy names, and signs its own entry; later keys are entered by a key of that party that counts. A
revocation takes effect with its place in the log, whatever time it states.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from equipoise.ledger import ed25519
from equipoise.ledger.c2sp.note import SIGNS_NOTE, VerifierKey, is_key_name
from equipoise.ledger.entries import Key, Revocation
from equipoise.ledger.json_text import canonical
from equipoise.ledger.key_files import Signer, signer_id
from equipoise.ledger.messages import fault
from equipoise.ledger.signing import SignedEntry

CHALLENGE_DOMAIN = b"equipoise/key/v1\n"
CHALLENGE_BYTES = 32


@dataclass(frozen=True)
class Registered:
    """A key in the register: whose it is, from which entry on it counts, and up to which."""

    party: str
    public_key: bytes
    since: int
    revoked: int | None = None


@dataclass(frozen=True)
class Register:
    """The keys of one ledger after some number of its entries.

    ``founders`` are the parties' keys of the trust policy: who may enter a first key.
    """

    ledger: str
    founders: Mapping[str, bytes]
    keys: Mapping[str, Registered] = field(default_factory=dict)

    def judged(self, entry: SignedEntry, index: int) -> tuple[bytes, Register]:
        """The public key that must have signed the entry at ``index``, and the register after it.

        The signature itself is left to the caller, who may check many at once. LedgerError says why the entry
        does not count: another ledger's, an unknown or revoked signer, another party's, a key or a revocation
        that may not stand.
        """
        payload, body = entry.payload, entry.payload.body
        if payload.ledger != self.ledger:
            raise fault("entry-other-ledger", found=payload.ledger, wanted=self.ledger)
        if isinstance(body, Key) and entry.signer == self._id(body):
            return self._founded(entry, body, index)
        signer = self.keys.get(entry.signer)
        if signer is None:
            raise fault("signer-unknown", found=entry.signer)
        if signer.revoked is not None:
            raise fault("signer-revoked", found=entry.signer, index=signer.revoked)
        if signer.party != payload.party:
            raise fault("signer-other-party", found=entry.signer, owner=signer.party, party=payload.party)
        after = self
        if isinstance(body, Key):
            after = self._entered(payload.party, body, index)
        elif isinstance(body, Revocation):
            after = self._revoked(payload.party, body, index)
        return signer.public_key, after

    def _founded(self, entry: SignedEntry, body: Key, index: int) -> tuple[bytes, Register]:
        """A first key signs for itself; the trust policy must name it for this party."""
        public_key = bytes.fromhex(body.public_key)
        if self.founders.get(entry.payload.party) != public_key:
            raise fault("key-not-in-policy", party=entry.payload.party)
        return public_key, self._entered(entry.payload.party, body, index)

    def _entered(self, party: str, body: Key, index: int) -> Register:
        public_key = bytes.fromhex(body.public_key)
        ed25519.check_public_key(public_key)
        if not is_key_name(body.name):
            raise fault("key-name", found=body.name)
        id = self._id(body)
        if id in self.keys or any(known.public_key == public_key for known in self.keys.values()):
            raise fault("key-twice", found=id)
        challenge = bytes.fromhex(body.challenge)
        said = challenged(self.ledger, party, body.name, public_key, challenge)
        if len(challenge) != CHALLENGE_BYTES or not ed25519.verify(
            public_key, bytes.fromhex(body.proof), said
        ):
            raise fault("key-challenge", found=id)
        return replace(self, keys={**self.keys, id: Registered(party, public_key, index)})

    def _revoked(self, party: str, body: Revocation, index: int) -> Register:
        target = self.keys.get(body.key)
        if target is None or target.party != party or target.revoked is not None:
            raise fault("revocation-of-nothing", found=body.key, party=party)
        return replace(self, keys={**self.keys, body.key: replace(target, revoked=index)})

    @staticmethod
    def _id(body: Key) -> str:
        return signer_id(VerifierKey(body.name, SIGNS_NOTE, bytes.fromhex(body.public_key)))


def challenged(ledger: str, party: str, name: str, public_key: bytes, challenge: bytes) -> bytes:
    """What the owner of a key signs so that it may enter the register of this ledger for this party."""
    return CHALLENGE_DOMAIN + canonical(
        {
            "ledger": ledger,
            "party": party,
            "name": name,
            "public_key": public_key.hex(),
            "challenge": challenge.hex(),
        }
    )


def key_entry(signer: Signer, ledger: str, party: str, challenge: bytes) -> Key:
    """The body that enters ``signer`` for ``party``; the register draws the challenge at random."""
    public_key = ed25519.public_key_of(signer.key)
    proof = signer.key.sign(challenged(ledger, party, signer.name, public_key, challenge))
    return Key(signer.name, public_key.hex(), challenge.hex(), proof.hex())
