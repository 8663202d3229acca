"""The Merkle tree: every proof of every small tree, and no proof for anything else."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from equipoise.ledger import tree

LEAVES = [tree.leaf_hash(bytes([n])) for n in range(70)]
NODE = tree.node_of(LEAVES)
ROOTS = [tree.root_hash(NODE, size) for size in range(len(LEAVES) + 1)]


def by_definition(leaves: list[bytes]) -> bytes:
    """RFC 9162, section 2.1.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + by_definition(leaves[:k]) + by_definition(leaves[k:])).digest()


def test_roots_are_those_of_the_definition() -> None:
    assert [by_definition(LEAVES[:size]) for size in range(len(LEAVES) + 1)] == ROOTS


def test_every_proof_of_every_tree_up_to_70_leaves_verifies() -> None:
    for size in range(1, len(LEAVES) + 1):
        for index in range(size):
            proof = tree.inclusion_proof(NODE, index, size)
            assert tree.verify_inclusion(index, size, LEAVES[index], proof, ROOTS[size])
            step = tree.consistency_proof(NODE, index + 1, size)
            assert tree.verify_consistency(index + 1, size, step, ROOTS[index + 1], ROOTS[size])


@given(st.data())
def test_an_inclusion_proof_shows_nothing_else(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 70))
    index = data.draw(st.integers(0, size - 1))
    proof = tree.inclusion_proof(NODE, index, size)
    other_index, other_size = data.draw(st.integers(0, 80)), data.draw(st.integers(0, 80))
    shown = tree.verify_inclusion(other_index, other_size, LEAVES[index], proof, ROOTS[size])
    assert not shown or other_index == index
    assert not tree.verify_inclusion(index, size, LEAVES[(index + 1) % 70], proof, ROOTS[size])
    if proof:
        step = data.draw(st.integers(0, len(proof) - 1))
        bit = data.draw(st.integers(0, 255))
        changed = list(proof)
        changed[step] = (int.from_bytes(proof[step]) ^ (1 << bit)).to_bytes(32)
        assert not tree.verify_inclusion(index, size, LEAVES[index], changed, ROOTS[size])


@given(st.data())
def test_a_consistency_proof_shows_nothing_else(data: st.DataObject) -> None:
    new = data.draw(st.integers(1, 70))
    old = data.draw(st.integers(1, new))
    proof = tree.consistency_proof(NODE, old, new)
    wrong = data.draw(st.integers(0, 70).filter(lambda size: size != old))
    assert not tree.verify_consistency(old, new, proof, ROOTS[wrong], ROOTS[new])
    assert not tree.verify_consistency(0, new, proof, ROOTS[0], ROOTS[new])
    assert not tree.verify_consistency(new + 1, new, proof, ROOTS[new], ROOTS[new])
    assert not tree.verify_consistency(old, new, [*proof, bytes(32)], ROOTS[old], ROOTS[new])


def test_appending_completes_the_subtrees_that_reading_needs() -> None:
    stored: dict[tuple[int, int], bytes] = {}

    def node(level: int, index: int) -> bytes:
        return stored[level, index]

    for index, leaf in enumerate(LEAVES):
        for level, place, digest in tree.completed(node, index, leaf):
            stored[level, place] = digest
        stored[0, index] = leaf
        assert tree.root_hash(node, index + 1) == ROOTS[index + 1]
