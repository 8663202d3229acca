"""One day judged: its facts, counts and standings, each worked out once and shared by all findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from equipoise.accords.counting import COUNTING_RULES, Tally, words
from equipoise.accords.exceptions import Disposal, adjusted
from equipoise.accords.facts import Act, Ceiling, Facts
from equipoise.accords.inforce import Covers, Standing, Suspension, concerning, standing
from equipoise.accords.types import Bounds, Query, Step

LEVELS = "CFE1990_max_levels"
"""The regime of the maximum levels that each State notified for itself (CFE 1990, Article VII)."""


@dataclass
class Day:
    """The facts as they stand for one day and one state of knowledge."""

    facts: Facts
    as_of: date
    known_at: date
    tally: Tally = field(init=False)
    _standings: dict[tuple[str, Covers, Suspension, tuple[Act, ...]], Standing] = field(default_factory=dict)
    _of_party: dict[tuple[str, str, Covers, Suspension], Standing] = field(default_factory=dict)
    _acts: dict[tuple[str, str, Covers], tuple[Act, ...]] = field(default_factory=dict)
    _counts: dict[tuple[str, str, str, str, Disposal], tuple[Bounds, Step]] = field(default_factory=dict)
    _members: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tally = Tally(self.facts, self.as_of, self.known_at)

    @staticmethod
    def of(query: Query) -> Day:
        return Day(query.facts, query.as_of, query.known_at)

    def standing(self, regime: str, party: str, covers: Covers, suspension: Suspension) -> Standing:
        """Whether a State owes the duties to anybody; a group owes them where one of its members does.

        States without acts of their own share one standing.
        """
        key = (regime, party, covers, suspension)
        if key not in self._of_party:
            members = self.members(party)
            found = [self._standing(regime, m, covers, suspension) for m in members or (party,)]
            self._of_party[key] = next((s for s in found if s.owed), found[0])
        return self._of_party[key]

    def _standing(self, regime: str, state: str, covers: Covers, suspension: Suspension) -> Standing:
        acts = self._own_acts(regime, state, covers)
        key = (regime, covers, suspension if acts else "not provided for", acts)
        if not regime:
            return Standing(
                "in force", True, None, Step("owed while its own term lasts", "", (), "", "in force")
            )
        if key not in self._standings:
            self._standings[key] = standing(self.facts, regime, state, None, self.as_of, covers, suspension)
        return self._standings[key]

    def _own_acts(self, regime: str, state: str, covers: Covers) -> tuple[Act, ...]:
        key = (regime, state, covers)
        if key not in self._acts:
            acts = concerning(self.facts, regime, state, None, self.as_of, covers)
            self._acts[key] = tuple(a for a in acts if a.by)
        return self._acts[key]

    @cached_property
    def states_declared(self) -> frozenset[tuple[str, str, str]]:
        """(party, category, state) of the pieces that are declared in a state which may be an exception."""
        return frozenset(
            (d.party, d.category, d.state)
            for d in self.facts.declarations
            if d.state and d.as_of <= self.as_of and d.declared_at <= self.known_at
        )

    def members(self, group: str) -> tuple[str, ...]:
        """The members of a group on the day, by name; empty for a State or an unknown name."""
        if group not in self._members:
            every = self.facts.members.get(group, ())
            self._members[group] = tuple(m.member for m in every if m.holds_on(self.as_of))
        return self._members[group]

    def same_group(self, group: str) -> tuple[str, ...]:
        """The group and every other name of a group with the very same members on the day."""
        mine = self.members(group)
        return tuple(
            g for g in sorted(self.facts.members) if g == group or (mine and self.members(g) == mine)
        )

    def count(
        self, party: str, category: str, zone: str, state: str = "", disposal: Disposal = "counted"
    ) -> tuple[Bounds, Step]:
        """What a State or a group has, with the treaty's exceptions; a group's is declared or summed."""
        key = (party, category, zone, state, disposal)
        if key not in self._counts:
            members = self.members(party)
            if not members:
                bounds, step = self.tally.count(party, category, zone, state)
                counted = adjusted(self.tally, party, category, zone, state, (bounds, step), disposal)
            else:
                counted = self._group(party, members, category, zone, state, disposal)
            self._counts[key] = counted
        return self._counts[key]

    def _group(
        self, group: str, members: tuple[str, ...], category: str, zone: str, state: str, disposal: Disposal
    ) -> tuple[Bounds, Step]:
        for name in self.same_group(group):
            said, step = self.tally.declared(name, category, self.facts.ground(zone), state)
            if said is not None:
                return said, step
        silent = tuple(m for m in members if not self.tally.heard_of(m, category))
        heard = tuple(m for m in members if m not in silent) if len(silent) < len(members) else ()
        parts = [self.count(member, category, zone, state, disposal) for member in heard]
        low = sum(bounds.low for bounds, _ in parts)
        unbounded = [m for m, (bounds, _) in zip(heard, parts, strict=True) if bounds.high is None]
        high = None if silent or unbounded else sum(bounds.high or 0 for bounds, _ in parts)
        total = Bounds(low, high)
        lacking = f"; nothing is declared for {', '.join(silent)}" if silent else ""
        if unbounded:
            lacking += f"; no upper bound for {', '.join(unbounded)}"
        return total, Step(
            f"sum over the {len(members)} members of {group}",
            COUNTING_RULES,
            (),
            " + ".join(words(bounds) for bounds, _ in parts),
            words(total) + lacking,
            tuple(step for _, step in parts),
        )

    def level(self, party: str, category: str, *, first: bool = False) -> Ceiling | None:
        """A State's maximum level that holds on the day, or (``first``) the first that was ever notified."""
        rows = self.facts.limits_on.get((LEVELS, party, category), ())
        if first:
            return rows[0] if rows else None
        return next((c for c in rows if c.holds_on(self.as_of)), None)

    def levels(self, group: str, category: str, *, first: bool) -> tuple[Bounds, Step]:
        """The sum of the members' maximum levels: as first notified, or as in force on the day."""
        found = [(m, self.level(m, category, first=first)) for m in self.members(group)]
        known = [(m, c) for m, c in found if c is not None and c.limit is not None]
        silent = [m for m, c in found if c is None or c.limit is None]
        total = sum(c.limit or 0 for _, c in known)
        vintage = "as first notified" if first else f"in force on {self.as_of}"
        bounds = Bounds(total, None if silent else total)
        lacking = f"; no level known for {', '.join(silent)}" if silent else ""
        step = Step(
            f"sum of the members' maximum levels, {vintage}",
            "CFE 1990 Art VII",
            tuple(c.operand for _, c in known),
            " + ".join(str(c.limit) for _, c in known),
            words(bounds) + lacking,
        )
        return bounds, step
