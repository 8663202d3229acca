"""Counting: which declarations speak for a day, and what they leave open over nested zones.

A declaration speaks for its day and the year after it, until the exchange of a year later is due; the latest
one counts. Of one day, a later statement by the same declarer corrects the earlier; two that differ make an
interval. What is not declared is bounded by what is: a part by its whole, a whole by its parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from equipoise.accords.dates import add
from equipoise.accords.facts import Declaration, Facts
from equipoise.accords.types import Bounds, Operand, Step

SPEAKS_FOR_MONTHS = 12
"""A declaration older than this is overtaken by an annual exchange that is not in the record."""
PART_OF = {"hacv": "aifv_plus_hacv", "aifv_plus_hacv": "acv"}
"""A sub-category and the category that holds it (CFE 1990, Article II.1D)."""
WHOLE_OF = {whole: part for part, whole in PART_OF.items()}
COUNTING_RULES = "CFE 1990 Art III"
_SILENT = Bounds(0, None)
_NOTHING: Mapping[tuple[str, str], tuple[Declaration, ...]] = {}

Counted = tuple[Bounds, Step]


class Tally:
    """Counts over one set of facts, for one day and one state of knowledge; each is worked out once."""

    def __init__(self, facts: Facts, day: date, known_at: date) -> None:
        self.facts, self.day, self.known_at = facts, day, known_at
        self._oldest = add(day, -SPEAKS_FOR_MONTHS, "months")
        self._done: dict[tuple[str, str, str, str], Counted] = {}
        self._silence: dict[tuple[str, str], Step] = {}
        self._heard: dict[tuple[str, str], bool] = {}

    def count(self, party: str, category: str, zone: str, state: str = "") -> Counted:
        """What ``party`` has of ``category`` in ``zone`` (``state`` empty: in any state), with its step."""
        key = (party, category, self.facts.ground(zone), state)
        if key not in self._done:
            self._done[key] = self._count(*key)
        return self._done[key]

    def _count(self, party: str, category: str, zone: str, state: str) -> Counted:
        if not self.heard_of(party, category):
            return _SILENT, self._no_word(party, state)
        said, step = self.declared(party, category, zone, state)
        if said is not None and said.exact:
            return said, step
        low, high = (0, None) if said is None else (said.low, said.high)
        parts: list[Step] = [step]
        for what, bounds, inner in self._whole(party, category, zone, state):
            if bounds.high is not None and (high is None or bounds.high < high):
                high = bounds.high
                parts.append(_bounding(f"at most the whole: {what}", high, inner))
        for what, found in self._parts(party, category, zone, state):
            least = sum(bounds.low for bounds, _ in found)
            if least > low:
                low = least
                parts.append(_bounding(f"at least its parts: {what}", low, _sum(found)))
        if len(parts) == 1:
            return Bounds(low, high), step
        bounds = Bounds(low, high)
        return bounds, Step(f"bounds for {party}", COUNTING_RULES, (), "", words(bounds), tuple(parts))

    def heard_of(self, party: str, category: str) -> bool:
        """Whether by then anything at all had been declared that could bound this category of the party."""
        key = (party, category)
        if key not in self._heard:
            chain, up, down = {category}, PART_OF.get(category), WHOLE_OF.get(category)
            while up is not None:
                chain.add(up)
                up = PART_OF.get(up)
            if down is not None:
                chain.add(down)
            self._heard[key] = any(
                d.as_of <= self.day and d.declared_at <= self.known_at
                for c in chain
                for many in self.facts.declared.get((party, c), _NOTHING).values()
                for d in many
            )
        return self._heard[key]

    def _whole(self, party: str, category: str, zone: str, state: str) -> Iterable[tuple[str, Bounds, Step]]:
        """Counts of what holds this one: all states, the category above, the nearest zone around."""
        if state:
            yield "pieces in any state", *self.count(party, category, zone)
            return
        if category in PART_OF:
            yield PART_OF[category], *self.count(party, PART_OF[category], zone)
        around = self.facts.zones[zone].within if zone in self.facts.zones else ""
        while around:
            said, step = self.declared(party, category, around, "")
            if said is not None and said.high is not None:
                yield around, said, step
                return
            around = self.facts.zones[around].within if around in self.facts.zones else ""

    def _parts(self, party: str, category: str, zone: str, state: str) -> Iterable[tuple[str, list[Counted]]]:
        """Counts of what this one holds: zones within, states, the sub-category."""
        held = self.facts.declared.get((party, category), _NOTHING)
        if state:
            return
        if len(held) > ((zone, "") in held):
            yield "zones within it", self._below(party, category, zone)
            states = [self.declared(party, category, zone, s) for s in ("active", "stored")]
            yield "active and stored", [(b, s) for b, s in states if b is not None]
        if category in WHOLE_OF:
            said, step = self.declared(party, WHOLE_OF[category], zone, "")
            if said is not None:
                yield WHOLE_OF[category], [(said, step)]

    def _below(self, party: str, category: str, zone: str) -> list[Counted]:
        """What the zones within were declared to hold, the largest that were; side by side none overlaps."""
        found: list[Counted] = []
        for inner in self.facts.within.get(zone, ()):
            said, step = self.declared(party, category, inner, "")
            if said is not None:
                found.append((said, step))
            else:
                found += self._below(party, category, inner)
        return found

    def declared(self, party: str, category: str, zone: str, state: str) -> tuple[Bounds | None, Step]:
        """What the declarations that speak for the day say; None where none does, with the last set aside."""
        heard = self.facts.declared.get((party, category), _NOTHING).get((zone, state), ())
        if not heard:
            return None, self._no_word(party, state)
        speaking = [d for d in heard if self._oldest < d.as_of <= self.day and d.declared_at <= self.known_at]
        if not speaking:
            return None, self._set_aside(party, state, heard)
        newest = max(d.as_of for d in speaking)
        of_day = _corrected([d for d in speaking if d.as_of == newest])
        low, highs = min(d.low for d in of_day), [d.high for d in of_day]
        bounds = Bounds(low, None if None in highs else max(h for h in highs if h is not None))
        operands = tuple(operand_of(d) for d in of_day)
        return bounds, Step(_rule(party, state), COUNTING_RULES, operands, "", words(bounds))

    def _no_word(self, party: str, state: str) -> Step:
        if (party, state) not in self._silence:
            rule = _rule(party, state)
            self._silence[(party, state)] = Step(rule, COUNTING_RULES, (), "", "no declaration speaks for it")
        return self._silence[(party, state)]

    def _set_aside(self, party: str, state: str, heard: tuple[Declaration, ...]) -> Step:
        """A failed branch that is kept: the last declaration, which is too old to speak.

        What was declared only after ``known_at`` is not even mentioned: it must not change a finding.
        """
        past = [d for d in heard if d.as_of <= self.day and d.declared_at <= self.known_at]
        if not past:
            return self._no_word(party, state)
        last = max(past, key=lambda d: (d.as_of, d.declared_at))
        operands = (operand_of(last, "older than a year: an exchange has passed since"),)
        return Step(
            _rule(party, state), COUNTING_RULES, operands, "", "no declaration speaks for it", (), False
        )


def operand_of(one: Declaration, note: str = "") -> Operand:
    """A declaration as an operand: its number or bounds, and who said it of which day, when."""
    exact = one.low == one.high
    return Operand(
        f"{one.category}{f', {one.state}' if one.state else ''}, {one.zone}",
        one.low if exact else None,
        None if exact else one.low,
        None if exact else one.high,
        "pieces",
        "",
        one.source,
        one.status,
        f"as of {one.as_of}, declared {one.declared_at} by {one.declared_by}",
        note or one.note,
    )


def words(bounds: Bounds) -> str:
    """``334``, ``12 to 15``, ``at least 12``."""
    if bounds.low == bounds.high:
        return str(bounds.low)
    return f"at least {bounds.low}" if bounds.high is None else f"{bounds.low} to {bounds.high}"


def _rule(party: str, state: str) -> str:
    return f"declared {state or 'holdings'} of {party}"


def _bounding(rule: str, bound: int, inner: Step) -> Step:
    return Step(rule, COUNTING_RULES, (), "", str(bound), (inner,))


def _sum(parts: list[Counted]) -> Step:
    """The step of a sum; one part alone is its own step."""
    if len(parts) == 1:
        return parts[0][1]
    total = sum(bounds.low for bounds, _ in parts)
    added = " + ".join(str(bounds.low) for bounds, _ in parts)
    return Step("sum of parts", COUNTING_RULES, (), added, str(total), tuple(step for _, step in parts))


def _corrected(of_day: list[Declaration]) -> list[Declaration]:
    """Of one day: the last word of each declarer; what one declarer said at one time all stays."""
    if len(of_day) == 1:
        return of_day
    last: dict[str, date] = {}
    for one in of_day:
        last[one.declared_by] = max(one.declared_at, last.get(one.declared_by, date.min))
    return [d for d in of_day if d.declared_at == last[d.declared_by]]
