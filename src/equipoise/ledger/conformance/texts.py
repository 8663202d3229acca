"""Vectors of canonical JSON (RFC 8785): texts, numbers, and the published sequence of doubles by its digest.

Entries hold no fractions; these vectors judge the library on whole JSON, numbers included.
"""

from __future__ import annotations

import hashlib
import math
import struct
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Any

import rfc8785

from equipoise.ledger.conformance.case import Case, case
from equipoise.ledger.json_text import read_json

MAX_LINES = 2_000_000
"""A million doubles take some ten seconds; the longest published sequence would take a quarter of an hour."""
_SIGN = 1 << 63


def canonical_json(section: Mapping[str, Any]) -> Iterator[Case]:
    """Texts, single numbers and the file of numbers."""
    for given in section.get("cases", ()):
        yield case(given, _text, given)
    for bits, expected in section.get("numbers", ()):
        yield case(f"number {bits}", _number, bits, expected)
    if "number_file" in section:
        given = section["number_file"]
        yield case(f"{given['lines']} numbers by digest", _number_file, given)


def _text(given: Mapping[str, Any]) -> bool:
    return rfc8785.dumps(read_json(given["input"].encode(), exact=False)).hex() == str(given["output_hex"])


def _number(bits: str, expected: str | None) -> bool:
    """Its decimal form; null where it has none (NaN and the infinities)."""
    if expected is None:
        return not math.isfinite(_double(int(bits, 16))) and _refused(_double(int(bits, 16)))
    return rfc8785.dumps(_double(int(bits, 16))).decode() == expected


def _refused(value: float) -> bool:
    try:
        rfc8785.dumps(value)
    except rfc8785.FloatDomainError:
        return True
    return False


def _number_file(given: Mapping[str, Any]) -> bool:
    """SHA-256 over ``hex,serialisation`` lines of the sequence that the vectors' source describes."""
    if given["lines"] > MAX_LINES:
        raise ValueError(f"at most {MAX_LINES} lines are made")
    found = hashlib.sha256()
    for bits in islice(chain(_LISTED, range(1 << 52, (1 << 52) + 2000), _hashed()), given["lines"]):
        found.update(b"%x,%s\n" % (bits, rfc8785.dumps(_double(bits))))
    return found.hexdigest() == str(given["sha256"])


def _double(bits: int) -> float:
    return float(struct.unpack(">d", bits.to_bytes(8, "big"))[0])


def _hashed() -> Iterator[int]:
    """Little-endian doubles out of iterated SHA-256 of 32 zero bytes; zeros and infinities are skipped."""
    block = bytes(32)
    while True:
        block = hashlib.sha256(block).digest()
        for value in struct.unpack("<4d", block):
            if value != 0.0 and math.isfinite(value):
                yield int.from_bytes(struct.pack(">d", value), "big")


def _doubles(text: str) -> list[int]:
    raw = bytes.fromhex(text)
    return list(struct.unpack(f">{len(raw) // 8}Q", raw))


_THIRDS = _doubles("""
    446696695dbd1cc3 443211ede4974a35 43fce97ca0f21056 43c7213080c1a6ac 439280f39a348556 435d9b1f5d20d557
    4327af4c4a80aaac 42f2f2a36ecd5556 42be51057e155558 428840d131aaaaac 4253670dc1555557 421f0b4935555557
    41e8d5d42aaaaaac 41b3de4355555556 417fca0555555556 41496e6aaaaaaaab 4114585555555555 40e046aaaaaaaaab
    40aa0aaaaaaaaaaa 4074d55555555555 4040aaaaaaaaaaab 400aaaaaaaaaaaab 3fd5555555555555 3fa1111111111111
    3f6b4e81b4e81b4f 3f35d867c3ece2a5 3f0179ec9cbd821e 3ecbf647612f3696 3e965e9f80f29212 3e61e54c672874db
    3e2ca213d840baf8 3df6e80fe033c8c6 3dc2533fe68fd3d2 3d8d51ffd74c861c 3d5774ccac3d3817 3d22c3d6f030f9ac
    3cee0624b3818f79 3cb804ea293472c7 3c833721ba905bd3 3c4ebe9c5db3c61e 3c18987d17c304e5 3be3ad30dfcf371d
    3baf7b816618582f 3b792f9ab81379bf 3b442615600f9499 3b101e77800c76e1 3ad9ca58cce0be35 3aa4a1e0a3e6fe90
    3a708180831f320d 3a3a68cd9e985016
""")
"""Ten to falling powers, over three; the source lists them with the minus sign first, then without."""
_EDGES = _doubles("""
    4024000000000000 4014000000000000 3fe0000000000000 3fa999999999999a 3f747ae147ae147b 3f40624dd2f1a9fc
    3f0a36e2eb1c432d 3ed4f8b588e368f1 3ea0c6f7a0b5ed8d 3e6ad7f29abcaf48 3e35798ee2308c3a 3ed539223589fa95
    3ed4ff26cd5a7781 3ed4f95a762283ff 3ed4f8c60703520c 3ed4f8b72f19cd0d 3ed4f8b5b31c0c8d 3ed4f8b58d1c461a
    3ed4f8b5894f7f0e 3ed4f8b588ee37f3 3ed4f8b588e47da4 3ed4f8b588e3849c 3ed4f8b588e36bb5 3ed4f8b588e36937
    3ed4f8b588e368f8 3ed4f8b588e368f1 3ff0000000000000 bff0000000000000 bfeffffffffffffa bfeffffffffffffb
    3feffffffffffffa 3feffffffffffffb 3feffffffffffffc 3feffffffffffffe bfefffffffffffff bfefffffffffffff
    3fefffffffffffff 3fefffffffffffff 3fd3333333333332 3fd3333333333333 3fd3333333333334 0010000000000000
    000ffffffffffffd 000fffffffffffff 7fefffffffffffff ffefffffffffffff 4340000000000000 c340000000000000
    4430000000000000 44b52d02c7e14af5 44b52d02c7e14af6 44b52d02c7e14af7 444b1ae4d6e2ef4e 444b1ae4d6e2ef4f
    444b1ae4d6e2ef50 3eb0c6f7a0b5ed8c 3eb0c6f7a0b5ed8d 41b3de4355555553 41b3de4355555554 41b3de4355555555
    41b3de4355555556 41b3de4355555557 becbf647612f3696 43143ff3c1cb0959
""")
_LISTED = [0, _SIGN, 1, _SIGN | 1, *(_SIGN | bits for bits in _THIRDS), *_THIRDS, *_EDGES]
"""The values that the source lists: edges of the format and of its decimal forms."""
