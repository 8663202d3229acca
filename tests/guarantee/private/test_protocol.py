"""The opened bit is right, uniform beside it, and alike for inputs of equal verdict; MPyC is the judge."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kstest

import equipoise.guarantee.private.run.protocol as protocol
from equipoise.guarantee.private.run.field import (
    P,
    add,
    dot,
    from_bytes,
    multiply,
    stream,
    to_bytes,
)
from equipoise.guarantee.private.run.messages import Kind
from equipoise.guarantee.private.run.protocol import elements_of, plain_product
from guarantee.private.rooms import KEY_A, KEY_B, SECRET, play, vectors

ELEMENTS = st.integers(0, P - 1) | st.sampled_from((0, 1, 2, P - 1, P - 2, 1 << 31, (1 << 31) - 1, 1 << 60))


@given(st.lists(st.tuples(ELEMENTS, ELEMENTS), min_size=1, max_size=40))
def test_arithmetic_is_that_of_whole_numbers(pairs: list[tuple[int, int]]) -> None:
    x, y = (np.array(side, dtype=np.uint64) for side in zip(*pairs, strict=True))
    assert [int(v) for v in multiply(x, y)] == [a * b % P for a, b in pairs]
    assert [int(v) for v in add(x, y)] == [(a + b) % P for a, b in pairs]
    assert dot(x, y) == sum(a * b for a, b in pairs) % P
    assert dot(x, y, x) == sum(a * b * a for a, b in pairs) % P


def test_a_stream_is_uniform_and_follows_from_its_seed() -> None:
    drawn = stream(b"s" * 32, 20_000)
    assert (drawn < np.uint64(P)).all()
    assert (drawn == stream(b"s" * 32, 20_000)).all()
    assert kstest(drawn.astype(float) / P, "uniform").pvalue > 1e-3
    assert (drawn[:100] != stream(b"t" * 32, 100)).all()
    with pytest.raises(ValueError, match="32 bytes"):
        stream(b"short", 1)


def test_a_word_outside_the_field_is_refused() -> None:
    with pytest.raises(ValueError, match="modulus"):
        from_bytes(P.to_bytes(8, "little"))
    with pytest.raises(ValueError, match="whole number"):
        from_bytes(b"1234567")
    assert (from_bytes(to_bytes(stream(b"s" * 32, 9))) == stream(b"s" * 32, 9)).all()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.integers(3, 300), st.integers(0, 3))
def test_the_bit_is_that_of_the_plain_product(seed: int, entries: int, overlap: int) -> None:
    a, b = vectors(seed, entries, min(overlap, entries))
    outcomes, _ = play(a, b)
    expected = "holds" if plain_product(a, b) == 0 else "not shown"
    assert {o.word for o in outcomes.values()} == {expected}


ADVERSARIAL = (
    (np.zeros(64, bool), np.zeros(64, bool), "holds"),
    (np.ones(64, bool), np.zeros(64, bool), "holds"),
    (np.ones(64, bool), np.ones(64, bool), "not shown"),
    (np.arange(64) == 63, np.arange(64) == 63, "not shown"),
    (np.arange(64) < 32, np.arange(64) >= 32, "holds"),
)
"""Empty, full, one entry, halves that touch."""


@pytest.mark.parametrize(("a", "b", "word"), ADVERSARIAL)
def test_adversarial_vectors(a: np.ndarray, b: np.ndarray, word: str) -> None:
    assert {o.word for o in play(a, b)[0].values()} == {word}


JUDGE = """
import sys
from mpyc.runtime import mpc
field = mpc.SecFld(2**61 - 1)
async def main():
    await mpc.start()
    for line in sys.stdin.read().split():
        a, b = ([field(int(c)) for c in side] for side in line.split(","))
        product = mpc.in_prod(a, b) * mpc._random(field)
        print("holds" if await mpc.output(product) == 0 else "not shown")
    await mpc.shutdown()
mpc.run(main())
"""


def test_verdicts_are_those_of_mpyc() -> None:
    cases = [vectors(seed, 60, overlap) for seed in range(6) for overlap in (0, 1, 5)]
    cases += [(a, b) for a, b, _ in ADVERSARIAL]
    lines = "\n".join(",".join("".join(str(int(bit)) for bit in side) for side in case) for case in cases)
    judged = subprocess.run(
        [sys.executable, "-c", JUDGE, "--no-log"], input=lines, capture_output=True, text=True, timeout=60
    )
    ours = [play(a, b)[0]["A"].word for a, b in cases]
    assert judged.stdout.splitlines() == ours


def _finals(a: np.ndarray, b: np.ndarray, runs: int) -> tuple[list[float], list[float], list[float]]:
    """What B sees over many runs: a masked entry, an opening and the opened product, as shares of P."""
    entries, openings, products = [], [], []
    for number in range(runs):
        run = number.to_bytes(16, "big")
        outcomes, channels = play(a, b, run=run)
        seen = {kind: payload for sender, kind, payload in channels["B"].seen if sender == "A"}
        entries.append(elements_of(seen[Kind.MASKED][:-64])[0] / P)
        openings.append(elements_of(seen[Kind.OPENING][:-64])[1] / P)
        mine = {kind: payload for sender, kind, payload in channels["A"].seen if sender == "B"}
        total = (elements_of(seen[Kind.FINAL][:-64])[0] + elements_of(mine[Kind.FINAL][:-64])[0]) % P
        products.append(total / P)
        assert outcomes["B"].word == ("not shown" if total else "holds")
    return entries, openings, products


def test_transcripts_of_equal_verdicts_are_alike() -> None:
    """One overlap or forty, in other places: every number that a party or the observer sees is uniform."""
    few, many = vectors(1, 200, 1), vectors(2, 200, 40)
    for a, b in (few, many):
        for seen in _finals(a, b, 150):
            assert kstest(seen, "uniform").pvalue > 1e-3
    for a, b in (vectors(3, 200, 0), vectors(4, 200, 0)):
        entries, openings, products = _finals(a, b, 150)
        assert set(products) == {0.0}
        assert kstest(entries, "uniform").pvalue > 1e-3
        assert kstest(openings, "uniform").pvalue > 1e-3


def test_the_observer_sees_nothing_that_depends_on_an_input_alone() -> None:
    """It knows the masks: it could try guesses against a bare digest of a masked vector. A nonce hides it."""
    a, b = vectors(5, 50, 0)
    seen = [
        {kind: payload for _, kind, payload in play(a, b, keys=keys)[1]["observer"].seen}
        for keys in ((KEY_A, KEY_B, SECRET), (b"x" * 32, b"y" * 32, SECRET))
    ]
    assert seen[0].keys() == {Kind.TERMS, Kind.VECTOR_DIGEST, Kind.OUTCOME}
    assert seen[0][Kind.VECTOR_DIGEST] != seen[1][Kind.VECTOR_DIGEST]


def test_a_share_takes_as_long_for_few_ones_as_for_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other party sees when the next message comes: every entry is worked on, be it 0 or 1."""
    worked: list[int] = []

    def counted(*factors: np.ndarray) -> int:
        worked.append(sum(len(f) for f in factors))
        return dot(*factors)

    monkeypatch.setattr(protocol, "dot", counted)
    for ones in (0, 1, 400):
        play(vectors(1, 400, 0)[0], np.arange(400) < ones)
    assert sorted(worked) == [800] * 3 + [1200] * 6
