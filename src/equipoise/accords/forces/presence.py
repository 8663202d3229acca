"""What a side keeps in an area of another's or its own: declared of the year, or read of a longer stay.

Each piece has a stay: permanent, rotating, temporary, or not said. A line that counts permanent forces only
leaves the others out, and takes those of which nothing was said as an interval from none to all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from equipoise.accords.asking import asked_whole, asked_word
from equipoise.accords.counting import operand_of, words
from equipoise.accords.dates import add
from equipoise.accords.docket import Docket
from equipoise.accords.messages import bad_input
from equipoise.accords.sides import asked_party, members_of, side_of
from equipoise.accords.types import Bounds, Operand, Step
from equipoise.scenario import did_you_mean

PERMANENT, ROTATING, TEMPORARY = "permanent", "rotating", "temporary"
STAYS = (PERMANENT, ROTATING, TEMPORARY)
COMBAT = ("battle_tanks", "acv", "artillery", "combat_aircraft", "attack_helicopters")
"""The categories that lines of combat forces are drawn in."""
PEOPLE = "troops"
STATED = ("host", "by", "stay", *COMBAT)
"""The words of a question that states forces in one host's land or area."""


@dataclass(frozen=True, slots=True)
class Presence:
    """One statement of forces in an area: whose, of what, for what stay, how many."""

    party: str
    category: str
    area: str
    stay: str
    bounds: Bounds
    operand: Operand


def areas_of(docket: Docket, side: str) -> tuple[str, ...]:
    """A side's areas on the day; only the one that is asked about, where one is.

    InputError ``unknown-area`` with the nearest.
    """
    host = docket.query.asked.get("host", "").strip()
    known = tuple(dict.fromkeys(a.name for a in docket.facts.areas))
    if host and host not in known:
        near = did_you_mean(host, known)
        raise bad_input("unknown-area", field="--with host", found=host, nearest=near, known=", ".join(known))
    of_side = [a.name for a in docket.facts.areas if a.side == side and a.holds_on(docket.day)]
    return tuple(sorted(a for a in of_side if not host or a == host))


def stated(docket: Docket, side: str, area: str) -> Iterable[Presence]:
    """Forces that the question itself states, in the area that it names."""
    if docket.query.asked.get("host", "").strip() != area:
        return
    by = asked_party(docket.query, "by", side)
    if side_of(docket.facts, by, docket.day) != side:
        return
    stay = asked_word(docket.query, "stay", STAYS, optional=True) or ""
    for category in COMBAT:
        number = asked_whole(docket.query, category, optional=True)
        if number is not None:
            operand = Operand(f"{category}, {area}, by {by}", number, source="the question")
            yield Presence(by, category, area, stay, Bounds(number, number), operand)


def presences(docket: Docket, side: str, area: str) -> tuple[Presence, ...]:
    """All that is said of a side's forces in an area on the day; the host's own are no part of it.

    A statement about the side as a whole stands for all its members in that category.
    """
    states = {side, *members_of(docket.facts, side, docket.day)} - {area}
    found = [*_declared(docket, states, area), *_read(docket, states, area)]
    whole = {p.category for p in found if p.party == side and side != area}
    many = len(states - {side}) > 0
    return tuple(p for p in found if not many or p.party == side or p.category not in whole)


def _declared(docket: Docket, states: set[str], area: str) -> Iterable[Presence]:
    """The latest declaration of each State, category and stay within the year."""
    latest: dict[tuple[str, str, str], date] = {}
    heard = [
        d
        for d in docket.declared(since=add(add(docket.day, -12, "months"), 1, "days"))
        if d.party in states and d.zone == area and (d.state in STAYS or not d.state)
    ]
    for one in heard:
        key = (one.party, one.category, one.state)
        latest[key] = max(one.as_of, latest.get(key, one.as_of))
    for key, day in sorted(latest.items()):
        of_day = [d for d in heard if (d.party, d.category, d.state) == key and d.as_of == day]
        last = max(d.declared_at for d in of_day)
        kept = [d for d in of_day if d.declared_at == last]
        highs = [d.high for d in kept]
        high = None if None in highs else max(h for h in highs if h is not None)
        bounds, operand = Bounds(min(d.low for d in kept), high), operand_of(kept[0])
        if len(kept) > 1:
            said = f"{len(kept)} figures that were declared together"
            operand = replace(operand, value=None, low=bounds.low, high=bounds.high, note=said)
        yield Presence(*key[:2], area, key[2], bounds, operand)


def _read(docket: Docket, states: set[str], area: str) -> Iterable[Presence]:
    for one in docket.facts.stationed:
        known = one.holds_on(docket.day) and one.since <= docket.query.known_at
        if one.party in states and one.zone == area and known:
            name = f"{one.category}, {one.state}, {one.zone}, by {one.party}"
            exact = one.low == one.high
            operand = Operand(
                name,
                one.low if exact else None,
                None if exact else one.low,
                None if exact else one.high,
                source=one.source,
                status=one.status,
                version=f"{one.since}..{one.until or ''}",
                note=one.note,
            )
            bounds = Bounds(one.low, one.high)
            yield Presence(one.party, one.category, one.zone, one.state, bounds, operand)


def counted(
    found: Iterable[Presence],
    categories: tuple[str, ...],
    article: str,
    *,
    stays: str,
    unit: str = "pieces",
) -> tuple[Bounds, Step]:
    """The sum over all that is said of some categories; nothing said is nothing known, never zero.

    ``stays`` is ``any``, or ``permanent``: then what rotates is left out, and what has no stay may count. A
    category of which nothing is said leaves the sum without an upper bound.
    """
    every = [p for p in found if p.category in categories]
    kept = [p for p in every if stays == "any" or p.stay in (PERMANENT, "")]
    rule = f"{' and '.join(categories)} in the area, {stays} stay"
    silent = [c for c in categories if not any(p.category == c for p in every)]
    low = sum(p.bounds.low for p in kept if stays == "any" or p.stay == PERMANENT)
    highs = [p.bounds.high for p in kept]
    open_ended = None in highs or silent
    bounds = Bounds(low, None if open_ended else sum(h for h in highs if h is not None))
    left = tuple(
        Step("set aside: not permanent", article, (replace(p.operand, unit=unit),), "", "", (), taken=False)
        for p in every
        if p not in kept
    )
    operands = tuple(replace(p.operand, unit=unit) for p in kept)
    said = words(bounds) + (f"; nothing is said of {', '.join(silent)}" if silent else "")
    return bounds, Step(rule, article, operands, " + ".join(words(p.bounds) for p in kept), said, left)
