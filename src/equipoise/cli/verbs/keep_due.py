"""``equipoise keep due``: what a party owes, to whom, by when; as a table, JSON or a calendar file."""

from __future__ import annotations

from typing import Annotated

import typer

from equipoise.cli.output import emit_json, emit_line, emit_table, write_whole
from equipoise.cli.verbs.keep_facts import day, facts_with


def due(
    party: Annotated[str, typer.Option("--party", metavar="P", help="A State, or a side and its members.")],
    start: Annotated[str, typer.Option("--from", metavar="DATE", help="The first day, YYYY-MM-DD.")],
    end: Annotated[str, typer.Option("--to", metavar="DATE", help="The last day, YYYY-MM-DD.")],
    ics: Annotated[
        str | None, typer.Option("--ics", metavar="FILE", help="Write an iCalendar file; - for stdout.")
    ] = None,
    holidays: Annotated[
        str | None, typer.Option("--holidays", metavar="FILE", help="Days off, CSV: day,name,source.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """List what a party owes between two days: what, to whom, by when, by which article.

    An addressee to whom it is not owed under some reading stands in a line of its own. A day that is no
    working day says so.

    \b
    Examples:
      equipoise keep due --party "United States" --from 2011-12-01 --to 2012-01-31
      equipoise keep due --party Russia --from 2001-01-01 --to 2001-12-31 --ics due.ics
    """
    from equipoise.accords import due_between

    found = due_between(facts_with([], holidays), party, day("--from", start), day("--to", end))
    if ics is not None:
        from equipoise.accords import to_ical

        write_whole(ics, to_ical(found).decode("utf-8"))
    if json:
        emit_json(
            {
                "party": party,
                "from": start,
                "to": end,
                "due": [
                    {
                        "id": d.id,
                        "accord": d.accord,
                        "what": d.what,
                        "due_on": d.day.isoformat(),
                        "by": list(d.by),
                        "to": list(d.to),
                        "owed": d.owed,
                        "reading": d.reading,
                        "article": d.article,
                        "status": d.status,
                        "source": d.source,
                        "note": d.note or None,
                    }
                    for d in found
                ],
            }
        )
        return
    if ics == "-":
        return
    emit_table(
        f"Owed by {party}, {start} to {end}",
        ("due on", "accord", "what", "by", "to", "owed", "reading"),
        [
            (
                d.day.isoformat() + (" (day off)" if d.note else ""),
                d.accord,
                d.what,
                _names(d.by),
                _names(d.to),
                {True: "✓ owed", False: "– not owed", None: "◐ not known"}[d.owed],
                d.reading or "as written",
            )
            for d in found
        ],
    )
    if not found:
        emit_line("nothing that we know of is due on these days")


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(names) if len(names) <= 2 else f"{names[0]} and {len(names) - 1} more"
