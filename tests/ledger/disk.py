"""A modelled disk for SQLite: what was written and not synced is lost in part when the power goes.

A write lands in a cache; a sync makes what the file holds durable. When the power is cut, each sector of
each write that was not synced survives or not, at random and each by itself, as on a disk that reorders.
After a cut every operation fails. Pillai et al. 2014 ("All file systems are not created equal") describe
such disks.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import apsw

SECTOR = 512


@dataclass
class Stored:
    """One file: what is durable, and what was written since, in order: (offset, data), or a new length."""

    durable: bytes = b""
    waiting: list[tuple[int, bytes | None]] = field(default_factory=list)

    @property
    def seen(self) -> bytearray:
        """What a reader sees: everything that was written."""
        return applied(self.durable, self.waiting)

    def write(self, offset: int, data: bytes | None) -> None:
        self.waiting.append((offset, data))

    def sync(self) -> None:
        self.durable, self.waiting = bytes(self.seen), []

    def after_cut(self, luck: random.Random) -> Stored:
        """What is found when the power is back."""
        kept: list[tuple[int, bytes | None]] = []
        for offset, data in self.waiting:
            if data is None:
                kept += [(offset, None)] if luck.random() < 0.5 else []
                continue
            for start in range(0, len(data), SECTOR):
                if luck.random() < 0.5:
                    kept.append((offset + start, data[start : start + SECTOR]))
        return Stored(bytes(applied(self.durable, kept)))


def applied(durable: bytes, writes: list[tuple[int, bytes | None]]) -> bytearray:
    """The durable bytes with these writes over them; None instead of data sets the length."""
    data = bytearray(durable)
    for offset, piece in writes:
        if piece is None:
            del data[offset:]
        else:
            data.extend(bytes(max(0, offset + len(piece) - len(data))))
            data[offset : offset + len(piece)] = piece
    return data


@dataclass
class Disk:
    """Files by name, and the operation at which the power goes (never where that is None)."""

    files: dict[str, Stored] = field(default_factory=dict)
    cut_at: int | None = None
    done: int = 0

    def operation(self) -> None:
        """Counted; raises from the cut on."""
        self.done += 1
        if self.cut_at is not None and self.done > self.cut_at:
            raise apsw.IOError("the power is gone")

    def after_cut(self, luck: random.Random) -> Disk:
        return Disk({name: file.after_cut(luck) for name, file in self.files.items()})


class DiskVFS(apsw.VFS):
    """The modelled disk as a virtual file system of SQLite."""

    def __init__(self, name: str, disk: Disk) -> None:
        self.disk = disk
        super().__init__(name, "")

    def xOpen(self, name: object, flags: list[int]) -> DiskFile:
        """A file of the disk; SQLite gives its own kind of name for the main file."""
        text = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        flags[1] = flags[0]
        return DiskFile(self.disk, self.disk.files.setdefault(text, Stored()))

    def xDelete(self, name: str, sync: bool) -> None:
        self.disk.operation()
        self.disk.files.pop(name, None)

    def xAccess(self, name: str, flags: int) -> bool:
        return name in self.disk.files

    def xFullPathname(self, name: str) -> str:
        return name


class DiskFile:
    """An open file of the modelled disk. Its one process needs no locks and no shared memory."""

    def __init__(self, disk: Disk, file: Stored) -> None:
        self._disk, self._file = disk, file

    def xRead(self, amount: int, offset: int) -> bytes:
        return bytes(self._file.seen[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.operation()
        self._file.write(offset, bytes(data))

    def xTruncate(self, size: int) -> None:
        self._disk.operation()
        self._file.write(size, None)

    def xSync(self, flags: int) -> None:
        self._disk.operation()
        self._file.sync()

    def xFileSize(self) -> int:
        return len(self._file.seen)

    def xClose(self) -> None: ...
    def xLock(self, level: int) -> None: ...
    def xUnlock(self, level: int) -> None: ...

    def xCheckReservedLock(self) -> bool:
        return False

    def xFileControl(self, operation: int, pointer: int) -> bool:
        return False

    def xSectorSize(self) -> int:
        return SECTOR

    def xDeviceCharacteristics(self) -> int:
        return 0
