"""Two parties' assessments side by side: where they overlap, and which prior or figure parts them.

Each difference between what the two rest on is put into the first one by one, all else left as it is, and
the missile is assessed again: with models where either rested on one (seconds a missile), else without. What
moves the range most, by its ends and its middle together, parts them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from equipoise.scenario import MissileModel
from equipoise.threats.assessing import Question, assess
from equipoise.threats.messages import fault
from equipoise.threats.priors import Priors
from equipoise.threats.types import FIGURES, Announced, Interval, Observation

SWAPPED = (*FIGURES, "launch_deg", "azimuth_deg", "landing_deg", "rival_of", "lower_bound", "missile", "date")
"""What of a flight is put in by itself where the two differ on it."""
_NOUGHT = Interval(0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Stated:
    """What an assessment rests on and what it says, read back from its JSON."""

    observations: tuple[Observation, ...]
    question: Question
    ranges: dict[str, dict[str, float] | None]


@dataclass(frozen=True)
class Swap:
    """One difference put into the first assessment, and how far its middle range moves (km) by missile."""

    what: str
    first: str
    second: str
    moves_km: dict[str, float]
    ends_km: dict[str, tuple[float, float]]
    """How far the 5 and the 95 % ends move: beyond what is told a middle stands still."""

    def weight(self, missile: str) -> float:
        """How much of a missile's interval it moves, km."""
        ends = self.ends_km.get(missile, (0.0, 0.0))
        return abs(self.moves_km.get(missile, 0.0)) + abs(ends[0]) + abs(ends[1])


@dataclass(frozen=True)
class Compared:
    """One missile in both."""

    missile: str
    first: dict[str, float] | None
    second: dict[str, float] | None
    overlap_km: tuple[float, float] | None
    """Where the two 5 to 95 % intervals overlap; None where they do not."""
    parted_by: str | None
    """The difference whose swap moves the range most."""


def read_stated(path: Path) -> Stated:
    """An assessment written by ``equipoise assess --json``. InputError where it is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        inputs = data["inputs"]
        given: dict[str, Any] = inputs["priors"]
        pairs: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in given.items()}
        priors = Priors(**pairs)
        seen = tuple(_observation(o) for o in inputs["observations"])
        models = any(m["candidates"] for m in data["missiles"])
        question = Question(priors, int(data["seed"]), data["known_at"], with_models=models)
        ranges = {m["missile"]: m["maximum_range_km"] for m in data["missiles"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        problem = f"{type(error).__name__}: {error}"
        raise fault("against-file", file=str(path), problem=problem) from error
    return Stated(seen, question, ranges)


def _observation(data: Mapping[str, Any]) -> Observation:
    known = {f.name for f in fields(Observation)}
    given = {k: v for k, v in data.items() if k in known}
    for name in (*FIGURES, "azimuth_deg"):
        given[name] = None if given[name] is None else Announced(**given[name])
    for name in ("launch_deg", "landing_deg"):
        given[name] = None if given[name] is None else tuple(given[name])
    return Observation(**given)


def compare(
    first: Stated, second: Stated, models: Mapping[str, MissileModel]
) -> tuple[tuple[Compared, ...], tuple[Swap, ...]]:
    """(missiles side by side, swaps of one difference at a time)."""
    if second.question.with_models:
        first = replace(first, question=replace(first.question, with_models=True))
    swaps = tuple(_swaps(first, second, models))
    found = []
    for name in dict.fromkeys((*first.ranges, *second.ranges)):
        one, other = first.ranges.get(name), second.ranges.get(name)
        moved = [s for s in swaps if s.weight(name) >= 1.0]
        parted = max(moved, key=lambda s: s.weight(name), default=None)
        found.append(Compared(name, one, other, _overlap(one, other), parted.what if parted else None))
    return tuple(found), swaps


def _overlap(one: dict[str, float] | None, other: dict[str, float] | None) -> tuple[float, float] | None:
    if one is None or other is None:
        return None
    low, high = max(one["p5"], other["p5"]), min(one["p95"], other["p95"])
    return (low, high) if low <= high else None


def _swaps(first: Stated, second: Stated, models: Mapping[str, MissileModel]) -> list[Swap]:
    """Every difference, put into the first by itself."""
    base = _ranges(first.observations, first.question, models)
    found = []

    def tried(what: str, one: object, other: object, seen: tuple[Observation, ...], asked: Question) -> None:
        after = _ranges(seen, asked, models)
        moves = {k: _moved(base.get(k), after.get(k)) for k in dict.fromkeys((*base, *after))}
        middles = {k: m[1] for k, m in moves.items()}
        found.append(
            Swap(what, _told(one), _told(other), middles, {k: (m[0], m[2]) for k, m in moves.items()})
        )

    mine, theirs = asdict(first.question.priors), asdict(second.question.priors)
    for name in mine:
        if mine[name] != theirs[name]:
            priors = replace(first.question.priors, **{name: theirs[name]})
            asked = replace(first.question, priors=priors)
            tried(f"prior {name}", mine[name], theirs[name], first.observations, asked)
    by_id = {o.id: o for o in second.observations}
    for at, one in enumerate(first.observations):
        other = by_id.pop(one.id, None)
        if other is None:
            rest = first.observations[:at] + first.observations[at + 1 :]
            tried(f"flight {one.id}", "counted", "left out", rest, first.question)
            continue
        for name in SWAPPED:
            mine_said, theirs_said = getattr(one, name), getattr(other, name)
            if mine_said != theirs_said:
                changed = replace(one, **{name: theirs_said})
                seen = (*first.observations[:at], changed, *first.observations[at + 1 :])
                tried(f"{name} of {one.id}", mine_said, theirs_said, seen, first.question)
    for other in by_id.values():
        seen = (*first.observations, other)
        tried(f"flight {other.id}", "left out", "counted", seen, first.question)
    if first.question.known_at != second.question.known_at:
        asked = replace(first.question, known_at=second.question.known_at)
        days = (first.question.known_at or "now", second.question.known_at or "now")
        tried("known at", *days, first.observations, asked)
    return found


def _told(value: object) -> str:
    """A prior, a figure or a place in words."""
    if isinstance(value, Announced):
        return f"{value.value:,g} ± {value.half:,g}"
    if isinstance(value, tuple):
        return " to ".join(f"{v:g}" for v in value) if len(value) == 2 else str(value)
    return "none" if value is None else str(value)


def _moved(before: Interval | None, after: Interval | None) -> tuple[float, float, float]:
    """How far the 5, 50 and 95 % ranges move, km; from or to nought where there is none."""
    one, other = (before or _NOUGHT), (after or _NOUGHT)
    return other.p5 - one.p5, other.p50 - one.p50, other.p95 - one.p95


def _ranges(
    seen: tuple[Observation, ...], question: Question, models: Mapping[str, MissileModel]
) -> dict[str, Interval]:
    """Every missile's longest range, km."""
    found = assess(seen, models, question)
    return {m.missile: m.maximum.km for m in found.missiles if m.maximum is not None}
