"""Drafts: the parameters of an accord that is not in force, as one YAML file that anybody may change.

A draft of one's own has the fields of the one that ships and other values; a field it leaves out keeps the
shipped value, and one that the accord does not have is refused.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from equipoise.accords.messages import bad_input
from equipoise.accords.parameters import ParameterStore, leaves
from equipoise.accords.types import Operand
from equipoise.scenario import did_you_mean, read_yaml

_OWN = Path(__file__).resolve().parent / "data"


@cache
def shipped(name: str) -> ParameterStore:
    """The draft that ships under a name."""
    return _store(_OWN / f"{name}.yaml")


def own_draft(name: str, path: str) -> ParameterStore:
    """A draft of one's own over the shipped one. InputError: an unknown field, a value of another kind."""
    known = shipped(name)
    mine = _store(Path(path))
    for field, versions in mine.by_path.items():
        if field not in known.by_path:
            near = did_you_mean(field, tuple(known.by_path))
            raise bad_input(
                "unknown-draft-field", file=path, field=field, found=field, nearest=near, accord=name,
                known=", ".join(known.by_path),
            )  # fmt: skip
        model = known.by_path[field][0].value
        for one in versions:
            if not _alike(model, one.value):
                kind = "a whole number, zero or more" if isinstance(model, int) else "text or a list"
                raise bad_input("draft-value", file=path, field=field, found=one.value, kind=kind)
    return ParameterStore({**known.by_path, **mine.by_path})


def number(store: ParameterStore, path: str) -> tuple[int, Operand] | None:
    """A whole-number parameter of a draft with its operand; None where it is left open."""
    found = next(iter(store.by_path.get(path, ())), None)
    if found is None or isinstance(found.value, bool) or not isinstance(found.value, int):
        return None
    return found.value, found.operand()


def texts(store: ParameterStore, path: str) -> tuple[tuple[str, ...], Operand] | None:
    """A list of words of a draft with its operand."""
    found = next(iter(store.by_path.get(path, ())), None)
    if found is None or not isinstance(found.value, tuple):
        return None
    return tuple(str(v) for v in found.value), found.operand()


def _store(path: Path) -> ParameterStore:
    data = read_yaml(path).data
    if not isinstance(data, dict):
        raise bad_input("parameter-form", file=str(path))
    return ParameterStore.of(leaves(data, str(path)), str(path))


def _alike(model: object, value: object) -> bool:
    if value is None:
        return True
    if isinstance(model, int):
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return isinstance(value, type(model))
