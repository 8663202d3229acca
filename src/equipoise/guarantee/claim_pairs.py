"""Two published claims on one question with opposite answers, and what parts them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from equipoise.guarantee.claims import ClaimReading
from equipoise.guarantee.spans import Span
from equipoise.scenario import ClaimPair


@dataclass(frozen=True)
class PairReading:
    """A pair, each side read with its own figures.

    ``no_from_s``: no reach is right for later commits, under the figures of the side that says no.
    ``yes_until_s``: reach is certain up to this commit, under the figures of the side that says yes. None
    where a side's figures give no such commit. ``one_figure`` is true where both published a figure of the
    same operand of the same hardware: then at most one is right, and a measurement would tell.
    """

    pair: str
    question: str
    says_no: str
    says_yes: str
    operand: str
    no_from_s: float | None
    yes_until_s: float | None
    one_figure: bool
    finding: str


def read_pairs(pairs: Iterable[ClaimPair], readings: Sequence[ClaimReading]) -> tuple[PairReading, ...]:
    """Each pair whose two claims were both read."""
    by_id = {r.claim: r for r in readings}
    return tuple(
        _read(p, by_id[p.says_no], by_id[p.says_yes])
        for p in pairs
        if p.says_no in by_id and p.says_yes in by_id
    )


def _read(pair: ClaimPair, no: ClaimReading, yes: ClaimReading) -> PairReading:
    holds = [s.holds_from_s for s in _own(no) if s.holds_from_s is not None]
    fails = [s.fails_until_s for s in _own(yes) if s.fails_until_s is not None]
    no_from, yes_until = max(holds, default=None), min(fails, default=None)
    one = _figure(no) is not None and _figure(yes) is not None and _figure(no) != _figure(yes)
    same = dict(no.operands)["interceptor"] == dict(yes.operands)["interceptor"]
    return PairReading(
        pair.id,
        pair.question,
        pair.says_no,
        pair.says_yes,
        pair.operand,
        no_from,
        yes_until,
        one and same,
        _finding(no, yes, no_from, yes_until, one and same),
    )


def _own(reading: ClaimReading) -> tuple[Span, ...]:
    """Spans under the claim's own speeds; under every author's where it states none."""
    return tuple(s for s in reading.spans if s.stated) or reading.spans


def _figure(reading: ClaimReading) -> str | None:
    return dict(reading.operands)["interceptor speed, km/s"]


def _finding(
    no: ClaimReading, yes: ClaimReading, no_from: float | None, yes_until: float | None, one: bool
) -> str:
    """A sentence on whether both can be right, and what would tell."""
    if no.says != "no reach" or yes.says != "reach":
        return "the two do not give opposite answers about reach itself: what counts parts them"
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
        parts.append(
            f"reach is certain up to {yes_until:.0f} s and none from {no_from:.0f} s: the commit parts them, "
            "and neither published it"
        )
    return "; ".join(parts) or "no commit makes either certain: model, loft and place decide"
