"""Committing to a vector before the run, and opening single entries of it afterwards.

A leaf is a fixed binary record: cell (three 32-bit numbers), bin (one), value (a byte) and a salt of 32
bytes, big-endian, under the hash of RFC 9162. Salts are the key stream of ChaCha20 under a key that follows
from the party's one secret, the domain and the vector itself, so that nothing but secret and vector need be
kept; an unopened entry stays hidden, since its salt is not shown. Another vector over the same domain has
other salts: what was opened of one says nothing of the other. The root over all leaves goes into the record.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms
from jaxtyping import Bool, UInt8
from numpy import ndarray as Array

from equipoise.guarantee.private.outward.statement import Domain
from equipoise.guarantee.private.run.messages import keyed
from equipoise.ledger import inclusion_proof, leaf_hash, root_hash, verify_inclusion

SALT_BYTES, HASH_BYTES, BLOCK_BYTES = 32, 32, 64
RECORD = struct.Struct(">iiiIB32s")
"""Cell i, j, k; bin; value; salt."""
_FIELDS = np.dtype(
    [("tag", "u1"), ("cell", ">i4", 3), ("bin", ">u4"), ("value", "u1"), ("salt", "u1", SALT_BYTES)]
)
"""The same with the leaf's tag of RFC 9162 before it, one row an entry."""
_CHUNK = 1 << 16


@dataclass(frozen=True)
class Committed:
    """The tree over a vector's leaves: complete levels as packed hashes, from the leaves up."""

    levels: tuple[bytes, ...]
    size: int
    root: bytes

    def node(self, level: int, index: int) -> bytes:
        """Hash of a complete subtree."""
        return self.levels[level][HASH_BYTES * index : HASH_BYTES * (index + 1)]


@dataclass(frozen=True)
class OpenedLeaf:
    """One entry as its owner opens it: the record, its number, and the proof that it is under the root."""

    entry: int
    cell: tuple[int, int, int]
    bin: int
    value: int
    salt: bytes
    proof: tuple[bytes, ...]

    def record(self) -> bytes:
        """The bytes that were hashed."""
        return RECORD.pack(*self.cell, self.bin, self.value, self.salt)


def commit(domain: Domain, vector: Bool[Array, " n"], key: bytes) -> Committed:
    """Hash every entry of a vector and build the tree. ``key`` is the party's secret."""
    leaves = bytearray()
    size = len(domain)
    cell, bins = domain.places()
    salt_key = _salt_key(domain, vector, key)
    for start in range(0, size, _CHUNK):
        here = slice(start, min(start + _CHUNK, size))
        rows = np.zeros(here.stop - start, dtype=_FIELDS)
        rows["cell"], rows["bin"], rows["value"] = domain.cell[cell[here]], bins[here], vector[here]
        rows["salt"] = _salts(salt_key, start, here.stop)
        leaves += _hashed(rows.tobytes(), _FIELDS.itemsize, b"")
    levels = [bytes(leaves)]
    while len(levels[-1]) >= 2 * HASH_BYTES:
        whole = len(levels[-1]) // (2 * HASH_BYTES) * 2 * HASH_BYTES
        levels.append(_hashed(levels[-1][:whole], 2 * HASH_BYTES, b"\x01"))
    tree = Committed(tuple(levels), size, b"")
    return Committed(tree.levels, size, root_hash(tree.node, size))


def open_leaves(
    domain: Domain, vector: Bool[Array, " n"], key: bytes, tree: Committed, entries: Sequence[int]
) -> tuple[OpenedLeaf, ...]:
    """The chosen entries with their salts and inclusion proofs."""
    cell, bins = domain.places()
    salt_key = _salt_key(domain, vector, key)
    return tuple(
        OpenedLeaf(
            entry,
            (
                int(domain.cell[cell[entry], 0]),
                int(domain.cell[cell[entry], 1]),
                int(domain.cell[cell[entry], 2]),
            ),
            int(bins[entry]),
            int(vector[entry]),
            _salts(salt_key, entry, entry + 1).tobytes(),
            tuple(inclusion_proof(tree.node, entry, tree.size)),
        )
        for entry in entries
    )


def leaf_is_under(domain: Domain, leaf: OpenedLeaf, root: bytes) -> bool:
    """Whether an opened leaf is the entry that it says, under the committed root."""
    if not 0 <= leaf.entry < len(domain) or leaf.value not in (0, 1) or len(leaf.salt) != SALT_BYTES:
        return False
    at = int(np.searchsorted(domain.offset, leaf.entry, side="right")) - 1
    bin_there = leaf.entry - int(domain.offset[at]) + int(domain.first_bin[at])
    if tuple(int(n) for n in domain.cell[at]) != leaf.cell or bin_there != leaf.bin:
        return False
    return verify_inclusion(leaf.entry, len(domain), leaf_hash(leaf.record()), leaf.proof, root)


def _salt_key(domain: Domain, vector: Bool[Array, " n"], key: bytes) -> bytes:
    """The key of the salts of one vector over one domain."""
    return keyed(key, b"salt", domain.digest, hashlib.sha256(np.packbits(vector).tobytes()).digest())


def _salts(salt_key: bytes, start: int, end: int) -> UInt8[Array, "n 32"]:
    """The salts of some entries: two to a block of the key stream."""
    first = SALT_BYTES * start // BLOCK_BYTES
    counter = first.to_bytes(4, "little") + bytes(12)
    stream = Cipher(algorithms.ChaCha20(salt_key, counter), mode=None).encryptor()
    skip = SALT_BYTES * start - BLOCK_BYTES * first
    data = stream.update(bytes(skip + SALT_BYTES * (end - start)))[skip:]
    return np.frombuffer(data, dtype=np.uint8).reshape(-1, SALT_BYTES)


def _hashed(data: bytes, width: int, tag: bytes) -> bytes:
    """SHA-256 of a tag and each stretch of ``width`` bytes, one after the other."""
    sha = hashlib.sha256
    ends = range(0, len(data) + 1, width)
    if tag:
        return b"".join([sha(tag + data[a:b]).digest() for a, b in pairwise(ends)])
    view = memoryview(data)
    return b"".join([sha(view[a:b]).digest() for a, b in pairwise(ends)])
