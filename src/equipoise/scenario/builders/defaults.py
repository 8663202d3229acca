"""The class values of defaults.yaml, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from equipoise.scenario.edges.defaults import Defaults, InterceptorClass
from equipoise.scenario.edges.defence import OwnInterceptorEdge
from equipoise.scenario.reading import Document, check_with, did_you_mean, read_yaml


def room_path(*parts: str) -> Path:
    """A file that ships with this room."""
    return Path(str(files("equipoise.scenario").joinpath(*parts)))


@cache
def defaults() -> Defaults:
    """The class values."""
    return check_with(Defaults, read_yaml(room_path("defaults.yaml")))


def interceptor_class(model: str, named: str | None) -> InterceptorClass | None:
    """The class that an entry names, else the one that lists the model; None where neither."""
    classes = {c.id: c for c in defaults().interceptor_classes}
    if named is not None:
        return classes[named]
    return next((c for c in classes.values() if model in c.members), None)


def check_classes(document: Document, interceptors: list[OwnInterceptorEdge]) -> None:
    """InputError at the place of a class that no one knows."""
    classes = [c.id for c in defaults().interceptor_classes]
    for number, edge in enumerate(interceptors):
        named = edge.interceptor_class
        if named is not None and named not in classes:
            near, known = did_you_mean(named, classes), ", ".join(classes)
            where = ("interceptors", number, "class")
            raise document.fault("wrong-word", where, found=named, nearest=near, known=known)
