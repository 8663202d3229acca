"""Every verdict before and after each measure that was on the table, and each pair of them.

The rows are each architecture as it was proposed, and a ship with each sea-going interceptor in each named
sea box; both sides' deterrents; the rungs of the ladder. A measure's effect (``effects``) is put on
both sides alike and the row is judged again. What turns to *holds* is closed by that measure.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

from equipoise.guarantee.measures.effects import Measure, measures_of
from equipoise.guarantee.measures.rows import MeasureRow, RowJudge, rows_of
from equipoise.guarantee.types import Verdict
from equipoise.scenario import Scenario

_ORDER: dict[Verdict, int] = {"fails": 0, "depends": 1, "holds": 2}
MOVED_S = 1.0
"""A margin that moves by less is the same."""


@dataclass(frozen=True)
class Change:
    """One row whose verdict or margin a measure moves. Margins in s, None = nothing ever reaches."""

    row: MeasureRow
    after: Verdict
    margin_after_s: float | None

    @property
    def flips(self) -> bool:
        """Whether the verdict itself is another."""
        return self.after != self.row.before

    @property
    def closes(self) -> bool:
        """Whether it now holds and did not before."""
        return self.flips and self.after == "holds"


@dataclass(frozen=True)
class Agreed:
    """One measure, or two together, and every row that they move.

    ``beyond`` are the changes of a pair by which a verdict is better than under either of the two alone.
    ``verified`` is true of a pair where one tells a speed and the other lets it be seen.
    """

    measures: tuple[str, ...]
    changes: tuple[Change, ...]
    beyond: tuple[Change, ...] = ()
    verified: bool = False

    @property
    def flips(self) -> tuple[Change, ...]:
        return tuple(c for c in self.changes if c.flips)


@dataclass(frozen=True)
class MeasureStudy:
    """All measures, the rows before any, and what each and each pair does."""

    measures: tuple[Measure, ...]
    rows: tuple[MeasureRow, ...]
    alone: tuple[Agreed, ...]
    pairs: tuple[Agreed, ...]
    flights: int


def judge_measures(
    scenario: Scenario,
    *,
    quick: bool = False,
    progress: Callable[[str], None] | None = None,
) -> MeasureStudy:
    """Judge every row before and after each measure of the scenario, and each pair of them.

    Measures that fix nothing on reach have no changes; they are listed all the same.
    """
    say = progress or (lambda _: None)
    say("judging what stands")
    judge = RowJudge(scenario, quick=quick)
    rows = tuple(rows_of(judge))
    measures = measures_of(scenario)
    alone = []
    for measure in measures:
        say(f"putting {measure.id} on both sides")
        alone.append(Agreed((measure.id,), tuple(_changes(judge, rows, (measure,)))))
    single = {a.measures[0]: a for a in alone}
    pairs = []
    for first, second in combinations(measures, 2):
        say(f"putting {first.id} and {second.id} on both sides")
        pairs.append(_pair(judge, rows, (first, second), (single[first.id], single[second.id])))
    return MeasureStudy(measures, rows, tuple(alone), tuple(pairs), judge.flights)


def _changes(
    judge: RowJudge, rows: tuple[MeasureRow, ...], measures: tuple[Measure, ...]
) -> Iterator[Change]:
    """The rows that the measures move, judged again; only those that they can touch are looked at."""
    acting = tuple(m for m in measures if m.on_reach)
    if not acting:
        return
    changed = judge.under(acting)
    for row in rows:
        after, margin = changed(row)
        if after != row.before or _moved(row.margin_s, margin):
            yield Change(row, after, margin)


def _moved(before_s: float | None, after_s: float | None) -> bool:
    if before_s is None or after_s is None:
        return before_s is not after_s
    return not math.isclose(before_s, after_s, abs_tol=MOVED_S)


def _pair(
    judge: RowJudge,
    rows: tuple[MeasureRow, ...],
    measures: tuple[Measure, Measure],
    alone: tuple[Agreed, Agreed],
) -> Agreed:
    """Two together; where at most one acts on reach, the other adds nothing and nothing is judged again."""
    names, effects = tuple(m.id for m in measures), [set(m.effects) for m in measures]
    told = any("claim" in one and "seen" in other for one, other in (effects, effects[::-1]))
    acting = [a for a, m in zip(alone, measures, strict=True) if m.on_reach]
    if len(acting) < 2:
        return Agreed(names, acting[0].changes if acting else (), verified=told)
    changes = tuple(_changes(judge, rows, measures))
    best: dict[MeasureRow, int] = {}
    for one in acting:
        for c in one.changes:
            best[c.row] = max(best.get(c.row, -1), _ORDER[c.after])
    beyond = tuple(c for c in changes if c.flips and _ORDER[c.after] > best.get(c.row, _ORDER[c.row.before]))
    return Agreed(names, changes, beyond, told)


def closers(study: MeasureStudy, row: MeasureRow) -> tuple[tuple[str, ...], ...]:
    """The measures, alone or else in pairs, under which a row holds that did not."""
    found = [a.measures for a in study.alone if any(c.closes and c.row == row for c in a.changes)]
    found = found or [p.measures for p in study.pairs if any(c.closes and c.row == row for c in p.beyond)]
    return tuple(found)
