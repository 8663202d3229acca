"""The facts of the accords as values: ceilings, declarations, events, acts, groups, zones, and all of them.

Copy with a change: the indexes are made when they are first asked for. ``tables`` reads what ships.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Literal

from equipoise.accords.parameters import ParameterStore
from equipoise.accords.stationed import Area, Stationed
from equipoise.accords.types import Bounds, Operand

WHOLE_AREA = "ATTU"
"""The whole area of application."""
_CONFLICT = re.compile(r"SOURCES CONFLICT: (\d+) or (\d+)")
"""How a note says that two sources give two figures for one limit."""


@dataclass(frozen=True)
class Ceiling:
    """One limit of one regime for one party, category and zone, with its validity, [from, to)."""

    regime: str
    party: str
    category: str
    zone: str
    kind: Literal["maximum", "minimum"]
    limit: int | None
    active_limit: int | None
    valid_from: date | None
    valid_to: date | None
    in_force: Literal["yes", "never", "unknown"]
    status: str
    source: str
    note: str

    @property
    def version(self) -> str:
        """The vintage: ``from..to``, or ``not dated``."""
        if self.valid_from is None and self.valid_to is None:
            return "not dated"
        return f"{self.valid_from or ''}..{self.valid_to or ''}"

    @cached_property
    def bounds(self) -> Bounds:
        """The limit; where its sources conflict, both of their figures as the ends of an interval."""
        found = _CONFLICT.search(self.note)
        if found is None:
            return Bounds(self.limit or 0, self.limit)
        low, high = sorted((int(found[1]), int(found[2])))
        return Bounds(low, high)

    @cached_property
    def operand(self) -> Operand:
        """The limit as an operand: its number, its vintage and where it was read."""
        exact = self.bounds.exact
        return Operand(
            f"{self.party}, {self.category}, {self.zone}",
            self.limit if exact else None,
            None if exact else self.bounds.low,
            None if exact else self.bounds.high,
            "pieces",
            article=self.regime,
            source=self.source,
            status=self.status,
            version=self.version,
            note=self.note,
        )

    @cached_property
    def active_operand(self) -> Operand:
        """The limit in active units as an operand."""
        name = f"{self.operand.name}, active units"
        return replace(self.operand, value=self.active_limit, low=None, high=None, name=name)

    def holds_on(self, day: date) -> bool:
        """Whether the day lies in its validity; False where the validity was not found."""
        return (
            self.valid_from is not None
            and self.valid_from <= day
            and (self.valid_to is None or day < self.valid_to)
        )


@dataclass(frozen=True, slots=True)
class Declaration:
    """What somebody said that a party had on one day: at least ``low``, at most ``high`` (None: not said).

    ``state`` is empty for pieces in any state; ``zone`` is the whole area of application where none is named.
    """

    party: str
    category: str
    zone: str
    state: str
    low: int
    high: int | None
    as_of: date
    declared_at: date
    declared_by: str
    status: str
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One dated event of a regime."""

    day: date
    regime: str
    says: str
    status: str
    source: str


@dataclass(frozen=True, slots=True)
class Act:
    """What an event did to the duties of a regime: who did it, toward whom, and to which duties.

    ``toward`` empty is all; ``answers`` True where it answers an earlier act of the State it is turned to.
    """

    day: date
    regimes: tuple[str, ...]
    kind: str
    by: str
    toward: str
    covers: str
    answers: bool
    certain: bool
    note: str
    event: Event


@dataclass(frozen=True, slots=True)
class Membership:
    """A member of a group of States over [since, until)."""

    group: str
    member: str
    since: date
    until: date | None
    status: str
    source: str

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone, the zone that it lies within, or another name of the same ground."""

    name: str
    within: str
    same_as: str
    says: str
    status: str
    source: str


@dataclass(frozen=True)
class Facts:
    """All that the accords are judged on. Copy with a change; the indexes are made when first asked for."""

    ceilings: tuple[Ceiling, ...]
    declarations: tuple[Declaration, ...]
    events: tuple[Event, ...]
    parameters: ParameterStore
    memberships: tuple[Membership, ...]
    zones: Mapping[str, Zone]
    acts: tuple[Act, ...]
    sides: tuple[Membership, ...] = ()
    stationed: tuple[Stationed, ...] = ()
    areas: tuple[Area, ...] = ()
    further_kinds: tuple[str, ...] = ()
    further_states: tuple[str, ...] = ()
    holidays: frozenset[date] = frozenset()

    def with_declarations(self, more: Iterable[Declaration]) -> Facts:
        """The facts with further declarations beside those that ship; one said twice is one."""
        return replace(self, declarations=tuple(dict.fromkeys((*self.declarations, *more))))

    def ground(self, zone: str) -> str:
        """The name under which a zone is counted: another name of the same ground is followed."""
        known = self.zones.get(zone)
        return zone if known is None or not known.same_as else known.same_as

    @cached_property
    def declared(self) -> Mapping[tuple[str, str], Mapping[tuple[str, str], tuple[Declaration, ...]]]:
        """Declarations by (party, category), then (ground, state), in an order that no file decides."""
        found: dict[tuple[str, str], dict[tuple[str, str], list[Declaration]]] = {}
        for one in sorted(self.declarations, key=_order):
            of_party = found.setdefault((one.party, one.category), {})
            of_party.setdefault((self.ground(one.zone), one.state), []).append(one)
        return {key: {at: tuple(v) for at, v in inner.items()} for key, inner in found.items()}

    @cached_property
    def within(self) -> Mapping[str, tuple[str, ...]]:
        """The zones that lie directly within each zone, by name."""
        found: dict[str, list[str]] = {}
        for zone in self.zones.values():
            if zone.within and not zone.same_as:
                found.setdefault(zone.within, []).append(zone.name)
        return {zone: tuple(sorted(inner)) for zone, inner in found.items()}

    @cached_property
    def limits(self) -> Mapping[str, tuple[Ceiling, ...]]:
        """Ceilings by regime, in an order that does not hang on that of the file."""
        found: dict[str, list[Ceiling]] = {}
        for one in self.ceilings:
            found.setdefault(one.regime, []).append(one)
        return {name: tuple(sorted(many, key=_ceiling_order)) for name, many in found.items()}

    @cached_property
    def acts_in_order(self) -> tuple[Act, ...]:
        """The acts by day, what is certain last, in an order that does not hang on that of their table."""
        return tuple(sorted(self.acts, key=lambda a: (a.day, a.certain, a.kind, a.by, a.toward)))

    @cached_property
    def limits_on(self) -> Mapping[tuple[str, str, str], tuple[Ceiling, ...]]:
        """Dated ceilings over the whole area by (regime, party, category), the first notified first."""
        found: dict[tuple[str, str, str], list[Ceiling]] = {}
        for one in self.ceilings:
            if one.valid_from is not None and self.ground(one.zone) == WHOLE_AREA and one.limit is not None:
                found.setdefault((one.regime, one.party, one.category), []).append(one)
        return {key: tuple(sorted(many, key=_ceiling_order)) for key, many in found.items()}

    @cached_property
    def members(self) -> Mapping[str, tuple[Membership, ...]]:
        """Memberships by group, in order of the member's name."""
        found: dict[str, list[Membership]] = {}
        for one in self.memberships:
            found.setdefault(one.group, []).append(one)
        return {g: tuple(sorted(many, key=lambda m: (m.member, m.since))) for g, many in found.items()}

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """Every State, group or side that a ceiling, a declaration, a group or an accord names, by name."""
        named = {c.party for c in self.ceilings if not c.party.startswith("any_")}
        named |= {name for m in (*self.memberships, *self.sides) for name in (m.group, m.member)}
        return tuple(sorted(named | set(self.further_states) | {d.party for d in self.declarations}))

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """Every category that a ceiling, a declaration or the table of categories names."""
        named = {c.category for c in self.ceilings} | {d.category for d in self.declarations}
        return tuple(sorted(named | set(self.further_kinds)))


def _order(one: Declaration) -> tuple[Any, ...]:
    high = -1 if one.high is None else one.high
    said = (one.zone, one.state, one.low, high, one.status, one.source)
    return (one.as_of, one.declared_at, one.declared_by, *said)


def _ceiling_order(one: Ceiling) -> tuple[Any, ...]:
    return (one.party, one.category, one.zone, one.valid_from or date.min, one.limit or 0)
