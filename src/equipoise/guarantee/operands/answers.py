"""The figures that a reader asks for: the speed needed from each commit, the latest commit at each speed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from jaxtyping import Float
from numpy import ndarray as Array

from equipoise.defence import Meetings
from equipoise.guarantee.boxes import CAPS, Box, Spec
from equipoise.guarantee.protected import ProtectedFlights
from equipoise.guarantee.seas import share
from equipoise.guarantee.table import LatestTable, needed_table
from equipoise.guarantee.verdicts import places
from equipoise.scenario import StatedOperands


@dataclass(frozen=True)
class Cap:
    """Longest flight to a meeting (s; inf = none), from the interceptor's ``launch`` or its ``burnout``."""

    seconds: float
    counts_from: Literal["launch", "burnout"] = "launch"

    def on(self, spec: Spec) -> Spec:
        """The interceptor under this cap, which counts there from its launch."""
        burn_s = spec.time_to_burnout_s if self.counts_from == "burnout" else 0.0
        return replace(spec, flight_cap_s=self.seconds + burn_s)

    @property
    def word(self) -> str:
        """``600 s`` or ``none``."""
        return f"{self.seconds:g} s" if math.isfinite(self.seconds) else "none"

    @property
    def told(self) -> str:
        """``600 s``, ``600 s from burnout`` or ``none``."""
        late = self.counts_from == "burnout" and math.isfinite(self.seconds)
        return self.word + (" from burnout" if late else "")


@dataclass(frozen=True)
class NeededSpeed:
    """Least speed that reaches when launch is permitted from a commit on; inf = none under 12 km/s does.

    ``any_flight`` reaches some flight from some place, at the far ends of the other operands;
    ``every_flight`` reaches all flights from all the interceptor's places, at the near ends.
    """

    commit_s: float
    commit_from: str
    cap: Cap
    any_flight_km_s: float
    every_flight_km_s: float


@dataclass(frozen=True)
class LatestCommit:
    """Latest commit (s from the missile's launch) that reaches at a speed; -inf = none does."""

    speed_km_s: float
    cap: Cap
    any_flight_s: float
    every_flight_s: float


@dataclass(frozen=True)
class Answers:
    """Both tables, and the margin in speed where a speed and a commit are stated."""

    needed: tuple[NeededSpeed, ...]
    latest: tuple[LatestCommit, ...]


def answer(stated: StatedOperands, flights: ProtectedFlights, boxes: tuple[Box, ...]) -> Answers:
    """What is asked; where nothing is, the ends of the stated commit, speed and caps.

    Flights from a sea in which the interceptor's ships may lie are left out: there is no number of them.
    """
    one_sea = [a for a, area in enumerate(flights.areas) if any(share(area, places(b)) for b in boxes)]
    flights = flights.part(~np.isin(flights.area, one_sea))
    if len(flights) == 0:
        return Answers((), ())
    caps = tuple(Cap(c, stated.asked.caps_from) for c in stated.asked.caps_s) or _caps(stated)
    counted, commits = _commits(stated)
    speeds = stated.asked.speeds_km_s or _speeds(stated)
    meetings: Meetings = "all" if stated.meetings_before_burnout else "after burnout"
    table = LatestTable(flights.tracks, meetings)
    needed = tuple(row for cap in caps for row in _needed(meetings, flights, boxes, commits, counted, cap))
    latest = tuple(_latest(table, boxes, speed, cap) for cap in caps for speed in speeds)
    return Answers(needed, latest)


def _caps(stated: StatedOperands) -> tuple[Cap, ...]:
    """The stated caps' ends first, and always 600 s and none."""
    ends = (v for f in stated.figures for v in f.flight_cap_s)
    seconds = (*sorted(ends, reverse=True), *(cap_s for _, cap_s in CAPS))
    return tuple(Cap(s) for s in dict.fromkeys(seconds))


def _commits(stated: StatedOperands) -> tuple[str, tuple[float, ...]]:
    """(from when they count, commits)."""
    if stated.asked.commits_s:
        return stated.asked.commits_from, stated.asked.commits_s
    commit = stated.commit
    if commit is None or commit.counts_from not in ("launch", "burnout"):
        return "launch", ()
    return commit.counts_from, tuple(dict.fromkeys(commit.seconds))


def _speeds(stated: StatedOperands) -> tuple[float, ...]:
    return tuple(sorted({v for f in stated.figures for v in f.speed_km_s or ()}))


def _needed(
    meetings: Meetings,
    flights: ProtectedFlights,
    boxes: tuple[Box, ...],
    commits: tuple[float, ...],
    counted: str,
    cap: Cap,
) -> Iterator[NeededSpeed]:
    """The speeds needed from each commit, in the order asked, at one flight cap."""
    if not commits:
        return
    start = flights.tracks.burnout_s if counted == "burnout" else np.zeros(len(flights))
    order = np.argsort(commits)

    def table(specs: tuple[Spec, ...], box: Box) -> Float[Array, "c n s p"]:
        stands = places(box)
        asked = [(cap.on(s), place) for s in specs for place in stands]
        rows = [needed_table(flights.tracks, asked, start + commits[i], meetings) for i in order]
        # What reaches from a later commit reaches from an earlier one: no earlier speed is the greater, which
        # the search for the least speed (good to 0.5 m/s) would otherwise not keep to the last digit.
        least = np.minimum.accumulate(np.array(rows)[::-1], axis=0)[::-1]
        return np.asarray(least.reshape(len(commits), len(flights), len(specs), len(stands)))

    worst = [table(box.worst, box) for box in boxes]
    best = [w if b.best == b.worst else table(b.best, b) for b, w in zip(boxes, worst, strict=True)]
    far = np.min([t.min(axis=(1, 2, 3)) for t in worst], axis=0)
    near = np.min([t.max(axis=(2, 3)) for t in best], axis=0).max(axis=1)
    found = {int(i): (float(far[k]), float(near[k])) for k, i in enumerate(order)}
    for i, commit in enumerate(commits):
        yield NeededSpeed(commit, counted, cap, *found[i])


def _latest(table: LatestTable, boxes: tuple[Box, ...], speed_km_s: float, cap: Cap) -> LatestCommit:
    def block(specs: tuple[Spec, ...], box: Box) -> Float[Array, "n s p"]:
        moved = {replace(cap.on(s), speed_km_s=speed_km_s, claim="") for s in specs}
        return table.of(sorted(moved, key=repr), places(box))

    far = max(float(block(box.worst, box).max()) for box in boxes)
    near = np.max([block(box.best, box).min(axis=(1, 2)) for box in boxes], axis=0)
    return LatestCommit(speed_km_s, cap, _from_launch(far), _from_launch(float(near.min())))


def _from_launch(latest_s: float) -> float:
    """A commit before the missile's launch has nothing to go by: it is none."""
    return latest_s if latest_s >= 0.0 else -math.inf


@dataclass(frozen=True)
class AnswerRow:
    """One line of a table; None where nothing reaches."""

    asked: str
    cap: str
    some: float | None
    every: float | None
    unit: str
    form: str


def answer_rows(answers: Answers) -> Iterator[AnswerRow]:
    """Both tables as lines for a person."""
    for n in answers.needed:
        asked = f"speed needed from {n.commit_s:g} s after {n.commit_from}"
        ends = _finite(n.any_flight_km_s), _finite(n.every_flight_km_s)
        yield AnswerRow(asked, n.cap.told, *ends, "km/s", ".2f")
    for c in answers.latest:
        ends = _finite(c.any_flight_s), _finite(c.every_flight_s)
        asked = f"latest commit at {c.speed_km_s:g} km/s"
        yield AnswerRow(asked, c.cap.told, *ends, "s after launch", ".0f")


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
