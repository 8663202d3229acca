"""Public claims of excess beside the findings: which reading gives the figure, and what nothing gives.

A claim is no holding and is never added to one. A figure with a qualifier ("almost", "more than") is taken as
rounded to its own last digit that is not zero; one without is taken as exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from equipoise.accords.dates import add, first_day
from equipoise.accords.tables import rows, whole
from equipoise.accords.types import Finding

COLUMNS = (
    "id", "party", "zone", "category", "as_of", "kind", "value", "qualifier", "claimed_by", "status",
    "source", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """What one State said that another (or itself) has too much of, or has."""

    id: str
    party: str
    zone: str
    category: str
    as_of: date
    kind: str
    value: int
    qualifier: str
    claimed_by: str
    status: str
    source: str


@dataclass(frozen=True, slots=True)
class ClaimReading:
    """A claim beside one finding: the excess that the reading gives, and whether it is the one claimed."""

    claim: Claim
    reading: str | None
    computed: int | None
    matches: bool | None

    @property
    def difference(self) -> int | None:
        """Claimed less computed."""
        return None if self.computed is None else self.claim.value - self.computed


@cache
def load_claims() -> tuple[Claim, ...]:
    """The claims that ship, in the order of their file."""
    return tuple(_claims())


def read_claims(findings: Sequence[Finding], as_of: date) -> tuple[ClaimReading, ...]:
    """Each claim made in the year up to ``as_of``, beside every finding on the same party and category."""
    found = []
    for claim in load_claims():
        if not claim.as_of <= as_of < add(claim.as_of, 12, "months"):
            continue
        for finding in findings:
            if (finding.party, finding.category, finding.zone) == (claim.party, claim.category, claim.zone):
                found.append(_beside(claim, finding))
    return tuple(found)


def claims_json(read: Sequence[ClaimReading]) -> list[dict[str, Any]]:
    """One row a claim: what was claimed, what each reading gives, and the reading that gives it, if any."""
    out = []
    for claim in dict.fromkeys(r.claim for r in read):
        beside = [r for r in read if r.claim == claim]
        near = min((r for r in beside if r.difference is not None), key=_distance, default=None)
        out.append(
            {
                "id": claim.id,
                "party": claim.party,
                "category": claim.category,
                "zone": claim.zone,
                "claimed_by": claim.claimed_by,
                "kind": claim.kind,
                "claimed": claim.value,
                "qualifier": claim.qualifier or None,
                "readings": [
                    {"reading": r.reading, "computed": r.computed, "matches": r.matches} for r in beside
                ],
                "matched_by": next((r.reading for r in beside if r.matches), None),
                "nearest": None if near is None else near.reading,
                "difference": None if near is None else near.difference,
                "source": claim.source,
                "status": claim.status,
            }
        )
    return out


def _distance(read: ClaimReading) -> int:
    return abs(read.difference or 0)


def _beside(claim: Claim, finding: Finding) -> ClaimReading:
    if finding.margin is None or claim.kind != "excess":
        return ClaimReading(claim, finding.reading, None, None)
    computed = -finding.margin
    grain = _grain(claim.value) if claim.qualifier else 1
    return ClaimReading(claim, finding.reading, computed, _rounded(computed, grain) == claim.value)


def _grain(value: int) -> int:
    """The place of the last digit that is not zero: 5,000 is good to thousands, 1,500 to hundreds."""
    grain = 1
    while value and value % (grain * 10) == 0:
        grain *= 10
    return grain


def _rounded(value: int, grain: int) -> int:
    return (value + grain // 2) // grain * grain


def _claims() -> Iterable[Claim]:
    for row, line in rows("claims_of_excess.csv", COLUMNS):
        value = whole(row["value"], file="claims_of_excess.csv", line=line, field="value")
        if value is not None:
            day = first_day(row["as_of"])
            names = ("claimed_by", "status", "source")
            who, status, source = (row[name] for name in names)
            yield Claim(
                row["id"], row["party"], row["zone"], row["category"], day, row["kind"], value,
                row["qualifier"], who, status, source,
            )  # fmt: skip
