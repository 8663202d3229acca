"""Counting: which declarations speak for a day, and what they leave open over nested zones.

A declaration speaks for its day and the year after it, until the exchange of a year later is due; the latest
one counts. Of one day, a later statement by the same declarer corrects the earlier; two that differ make an
interval. What is not declared is bounded by what is: a part by its whole, a whole by its parts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from equipoise.accords.dates import add
from equipoise.accords.facts import Declaration, Facts
from equipoise.accords.types import Bounds, Operand, Step

SPEAKS_FOR_MONTHS = 12
"""A declaration older than this is overtaken by an annual exchange that is not in the record."""
PART_OF = {"hacv": "aifv_plus_hacv", "aifv_plus_hacv": "acv", "aifv_internal_security": "acv"}
"""A sub-category and the category that holds it (CFE 1990, Article II.1D)."""
WHOLE_AREA = "ATTU"
COUNTING_RULES = "CFE 1990 Art III"


class Tally:
    """Counts over one set of facts, for one day and one state of knowledge; each is worked out once."""

    def __init__(self, facts: Facts, day: date, known_at: date) -> None:
        self.facts, self.day, self.known_at = facts, day, known_at
        self._oldest = add(day, -SPEAKS_FOR_MONTHS, "months")
        self._done: dict[tuple[str, str, str, str], tuple[Bounds, Step]] = {}
        self._inner: dict[str, tuple[str, ...]] = {}

    def ground(self, zone: str) -> str:
        """The name under which a zone is counted: another name of the same ground is followed."""
        known = self.facts.zones.get(zone)
        return zone if known is None or not known.same_as else known.same_as

    def count(self, party: str, category: str, zone: str, state: str = "") -> tuple[Bounds, Step]:
        """What ``party`` has of ``category`` in ``zone`` (``state`` empty: in any state), with its step."""
        key = (party, category, self.ground(zone), state)
        if key not in self._done:
            self._done[key] = self._count(*key)
        return self._done[key]

    def _count(self, party: str, category: str, zone: str, state: str) -> tuple[Bounds, Step]:
        said, step = self.declared(party, category, zone, state)
        if said is not None and said.exact:
            return said, step
        low, high = (0, None) if said is None else (said.low, said.high)
        parts: list[Step] = [step]
        for other, what, above in self._around(party, category, zone, state):
            bounds, inner = other
            if above and bounds.high is not None and (high is None or bounds.high < high):
                high = bounds.high
                parts.append(
                    Step(f"at most the whole: {what}", COUNTING_RULES, result=str(high), children=(inner,))
                )
            if not above and bounds.low > low:
                low = bounds.low
                parts.append(
                    Step(f"at least its parts: {what}", COUNTING_RULES, result=str(low), children=(inner,))
                )
        bounds = Bounds(low, high)
        if len(parts) == 1 and said is None:
            return bounds, step
        return bounds, Step(
            f"bounds for {party}", COUNTING_RULES, result=words(bounds), children=tuple(parts)
        )

    def _around(
        self, party: str, category: str, zone: str, state: str
    ) -> Iterable[tuple[tuple[Bounds, Step], str, bool]]:
        """Counts that bound this one: of what holds it (True) and of what it holds (False)."""
        if state:
            yield self.count(party, category, zone), "pieces in any state", True
            return
        if category in PART_OF:
            yield self.count(party, PART_OF[category], zone), PART_OF[category], True
        known = self.facts.zones.get(zone)
        if known is not None and known.within:
            yield self._above(party, category, known.within), known.within, True
        yield self._below(party, category, zone), "zones and states within it", False

    def _above(self, party: str, category: str, zone: str) -> tuple[Bounds, Step]:
        """The nearest zone around that was declared; nothing is known from above where none was."""
        said, step = self.declared(party, category, zone, "")
        if said is not None and said.high is not None:
            return said, step
        known = self.facts.zones.get(zone)
        if known is not None and known.within:
            return self._above(party, category, known.within)
        return Bounds(0, None), step

    def _below(self, party: str, category: str, zone: str) -> tuple[Bounds, Step]:
        """The sum of the least that the zones within were declared to hold, or of the states in this one."""
        total, steps = 0, []
        for inner in self._within(zone):
            said, step = self.declared(party, category, inner, "")
            if said is None:
                bounds, step = self._below(party, category, inner)
                said = bounds if bounds.low else None
            if said is not None:
                total += said.low
                steps.append(step)
        by_state = [
            (bounds, step)
            for state in ("active", "stored")
            for bounds, step in (self.declared(party, category, zone, state),)
            if bounds is not None
        ]
        in_states = sum(bounds.low for bounds, _ in by_state)
        if in_states > total:
            total, steps = in_states, [step for _, step in by_state]
        return Bounds(total, None), Step(
            "sum of parts", COUNTING_RULES, result=str(total), children=tuple(steps)
        )

    def _within(self, zone: str) -> tuple[str, ...]:
        if zone not in self._inner:
            zones = self.facts.zones.values()
            self._inner[zone] = tuple(sorted(z.name for z in zones if z.within == zone and not z.same_as))
        return self._inner[zone]

    def declared(self, party: str, category: str, zone: str, state: str) -> tuple[Bounds | None, Step]:
        """What the declarations that speak for the day say; None where none does, with those set aside."""
        heard: list[Declaration] = []
        for one in self.facts.declared.get((party, category), ()):
            if one.state == state and one.as_of <= self.day and self.ground(one.zone) == zone:
                heard.append(one)
        rule = f"declared {state or 'holdings'} of {party}"
        speaking = [d for d in heard if d.declared_at <= self.known_at and d.as_of > self._oldest]
        if not speaking:
            return None, Step(
                rule, COUNTING_RULES, _set_aside(heard, self), result="no declaration speaks for it"
            )
        newest = max(d.as_of for d in speaking)
        of_day = _corrected([d for d in speaking if d.as_of == newest])
        low = min(d.low for d in of_day)
        highs = [d.high for d in of_day]
        high = None if None in highs else max(h for h in highs if h is not None)
        bounds = Bounds(low, high)
        operands = tuple(_operand(d) for d in of_day)
        return bounds, Step(rule, COUNTING_RULES, operands, result=words(bounds))


def _corrected(of_day: list[Declaration]) -> list[Declaration]:
    """Of one day: the last word of each declarer; what one declarer said at one time all stays."""
    last = {
        d.declared_by: max(x.declared_at for x in of_day if x.declared_by == d.declared_by) for d in of_day
    }
    return [d for d in of_day if d.declared_at == last[d.declared_by]]


def _set_aside(heard: list[Declaration], tally: Tally) -> tuple[Operand, ...]:
    """The last declaration that does not speak for the day, with the reason."""
    if not heard:
        return ()
    last = max(heard, key=lambda d: (d.as_of, d.declared_at))
    late = last.declared_at > tally.known_at
    return (
        _operand(last, "declared only later" if late else "older than a year: an exchange has passed since"),
    )


def _operand(one: Declaration, note: str = "") -> Operand:
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
    if bounds.exact:
        return str(bounds.low)
    return f"at least {bounds.low}" if bounds.high is None else f"{bounds.low} to {bounds.high}"
