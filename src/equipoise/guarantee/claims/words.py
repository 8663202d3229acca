"""What a published claim states, in the ids of the scenario: hardware, places, launch areas, speeds.

A claim speaks in words ("SM-3 of phase 3", "western Russia"); ``words.csv`` says what each stands for.
Everything that a claim leaves out stays out: None, never a default.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from equipoise.scenario import Scenario, Statement

Question = Literal["map", "race", "fly-out", "numbers", "effect"]
"""What is asked: how far is the track? which is faster? is it there in time? how many? so what?"""

INTERCEPTOR, SPEED, NUMBER = "interceptor", "interceptor speed, km/s", "number"
QUOTED, SITE, LAUNCH = "altitude of that speed, km", "site", "launch area"
COMMIT, CAP = "commit, s", "flight cap, s"
_NEVER_STATED = (
    "time to 100 km, s",
    "altitude window, km",
    "boost profile",
    "loft",
    "meeting before burnout",
    "track quality",
    "which interceptors count",
)
"""Operands of reach on which no published claim gives a figure."""
_STATUS = re.compile(r"^(?P<figure>.*?) \((?P<status>[a-z]+)\)(?:; (?P<note>.*))?$", re.DOTALL)


@dataclass(frozen=True)
class Published:
    """One operand as a claim gives it; ``figure`` None = not published."""

    operand: str
    figure: str | None
    status: str
    note: str = ""


@dataclass(frozen=True)
class ClaimVector:
    """The operands of one claim in the ids of the scenario; what is empty was not published.

    ``speeds_km_s`` are the claim's own figures, ``commit_s`` its commit in s from the missile's launch.
    ``named`` and ``placed`` are False where the claim names no interceptor, or no place, that can be run: the
    scenario's own then stand in and it is said.
    """

    interceptors: tuple[str, ...]
    places: tuple[str, ...]
    launch: tuple[str, ...]
    speeds_km_s: tuple[float, ...]
    named: bool
    placed: bool
    commit_s: float | None = None

    @property
    def runs(self) -> bool:
        """Whether there is hardware at a place."""
        return bool(self.interceptors and self.places)


SPEEDS = ("interceptor_burnout_speed", "interceptor_speed_threshold", "interceptor_speed", "speeds")
"""Inputs that state a speed; one that is only shown in a drawing is none of them."""


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
    text = (files("equipoise.guarantee.claims") / "words.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return _Words(tuple((r["kind"], r["word"], tuple(r["ids"].split(";"))) for r in rows))


def place_words() -> tuple[str, ...]:
    """The words by which claims name places, besides ids."""
    return tuple(word for kind, word, _ in _words().rows if kind == "site")


def vector_of(scenario: Scenario, claim: Statement) -> ClaimVector:
    """The claim's operands; where it names no place, those at which the scenario puts its hardware."""
    data = dict(claim.data)
    hardware, sites = data.get("architecture.interceptor", ""), data.get("architecture.sites", "")
    words = _words()
    named = words.first("interceptor", hardware) or _ids(hardware, scenario.interceptors)
    known = tuple(i for i in named if i in scenario.interceptors)
    standing = {*scenario.sites, *scenario.sea_areas}
    stated = words.every("site", sites) or _ids(sites, standing)
    places = tuple(p for p in stated or _placed(scenario, known) if p in standing)
    launch = words.every("launch", " ".join(v for k, v in data.items() if k.startswith("inputs.")))
    commit = figures_in(data.get("inputs.commit_delay", "").split(" s ")[0])
    told = commit[0] if commit else None
    return ClaimVector(known, places, launch, stated_speeds(data), bool(known), bool(stated), told)


def _ids(text: str, known: object) -> tuple[str, ...]:
    """The parts of a list that are ids already."""
    assert isinstance(known, dict | set)
    return tuple(part for part in (p.strip() for p in text.split(",")) if part in known)


def _placed(scenario: Scenario, interceptors: tuple[str, ...]) -> tuple[str, ...]:
    """Where the scenario's architectures put the interceptors."""
    batteries = (b for a in scenario.architectures.values() for b in a.batteries)
    found = (b.site or b.sea_area for b in batteries if b.interceptor in interceptors)
    return tuple(dict.fromkeys(place for place in found if place))


def question_of(claim: Statement) -> Question:
    """From what the claim turns on and what it states; the order matters."""
    data = dict(claim.data)
    turns = {t.strip() for t in data.get("turns_on", "").split(",")}
    if "geometry_only_versus_flyout" in turns and not stated_speeds(data):
        return "map"
    if "inputs.icbm_speed_shown" in data:
        return "race"
    timed = {"interceptor_speed", "commit_time", "site", "boost_time", "which_deterrents_count"}
    if turns & timed or stated_speeds(data):
        return "fly-out"
    return "numbers" if "number" in turns else "effect"


def stated_speeds(data: dict[str, str]) -> tuple[float, ...]:
    """Burnout speeds and thresholds (km/s) that the claim itself gives; one that is only drawn is neither."""
    found = []
    for name in SPEEDS:
        found += figures_in(data.get(f"inputs.{name}", "").split(" km/s")[0])
    return tuple(found)


def figures_in(text: str) -> list[float]:
    """The plain numbers of a list in words."""
    parts = (part.strip() for part in text.split(","))
    return [float(part) for part in parts if part.replace(".", "", 1).isdigit()]


def published_of(claim: Statement, vector: ClaimVector) -> tuple[Published, ...]:
    """Every operand of reach with the figure as published, None where it was not, and its status."""
    data = dict(claim.data)
    speeds = ", ".join(f"{v:g}" for v in vector.speeds_km_s)
    speed = _first(data, *SPEEDS)
    number = data.get("architecture.number")
    hardware, places = ", ".join(vector.interceptors), ", ".join(vector.places)
    own = data.get("architecture.sites", "")
    launch = _first(data, "launch_points", "deterrent", "target")
    return (
        _said(INTERCEPTOR, hardware or None, claim.status, data.get("architecture.interceptor", "")),
        _said(SPEED, speeds or None, speed.status, speed.note),
        Published(QUOTED, None, "unknown"),
        _said(SITE, places if vector.placed else None, claim.status, own),
        Published(LAUNCH, launch.figure, launch.status, launch.note),
        _first(data, "aim", operand="aim"),
        _first(data, "commit_delay", operand=COMMIT),
        Published(CAP, None, "unknown"),
        _said(NUMBER, number, data.get("architecture.number_status", claim.status), ""),
        *(Published(name, None, "unknown") for name in _NEVER_STATED),
    )


def _said(operand: str, figure: str | None, status: str, note: str) -> Published:
    return Published(operand, figure, "unknown" if figure is None else status, note)


def _first(data: dict[str, str], *names: str, operand: str = "") -> Published:
    """The first of some inputs that the claim gives, taken apart into figure, status and note."""
    for name in names:
        found = _STATUS.match(data.get(f"inputs.{name}", ""))
        if found is not None:
            figure = None if found["figure"] == "not known" else found["figure"]
            return Published(operand, figure, found["status"], found["note"] or "")
    return Published(operand, None, "unknown")
