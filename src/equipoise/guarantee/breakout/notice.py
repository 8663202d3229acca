"""What notice the measures on the table would give of growth along each axis."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from equipoise.scenario import Scenario


@dataclass(frozen=True)
class Notice:
    """One measure's notice of growth along one axis.

    ``ahead_days`` is how long before it happens a growth that is declared is known, at most; ``lag_days`` how
    long one that is not declared can go unseen by the measure itself. None = the measure states no time.
    """

    axis: str
    measure: str
    shows: str
    ahead_days: int | None
    lag_days: int | None
    status: str


def notices_of(scenario: Scenario) -> tuple[Notice, ...]:
    """The notices of the measures that the scenario holds, and what an axis has without any."""
    held = {s.id for s in scenario.statements if s.kind == "measure"}
    return tuple(n for n in _notices() if not n.measure or n.measure in held)


@cache
def _notices() -> tuple[Notice, ...]:
    text = (files("equipoise.guarantee") / "breakout" / "notices.csv").read_text(encoding="utf-8")
    return tuple(
        Notice(
            row["axis"],
            row["measure"],
            row["shows"],
            int(row["ahead_days"]) if row["ahead_days"] else None,
            int(row["lag_days"]) if row["lag_days"] else None,
            row["status"],
        )
        for row in csv.DictReader(text.splitlines())
    )
