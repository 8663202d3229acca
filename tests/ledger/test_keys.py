"""Keys: which may enter the register, how a key file is kept, and whose signature counts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from equipoise.ledger import (
    COSIGNS,
    SIGNS_NOTE,
    Body,
    Key,
    LedgerError,
    Payload,
    Revocation,
    SignedEntry,
    audit,
    make_key,
    open_ledger,
    read_key,
    read_public,
    sign,
)
from equipoise.ledger.ed25519 import PRIME, check_public_key, is_low_order
from ledger.making import NAME, Cast, declaration, signer
from ledger.test_vectors import VECTORS

PASS = b"correct horse battery"


def refused(id: str, action: object, *given: object) -> None:
    with pytest.raises(LedgerError) as error:
        action(*given)  # type: ignore[operator]
    assert error.value.id == id


def test_a_key_file_comes_back_with_its_name_and_its_public_lines(tmp_path: Path) -> None:
    path = tmp_path / "alpha.key"
    made = make_key(path, "equipoise.example/alpha", PASS)
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"ENCRYPTED" in path.read_bytes()
    assert read_key(path, PASS).id == made.id
    assert read_public(tmp_path / "alpha.key.pub", COSIGNS) == made.verifier(COSIGNS)
    assert read_public(tmp_path / "alpha.key.pub", SIGNS_NOTE) == made.verifier()
    refused("file-exists", make_key, path, "equipoise.example/alpha", PASS)


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o660, 0o644, 0o602])
def test_a_key_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "k"
    make_key(path, "a", PASS)
    path.chmod(mode)
    refused("key-file-open", read_key, path, PASS)


def test_a_wrong_passphrase_and_keys_of_other_kinds_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "k"
    make_key(path, "a", PASS)
    refused("passphrase-wrong", read_key, path, b"another one")
    refused("passphrase-short", make_key, tmp_path / "new", "a", b"short")
    refused("key-name", make_key, tmp_path / "new", "a name", PASS)
    assert not (tmp_path / "new").exists()
    for kind in (ec.generate_private_key(ec.SECP256R1()), rsa.generate_private_key(65537, 1024)):
        data = kind.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(PASS))
        refused("key-kind", read_key, written(tmp_path / "other", data), PASS)
    bare = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    refused("key-not-encrypted", read_key, written(tmp_path / "bare", bare), PASS)
    refused("key-form", read_key, written(tmp_path / "text", b"no key at all\n"), PASS)
    refused("file-missing", read_key, tmp_path / "nothing", PASS)
    (tmp_path / "k.pub").write_bytes(signer("a").verifier().text.encode() + b"\n")
    refused("key-public-other", read_key, path, PASS)
    refused("key-line-missing", read_public, tmp_path / "k.pub", COSIGNS)


def written(path: Path, data: bytes) -> Path:
    path.unlink(missing_ok=True)
    path.write_bytes(data)
    os.chmod(path, 0o600)
    return path


def test_low_order_and_non_canonical_keys_never_enter() -> None:
    low = [bytes.fromhex(text) for text in VECTORS["ed25519_edge"]["low_order_public_keys_hex"]]
    assert all(is_low_order(key) for key in low)
    for key in low:
        with pytest.raises(LedgerError):
            check_public_key(key)
    for excess in range(19):
        for sign_bit in (0, 1 << 255):
            refused("key-not-canonical", check_public_key, (PRIME + excess | sign_bit).to_bytes(32, "little"))
    refused("key-length", check_public_key, bytes(31))
    check_public_key(signer("a").verifier().public_key)


@pytest.fixture
def cast(tmp_path: Path) -> Cast:
    return Cast(tmp_path)


def entered(cast: Cast, folder: Path, body: Body, party: str, by: str = "") -> int:
    with open_ledger(folder, write=True) as ledger:
        who = cast.parties[by or party]
        return ledger.append_body(who.signer, party, body)


def key_of(cast: Cast, folder: Path, new: object, party: str) -> Key:
    with open_ledger(folder) as ledger:
        body = ledger.key_body(new, party)  # type: ignore[arg-type]
    assert isinstance(body, Key)
    return body


def test_a_later_key_is_entered_by_one_that_counts_and_then_signs(cast: Cast) -> None:
    folder, new = cast.ledger(), signer("equipoise.example/alpha-2")
    entered(cast, folder, key_of(cast, folder, new, "alpha"), "alpha")
    with open_ledger(folder, write=True) as ledger:
        assert ledger.append_body(new, "alpha", declaration("by the new key")) == 4
        assert audit(ledger.store, cast.policy).good
    assert entered(cast, folder, Revocation(new.id, "lost"), "alpha") == 5
    with open_ledger(folder, write=True) as ledger:
        refused("signer-revoked", ledger.append_body, new, "alpha", declaration("too late"))


def test_nobody_enters_a_key_that_is_not_at_hand(cast: Cast) -> None:
    folder, other = cast.ledger(), signer("equipoise.example/other")
    good = key_of(cast, folder, other, "alpha")
    for changed in (
        Key(good.name, signer("x").verifier().public_key.hex(), good.challenge, good.proof),
        Key(good.name, good.public_key, "00" * 32, good.proof),
        Key("equipoise.example/renamed", good.public_key, good.challenge, good.proof),
        Key(good.name, good.public_key, good.challenge[:-2], good.proof),
    ):
        refused("key-challenge", entered, cast, folder, changed, "alpha")
    refused("key-challenge", entered, cast, folder, key_of(cast, folder, other, "beta"), "alpha")
    for text in VECTORS["ed25519_edge"]["low_order_public_keys_hex"]:
        with pytest.raises(LedgerError):
            entered(cast, folder, Key("low", text, good.challenge, "00" * 64), "alpha")


def test_a_key_enters_once_and_only_the_policy_founds_a_party(cast: Cast) -> None:
    folder, stranger = cast.ledger(), signer("equipoise.example/stranger")
    alpha = cast.parties["alpha"].signer
    refused("key-twice", entered, cast, folder, key_of(cast, folder, alpha, "alpha"), "alpha")
    with open_ledger(folder, write=True) as ledger:
        body = ledger.key_body(stranger, "alpha")
        refused("key-not-in-policy", ledger.append_body, stranger, "alpha", body)
        refused("key-not-in-policy", ledger.append_body, stranger, "gamma", body)
        refused("signer-unknown", ledger.append_body, stranger, "alpha", declaration("x"))


def test_whose_signature_counts(cast: Cast) -> None:
    folder = cast.ledger()
    alpha, beta = (cast.parties[name].signer for name in ("alpha", "beta"))
    with open_ledger(folder, write=True) as ledger:
        refused("signer-other-party", ledger.append_body, alpha, "beta", declaration("for another"))
        elsewhere = Payload(f"{NAME}-2", "alpha", "2010-11-20T10:00:00Z", declaration("for another ledger"))
        refused("entry-other-ledger", ledger.append, [sign(elsewhere, alpha)])
        good = sign(ledger.payload("alpha", declaration("good")), alpha)
        forged = SignedEntry(good.payload, good.signer, sign(good.payload, beta).signature)
        refused("entry-signature", ledger.append, [forged])
        assert ledger.append([good]) == [3]
        refused("entry-twice", ledger.append, [good])
        refused("revocation-of-nothing", ledger.append_body, alpha, "alpha", Revocation(beta.id, "not ours"))
        assert ledger.size == 4
        assert audit(ledger.store, cast.policy).good


def test_an_entry_that_does_not_count_appends_nothing_of_its_batch(cast: Cast) -> None:
    folder = cast.ledger()
    alpha = cast.parties["alpha"].signer
    with open_ledger(folder, write=True) as ledger:
        batch = [sign(ledger.payload("alpha", declaration(text)), alpha) for text in ("a", "b", "a")]
        refused("entry-twice", ledger.append, batch)
        assert ledger.size == 3
        assert ledger.append(batch[:2]) == [3, 4]
