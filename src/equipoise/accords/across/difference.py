"""Two accords or drafts compared by their consequences: findings that change, headroom won and lost.

Headroom is what one limit allows beyond the other, whether or not anybody declared what he has; where that is
known too, the margins and verdicts stand beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from equipoise.accords.across.consequences import Consequence, consequences
from equipoise.accords.facts import Facts


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that either of the two limits: what it comes to under each (None: not limited there)."""

    party: str
    category: str
    zone: str
    a: Consequence | None
    b: Consequence | None

    @property
    def headroom(self) -> int | None:
        """What B allows beyond A; None where one of them sets no number."""
        if self.a is None or self.b is None or self.a.limit is None or self.b.limit is None:
            return None
        return self.b.limit - self.a.limit

    @property
    def verdict_changes(self) -> bool:
        """Whether both judge it, and differently."""
        return self.a is not None and self.b is not None and self.a.verdict != self.b.verdict

    @property
    def same(self) -> bool:
        """Whether both come to the very same."""
        if self.a is None or self.b is None:
            return False
        return (self.a.limit, self.a.verdict, self.a.margin) == (
            self.b.limit,
            self.b.verdict,
            self.b.margin,
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs between two, on one day."""

    a: str
    b: str
    as_of: date
    changes: tuple[Change, ...]
    alike: int

    def headroom_of(self, party: str) -> tuple[int, int]:
        """(won, lost) by a party from A to B, in pieces over all categories and grounds."""
        moved = [c.headroom for c in self.changes if c.party == party and c.headroom is not None]
        return sum(m for m in moved if m > 0), -sum(m for m in moved if m < 0)

    @property
    def parties(self) -> tuple[str, ...]:
        return tuple(sorted({c.party for c in self.changes}))


def difference(a: str, b: str, facts: Facts, day: date) -> Difference:
    """A and B side by side on a day. InputError for a name that nothing bears."""
    first, second = consequences(a, facts, day), consequences(b, facts, day)
    keys = sorted({*first, *second})
    rows = tuple(Change(*key, first.get(key), second.get(key)) for key in keys)
    changed = tuple(row for row in rows if not row.same)
    return Difference(a, b, day, changed, len(rows) - len(changed))
