"""``equipoise bench``: speed beside the peers, in one run, with the error beside each figure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from equipoise.cli.messages import bad_input
from equipoise.cli.output import Progress, emit_json

if TYPE_CHECKING:
    pass


class Room(StrEnum):
    """What can be measured."""

    flight = "flight"
    coverage = "coverage"


def bench(
    room: Annotated[Room, typer.Argument(help="What to measure.")],
    accuracy: Annotated[
        bool, typer.Option("--accuracy", help="Measure the numerical error of flights instead of speed.")
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
    """
    if accuracy and room is not Room.flight:
        raise bad_input("accuracy-room", field="--accuracy")
    with Progress() as progress:
        measured = _measured(room, accuracy, progress)
    if json:
        emit_json(measured)
    else:
        _show(measured)


def _measured(room: Room, accuracy: bool, progress: Progress) -> dict[str, Any]:
    if room is Room.coverage:
        from equipoise.defence import bench_coverage

        return bench_coverage(progress=progress).to_json()
    from equipoise.flight import bench_accuracy, bench_flight

    return (bench_accuracy if accuracy else bench_flight)(progress=progress).to_json()
