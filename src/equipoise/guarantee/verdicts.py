"""Holds, fails or depends: the verdict over the box of stated operands, and the operand on which it turns.

A flight is *reached* where some interceptor's latest commit is not before the earliest permitted one.
*Holds*: at the corner of the box that reaches furthest no flight is reached. *Fails*: at the corner that
reaches least, whatever the model, the loft and the place inside a declared area, a launch area still has
a flight that is reached. *Depends*: the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

import numpy as np
from jaxtyping import Bool, Float, Int
from numpy import ndarray as Array

from equipoise.guarantee.boxes import Box, Spec
from equipoise.guarantee.commits import Commits
from equipoise.guarantee.protected import ProtectedFlights
from equipoise.guarantee.table import LatestTable, Place
from equipoise.guarantee.types import Verdict

COMMIT, BOOST, SITE = "commit", "meeting before burnout", "site"
MODEL, LOFT, POINT = "boost model", "loft", "place in the launch area"
"""Operands that are not the interceptor's own, in the words of the report."""


@dataclass(frozen=True)
class Case:
    """All that one verdict is judged on. ``before_burnout`` is None where such meetings do not count."""

    flights: ProtectedFlights
    boxes: tuple[Box, ...]
    commits: Commits
    after_burnout: LatestTable
    before_burnout: LatestTable | None
    lent: int = 0
    """Flights of which the protected party's own shared sensors give the owner its first track."""

    def with_boost(self, specs: Iterable[Spec], at: tuple[Place, ...]) -> Float[Array, "n p"]:
        """Latest commit over some specs, meetings before burnout among them where they count."""
        specs = tuple(specs)
        after = self.after_burnout.of(specs, at).max(axis=1)
        if self.before_burnout is None:
            return np.asarray(after)
        return np.asarray(np.maximum(after, self.before_burnout.of(specs, at).max(axis=1)))

    def furthest(self, box: Box) -> Float[Array, "n p"]:
        """Latest commit of each flight from each place at the furthest-reaching corner."""
        return self.with_boost(box.worst, places(box))

    def nearest(self, box: Box) -> Float[Array, "n p"]:
        """The same at the corner that reaches least."""
        return np.asarray(self.after_burnout.of(box.best, places(box)).min(axis=1))

    def declared(self, box: Box) -> Float[Array, "n p"]:
        """The same at the declared point."""
        return np.asarray(self.after_burnout.of((box.declared,), places(box))[:, 0])

    def moved(self, box: Box, operand: str, far: bool) -> Float[Array, "n p"]:
        """The same where one operand of the interceptor stands at its far or near end, if it has a range."""
        for name, high, low in box.alone:
            if name == operand:
                block = self.after_burnout.of(high if far else low, places(box))
                return np.asarray(block.max(axis=1) if far else block.min(axis=1))
        return self.declared(box)


def places(box: Box) -> tuple[Place, ...]:
    """The battery's site, or the points that fill its sea area."""
    return tuple((float(lat), float(lon)) for lat, lon in box.vector.places_deg)


def reached(
    case: Case,
    latest: Callable[[Box], Float[Array, "n p"]],
    commit_s: Float[Array, " n"],
    *,
    everywhere: bool = False,
) -> Bool[Array, " n"]:
    """Flights that some battery reaches from a commit on: from any of its places, or from all of them."""
    met = np.zeros(len(case.flights), dtype=bool)
    for box in case.boxes:
        in_time = latest(box) >= commit_s[:, None]
        met |= in_time.all(axis=1) if everywhere else in_time.any(axis=1)
    return met


def reached_at_worst(case: Case) -> Bool[Array, " n"]:
    """Flights that are reached at the furthest-reaching corner, from any place of any battery."""
    return reached(case, case.furthest, case.commits.early_s)


def reached_throughout(case: Case) -> Bool[Array, " n"]:
    """Flights that some battery reaches even at the corner that reaches least, from all its places."""
    return reached(case, case.nearest, case.commits.late_s, everywhere=True)


def area_verdict(flights: ProtectedFlights, area: int, worst: Array, throughout: Array) -> Verdict:
    """The verdict for one launch area, from the two masks over all flights."""
    here = flights.in_area(area)
    if not worst[here].any():
        return "holds"
    return "fails" if _whatever(flights, here, throughout) else "depends"


def verdict(flights: ProtectedFlights, worst: Array, throughout: Array) -> Verdict:
    """The verdict over all launch areas: any one that fails throughout is enough."""
    if not worst.any():
        return "holds"
    each = (area_verdict(flights, a, worst, throughout) for a in range(len(flights.areas)))
    return "fails" if "fails" in each else "depends"


def turns_on(case: Case) -> tuple[str, ...]:
    """Operands each of which alone, moved over its stated range from the declared point, flips the verdict.

    First those that turn whether any flight is reached; where none does alone, those that turn whether one is
    reached whatever the point, model and loft; then those that alone turn the furthest-reaching corner back
    into *holds*; where none does that either, all that have a range.
    """
    moved = _one_at_a_time(case)
    some = tuple(name for name, flips, _ in moved if flips)
    sure = tuple(name for name, _, flips in moved if flips)
    return some or sure or _back_from_worst(case) or tuple(name for name, _, _ in moved)


def _sure(flights: ProtectedFlights, met: Bool[Array, " n"]) -> bool:
    """Whether some launch area has an end whose flight is met whatever the point, model and loft."""
    areas = range(len(flights.areas))
    return any(_whatever(flights, flights.in_area(a), met) for a in areas)


def _one_at_a_time(case: Case) -> list[tuple[str, bool, bool]]:
    """Each operand that has a range, all else as declared, and whether its ends differ.

    First in whether any flight is met, then in whether one is met whatever the point, model and loft.
    """
    commits, at, flights = case.commits, case.commits.declared_s, case.flights
    now = reached(case, case.declared, at)
    out = list[tuple[str, bool, bool]]()

    def compare(name: str, one: Bool[Array, " n"], other: Bool[Array, " n"]) -> None:
        sure = _sure(flights, one) != _sure(flights, other)
        out.append((name, bool(one.any() != other.any()), sure))

    for operand in sorted({name for box in case.boxes for name, _, _ in box.alone}):
        far, near = (
            reached(case, partial(case.moved, operand=operand, far=end), at) for end in (True, False)
        )
        compare(operand, far, near)
    if not np.array_equal(commits.early_s, commits.late_s):
        early, late = (reached(case, case.declared, c) for c in (commits.early_s, commits.late_s))
        compare(COMMIT, early, late)
    if case.before_burnout is not None:
        compare(BOOST, reached(case, lambda box: case.with_boost((box.declared,), places(box)), at), now)
    if any(len(box.vector.places_deg) > 1 for box in case.boxes):
        compare(SITE, reached(case, case.declared, at, everywhere=True), now)
    for name, label in _labels(flights):
        if _ranges(flights, label):
            some = bool(now.any() and not _with_least(flights, now, label))
            out.append((name, some, _sure_by_value(flights, now, label)))
    return out


def _sure_by_value(flights: ProtectedFlights, met: Bool[Array, " n"], label: Int[Array, " n"]) -> bool:
    """Whether in some launch area a flight is surely met with one value of the label and not with another."""
    for a in range(len(flights.areas)):
        here = flights.in_area(a)
        values = np.unique(label[here])
        if len({_whatever(flights, here & (label == v), met) for v in values}) > 1:
            return True
    return False


def _back_from_worst(case: Case) -> tuple[str, ...]:
    """Operands that alone, at their near end, take the furthest-reaching corner back to *holds*."""
    early, late = case.commits.early_s, case.commits.late_s
    worst = reached_at_worst(case)
    found = [] if reached(case, case.furthest, late).any() else [COMMIT]
    found += [] if reached(case, case.furthest, early, everywhere=True).any() else [SITE]
    labels = _labels(case.flights)
    return tuple(found + [name for name, label in labels if not _with_least(case.flights, worst, label)])


def _labels(flights: ProtectedFlights) -> tuple[tuple[str, Int[Array, " n"]], ...]:
    """What is not known, or is the owner's choice, about the protected flight itself."""
    return (MODEL, flights.model), (LOFT, flights.loft), (POINT, flights.point)


def _whatever(flights: ProtectedFlights, here: Array, met: Array) -> bool:
    """Whether every combination of point, model and loft that flies has an end whose flight is met."""
    key = (flights.point * len(flights.models) + flights.model) * len(flights.lofts) + flights.loft
    every, some = np.unique(key[here]), np.unique(key[here & met])
    return len(every) > 0 and len(every) == len(some)


def _ranges(flights: ProtectedFlights, label: Int[Array, " n"]) -> bool:
    """Whether a label takes more than one value in some launch area."""
    return any(len(np.unique(label[flights.in_area(a)])) > 1 for a in range(len(flights.areas)))


def _with_least(flights: ProtectedFlights, met: Array, label: Int[Array, " n"]) -> bool:
    """Whether a flight is met in some launch area whichever value the label takes there."""
    for a in range(len(flights.areas)):
        here = flights.in_area(a)
        if here.any() and all(met[here & (label == v)].any() for v in np.unique(label[here])):
            return True
    return False
