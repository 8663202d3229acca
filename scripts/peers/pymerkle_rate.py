"""How fast pymerkle appends and proves over the leaves of a file: one JSON object on standard output.

``make peers`` puts this script beside pymerkle in an environment of its own, and ``equipoise bench ledger``
runs it there as another program; nothing of ours imports pymerkle, which is under the GPL.

Each line of the file is a leaf in hexadecimal. They go into pymerkle's own SQLite tree, one transaction
each as it makes them, with SQLite's default journal and syncing; the root at the end is printed, so that it
can be held against ours over the same leaves.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pymerkle

PROOFS = 200


def main(file: str) -> dict[str, object]:
    """Rates of appends and of inclusion proofs, and the root."""
    leaves = [bytes.fromhex(line) for line in Path(file).read_text().split()]
    folder = TemporaryDirectory(dir=Path(file).parent)
    with folder as place, pymerkle.SqliteTree(f"{place}/tree.sqlite") as tree:
        begun = time.perf_counter()
        for leaf in leaves:
            tree.append_entry(leaf)
        appended = time.perf_counter() - begun
        tree.cache_clear()
        begun = time.perf_counter()
        for number in range(PROOFS):
            index = 1 + number * (len(leaves) - 1) // PROOFS
            proof = tree.prove_inclusion(index, len(leaves))
        proved = time.perf_counter() - begun
        pymerkle.verify_inclusion(tree.get_leaf(index), tree.get_state(), proof)
        root = tree.get_state().hex()
    return {
        "version": pymerkle.__version__,
        "append_rate": len(leaves) / appended,
        "proof_rate": PROOFS / proved,
        "root": root,
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1])))
