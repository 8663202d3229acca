"""The Equipoise accord of mutual military restraint: a template that binds both sides by the same articles.

1 zone: the areas of each side that lie beside the other's. 2 categories: at most so many pieces in an area.
3 duration and rotation. 4 notice. 5 verification. 6 remedy. 7 exit. Every number is a parameter of the draft.
Other published numbers of "substantial combat forces" stand beside it as readings, each binding both sides.
"""

from __future__ import annotations

from collections.abc import Iterable

from equipoise.accords.comparing import compare, counted_operand
from equipoise.accords.docket import Docket
from equipoise.accords.drafts import number, own_draft, shipped
from equipoise.accords.forces.judged import Ground, by_line
from equipoise.accords.forces.lines import lines
from equipoise.accords.forces.presence import COMBAT, STATED, Presence, areas_of, counted, presences, stated
from equipoise.accords.parameters import ParameterStore
from equipoise.accords.rules import restraint_terms
from equipoise.accords.sides import sides
from equipoise.accords.types import Accord, Bounds, Clause, Finding, Operand, Query, Reading, Step

NAME, ARTICLE = "restraint", "Accord of restraint, article"
OPTIONS = tuple(dict.fromkeys(("draft", *STATED, "organised_as", *restraint_terms.OPTIONS)))
PERMANENT_ONLY = Reading(
    "permanent_only",
    "only forces that are there for good count",
    (("whether what rotates counts", "no"),),
    "cases.yaml, restraint-2010-definition",
    "read",
)
OTHERS = tuple(line for line in lines() if not line.mirrored)
"""Every published line, taken here as binding both sides."""


def judge(query: Query) -> tuple[Finding, ...]:
    """Every article for each side on the day, as if the accord were in force."""
    docket = Docket(NAME, query)
    path = query.asked.get("draft", "").strip()
    draft = own_draft(NAME, path) if path else shipped(NAME)
    found: list[Finding] = []
    for side in sides(query.facts, query.as_of):
        for area in areas_of(docket, side):
            there = (*presences(docket, side, area), *stated(docket, side, area))
            found += _categories(docket, draft, side, area, there)
    found += restraint_terms.judge_terms(docket, draft)
    return tuple(found)


def _categories(
    docket: Docket, draft: ParameterStore, side: str, area: str, there: tuple[Presence, ...]
) -> Iterable[Finding]:
    """Article 2 in one area: the template's number, by both readings of stay; then the other numbers."""
    for category in COMBAT:
        limit = number(draft, f"categories.{category}")
        if limit is not None:
            yield _limit(docket, side, area, category, limit, there, None, "any")
            if any(p.category == category and p.stay != "permanent" for p in there):
                yield _limit(docket, side, area, category, limit, there, PERMANENT_ONLY.name, "permanent")
    if there:
        ground = Ground(f"{NAME}.categories", f"{ARTICLE} 2", side, area, (), there)
        for line in OTHERS:
            yield from by_line(docket, ground, line)


def _limit(
    docket: Docket,
    side: str,
    area: str,
    category: str,
    limit: tuple[int, Operand],
    there: tuple[Presence, ...],
    reading: str | None,
    stays: str,
) -> Finding:
    """At most so many pieces of a category in one area; the margin is the number less what is there."""
    bounds, counting = counted(there, (category,), f"{ARTICLE} 2", stays=stays)
    compared = compare(bounds, Bounds(limit[0], limit[0]))
    operands = (limit[1], counted_operand(bounds))
    step = Step(
        f"{NAME}.categories", f"{ARTICLE} 2", operands, compared.arithmetic, compared.verdict, (counting,)
    )
    substantial = {"complies": False, "breaches": True}.get(compared.verdict)
    return docket.finding(
        f"{NAME}.categories", step, compared.verdict, compared.margin, party=side, category=category,
        reading=reading, details=(("member", area), ("substantial", substantial)), why_not=compared.why_not,
    )  # fmt: skip


ACCORD = Accord(
    name=NAME,
    title="Equipoise accord of mutual military restraint: a template, as if it were in force",
    force="draft",
    withdrawal=Clause("150 days' notice (a parameter), to the other side", f"{ARTICLE} 7", "the template"),
    disputes=Clause("a meeting within 48 hours of the request (a parameter)", f"{ARTICLE} 6", "the template"),
    remedy=Clause(
        "whoever exceeds a limit comes back below it within 30 days (a parameter); until then the other side "
        "may go beyond the same limit in its own areas by as much, and no further",
        f"{ARTICLE} 6",
        "the template",
    ),
    readings=(
        Reading(
            None,
            "the template's numbers, whatever the stay",
            (("what makes forces substantial", "the template"), ("whether what rotates counts", "yes")),
        ),
        PERMANENT_ONLY,
        *(
            Reading(
                line.name,
                f"{line.says}; here it binds both sides",
                (("what makes forces substantial", line.name),),
                line.source,
                line.status,
            )
            for line in OTHERS
        ),
    ),
    judge=judge,
    options=OPTIONS,
)
