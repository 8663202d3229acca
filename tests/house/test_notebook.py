"""The notebook of the docs runs from top to bottom, and every cell that shows something shows it."""

from __future__ import annotations

import ast

import nbformat
import pytest
from nbclient import NotebookClient

from house.commands import ROOT

NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.name)
def test_the_notebook_runs(path, tmp_path) -> None:  # type: ignore[no-untyped-def]
    notebook = nbformat.read(path, as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells), "clear the outputs before a commit"
    client = NotebookClient(notebook, timeout=240, kernel_name="python3")
    client.execute(cwd=str(tmp_path))
    silent = [
        c.source for c in notebook.cells if c.cell_type == "code" and _shows(c.source) and not c.outputs
    ]
    assert silent == []


def _shows(source: str) -> bool:
    """Whether the last line is a value, which a notebook shows."""
    lines = [line for line in source.splitlines() if not line.startswith("%")]
    body = ast.parse("\n".join(lines)).body
    return bool(body) and isinstance(body[-1], ast.Expr)
