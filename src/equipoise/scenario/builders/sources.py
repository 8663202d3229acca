"""From a key in a file's list of sources to words that a reader can follow up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Cite = Callable[[str | None, str | None], str]


def source_texts(file: str, sources: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """``file:key`` to author, title, outlet, date and address in words."""
    return {f"{file}:{key}": _words(entry) for key, entry in sources.items()}


def citer(file: str, known: Mapping[str, str]) -> Cite:
    """A function from (source as written, how) to a key of ``known``, or to the words as they stand."""

    def cite(source: str | None, how: str | None) -> str:
        if source is not None:
            return f"{file}:{source}" if f"{file}:{source}" in known else source
        return how if how is not None else "not stated"

    return cite


def cited(entries: list[Mapping[str, Any]]) -> str:
    """A list of {who, title, year, url} in words, one after another."""
    return "; ".join(_words(e) for e in entries) or "not stated"


def _words(entry: Mapping[str, Any]) -> str:
    order = ("who", "author", "title", "outlet", "date", "year", "url", "note")
    return ", ".join(str(entry[k]) for k in order if entry.get(k) is not None)
