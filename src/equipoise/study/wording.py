"""Numbers and verdicts as words: each with its unit, unknown never a nought, no verdict by colour alone."""

from __future__ import annotations

import math

SIGNS = {"holds": "✓", "fails": "✗", "depends": "◐"}
"""A sign before the word, so that a verdict is read without colour."""
NOT_DECLARED = "not declared"


def people(count: float) -> str:
    """A number of people to three figures, in millions from one million on."""
    if abs(count) < 0.5:
        return "nobody"
    if abs(count) >= 999_500:
        return f"{_three(count / 1e6)} million people"
    return f"{_rounded(count):,.0f} people"


def gained(count: float) -> str:
    """People gained over a baseline, with its sign."""
    if abs(count) < 0.5:
        return "no change"
    return ("+" if count > 0 else "−") + people(abs(count))


def gained_span(span_people: tuple[float, float]) -> str:
    """People gained, from the least to the most; one number where the two read alike."""
    return _joined(*(gained(v) for v in span_people))


def _joined(low: str, high: str) -> str:
    """Two amounts of people as one phrase, the unit said once."""
    if low == high:
        return low
    for unit in (" million people", " people"):
        if low.endswith(unit) and high.endswith(unit):
            return f"{low.removesuffix(unit)} to {high}"
    return f"{low} to {high}"


def people_span(ends: tuple[float, float]) -> str:
    """A number of people from the least to the most, once where the two read alike."""
    return _joined(*(people(v) for v in ends))


def percent_span(shares: tuple[float, float]) -> str:
    """A share from the least to the most, once where the two read alike."""
    low, high = (percent(v) for v in shares)
    return low if low == high else f"{low.removesuffix(' %')} to {high}"


def span(low: float, high: float, unit: str) -> str:
    """Two whole numbers of one unit, once where they read alike."""
    first, last = f"{low:,.0f}", f"{high:,.0f}"
    return f"{first} {unit}" if first == last else f"{first} to {last} {unit}"


def _three(value: float) -> str:
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def _rounded(value: float) -> float:
    digits = 2 - math.floor(math.log10(abs(value)))
    return round(value, digits)


def percent(share: float) -> str:
    """A share as whole per cent; what is neither none nor all never reads 0 or 100."""
    if 0.0 < share <= 0.005:
        return "under 1 %"
    if 0.995 <= share < 1.0:
        return "over 99 %"
    return f"{100.0 * share:.0f} %"


def figure(value: float | None, unit: str, digits: int = 0) -> str:
    """A number with its unit; infinite or None is said to be undeclared."""
    if value is None or not math.isfinite(value):
        return NOT_DECLARED
    return f"{value:,.{digits}f} {unit}"


def brief(value: float, unit: str) -> str:
    """A declared number with its unit and no needless nought."""
    return f"{value:g} {unit}" if math.isfinite(value) else NOT_DECLARED


def verdict(word: str) -> str:
    """Sign and word."""
    return f"{SIGNS[word]} {word}"


def rung(name: str) -> str:
    """A rung of the ladder of commits as the report says it."""
    return {"burnout plus track": "after burnout", "worst case": "at worst"}.get(name, name)


def margin(value: float | None, unit: str, digits: int) -> str:
    """A margin with its sign: positive where out of reach; none where nothing reaches at all."""
    if value is None or not math.isfinite(value):
        return "out of reach"
    return f"{value:+.{digits}f} {unit}".replace("-", "−")


def listed(names: list[str], most: int = 4) -> str:
    """Names as a phrase: a, b and c; the rest counted."""
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} more"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else "none"
