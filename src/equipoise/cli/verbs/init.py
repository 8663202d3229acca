"""``equipoise init``: a small fictional scenario, commented, to change into one's own."""

from __future__ import annotations

from typing import Annotated

import typer

from equipoise.cli.output import emit_json, emit_line


def init(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Write a small scenario of your own to start from.

    It has two fictional parties, runs in seconds, and has a comment beside every field.

    \b
    Example:
      equipoise init my-scenario
      equipoise study my-scenario/scenario.yaml --out my-report
    """
    from equipoise.scenario import write_starter

    written = [str(path) for path in write_starter(folder)]
    if json:
        emit_json({"folder": folder, "files": written})
        return
    for path in written:
        emit_line(path)
    emit_line(f"next: equipoise study {written[0]}")
