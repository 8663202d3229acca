"""The whole way: threats, reach, what can be met, whose deterrent it touches. Nothing is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, fields
from importlib.resources import files

import equipoise
from equipoise.defence import (
    Cells,
    Coverage,
    Engagements,
    baseline,
    break_evens,
    cover,
    engage,
    proposed_rule,
    rule_apart,
    unjoined,
)
from equipoise.guarantee import prove
from equipoise.scenario import Architecture, Scenario, build_cells
from equipoise.study.clocks import Proposal, clock_of, describe, typical_flight
from equipoise.study.reach import threat_reaches
from equipoise.study.types import Study

SPACING_KM, SPACING_QUICK_KM = 60.0, 150.0
"""Between cells' middles; coverage is counted on these."""
PROJECTED_SPACING_KM, PROJECTED_SPACING_QUICK_KM = 300.0, 600.0
"""The same for threats that are only projected, which fly from one point of each launch area."""
_DATA = ("borders.npz", "towns.npz", "countries.csv")

Progress = Callable[[str, float], None]
"""Called with what is being done and the share of the whole that is done, 0 to 1."""


@dataclass(frozen=True)
class _Part:
    """A stretch of the progress bar, so that each step may count from nought to one."""

    say: Progress
    start: float
    end: float

    def __call__(self, what: str, share: float = 0.0) -> None:
        self.say(what, self.start + (self.end - self.start) * min(max(share, 0.0), 1.0))


def compute(scenario: Scenario, *, quick: bool = False, progress: Progress | None = None) -> Study:
    """Compute a study: no file is read or written. ``quick`` counts on a coarser grid with thinner areas.

    An exception raised in ``progress`` ends the study at once.
    """
    say = progress or (lambda what, share: None)
    spacing = SPACING_QUICK_KM if quick else SPACING_KM
    say("counting people", 0.0)
    cells = cells_of(scenario, spacing)
    say("how far the threats reach", 0.02)
    reaches = threat_reaches(scenario, quick=quick)
    flown = engage(scenario, cells, quick=quick, progress=_Part(say, 0.05, 0.45))
    say("who can be met", 0.45)
    coverages = cover(scenario, flown)
    stated = cover(scenario, flown, variants=("whole",), unmarked_only=True)
    alone = baseline(scenario, flown)
    projected = _projected(scenario, quick, _Part(say, 0.55, 0.65))
    proving = _Part(say, 0.65, 0.9)
    guarantees = prove(scenario, quick=quick, progress=lambda what: proving(what, 0.5))
    flights = _typical(scenario, flown)
    say("drawing the clocks", 0.9)
    return Study(
        scenario=scenario,
        quick=quick,
        spacing_km=spacing,
        cells=cells,
        reaches=reaches,
        coverages=coverages,
        stated_only=tuple(c for c in stated if c.timing == "equal"),
        baseline=alone,
        projected=projected,
        break_evens=break_evens(scenario, cells, coverages),
        guarantees=guarantees,
        clocks=tuple(
            clock_of(scenario, flown, flight, *p) for flight in flights for p in _proposals(scenario)
        ),
        typical=tuple(describe(scenario, flown, flight) for flight in flights),
        flights=len(flown),
        failed=flown.failed,
        digest=digest_of(scenario, spacing, quick),
        version=equipoise.__version__,
    )


def cells_of(scenario: Scenario, spacing_km: float) -> Cells:
    """The people to count, as the rooms below take them."""
    found = build_cells(scenario, spacing_km)
    return Cells(**{f.name: getattr(found, f.name) for f in fields(Cells)})


def digest_of(scenario: Scenario, spacing_km: float, quick: bool) -> str:
    """SHA-256 of all that the figures follow from, as decimal text; never of a raw float.

    It covers the declared facts (their own digest), the data files of geography, the grid and the version.
    """
    inputs = {
        "scenario": scenario.digest,
        "spacing_km": f"{spacing_km:.1f}",
        "quick": quick,
        "version": equipoise.__version__,
        "data": {name: _file_digest(name) for name in _DATA},
    }
    text = json.dumps(inputs, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _file_digest(name: str) -> str:
    data = files("equipoise.scenario").joinpath("data").joinpath(name).read_bytes()
    return hashlib.sha256(data).hexdigest()


def _projected(scenario: Scenario, quick: bool, progress: Progress) -> tuple[Coverage, ...]:
    """Rows against the threats that are only projected: apart and coarse, never mixed with the rest."""
    if all(t.assessed for t in scenario.threats):
        return ()
    cells = cells_of(scenario, PROJECTED_SPACING_QUICK_KM if quick else PROJECTED_SPACING_KM)
    flown = engage(scenario, cells, quick=True, assessed=False, progress=progress)
    found = cover(scenario, flown, variants=("whole",))
    return tuple(c for c in found if c.timing == "equal")


def _proposals(scenario: Scenario) -> tuple[Proposal, ...]:
    """Each architecture that can meet anything, as it was proposed."""
    return tuple(_as_proposed(scenario, a) for a in scenario.architectures.values() if operands_placed(a))


def _typical(scenario: Scenario, flown: Engagements) -> tuple[int, ...]:
    """One flight to each party's land, where there is any."""
    proposals = _proposals(scenario)
    found = (typical_flight(scenario, flown, index, proposals) for index in (0, 1))
    return tuple(flight for flight in found if flight is not None)


def _as_proposed(scenario: Scenario, architecture: Architecture) -> Proposal:
    """The proposal and its rule as its own side would run it, or both sides where it is joint."""
    rule = proposed_rule(scenario, architecture)
    if architecture.joint:
        return architecture, rule
    return unjoined(scenario, architecture), rule_apart(rule)


def operands_placed(architecture: Architecture) -> bool:
    """Whether anything that can meet a flight stands in the architecture or joins it."""
    return bool(architecture.batteries or architecture.joins)
