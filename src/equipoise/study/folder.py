"""The folder that a study is written into: beside it first, then put in its place whole, or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from equipoise.scenario import InputError

MARKER = ".equipoise-study"
"""Stands in each folder that a study has written; only such a folder is ever replaced."""
_MARKER_TEXT = "Written by equipoise study. A later study replaces this folder whole.\n"


def check_folder(out: Path) -> None:
    """Refuse, before any work is done, a place that is not ours or cannot be written.

    Raises ``InputError``: ``out-is-a-file``, ``out-not-ours`` or ``out-not-writable``.
    """
    if out.exists() and not out.is_dir():
        raise InputError("out-is-a-file", f"{out} is a file", field="--out", hint="give the name of a folder")
    if out.is_dir() and any(out.iterdir()) and not (out / MARKER).is_file():
        raise InputError(
            "out-not-ours",
            f"{out} holds files that no study wrote, and the folder would be replaced whole",
            field="--out",
            hint="give a folder that is new, empty, or was written by an earlier study",
        )
    above = _first_that_exists(out.absolute().parent)
    if not _takes_a_folder(above):
        raise InputError(
            "out-not-writable",
            f"nothing can be written in {above}",
            field="--out",
            hint="give a folder in a place that you may write to",
        )


def _takes_a_folder(above: Path) -> bool:
    """Tried, not asked: permissions say nothing of a file system that is read-only or is no real one."""
    try:
        os.rmdir(tempfile.mkdtemp(prefix=".equipoise-", dir=above))
    except OSError:
        return False
    return True


def _first_that_exists(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path


@contextmanager
def replaced(out: Path) -> Iterator[Path]:
    """A folder beside ``out`` to write into; it takes ``out``'s place when the block ends well.

    Whatever ends the block otherwise, an interrupt included, leaves ``out`` as it was and nothing beside it.
    """
    check_folder(out)
    try:
        out.absolute().parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.absolute().parent))
    except OSError as error:
        reason = error.strerror or "it cannot be written"
        raise InputError("out-not-writable", f"{out}: {reason}", field="--out") from error
    try:
        (beside / MARKER).write_text(_MARKER_TEXT, encoding="utf-8")
        yield beside
        beside.chmod(0o755)
        _swap(beside, out)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _swap(new: Path, out: Path) -> None:
    """Put ``new`` in the place of ``out``; the old one goes only once the new one stands."""
    if not out.exists():
        new.rename(out)
        return
    old = new.with_name(new.name + "-old")
    out.rename(old)
    try:
        new.rename(out)
    except OSError:
        old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)
