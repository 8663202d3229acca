"""What each measure that was on the table would fix: our reading of it, in data, and what it does to a box.

A measure is words; ``effects.csv`` says which operand it fixes, how that is verified, its remedy and
its exit. What it does is one or more of a closed list of effects, applied to both sides alike. A measure that
names no parameter has none, changes no verdict, and that is said.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Literal, cast, get_args

from equipoise.scenario import Architecture, Figure, InterceptorClaim, InterceptorModel, Scenario, Statement

Effect = Literal[
    "claim",
    "ceiling",
    "without",
    "seas",
    "declared-places",
    "declared-sensors",
    "own-land",
    "numbers",
    "seen",
]
"""``claim``: only the owner's declared figures count. ``ceiling``: no speed above a figure. ``without``: an
interceptor is given up. ``seas``: no ship in named boxes. ``declared-places``: no ship outside the declared
boxes. ``declared-sensors``: no commit before a declared sensor warns. ``own-land``: meetings over one's own
members' land only. ``numbers``: numbers are declared. ``seen``: a told speed is verified."""
ON_REACH: tuple[Effect, ...] = (
    "claim",
    "ceiling",
    "without",
    "seas",
    "declared-places",
    "declared-sensors",
    "own-land",
)
"""Effects that can move a verdict on reach."""


@dataclass(frozen=True)
class Measure:
    """One measure as it was proposed, and what it would do. ``status`` is that of our reading."""

    id: str
    text: str
    by: str
    party: str | None
    answer: str
    parameters: tuple[str, ...]
    source: str
    said_status: str
    """Of the proposal itself, as the facts have it."""
    effects: tuple[Effect, ...]
    figure: float | None
    ids: tuple[str, ...]
    """Interceptors or sea areas that it is about; empty for all."""
    fixes: tuple[str, ...]
    verified_by: str
    remedy: str
    exit: str
    gives: str
    """What its taker gives besides people, in words."""
    status: str
    note: str

    @property
    def on_reach(self) -> bool:
        """Whether it can move a verdict on reach."""
        return any(e in ON_REACH for e in self.effects)


def measures_of(scenario: Scenario) -> tuple[Measure, ...]:
    """The scenario's measures in its order; one of which nothing is known here fixes nothing."""
    return tuple(_measure(s) for s in scenario.statements if s.kind == "measure")


@cache
def _rows() -> dict[str, dict[str, str]]:
    text = (files("equipoise.guarantee.measures") / "effects.csv").read_text(encoding="utf-8")
    return {row["measure"]: row for row in csv.DictReader(text.splitlines())}


_UNREAD = {
    "effects": "",
    "figure": "",
    "ids": "",
    "fixes": "",
    "verified_by": "not said",
    "remedy": "not said",
    "exit": "not said",
    "gives": "not said",
    "status": "unknown",
    "note": "what it would fix is not described here",
}


def _measure(statement: Statement) -> Measure:
    data, row = dict(statement.data), _rows().get(statement.id, _UNREAD)
    return Measure(
        id=statement.id,
        text=statement.text,
        by=data.get("by", ""),
        party=statement.party,
        answer=data.get("answer", ""),
        parameters=tuple(p.strip() for p in data.get("parameters", "").split(",") if p.strip()),
        source=statement.source,
        said_status=statement.status,
        effects=tuple(_effect(e) for e in _listed(row["effects"])),
        figure=float(row["figure"]) if row["figure"] else None,
        ids=_listed(row["ids"]),
        fixes=_listed(row["fixes"]),
        verified_by=row["verified_by"],
        remedy=row["remedy"],
        exit=row["exit"],
        gives=row["gives"],
        status=row["status"],
        note=row["note"],
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(";") if part)


def _effect(word: str) -> Effect:
    if word not in get_args(Effect):
        raise ValueError(f"effects.csv: no effect is called {word}")
    return cast("Effect", word)


def under(scenario: Scenario, measures: Iterable[Measure]) -> Scenario:
    """The scenario's interceptors and batteries as the measures would leave them; vectors follow from it."""
    for measure in measures:
        if "claim" in measure.effects:
            scenario = _models(scenario, measure, _owners_claim)
        if "ceiling" in measure.effects:
            scenario = _models(scenario, measure, _slowed)
        if "without" in measure.effects:
            scenario = _batteries(scenario, lambda a, m=measure: _kept(a, "interceptor", m.ids))
        if "seas" in measure.effects:
            scenario = _batteries(scenario, lambda a, m=measure: _kept(a, "sea_area", m.ids))
    return scenario


def _models(scenario: Scenario, measure: Measure, change: object) -> Scenario:
    assert callable(change)
    models = {
        name: change(model, measure) if not measure.ids or name in measure.ids else model
        for name, model in scenario.interceptors.items()
    }
    return replace(scenario, interceptors=models)


def _owners_claim(model: InterceptorModel, measure: Measure) -> InterceptorModel:
    """Only the claim that stands as declared."""
    return replace(model, claims=tuple(c for c in model.claims if c.id == model.declared_claim))


def _slowed(model: InterceptorModel, measure: Measure) -> InterceptorModel:
    """No claim above the ceiling."""
    most = measure.figure
    assert most is not None
    return replace(model, claims=tuple(_at_most(c, most) for c in model.claims))


def _at_most(claim: InterceptorClaim, most_km_s: float) -> InterceptorClaim:
    figure = claim.speed_km_s

    def cut(value: float | None) -> float | None:
        return None if value is None else min(value, most_km_s)

    slow: Figure = replace(figure, value=cut(figure.value), low=cut(figure.low), high=cut(figure.high))
    return replace(claim, speed_km_s=slow)


def _batteries(scenario: Scenario, change: object) -> Scenario:
    assert callable(change)
    return replace(scenario, architectures={n: change(a) for n, a in scenario.architectures.items()})


def _kept(architecture: Architecture, field: str, ids: tuple[str, ...]) -> Architecture:
    """Without the batteries whose interceptor, or sea area, is among the ids."""
    kept = tuple(b for b in architecture.batteries if getattr(b, field) not in ids)
    return replace(architecture, batteries=kept)
