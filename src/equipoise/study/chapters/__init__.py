"""The chapters of the report: one file each, plain words, tables and figures in a frozen value.

A chapter is made from a study by the function ``chapter`` of its file, or is None where the scenario gives it
nothing to say. ``MAKERS`` lists them in the order of the page: adding one is a line. What a chapter costs is
paid once: it is kept by the digest of the study's inputs and of the program (``kept``).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from equipoise.study.chapters import accords, breakout, claims, measures, private, purpose, threats
from equipoise.study.chapters.chapter import Chapter, Drawing, Progress
from equipoise.study.chapters.kept import kept
from equipoise.study.types import Study

MAKERS: tuple[tuple[str, Callable[[Study, Progress], Chapter | None]], ...] = (
    ("threats-observed", threats.chapter),
    ("claims", claims.chapter),
    ("measures", measures.chapter),
    ("purpose-test", purpose.chapter),
    ("breakout", breakout.chapter),
    ("private-check", private.chapter),
    ("accords", accords.chapter),
)
"""(id of the chapter's section, what makes it), in the order of the page."""

__all__ = ["MAKERS", "Chapter", "Drawing", "chapters_of"]


def chapters_of(study: Study, progress: Callable[[str, float], Any] | None = None) -> tuple[Chapter, ...]:
    """Every chapter that the study has, drawn; those made before for the same inputs are read again."""
    say = progress or (lambda what, share: None)
    found = []
    for at, (name, make) in enumerate(MAKERS):
        made = kept(study, name, partial(_made, make, say, at / len(MAKERS)))
        if made is not None:
            found.append(made)
    return tuple(found)


def _made(
    make: Callable[[Study, Progress], Chapter | None],
    say: Callable[[str, float], Any],
    share: float,
    study: Study,
) -> Chapter | None:
    return make(study, lambda what: say(what, share))
