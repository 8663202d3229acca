"""Coverage alone, for architectures and modes that were asked for by name: the step *design* of the way."""

from __future__ import annotations

from collections.abc import Sequence

from equipoise.defence import Coverage, cover, engage
from equipoise.scenario import Scenario
from equipoise.study.pipeline import SPACING_KM, SPACING_QUICK_KM, Progress, cells_of


def compute_coverage(
    scenario: Scenario,
    architectures: Sequence[str] | None = None,
    *,
    modes: Sequence[str] | None = None,
    quick: bool = False,
    progress: Progress | None = None,
) -> tuple[Coverage, ...]:
    """What each architecture could meet (upper bound), on the very grid that ``compute`` uses.

    ``architectures`` and ``modes`` are ids of the scenario, or None for all. ``quick`` is the coarser grid.
    """
    say = progress or (lambda what, share: None)
    say("counting people", 0.0)
    cells = cells_of(scenario, SPACING_QUICK_KM if quick else SPACING_KM)
    flown = engage(scenario, cells, quick=quick, progress=progress)
    say("who can be met", 1.0)
    return cover(scenario, flown, architectures, modes=modes)
