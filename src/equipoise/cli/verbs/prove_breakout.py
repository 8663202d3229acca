"""``equipoise prove breakout``: how the margin falls as speed, seas, numbers or sensors grow."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated

import typer

from equipoise.cli import choices
from equipoise.cli.output import Progress, emit_json, emit_table
from equipoise.cli.verbs.prove_operands import signed

if TYPE_CHECKING:
    from equipoise.guarantee import Breakout, BreakoutPoint

NOTE = (
    "Least margin in seconds over all flights at the declared burn and altitude window, by flight cap: "
    "positive where it holds, never where nothing is reached. Notice binds only what was declared."
)


def prove_breakout(
    scenario: Annotated[
        str, typer.Argument(metavar="[SCENARIO]", help="A scenario's name, or a YAML file.")
    ] = "lisbon-2010",
    architecture: Annotated[
        list[str] | None,
        typer.Option("--architecture", metavar="ID", help="Only this architecture; may be given again."),
    ] = None,
    protects: Annotated[
        str | None, typer.Option("--protects", metavar="PARTY", help="Only this party's deterrent.")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="A coarser grid of places and times.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Say how far each architecture is from reaching, and what notice there would be.

    One axis at a time grows: the interceptors' speed, a ship more in each named sea, their number, the
    sensors. The rest stays as declared, at commits that no command mode helps.

    \b
    Examples:
      equipoise prove breakout --architecture epaa-phase3 --quick
      equipoise prove breakout lisbon-2010 --protects russia --quick --json
    """
    from equipoise.guarantee import breakout_to_json, judge_breakout
    from equipoise.scenario import load_catalogue, load_scenario

    declared = load_scenario(scenario)
    seas = declared.sea_areas if declared.fictional else {**load_catalogue().sea_areas, **declared.sea_areas}
    chosen, party = choices.architectures(declared, architecture), choices.party(declared, protects)
    with Progress() as progress:
        found = judge_breakout(
            declared, architectures=chosen, protects=party, seas=seas, quick=quick, progress=progress
        )
    if json:
        emit_json(
            {
                "scenario": declared.id,
                "digest": declared.digest,
                "breakout": breakout_to_json(found),
                "note": NOTE,
            }
        )
        return
    for each in found:
        _show(each)
    if found:
        _show_notice(found[0])


def _show(b: Breakout) -> None:
    emit_table(
        f"Breakout of {b.architecture} toward {b.protects}",
        ("axis", "rung", "at", "600 s cap", "no cap", "interceptors, warheads met at most"),
        [
            (
                p.axis,
                p.rung,
                p.at,
                *(_margin(margin) for _, margin in p.margins_s or (("", math.nan), ("", math.nan))),
                _last(p),
            )
            for p in b.points
        ],
        note="Least speed that reaches: "
        + "; ".join(
            f"{t.rung}, flight cap {t.cap}: {signed(t.speed_km_s, '.2f', 'none under 12')} km/s"
            for t in b.turns
        )
        + f". {NOTE}",
    )


def _margin(margin: float | None) -> str:
    return "never" if margin is None else "" if math.isnan(margin) else f"{margin:+.0f}"


def _last(p: BreakoutPoint) -> str:
    if p.not_guaranteed:
        return f"not guaranteed: {', '.join(p.not_guaranteed)}"
    if p.ceiling is None:
        return ""
    return (
        f"{signed(p.value, '.0f')} interceptors, {p.ceiling} warheads"
        if not p.shares
        else f"{p.ceiling} warheads"
    )


def _show_notice(b: Breakout) -> None:
    emit_table(
        "Notice that the measures on the table would give",
        ("axis", "measure", "known ahead, at most", "unseen, at most", "what it shows", "status"),
        [
            (n.axis, n.measure or "none", _days(n.ahead_days), _days(n.lag_days), n.shows, n.status)
            for n in b.notice
        ],
    )


def _days(days: int | None) -> str:
    return "not stated" if days is None else f"{days} days"
