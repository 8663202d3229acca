"""``equipoise keep stance``: how a party says that it sees the other, beside what it does and keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from equipoise.cli.output import emit_json, emit_line, emit_table
from equipoise.cli.verbs.keep_facts import day, facts_with

if TYPE_CHECKING:
    from equipoise.accords import Bearing, Contradiction, Finding, Stance


def stance(
    party: Annotated[str, typer.Option("--party", metavar="P", help="A side, or a State in it.")],
    as_of: Annotated[str, typer.Option("--as-of", metavar="DATE", help="The day, YYYY-MM-DD.")],
    declarations: Annotated[
        list[str] | None,
        typer.Option("--declarations", metavar="FILE", help="Your own declarations, CSV."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Set a party's statements about the other beside its own measures and findings on a day.

    What cannot be meant together is named, with what is to be decided. What the other side says of this one
    stands beside, with its author.

    \b
    Examples:
      equipoise keep stance --party Russia --as-of 2010-12-31
      equipoise keep stance --party NATO --as-of 2012-06-01 --json
    """
    from equipoise.accords import position

    found = position(facts_with(declarations or []), party, day("--as-of", as_of))
    if json:
        emit_json(
            {
                "party": found.party,
                "as_of": as_of,
                "stances": [_stance(s) for s in found.stances],
                "said_of_it": [_stance(s) for s in found.said_of_it],
                "measures": [_bearing(b) for b in found.bearings],
                "findings": [_finding(f) for f in found.breaches],
                "contradictions": [_contradiction(c) for c in found.contradictions],
            }
        )
        return
    emit_table(
        f"{found.party}, as of {as_of}: what it says and does",
        ("kind", "since", "what", "word", "by"),
        [
            *(("says", s.date, s.text, s.stance, s.by) for s in found.stances),
            *(("does", str(b.since), b.says, b.bears, found.party) for b in found.bearings),
            *(("breaches", str(f.as_of), _name(f), _margin(f), f.party or "") for f in found.breaches[:12]),
            *(("is told", s.date, s.text, s.stance, s.by) for s in found.said_of_it),
        ],
    )
    for one in found.contradictions:
        emit_line(f"contradiction: {one.stance.stance} ({one.stance.date}) against {_against(one)}")
    for asks in dict.fromkeys(c.asks for c in found.contradictions):
        emit_line(asks)


def _against(one: Contradiction) -> str:
    from equipoise.accords import Bearing, Stance

    if isinstance(one.against, Stance):
        return f"{one.against.stance} ({one.against.date}): {one.against.text}"
    if isinstance(one.against, Bearing):
        return f"its own measure of {one.against.since}: {one.against.says}"
    disputed = "; ".join(line for line in one.against.why_not if " under " in line)
    said = f"its own finding: {_name(one.against)} breaches as written"
    return f"{said} ({disputed})" if disputed else said


def _name(finding: Finding) -> str:
    place = finding.zone or dict(finding.details).get("member")
    return ", ".join(str(w) for w in (finding.obligation, finding.party, finding.category, place) if w)


def _margin(finding: Finding) -> str:
    return "" if finding.margin is None else f"{finding.margin:+,}"


def _stance(one: Stance) -> dict[str, Any]:
    return {
        "id": one.id,
        "by": one.by,
        "date": one.date,
        "toward": one.toward,
        "stance": one.stance,
        "text": one.text,
        "status": one.status,
        "source": one.source,
    }


def _bearing(one: Bearing) -> dict[str, Any]:
    return {
        "since": one.since.isoformat(),
        "until": None if one.until is None else one.until.isoformat(),
        "toward": one.toward,
        "bears": one.bears,
        "text": one.says,
        "status": one.status,
        "source": one.source,
    }


def _finding(one: Finding) -> dict[str, Any]:
    from equipoise.accords import digest

    return {
        "obligation": one.obligation,
        "party": one.party,
        "category": one.category,
        "zone": one.zone,
        "verdict": one.verdict,
        "margin": one.margin,
        "digest": digest(one),
    }


def _contradiction(one: Contradiction) -> dict[str, Any]:
    return {
        "stance": one.stance.id,
        "kind": one.kind,
        "against": _against(one),
        "asks": one.asks,
    }
