"""``equipoise bench``: speed beside the peers, in one run, with the error beside each figure."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from equipoise.cli.messages import bad_input
from equipoise.cli.output import Progress, emit_json, emit_line, emit_table
from equipoise.cli.plain import plain


class Room(StrEnum):
    """What can be measured."""

    flight = "flight"
    coverage = "coverage"
    ledger = "ledger"
    keep = "keep"
    private = "private"
    assess = "assess"


def bench(
    room: Annotated[Room, typer.Argument(help="What to measure.")],
    accuracy: Annotated[
        bool, typer.Option("--accuracy", help="Measure the numerical error of flights instead of speed.")
    ] = False,
    calibration: Annotated[
        bool,
        typer.Option("--calibration", help="Of assess: do its intervals cover? Takes minutes."),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Measure speed beside the peers, with the error of each.

    Ours and the peers run on this machine, interleaved, on the same inputs.

    \b
    Examples:
      equipoise bench flight
      equipoise bench flight --accuracy
      equipoise bench coverage --json
      equipoise bench assess --calibration
      equipoise bench keep
    """
    if accuracy and room is not Room.flight:
        raise bad_input("accuracy-room", field="--accuracy")
    if calibration and room is not Room.assess:
        raise bad_input("calibration-room", field="--calibration")
    with Progress() as progress:
        progress("measuring; half a minute or more")
        measured = _measured(room, accuracy) if not calibration else _calibrated(progress)
    if json:
        emit_json(measured)
    else:
        _show(measured)


def _measured(room: Room, accuracy: bool) -> dict[str, Any]:
    """The room's own measurement as plain values; ratios by name."""
    if room is Room.coverage:
        from equipoise.defence import bench_coverage

        value = plain(bench_coverage())
    elif room is Room.ledger:
        from equipoise.ledger import bench_ledger

        value = plain(bench_ledger())
    elif room is Room.keep:
        from equipoise.accords import bench_keep

        value = plain(bench_keep())
    elif room is Room.assess:
        value = plain(_assessed())
    elif room is Room.private:
        from equipoise.guarantee import private as check

        value = plain(check.bench_private())
    else:
        from equipoise.flight import bench_accuracy, bench_flight
        from equipoise.scenario import load_catalogue

        missiles = [model.missile for model in load_catalogue().missile_models.values()]
        value = plain(bench_accuracy(missiles) if accuracy else bench_flight(missiles))
    return {**value, "ratios": dict(value.get("ratios", ()))}


def _assessed() -> Any:
    """The bench of ``assess`` on the missile with most flights of three figures."""
    from datetime import date

    from equipoise.scenario import load_catalogue
    from equipoise.threats import bench_assess, candidates_of, catalogue_flights, read_observations

    seen = read_observations(catalogue_flights(), today=date.today().isoformat())
    whole = [o for o in seen if len(o.known) == 3 and o.rival_of is None]
    names = [o.missile for o in whole]
    most = max(dict.fromkeys(names), key=names.count)
    model = candidates_of(most, load_catalogue().missile_models)[0]
    return bench_assess(tuple(o for o in whole if o.missile == most), model)


def _calibrated(progress: Progress) -> dict[str, Any]:
    """Rank histograms of simulated truths, as rows."""
    from equipoise.flight import machine
    from equipoise.scenario import load_catalogue
    from equipoise.threats import calibrate_free, calibrate_model

    model = load_catalogue().missile_models["hwasong-12-assumed"]
    found = [*calibrate_free(say=progress), *calibrate_model(model, say=progress)]
    rows = [
        {
            "name": f"equipoise, {r.kind}: {r.quantity}",
            "rate": r.covered_90,
            "unit": "of truths inside 5 to 95 %",
            "error": f"p {r.p_value:.2f} of uniform ranks",
            "ranks_by_tenths": " ".join(map(str, r.histogram)),
        }
        for r in found
    ]
    return {"machine": machine(), "rows": rows, "ratios": {}}


def _show(measured: dict[str, Any]) -> None:
    """One line a row: whatever columns the measurement has, in its own order."""
    rows: list[dict[str, Any]] = measured["rows"]
    heads = tuple(rows[0])
    emit_table(
        measured["machine"],
        [head.replace("_", " ") for head in heads],
        [[_cell(row[head]) for head in heads] for row in rows],
    )
    for name, ratio in measured["ratios"].items():
        emit_line(f"{name.replace('_', ' ')}: {_cell(ratio)}")
    for note in measured.get("notes", ()):
        emit_line(note)


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1e4 else f"{value:.4g}"
    return "not measured" if value is None else str(value)
