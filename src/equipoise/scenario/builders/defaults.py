"""The class values of defaults.yaml, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from equipoise.scenario.edges.defaults import Defaults, InterceptorClass
from equipoise.scenario.messages import fault
from equipoise.scenario.reading import check_with, did_you_mean, read_yaml


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
        if named not in classes:
            known = ", ".join(classes)
            raise fault("wrong-word", found=named, nearest=did_you_mean(named, classes), known=known)
        return classes[named]
    return next((c for c in classes.values() if model in c.members), None)
