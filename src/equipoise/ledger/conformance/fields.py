"""Reading the fields of a vector: base64 unless the key ends in ``_hex``."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any

from equipoise.ledger.messages import LedgerError


def data_of(case: Mapping[str, Any], key: str) -> bytes:
    """The bytes under ``key``, in base64, or under ``key_hex``; none where the value is null."""
    if f"{key}_hex" in case:
        return bytes.fromhex(case[f"{key}_hex"])
    return base64.b64decode(case[key] or "")


def text_of(case: Mapping[str, Any], key: str) -> bytes:
    """The bytes of the text under ``key``, or of ``key_hex`` or ``key_b64`` where the text is no Unicode."""
    if f"{key}_hex" in case:
        return bytes.fromhex(case[f"{key}_hex"])
    if f"{key}_b64" in case:
        return base64.b64decode(case[f"{key}_b64"])
    return str(case[key]).encode("utf-8", "surrogatepass")


def proof_of(case: Mapping[str, Any]) -> list[bytes]:
    """The hashes of a proof; null is an empty one."""
    return [base64.b64decode(step) for step in case["proof"] or []]


def refuses(read: Callable[..., object], *given: object) -> bool:
    """Whether ``read(*given)`` ends in a message for a person."""
    try:
        read(*given)
    except LedgerError:
        return True
    return False
