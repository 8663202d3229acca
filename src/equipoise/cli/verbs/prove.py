"""``equipoise prove``: can any architecture touch the other party's deterrent, and by what margin?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from equipoise.cli import choices
from equipoise.cli.messages import bad_input
from equipoise.cli.output import Progress, emit_json, emit_line, emit_table
from equipoise.cli.rim import ANSWER_NO
from equipoise.cli.verbs.prove_claims import prove_claims
from equipoise.cli.words import VerbWithWords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from equipoise.guarantee import Guarantee

words = typer.Typer(rich_markup_mode=None)
"""The sub-verbs of prove; each stands in a file of its own and is registered here."""
words.command("claims")(prove_claims)
SIGNS = {"holds": "✓ holds", "fails": "✗ fails", "depends": "◐ depends"}
_NOTE = (
    "Margins are positive where it holds: seconds = earliest permitted commit less the latest commit that "
    "reaches; km/s = speed needed less speed declared. Holds binds only what was declared; it is no "
    "statement of safety."
)


class WithWords(VerbWithWords):
    """``prove`` and its reserved words."""

    words = words


def prove(
    scenario: Annotated[
        str, typer.Argument(metavar="[SCENARIO]", help="A scenario's name, or a YAML file.")
    ] = "lisbon-2010",
    architecture: Annotated[
        list[str] | None,
        typer.Option("--architecture", metavar="ID", help="Only this architecture; may be given again."),
    ] = None,
    mode: Annotated[
        list[str] | None,
        typer.Option("--mode", metavar="ID", help="Only this mode; may be given again."),
    ] = None,
    protects: Annotated[
        str | None,
        typer.Option("--protects", metavar="PARTY", help="With --architecture: does its guarantee hold?"),
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="A coarser grid of places and times.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Say whether any of it can reach a party's deterrent.

    One row for each architecture, mode, party and rung: as declared, at burnout, and at worst.

    With --architecture and --protects it answers a yes/no question: does the guarantee hold as declared, in
    each mode asked for? Exit code 1 means no: it fails, or depends on what is not declared.

    \b
    Examples:
      equipoise prove lisbon-2010 --quick
      equipoise prove lisbon-2010 --architecture us-own-2010 --protects russia --quick --json
    """
    if protects is not None and not architecture:
        raise bad_input("pair-incomplete", field="--protects")
    from equipoise.guarantee import AS_DECLARED
    from equipoise.guarantee import prove as prove_all
    from equipoise.scenario import load_scenario

    declared = load_scenario(scenario)
    chosen, wanted = choices.architectures(declared, architecture), choices.modes(declared, mode)
    party = choices.party(declared, protects)
    with Progress() as progress:
        proved = prove_all(declared, architectures=chosen, quick=quick, progress=progress)
    rows = [g for g in proved if (wanted is None or g.mode in wanted) and party in (None, g.protects)]
    answer = None
    if party is not None:
        answer = all(g.verdict == "holds" for g in rows if g.rung == AS_DECLARED)
    _say(declared.id, declared.digest, rows, answer, json)
    if answer is False:
        raise typer.Exit(ANSWER_NO)


def _say(scenario: str, digest: str, rows: Sequence[Guarantee], answer: bool | None, json: bool) -> None:
    if json:
        from equipoise.guarantee import to_json

        value = {"scenario": scenario, "digest": digest, "guarantees": to_json(rows), "note": _NOTE}
        emit_json(value if answer is None else {"answer": "yes" if answer else "no", **value})
        return
    emit_table(
        f"Guarantees of {scenario}",
        (
            "architecture",
            "mode",
            "joined",
            "protects",
            "rung",
            "verdict",
            "margin (s)",
            "margin (km/s)",
            "turns on, or note",
        ),
        [
            (
                g.architecture,
                g.mode,
                "yes" if g.joined else "no",
                g.protects,
                g.rung,
                SIGNS[g.verdict] + (", near edge" if g.near_edge else ""),
                _signed(g.margin_s, "+.0f"),
                _signed(g.margin_km_s, "+.1f"),
                ", ".join(g.turns_on) or g.note,
            )
            for g in rows
        ],
        note=_NOTE,
    )
    if answer is not None:
        emit_line("yes: it holds as declared" if answer else "no: it does not hold in every mode as declared")


def _signed(value: float | None, form: str) -> str:
    return "" if value is None else format(value, form)
