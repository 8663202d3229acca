"""Founding Act of 27 May 1997: no additional permanent stationing of substantial combat forces.

The text defines no number (section IV). Each line that was drawn since is a reading: the draft of 2009,
which binds one side only, beside its mirrored twin; a brigade for each host; and, for comparison, what the
treaties of 1990 and 1999 call a temporary deployment. Readings part on the numbers, on whether what rotates
counts, and on who is bound. ``member`` names the host or the area.
"""

from __future__ import annotations

from collections.abc import Iterable

from equipoise.accords.asking import asked_whole, asked_word
from equipoise.accords.comparing import compare, counted_operand
from equipoise.accords.docket import Docket
from equipoise.accords.inforce import Standing
from equipoise.accords.lines_of_force import DEFINED, Line, formation_ranks, lines, reaches
from equipoise.accords.messages import bad_input
from equipoise.accords.sides import side_of, sides
from equipoise.accords.stationing import COMBAT, STAYS, Presence, areas, counted, presences
from equipoise.accords.types import (
    Accord,
    Bounds,
    Clause,
    Finding,
    Operand,
    Query,
    Reading,
    Step,
    Verdict,
)
from equipoise.scenario import did_you_mean

NAME, OBLIGATION, ARTICLE = "founding-act", "substantial_combat_forces", "Founding Act, section IV"
OPTIONS = ("host", "by", "organised_as", "stay", *COMBAT)


def judge(query: Query) -> tuple[Finding, ...]:
    """Every side's forces in every area on which anything is said, under every line."""
    docket = Docket(NAME, query)
    standing = docket.standing(NAME)
    host = _asked_host(docket)
    found: list[Finding] = []
    for side in sides(docket.facts, docket.day):
        for area in _areas(docket, side, host):
            there = (*presences(docket, side, area), *_stated(docket, side, area))
            for line in lines():
                found += _judge(docket, standing, side, area, line, there)
    return tuple(found)


def _asked_host(docket: Docket) -> str | None:
    """The area that the question is about. InputError ``unknown-area`` with the nearest."""
    host = docket.query.asked.get("host", "").strip()
    known = [a.name for a in areas()]
    if host and host not in known:
        near = did_you_mean(host, known)
        raise bad_input("unknown-area", field="--with host", found=host, nearest=near, known=", ".join(known))
    return host or None


def _areas(docket: Docket, side: str, host: str | None) -> tuple[str, ...]:
    """The side's areas on the day; only the one that is asked about, where one is."""
    of_side = [a.name for a in areas() if a.side == side and a.holds_on(docket.day)]
    return tuple(sorted(a for a in of_side if host in (None, a)))


def _stated(docket: Docket, side: str, area: str) -> Iterable[Presence]:
    """Forces that the question itself states, in the area that it names."""
    if docket.query.asked.get("host", "").strip() != area:
        return
    by = docket.query.asked.get("by", "").strip() or side
    if side_of(docket.facts, by, docket.day) != side:
        return
    stay = asked_word(docket.query, "stay", STAYS, optional=True) or ""
    for category in COMBAT:
        number = asked_whole(docket.query, category, optional=True)
        if number is not None:
            operand = Operand(f"{category}, {area}, by {by}", number, source="the question")
            yield Presence(by, category, area, stay, Bounds(number, number), operand)


def _judge(
    docket: Docket, standing: Standing, side: str, area: str, line: Line, there: tuple[Presence, ...]
) -> Iterable[Finding]:
    """One side, one area, one line: each category on which something is said, then the formation."""
    about = {"party": side, "reading": line.name}
    if not standing.owed:
        yield docket.not_owed(OBLIGATION, ARTICLE, standing, details=(("member", area),), **about)
        return
    if not line.binds(docket, side):
        operand = Operand("binds", False, source=line.source, status=line.status)
        unbound = Step(f"whether {line.name} binds {side}", ARTICLE, (operand,), "", "it does not")
        other = Standing("not in force", False, None, unbound)
        yield docket.not_owed(OBLIGATION, ARTICLE, other, details=(("member", area),), **about)
        return
    if line.measure == "none":
        yield _text_only(docket, standing, side, area, line)
        return
    for category in COMBAT:
        limit = line.limit(docket, category)
        if limit is not None and (any(p.category == category for p in there)):
            yield _numbers(docket, standing, side, area, line, category, limit, there)
    yield from _formation(docket, standing, side, area, line)
    if line.measure == "numbers" and not any(p.category in COMBAT for p in there):
        yield _silent(docket, standing, side, area, line)


def _text_only(docket: Docket, standing: Standing, side: str, area: str, line: Line) -> Finding:
    """The text gives no number: it is shown, and judges nothing."""
    said = [docket.parameter(f"{line.root}.{n}") for n in ("text_defines_number", "binding", "qualifiers")]
    operands = tuple(p.operand() for p in said if p is not None)
    shows = f"{line.stays}; no number in the text"
    step = Step(OBLIGATION, ARTICLE, operands, "", shows, (standing.step,))
    details = (("member", area), ("must_show", shows), ("substantial", None))
    return docket.finding(OBLIGATION, step, None, party=side, reading=line.name, details=details)


def _numbers(
    docket: Docket,
    standing: Standing,
    side: str,
    area: str,
    line: Line,
    category: str,
    limit: tuple[int, Operand],
    there: tuple[Presence, ...],
) -> Finding:
    """Forces are substantial when a number is exceeded; the margin is the number less what is there."""
    bounds, counting = counted(there, category, ARTICLE, stays=line.stays)
    compared = compare(bounds, Bounds(limit[0], limit[0]))
    substantial = {"complies": False, "breaches": True}.get(compared.verdict)
    step = Step(
        OBLIGATION,
        ARTICLE,
        (limit[1], counted_operand(bounds)),
        compared.arithmetic,
        compared.verdict,
        (standing.step, counting),
    )
    details = (("member", area), ("substantial", substantial))
    return docket.finding(
        OBLIGATION, step, compared.verdict, compared.margin, party=side, category=category,
        reading=line.name, details=details, why_not=compared.why_not,
    )  # fmt: skip


def _formation(docket: Docket, standing: Standing, side: str, area: str, line: Line) -> Iterable[Finding]:
    """How the forces are organised: as large as a formation that the line names, or smaller."""
    named = line.formations(docket)
    if named is None:
        return
    asked = docket.query.asked.get("host", "").strip() == area or not docket.query.asked.get("host")
    known = tuple(formation_ranks())
    told = asked_word(docket.query, "organised_as", known, optional=True) if asked else None
    stay = asked_word(docket.query, "stay", STAYS, optional=True) if asked else None
    verdict: Verdict = "cannot be decided"
    substantial: bool | None = None
    why: tuple[str, ...] = (f"it turns on how the forces are organised: less than {', '.join(named[0])}",)
    if told is not None:
        substantial = reaches(told, named[0])
        if not substantial:
            verdict, why = "complies", ()
        elif line.stays == "any" or stay == "permanent":
            verdict, why = "breaches", ("it would comply with a smaller formation",)
        elif stay is not None:
            verdict, why = "complies", ()
        else:
            why = ("it would comply if the forces rotate, and breach if they are there for good",)
    operands = (named[1], Operand("organised as", told), Operand("stay", stay))
    step = Step(f"{OBLIGATION}: formation", ARTICLE, operands, "", verdict, (standing.step,))
    details = (("member", area), ("substantial", substantial))
    yield docket.finding(
        OBLIGATION, step, verdict, party=side, reading=line.name, unit="", details=details,
        why_not=why,
    )  # fmt: skip


def _silent(docket: Docket, standing: Standing, side: str, area: str, line: Line) -> Finding:
    """Nothing is said of the forces in an area: the bounds that would decide are named."""
    limits = {c: line.limit(docket, c) for c in COMBAT}
    known = {c: limit for c, limit in limits.items() if limit is not None}
    decides = ", ".join(f"{n:,} {c}" for c, (n, _) in known.items())
    operands = tuple(operand for _, operand in known.values())
    step = Step(OBLIGATION, ARTICLE, operands, "", "no declaration speaks for the area", (standing.step,))
    return docket.finding(
        OBLIGATION, step, "cannot be decided", party=side, reading=line.name,
        details=(("member", area), ("substantial", None), ("quantity", "all categories")),
        why_not=(f"it would comply if at most {decides} were declared there",),
    )  # fmt: skip


ACCORD = Accord(
    name=NAME,
    title="Founding Act, 1997: substantial combat forces",
    force="political",
    withdrawal=Clause("none provided: a political act", "", "PISM (parameters.yaml)", "read"),
    disputes=Clause("consultation in the joint council", "section II", "memory", "assumed"),
    remedy=Clause("none named; the other side may hold that it is released", "", "memory", "assumed"),
    readings=(
        Reading(None, "the text as written", ((DEFINED, "no number"), ("stay", "permanent"))),
        *(line.reading for line in lines()),
    ),
    judge=judge,
    options=OPTIONS,
)
