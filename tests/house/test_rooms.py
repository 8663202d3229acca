"""The order of the rooms, the face of each, and the habits that a reader relies on."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "equipoise"
ROOMS = (
    "ledger",
    "flight",
    "scenario",
    "threats",
    "sensing",
    "defence",
    "accords",
    "guarantee",
    "study",
    "cli",
)
FILES = sorted(SOURCE.rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION = 400, 60


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0]


def test_a_room_is_entered_by_its_face() -> None:
    through_the_window = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in FILES
        for module in imported(ast.parse(path.read_text(encoding="utf-8")))
        if (parts := module.split("."))[0] == "equipoise" and len(parts) > 2 and parts[1] != room_of(path)
    ]
    assert through_the_window == []


def test_an_import_only_goes_down() -> None:
    upward = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in FILES
        if room_of(path) in ROOMS
        for module in imported(ast.parse(path.read_text(encoding="utf-8")))
        if (parts := module.split("."))[0] == "equipoise" and len(parts) > 1
        if ROOMS.index(parts[1]) > ROOMS.index(room_of(path))
    ]
    assert upward == []


@pytest.mark.parametrize("room", ROOMS)
def test_no_name_of_a_face_is_the_name_of_a_file_behind_it(room: str) -> None:
    """Python hangs a file on its folder under the file's name as soon as anybody imports it."""
    face = __import__(f"equipoise.{room}", fromlist=["__all__"])
    behind = {path.stem for path in (SOURCE / room).iterdir() if path.suffix == ".py" or path.is_dir()}
    assert behind.isdisjoint(face.__all__)


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_says_what_it_is_for_and_what_it_hands_out(room: str) -> None:
    tree = ast.parse((SOURCE / room / "__init__.py").read_text(encoding="utf-8"))
    assert len(ast.get_docstring(tree) or "") > 80
    names = [
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]
    assert "__all__" in names


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_file_has_one_idea_and_a_function_fits_on_a_screen(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert len(text.splitlines()) <= LONGEST_FILE
    too_long = [
        f"{node.name}: {lines} lines"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
        and not _is_mostly_words(node)
    ]
    assert too_long == []
    assert path.name == "__init__.py" or ast.get_docstring(tree) or not tree.body


def _is_mostly_words(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """A verb's signature and help are its documentation; what it does must still fit."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return bool(body) and (body[-1].end_lineno or 0) - body[0].lineno + 1 <= LONGEST_FUNCTION


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_names_say_something_and_nothing_is_left_undone(path: Path) -> None:
    assert not re.fullmatch(r"_?(utils?|helpers?|common|misc|manager)", path.stem)
    unfinished = r"\b(" + "|".join(("TODO", "FIXME", "NotImplementedError")) + r")\b"
    assert re.findall(unfinished, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_the_code_knows_no_party(path: Path) -> None:
    """Parties are data: no name or word that the code could branch on says who they are. Prose may."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    words = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    words |= {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value.strip()
    }
    parties = re.compile(r"(?<![a-z])(nato|russian?|kremlin|washington|moscow)(?![a-z])", re.I)
    assert [word for word in words if parties.search(word)] == []


def test_the_map_of_the_house_names_every_room() -> None:
    rooms = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    listed = set(re.findall(r"^\| `(\w+)/`", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.M))
    assert rooms == listed == set(ROOMS)
