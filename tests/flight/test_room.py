"""The room's face: what it loads, and that its public names are there."""

from __future__ import annotations

import subprocess
import sys

import equipoise.flight


def test_loading_the_engine_loads_no_heavy_library():
    """No pydantic ever, and nothing that only a bench or an export needs."""
    code = "import sys, equipoise.flight; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"pydantic", "czml3", "antimeridian", "matplotlib", "polars", "ruamel"} & set(loaded)
    assert "numba" in loaded


def test_public_names_exist():
    for name in equipoise.flight.__all__:
        assert getattr(equipoise.flight, name) is not None
    assert len(equipoise.flight.__all__) == len(set(equipoise.flight.__all__))
