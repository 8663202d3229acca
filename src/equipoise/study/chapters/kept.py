"""Chapters kept between runs: made once for the same inputs and the same program, read again after.

A kept chapter is a JSON file in the user's cache folder (``XDG_CACHE_HOME``, else ``~/.cache``), named by the
digest of the study's inputs and of every file of the program. Where nothing can be written, nothing is kept.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

import equipoise
from equipoise.study.chapters.chapter import Chapter
from equipoise.study.types import Study

MOST = 60
"""Chapters that are kept; the oldest go first."""
_PARTS = (".py", ".csv", ".yaml", ".npz")


def kept(study: Study, name: str, make: Callable[[Study], Chapter | None]) -> Chapter | None:
    """The chapter of this name: read where it was made before from the same inputs, else made and kept."""
    path = folder() / f"{_key(study, name)}.json"
    found = _read(path)
    if found is not None:
        return found[0]
    made = make(study)
    _write(path, made)
    return made


def folder() -> Path:
    """Where chapters are kept."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "equipoise" / "chapters"


def _key(study: Study, name: str) -> str:
    parts = (study.digest, name, program_digest())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def program_digest() -> str:
    """SHA-256 over every file of the program that a figure can follow from."""
    root = Path(equipoise.__file__).parent
    total = hashlib.sha256()
    for path in sorted(p for p in root.rglob("*") if p.suffix in _PARTS):
        total.update(str(path.relative_to(root)).encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def _read(path: Path) -> tuple[Chapter | None] | None:
    """The kept chapter in a tuple of one; None where there is none that can be read."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return (None if data is None else Chapter.from_plain(data),)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(path: Path, chapter: Chapter | None) -> None:
    """Beside its place, then there; what cannot be kept is made again next time."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(None if chapter is None else chapter.plain(), ensure_ascii=False)
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
        for old in sorted(path.parent.glob("*.json"), key=lambda p: p.stat().st_mtime)[:-MOST]:
            old.unlink(missing_ok=True)
    with suppress(OSError):
        beside.unlink(missing_ok=True)
