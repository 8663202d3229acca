"""``equipoise keep concerns``: each stated concern, the measure that would dispel it, and whether it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from equipoise.cli.output import emit_json, emit_table
from equipoise.cli.verbs.keep_facts import day, facts_with

if TYPE_CHECKING:
    from equipoise.accords import Concern

MOST = 12
"""Findings that are shown for one measure; the others are counted."""


def concerns(
    party: Annotated[str, typer.Option("--party", metavar="P", help="Whose concerns: a side, or a State.")],
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="Judge all on this day (else each on its first day)."),
    ] = None,
    declarations: Annotated[
        list[str] | None,
        typer.Option("--declarations", metavar="FILE", help="Your own declarations, CSV."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """List a party's stated concerns about the other, with what would dispel each and whether it does.

    A concern is dispelled where every finding about the other side complies under every reading. Measures
    outside the accords name the verb that shows them.

    \b
    Examples:
      equipoise keep concerns --party Russia
      equipoise keep concerns --party NATO --as-of 2010-11-20 --json
    """
    from equipoise.accords import concerns_of

    judged = day("--as-of", as_of) if as_of else None
    found = concerns_of(facts_with(declarations or []), party, judged)
    if json:
        emit_json({"party": party, "as_of": as_of, "concerns": [_plain(c) for c in found]})
        return
    emit_table(
        f"Concerns of {party}",
        ("concern", "since", "what would dispel it", "shown by", "judged on", "dispelled"),
        [
            (
                concern.text if place == 0 else "",
                (concern.since or "not stated") if place == 0 else "",
                answer.measure.says,
                f"{answer.measure.shown_by} {answer.measure.accord}".strip(),
                str(answer.as_of) if answer.findings else "",
                answer.dispelled,
            )
            for concern in found
            for place, answer in enumerate(concern.answers)
        ],
        note="Each concern stands as its party stated it; --json gives sources, readings and findings.",
    )


def _plain(concern: Concern) -> dict[str, Any]:
    from equipoise.accords import digest

    return {
        "id": concern.id,
        "party": concern.party,
        "member": concern.member,
        "since": concern.since,
        "text": concern.text,
        "status": concern.status,
        "source": concern.source,
        "about": dict(concern.about),
        "measures": [
            {
                "says": answer.measure.says,
                "shown_by": answer.measure.shown_by,
                "accord": answer.measure.accord or None,
                "obligations": list(answer.measure.obligations),
                "status": answer.measure.status,
                "source": answer.measure.source,
                "as_of": None if answer.as_of is None else answer.as_of.isoformat(),
                "dispelled": answer.dispelled,
                "by_reading": [{"reading": r, "verdict": word} for r, word in answer.by_reading],
                "findings": [
                    {
                        "obligation": f.obligation,
                        "party": f.party,
                        "category": f.category,
                        "zone": f.zone or dict(f.details).get("member"),
                        "reading": f.reading,
                        "verdict": f.verdict,
                        "margin": f.margin,
                        "digest": digest(f),
                    }
                    for f in answer.findings[:MOST]
                ],
                "findings_left_out": max(0, len(answer.findings) - MOST),
            }
            for answer in concern.answers
        ],
    }
