"""Published claims read with one model: which question each answers, and for which commits it is right.

No published claim states the commit time. So none can be decided by itself; what can be said is up to which
commit the claimed hardware reaches some flight whatever else is open, and from which commit on it reaches
none. A claim of no reach is right from the second on, a claim of reach up to the first.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from equipoise.guarantee.spans import Span, SpanTable
from equipoise.scenario import Scenario, Statement

Question = Literal["map", "race", "fly-out", "numbers", "effect"]
"""What is asked: how far is the track? which is faster? is it there in time? how many? so what?"""


@dataclass(frozen=True)
class ClaimReading:
    """One published claim and what this model can say of it.

    ``operands`` gives (operand, figure as published), None where it was not. ``spans`` are the commits for
    which each verdict holds, for every speed: the claim's own, and every author's of the same hardware.
    """

    claim: str
    claimant: str
    says: Literal["reach", "no reach", "not said"]
    question: Question
    operands: tuple[tuple[str, str | None], ...]
    spans: tuple[Span, ...]
    finding: str
    """A sentence: cannot be decided and why, and for which commits the claim would be right."""


@dataclass(frozen=True)
class _Words:
    """What the words of the claims stand for in the ids of the scenario."""

    rows: tuple[tuple[str, str, tuple[str, ...]], ...]

    def first(self, kind: str, text: str) -> tuple[str, ...]:
        """The ids of the first word of a kind that the text holds."""
        return next((ids for k, word, ids in self.rows if k == kind and word.lower() in text.lower()), ())

    def every(self, kind: str, text: str) -> tuple[str, ...]:
        """The ids of all words of a kind that the text holds."""
        found = (ids for k, word, ids in self.rows if k == kind and word.lower() in text.lower())
        return tuple(dict.fromkeys(i for ids in found for i in ids))


@cache
def _words() -> _Words:
    text = (files("equipoise.guarantee") / "claim_words.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return _Words(tuple((r["kind"], r["word"], tuple(r["ids"].split(";"))) for r in rows))


def read_claims(scenario: Scenario, *, quick: bool = False) -> tuple[ClaimReading, ...]:
    """Every claim of the scenario's statements, in its order."""
    table = SpanTable(scenario, quick=quick)
    return tuple(_read(scenario, table, s) for s in scenario.statements if s.kind == "claim")


def _read(scenario: Scenario, table: SpanTable, claim: Statement) -> ClaimReading:
    data = dict(claim.data)
    question = _question(data)
    interceptors = _words().first("interceptor", data.get("architecture.interceptor", ""))
    places = _words().every("site", data.get("architecture.sites", ""))
    launch = _words().every("launch", " ".join(v for k, v in data.items() if k.startswith("inputs.")))
    known = [i for i in interceptors if i in scenario.interceptors]
    placed = bool(places)
    places = places or _placed(scenario, known)
    spans = table.spans(known, places, launch, _stated_speeds(data)) if known and places else ()
    says: dict[str, Literal["reach", "no reach", "not said"]] = {"true": "reach", "false": "no reach"}
    said = says.get(data.get("reach", ""), "not said")
    return ClaimReading(
        claim.id,
        data.get("claimant", ""),
        said,
        question,
        _operands(data, interceptors, places if placed else ()),
        spans,
        _finding(question, said, spans, bool(known), placed),
    )


def _placed(scenario: Scenario, interceptors: list[str]) -> tuple[str, ...]:
    """Where the scenario's architectures put the interceptors: taken where a claim names no place."""
    batteries = (b for a in scenario.architectures.values() for b in a.batteries)
    found = (b.site or b.sea_area for b in batteries if b.interceptor in interceptors)
    return tuple(dict.fromkeys(place for place in found if place))


def _question(data: dict[str, str]) -> Question:
    """From what the claim turns on and what it states; the order matters."""
    turns = {t.strip() for t in data.get("turns_on", "").split(",")}
    if "geometry_only_versus_flyout" in turns and not _stated_speeds(data):
        return "map"
    if "inputs.icbm_speed_shown" in data:
        return "race"
    if turns & {"interceptor_speed", "commit_time", "site", "boost_time", "which_deterrents_count"}:
        return "fly-out"
    return "numbers" if "number" in turns else "effect"


def _stated_speeds(data: dict[str, str]) -> tuple[float, ...]:
    """Burnout speeds and thresholds (km/s) that the claim itself gives; one that is only drawn is neither."""
    found = []
    for name in ("inputs.interceptor_burnout_speed", "inputs.interceptor_speed_threshold", "inputs.speeds"):
        figure = data.get(name, "").split(" km/s")[0]
        found += [float(part) for part in figure.split(",") if part.strip().replace(".", "", 1).isdigit()]
    return tuple(found)


def _operands(
    data: dict[str, str], interceptors: tuple[str, ...], places: tuple[str, ...]
) -> tuple[tuple[str, str | None], ...]:
    """The operands of reach and the figure published for each."""
    speeds = ", ".join(f"{v:g}" for v in _stated_speeds(data))
    return (
        ("interceptor", ", ".join(interceptors) or None),
        ("interceptor speed, km/s", speeds or None),
        ("altitude of that speed, km", None),
        ("site", ", ".join(places) or None),
        ("launch area", data.get("inputs.launch_points")),
        ("commit, s", None),
        ("flight cap, s", None),
        ("number", data.get("architecture.number")),
    )


def _finding(question: Question, said: str, spans: tuple[Span, ...], named: bool, placed: bool) -> str:
    """Why it cannot be decided as published, and for which commits it would be right."""
    if question == "numbers":
        return "cannot be decided by reach: it rests on numbers, and no total of warheads is declared"
    if question == "effect":
        return "cannot be decided by reach: it is about what reach would mean, and gives no figures"
    if not spans:
        return f"cannot be decided: no {'place' if named else 'interceptor'} is named that can be run"
    own = tuple(s for s in spans if s.stated) or spans
    head = "a map has no clock" if question == "map" else "the commit time is not published"
    where = "" if placed else ", nor the place (those of the scenario's architectures are taken)"
    return f"cannot be decided: {head}{where}; {right_for(said, own)}"


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
