"""Which models of the catalogue stand for a missile that was seen to fly.

Names are compared without what stands in brackets and without a closing "-1"; stages by themselves, and
missiles of a disputed type, have no candidates.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from equipoise.scenario import MissileModel

_BRACKETS = re.compile(r"\s*\([^)]*\)")
_PART = re.compile(r"\b(stages?|debris)\b", re.IGNORECASE)


def bare(name: str) -> str:
    """A missile's name as it is compared."""
    plain = _BRACKETS.sub("", name).casefold().strip()
    return "".join(c for c in plain.removesuffix("-1") if c.isalnum())


def is_part(missile: str) -> bool:
    """Whether a name is that of a stage or of debris, which fell and was never aimed."""
    return _PART.search(missile) is not None


def candidates_of(missile: str, models: Mapping[str, MissileModel]) -> tuple[MissileModel, ...]:
    """Every author's model of a missile, in the catalogue's order."""
    if is_part(missile):
        return ()
    wanted = bare(missile)
    return tuple(m for m in models.values() if bare(m.missile_name) == wanted)
