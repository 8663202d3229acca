"""The chapters of the report: one file each, plain words, tables and figures in a frozen value.

A chapter is made from a study by the function ``chapter`` of its file, or is None where the scenario gives it
nothing to say. ``MAKERS`` lists them in the order of the page: adding one is a line. What a chapter costs is
paid once: it is kept by the digest of the study's inputs and of the program (``kept``), and one that is kept
does not even read its file in.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from equipoise.study.chapters.chapter import Chapter, Drawing, Progress
from equipoise.study.chapters.kept import kept
from equipoise.study.types import Study

MAKERS: tuple[tuple[str, str], ...] = (
    ("threats-observed", "threats"),
    ("claims", "claims"),
    ("measures", "measures"),
    ("purpose-test", "purpose"),
    ("breakout", "breakout"),
    ("private-check", "private"),
    ("accords", "accords"),
)
"""(id of the chapter's section, the file that makes it), in the order of the page."""

__all__ = ["MAKERS", "Chapter", "Drawing", "chapter_of", "chapters_of"]


def chapters_of(study: Study, progress: Callable[[str, float], Any] | None = None) -> tuple[Chapter, ...]:
    """Every chapter that the study has, drawn; those made before for the same inputs are read again."""
    say = progress or (lambda what, share: None)
    found = []
    for at, (name, home) in enumerate(MAKERS):
        made = kept(study, name, partial(_made, home, say, at / len(MAKERS)))
        if made is not None:
            found.append(made)
    return tuple(found)


def chapter_of(home: str, study: Study, progress: Progress) -> Chapter | None:
    """The chapter that the file ``home`` makes of a study."""
    make: Callable[[Study, Progress], Chapter | None] = import_module(f"{__name__}.{home}").chapter
    return make(study, progress)


def _made(home: str, say: Callable[[str, float], Any], share: float, study: Study) -> Chapter | None:
    return chapter_of(home, study, lambda what: say(what, share))
