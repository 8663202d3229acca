"""The room stays light: importing it loads nothing heavy that the engine's face does not load itself."""

from __future__ import annotations

import json
import subprocess
import sys

HEAVY = ("numba", "scipy", "polars", "matplotlib", "shapely", "pyproj")


def loaded(module: str) -> set[str]:
    """The heavy libraries in memory after importing ``module`` in a new process."""
    code = f"import {module}, json, sys; print(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(run.stdout))


def test_nothing_heavy_comes_with_the_facts() -> None:
    assert loaded("equipoise.scenario") <= loaded("equipoise.flight")
