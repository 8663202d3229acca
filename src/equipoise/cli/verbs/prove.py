"""``equipoise prove``: can any architecture touch the other party's deterrent, and by what margin?"""

from __future__ import annotations

from typing import Annotated

import typer

from equipoise.cli import choices
from equipoise.cli.messages import bad_input
from equipoise.cli.output import Progress, emit_json
from equipoise.cli.rim import ANSWER_NO
from equipoise.cli.verbs.prove_breakout import prove_breakout
from equipoise.cli.verbs.prove_claims import prove_claims
from equipoise.cli.verbs.prove_inspect import prove_inspect
from equipoise.cli.verbs.prove_measures import prove_measures
from equipoise.cli.verbs.prove_operands import judge_file, prove_schema
from equipoise.cli.verbs.prove_private import Asked, private
from equipoise.cli.verbs.prove_purpose import prove_purpose
from equipoise.cli.verbs.prove_table import NOTE, show
from equipoise.cli.words import VerbWithWords

words = typer.Typer(rich_markup_mode=None)
"""The sub-verbs of prove; each stands in a file of its own and is registered here."""
words.command("claims")(prove_claims)
words.command("inspect")(prove_inspect)
words.command("measures")(prove_measures)
words.command("purpose")(prove_purpose)
words.command("schema")(prove_schema)
words.command("breakout")(prove_breakout)


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
    operands: Annotated[
        str | None,
        typer.Option("--operands", metavar="FILE", help="Judge your own operand vector (prove schema)."),
    ] = None,
    against: Annotated[
        list[str] | None,
        typer.Option("--against", metavar="CLAIM", help="With --operands: set it beside this claim."),
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="A coarser grid of places and times.")] = False,
    private_check: Annotated[
        bool, typer.Option("--private", help="Open one bit, and show no input: a check of three roles.")
    ] = False,
    role: Annotated[
        str | None, typer.Option("--as", metavar="ROLE", help="With --private: be A, B or observer.")
    ] = None,
    peers: Annotated[
        str | None, typer.Option("--peers", metavar="FILE", help="With --as: the public file of the check.")
    ] = None,
    commit: Annotated[
        bool, typer.Option("--commit", help="With --as: rasterise your inputs and commit to them.")
    ] = False,
    consent: Annotated[
        bool, typer.Option("--consent", help="With --as: sign for a further run of a committed pair.")
    ] = False,
    set_up: Annotated[
        str | None, typer.Option("--set-up", metavar="DIR", help="With --private: write a check's files.")
    ] = None,
    record: Annotated[
        str | None,
        typer.Option("--record", metavar="DIR", help="With --as: first hold both roots against this ledger."),
    ] = None,
    policy: Annotated[
        str | None,
        typer.Option("--policy", metavar="FILE", help="With --record: your own copy of its trust policy."),
    ] = None,
    keep: Annotated[
        str | None, typer.Option("--keep", metavar="DIR", help="With --private: keep what the run made.")
    ] = None,
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
      equipoise prove --operands mine.yaml --against mda-2007-slides
      equipoise prove lisbon-2010 --private --architecture epaa-phase1
    """
    asked = Asked(role, peers, commit, consent, set_up, keep, record, policy)
    if private_check:
        if operands or against or mode:
            raise bad_input("private-alone", field="--private")
        private(scenario, architecture, protects, asked, json)
        return
    if asked.any:
        raise bad_input("private-left-out", field="--private")
    if protects is not None and not architecture:
        raise bad_input("pair-incomplete", field="--protects")
    if against and operands is None:
        raise bad_input("against-alone", field="--against")
    if operands is not None:
        if architecture or mode or protects:
            raise bad_input("operands-alone", field="--operands")
        from equipoise.scenario import load_scenario

        judge_file(load_scenario(scenario), operands, against, quick=quick, json=json)
        return
    from equipoise.guarantee import AS_DECLARED, proof_of
    from equipoise.scenario import load_scenario

    declared = load_scenario(scenario)
    chosen, wanted = choices.architectures(declared, architecture), choices.modes(declared, mode)
    party = choices.party(declared, protects)
    with Progress() as progress:
        proved = proof_of(declared, architectures=chosen, quick=quick, progress=progress)
    rows = [
        g for g in proved.guarantees if (wanted is None or g.mode in wanted) and party in (None, g.protects)
    ]
    answer = None
    if party is not None:
        answer = all(g.verdict == "holds" for g in rows if g.rung == AS_DECLARED)
    head = {"scenario": declared.id, "digest": declared.digest}
    size = {"flights": proved.flights, "engagements": proved.engagements}
    if json:
        from equipoise.guarantee import to_json

        said = {} if answer is None else {"answer": "yes" if answer else "no"}
        emit_json({**said, **head, "guarantees": to_json(rows), **size, "note": NOTE})
    else:
        show(declared, rows, answer, f"{proved.flights} flights, {proved.engagements} engagements.")
    if answer is False:
        raise typer.Exit(ANSWER_NO)
