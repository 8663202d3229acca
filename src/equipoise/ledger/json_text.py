"""JSON as it is hashed and signed here: strict reading, and the canonical bytes of RFC 8785.

Documents come from strangers. Size, depth and number of nodes are checked on the bytes, before anything
builds or walks a tree. Duplicate keys, NaN, numbers with a fraction, lone surrogates and integers that a
double cannot hold are refused, so that one text has one meaning in every language.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import rfc8785

from equipoise.ledger.messages import LedgerError, fault

MAX_BYTES = 1 << 20
MAX_DEPTH = 32
MAX_NODES = 50_000
MAX_INTEGER = 2**53 - 1
"""Largest integer that every JSON reader holds exactly (RFC 8785, section 3.2.2.3)."""

_STRING_OR_BRACKET = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{}]|[,:]', re.S)
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def read_json(data: bytes, *, file: str | None = None, exact: bool = True, limit: int = MAX_BYTES) -> Any:
    """The value of a JSON text in UTF-8, or LedgerError with ``file`` and, where there is one, the line.

    ``exact`` false admits fractions and any integer: for conformance vectors, never for an entry.
    """
    if len(data) > limit:
        raise fault("json-too-large", file=file, size=len(data), limit=limit)
    _check_shape(data, file)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise fault("json-not-utf8", file=file, offset=error.start) from None
    try:
        value = json.loads(
            text,
            object_pairs_hook=_unique_keys,
            parse_constant=_refuse_constant,
            parse_int=_exact_integer if exact else None,
            parse_float=_refuse_fraction if exact else None,
        )
        if _SURROGATE.search(data):
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        raise fault("json-syntax", file=file, line=error.lineno, problem=error.msg) from None
    except UnicodeEncodeError:
        raise fault("json-surrogate", file=file) from None
    except LedgerError as error:
        raise error.located(file) from None
    except (RecursionError, ValueError):
        raise fault("json-too-deep", file=file, limit=MAX_DEPTH) from None
    return value


def canonical(value: Any) -> bytes:
    """The RFC 8785 bytes of a value of text, whole numbers, true, false, null, lists and mappings.

    Raises LedgerError where there is a fraction, an integer beyond 2**53 - 1, a key that is no text, or text
    that is not Unicode.
    """
    _refuse_floats(value)
    return _dumped(value)


def is_canonical(data: bytes, value: Any) -> bool:
    """Whether ``data``, from which ``read_json`` made ``value``, is the one canonical text of it."""
    return _dumped(value) == data


def _dumped(value: Any) -> bytes:
    try:
        return rfc8785.dumps(value)
    except rfc8785.IntegerDomainError:
        raise fault("json-integer", found="an integer") from None
    except rfc8785.CanonicalizationError:
        raise fault("json-surrogate") from None


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise fault("json-fraction", found=repr(value))
    if isinstance(value, Mapping):
        for inner in value.values():
            _refuse_floats(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _refuse_floats(inner)


def _check_shape(data: bytes, file: str | None) -> None:
    """Depth and number of nodes, from the bytes alone; the counts that come first can only be too high."""
    opening = data.count(b"{") + data.count(b"[")
    if opening <= MAX_DEPTH and data.count(b",") + opening <= MAX_NODES:
        return
    depth = nodes = 0
    for match in _STRING_OR_BRACKET.finditer(data):
        token = match.group()
        if token in (b"{", b"["):
            depth, nodes = depth + 1, nodes + 1
        elif token in (b"}", b"]"):
            depth -= 1
        elif token == b",":
            nodes += 1
        if depth > MAX_DEPTH:
            raise fault("json-too-deep", file=file, limit=MAX_DEPTH)
        if nodes > MAX_NODES:
            raise fault("json-too-many", file=file, limit=MAX_NODES)


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise fault("json-duplicate-key", key=twice)
    return found


def _refuse_constant(word: str) -> Any:
    raise fault("json-fraction", found=word)


def _refuse_fraction(text: str) -> Any:
    raise fault("json-fraction", found=text[:40])


def _exact_integer(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > MAX_INTEGER:
        raise fault("json-integer", found=text[:40])
    return int(text)
