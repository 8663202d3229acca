"""A role's own folder: its keys, its inputs, its vector; readable by its owner alone.

    secret.key    32 random bytes in hexadecimal: salts, nonces and parts of factors follow from it
    tls.pem       private key and certificate for the connections
    signing.pem   private key that signs messages
    inputs.yaml   what the vector follows from (parties)
    vector.bin    the committed vector, a bit an entry (parties)
    runs          runs that were begun, and of which roots; none is begun twice
    record-*.json what a run left: terms, word, log

The public card of a role, ``ROLE.json`` beside the folder, holds its certificate, its signing key and, once
it has committed, the root.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import ssl
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID
from jaxtyping import Bool
from numpy import ndarray as Array

from equipoise.guarantee.private.refusals import refusal
from equipoise.guarantee.private.run.field import SEED_BYTES
from equipoise.guarantee.private.run.messages import DIGEST_BYTES, RUN_BYTES, NotReached, Role, Terms

CERTIFICATE_DAYS = 730
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True)
class Folder:
    """The folder of one role."""

    path: Path
    role: Role

    @property
    def secret(self) -> bytes:
        """The role's one secret."""
        text = self._private("secret.key").decode("ascii", "replace").strip()
        try:
            secret = bytes.fromhex(text)
        except ValueError:
            raise refusal("private-file-form", self.path / "secret.key") from None
        if len(secret) != SEED_BYTES:
            raise refusal("private-file-form", self.path / "secret.key")
        return secret

    @property
    def tls(self) -> Path:
        """The file with the connection's key and certificate. InputError where it holds no such pair."""
        self._private("tls.pem")
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_cert_chain(self.path / "tls.pem")
        except OSError:
            raise refusal("private-file-form", self.path / "tls.pem") from None
        return self.path / "tls.pem"

    @property
    def signing_key(self) -> Ed25519PrivateKey:
        """The key that signs messages."""
        try:
            key = load_pem_private_key(self._private("signing.pem"), None)
        except (ValueError, TypeError):
            raise refusal("private-file-form", self.path / "signing.pem") from None
        if not isinstance(key, Ed25519PrivateKey):
            raise refusal("private-file-form", self.path / "signing.pem")
        return key

    @property
    def inputs(self) -> Path:
        """The inputs, once it is sure that only their owner reads them."""
        self._private("inputs.yaml")
        return self.path / "inputs.yaml"

    @property
    def card(self) -> Path:
        """The role's public card."""
        return self.path.with_name(f"{self.role}.json")

    def vector(self, entries: int) -> Bool[Array, " n"]:
        """The committed vector. InputError where it has another number of entries."""
        packed = np.frombuffer(self._private("vector.bin"), dtype=np.uint8)
        if len(packed) != -(-entries // 8):
            raise refusal("private-file-form", self.path / "vector.bin")
        return np.unpackbits(packed, count=entries).astype(bool)

    def keep_vector(self, vector: Bool[Array, " n"]) -> None:
        """Store the vector that is committed to."""
        write_private(self.path / "vector.bin", np.packbits(vector).tobytes())

    def begun(self, terms: Terms) -> int:
        """How many runs were begun here of these commitments: of the own root, whatever the other side's was.

        The other side could commit anew for each run, and learn a bit of the own vector each time. The
        observer counts runs of either root.
        """
        own = {"A": (terms.root_a, None), "B": (None, terms.root_b), "observer": (terms.root_a, terms.root_b)}
        a, b = own[self.role]
        return sum(root_a == a or root_b == b for _, root_a, root_b in self._begun())

    def begin(self, terms: Terms) -> None:
        """Note that a run begins. NotReached where it was begun before, or has the number of an earlier one.

        Masks are used once, and each run of a commitment may open a bit more, so that all are counted. A
        number may be higher than this folder's own count: the other side may have begun more.
        """
        with self._alone():
            earlier, before = self._begun(), self.begun(terms)
            if terms.run in [run for run, _, _ in earlier]:
                raise NotReached("this run was begun before; each identifier is used once")
            if terms.number <= before:
                what = f"this commitment was run {before} times before"
                raise NotReached(f"{what}; the next is number {before + 1} or higher")
            rows = (*earlier, (terms.run, terms.root_a, terms.root_b))
            text = "".join(f"{run.hex()} {(a + b).hex()}\n" for run, a, b in rows)
            write_private(self.path / "runs", text.encode("ascii"))

    def _begun(self) -> list[tuple[bytes, bytes, bytes]]:
        """(run, root of A, root of B) of every run begun. InputError where the file says something else."""
        path = self.path / "runs"
        if not path.exists():
            return []
        try:
            rows = [line.split(" ") for line in self._private("runs").decode("ascii").splitlines()]
            found = [(bytes.fromhex(run), bytes.fromhex(pair)) for run, pair in rows]
        except ValueError:
            raise refusal("private-file-form", path) from None
        if any((len(run), len(pair)) != (RUN_BYTES, 2 * DIGEST_BYTES) for run, pair in found):
            raise refusal("private-file-form", path)
        return [(run, pair[:DIGEST_BYTES], pair[DIGEST_BYTES:]) for run, pair in found]

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No other process looks at the list of runs meanwhile."""
        handle = os.open(self.path / "runs.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _private(self, name: str) -> bytes:
        """A secret file's bytes. InputError where it is missing, or others may read it."""
        path = self.path / name
        try:
            mode = path.stat().st_mode
            if mode & _OTHERS:
                raise refusal("private-file-open", path)
            return path.read_bytes()
        except OSError:
            raise refusal("private-file-missing", path) from None


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner reads, beside its place, and rename it there, to last a power cut."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def make_folder(path: Path, role: Role) -> Folder:
    """A new role's folder with fresh keys, and its card beside it. InputError where one is there."""
    if path.exists():
        raise refusal("private-folder-taken", path)
    path.mkdir(parents=True, mode=0o700)
    folder = Folder(path, role)
    write_private(path / "secret.key", secrets.token_hex(SEED_BYTES).encode() + b"\n")
    signing, connection = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    write_private(path / "signing.pem", _pem(signing))
    certificate = _certificate(connection, role)
    write_private(path / "tls.pem", _pem(connection) + certificate)
    public = signing.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
    write_card(folder, {"role": role, "certificate": certificate.decode(), "signs_with": public})
    return folder


def write_card(folder: Folder, card: dict[str, str]) -> None:
    """Write a role's card whole."""
    beside = folder.card.with_name(f".{folder.card.name}.{os.getpid()}.part")
    beside.write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    os.replace(beside, folder.card)


def _pem(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _certificate(key: Ed25519PrivateKey, role: Role) -> bytes:
    """A certificate that a role signs for itself; peers trust it whole, by its bytes."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"equipoise private check, {role}")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=CERTIFICATE_DAYS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, None)
    )
    return made.public_bytes(Encoding.PEM)
