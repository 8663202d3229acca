"""Vectors of Ed25519: Project Wycheproof's, and those at the edges of what verifiers accept (CCTV)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from equipoise.ledger.conformance.case import Case, case
from equipoise.ledger.conformance.fields import data_of, refuses
from equipoise.ledger.ed25519 import check_public_key, is_low_order, verify


def wycheproof(section: Mapping[str, Any]) -> Iterator[Case]:
    """Valid and invalid signatures; "acceptable" may go either way."""
    for given in section["cases"]:
        yield case(given, _wycheproof, given)


def _wycheproof(given: Mapping[str, Any]) -> bool:
    accepted = verify(data_of(given, "public_key"), data_of(given, "sig"), data_of(given, "msg"))
    return given["result"] in ("acceptable", "valid" if accepted else "invalid")


def edge_cases(section: Mapping[str, Any]) -> Iterator[Case]:
    """Both columns of each case, and the rule of the register: no key of low order enters it."""
    for text in section["low_order_public_keys_hex"]:
        yield case(f"low-order key {text}", _low_order, bytes.fromhex(text))
    for given in section["cases"]:
        yield case(given, _edge, given)


def _low_order(key: bytes) -> bool:
    return is_low_order(key) and refuses(check_public_key, key)


def _edge(given: Mapping[str, Any]) -> bool:
    """``ref10`` is what our check of a signature must say; ``strict``, which refuses a low-order key or R as
    well, must follow from it and from our test of low order.
    """
    key, signature, flags = data_of(given, "public_key"), data_of(given, "sig"), given["flags"]
    accepted = verify(key, signature, given["msg"].encode())
    low = is_low_order(key), is_low_order(signature[:32])
    barred = "low_order_A" in flags or "non_canonical_A" in flags
    return (
        accepted is given["ref10"]
        and (accepted and not any(low)) is given["strict"]
        and low == ("low_order_A" in flags, "low_order_R" in flags)
        and refuses(check_public_key, key) is barred
    )
