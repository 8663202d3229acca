"""``equipoise catalogue``: the facts that ship here, their sources, and a check of one's own file."""

from __future__ import annotations

from typing import Annotated

import typer

from equipoise.cli.output import emit_json, emit_line, emit_table
from equipoise.cli.plain import plain

app = typer.Typer(invoke_without_command=True, rich_markup_mode=None)
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
        str | None, typer.Argument(metavar="[KIND]", help="Only entries of this kind, such as missiles.")
    ] = None,
    json: Json = False,
) -> None:
    """List what there is: kind, id, name, and how well it is known.

    \b
    Examples:
      equipoise catalogue list
      equipoise catalogue list missiles --json
    """
    from equipoise.scenario import list_entries

    entries = list_entries(kind)
    if json:
        emit_json({"entries": plain(entries)})
        return
    emit_table(
        "The catalogue",
        ("kind", "id", "name", "of", "status"),
        [(e.kind, e.id, e.name, e.about, e.status) for e in entries],
        note="`equipoise catalogue show ID` shows one entry, with the source of each figure.",
    )


@app.command("show")
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="An id from `equipoise catalogue list`.")],
    json: Json = False,
) -> None:
    """Show one entry whole, each figure with its unit, status and source.

    \b
    Example:
      equipoise catalogue show sejjil-2-assumed
    """
    from equipoise.scenario import show_entry

    entry = show_entry(id)
    if json:
        emit_json({"entry": plain(entry)})
        return
    emit_table(
        f"{entry.id} ({entry.kind}): {entry.name}",
        ("field", "value", "status", "source"),
        [(f.name, f.value, f.status or "", f.source) for f in entry.fields],
    )


@app.command("sources")
def sources(json: Json = False) -> None:
    """List every source that an entry or a figure rests on.

    \b
    Example:
      equipoise catalogue sources
    """
    from equipoise.scenario import list_sources

    found = list_sources()
    if json:
        emit_json({"sources": plain(found)})
        return
    emit_table("Sources", ("source", "entries"), [(s.text, ", ".join(s.entries)) for s in found])


@app.command("check")
def check(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A missile, scenario or CSV file of your own.")],
    json: Json = False,
) -> None:
    """Check a file of your own: what it declares, or the first fault.

    A fault is told with its file, line and field, what was found and what would do; the exit code is then 2.
    Every default that would be put in for a missing figure is listed.

    \b
    Example:
      equipoise catalogue check my-missile.yaml
    """
    from equipoise.scenario import check_file

    checked = check_file(file)
    if json:
        emit_json({"ok": True, **plain(checked)})
        return
    emit_line(f"{checked.file}: {checked.kind}: {', '.join(checked.ids)}")
    for id, sentence in checked.assumptions:
        emit_line(f"  {id}: {sentence}")
