"""The Merkle tree of RFC 9162, section 2.1: roots, proofs that an entry is in it, proofs that it only grew.

A tree is read through a function ``node(level, index)``, which gives the hash of the complete subtree over
leaves [index * 2**level, (index + 1) * 2**level); so the same code runs over a list and over the store.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import TypeAlias

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()
"""Root of the tree without leaves (RFC 9162, section 2.1.1)."""

Node: TypeAlias = "Callable[[int, int], bytes]"


def leaf_hash(data: bytes) -> bytes:
    """SHA-256(00 || data), section 2.1.1."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(01 || left || right), section 2.1.1."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def node_of(leaves: Sequence[bytes]) -> Node:
    """The reading function of a tree over these leaf hashes."""

    def node(level: int, index: int) -> bytes:
        if level == 0:
            return leaves[index]
        return node_hash(node(level - 1, 2 * index), node(level - 1, 2 * index + 1))

    return node


def root_hash(node: Node, size: int) -> bytes:
    """Root over the first ``size`` leaves."""
    return range_hash(node, 0, size) if size else EMPTY_ROOT


def range_hash(node: Node, start: int, end: int) -> bytes:
    """Hash over leaves [start, end), where the largest power of two in ``end - start`` divides ``start``."""
    count = end - start
    level = count.bit_length() - 1
    if count == 1 << level:
        return node(level, start >> level)
    middle = start + (1 << level)
    return node_hash(node(level, start >> level), range_hash(node, middle, end))


def completed(node: Node, index: int, leaf: bytes) -> list[tuple[int, int, bytes]]:
    """Subtrees above the leaves that appending ``leaf`` at ``index`` completes: (level, index, hash)."""
    found: list[tuple[int, int, bytes]] = []
    level, here = 0, leaf
    while index & 1:
        here = node_hash(node(level, index - 1), here)
        level, index = level + 1, index >> 1
        found.append((level, index, here))
    return found


def inclusion_proof(node: Node, index: int, size: int) -> list[bytes]:
    """PATH(index, D_size), from the leaf's sibling up to the root's child (section 2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(range_hash(node, middle, end))
            end = middle
        else:
            path.append(range_hash(node, start, middle))
            start = middle
    return path[::-1]


def consistency_proof(node: Node, old: int, new: int) -> list[bytes]:
    """PROOF(old, D_new) (section 2.1.4.1); empty for equal sizes. 1 <= old <= new."""
    if not 1 <= old <= new:
        raise ValueError(f"no consistency proof leads from {old} to {new}")
    path: list[bytes] = []
    start, end, whole = 0, new, True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(range_hash(node, middle, end))
            end = middle
        else:
            path.append(range_hash(node, start, middle))
            start, whole = middle, False
    if not whole:
        path.append(range_hash(node, start, end))
    return path[::-1]


def verify_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether ``proof`` shows the leaf hash at ``index`` in the tree of ``size`` with this root (2.1.3.2)."""
    if not 0 <= index < size or not _hashes(leaf, root, *proof):
        return False
    place, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(step, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, step)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def verify_consistency(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """Whether ``proof`` shows that the tree ``new`` extends the tree ``old`` (section 2.1.4.2).

    From size 0 nothing is shown, and it is refused here; a witness that has seen nothing yet accepts any
    first tree, and decides so itself.
    """
    if not 1 <= old <= new or not _hashes(old_root, new_root, *proof):
        return False
    if old == new:
        return not proof and old_root == new_root
    steps = list(proof)
    if old & (old - 1) == 0:
        steps.insert(0, old_root)
    if not steps:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, step)
        place, last = place >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


def _split(count: int) -> int:
    """Largest power of two smaller than ``count``."""
    return 1 << ((count - 1).bit_length() - 1)


def _hashes(*values: bytes) -> bool:
    return all(len(value) == HASH_BYTES for value in values)
