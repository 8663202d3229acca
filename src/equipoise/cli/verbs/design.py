"""``equipoise design``: what each architecture could meet under each command mode."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from equipoise.cli import choices
from equipoise.cli.output import Progress, emit_json, emit_table

_NOTE = (
    "Can be met (upper bound): kinematics and time are necessary, not sufficient. Shares are of the "
    "people within reach of an assessed threat, at one decision time for all modes; pooling "
    "then wins by construction."
)


def design(
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
    quick: Annotated[bool, typer.Option("--quick", help="A coarser grid of places and times.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Say what each architecture could meet, by command mode.

    Each is also run with the partner withholding its key, its data or its shots, and with the link cut.

    \b
    Examples:
      equipoise design lisbon-2010 --quick
      equipoise design lisbon-2010 --architecture epaa-phase4 --mode separate --mode dual-key --quick --json
    """
    from equipoise.scenario import load_scenario
    from equipoise.study import coverage_record

    declared = load_scenario(scenario)
    chosen, wanted = choices.architectures(declared, architecture), choices.modes(declared, mode)
    with Progress() as progress:
        rows = coverage_record(declared, architectures=chosen, modes=wanted, quick=quick, progress=progress)
    if json:
        emit_json({"scenario": declared.id, "digest": declared.digest, "architectures": rows, "note": _NOTE})
    else:
        _show(declared.id, rows)


def _show(scenario: str, rows: list[dict[str, Any]]) -> None:
    emit_table(
        f"What could be met, {scenario}",
        ("architecture", "mode", "party", "people met", "land met", "without partner", "link cut"),
        [
            (
                row["name"],
                row["mode"],
                party,
                _share(met),
                _share(row["met"]["area_fraction"][party]),
                _share(min(w["population_fraction"][party] for w in row["without_partner"].values())),
                _share(row["link_cut"]["population_fraction"][party]),
            )
            for row in rows
            for party, met in row["met"]["population_fraction"].items()
        ],
        note=_NOTE,
    )


def _share(fraction: float | None) -> str:
    return "not threatened" if fraction is None else f"{100 * fraction:.0f} %"
