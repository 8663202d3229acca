"""A peer that is another program: OpenFisca-core (AGPL) over the same levels and holdings, with its trace on.

``make peers`` makes an environment for it inside the one that Equipoise runs in. It gets the national levels
and what was declared, and gives margins; each is held against ours.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from equipoise.accords.types import Finding

NAME = "OpenFisca-core"
OBLIGATION = "cfe.VII"
_SCRIPT = "openfisca_rate.py"
_LONGEST_S = 120.0


@dataclass(frozen=True)
class PeerRate:
    """One way of running the peer: margins a second by both clocks, parties a run, margins unlike ours."""

    key: str
    """What its ratio is called by."""
    name: str
    rate: float
    wall_rate: float
    margins: int
    unlike: int


def peers_folder() -> Path:
    """Where ``make peers`` puts the peers: a virtual environment inside this one."""
    return Path(sys.prefix) / "peers"


def openfisca_rates(folder: Path, findings: Sequence[Finding]) -> tuple[PeerRate, ...] | str:
    """Run the script in ``folder`` over what ``findings`` were made from; in words why it did not run."""
    python, script = folder / "bin" / "python", folder / _SCRIPT
    if not (python.exists() and script.exists()):
        return "not installed: make peers sets it up"
    cells = cells_of(findings)
    try:
        with TemporaryDirectory() as place:
            file = Path(place) / "cells.json"
            file.write_text(json.dumps([cell[:-1] for cell in cells]), encoding="utf-8")
            command = [python, script, file]
            done = subprocess.run(command, capture_output=True, text=True, timeout=_LONGEST_S)
        if done.returncode == 0:
            return read_rates(done.stdout, cells)
        problem = (done.stderr.strip().splitlines() or ["no message"])[-1]
    except (OSError, subprocess.TimeoutExpired, ValueError, LookupError, TypeError) as fault:
        problem = f"{type(fault).__name__}: {fault}"
    return f"did not run: {problem}"


def cells_of(findings: Sequence[Finding]) -> list[list[Any]]:
    """``[day, party, category, level, held, margin]`` where a national level and what is held are exact.

    Of a day only parties with as many categories as any: the peer's arrays have no gaps.
    """
    found: dict[tuple[str, str], list[list[Any]]] = defaultdict(list)
    for finding in findings:
        operands = finding.trace.operands
        if finding.obligation != OBLIGATION or finding.reading is not None or finding.margin is None:
            continue
        level, held, day, party = operands[0].value, operands[-1].value, str(finding.as_of), finding.party
        if party and isinstance(level, int) and isinstance(held, int):
            found[day, party].append([day, party, finding.category, level, held, finding.margin])
    most: dict[str, int] = defaultdict(int)
    for (day, _), cells in found.items():
        most[day] = max(most[day], len(cells))
    return [cell for (day, _), cells in found.items() if len(cells) == most[day] for cell in cells]


def read_rates(text: str, cells: Sequence[Sequence[Any]]) -> tuple[PeerRate, ...]:
    """The rates of what the script prints; a ValueError, LookupError or TypeError where it is not that."""
    found = json.loads(text)
    ours = {(day, party, category): margin for day, party, category, _, _, margin in cells}
    rates = []
    for way, key in (("alone", "traced"), ("together", "shared")):
        run = found[way]
        theirs = {(day, party, category): margin for day, party, category, margin in run["margins"]}
        unlike = sum(theirs.get(cell) != margin for cell, margin in ours.items())
        each = "one party a run" if way == "alone" else f"up to {run['parties']} parties a trace node"
        name = f"{NAME} {found['version']}, traced, {each}"
        rates.append(PeerRate(key, name, float(run["rate"]), float(run["wall_rate"]), len(theirs), unlike))
    return tuple(rates)
