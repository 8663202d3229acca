"""Arithmetic modulo the prime 2^61 - 1, on arrays of 64-bit words, and a stream of uniform elements.

A zero test needs a field: only where every number but zero has an inverse is a random multiple of a count
uniform. A Mersenne prime reduces by a shift and an addition, products of 61-bit numbers are put together from
halves that fit 64 bits, and a false zero has a chance of one in 2.3e18, where 2^31 - 1 would leave one in
2.1e9 to each opened bit. Elements travel as eight bytes, least significant first.
"""

from __future__ import annotations

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms
from jaxtyping import Bool, UInt64
from numpy import ndarray as Array

P = (1 << 61) - 1
"""The modulus."""
ELEMENT_BYTES = 8
SEED_BYTES = 32
_P = np.uint64(P)
_SHIFT, _ONE = np.uint64(61), np.uint64(1)
_HALF, _LOW = np.uint64(31), np.uint64((1 << 31) - 1)
_MIDDLE, _MIDDLE_LOW = np.uint64(30), np.uint64((1 << 30) - 1)
_BLOCK = 1 << 15
"""Elements handled at a time, so that what is in between stays in the processor's cache."""
_SPARE = np.uint64(3)
"""64-bit words lose this many bits to become 61-bit ones."""


def reduced(words: UInt64[Array, "*n"]) -> UInt64[Array, "*n"]:
    """Any 64-bit words, brought below the modulus."""
    folded = (words & _P) + (words >> _SHIFT)
    return np.asarray(np.where(folded >= _P, folded - _P, folded))


def add(x: UInt64[Array, "*n"], y: UInt64[Array, "*n"]) -> UInt64[Array, "*n"]:
    """x + y of elements."""
    total = x + y
    return np.asarray(np.where(total >= _P, total - _P, total))


def multiply(x: UInt64[Array, "*n"], y: UInt64[Array, "*n"]) -> UInt64[Array, "*n"]:
    """x y of elements.

    With halves of 31 and 30 bits, x y = 2^62 high + 2^31 middle + low, and 2^61 = 1: no sum passes 2^64.
    """
    x1, x0, y1, y0 = x >> _HALF, x & _LOW, y >> _HALF, y & _LOW
    middle = x1 * y0 + x0 * y1
    total = (x1 * y1 << _ONE) + (middle >> _MIDDLE) + ((middle & _MIDDLE_LOW) << _HALF)
    return reduced(reduced(total) + x0 * y0)


def dot(*factors: UInt64[Array, " n"]) -> int:
    """Sum of the products of two or more arrays of one length."""
    total = 0
    for start in range(0, len(factors[0]), _BLOCK):
        first, *rest = (factor[start : start + _BLOCK] for factor in factors)
        for factor in rest:
            first = multiply(first, factor)
        total += int((first >> _HALF).sum()) << 31
        total += int((first & _LOW).sum())
    return total % P


def masked(bits: Bool[Array, " n"], mask: UInt64[Array, " n"]) -> UInt64[Array, " n"]:
    """A vector of bits plus a mask."""
    found = np.empty(len(mask), dtype=np.uint64)
    for start in range(0, len(mask), _BLOCK):
        here = slice(start, start + _BLOCK)
        found[here] = add(bits[here].astype(np.uint64), mask[here])
    return found


def stream(seed: bytes, count: int) -> UInt64[Array, " n"]:
    """``count`` uniform elements that follow from a seed of 32 bytes alone: ChaCha20's key stream.

    The stream is cut into words of 64 bits, 61 are kept of each, and the one value that is no element is
    drawn again from what follows. Raises ValueError for a seed of another length.
    """
    if len(seed) != SEED_BYTES:
        raise ValueError(f"a seed has {SEED_BYTES} bytes, not {len(seed)}")
    encryptor = Cipher(algorithms.ChaCha20(seed, bytes(16)), mode=None).encryptor()
    found = np.empty(count, dtype=np.uint64)
    done = 0
    while done < count:
        wanted = count - done
        words = np.frombuffer(encryptor.update(bytes(8 * wanted)), dtype="<u8").astype(np.uint64) >> _SPARE
        refused = words == _P
        kept = words[~refused] if refused.any() else words
        found[done : done + len(kept)] = kept
        done += len(kept)
    return found


def to_bytes(elements: UInt64[Array, " n"]) -> bytes:
    """Elements as they travel."""
    return np.ascontiguousarray(elements, dtype="<u8").tobytes()


def from_bytes(data: bytes | memoryview) -> UInt64[Array, " n"]:
    """Elements from what travelled. Raises ValueError where a word is no element or bytes are left over."""
    if len(data) % ELEMENT_BYTES:
        raise ValueError(f"{len(data)} bytes are no whole number of elements")
    elements = np.frombuffer(data, dtype="<u8").astype(np.uint64)
    if (elements >= _P).any():
        raise ValueError("a word is not below the modulus")
    return elements
