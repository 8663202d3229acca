"""``equipoise design``: what each architecture could meet under each command mode."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from equipoise.cli import choices
from equipoise.cli.output import Progress, emit_json, emit_table
from equipoise.cli.plain import plain

if TYPE_CHECKING:
    from equipoise.defence import Coverage, OperandVector
    from equipoise.scenario import Scenario

WITHHELD = ("key-withheld", "data-withheld", "shots-withheld")
_NOTE = (
    "Can be met (upper bound): kinematics and time are necessary, not sufficient. Shares are of the people "
    "and the land within reach of an assessed threat, at one decision time for all modes; pooling then wins "
    "by construction."
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
        list[str] | None, typer.Option("--mode", metavar="ID", help="Only this mode; may be given again.")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="A coarser grid of places and times.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Say what each architecture could meet, by command mode.

    Each is also run with the partner withholding its key, its data or its shots, and with the link cut.

    \b
    Examples:
      equipoise design lisbon-2010 --quick
      equipoise design lisbon-2010 --architecture epaa-phase4 --mode dual-key --quick --json
    """
    from equipoise.scenario import load_scenario
    from equipoise.study import compute_coverage

    declared = load_scenario(scenario)
    chosen, wanted = choices.architectures(declared, architecture), choices.modes(declared, mode)
    with Progress() as progress:
        found = compute_coverage(declared, chosen, modes=wanted, quick=quick, progress=progress)
    rows = list(_rows(declared, found))
    if json:
        emit_json({"scenario": declared.id, "digest": declared.digest, "architectures": rows, "note": _NOTE})
    else:
        _show(declared, rows)


def _rows(scenario: Scenario, found: Iterable[Coverage]) -> Iterable[dict[str, Any]]:
    """One mapping an architecture and mode: whole at equal times, its own times, and each way of losing."""
    by_key: dict[tuple[str, str, bool], dict[tuple[str, str], Coverage]] = {}
    for c in found:
        by_key.setdefault((c.architecture, c.mode, c.joined), {})[c.variant, c.timing] = c
    parties = [p.id for p in scenario.parties]
    for (architecture, mode, joined), rows in by_key.items():
        whole = rows["whole", "equal"]
        yield {
            "name": architecture,
            "title": scenario.architectures[architecture].name,
            "mode": mode,
            "joined": joined,
            "decision_s": plain(whole.decision_s),
            "fire_control": whole.fire_control,
            "operands": [_operand(v) for v in whole.operands],
            "met": {**_shares(whole, parties), "by_country": _by_country(whole)},
            # Where nothing is joined there is no link, and nothing that a partner could withhold.
            "without_partner": {
                v: _shares(rows[v, "equal"], parties) for v in WITHHELD if (v, "equal") in rows
            },
            "link_cut": _shares(rows.get(("link-cut", "equal"), whole), parties),
            "own_decision_time": {t: _shares(rows["whole", t], parties) for t in ("fast", "slow")},
        }


def _shares(coverage: Coverage, parties: list[str]) -> dict[str, Any]:
    """By party; None where nobody of the party is threatened."""
    threatened = {r.party for r in coverage.regions if r.population_threatened > 0}
    return {
        "population_fraction": {
            p: coverage.population_fraction(p) if p in threatened else None for p in parties
        },
        "area_fraction": {p: coverage.area_fraction(p) if p in threatened else None for p in parties},
    }


def _by_country(coverage: Coverage) -> dict[str, dict[str, Any]]:
    """People and land in the three classes, summed over the parts of a country; no finer place."""
    found: dict[str, dict[str, Any]] = {}
    for r in coverage.regions:
        row = found.setdefault(r.country, {"party": r.party, "people": 0.0} | dict.fromkeys(_COUNTED, 0.0))
        row["people"] += r.population
        for name in _COUNTED:
            row[name] += getattr(r, name)
    return found


_COUNTED = ("population_threatened", "population_met", "area_threatened_km2", "area_met_km2")


def _operand(vector: OperandVector) -> dict[str, Any]:
    """One battery's operands; places are its own, and a status stands beside each figure."""
    value: dict[str, Any] = plain(vector)
    value["status"] = {name: status for name, status, _ in vector.statuses}
    del value["statuses"]
    return value


def _show(scenario: Scenario, rows: list[dict[str, Any]]) -> None:
    names = {p.id: p.name for p in scenario.parties}
    emit_table(
        f"What could be met, {scenario.title}",
        (
            "architecture",
            "mode",
            "joined",
            "party",
            "people met",
            "land met",
            "without partner, at least",
            "link cut",
        ),
        [
            (
                row["name"],
                row["mode"],
                "yes" if row["joined"] else "no",
                names[party],
                _share(met),
                _share(row["met"]["area_fraction"][party]),
                _share(_least(row["without_partner"] or {"whole": row["met"]}, party)),
                _share(row["link_cut"]["population_fraction"][party]),
            )
            for row in rows
            for party, met in row["met"]["population_fraction"].items()
        ],
        note=_NOTE,
    )


def _least(variants: Mapping[str, Any], party: str) -> float | None:
    kept = [v["population_fraction"][party] for v in variants.values()]
    return None if None in kept else min(kept)


def _share(fraction: float | None) -> str:
    return "not threatened" if fraction is None else f"{100 * fraction:.0f} %"
