"""Vectors of the Merkle tree: hashes, roots, and proofs of inclusion and of consistency."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from equipoise.ledger import tree
from equipoise.ledger.conformance.case import Case, case
from equipoise.ledger.conformance.fields import data_of, proof_of


def hashes(section: Mapping[str, Any]) -> Iterator[Case]:
    """The empty tree, leaves and nodes."""
    for given in section["cases"]:
        yield case(given, _hash, given)


def _hash(given: Mapping[str, Any]) -> bool:
    """A node's vector names its left and right side by keys of its own; the key that is left is its hash."""
    if "leaf_data_hex" in given:
        return tree.leaf_hash(data_of(given, "leaf_data")) == data_of(given, "leaf_hash")
    if "root_hex" in given:
        return data_of(given, "root") == tree.EMPTY_ROOT
    values = {key: bytes.fromhex(value) for key, value in given.items() if key.endswith("_hex")}
    left = next(value for key, value in values.items() if "left" in key)
    right = next(value for key, value in values.items() if "right" in key)
    found = next(value for key, value in values.items() if "left" not in key and "right" not in key)
    return tree.node_hash(left, right) == found


def roots(section: Mapping[str, Any]) -> Iterator[Case]:
    """The root over the first leaves, for each size that is given, and every proof in that tree."""
    leaves = [tree.leaf_hash(bytes.fromhex(leaf)) for leaf in section["leaves_hex"]]
    for size, root in section["roots_by_size_hex"].items():
        yield case(f"size {size}", _root, leaves, int(size), bytes.fromhex(root))


def _root(leaves: Sequence[bytes], size: int, root: bytes) -> bool:
    node = tree.node_of(leaves)
    holds = tree.root_hash(node, size) == root
    for index in range(size):
        proof = tree.inclusion_proof(node, index, size)
        step = tree.consistency_proof(node, index + 1, size)
        holds &= tree.verify_inclusion(index, size, leaves[index], proof, root)
        holds &= tree.verify_consistency(index + 1, size, step, tree.root_hash(node, index + 1), root)
    return holds


def consistency(section: Mapping[str, Any]) -> Iterator[Case]:
    """Proofs that one tree extends another, as the library judges them: from size 0 all are refused."""
    for given in section["cases"]:
        yield case(given, _consistency, given)


def _consistency(given: Mapping[str, Any]) -> bool:
    roots = data_of(given, "root1"), data_of(given, "root2")
    shown = tree.verify_consistency(given["size1"], given["size2"], proof_of(given), *roots)
    return shown is not given["wantErr"]


def inclusion(section: Mapping[str, Any]) -> Iterator[Case]:
    """Proofs that a leaf is in a tree."""
    for given in section["cases"]:
        yield case(given, _inclusion, given)


def _inclusion(given: Mapping[str, Any]) -> bool:
    leaf, root = data_of(given, "leafHash"), data_of(given, "root")
    shown = tree.verify_inclusion(given["leafIdx"], given["treeSize"], leaf, proof_of(given), root)
    return shown is not given["wantErr"]
