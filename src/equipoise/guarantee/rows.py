"""From a judged case to the row that is printed: verdict, margins, what would close it, and a note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
from jaxtyping import Bool
from numpy import ndarray as Array

from equipoise.guarantee.closing import closed_by
from equipoise.guarantee.margins import (
    battery_margins,
    break_even_s,
    least_margins,
    least_speed,
    margins_by_cap,
    pairs_of,
)
from equipoise.guarantee.moments import (
    BOUNDED,
    TRACK,
    UNTRACKED,
    WAITED,
    never_tracked,
    verdict_after_burnout,
)
from equipoise.guarantee.protected import ProtectedFlights
from equipoise.guarantee.readings import Force, disruption, force_of
from equipoise.guarantee.seas import apart, in_shared, shared_boxes
from equipoise.guarantee.turning import turns_at
from equipoise.guarantee.types import Counted, Guarantee, Verdict
from equipoise.guarantee.verdicts import (
    COMMIT,
    SITE,
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


def row_of(
    scenario: Scenario,
    name: str,
    mode: str,
    rung: str,
    case: Case,
    *,
    force: Force | None = None,
    counted: tuple[Counted, ...] = (),
) -> Guarantee:
    """Judge one case and write the row of the architecture (or other vector) of that name.

    ``force`` stands in for the numbers that the scenario declares; ``counted`` is the rung judged under other
    ways of counting interceptors.
    """
    worst, throughout = reached_at_worst(case), reached_throughout(case)
    word, operands, why = _word(scenario, case, worst, throughout)
    one_sea = shared_boxes(case)
    if one_sea and word == "holds":
        word, operands = "depends", (SITE,)
    numbered = apart(case, one_sea)
    margins = tuple(battery_margins(numbered, box) for box in case.boxes)
    pairs = tuple(pairs_of(numbered, margins))
    margin_s, margin_km_s = least_margins(margins)
    by_cap = tuple(margins_by_cap(numbered))
    by_area = _by_area(case, word, worst, throughout, one_sea)
    second = disruption(word, force or force_of(scenario, case.flights.party, case.boxes))
    commits_s, after_burnout_s = _commits(case)
    return Guarantee(
        architecture=name,
        mode=mode,
        protects=case.flights.party,
        rung=rung,
        verdict=word,
        turns_on=operands,
        margin_s=margin_s,
        margin_km_s=margin_km_s,
        break_even_commit_s=break_even_s(margins, in_shared(case, one_sea)),
        share_met_at_most=second.share_met_at_most,
        near_edge=_near(margin_s, NEAR_S) or _near(margin_km_s, NEAR_KM_S),
        worst=min(pairs, key=lambda p: (p.margin_s, p.margin_km_s), default=None),
        pairs=pairs,
        operands=tuple(box.vector for box in case.boxes),
        closed_by=closed_by(scenario, operands),
        by_area=by_area,
        note="; ".join([*why, *_note(case, dict(by_area), by_cap, one_sea)]),
        margin_s_by_cap=by_cap,
        turns_at=tuple(turns_at(case, operands)),
        least_speed_km_s=least_speed(margins, in_shared(case, one_sea)),
        commits_s=commits_s,
        commits_after_burnout_s=after_burnout_s,
        by_leg=_by_leg(case.flights, by_area),
        not_guaranteed=tuple(_not_guaranteed(case.flights, dict(by_area), one_sea)),
        disrupts=second,
        counted=counted,
        meetings_before_burnout=case.before_burnout is not None,
        flights=len(case.flights),
        far_end_only=_far_end_only(by_cap),
        not_flown=case.flights.unflown,
    )


def _by_area(
    case: Case,
    word: Verdict,
    worst: Bool[Array, " n"],
    throughout: Bool[Array, " n"],
    one_sea: frozenset[int],
) -> tuple[tuple[str, Verdict], ...]:
    """The verdict of each launch area from which something flies."""
    flights, found = case.flights, list[tuple[str, Verdict]]()
    for a, area in enumerate(flights.areas):
        if not flights.in_area(a).any():
            continue
        verdict_here = word if never_tracked(case) else area_verdict(flights, a, worst, throughout)
        found.append((area.id, "depends" if a in one_sea and verdict_here == "holds" else verdict_here))
    return tuple(found)


def _by_leg(
    flights: ProtectedFlights, by_area: tuple[tuple[str, Verdict], ...]
) -> tuple[tuple[str, Verdict], ...]:
    """The verdict of each way of basing: the least favourable of its areas."""
    order: tuple[Verdict, ...] = ("fails", "depends", "holds")
    basing = {area.id: area.basing for area in flights.areas}
    words: dict[str, list[Verdict]] = {}
    for area, word in by_area:
        words.setdefault(basing[area], []).append(word)
    return tuple((leg, min(found, key=order.index)) for leg, found in words.items())


def _commits(case: Case) -> tuple[tuple[float, float] | None, tuple[float, float] | None]:
    """The earliest permitted commits over the flights: (least, greatest) from launch, and from burnout."""
    early = case.commits.early_s
    known = np.isfinite(early)
    if not known.any():
        return None, None
    after = (early - case.flights.tracks.burnout_s)[known]
    return (float(early[known].min()), float(early[known].max())), (float(after.min()), float(after.max()))


def _far_end_only(by_cap: tuple[tuple[str, float | None], ...]) -> bool:
    """Whether a flight is reached without a flight cap and none with the shorter one."""
    reached_at = {cap: margin is not None and margin <= 0.0 for cap, margin in by_cap}
    return reached_at.get("none", False) and not reached_at.get("600 s", False)


def _not_guaranteed(
    flights: ProtectedFlights, by_area: Mapping[str, Verdict], one_sea: frozenset[int]
) -> Iterator[str]:
    """Launch areas at sea of which a word is said and no number."""
    for a, area in enumerate(flights.areas):
        at_sea = area.area.kind == "box" and by_area.get(area.id, "holds") != "holds"
        if at_sea or a in one_sea:
            yield area.id


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


def _near(margin: float | None, edge: float) -> bool:
    return margin is not None and abs(margin) <= edge


def row_without(
    scenario: Scenario,
    architecture: Architecture,
    mode: str,
    rung: str,
    flights: ProtectedFlights,
    counted: tuple[Counted, ...] = (),
) -> Guarantee:
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
        () if named else closed_by(scenario, (WHICH_COUNT,)),
        tuple((area.id, word) for area in flights.areas),
        note,
        disrupts=disruption(word, Force(0 if named else None, None, None)),
        counted=counted,
        flights=len(flights),
    )


def _note(
    case: Case,
    by_area: Mapping[str, Verdict],
    by_cap: tuple[tuple[str, float | None], ...],
    one_sea: frozenset[int],
) -> Iterator[str]:
    """What must be said beside the verdict: sea boxes, tracks, the two flight caps, the mode."""
    flights, early = case.flights, case.commits.early_s
    yield from _sea_words(flights, by_area, one_sea)
    if _far_end_only(by_cap):
        yield "reaches only by flying to the far end: with no flight cap, not with one of 600 s"
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
        yield (
            "meetings before burnout count; no command mode helps here, an owner can bypass it: a rehearsal "
            "or a record shows that a mode was kept, not that it will be"
        )


def _cap_words(cap: str) -> str:
    return "no flight cap" if cap == "none" else f"a flight cap of {cap}"


def _sea_words(
    flights: ProtectedFlights, by_area: Mapping[str, Verdict], one_sea: frozenset[int]
) -> Iterator[str]:
    """A place inside a sea box is its owner's to choose: a word, never a number or a part of the box."""
    for a, area in enumerate(flights.areas):
        if a in one_sea:
            yield f"{area.name}: not guaranteed, submarines and ships may lie in one sea box"
        elif area.area.kind == "box" and by_area.get(area.id, "holds") != "holds":
            yield f"{area.name}: not guaranteed, some place in the box is reached"


def _seconds(margin: float | None) -> str:
    return "out of reach" if margin is None else f"{margin:.0f} s"
