"""``equipoise keep``: is each side keeping its word, by which article and by what margin?"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from equipoise.cli.output import emit_json, emit_line, emit_table
from equipoise.cli.verbs import (
    keep_concerns,
    keep_diff,
    keep_due,
    keep_revive,
    keep_schema,
    keep_stance,
    keep_why,
)
from equipoise.cli.verbs.keep_facts import asked_for, day, facts_with
from equipoise.cli.verbs.keep_questions import Question, remember
from equipoise.cli.words import VerbWithWords

if TYPE_CHECKING:
    from equipoise.accords import Evaluation, Finding

words = typer.Typer(rich_markup_mode=None)
"""The sub-verbs of keep; each stands in a file of its own and is registered here."""
words.command("concerns")(keep_concerns.concerns)
words.command("diff")(keep_diff.diff)
words.command("due")(keep_due.due)
words.command("revive")(keep_revive.revive)
words.command("schema")(keep_schema.schema)
words.command("stance")(keep_stance.stance)
words.command("why")(keep_why.why)
_ACCORDS = (
    "cfe, flank, acfe, istanbul, vienna, founding-act, restraint, launch-notice, transparency, transit, "
    "cooperation or relations."
)
SIGNS = {
    "complies": "✓ complies",
    "breaches": "✗ breaches",
    "cannot be decided": "◐ cannot be decided",
    "not owed": "– not owed",
}
PARTED = 10
"""Lines on differing readings that are printed; the rest are counted."""
_NOTE = (
    "Margin = limit less counted: a negative margin is an excess. A finding rests on what was declared and "
    "on nothing else; `rests on` is the status of the least known figure. "
    "`equipoise keep why OBLIGATION --as-of DATE --party P` shows its reasoning."
)


class WithWords(VerbWithWords):
    """``keep`` and its reserved words."""

    words = words


def keep(
    accord: Annotated[str, typer.Argument(metavar="ACCORD", help=_ACCORDS)],
    as_of: Annotated[str, typer.Option("--as-of", metavar="DATE", help="The day judged, YYYY-MM-DD.")],
    known_at: Annotated[
        str | None,
        typer.Option(
            "--known-at",
            metavar="DATE",
            help="Judge by what had been declared by this day; without it, by all that is in the files.",
        ),
    ] = None,
    reading: Annotated[
        str | None, typer.Option("--reading", metavar="NAME", help="Only this reading, beside the text.")
    ] = None,
    declarations: Annotated[
        list[str] | None,
        typer.Option(
            "--declarations", metavar="FILE", help="Your own declarations, CSV; may be given again."
        ),
    ] = None,
    party: Annotated[
        str | None,
        typer.Option("--party", metavar="P", help="Only findings about this State, group or side."),
    ] = None,
    category: Annotated[
        str | None, typer.Option("--category", metavar="C", help="Only findings in this category.")
    ] = None,
    item: Annotated[
        str | None, typer.Option("--item", metavar="ITEM", help="The thing asked about (transit).")
    ] = None,
    given: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="NAME=VALUE", help="A further fact that the accord asks for."),
    ] = None,
    holidays: Annotated[
        str | None, typer.Option("--holidays", metavar="FILE", help="Days off, CSV: day,name,source.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Judge one accord on one day, under every reading, each finding with its whole reasoning.

    A finding complies, breaches, cannot be decided (with what would decide it) or is not owed. Rival readings
    run side by side; where they part, the operand is named.

    \b
    Examples:
      equipoise keep cfe --as-of 1995-11-17
      equipoise keep cfe --as-of 2007-11-07 --party NATO_22_CFE_States --json
      equipoise keep flank --as-of 1999-07-01 --reading awaiting_disposal_not_counted
      equipoise keep transit --as-of 2011-01-01 --item "mine-protected armoured vehicle"
      equipoise keep vienna --as-of 2013-09-20 --with troops=9500 --with by=Russia --with notified_on=none
    """
    from equipoise.accords import check_category, check_party, judge, members_of

    asked = asked_for(item, given or [])
    facts = facts_with(declarations or [], holidays)
    if party is not None:
        check_party(party, facts, field="--party")
    if category is not None:
        check_category(category, facts, field="--category")
    judged = judge(
        accord,
        facts,
        day("--as-of", as_of),
        day("--known-at", known_at) if known_at else None,
        reading=reading,
        asked=asked,
    )
    mine = None if party is None else {party, *members_of(facts, party, judged.as_of)}
    findings = [
        f for f in judged.findings if (mine is None or f.party in mine) and category in (None, f.category)
    ]
    remember(Question(accord, as_of, known_at, tuple(declarations or ()), asked, holidays))
    for warning in judged.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    if json:
        from equipoise.accords import evaluation_json

        emit_json(evaluation_json(judged, findings), compact=True)
    else:
        _show(judged, findings, everything=party is not None or category is not None)


def _show(judged: Evaluation, findings: list[Finding], everything: bool) -> None:
    """A table of what is decided (of all, where a party or category was asked for), then what parts."""
    shown = [f for f in findings if everything or f.verdict in ("complies", "breaches", None)]
    from equipoise.accords import rests_on

    emit_table(
        f"{judged.accord.title}, as of {judged.as_of}, as declared by {judged.known_at}",
        ("obligation", "party", "category", "zone", "reading", "verdict", "margin", "rests on"),
        [
            (
                f.obligation,
                f.party or "",
                f.category or "",
                where(f),
                f.reading or "as written",
                SIGNS[f.verdict] if f.verdict else f.trace.result,
                "" if f.margin is None else f"{f.margin:+,} {f.unit}",
                rests_on(f) or "",
            )
            for f in shown
        ],
        note=_NOTE,
    )
    left = len(findings) - len(shown)
    if left:
        emit_line(f"{left} more are not owed or cannot be decided; --party P or --json shows them")
    _show_parting(judged, {(f.obligation, f.party, f.category) for f in shown if f.verdict})
    _show_in_force(judged, {f.party for f in findings} if everything else set())


def _show_in_force(judged: Evaluation, parties: set[str | None]) -> None:
    """Whom the parties asked about owe what, where that hangs on the reading."""
    for row in judged.beside.get("in_force", ()):
        if not parties & set(row["obligors"]) or len({r["owed"] for r in row["readings"]}) < 2:
            continue
        owed = "; ".join(f"{r['reading'] or 'as written'}: {r['status']}" for r in row["readings"])
        limits = "limits" if row["covers"] == "limits" else "information"
        emit_line(f"{limits} owed by {_several(row['obligors'])} to {_several(row['obligees'])}: {owed}")


def _several(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} alike"


def _show_parting(judged: Evaluation, shown: set[tuple[str, str | None, str | None]]) -> None:
    """The operands on which the readings of what is shown part, the first few of them."""
    parted = [a for a in judged.agreement if a.differs_in and (a.obligation, a.party, a.category) in shown]
    for row in parted[:PARTED]:
        about = ", ".join(w for w in (row.obligation, row.party, row.category, row.zone, row.about) if w)
        emit_line(f"readings differ: {about}: {row.differs_in[0]}")
    if len(parted) > PARTED:
        emit_line(f"and {len(parted) - PARTED} more; --json has them under `agreement`")


def where(finding: Finding) -> str:
    """The zone of a finding, or what stands for it: a host, an activity, an addressee, an item."""
    details = dict(finding.details)
    named = (details.get(n) for n in ("member", "activity", "toward", "item", "quantity"))
    return finding.zone or next((str(n) for n in named if n), "")
