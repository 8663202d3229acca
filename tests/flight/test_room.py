"""The room's face: what it loads, and that its public names are there."""

from __future__ import annotations

import subprocess
import sys

import equipoise.flight


def test_the_face_loads_no_heavy_library():
    """No pydantic ever, and the compiler only when something flies."""
    code = "import sys, equipoise.flight; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"pydantic", "czml3", "antimeridian", "matplotlib", "polars", "ruamel"} & set(loaded)
    assert not {"numba", "scipy"} & set(loaded)


def test_public_names_exist():
    for name in equipoise.flight.__all__:
        assert getattr(equipoise.flight, name) is not None
    assert len(equipoise.flight.__all__) == len(set(equipoise.flight.__all__))
