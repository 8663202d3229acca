"""``equipoise keep revive``: what each party would have to do for a regime to run again, stage by stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from equipoise.cli.output import emit_json, emit_line, emit_table
from equipoise.cli.verbs.keep_facts import day, facts_with

if TYPE_CHECKING:
    from equipoise.accords import Task


def revive(
    accord: Annotated[str, typer.Argument(metavar="ACCORD", help="The accord to be revived: cfe.")],
    as_of: Annotated[str, typer.Option("--as-of", metavar="DATE", help="The day it starts from.")],
    ceilings: Annotated[
        str,
        typer.Option(
            "--ceilings", metavar="REGIME", help="Whose ceilings: CFE1990_max_levels or ACFE1999_national."
        ),
    ],
    declarations: Annotated[
        list[str] | None,
        typer.Option("--declarations", metavar="FILE", help="Your own declarations, CSV."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Say what each party would have to do for a regime to run again: resume, declare, cut, move, accept.

    Steps come in stages. In each stage both sides have a step, so that nobody is asked to go first alone.
    What no declaration decides is listed at the end.

    \b
    Examples:
      equipoise keep revive cfe --as-of 2010-12-01 --ceilings ACFE1999_national
      equipoise keep revive cfe --as-of 2007-12-13 --ceilings CFE1990_max_levels --json
    """
    from equipoise.accords import revival

    found = revival(accord, ceilings, facts_with(declarations or []), day("--as-of", as_of))
    if json:
        emit_json(
            {
                "accord": accord,
                "ceilings": ceilings,
                "as_of": as_of,
                "stages": [
                    {
                        "stage": place,
                        "name": s.name,
                        "says": s.says,
                        "balanced": s.balanced,
                        "steps": [_plain(t) for t in s.tasks],
                    }
                    for place, s in enumerate(found.stages, start=1)
                ],
                "open": [{"party": p, "categories": list(c)} for p, c in found.open],
            }
        )
        return
    emit_table(
        f"To run {accord} again under {ceilings}, from {as_of}",
        ("stage", "side", "who", "step", "of what", "pieces", "why"),
        [
            (
                f"{place} {stage.name}",
                task.side,
                _names(task.parties),
                task.what,
                ", ".join(w for w in (task.category, task.zone) if w),
                "" if task.pieces is None else f"{task.pieces:,}",
                task.says + (f" (asked for under reading {task.reading})" if task.reading else ""),
            )
            for place, stage in enumerate(found.stages, start=1)
            for task in stage.tasks
        ],
        note="Steps of one stage stand side by side; none of them is a finding that it is owed.",
    )
    if found.open:
        who = ", ".join(party for party, _ in found.open)
        emit_line(f"not decided for want of a declaration whether anything must be cut: {who}")


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(names) if len(names) <= 3 else f"{names[0]} and {len(names) - 1} more"


def _plain(task: Task) -> dict[str, Any]:
    return {
        "side": task.side,
        "parties": list(task.parties),
        "what": task.what,
        "says": task.says,
        "category": task.category,
        "zone": task.zone,
        "pieces": task.pieces,
        "reading": task.reading,
    }
