"""Whatever bytes a stranger sends, a reader reads them or tells a message; nothing else ever comes out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipoise.ledger import (
    LedgerError,
    check_receipt,
    open_checkpoint,
    open_ledger,
    read_entry,
    read_json,
    read_note,
    read_policy,
    read_vkey,
    run_vectors,
)
from equipoise.ledger.c2sp.receipt import read_receipt
from equipoise.ledger.witness import read_request
from ledger.making import Cast

READERS: dict[str, Callable[[bytes], object]] = {
    "note": read_note,
    "receipt": read_receipt,
    "policy": read_policy,
    "request": read_request,
    "entry": read_entry,
    "json": read_json,
    "vectors": run_vectors,
    "vkey": lambda data: read_vkey(data.decode("utf-8", "replace")),
}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A good file of each kind, to be changed."""
    cast = Cast(tmp_path_factory.mktemp("strangers"))
    folder = cast.ledger(texts=["a", "b", "c"])
    cast.checkpoint(folder)
    with open_ledger(folder) as ledger:
        note = (ledger.latest() or pytest.fail("none"))[0].whole
        files = {
            "note": note,
            "receipt": ledger.receipt(4).whole,
            "policy": cast.policy.text.encode(),
            "request": ledger.request(3).whole,
            "entry": ledger.store.leaf(0) or b"",
            "vkey": cast.log.verifier().text.encode(),
        }
    return {**files, "json": files["entry"], "vectors": b'{"jcs": {"numbers": [["0", "0"]], "cases": []}}'}


def harmless(read: Callable[[bytes], object], data: bytes) -> object:
    try:
        return read(data)
    except LedgerError as error:
        return error.id


@pytest.mark.parametrize("kind", READERS)
@given(data=st.binary(max_size=200))
def test_any_bytes(kind: str, data: bytes) -> None:
    harmless(READERS[kind], data)


@pytest.mark.parametrize("kind", READERS)
@given(luck=st.data())
def test_a_good_file_with_pieces_moved_about(kind: str, good: dict[str, bytes], luck: st.DataObject) -> None:
    data = good[kind]
    assert not isinstance(harmless(READERS[kind], data), str)
    for _ in range(luck.draw(st.integers(1, 3))):
        start = luck.draw(st.integers(0, len(data)))
        end = luck.draw(st.integers(start, min(len(data), start + 30)))
        piece = luck.draw(
            st.binary(max_size=4) | st.sampled_from([b"\n", b"\n\n", b"0", b'"', b"[" * 40, data[:40]])
        )
        data = data[:start] + piece + data[end:]
    harmless(READERS[kind], data)


@given(luck=st.data())
def test_no_changed_byte_of_a_cosigned_file_is_valid_for_another_entry(
    good: dict[str, bytes], luck: st.DataObject
) -> None:
    """A receipt with one byte changed is refused, not valid, or still shows the very same entry."""
    data, trusted = good["receipt"], read_policy(good["policy"])
    whole = check_receipt(data, trusted)
    at = luck.draw(st.integers(0, len(data) - 1))
    changed = data[:at] + bytes([luck.draw(st.integers(0, 255))]) + data[at + 1 :]
    try:
        found = check_receipt(changed, trusted)
    except LedgerError:
        return
    assert not found.valid or (found.entry, found.index) == (whole.entry, whole.index)


def test_the_good_files_are_good(good: dict[str, bytes]) -> None:
    assert check_receipt(good["receipt"], read_policy(good["policy"])).valid
    assert open_checkpoint(good["note"], read_policy(good["policy"]))[2]
