"""Documents from strangers: refused on their bytes, with what would do, before a tree is built."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipoise.ledger import LedgerError
from equipoise.ledger.json_text import MAX_DEPTH, MAX_NODES, canonical, read_json

BAD = {
    "json-duplicate-key": (b'{"a": 1, "a": 2}', b'{"b": {"a": 1, "\\u0061": 1}}'),
    "json-fraction": (b'{"a": 1.5}', b"[1e3]", b"[NaN]", b"[Infinity]", b"[-Infinity]", b"[1.0]"),
    "json-integer": (b"[9007199254740992]", b"[-9007199254740992]", b"[" + b"9" * 5000 + b"]"),
    "json-surrogate": (b'["\\ud800"]', b'{"\\udfff": 1}', b'["\\ud83d\\ud83d"]'),
    "json-not-utf8": (b'["\xff"]', b'["\xed\xa0\x80"]'),
    "json-too-deep": (b"[" * 33 + b"]" * 33, b"[" * 900_000, b'{"a":' * 100_000),
    "json-too-many": (b"[" + b"0," * MAX_NODES + b"0]",),
    "json-too-large": (b" " * (1 << 20) + b"[]",),
    "json-syntax": (b"", b"[1,]", b"{'a': 1}", b"[1] [2]", b"\xef\xbb\xbf[]", b"[01]", b'["\n"]'),
}


@pytest.mark.parametrize(("id", "data"), [(id, data) for id, texts in BAD.items() for data in texts])
def test_a_bad_text_is_refused_by_its_fault(id: str, data: bytes) -> None:
    with pytest.raises(LedgerError) as refused:
        read_json(data, file="stranger.json")
    assert (refused.value.id, refused.value.file) == (id, "stranger.json")


def test_brackets_in_text_are_no_depth() -> None:
    assert read_json(b'["' + b"[{" * 1000 + b'"]') == ["[{" * 1000]
    assert read_json(b'["\\"' + b"[" * 1000 + b'"]') == ['"' + "[" * 1000]
    whole = b"[" * MAX_DEPTH + b"]" * MAX_DEPTH
    assert read_json(whole) is not None


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=("Cs",))),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=("Cs",)), max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(VALUES)
def test_canonical_bytes_read_back_and_are_their_own_canonical_form(value: object) -> None:
    data = canonical(value)
    assert read_json(data) == value
    assert canonical(read_json(data)) == data


@pytest.mark.parametrize("value", [1.5, [0.0], {"a": [float("nan")]}, 2**53, {"a": "\ud800"}])
def test_what_machines_write_differently_is_never_hashed(value: object) -> None:
    with pytest.raises(LedgerError):
        canonical(value)
