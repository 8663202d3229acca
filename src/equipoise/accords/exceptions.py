"""The treaty's exceptions as explicit overrides, each with its article: what is there and yet not counted."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from equipoise.accords.counting import Tally, words
from equipoise.accords.types import Bounds, Step

Disposal = Literal["counted", "not counted", "within Art IX"]
TRANSIT, DISPOSAL, FOR_A_TIME = "in_transit", "awaiting_disposal", "temporary"
"""States of a declaration that may be exceptions; the treaty's own words with an underscore."""
SECURITY = "aifv_internal_security"
FLANK = "Art_V.1A_flank"
GROUND = ("battle_tanks", "acv", "artillery")


def adjusted(
    tally: Tally,
    party: str,
    category: str,
    zone: str,
    state: str,
    counted: tuple[Bounds, Step],
    disposal: Disposal,
) -> tuple[Bounds, Step]:
    """A State's count after the exceptions that were declared for it; unchanged where none was.

    In transit through the area for seven days (Article III.1G), awaiting disposal (Articles III.1D and IX;
    how much of it is a reading), and fighting vehicles of internal security above their allowance (Article
    XII), which count as armoured vehicles.
    """
    if state not in ("", "active") or not _has_states(tally, party, category):
        return counted
    bounds, step = counted
    overrides: list[Step] = []
    if state:
        left_out = _for_a_time(tally, party, category, zone)
    else:
        left_out = _left_out(tally, party, category, zone, disposal)
    for less, override in left_out:
        high = None if bounds.high is None else max(0, bounds.high - less.low)
        bounds = Bounds(max(0, bounds.low - (less.high if less.high is not None else bounds.low)), high)
        overrides.append(override)
    more = _internal_security(tally, party, category, zone)
    if more is not None:
        added, override = more
        high = None if bounds.high is None or added.high is None else bounds.high + added.high
        bounds = Bounds(bounds.low + added.low, high)
        overrides.append(override)
    if not overrides:
        return counted
    children = (step, *overrides)
    return bounds, Step(
        "count with exceptions", "CFE 1990 Art III.1", result=words(bounds), children=children
    )


def _has_states(tally: Tally, party: str, category: str) -> bool:
    """Whether anything was declared that could be an exception: most counts end here."""
    held = tally.facts.declared.get((party, category))
    if held is not None and any(state for _, state in held):
        return True
    return category == "acv" and (party, SECURITY) in tally.facts.declared


def _for_a_time(tally: Tally, party: str, category: str, zone: str) -> list[tuple[Bounds, Step]]:
    """Temporary deployment in the flank zone, up to the number that one State may have there."""
    row = next(
        (
            c
            for c in tally.facts.limits.get("CFE1990", ())
            if c.zone.startswith("Art_V.1C") and c.category == category and c.holds_on(tally.day)
        ),
        None,
    )
    if tally.facts.ground(zone) != FLANK or row is None or row.active_limit is None:
        return []
    there, step = tally.declared(party, category, FLANK, FOR_A_TIME)
    if there is None:
        return []
    most = row.active_limit
    capped = Bounds(min(there.low, most), most if there.high is None else min(there.high, most))
    rule = f"override: deployed for a time, at most {most} of one State"
    said = f"not counted: {words(capped)}"
    return [(capped, Step(rule, "CFE 1990 Art V.1B-C", result=said, children=(step,)))]


def _left_out(
    tally: Tally, party: str, category: str, zone: str, disposal: Disposal
) -> list[tuple[Bounds, Step]]:
    found: list[tuple[Bounds, Step]] = []
    ground = tally.facts.ground(zone)
    moving, step = tally.declared(party, category, ground, TRANSIT)
    if moving is not None:
        days = _whole(tally, "cfe.transit_exclusion")
        fresh = days is not None and any(
            d.as_of <= tally.day < d.as_of + timedelta(days=days)
            for d in tally.facts.declared[(party, category)][(ground, TRANSIT)]
        )
        rule = f"override: in transit for no longer than {days} days"
        said = f"not counted: {words(moving)}" if fresh else "counts: longer than that ago"
        override = Step(rule, "CFE 1990 Art III.1G", result=said, children=(step,), taken=fresh)
        found.append((moving if fresh else Bounds(0, 0), override))
    waiting, step = tally.declared(party, category, ground, DISPOSAL)
    if waiting is not None:
        found.append(_disposal(tally, category, waiting, step, disposal))
    return found


def _disposal(
    tally: Tally, category: str, waiting: Bounds, step: Step, disposal: Disposal
) -> tuple[Bounds, Step]:
    article = "CFE 1990 Art III.1D, IX"
    if disposal == "counted":
        rule = "override claimed, not applied: awaiting disposal"
        return Bounds(0, 0), Step(
            rule, article, result="counts until it is eliminated", children=(step,), taken=False
        )
    if disposal == "not counted":
        said = f"not counted: {words(waiting)}"
        return waiting, Step("override: awaiting disposal", article, result=said, children=(step,))
    name = "max_number_ground" if category in GROUND else "max_number_air"
    most = _whole(tally, f"cfe.decommissioned_awaiting_disposal.{name}") or 0
    capped = Bounds(min(waiting.low, most), most if waiting.high is None else min(waiting.high, most))
    said = f"not counted: {words(capped)}, at most {most}"
    return capped, Step(
        "override: awaiting disposal, within the article's cap", article, result=said, children=(step,)
    )


def _internal_security(tally: Tally, party: str, category: str, zone: str) -> tuple[Bounds, Step] | None:
    """What internal security holds above its allowance, to be added to armoured vehicles."""
    if category != "acv":
        return None
    held, step = tally.declared(party, SECURITY, tally.facts.ground(zone), "")
    row = next(
        (
            c
            for c in tally.facts.limits.get("CFE1990", ())
            if c.category == SECURITY and _allows(tally, c.zone, zone) and c.holds_on(tally.day)
        ),
        None,
    )
    if held is None or row is None or row.limit is None:
        return None
    high = None if held.high is None else max(0, held.high - row.limit)
    above = Bounds(max(0, held.low - row.limit), high)
    rule = f"override: internal security holds {words(held)}, of which {row.limit} are not counted"
    return above, Step(rule, "CFE 1990 Art XII", result=f"counts: {words(above)}", children=(step,))


def _allows(tally: Tally, allowance: str, zone: str) -> bool:
    """Whether an allowance is the one for this zone: that of the flank, or that of the whole area."""
    ground = tally.facts.ground(zone)
    return allowance.startswith(ground) and (ground != "ATTU" or "flank" not in allowance)


def _whole(tally: Tally, path: str) -> int | None:
    """A whole-number parameter of the day; None where none is known, and then no exception is made."""
    found = tally.facts.parameters.at(path, tally.day)
    return found.value if found is not None and isinstance(found.value, int) else None
