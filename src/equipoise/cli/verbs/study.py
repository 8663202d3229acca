"""``equipoise study``: the whole way, from declared facts to one report."""

from __future__ import annotations

from typing import Annotated

import typer

from equipoise.cli.output import Progress, emit_json, emit_line


def study(
    scenario: Annotated[
        str, typer.Argument(metavar="[SCENARIO]", help="A scenario's name, or a YAML file.")
    ] = "lisbon-2010",
    out: Annotated[
        str, typer.Option("--out", metavar="DIR", help="Folder of the report; one of ours is replaced whole.")
    ] = "equipoise-report",
    quick: Annotated[bool, typer.Option("--quick", help="The same on a coarser grid, in seconds.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Take declared facts to a report that both sides can recompute.

    Writes report.html (one file, no script and no network needed), result.json, the figures as CSV, and in
    ledger/ the entry that a party can sign with `equipoise ledger append`, so that others can recompute it.
    Nothing is left half-written: the folder appears, or is replaced, at the end. The first run on a machine
    compiles the engine, which takes some tens of seconds; later ones find it compiled.

    \b
    Examples:
      equipoise study lisbon-2010
      equipoise study my-scenario/scenario.yaml --quick --out my-report
    """
    from equipoise.scenario import load_scenario, own_file_of
    from equipoise.study import run_study

    with Progress() as progress:
        progress("reading the scenario; the first run on a machine also compiles the engine")
        declared = own_file_of(scenario)
        result = run_study(load_scenario(scenario), out, quick=quick, progress=progress, declared=declared)
    if json:
        emit_json({**result.record, "report": {**result.record["report"], "path": result.report}})
    else:
        emit_line(f"report: {result.report}")
