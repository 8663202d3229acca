"""Files in and out: read whole with a limit, written beside and renamed, never outside the folder meant."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from equipoise.ledger.messages import fault

MAX_FILE_BYTES = 16 << 20
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


def read_input(path: str | Path, *, limit: int = MAX_FILE_BYTES) -> bytes:
    """The bytes of a file; ``-`` is standard input. LedgerError: ``file-missing``, ``file-too-long``, ..."""
    try:
        if str(path) == "-":
            data = sys.stdin.buffer.read(limit + 1)
        else:
            with open(path, "rb") as file:
                data = file.read(limit + 1)
    except FileNotFoundError:
        raise fault("file-missing", file=str(path)) from None
    except OSError as error:
        raise fault("file-not-read", file=str(path), reason=error.strerror or str(error)) from error
    if len(data) > limit:
        raise fault("file-too-long", file=str(path), limit=limit)
    return data


def write_new(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Write a file that does not exist yet, synced. LedgerError ``file-exists`` or ``file-not-written``.

    It is written beside and linked into place, so that no half of it is ever seen and nothing is replaced; a
    link that somebody put at the place counts as existing and is not followed.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        place = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
        try:
            with os.fdopen(place, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.link(beside, path, follow_symlinks=False)
        finally:
            os.unlink(beside)
        sync_folder(path.parent)
    except FileExistsError:
        raise fault("file-exists", file=str(path)) from None
    except OSError as error:
        raise fault("file-not-written", file=str(path), reason=error.strerror or str(error)) from error


def sync_folder(folder: Path) -> None:
    """Make a new name in ``folder`` last through a loss of power."""
    place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(place)
    finally:
        os.close(place)


def check_name(name: str, *, field: str | None = None) -> str:
    """The name, where it is one that can only lie inside the folder it is written into.

    Letters, digits, dots, hyphens and underscores, no dot in front: so no path, no ``..``, no drive, no
    percent-encoding and nothing that another system reads as one. LedgerError ``name-unsafe``.
    """
    if not _PLAIN_NAME.fullmatch(name):
        raise fault("name-unsafe", field=field, found=name[:80])
    return name
