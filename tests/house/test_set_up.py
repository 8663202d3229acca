"""Setting up: the lock is whole and names no host, and the commands of the Makefile are those of CI."""

from __future__ import annotations

import os
import re
import tomllib

import pytest

import equipoise
from house.commands import ROOT, run

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PEERS = (ROOT / "requirements-peers.lock").read_text(encoding="utf-8")


@pytest.mark.parametrize(("lock", "least"), [(LOCK, 50), (PEERS, 20)], ids=["ours", "peers"])
def test_the_lock_names_no_host_and_has_a_hash_for_everything(lock: str, least: int) -> None:
    assert not re.search(r"https?:|--index|--find-links|file:", lock)
    pins = re.split(r"\n(?=\w)", lock.strip())
    assert len(pins) > least
    assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []


def test_the_lock_holds_everything_that_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = project["project"]["dependencies"] + project["project"]["optional-dependencies"]["test"]
    declared += project["build-system"]["requires"]
    locked = {_normal(name) for name in re.findall(r"^([A-Za-z0-9_.-]+)==", LOCK, re.M)}
    assert [d for d in declared if _normal(re.split(r"[<>=~;\[ ]", d)[0]) not in locked] == []


def test_peers_under_other_licences_are_no_part_of_ours() -> None:
    named = (ROOT / "scripts" / "peers" / "requirements.in").read_text(encoding="utf-8")
    peers = {_normal(name) for name in re.findall(r"^([A-Za-z0-9_.-]+)==", named, re.M)}
    assert {"pytrajlib", "pymerkle", "openfisca-core"} <= peers
    ours = {_normal(name) for name in re.findall(r"^([A-Za-z0-9_.-]+)==", LOCK, re.M)}
    assert not peers & ours
    assert {_normal(name) for name in re.findall(r"^([A-Za-z0-9_.-]+)==", PEERS, re.M)} >= peers


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_ci_runs_what_a_person_runs() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").rstrip().endswith("make test")
    planned = run(("make", "--dry-run", "--always-make", "test"), cwd=ROOT)
    assert planned.returncode == 0, planned.stderr
    for step in ("--require-hashes", "ruff check", "ruff format --check", "mypy", "lint-imports", "pytest"):
        assert step in planned.stdout


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert project["version"] == equipoise.__version__
    assert f"version: {equipoise.__version__}\n" in citation
    assert re.search(rf"^## {re.escape(equipoise.__version__)}, \d{{4}}-\d\d-\d\d$", changes, re.M)


def test_no_page_or_file_of_code_names_a_machine() -> None:
    of_a_machine = re.compile(("/(" + "|".join(("work", "root", "home", "tmp")) + r")/\w").encode())
    listed = run(("git", "ls-files", "-z", "*.py", "*.md", "*.yaml", "*.toml", "Makefile", "*.cff"), cwd=ROOT)
    named = [
        name
        for name in listed.stdout.split("\0")
        if name and (ROOT / name).exists() and of_a_machine.search((ROOT / name).read_bytes())
    ]
    assert named == []
