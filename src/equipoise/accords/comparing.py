"""Comparing a count with a limit: the verdict, the margin and what would decide where nothing does yet."""

from __future__ import annotations

from dataclasses import dataclass

from equipoise.accords.counting import words
from equipoise.accords.types import Bounds, Operand, Step, Verdict


@dataclass(frozen=True, slots=True)
class Compared:
    """What a count against a limit comes to: limit less counted, at the bound that decides."""

    verdict: Verdict
    margin: int | None
    arithmetic: str
    why_not: tuple[str, ...]


def compare(counted: Bounds, limit: Bounds, what: str = "pieces") -> Compared:
    """A maximum: complies where the most counted is at most the least limit, breaches where it cannot be.

    The margin is limit less counted; with bounds it is the one nearest to a change of verdict (at least so
    much headroom, or at least so much excess). An empty count is never read as zero.
    """
    if counted.high is not None and counted.high <= limit.low:
        return Compared("complies", limit.low - counted.high, _sum(limit.low, counted.high), ())
    if limit.high is not None and counted.low > limit.high:
        excess = counted.low - limit.high
        fewer = f"it would comply with {_at_least(counted, limit)}{so_many(excess, what)} fewer"
        return Compared("breaches", -excess, _sum(limit.high, counted.low), (fewer,))
    decides = [f"it would comply if at most {so_many(limit.low, what)} were declared"]
    if limit.high is not None:
        decides.append(f"it would breach if more than {limit.high:,} were")
    arithmetic = f"limit {words(limit)}, counted {words(counted)}"
    return Compared("cannot be decided", None, arithmetic, tuple(decides))


def compare_minimum(counted: Bounds, least: Bounds, what: str = "pieces") -> Compared:
    """A minimum: the margin is counted less the minimum, so that negative is what is missing."""
    most = least.low if least.high is None else least.high
    if counted.low >= most:
        return Compared("complies", counted.low - most, _sum(counted.low, most), ())
    if counted.high is not None and counted.high < least.low:
        short = counted.high - least.low
        more = f"it would comply with {_at_least(counted, least)}{so_many(-short, what)} more"
        return Compared("breaches", short, _sum(counted.high, least.low), (more,))
    decides = f"it would comply if at least {so_many(most, what)} were declared"
    arithmetic = f"minimum {words(least)}, counted {words(counted)}"
    return Compared("cannot be decided", None, arithmetic, (decides,))


def _at_least(counted: Bounds, limit: Bounds) -> str:
    """A difference between bounds is the least that it can be."""
    return "" if counted.exact and limit.exact else "at least "


def so_many(number: int, unit: str) -> str:
    """``1 piece``, ``1,500 pieces``: a number with its unit, given in the plural."""
    one = unit.removesuffix("s") if abs(number) == 1 else unit
    return f"{number:,} {one}"


def counted_operand(counted: Bounds, name: str = "counted") -> Operand:
    """The count as an operand: exact, or with its bounds."""
    if counted.exact:
        return Operand(name, counted.low, unit="pieces")
    return Operand(name, None, counted.low, counted.high, "pieces")


def compared_step(
    rule: str, article: str, limit: Operand, counted: Bounds, compared: Compared, parts: tuple[Step, ...]
) -> Step:
    """The step of the comparison, with the count and the standing as its parts."""
    operands = (limit, counted_operand(counted))
    return Step(rule, article, operands, compared.arithmetic, compared.verdict, parts)


def _sum(first: int, second: int) -> str:
    return f"{first} - {second} = {first - second}"
