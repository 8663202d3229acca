"""One writer: a lock on the ledger's folder, held as long as the process that took it lives."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from equipoise.ledger.messages import fault

FILE = "lock"


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Hold the lock meanwhile. LedgerError ``ledger-locked`` at once where another process holds it.

    The kernel lets go of it when the process ends, however it ends, so that no stale lock is ever left.
    """
    try:
        place = os.open(folder / FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    except FileNotFoundError:
        raise fault("store-missing", file=str(folder)) from None
    except OSError as error:
        raise fault("file-not-written", file=str(folder / FILE), reason=error.strerror or "") from error
    try:
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise fault("ledger-locked", file=str(folder)) from None
        yield
    finally:
        os.close(place)
