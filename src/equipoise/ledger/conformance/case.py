"""One case of a section: what it is called and what is tried, run only when it is its turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any


@dataclass(frozen=True)
class Case:
    """``holds`` tries it: whether the code does what the case says. What it raises is the case's failure."""

    name: str
    holds: Callable[[], bool]


def case(named: Mapping[str, Any] | str, test: Callable[..., bool], *given: Any) -> Case:
    """The case ``test(*given)``, called as it calls itself or by the text."""
    if isinstance(named, str):
        return Case(named, partial(test, *given))
    words = [str(named[key]) for key in ("file", "desc", "name", "id", "number", "comment") if named.get(key)]
    return Case(": ".join(words[:2]) or test.__name__.strip("_").replace("_", " "), partial(test, *given))
