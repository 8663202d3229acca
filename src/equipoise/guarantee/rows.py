"""From a judged case to the row that is printed: verdict, margins, what would close it, and a note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np
from jaxtyping import Bool
from numpy import ndarray as Array

from equipoise.guarantee.boxes import Box
from equipoise.guarantee.closing import closed_by
from equipoise.guarantee.margins import battery_margins, break_even_s, least_margins, margins_by_cap, pairs_of
from equipoise.guarantee.moments import (
    BOUNDED,
    TRACK,
    UNTRACKED,
    WAITED,
    never_tracked,
    verdict_after_burnout,
)
from equipoise.guarantee.protected import ProtectedFlights
from equipoise.guarantee.types import Guarantee, Verdict
from equipoise.guarantee.verdicts import (
    COMMIT,
    Case,
    area_verdict,
    reached_at_worst,
    reached_throughout,
    turns_on,
    verdict,
)
from equipoise.scenario import Architecture, Scenario

NEAR_S, NEAR_KM_S = 30.0, 0.2
"""A verdict within these of its edge is said to be near it."""
WHICH_COUNT = "which interceptors count"


def row_of(scenario: Scenario, name: str, mode: str, rung: str, case: Case) -> Guarantee:
    """Judge one case and write the row of the architecture (or other vector) of that name."""
    worst, throughout = reached_at_worst(case), reached_throughout(case)
    word, operands, why = _word(scenario, case, worst, throughout)
    margins = tuple(battery_margins(case, box) for box in case.boxes)
    pairs = tuple(pairs_of(case, margins))
    margin_s, margin_km_s = least_margins(margins)
    by_cap = tuple(margins_by_cap(case))
    flown = [a for a in range(len(case.flights.areas)) if case.flights.in_area(a).any()]
    by_area = tuple(
        (
            case.flights.areas[a].id,
            word if never_tracked(case) else area_verdict(case.flights, a, worst, throughout),
        )
        for a in flown
    )
    return Guarantee(
        architecture=name,
        mode=mode,
        protects=case.flights.party,
        rung=rung,
        verdict=word,
        turns_on=operands,
        margin_s=margin_s,
        margin_km_s=margin_km_s,
        break_even_commit_s=break_even_s(margins),
        share_met_at_most=share_met_at_most(scenario, case.flights.party, case.boxes),
        near_edge=_near(margin_s, NEAR_S) or _near(margin_km_s, NEAR_KM_S),
        worst=min(pairs, key=lambda p: (p.margin_s, p.margin_km_s), default=None),
        pairs=pairs,
        operands=tuple(box.vector for box in case.boxes),
        closed_by=closed_by(scenario, operands),
        by_area=by_area,
        note="; ".join([*why, *_note(case, dict(by_area), by_cap)]),
        margin_s_by_cap=by_cap,
        not_flown=case.flights.unflown,
    )


def _word(
    scenario: Scenario, case: Case, worst: Bool[Array, " n"], throughout: Bool[Array, " n"]
) -> tuple[Verdict, tuple[str, ...], list[str]]:
    """The verdict, the operands on which it turns, and what must be said of the moment of the commit."""
    if never_tracked(case):
        return "depends", (TRACK,), [UNTRACKED]
    word = verdict(case.flights, worst, throughout)
    operands = turns_on(case) if word == "depends" else ()
    waited = None if word == "holds" else verdict_after_burnout(scenario, case)
    if waited is None or waited == word:
        return word, operands, []
    return word, tuple(dict.fromkeys((COMMIT, *operands))), [WAITED[waited]]


def bounded_by_worst(row: Guarantee) -> Guarantee:
    """A row that turns on a track that nobody declared, where the worst case holds: it holds as well."""
    holding: Verdict = "holds"
    return replace(
        row,
        verdict=holding,
        turns_on=(),
        closed_by=(),
        by_area=tuple((area, holding) for area, _ in row.by_area),
        note=row.note.replace(UNTRACKED, BOUNDED),
    )


def share_met_at_most(scenario: Scenario, party: str, boxes: Iterable[Box]) -> float | None:
    """Ceiling on the share of the party's declared warheads that can be met: interceptors times shots.

    None where a number of interceptors or the total of warheads is not declared.
    """
    total = declared_warheads(scenario, party)
    vectors = [box.vector for box in boxes]
    models = scenario.interceptors
    numbers = [(v.number, models[v.interceptor].shots if v.interceptor in models else 1) for v in vectors]
    if total is None or not total or any(n is None for n, _ in numbers):
        return None
    return min(1.0, sum((n or 0) * shots for n, shots in numbers) / total)


def declared_warheads(scenario: Scenario, party: str) -> int | None:
    """The total that the party declares: a statement with a figure ``warheads``; None without one."""
    for statement in scenario.statements:
        for key, value in statement.data:
            if statement.party == party and key == "warheads" and value.isdigit():
                return int(value)
    return None


def _near(margin: float | None, edge: float) -> bool:
    return margin is not None and abs(margin) <= edge


def row_without(architecture: Architecture, mode: str, rung: str, flights: ProtectedFlights) -> Guarantee:
    """The row of an architecture in which no interceptor of the party that is asked about stands."""
    named = bool(architecture.batteries)
    note = (
        "no interceptor of the other party stands in this architecture"
        if named
        else "the proposal names no interceptor that can be placed; the verdict waits for one"
    )
    word: Verdict = "holds" if named else "depends"
    return Guarantee(
        architecture.id,
        mode,
        flights.party,
        rung,
        word,
        () if named else (WHICH_COUNT,),
        None,
        None,
        None,
        0.0 if named else None,
        False,
        None,
        (),
        (),
        (),
        tuple((area.id, word) for area in flights.areas),
        note,
    )


def _note(
    case: Case, by_area: Mapping[str, Verdict], by_cap: tuple[tuple[str, float | None], ...]
) -> Iterator[str]:
    """What must be said beside the verdict: sea boxes, tracks, the two flight caps, the mode."""
    flights, early = case.flights, case.commits.early_s
    yield from _sea_words(flights, by_area)
    unjudged = [a.name for a in flights.areas if a.id not in by_area]
    if unjudged:
        yield f"not judged, for want of a flight model or of range: {', '.join(unjudged)}"
    unseen = int((~np.isfinite(early)).sum())
    if unseen and not never_tracked(case):
        yield f"no track of {unseen} of {len(flights)} flights by the sensors that count here"
    boosting = int((early < flights.tracks.burnout_s).sum())
    if case.lent:
        yield f"the partner's own shared sensors give the first track of {case.lent}"
    if boosting:
        yield f"commit before burnout for {boosting} of {len(flights)} flights: no path is known by then"
    if len({_seconds(margin) for _, margin in by_cap}) > 1:
        said = (f"{_seconds(margin)} with {_cap_words(cap)}" for cap, margin in by_cap)
        yield f"least margin {', '.join(said)}"
    if case.before_burnout is not None:
        yield "meetings before burnout count; no command mode helps here, an owner can bypass it"


def _cap_words(cap: str) -> str:
    return "no flight cap" if cap == "none" else f"a flight cap of {cap}"


def _sea_words(flights: ProtectedFlights, by_area: Mapping[str, Verdict]) -> Iterator[str]:
    """A place inside a sea box is its owner's to choose: a word, never a number or a part of the box."""
    for area in flights.areas:
        if area.area.kind == "box" and by_area.get(area.id, "holds") != "holds":
            yield f"{area.name}: not guaranteed, some place in the box is reached"


def _seconds(margin: float | None) -> str:
    return "out of reach" if margin is None else f"{margin:.0f} s"
