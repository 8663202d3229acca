"""The wheel: it holds all data, and runs with nothing but what it declares that it needs."""

from __future__ import annotations

import json
import sys
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from house.commands import ROOT, run

RUN = """
import json, sys
sys.path.insert(0, sys.argv[1])
forbidden = set(json.loads(sys.argv[2]))

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in forbidden:
            raise ImportError(f"{name} is a development package")

sys.meta_path.insert(0, Refuse())
import equipoise
assert equipoise.__file__.startswith(sys.argv[1]), equipoise.__file__
from equipoise.cli import main
sys.exit(main(sys.argv[3:]))
"""
DEVELOPMENT = ("pytest", "hypothesis", "beartype", "mypy", "ruff", "nbclient", "playwright", "hatchling")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    built = run((sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)), cwd=ROOT)
    assert built.returncode == 0, built.stderr
    return next(out.glob("*.whl"))


def test_every_data_file_is_in_the_wheel(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    source = ROOT / "src"
    wanted = {
        str(path.relative_to(source))
        for path in (source / "equipoise").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted - held == set()
    assert any(name.endswith("missiles.yaml") for name in held)


def test_the_wheel_declares_no_upper_bounds_and_only_what_is_listed(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    metadata = next(name for name in archive.namelist() if name.endswith("METADATA"))
    needed = Parser().parsestr(archive.read(metadata).decode()).get_all("Requires-Dist") or []
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert {n for n in needed if "extra ==" not in n} == {d.replace(".yaml", "-yaml") for d in declared}
    assert not [n for n in needed if "<" in n or "==" in n.split(";")[0]]


def test_the_installed_wheel_runs_without_development_packages(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(place)
    words = ("fly", "--missile", "sejjil-2-assumed", "--from", "35.2,53.9", "--azimuth", "310", "--json")
    done = run((sys.executable, "-c", RUN, str(place), json.dumps(DEVELOPMENT), *words), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["range_km"] > 1000
