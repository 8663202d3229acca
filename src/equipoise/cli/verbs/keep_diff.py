"""``equipoise keep diff``: two accords or drafts compared by what they come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from equipoise.cli.output import emit_json, emit_line, emit_table
from equipoise.cli.verbs.keep_facts import day, facts_with

if TYPE_CHECKING:
    from equipoise.accords import Change, Consequence


def diff(
    a: Annotated[str, typer.Argument(metavar="A", help="An accord, a regime, a line, or a draft's file.")],
    b: Annotated[str, typer.Argument(metavar="B", help="What it is compared with.")],
    as_of: Annotated[str, typer.Option("--as-of", metavar="DATE", help="The day, YYYY-MM-DD.")],
    party: Annotated[
        str | None, typer.Option("--party", metavar="P", help="Only changes for this party.")
    ] = None,
    declarations: Annotated[
        list[str] | None,
        typer.Option("--declarations", metavar="FILE", help="Your own declarations, CSV."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Compare two accords or drafts by their consequences: findings that change, headroom won and lost.

    A and B are accords, regimes of ceilings, lines of substantial combat forces, or YAML files that hold a
    draft of the accord of restraint. What was never in force is taken as if it were.

    \b
    Examples:
      equipoise keep diff CFE1990_max_levels ACFE1999_national --as-of 2007-01-01
      equipoise keep diff Russia_draft_2009 CFE_temporary_deployment --as-of 2010-12-01 --json
    """
    from equipoise.accords import check_party, difference

    facts = facts_with(declarations or [])
    if party is not None:
        check_party(party, facts, field="--party")
    found = difference(a, b, facts, day("--as-of", as_of))
    kept = [c for c in found.changes if party in (None, c.party)]
    moved = {p: found.headroom_of(p) for p in found.parties if party in (None, p)}
    if json:
        emit_json(
            {
                "a": a,
                "b": b,
                "as_of": as_of,
                "changes": [_plain(c) for c in kept],
                "alike": found.alike,
                "headroom": [{"party": p, "won": won, "lost": lost} for p, (won, lost) in moved.items()],
            }
        )
        return
    emit_table(
        f"From {a} to {b}, as of {as_of}",
        ("party", "category", "ground", "limit A", "limit B", "headroom", "verdict A", "verdict B"),
        [
            (
                c.party,
                c.category,
                c.zone,
                _number(c.a),
                _number(c.b),
                "" if c.headroom is None else f"{c.headroom:+,}",
                _word(c.a),
                _word(c.b) + (" *" if c.verdict_changes else ""),
            )
            for c in kept
        ],
        note="Headroom is limit B less limit A; * marks a verdict that changes.",
    )
    for name, (won, lost) in moved.items():
        if won or lost:
            emit_line(f"{name}: {won:,} pieces won, {lost:,} lost over all categories")
    emit_line(f"{found.alike} limits are alike")


def _number(one: Consequence | None) -> str:
    return "none" if one is None or one.limit is None else f"{one.limit:,}"


def _word(one: Consequence | None) -> str:
    if one is None:
        return "not limited"
    return one.verdict if one.margin is None else f"{one.verdict} {one.margin:+,}"


def _plain(one: Change) -> dict[str, Any]:
    return {
        "party": one.party,
        "category": one.category,
        "zone": one.zone,
        "a": _side(one.a),
        "b": _side(one.b),
        "headroom": one.headroom,
        "verdict_changes": one.verdict_changes,
    }


def _side(one: Consequence | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "obligation": one.obligation,
        "limit": one.limit,
        "verdict": one.verdict,
        "margin": one.margin,
    }
