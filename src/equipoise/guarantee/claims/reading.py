"""Published claims read with one model: which question each answers, and where it would be right.

No published claim states the commit time. So none can be decided by itself; what can be said is our verdict
under its own figures at each rung of commit, up to which commit the claimed hardware reaches some flight
whatever else is open, from which commit on it reaches none, and the speeds for which each verdict holds. A
claim of no reach is right where it holds, a claim of reach where it fails. One that does state its commit,
its hardware and its place is decided by them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from equipoise.guarantee.claims.questions import answer
from equipoise.guarantee.claims.spans import Span, SpanTable
from equipoise.guarantee.claims.verdicts import (
    AS_PUBLISHED,
    ClaimVerdict,
    SpeedRange,
    by_caps,
    speed_ranges,
    verdicts_of,
)
from equipoise.guarantee.claims.words import (
    ClaimVector,
    Published,
    Question,
    published_of,
    question_of,
    vector_of,
)
from equipoise.scenario import Scenario, Statement

CANNOT, BORNE_OUT, NOT_BORNE_OUT, OPEN = "cannot be decided", "borne out", "not borne out", "open"
"""What can be said of a claim itself."""


@dataclass(frozen=True)
class ClaimReading:
    """One published claim and what this model can say of it.

    ``operands`` gives (operand, figure as published), None where it was not; ``published`` the same with
    status and note. ``spans`` are the commits for which each verdict holds, for every speed: the claim's own,
    and every author's of the same hardware. ``verdicts`` are ours under the claim's own figures.
    """

    claim: str
    claimant: str
    says: Literal["reach", "no reach", "not said"]
    question: Question
    operands: tuple[tuple[str, str | None], ...]
    spans: tuple[Span, ...]
    finding: str
    """A sentence: cannot be decided and why, and for which commits the claim would be right."""
    decided: str = CANNOT
    """``cannot be decided``, ``borne out``, ``not borne out``, or ``open``: it depends on what is open."""
    answer: str = ""
    """What this model answers to the very question asked, where that is another than the verdict."""
    published: tuple[Published, ...] = ()
    verdicts: tuple[ClaimVerdict, ...] = ()
    speeds: tuple[SpeedRange, ...] = ()
    turns_s: tuple[float | None, float | None] = (None, None)
    """Under its own figures and whatever the flight cap: certainly reached up to the first commit, certainly
    out of reach after the second; None = at no commit, at every commit."""
    vector: ClaimVector | None = None
    party: str | None = None
    """For whom the claimant speaks; None for experts, auditors and journalists."""
    text: str = ""
    status: str = "unknown"
    source: str = ""
    other_flight: str = ""
    """The flight that the claim speaks of, where it is another than the deterrent's."""
    evidence: bool = True
    """False where the facts say that the claim may not be used as evidence: its text was not read."""


def read_claims(
    scenario: Scenario, *, quick: bool = False, claims: Iterable[Statement] | None = None
) -> tuple[ClaimReading, ...]:
    """Every claim of the scenario's statements, or others given, in their order."""
    return read_with(SpanTable(scenario, quick=quick), claims)


def read_with(table: SpanTable, claims: Iterable[Statement] | None = None) -> tuple[ClaimReading, ...]:
    """The same over a table in hand, so that what it has flown and reached serves the pairs as well."""
    given = table.scenario.statements if claims is None else claims
    known: dict[ClaimVector, _Run] = {}
    return tuple(_read(table, s, known) for s in given if s.kind == "claim")


@dataclass(frozen=True)
class _Run:
    """What follows from a vector alone, whoever states it."""

    spans: tuple[Span, ...]
    verdicts: tuple[ClaimVerdict, ...]
    speeds: tuple[SpeedRange, ...]
    turns_s: tuple[float | None, float | None]


def _read(table: SpanTable, claim: Statement, known: dict[ClaimVector, _Run]) -> ClaimReading:
    data = dict(claim.data)
    question, vector = question_of(claim), vector_of(table.scenario, claim)
    if vector not in known:
        known[vector] = _run(table, vector)
    run = known[vector]
    says: dict[str, Literal["reach", "no reach", "not said"]] = {"true": "reach", "false": "no reach"}
    said = says.get(data.get("reach", ""), "not said")
    published = published_of(claim, vector)
    return ClaimReading(
        claim.id,
        data.get("claimant", ""),
        said,
        question,
        tuple((p.operand, p.figure) for p in published),
        run.spans,
        _finding(question, said, run, vector, data.get("inputs.target", "").split(" (")[0]),
        decided(said, vector, run.verdicts),
        answer(table, claim, question, vector),
        published,
        run.verdicts,
        run.speeds,
        run.turns_s,
        vector,
        claim.party,
        claim.text,
        claim.status,
        claim.source,
        data.get("inputs.target", "").split(" (")[0],
        data.get("usable_as_evidence", "true") == "true",
    )


def _run(table: SpanTable, vector: ClaimVector) -> _Run:
    if not vector.runs:
        return _Run((), (), (), (None, None))
    run = vector.interceptors, vector.speeds_km_s, vector.places, vector.launch
    spans = table.spans(vector.interceptors, vector.places, vector.launch, vector.speeds_km_s)
    turns = table.over_caps(*run) if spans else (None, None)
    return _Run(spans, verdicts_of(table, vector), speed_ranges(table, vector), turns)


def _finding(question: Question, said: str, run: _Run, vector: ClaimVector, target: str) -> str:
    """Why it cannot be decided as published, and for which commits it would be right."""
    if question == "numbers":
        return "cannot be decided by reach: it rests on numbers, and no total of warheads is declared"
    if question == "effect":
        return "cannot be decided by reach: it is about what reach would mean, and gives no figures"
    if not run.spans:
        return f"cannot be decided: no {'place' if vector.named else 'interceptor'} is named that can be run"
    own = tuple(s for s in run.spans if s.stated) or run.spans
    word = decided(said, vector, run.verdicts)
    if word != CANNOT:
        rungs = "; ".join(f"{rung}: {found}" for rung, found in by_caps(run.verdicts))
        return f"{word} at its own commit of {vector.commit_s:g} s; {right_for(said, own)}. By rung: {rungs}"
    head = "a map has no clock" if question == "map" else "the commit time is not published"
    where = "" if vector.placed else ", nor the place (those of the scenario's architectures are taken)"
    other = f"; it speaks of another flight: {target}" if target else ""
    rungs = "; ".join(f"{rung}: {word}" for rung, word in by_caps(run.verdicts))
    return f"cannot be decided: {head}{where}{other}; {right_for(said, own)}. Under its own figures {rungs}"


def decided(said: str, vector: ClaimVector, verdicts: tuple[ClaimVerdict, ...]) -> str:
    """Whether a claim is borne out by its own figures, its commit among them; else it cannot be decided."""
    own = {v.verdict for v in verdicts if v.rung == AS_PUBLISHED}
    if not own or said == "not said" or not (vector.placed and vector.speeds_km_s):
        return CANNOT
    right, wrong = ("holds", "fails") if said == "no reach" else ("fails", "holds")
    if own == {right}:
        return BORNE_OUT
    return NOT_BORNE_OUT if own == {wrong} else OPEN


def right_for(said: str, spans: tuple[Span, ...]) -> str:
    """For which commits a claim of reach, or of none, would be right, over speeds and flight caps."""
    if said == "no reach":
        late = [s.holds_from_s for s in spans]
        if all(s is None for s in late):
            return "no reach is right at every commit"
        times = [s for s in late if s is not None]
        return f"no reach is right for commits later than {_range(times)}"
    early = [s.fails_until_s for s in spans]
    if all(s is None for s in early):
        return "reach depends on model, loft or place at every commit"
    times = [s for s in early if s is not None]
    return f"reach is certain for commits up to {_range(times)}"


def _range(times: list[float]) -> str:
    low, high = min(times), max(times)
    return f"{high:.0f} s" if high - low < 5.0 else f"{low:.0f} to {high:.0f} s, by speed and flight cap"
