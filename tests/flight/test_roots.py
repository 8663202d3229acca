"""How the kernels take roots and read tables: to the last bits, and in one read."""

from __future__ import annotations

import numpy as np
import pytest
from numba import njit

from equipoise.flight._memory import clamped, look_pair, packed
from equipoise.flight._roots import inverse_root


@njit
def _read(table, index):
    return look_pair(table, index)


@njit
def _held(x, low, high):
    return clamped(x, low, high)


def test_inverse_root_is_good_to_the_last_bits():
    x = 10.0 ** np.random.default_rng(0).uniform(-12.0, 15.0, 20_000)
    found = np.array([inverse_root(q) for q in x])
    assert np.abs(found * np.sqrt(x) - 1.0).max() < 5e-16


def test_a_packed_table_gives_value_and_change_to_the_next():
    values = np.random.default_rng(1).uniform(-400.0, 1.3, 300)
    table = packed(values)
    pairs = np.array([_read(table, i) for i in range(len(values))])
    assert pairs[:, 0] == pytest.approx(values, rel=4.8e-7)
    assert pairs[:-1].sum(1) == pytest.approx(pairs[1:, 0], rel=1e-6, abs=3e-4)
    assert pairs[-1, 1] == 0.0


@pytest.mark.parametrize(("x", "held"), [(-1.0, 0.0), (0.5, 0.5), (7.0, 3.0), (np.nan, 0.0), (np.inf, 3.0)])
def test_clamped_also_catches_what_is_no_number(x, held):
    assert _held(x, 0.0, 3.0) == held
