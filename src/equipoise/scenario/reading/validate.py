"""Plain data against an edge model: the first fault in the file becomes one clear error with its place."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from equipoise.scenario.messages import MESSAGES
from equipoise.scenario.reading.names import did_you_mean
from equipoise.scenario.reading.yaml_text import Document, KeyPath
from equipoise.scenario.values import InputError

Model = TypeVar("Model", bound=BaseModel)

_TYPES = {
    "float_type": "not-a-number",
    "float_parsing": "not-a-number",
    "int_type": "not-a-number",
    "int_from_float": "not-a-number",
    "finite_number": "not-a-number",
    "string_type": "not-text",
    "list_type": "not-a-list",
    "dict_type": "not-a-mapping",
    "model_type": "not-a-mapping",
    "model_attributes_type": "not-a-mapping",
    "bool_type": "not-true-or-false",
}


def check_with(model: type[Model], document: Document, path: KeyPath = ()) -> Model:
    """The part of the document at ``path`` as ``model``. InputError for the fault that stands first."""
    data = document.data
    for part in path:
        data = data[part]
    try:
        return model.model_validate(data)
    except ValidationError as error:
        faults = [_told(e, document, path) for e in _inmost(error.errors(), document, path)]
        raise min(faults, key=lambda f: (f.line or 0, f.column or 0)) from error


def _told(error: Any, document: Document, base: KeyPath) -> InputError:
    where: KeyPath = (*base, *_real(error["loc"], error["type"], document, base))
    kind, found, context = error["type"], error.get("input"), error.get("ctx", {})
    if kind in MESSAGES:  # raised by an edge model under one of our own ids
        names = dict(context)
        if "key" in names:
            where = (*where, names["key"])
            line, column = document.place((*where, ""))
            told = document.fault(kind, where, **names)
            told.line, told.column = line, column
            return told
        return document.fault(kind, (*where, *names.pop("inside", ())), **names)
    if kind == "missing":
        return document.fault("missing-field", where[:-1], name=where[-1])
    if kind == "literal_error":
        known = [w.strip("' ") for w in str(context["expected"]).replace(" or ", ", ").split(",")]
        near = did_you_mean(str(found), known)
        return document.fault("wrong-word", where, found=found, nearest=near, known=", ".join(known))
    if kind in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
        return document.fault("out-of-range", where, found=found, rule=_rule(kind, context))
    if kind == "too_short":
        least = context["min_length"]
        return document.fault("too-few", where, found=context["actual_length"], least=least)
    if kind == "too_long":
        return document.fault(
            "wrong-count", where, found=context["actual_length"], wanted=context["max_length"]
        )
    if kind in _TYPES:
        return document.fault(_TYPES[kind], where, found=_short(found))
    return document.fault("wrong-value", where, problem=error["msg"])


def _inmost(errors: list[Any], document: Document, base: KeyPath) -> list[Any]:
    """Without the wrong types of a choice of which another branch fitted and has a fault further in."""
    where = [_real(e["loc"], e["type"], document, base) for e in errors]

    def outdone(number: int) -> bool:
        here = where[number]
        others = (w for n, w in enumerate(where) if n != number and w[: len(here)] == here)
        return errors[number]["type"] in _TYPES and any(True for _ in others)

    return [e for n, e in enumerate(errors) if not outdone(n)] or errors


def _real(loc: KeyPath, kind: str, document: Document, base: KeyPath) -> KeyPath:
    """The parts of a location that stand in the file: pydantic also names the branch of a choice."""
    kept: list[str | int] = []
    for part in loc:
        if (*base, *kept, part) in document.marks or (kind == "missing" and part == loc[-1]):
            kept.append(part)
    return tuple(kept)


def _rule(kind: str, context: dict[str, Any]) -> str:
    words = {"gt": "above", "ge": "at least", "lt": "below", "le": "at most"}
    return " and ".join(f"{words[k]} {v:g}" for k, v in context.items() if k in words) or kind


def _short(found: object) -> str:
    if found is None:
        return "null"
    if isinstance(found, dict | list):
        return "a mapping" if isinstance(found, dict) else "a list"
    text = repr(found) if isinstance(found, str) else str(found)
    return text if len(text) <= 60 else text[:57] + "..."
