"""From a name or a path to a scenario, and from a missile file of one's own to a model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from equipoise.scenario.builders.defaults import room_path
from equipoise.scenario.builders.missiles import build_drag_table, build_missile
from equipoise.scenario.builders.scenario import build_scenario
from equipoise.scenario.edges.missiles import MissileEdge, MissileFile
from equipoise.scenario.edges.scenario import ScenarioFile
from equipoise.scenario.facts import load_catalogue
from equipoise.scenario.messages import fault
from equipoise.scenario.reading import Document, check_with, did_you_mean, read_yaml, read_yaml_text
from equipoise.scenario.types import MissileModel, Scenario

STARTER = "starter"


def scenario_names() -> tuple[str, ...]:
    """Scenarios that ship with the program."""
    return tuple(sorted(p.stem for p in room_path("scenarios").glob("*.yaml") if p.stem != STARTER))


def load_scenario(id_or_path: str | Path) -> Scenario:
    """A scenario that ships, by its id, or one of one's own, by its path (a folder's ``scenario.yaml``).

    Raises InputError with file, line, field and what would do.
    """
    path = Path(id_or_path)
    if path.is_dir():
        path = path / "scenario.yaml"
    elif not path.exists():
        if path.suffix in (".yaml", ".yml") or path.parent != Path("."):
            raise fault("file-not-found", file=str(path), path=path)
        names = scenario_names()
        if str(id_or_path) not in names:
            near, known = did_you_mean(str(id_or_path), names), ", ".join(names)
            raise fault("unknown-scenario", name=id_or_path, nearest=near, known=known)
        path = room_path("scenarios", f"{id_or_path}.yaml")
    return read_scenario(read_yaml(path))


def own_file_of(id_or_path: str | Path) -> bytes | None:
    """The bytes of a scenario's own file; None of one that ships, and where there is no such file."""
    path = Path(id_or_path)
    path = path / "scenario.yaml" if path.is_dir() else path
    return path.read_bytes() if path.is_file() else None


def read_scenario(document: Document) -> Scenario:
    """A scenario from a file in hand."""
    return build_scenario(document, check_with(ScenarioFile, document), load_catalogue())


def load_missile(path_or_text: str | Path) -> MissileModel:
    """One missile in the form of missiles.yaml: a mapping, a list of one, or ``missiles:`` with one.

    ``path_or_text`` is a path, or YAML text where it holds a line break or a brace. Required are id,
    payload_kg and stages; a missing status is ``assumed``. Raises InputError.
    """
    text = str(path_or_text)
    is_text = not isinstance(path_or_text, Path) and ("\n" in text or "{" in text)
    return read_missile(read_yaml_text(text) if is_text else read_yaml(Path(text)))


def read_missile(document: Document) -> MissileModel:
    """The one missile of a file in hand, with its own drag tables where it has some."""
    tables = {m.missile.drag.id: m.missile.drag for m in load_catalogue().missile_models.values()}
    data: Any = document.data
    where: tuple[str | int, ...] = ()
    if isinstance(data, dict) and "missiles" in data:
        file = check_with(MissileFile, document)
        tables |= {t.id: build_drag_table(t) for t in file.drag_tables}
        _one(document, len(file.missiles))
        edge, where = file.missiles[0], ("missiles", 0)
    elif isinstance(data, list):
        _one(document, len(data))
        edge, where = check_with(MissileEdge, document, (0,)), (0,)
    else:
        edge = check_with(MissileEdge, document)
    if edge.drag_table is not None and edge.drag_table not in tables:
        near, known = did_you_mean(edge.drag_table, tables), ", ".join(tables)
        raise document.fault(
            "unknown-drag-table", (*where, "drag_table"), name=edge.drag_table, nearest=near, known=known
        )
    return build_missile(edge, tables)


def _one(document: Document, found: int) -> None:
    if found != 1:
        raise document.fault("several-missiles", (), found=found)
