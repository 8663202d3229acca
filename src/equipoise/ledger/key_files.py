"""Key files: an Ed25519 key as PKCS#8 under a passphrase, and its public lines beside it.

Only the owner may read a key file, and a passphrase comes from a file or is typed: never from a flag or
from the environment, where other programs can see it.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from equipoise.ledger import ed25519
from equipoise.ledger.c2sp.note import COSIGNS, SIGNS_NOTE, VerifierKey, is_key_name, read_vkey
from equipoise.ledger.files import read_input, write_new
from equipoise.ledger.messages import fault

LEAST_PASSPHRASE = 8
"""Characters; a passphrase file that holds fewer is taken for a mistake."""
_MAX_BYTES = 64 * 1024


@dataclass(frozen=True)
class Signer:
    """A secret key and the name under which it signs."""

    name: str
    key: Ed25519PrivateKey

    def verifier(self, kind: int = SIGNS_NOTE) -> VerifierKey:
        """Its public half, as a key that signs (01) or cosigns (04)."""
        return VerifierKey(self.name, kind, ed25519.public_key_of(self.key))

    @property
    def id(self) -> str:
        """How entries name it: the name, a plus and the id of its key of type 01."""
        return signer_id(self.verifier())

    def __repr__(self) -> str:
        return f"<Signer {self.id}>"


def signer_id(key: VerifierKey) -> str:
    """How entries name the owner of this public key."""
    return f"{key.name}+{VerifierKey(key.name, SIGNS_NOTE, key.public_key).key_id.hex()}"


def public_path(path: Path) -> Path:
    """Where the public lines of a key file stand."""
    return path.with_name(f"{path.name}.pub")


def make_key(path: Path, name: str, passphrase: bytes) -> Signer:
    """Make a key and write it to ``path`` (mode 0600) and its public lines to ``path.pub``."""
    if not is_key_name(name):
        raise fault("key-name", found=name)
    if len(passphrase) < LEAST_PASSPHRASE:
        raise fault("passphrase-short", least=LEAST_PASSPHRASE)
    if public_path(path).exists():
        raise fault("file-exists", file=str(public_path(path)))
    signer = Signer(name, Ed25519PrivateKey.generate())
    secret = signer.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase))
    write_new(path, secret, mode=0o600)
    lines = [signer.verifier(kind).text for kind in (SIGNS_NOTE, COSIGNS)]
    write_new(public_path(path), "".join(f"{line}\n" for line in lines).encode())
    return signer


def read_key(path: Path, passphrase: bytes, *, name: str | None = None) -> Signer:
    """The key of a file. The name is that of the public lines beside it, where none is given.

    LedgerError: ``key-file-open`` where others may read it, ``key-form``, ``key-not-encrypted``,
    ``passphrase-wrong``, ``key-kind`` where it is no Ed25519 key, ``key-public-other``.
    """
    check_private(path)
    data = read_input(path, limit=_MAX_BYTES)
    try:
        key = load_pem_private_key(data, passphrase)
    except TypeError:
        raise fault("key-not-encrypted", file=str(path)) from None
    except UnsupportedAlgorithm:
        raise fault("key-kind", file=str(path), found="an unknown algorithm") from None
    except ValueError:
        wrong = "passphrase-wrong" if b"-----BEGIN ENCRYPTED PRIVATE KEY-----" in data else "key-form"
        raise fault(wrong, file=str(path)) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise fault("key-kind", file=str(path), found=type(key).__name__.strip("_"))
    if name is not None:
        return Signer(name, key)
    public = read_public(public_path(path), SIGNS_NOTE)
    if public.public_key != ed25519.public_key_of(key):
        raise fault("key-public-other", file=str(public_path(path)))
    return Signer(public.name, key)


def check_private(path: Path) -> None:
    """LedgerError ``key-file-open`` where anybody but its owner may read or write the file."""
    try:
        mode = stat.S_IMODE(os.stat(path).st_mode)
    except FileNotFoundError:
        raise fault("file-missing", file=str(path)) from None
    except OSError as error:
        raise fault("file-not-read", file=str(path), reason=error.strerror or "no access") from None
    if mode & 0o077:
        raise fault("key-file-open", file=str(path), mode=f"{mode:04o}")


def read_public(path: Path, kind: int) -> VerifierKey:
    """The public key of this kind among the lines of a ``.pub`` file. LedgerError ``key-line-missing``."""
    lines = read_input(path, limit=_MAX_BYTES).decode("utf-8", "replace").splitlines()
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.startswith("#"):
            key = read_vkey(line.strip(), file=str(path), line=number)
            if key.kind == kind:
                ed25519.check_public_key(key.public_key)
                return key
    raise fault("key-line-missing", file=str(path), kind=f"{kind:02x}")
