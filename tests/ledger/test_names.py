"""Names from strangers write nothing outside the folder that is meant."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from equipoise.ledger import (
    Declaration,
    Document,
    LedgerError,
    canonical,
    check_name,
    create_ledger,
    document_of,
    export,
    make_policy,
    open_ledger,
    read_entry,
    read_json,
    write_new,
)
from equipoise.ledger.signing import leaf_of
from ledger.making import Cast, signer

HOSTILE = (
    "../outside",
    "..",
    ".",
    "",
    "/etc/outside",
    "a/b",
    "a\\b",
    "..\\outside",
    "%2e%2e%2foutside",
    "%2Foutside",
    "a\x00b",
    "a\nb",
    ".hidden",
    "C:outside",
    "~root",
    "name with spaces",
    "\N{FULLWIDTH SOLIDUS}outside",
    "\N{ONE DOT LEADER}\N{ONE DOT LEADER}",
    "a" * 81,
    "-rf",
)


@pytest.mark.parametrize("name", HOSTILE, ids=repr)
def test_a_hostile_name_names_no_document_and_no_ledger(tmp_path: Path, name: str) -> None:
    with pytest.raises(LedgerError) as refused:
        check_name(name)
    assert refused.value.id == "name-unsafe"
    with pytest.raises(LedgerError):
        Document(name, "00" * 32)
    cast = Cast(tmp_path / "cast")
    log = signer(f"equipoise.example/{name}").verifier()
    with pytest.raises(LedgerError):
        create_ledger(tmp_path / "new", make_policy(log, cast.policy.witnesses))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["cast"]


@pytest.mark.parametrize("name", HOSTILE, ids=repr)
def test_a_forged_store_with_hostile_names_exports_nothing_outside(tmp_path: Path, name: str) -> None:
    """Whoever wrote the store may have put anything into it: nothing in it becomes a path."""
    cast = Cast(tmp_path / "inside")
    body = Declaration("ours", "2010-11-20", (document_of("sites.csv", b"x"),))
    folder = cast.ledger()
    with open_ledger(folder, write=True) as ledger:
        who = cast.parties["alpha"].signer
        ledger.append_body(who, "alpha", body, [b"x"])
        good = ledger.store.leaf(3) or b""
        entry = read_entry(good)
        payload = read_json(good)["payload"]
        payload["documents"][0]["name"] = name
        ledger.store.append([leaf_of(canonical(payload), entry.signer, entry.signature)])
    before = {p for p in tmp_path.rglob("*") if "inside" not in p.parts}
    with open_ledger(folder) as ledger, pytest.raises(LedgerError):
        export(ledger, tmp_path / "inside" / "out")
    assert not (tmp_path / "inside" / "out").exists()
    assert {p for p in tmp_path.rglob("*") if "inside" not in p.parts} == before


def test_what_an_entry_calls_its_documents_is_no_path(tmp_path: Path) -> None:
    cast = Cast(tmp_path)
    folder = cast.ledger()
    with open_ledger(folder, write=True) as ledger:
        who = cast.parties["alpha"].signer
        body = Declaration("ours", "2010-11-20", (document_of("sites.csv", b"x"),))
        ledger.append_body(who, "alpha", body, [b"x"])
    with open_ledger(folder) as ledger:
        names = export(ledger, tmp_path / "out")
    (document,) = [n for n in names if n.startswith("documents/")]
    assert document == f"documents/{document_of('sites.csv', b'x').sha256}"
    assert (tmp_path / "out" / document).read_bytes() == b"x"
    assert (
        (tmp_path / "out" / "entries" / "00000003.json")
        .read_bytes()
        .startswith(b'{"payload":{"about":"ours"')
    )


def test_a_link_at_the_place_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    cast = Cast(tmp_path / "inside")
    folder = cast.ledger()
    os.symlink(outside, tmp_path / "link")
    os.symlink(outside / "file", tmp_path / "dangling")
    with open_ledger(folder) as ledger:
        for place in ("link", "dangling"):
            with pytest.raises(LedgerError):
                export(ledger, tmp_path / place)
            with pytest.raises(LedgerError):
                create_ledger(tmp_path / place, cast.policy)
    for place in ("link", "dangling"):
        with pytest.raises(LedgerError):
            write_new(tmp_path / place, b"data")
    assert list(outside.iterdir()) == []
