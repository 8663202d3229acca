"""The form of a published case beside our figure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class PublishedCase:
    """One published claim: what it says, what we find, and whether the two agree."""

    case: str
    claim: str
    published: str
    ours: str
    verdict: Literal["agrees", "differs"]
    reason: str
    """How it was compared; where it differs, why."""
    figures: tuple[tuple[str, float, str], ...]
    """(quantity, our figure, unit)."""


def judged(
    case: str,
    claim: str,
    published: str,
    ours: str,
    agrees: bool,
    reason: str,
    figures: Sequence[tuple[str, float, str]],
) -> PublishedCase:
    """A case with its verdict; figures that no speed or time reaches are left out of the list."""
    finite = tuple(f for f in figures if math.isfinite(f[1]))
    return PublishedCase(case, claim, published, ours, "agrees" if agrees else "differs", reason, finite)
