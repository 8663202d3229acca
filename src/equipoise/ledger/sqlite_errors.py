"""What SQLite cannot do, told to a person: a full disk, a file in use, a damaged file, any other failure."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from equipoise.ledger.messages import LedgerError, fault


@contextmanager
def told(file: str) -> Iterator[None]:
    """Errors of SQLite in the block as messages about ``file``; messages that name no file get it."""
    try:
        yield
    except sqlite3.Error as error:
        text = str(error)
        if "full" in text:
            raise fault("store-full", file=file) from error
        if "locked" in text or "busy" in text:
            raise fault("ledger-locked", file=file) from error
        damaged = type(error) is sqlite3.DatabaseError or "malformed" in text
        raise fault("store-damaged" if damaged else "store-failed", file=file, problem=text) from error
    except LedgerError as error:
        raise error if error.file else error.located(file) from error
