"""Passphrases: from a file that only its owner may read, or typed in a terminal; never by flag or
environment.
"""

from __future__ import annotations

import sys
from pathlib import Path


def passphrase(file: str | None, what: str, *, twice: bool = False) -> bytes:
    """The passphrase of ``what``: the first line of ``file``, or what is typed, ``twice`` where it is new.

    LedgerError where others may read the file, or where none is given and nobody can be asked.
    """
    from equipoise.ledger import check_private, fault, read_input

    if file is not None:
        check_private(Path(file))
        return read_input(file, limit=4096).split(b"\n", 1)[0].rstrip(b"\r")
    if not sys.stdin.isatty():
        raise fault("passphrase-missing", field="--passphrase-file")
    from getpass import getpass

    typed = getpass(f"passphrase of {what}: ")
    if twice and getpass("once more: ") != typed:
        raise fault("passphrase-differs")
    return typed.encode()
