"""Kills a process that appends, at random moments: run as a program, it prints what it found as JSON.

Each child opens the ledger for writing and appends one entry after another; after each it tells, through a
pipe, which leaf was acknowledged at which place. The parent kills it and looks.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from equipoise.ledger import audit, open_ledger
from ledger.making import Cast

LONGEST_S, MOST_LINES = 0.004, 8
READY = b"ready\n"


def child(cast: Cast, folder: Path, run: int, told: int) -> None:
    """Append until killed; a line of the pipe is an acknowledgement."""
    with open_ledger(folder, write=True) as ledger:
        os.write(told, READY)
        for number in range(1_000_000):
            (place,) = cast.declare(ledger, [f"run {run} number {number}"])
            leaf = ledger.store.leaf(place) or b""
            os.write(told, f"{place} {hashlib.sha256(leaf).hexdigest()}\n".encode())


def kill_one(cast: Cast, folder: Path, run: int, after: int, wait_s: float) -> list[tuple[int, str]]:
    """Start a child, kill it ``wait_s`` after it has told ``after`` lines, and return what it acknowledged.

    The first line tells that the ledger is open; with ``after`` 0 the kill comes while it is being opened.
    """
    heard, told = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(heard)
        try:
            child(cast, folder, run, told)
        finally:
            os._exit(1)
    os.close(told)
    with os.fdopen(heard) as lines:
        first = [lines.readline() for _ in range(after)]
        time.sleep(wait_s)
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        assert os.WIFSIGNALED(status), "the child ended by itself"
        words = [line.split() for line in (*first, *lines) if line.endswith("\n")]
    return [(int(line[0]), line[1]) for line in words if len(line) == 2]


def main(folder: Path, times: int, seed: int) -> dict[str, object]:
    """How many were acknowledged, and how many of those are missing or changed after their kill."""
    luck = random.Random(seed)
    cast = Cast(folder)
    record = cast.ledger()
    acknowledged = lost = busy = 0
    for run in range(times):
        said = kill_one(cast, record, run, luck.randrange(MOST_LINES), luck.uniform(0.0, LONGEST_S))
        with open_ledger(record, write=True) as ledger:
            leaves = [ledger.store.leaf(place) or b"" for place, _ in said]
            lost += sum(hashlib.sha256(x).hexdigest() != d for x, (_, d) in zip(leaves, said, strict=True))
            cast.declare(ledger, [f"after run {run}"])
        acknowledged += len(said)
        busy += bool(said)
    with open_ledger(record) as ledger:
        found = audit(ledger.store, ledger.policy)
    return {
        "acknowledged": acknowledged,
        "lost": lost,
        "busy": busy,
        "good": found.good,
        "entries": found.entries,
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
