"""Which known thing a reader means by a word: its id, or its id or name in other case, spaces or hyphens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class Named(Protocol):
    """What has a name beside its id."""

    @property
    def name(self) -> str:
        """For people."""


def same(one: str, other: str) -> bool:
    """Whether two words differ in case, spaces and hyphens at most."""
    return _fold(one) == _fold(other)


def meant(word: str, known: Mapping[str, Named]) -> str:
    """The id that the word means, where just one does; else the word itself, which is then not known."""
    if word in known:
        return word
    found = [id for id, entry in known.items() if same(word, id) or same(word, entry.name)]
    return found[0] if len(found) == 1 else word


def _fold(word: str) -> str:
    return "".join(c for c in word.casefold() if c.isalnum())
