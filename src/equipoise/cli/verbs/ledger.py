"""``equipoise ledger``: the record that both sides and an observer can audit."""

from __future__ import annotations

from typing import Annotated

import typer

from equipoise.cli.output import emit_json, emit_line, emit_table
from equipoise.cli.plain import plain
from equipoise.cli.rim import ANSWER_NO

app = typer.Typer(invoke_without_command=True, rich_markup_mode=None)
Json = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]


@app.callback()
def _ledger(context: typer.Context) -> None:
    """The record: signed entries that neither side can rewrite.

    Each party signs its entries, the log orders them in a Merkle tree, and both parties and the observer
    cosign its checkpoints.
    """
    if context.invoked_subcommand is None:
        emit_line(context.get_help())


@app.command("vectors")
def vectors(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A JSON file of conformance vectors.")],
    json: Json = False,
) -> None:
    """Hold this program against published vectors of the formats it speaks.

    Merkle proofs, signed notes, checkpoints, cosignatures, witnesses, receipts, policies, canonical JSON and
    Ed25519. Exit code 1 means that a vector did not pass.

    \b
    Example:
      equipoise ledger vectors vectors.json --json
    """
    from equipoise.ledger import read_input, run_vectors

    sections = run_vectors(read_input(file), file=file)
    if json:
        emit_json({"sections": plain(sections)})
    else:
        emit_table(
            f"Vectors of {file}",
            ("section", "passed", "failed"),
            [(s.name, str(s.passed), "; ".join(s.failed) or "none") for s in sections],
        )
    if any(section.failed for section in sections):
        raise typer.Exit(ANSWER_NO)
