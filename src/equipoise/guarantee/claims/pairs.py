"""Two published claims on one question with opposite answers, and the operand that separates them.

Each side's operands are taken and one at a time is swapped for the other side's. What a swap moves is the
span of commits over which a verdict holds; the operand whose swap moves it furthest toward the other answer
is the one that separates the two. Where none does, the commit does, and neither published it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from equipoise.guarantee.claims.reading import ClaimReading
from equipoise.guarantee.claims.spans import Span, SpanTable
from equipoise.guarantee.claims.verdicts import by_caps, verdicts_of
from equipoise.guarantee.claims.words import INTERCEPTOR, LAUNCH, SITE, SPEED, ClaimVector
from equipoise.scenario import ClaimPair

EVERYTHING = "everything"
"""All operands at once: the other side's vector itself."""
WHAT_COUNTS, QUESTION = "what counts", "the question asked"
"""What parts two claims where no operand of reach does."""
_FIELDS = {
    INTERCEPTOR: "interceptors",
    SPEED: "speeds_km_s",
    SITE: "places",
    LAUNCH: "launch",
}
"""Operands that a claim can publish, and where they stand in its vector."""
MOVED_S = 1.0
"""A shift below this is none: commits are good to a second."""


@dataclass(frozen=True)
class Swap:
    """One side's operands with one of the other's: the commits for which each verdict then holds.

    ``base`` says whose operands the rest are. ``operand`` is empty for the side's own figures. Spans are over
    both flight caps: it certainly fails up to ``fails_until_s`` and certainly holds after ``holds_from_s``
    (None: at no commit, at every commit). ``by_rung`` are the verdicts at the rungs.
    """

    base: Literal["says no", "says yes"]
    operand: str
    from_figure: str
    to_figure: str
    fails_until_s: float | None
    holds_from_s: float | None
    by_rung: tuple[tuple[str, str], ...]
    toward_s: float
    """Most that an end of the span moves toward the other side's answer; negative = away from it."""


@dataclass(frozen=True)
class PairReading:
    """A pair, each side read with its own figures.

    ``no_from_s``: no reach is right for later commits, under the figures of the side that says no.
    ``yes_until_s``: reach is certain up to this commit, under the figures of the side that says yes. None
    where a side's figures give no such commit. ``one_figure`` is true where both published a figure of the
    same operand of the same hardware: then at most one is right, and ``measurement`` says what would tell.
    """

    pair: str
    question: str
    says_no: str
    says_yes: str
    operand: str
    """What the facts name as parting them, in words."""
    no_from_s: float | None
    yes_until_s: float | None
    one_figure: bool
    finding: str
    separates: str = ""
    """The operand that separates them here; empty where reach does not part them."""
    swaps: tuple[Swap, ...] = ()
    measurement: str = ""


def read_pairs(
    pairs: Iterable[ClaimPair], readings: Sequence[ClaimReading], table: SpanTable | None = None
) -> tuple[PairReading, ...]:
    """Each pair whose two claims were both read; with a table, each operand is swapped as well."""
    by_id = {r.claim: r for r in readings}
    return tuple(
        _read(p, by_id[p.says_no], by_id[p.says_yes], table)
        for p in pairs
        if p.says_no in by_id and p.says_yes in by_id
    )


def _read(pair: ClaimPair, no: ClaimReading, yes: ClaimReading, table: SpanTable | None) -> PairReading:
    holds = [s.holds_from_s for s in _own(no) if s.holds_from_s is not None]
    fails = [s.fails_until_s for s in _own(yes) if s.fails_until_s is not None]
    no_from, yes_until = max(holds, default=None), min(fails, default=None)
    one = None not in (_figure(no), _figure(yes)) and _figure(no) != _figure(yes)
    same = dict(no.operands)[INTERCEPTOR] == dict(yes.operands)[INTERCEPTOR]
    swaps = () if table is None else tuple(_swaps(table, no, yes))
    separates = _separates(no, yes, swaps) if swaps else ""
    return PairReading(
        pair.id,
        pair.question,
        pair.says_no,
        pair.says_yes,
        "; then ".join(o for o in (pair.operand, pair.second_operand) if o),
        no_from,
        yes_until,
        one and same,
        _finding(no, yes, (no_from, yes_until), one and same, separates),
        separates,
        swaps,
        _measurement(no, yes) if one and same else "",
    )


def _swaps(table: SpanTable, no: ClaimReading, yes: ClaimReading) -> Iterator[Swap]:
    """Each side as it is, with each operand of the other in turn, and with all of them."""
    if no.vector is None or yes.vector is None or not (no.vector.runs and yes.vector.runs):
        return
    sides: tuple[tuple[Literal["says no", "says yes"], ClaimVector, ClaimVector], ...] = (
        ("says no", no.vector, yes.vector),
        ("says yes", yes.vector, no.vector),
    )
    for base, mine, theirs in sides:
        own = _swap(table, base, "", mine, mine, None)
        yield own
        for operand, field in _FIELDS.items():
            if getattr(mine, field) != getattr(theirs, field) and _published(theirs, operand):
                changed = replace(mine, **{field: getattr(theirs, field)})
                yield _swap(table, base, operand, mine, changed, own)
        yield _swap(table, base, EVERYTHING, mine, theirs, own)


def _published(vector: ClaimVector, operand: str) -> bool:
    """Whether the side has anything to lend: what it left out is no figure."""
    lends = {SPEED: bool(vector.speeds_km_s), SITE: vector.placed, INTERCEPTOR: vector.named, LAUNCH: True}
    return lends[operand]


def _swap(
    table: SpanTable,
    base: Literal["says no", "says yes"],
    operand: str,
    mine: ClaimVector,
    changed: ClaimVector,
    own: Swap | None,
) -> Swap:
    fails, holds = table.over_caps(changed.interceptors, changed.speeds_km_s, changed.places, changed.launch)
    toward = 0.0
    if own is not None:
        shifts = ((fails, own.fails_until_s), (holds, own.holds_from_s))
        sign = 1.0 if base == "says no" else -1.0
        toward = max(sign * ((new or 0.0) - (old or 0.0)) for new, old in shifts)
    rungs = by_caps(verdicts_of(table, changed))
    figures = _words(mine, operand), _words(changed, operand)
    return Swap(base, operand, *figures, fails, holds, rungs, toward)


def _words(vector: ClaimVector, operand: str) -> str:
    """The operand's value in words; what was not published is said to be so."""
    if operand not in _FIELDS:
        return ""
    value = getattr(vector, _FIELDS[operand])
    if operand == LAUNCH and not value:
        return "all"
    if operand == SITE and not vector.placed:
        return "not published: " + ", ".join(value)
    if not value:
        return "not published"
    return ", ".join(f"{v:g}" if isinstance(v, float) else v for v in value)


def _separates(no: ClaimReading, yes: ClaimReading, swaps: tuple[Swap, ...]) -> str:
    """The operand whose swap alone moves a side's span furthest toward the other's answer.

    Where no published one does it is the commit, which neither published; where the two ask different
    questions, or do not contradict each other about reach, it is no operand at all.
    """
    if no.says != "no reach" or yes.says != "reach":
        return WHAT_COUNTS
    if _asks(no) != _asks(yes):
        return QUESTION
    alone = [(s.toward_s, s.operand) for s in swaps if s.operand not in ("", EVERYTHING)]
    moved, operand = max(alone, default=(0.0, ""))
    return operand if moved >= MOVED_S else "commit"


def _asks(reading: ClaimReading) -> str:
    """A race is settled by a fly-out, so that these two are one question."""
    return "fly-out" if reading.question == "race" else reading.question


def _own(reading: ClaimReading) -> tuple[Span, ...]:
    """Spans under the claim's own speeds; under every author's where it states none."""
    return tuple(s for s in reading.spans if s.stated) or reading.spans


def _figure(reading: ClaimReading) -> str | None:
    return dict(reading.operands)[SPEED]


def _measurement(no: ClaimReading, yes: ClaimReading) -> str:
    """What would tell which of two figures of one speed is right, and how well it must be measured."""
    assert no.vector is not None
    assert yes.vector is not None
    low, high = max(no.vector.speeds_km_s), min(yes.vector.speeds_km_s)
    apart = abs(high - low)
    return (
        f"the burnout speed of a full test, watched with one's own sensors to better than {apart / 2:.1f} "
        f"km/s and quoted with its altitude, would tell {low:g} from {high:g} km/s; a test flown slower than "
        "the interceptor can fly would not"
    )


def _finding(
    no: ClaimReading,
    yes: ClaimReading,
    commits: tuple[float | None, float | None],
    one: bool,
    separates: str,
) -> str:
    """A sentence on whether both can be right, and what would tell."""
    no_from, yes_until = commits
    if no.says != "no reach" or yes.says != "reach":
        return "the two do not give opposite answers about reach itself: what counts parts them"
    if _asks(no) != _asks(yes):
        asked = f"one side asks a {_asks(no)} and the other a {_asks(yes)}"
        return f"{asked}: a flight can pass far off and be reached, or pass close by and be missed"
    if not no.spans or not yes.spans:
        return "reach does not part them: one of the two gives no hardware or place that can be run"
    parts = []
    if one:
        figures = f"{_figure(no)} and {_figure(yes)} km/s"
        parts.append(
            f"both published a burnout speed of the same hardware ({figures}): at most one is right, and "
            "watching a test with one's own sensors would tell"
        )
    if no_from is not None and yes_until is not None and no_from < yes_until:
        parts.append(f"for commits from {no_from:.0f} to {yes_until:.0f} s each is right by its own figures")
    elif no_from is not None and yes_until is not None:
        told = "the commit parts them, and neither published it"
        if separates not in ("", "commit"):
            told = f"swapped alone, the {separates} moves one side furthest toward the other"
        parts.append(f"reach is certain up to {yes_until:.0f} s and none from {no_from:.0f} s: {told}")
    return "; ".join(parts) or "no commit makes either certain: model, loft and place decide"
