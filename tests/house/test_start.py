"""Help, version and completion answer at once and load nothing heavy."""

from __future__ import annotations

import ast
import sys
import time

import pytest

from house.commands import equipoise, run

HEAVY = (
    "numba",
    "numpy",
    "scipy",
    "polars",
    "matplotlib",
    "pydantic",
    "ruamel",
    "shapely",
    "pyproj",
    "jinja2",
    "czml3",
)
START_BUDGET_S = 0.3
OF_TYPER = {"pydantic"}
"""What typer itself loads as soon as it reads the words of a verb; `equipoise --help` must not."""
LOADED = f"""
import sys
from equipoise.cli import main
main(sys.argv[1:])
print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""


@pytest.mark.parametrize("args", [["--help"], ["--version"], [], ["fly", "--help"], ["study", "-h"]], ids=str)
def test_help_loads_nothing_heavy(args: list[str]) -> None:
    done = run((sys.executable, "-c", LOADED, *args))
    assert done.returncode == 0
    loaded = set(ast.literal_eval(done.stderr.splitlines()[-1]))
    assert loaded <= (set() if args in (["--help"], ["--version"]) else OF_TYPER)


def test_completion_loads_nothing_heavy_and_knows_the_verbs() -> None:
    asked = {"_EQUIPOISE_COMPLETE": "complete_bash", "COMP_WORDS": "equipoise st", "COMP_CWORD": "1"}
    done = run((sys.executable, "-X", "importtime", "-m", "equipoise.cli"), env=asked)
    assert "study" in done.stdout
    loaded = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in done.stderr.splitlines()}
    assert loaded & set(HEAVY) <= OF_TYPER


def test_help_answers_within_its_budget() -> None:
    def once() -> float:
        begun = time.perf_counter()
        assert equipoise("--help").returncode == 0
        return time.perf_counter() - begun

    assert min(once() for _ in range(5)) < START_BUDGET_S
