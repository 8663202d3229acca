"""A seal over the store's file as it was last closed: damage that no entry shows is found as well.

Much of a database file is space between rows, where a flipped bit changes nothing that the store says. A
writer takes the seal away before it opens the file and puts a new one when it has closed it; so while there
is a seal the file holds the very bytes that were sealed. It finds accidents. It is no defence against
anybody who can write to the folder: signatures and cosigned roots are.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from equipoise.ledger.files import sync_folder, write_new

NAME = "seal"


def put_seal(file: Path) -> None:
    """Seal a closed file."""
    write_new(file.with_name(NAME), (_digest(file) + "\n").encode())


def take_seal(file: Path) -> None:
    """Take the seal away, before anything is written; gone for good when this returns."""
    seal = file.with_name(NAME)
    if seal.exists():
        seal.unlink()
        sync_folder(file.parent)


def broken_seal(file: Path) -> bool:
    """Whether there is a seal and the file holds other bytes."""
    seal = file.with_name(NAME)
    return seal.is_file() and seal.read_bytes() != (_digest(file) + "\n").encode()


def _digest(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
