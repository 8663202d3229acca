"""Committing and opening: the root binds every entry, an opened leaf shows one and hides the rest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from equipoise.guarantee.private.commitment import RECORD, Committed, commit, leaf_is_under, open_leaves
from equipoise.guarantee.private.outward.statement import Disc, Domain, Statement, domain_of
from equipoise.guarantee.private.run.replay import Opened, vector_follows
from equipoise.ledger import leaf_hash

KEY = b"k" * 32
PLACE = Disc(5450, 1710, 20_000)
SAID = Statement("x", "y", "a", "b", ("s",), (PLACE,), 2000, 300, 0, 300_000, 0, 600, 100_000, 30_000, False)


@pytest.fixture(scope="module")
def domain() -> Domain:
    return domain_of(SAID)


@pytest.fixture(scope="module")
def vector(domain: Domain) -> np.ndarray:
    return np.random.default_rng(1).random(len(domain)) < 0.3


@pytest.fixture(scope="module")
def tree(domain: Domain, vector: np.ndarray) -> Committed:
    return commit(domain, vector, KEY)


def test_every_opened_leaf_is_under_the_root_and_no_changed_one(
    domain: Domain, vector: np.ndarray, tree: Committed
) -> None:
    size = len(domain)
    for leaf in open_leaves(domain, vector, KEY, tree, [0, 1, 2, 77, size // 2, size - 2, size - 1]):
        assert leaf.value == int(vector[leaf.entry])
        assert leaf_is_under(domain, leaf, tree.root)
        for changed in (
            replace(leaf, value=1 - leaf.value),
            replace(leaf, salt=bytes(32)),
            replace(leaf, bin=leaf.bin + 1),
            replace(leaf, cell=(leaf.cell[0], leaf.cell[1], leaf.cell[2] + 1)),
            replace(leaf, entry=(leaf.entry + 1) % size),
            replace(leaf, proof=leaf.proof[:-1]),
            replace(leaf, value=2),
        ):
            assert not leaf_is_under(domain, changed, tree.root)


def test_the_record_has_one_form(domain: Domain, vector: np.ndarray, tree: Committed) -> None:
    """A second maker must be able to hash it: 4 + 4 + 4 + 4 + 1 + 32 bytes, big-endian."""
    leaf = open_leaves(domain, vector, KEY, tree, [5])[0]
    by_hand = b"".join(n.to_bytes(4, "big", signed=True) for n in (*leaf.cell, leaf.bin))
    by_hand += bytes([leaf.value]) + leaf.salt
    assert RECORD.size == len(by_hand) == 49
    assert tree.node(0, 5) == leaf_hash(by_hand)


def test_the_root_follows_from_vector_and_key(domain: Domain, vector: np.ndarray, tree: Committed) -> None:
    assert vector_follows(domain, Opened(vector, KEY), tree.root)
    flipped = vector.copy()
    flipped[17] ^= True
    assert not vector_follows(domain, Opened(flipped, KEY), tree.root)
    assert not vector_follows(domain, Opened(vector, b"x" * 32), tree.root)


def test_another_vector_has_other_salts(domain: Domain, vector: np.ndarray, tree: Committed) -> None:
    """A party that commits anew: salts opened of one vector must not open entries of the other."""
    flipped = vector.copy()
    flipped[-1] ^= True
    other = commit(domain, flipped, KEY)
    assert all(other.node(0, i) != tree.node(0, i) for i in range(200))


def test_salts_hide_what_is_not_opened(domain: Domain, vector: np.ndarray, tree: Committed) -> None:
    """No two salts are alike, and neither guess of an unopened value can be tried without its salt."""
    opened = open_leaves(domain, vector, KEY, tree, range(200))
    assert len({leaf.salt for leaf in opened}) == 200
    other = commit(domain, vector, b"x" * 32)
    assert all(other.node(0, i) != tree.node(0, i) for i in range(200))
