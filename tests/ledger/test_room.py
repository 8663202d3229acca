"""The room stands on the ground: it imports nothing of the house and no heavy library."""

from __future__ import annotations

import sys

from equipoise import ledger
from house.commands import run

LOAD = """
import sys
import equipoise.ledger as ledger
for name in ledger.__all__:
    getattr(ledger, name)
rooms = {m.split(".")[1] for m in sys.modules if m.startswith("equipoise.")}
print(sorted(rooms), [m for m in sys.argv[1:] if m in sys.modules])
"""
HEAVY = (
    "numba",
    "numpy",
    "scipy",
    "polars",
    "matplotlib",
    "pydantic",
    "ruamel",
    "typer",
    "rich",
    "mpyc",
    "apsw",
)


def test_it_imports_nothing_of_the_house_and_nothing_heavy() -> None:
    done = run((sys.executable, "-c", LOAD, *HEAVY))
    assert done.returncode == 0, done.stderr
    assert done.stdout == "['ledger'] []\n"


def test_its_face_is_lazy_and_whole() -> None:
    done = run((sys.executable, "-c", "import sys, equipoise.ledger; print('cryptography' in sys.modules)"))
    assert done.stdout == "False\n"
    assert sorted(set(ledger.__all__)) == sorted(ledger.__all__)
