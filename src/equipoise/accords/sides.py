"""The sides of a negotiation and their members on a day: who acts for whom, and whose land is whose."""

from __future__ import annotations

from datetime import date

from equipoise.accords.facts import Facts
from equipoise.accords.messages import bad_input
from equipoise.accords.types import Query
from equipoise.scenario import did_you_mean


def sides(facts: Facts, day: date) -> tuple[str, ...]:
    """The sides that have a member on the day, in alphabetical order."""
    return tuple(sorted({m.group for m in facts.sides if m.holds_on(day)}))


def side_of(facts: Facts, name: str, day: date) -> str | None:
    """The side that a State belongs to on the day, or the side itself; None for anybody else."""
    for one in facts.sides:
        if one.holds_on(day) and name in (one.group, one.member):
            return one.group
    return None


def members_of(facts: Facts, name: str, day: date) -> tuple[str, ...]:
    """A side's members on the day, by name; a State that is no side stands for itself."""
    found = tuple(sorted(m.member for m in facts.sides if m.group == name and m.holds_on(day)))
    return found or (name,)


def other_side(facts: Facts, side: str, day: date) -> str | None:
    """The other of the two sides; None where there is none on the day."""
    return next((s for s in sides(facts, day) if s != side), None)


def asked_party(query: Query, name: str, unnamed: str) -> str:
    """The party that the question names by ``--with``; ``unnamed`` where it names none."""
    text = query.asked.get(name, "").strip()
    return find_party(query.facts, text, f"--with {name}") if text else unnamed


def find_party(facts: Facts, name: str, field: str = "--party") -> str:
    """The State, group or side of that name. InputError ``unknown-party-of-accord`` with the nearest."""
    if name in facts.parties:
        return name
    near = did_you_mean(name, facts.parties)
    known = ", ".join(
        (*dict.fromkeys(m.group for m in facts.sides), "and what `equipoise keep schema` lists")
    )
    raise bad_input("unknown-party-of-accord", field=field, found=name, nearest=near, known=known)
