"""Forces in one area judged by one line of "substantial combat forces": its numbers, formations and text.

Shared by the accords that ask the question: what is exceeded, by how much, and what would decide.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from equipoise.accords.asking import asked_word
from equipoise.accords.comparing import compare, counted_operand
from equipoise.accords.docket import Docket
from equipoise.accords.forces.lines import Line, formation_ranks, people_of, reaches
from equipoise.accords.forces.presence import COMBAT, PEOPLE, STAYS, Presence, counted
from equipoise.accords.types import Bounds, Finding, Operand, Step, Verdict


@dataclass(frozen=True, slots=True)
class Ground:
    """Whose forces in which area are judged, for which obligation by which article, and why it is owed."""

    obligation: str
    article: str
    side: str
    area: str
    owed: tuple[Step, ...]
    there: tuple[Presence, ...]


def by_line(docket: Docket, ground: Ground, line: Line) -> Iterable[Finding]:
    """Each category on which something is said, then how the forces are organised; or the bare text."""
    if line.measure == "none":
        yield _text_only(docket, ground, line)
        return
    said = {p.category for p in ground.there}
    for category in COMBAT:
        limit = line.limit(docket, category)
        if limit is not None and said & set(line.counts(category)):
            yield _numbers(docket, ground, line, category, limit)
    yield from _formation(docket, ground, line)
    if PEOPLE in said:
        yield from _people(docket, ground, line)
    if line.measure == "numbers" and not said & set(COMBAT):
        yield _silent(docket, ground, line)


def _text_only(docket: Docket, ground: Ground, line: Line) -> Finding:
    """The text gives no number: it is shown, and judges nothing."""
    said = [docket.parameter(f"{line.root}.{n}") for n in ("text_defines_number", "binding", "qualifiers")]
    operands = tuple(p.operand() for p in said if p is not None)
    shows = f"{line.stays}; no number in the text"
    step = Step(ground.obligation, ground.article, operands, "", shows, ground.owed)
    details = (("member", ground.area), ("must_show", shows), ("substantial", None))
    return docket.finding(
        ground.obligation, step, None, party=ground.side, reading=line.name, details=details
    )


def _numbers(
    docket: Docket, ground: Ground, line: Line, category: str, limit: tuple[int, Operand]
) -> Finding:
    """Forces are substantial when a number is exceeded; the margin is the number less what is there."""
    together = line.counts(category)
    bounds, counting = counted(ground.there, together, ground.article, stays=line.stays)
    compared = compare(bounds, Bounds(limit[0], limit[0]))
    substantial = {"complies": False, "breaches": True}.get(compared.verdict)
    step = Step(
        ground.obligation,
        ground.article,
        (limit[1], counted_operand(bounds)),
        compared.arithmetic,
        compared.verdict,
        (*ground.owed, counting),
    )
    details = (("member", ground.area), ("substantial", substantial))
    return docket.finding(
        ground.obligation, step, compared.verdict, compared.margin, party=ground.side, category=category,
        reading=line.name, details=details, why_not=compared.why_not,
    )  # fmt: skip


def _people(docket: Docket, ground: Ground, line: Line) -> Iterable[Finding]:
    """Where only people were said: fewer than a formation that the line names commonly has."""
    named = line.formations(docket)
    size = None if named is None else people_of(named[0])
    if size is None:
        return
    bounds, counting = counted(ground.there, (PEOPLE,), ground.article, stays=line.stays, unit="persons")
    compared = compare(bounds, size[0], "persons")
    step = Step(
        f"{ground.obligation}: people",
        ground.article,
        (size[1], replace(counted_operand(bounds), unit="persons")),
        compared.arithmetic,
        compared.verdict,
        (*ground.owed, counting),
    )
    substantial = {"complies": False, "breaches": True}.get(compared.verdict)
    yield docket.finding(
        ground.obligation, step, compared.verdict, compared.margin, party=ground.side, category=PEOPLE,
        reading=line.name, unit="persons", details=(("member", ground.area), ("substantial", substantial)),
        why_not=compared.why_not,
    )  # fmt: skip


def _formation(docket: Docket, ground: Ground, line: Line) -> Iterable[Finding]:
    """How the forces are organised: as large as a formation that the line names, or smaller."""
    named = line.formations(docket)
    if named is None:
        return
    asked = docket.query.asked.get("host", "").strip() == ground.area or not docket.query.asked.get("host")
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
    step = Step(f"{ground.obligation}: formation", ground.article, operands, "", verdict, ground.owed)
    details = (("member", ground.area), ("substantial", substantial))
    yield docket.finding(
        ground.obligation, step, verdict, party=ground.side, reading=line.name, unit="", details=details,
        why_not=why,
    )  # fmt: skip


def _silent(docket: Docket, ground: Ground, line: Line) -> Finding:
    """Nothing is said of the forces in an area: the bounds that would decide are named."""
    limits = {c: line.limit(docket, c) for c in COMBAT}
    known = {c: limit for c, limit in limits.items() if limit is not None}
    decides = ", ".join(f"{n:,} {c}" for c, (n, _) in known.items())
    operands = tuple(operand for _, operand in known.values())
    step = Step(
        ground.obligation, ground.article, operands, "", "no declaration speaks for the area", ground.owed
    )
    return docket.finding(
        ground.obligation, step, "cannot be decided", party=ground.side, reading=line.name,
        details=(("member", ground.area), ("substantial", None), ("quantity", "all categories")),
        why_not=(f"it would comply if at most {decides} were declared there",),
    )  # fmt: skip
