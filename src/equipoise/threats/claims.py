"""What States and authors said of a missile's range, beside what the flights say.

A claim's date is the first one in the text that says who made it. With ``known_at`` only claims of a stated
day up to then are shown; a claim of which only the year is known counts from that year's end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from equipoise.scenario import MissileModel
from equipoise.threats.reach import PayloadRange
from equipoise.threats.types import Claim, RangeSaid

_DATE = re.compile(r"\b((?:19|20)\d{2})(?:-(\d{2})(?:-(\d{2}))?)?\b")
_RANGES = ("max_range_km", "distance_km", "flown_range_km")


def known_by(date: str | None, day: str | None) -> bool:
    """Whether what bears a date (YYYY, YYYY-MM or YYYY-MM-DD; None: none) was known on a day (None: now)."""
    if day is None:
        return True
    return date is not None and date + "-12-31"[len(date) - 4 :] <= day


def claims_on(missile: str, models: tuple[MissileModel, ...], day: str | None) -> tuple[Claim, ...]:
    """The published ranges of a missile's models, each said once; verdicts are still to be filled in."""
    found: dict[tuple[str, str], Claim] = {}
    for model in models:
        for quantity, figure in model.published:
            if not quantity.startswith(_RANGES) or figure.bounds is None:
                continue
            said_on = _date_of(figure.source)
            if known_by(said_on, day):
                low, high = figure.bounds
                found.setdefault(
                    (quantity, figure.source),
                    Claim(
                        missile,
                        quantity,
                        low,
                        high,
                        figure.source,
                        said_on,
                        figure.status,
                        None,
                        at_least=f"more than {low:,.0f}" in figure.source,
                    ),
                )
    return tuple(found.values())


def hindsight(model: MissileModel, day: str | None) -> str | None:
    """The latest day that a model's source names, where that is after a day on which it is asked of."""
    named = ("-".join(part for part in found if part) for found in _DATE.findall(model.source))
    later = [each for each in named if not known_by(each, day)]
    return max(later, default=None)


def judged(
    claims: tuple[Claim, ...],
    said: RangeSaid | None,
    payloads: Sequence[PayloadRange],
    flown: Sequence[tuple[str, float]] = (),
) -> tuple[Claim, ...]:
    """The claims with whether each overlaps the 5 to 95 % interval. Where much of that lies beyond what is
    told, its upper end is open. One that lies outside is set beside the range against payload, and beside
    the flights: ``flown`` has the day of each and how far its energy goes (km).
    """
    if said is None:
        return claims
    top = float("inf") if said.beyond > 0.05 else said.km.p95
    found = []
    for claim in claims:
        inside = (claim.at_least or claim.high_km >= said.km.p5) and claim.low_km <= top
        why = None if inside else _explained(claim, said, payloads, flown)
        found.append(replace(claim, inside=inside, explained_by=why))
    return tuple(found)


def _explained(
    claim: Claim, said: RangeSaid, payloads: Sequence[PayloadRange], flown: Sequence[tuple[str, float]]
) -> str:
    """A later flight that went beyond the claim, the payload at which the middle of the range is what is
    claimed, or what else parts the two.
    """
    wanted = 0.5 * (claim.low_km + claim.high_km)
    later = [day for day, km in flown if km > claim.high_km and _after(day, claim.date)]
    if later and claim.high_km < said.km.p5:
        return f"made before the flight of {min(later)}"
    for light, heavy in pairwise(payloads):
        if heavy.km.p50 <= wanted <= light.km.p50 and light.km.p50 > heavy.km.p50:
            part = (light.km.p50 - wanted) / (light.km.p50 - heavy.km.p50)
            kg = light.payload_kg + part * (heavy.payload_kg - light.payload_kg)
            return f"a payload of about {kg:,.0f} kg would give it (half of the draws)"
    if claim.low_km > said.km.p95 and not payloads:
        return (
            "more than the energy flown: a flatter climb loses less to gravity, and no model is in this range"
        )
    if claim.low_km > said.km.p95:
        return "more than the flights show: lighter payloads, unflown energy, or a claim without a flight"
    return "less than the flights show: a heavier payload, or a flight short of full range"


def _after(flight: str, claim: str | None) -> bool:
    """Whether a flight came after a claim. A day's grace: flights bear the day of their launch place, claims
    that of a newspaper half the way round the Earth.
    """
    if claim is None or len(claim) < 10 or len(flight) < 10:
        return claim is not None and flight[: len(claim)] > claim[: len(flight)]
    return (date.fromisoformat(flight) - date.fromisoformat(claim)).days > 1


def _date_of(text: str) -> str | None:
    found = _DATE.search(text)
    return None if found is None else "-".join(part for part in found.groups() if part)
