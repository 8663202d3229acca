"""Loss of power at a random moment loses no acknowledged entry; with synchronous=NORMAL the test fails."""

from __future__ import annotations

import random

import apsw
import pytest

from equipoise.ledger.store import Store
from ledger.disk import Disk, DiskVFS

SEEDS = 200
APPENDS = 12
FILE = "ledger.sqlite"
# A connection that the cut left open complains once more when it is collected.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def dial(vfs: str, synchronous: str) -> apsw.Connection:
    """The connection of the store, over the modelled disk; one process has the file to itself."""
    connection = apsw.Connection(FILE, vfs=vfs)
    for pragma in (
        "locking_mode=EXCLUSIVE",
        "journal_mode=WAL",
        f"synchronous={synchronous}",
        "wal_autocheckpoint=20",
    ):
        list(connection.execute(f"PRAGMA {pragma}"))
    return connection


def leaf(number: int) -> bytes:
    return b"entry %d " % number * 20


def written(disk: Disk, name: str, synchronous: str) -> int:
    """Append until done or until the power goes; how many were acknowledged."""
    vfs = DiskVFS(name, disk)
    acknowledged = 0
    try:
        connection = dial(name, synchronous)
        store = Store(connection)
        for number in range(store.size, store.size + APPENDS):
            store.append([leaf(number)])
            acknowledged += 1
        connection.close()
    except apsw.Error:
        pass
    finally:
        vfs.unregister()
    return acknowledged


def lost(seed: int, synchronous: str) -> int:
    """How many acknowledged entries are gone, or hold something else, when the power is back."""
    luck = random.Random(seed)
    disk = Disk()
    whole = DiskVFS(f"made-{seed}", disk)
    connection = dial(f"made-{seed}", "FULL")
    Store.create(connection, "equipoise.example/test").append([leaf(0)])
    connection.close()
    whole.unregister()
    for file in disk.files.values():
        file.sync()
    made = disk.done
    trial = Disk({n: type(f)(f.durable) for n, f in disk.files.items()})
    written(trial, f"tried-{seed}", synchronous)
    disk.cut_at = made + luck.randrange(1, trial.done + 1)
    acknowledged = 1 + written(disk, f"cut-{seed}", synchronous)
    return acknowledged - intact(disk.after_cut(luck), f"back-{seed}")


def intact(disk: Disk, name: str) -> int:
    """How many entries from the first on are as they were written, with a root over them."""
    vfs = DiskVFS(name, disk)
    connection = dial(name, "FULL")
    store = Store(connection)
    rows = list(store.rows())
    assert [row.place for row in rows] == list(range(len(rows)))
    assert store.is_sound() is None
    store.root(store.size)
    connection.close()
    vfs.unregister()
    return next((n for n, row in enumerate(rows) if row.leaf != leaf(n)), len(rows))


def test_no_loss_of_power_loses_an_acknowledged_entry() -> None:
    assert {seed: gone for seed in range(SEEDS) if (gone := lost(seed, "FULL")) > 0} == {}


def test_the_model_is_not_blind_with_normal_syncing_entries_are_lost() -> None:
    """The same, with the setting that SQLite's documentation recommends for this journal."""
    losing = [seed for seed in range(SEEDS // 4) if lost(seed, "NORMAL") > 0]
    assert len(losing) > SEEDS // 8
