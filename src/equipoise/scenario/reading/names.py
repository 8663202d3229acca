"""The nearest known name to one that is not known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name closest to ``name``, whatever its case, spaces and hyphens; None where none is close."""
    folded = {_fold(k): k for k in known}
    wanted = _fold(name)
    if wanted in folded:
        return folded[wanted]
    close = difflib.get_close_matches(wanted, folded, n=1, cutoff=0.55)
    if close:
        return folded[close[0]]
    inside = [k for k in folded if wanted and wanted in k]
    return folded[min(inside, key=len)] if inside else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """``; did you mean `x`?`` or nothing, to stand at the end of a sentence."""
    found = nearest(name, known)
    return "" if found is None else f"; did you mean `{found}`?"


def _fold(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())
