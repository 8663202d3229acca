"""``equipoise catalogue``: the facts that ship here, their sources, and a check of one's own file."""

from __future__ import annotations

from typing import Annotated

import typer

from equipoise.cli.output import emit_json, emit_line, emit_table

app = typer.Typer(
    invoke_without_command=True,
    rich_markup_mode=None,
)
Json = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]


@app.callback()
def _catalogue(context: typer.Context) -> None:
    """The facts that ship with the program, and their sources.

    Missiles, interceptors, sensors, sites, sea areas, architectures, claims, measures and concerns.
    """
    if context.invoked_subcommand is None:
        emit_line(context.get_help())


@app.command("list")
def list_(
    kind: Annotated[
        str | None, typer.Argument(metavar="[KIND]", help="Only entries of this kind, such as missile.")
    ] = None,
    json: Json = False,
) -> None:
    """List what the catalogue holds: kind, id, name, and how well it is known.

    \b
    Examples:
      equipoise catalogue list
      equipoise catalogue list missile --json
    """
    from equipoise.scenario import list_entries

    entries = list_entries(kind)
    if json:
        emit_json(
            {"entries": [{"kind": e.kind, "id": e.id, "name": e.name, "status": e.status} for e in entries]}
        )
        return
    emit_table(
        "The catalogue",
        ("kind", "id", "name", "status"),
        [(e.kind, e.id, e.name, e.status) for e in entries],
        note="`equipoise catalogue show ID` shows one entry with the source of each figure.",
    )


@app.command("show")
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="An id from `equipoise catalogue list`.")],
    json: Json = False,
) -> None:
    """Show one entry whole: each figure with its unit, status and source.

    \b
    Example:
      equipoise catalogue show sejjil-2-assumed
    """
    from equipoise.scenario import show_entry

    entry = show_entry(id)
    if json:
        emit_json({"entry": entry})


@app.command("sources")
def sources(json: Json = False) -> None:
    """List the sources that the catalogue quotes.

    \b
    Example:
      equipoise catalogue sources
    """


@app.command("check")
def check(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A missile, scenario or CSV file of your own.")],
    json: Json = False,
) -> None:
    """Check a file of your own: the first fault with its file, line and field, or what was found.

    \b
    Example:
      equipoise catalogue check my-missile.yaml
    """
