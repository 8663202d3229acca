"""Every message of the room can be made to appear, with all its fields filled in."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from equipoise.cli.secrets import passphrase
from equipoise.ledger import (
    MESSAGES,
    Declaration,
    LedgerError,
    Result,
    WitnessMemory,
    compare_checkpoints,
    create_ledger,
    document_of,
    held_documents,
    make_policy,
    open_checkpoint,
    open_ledger,
    read_checkpoint,
    read_entry,
    read_input,
    read_note,
    read_policy,
    read_vkey,
    run_vectors,
    write_new,
)
from equipoise.ledger.auditing import _read
from equipoise.ledger.c2sp.checkpoint import Checkpoint
from equipoise.ledger.c2sp.note import Note, signature_line, verified_lines
from equipoise.ledger.ed25519 import check_public_key
from equipoise.ledger.store import Row
from equipoise.ledger.witness import read_request
from equipoise.study import recomputers
from ledger.making import NAME, Cast, signer


@pytest.fixture
def cast(tmp_path: Path) -> Cast:
    return Cast(tmp_path / "cast")


def damaged(cast: Cast) -> None:
    folder = cast.ledger()
    with open_ledger(folder, write=True) as ledger:
        ledger.store._connection.execute("DELETE FROM nodes")
        ledger.store.root(3)


def failed(cast: Cast) -> None:
    folder = cast.ledger()
    with open_ledger(folder, write=True) as ledger:
        ledger.store._connection.execute("DROP TABLE documents")
        ledger.store.document(b"")


def other_log(cast: Cast) -> None:
    folder = cast.ledger()
    other = make_policy(signer(f"{NAME}-2").verifier(), cast.policy.witnesses)
    (folder / "policy").write_text(other.text)
    with open_ledger(folder):
        pass


def without_checkpoint(cast: Cast) -> None:
    with open_ledger(cast.ledger()) as ledger:
        ledger.request(0)


def note_of(cast: Cast, said: Checkpoint) -> bytes:
    return Note(said.text, (signature_line(said.origin, cast.log.key, said.text),)).whole


def other_sizes(cast: Cast) -> None:
    one, two = (note_of(cast, Checkpoint(NAME, size, bytes(32))) for size in (1, 2))
    compare_checkpoints(one, two, cast.policy)


def missing_document(cast: Cast) -> None:
    folder = cast.ledger()
    with open_ledger(folder, write=True) as ledger:
        who = cast.parties["alpha"].signer
        ledger.append_body(who, "alpha", Declaration("a", "2010-11-20", (document_of("c", b"d"),)))
        held_documents(ledger, read_entry(ledger.store.leaf(3) or b""))


def ambiguous(cast: Cast) -> None:
    key = cast.log.verifier()
    verified_lines(read_note(note_of(cast, Checkpoint(NAME, 1, bytes(32)))), [key, key])


def bad_signature(cast: Cast) -> None:
    note = read_note(note_of(cast, Checkpoint(NAME, 1, bytes(32))))
    verified_lines(dataclasses.replace(note, text=note.text.replace("1", "2")), [cast.log.verifier()])


def lost_entry(cast: Cast) -> None:
    _read(Row(4, b"", b""), 3)


MADE: dict[str, Callable[[Cast], object]] = {
    "file-not-read": lambda c: read_input(c.folder),
    "file-too-long": lambda c: read_input(__file__, limit=10),
    "file-not-written": lambda c: write_new(c.folder / "no" / "such", b""),
    "key-low-order": lambda c: check_public_key(b"\x01" + bytes(31)),
    "store-damaged": damaged,
    "store-failed": failed,
    "policy-other-log": other_log,
    "checkpoint-none": without_checkpoint,
    "checkpoint-extended": lambda c: open_checkpoint(
        note_of(c, Checkpoint(NAME, 1, bytes(32), ("more",))), c.policy
    ),
    "checkpoints-other-sizes": other_sizes,
    "document-missing": missing_document,
    "result-inputs": lambda c: recomputers()["study"](Result("study", "00", "0"), {}),
    "quorum-empty": lambda c: make_policy(c.log.verifier(), {}),
    "origin-form": lambda c: create_ledger(
        c.folder / "x", make_policy(signer("elsewhere/x").verifier(), c.policy.witnesses)
    ),
    "entry-form": lambda c: read_entry(b"{}"),
    "entry-hash": lambda c: _read(Row(0, b"leaf", bytes(32)), 0),
    "entry-lost": lost_entry,
    "vkey-malformed": lambda c: read_vkey("a+b+c"),
    "note-bad-signature": bad_signature,
    "note-ambiguous-key": ambiguous,
    "note-unsigned": lambda c: verified_lines(read_note(note_of(c, Checkpoint(NAME, 1, bytes(32)))), []),
    "checkpoint-malformed": lambda c: read_checkpoint("a\nb\n"),
    "vectors-form": lambda c: run_vectors(b"[]"),
    "request-malformed": lambda c: read_request(b""),
    "memory-unusable": lambda c: WitnessMemory(c.folder / "no" / "such"),
    "policy-malformed": lambda c: read_policy(b"quorum\n"),
    "file-exists": lambda c: write_new(Path(__file__), b""),
}


@pytest.mark.parametrize("id", MADE)
def test_the_message_appears_with_every_field_filled_in(cast: Cast, id: str) -> None:
    with pytest.raises(LedgerError) as told:
        MADE[id](cast)
    assert told.value.id == id
    said = f"{told.value.message} {told.value.hint or ''}"
    assert not re.search(r"\{\w+\}", said)


def test_two_passphrases_that_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(("one passphrase", "another one"))
    monkeypatch.setattr("sys.stdin", type("Terminal", (), {"isatty": lambda self: True})())
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed))
    with pytest.raises(LedgerError) as told:
        passphrase(None, "k", twice=True)
    assert told.value.id == "passphrase-differs"


def test_a_ledger_without_results(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    from equipoise.cli import main

    assert main(["ledger", "recompute", str(cast.ledger())]) == 2
    assert "error[no-results]" in capsys.readouterr().err


def test_every_message_of_the_table_is_made_in_some_test() -> None:
    others = "".join(p.read_text(encoding="utf-8") for p in Path(__file__).parent.glob("test_*.py"))
    assert [
        id for id in MESSAGES if id not in MADE and f'"{id}"' not in others and f"[{id}]" not in others
    ] == []


def test_a_foreign_file_in_the_stores_place_is_told(cast: Cast) -> None:
    folder = cast.ledger()
    (folder / "ledger.sqlite").write_bytes(b"this is no database, and never was one" * 100)
    with pytest.raises(LedgerError) as told, open_ledger(folder):
        pass
    assert told.value.id == "store-damaged"
