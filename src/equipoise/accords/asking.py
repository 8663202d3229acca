"""The further facts of a question (``--with NAME=VALUE``), read as what they must be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from equipoise.accords.dates import day_of
from equipoise.accords.messages import bad_input
from equipoise.accords.types import Query
from equipoise.scenario import did_you_mean

_WHOLE = re.compile(r"\d+\Z")
_SIGNED = re.compile(r"[+-]?\d+\Z")


def asked_whole(query: Query, name: str, *, signed: bool = False, optional: bool = False) -> int | None:
    """A whole number; None where it may be left out. InputError ``asked-missing``, ``asked-not-whole``."""
    text = _text(query, name, optional)
    if text is None:
        return None
    if not (_SIGNED if signed else _WHOLE).match(text):
        raise bad_input("asked-not-whole", field=f"--with {name}", found=text)
    return int(text)


def asked_day(query: Query, name: str, *, optional: bool = False) -> date | None:
    """A day; None where it may be left out. InputError ``asked-missing``, ``not-a-day``."""
    text = _text(query, name, optional)
    return None if text is None else day_of(text, field=f"--with {name}")


def asked_word(query: Query, name: str, known: Sequence[str], *, optional: bool = False) -> str | None:
    """One of the words ``known``. InputError ``asked-missing``, ``asked-word`` with the nearest."""
    text = _text(query, name, optional)
    if text is not None and text not in known:
        near = did_you_mean(text, known)
        raise bad_input(
            "asked-word", field=f"--with {name}", found=text, nearest=near, known=", ".join(known)
        )
    return text


def _text(query: Query, name: str, optional: bool) -> str | None:
    text = query.asked.get(name, "").strip()
    if text:
        return text
    if not optional:
        raise bad_input("asked-missing", field=f"--with {name}", name=name)
    return None
