"""``equipoise keep schema``: what a file of declarations holds, and the words that may stand in it."""

from __future__ import annotations

from typing import Annotated

import typer

from equipoise.cli.output import emit_json, emit_line, emit_table


def schema(
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Say which columns a file of declarations has, and which words may stand in them.

    \b
    Examples:
      equipoise keep schema
      equipoise keep schema --json
    """
    from equipoise.accords import load_facts, schema_json

    told = schema_json(load_facts())
    if json:
        emit_json(told)
        return
    emit_table(
        "A file of declarations: CSV, UTF-8 without a byte order mark, commas, these columns in any order",
        ("column", "filled", "meaning"),
        [(c["name"], c["needed"], c["meaning"]) for c in told["columns"]],
    )
    emit_table(
        "Zones",
        ("zone", "within", "what it is"),
        [(z["name"], z["within"] or "", z["says"]) for z in told["zones"]],
    )
    for name in ("parties", "hosts", "categories", "states"):
        emit_line(f"{name}: {', '.join(told[name])}")
    emit_line("")
    emit_line("for example:")
    emit_line(told["example"].rstrip())
