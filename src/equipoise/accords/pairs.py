"""Who owes whom: the pairs of States of one regime, gathered into classes that stand alike.

Two States stand alike where their own acts are the same and nobody singled one of them out, so a few classes
say what hundreds of pairs would.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from equipoise.accords.day import Day
from equipoise.accords.facts import Act
from equipoise.accords.inforce import SUSPENSIONS, Covers, Standing, is_by, standing

Kind = tuple[tuple[Act, ...], str]
Read = tuple[tuple[str | None, Standing], ...]
"""How duties stand under each reading; the text as written first."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """One class of obligors, one of obligees, and how duties stand between them under each reading."""

    obligors: tuple[str, ...]
    obligees: tuple[str, ...]
    covers: Covers
    readings: Read

    @property
    def differs(self) -> bool:
        return len({s.owed for _, s in self.readings}) > 1


def classes(day: Day, regime: str, states: Sequence[str]) -> dict[Kind, tuple[str, ...]]:
    """The States gathered by their own acts of the regime up to the day; a State singled out stands alone."""
    acts = [a for a in day.facts.acts_in_order if regime in a.regimes and a.by and a.day <= day.as_of]
    singled = {a.toward for a in acts if a.toward}
    found: dict[Kind, list[str]] = {}
    for state in sorted(states):
        own = tuple(a for a in acts if is_by(day.facts, a, state))
        found.setdefault((own, state if state in singled else ""), []).append(state)
    return {kind: tuple(members) for kind, members in found.items()}


def between(day: Day, regime: str, obligor: str, obligee: str, covers: Covers) -> Read:
    """((reading, standing), ...) of one pair: the text as written, then each reading of a suspension."""
    base = standing(day.facts, regime, obligor, obligee, day.as_of, covers)
    read: list[tuple[str | None, Standing]] = [(None, base)]
    for name, suspension in SUSPENSIONS:
        read.append((name, standing(day.facts, regime, obligor, obligee, day.as_of, covers, suspension)))
    return tuple(read)


def pairings(day: Day, regime: str, states: Sequence[str], covers: Covers) -> tuple[Pairing, ...]:
    """Every ordered pair of classes; within a class its members toward one another."""
    found = []
    gathered = classes(day, regime, states)
    for mine in gathered.values():
        for yours in gathered.values():
            if mine == yours and len(mine) == 1:
                continue
            other = yours[1] if mine == yours else yours[0]
            found.append(Pairing(mine, yours, covers, between(day, regime, mine[0], other, covers)))
    return tuple(found)


def pairings_json(paired: Sequence[Pairing]) -> list[dict[str, Any]]:
    """One row a pair of classes: for each reading the status and whether the duties are owed."""
    return [
        {
            "obligors": list(p.obligors),
            "obligees": list(p.obligees),
            "covers": p.covers,
            "readings": [
                {
                    "reading": name,
                    "status": s.status,
                    "owed": s.owed,
                    "since": None if s.since is None else s.since.isoformat(),
                }
                for name, s in p.readings
            ],
        }
        for p in paired
    ]
