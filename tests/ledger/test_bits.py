"""One flipped bit: in an entry it is found and the entry named; elsewhere it is found or changes nothing."""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from equipoise.ledger import Audit, Declaration, LedgerError, audit, document_of, open_ledger
from ledger.making import Cast

FLIPS, ANYWHERE = 500, 250
FILE = "ledger.sqlite"
DOCUMENT = b"our sites, and where they stand"


@pytest.fixture(scope="module")
def cast(tmp_path_factory: pytest.TempPathFactory) -> Cast:
    made = Cast(tmp_path_factory.mktemp("bits"))
    folder = made.ledger(texts=[f"declaration {n}" for n in range(13)])
    with open_ledger(folder, write=True) as ledger:
        who = made.parties["beta"]
        body = Declaration("with a document", "2010-11-20", (document_of("sites.csv", DOCUMENT),))
        ledger.append_body(who.signer, who.name, body, [DOCUMENT])
    made.checkpoint(folder)
    return made


def flipped(cast: Cast, place: int, bit: int) -> Path:
    """A copy of the ledger with one bit of its file changed."""
    source, copy = cast.folder / "record", cast.folder / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(source, copy)
    data = bytearray((source / FILE).read_bytes())
    data[place] ^= 1 << bit
    (copy / FILE).write_bytes(data)
    return copy


def verified(cast: Cast, folder: Path) -> Audit | None:
    """The audit of a copy, or None where it does not even open."""
    try:
        with open_ledger(folder) as ledger:
            return audit(ledger.store, cast.policy, threads=1)
    except LedgerError:
        return None


def test_any_flipped_bit_of_an_entry_is_found_and_the_entry_named(cast: Cast) -> None:
    data = (cast.folder / "record" / FILE).read_bytes()
    with open_ledger(cast.folder / "record") as ledger:
        spans = [(row.place, data.index(row.leaf), len(row.leaf)) for row in ledger.store.rows()]
    luck = random.Random(500)
    wrong = []
    for _ in range(FLIPS):
        place, start, length = luck.choice(spans)
        at, bit = start + luck.randrange(length), luck.randrange(8)
        found = verified(cast, flipped(cast, at, bit))
        if found is None or found.good or found.first_bad != place:
            wrong.append((place, at, bit, found))
    assert wrong == []


def content(folder: Path) -> list[object]:
    """Every row of every table, which is all that the store says."""
    connection = sqlite3.connect(f"file:{folder / FILE}?mode=ro", uri=True)
    tables = ("meta", "entries", "nodes", "checkpoints", "documents")
    rows = [list(connection.execute(f"SELECT * FROM {table}")) for table in tables]
    connection.close()
    return [*rows]


def test_a_bit_flipped_anywhere_in_the_file_is_found(cast: Cast) -> None:
    """Also in the space between rows, by the seal that the last writer put."""
    size = (cast.folder / "record" / FILE).stat().st_size
    luck = random.Random(100)
    for _ in range(ANYWHERE // 2):
        outcome = verified(cast, flipped(cast, luck.randrange(size), luck.randrange(8)))
        assert outcome is None or not outcome.good


def test_without_a_seal_it_is_found_or_changes_nothing_that_the_store_says(cast: Cast) -> None:
    size = (cast.folder / "record" / FILE).stat().st_size
    whole = content(cast.folder / "record")
    luck = random.Random(250)
    found = 0
    for _ in range(ANYWHERE):
        copy = flipped(cast, luck.randrange(size), luck.randrange(8))
        (copy / "seal").unlink()
        outcome = verified(cast, copy)
        if outcome is None or not outcome.good:
            found += 1
        else:
            assert content(copy) == whole
    assert found > ANYWHERE // 8
