"""A peer that may not be imported: pytrajlib (GPL) in an environment of its own, run as another program.

``make peers`` makes that environment inside the one that Equipoise runs in. Its flights are its own: another
Earth, other air, other steering. So its error is measured by its own script against a tight solution of its
own forces, and its rate says what a flight costs by a fixed step, not that the two programs agree.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

NAME = "pytrajlib"
UNLIKE = (
    "pytrajlib flies its own three-stage missile on a sphere that does not turn, in exponential air, with "
    "one direction of thrust, and flies each flight three times over (true, estimated, desired); its error "
    "is against SciPy DOP853 at rtol 1e-12 on exactly those forces"
)
_SCRIPT = "pytrajlib_rate.py"
_LONGEST_S = 120.0


@dataclass(frozen=True)
class PeerRow:
    """One line of a peer: its name with its steps, flights a second (None: none flown), its error."""

    key: str
    """What its ratio is called by."""
    name: str
    rate: float | None
    error: str


def peers_folder() -> Path:
    """Where ``make peers`` puts the peers: a virtual environment inside this one."""
    return Path(sys.prefix) / "peers"


def pytrajlib_rows(folder: Path) -> list[PeerRow]:
    """Run the script in ``folder`` by the interpreter there; one row that says why where there is none."""
    python, script = folder / "bin" / "python", folder / _SCRIPT
    if not (python.exists() and script.exists()):
        return [PeerRow(NAME, NAME, None, "not installed: make peers sets it up")]
    try:
        done = subprocess.run([python, script], capture_output=True, text=True, timeout=_LONGEST_S)
        if done.returncode == 0:
            return read_rows(done.stdout)
        problem = (done.stderr.strip().splitlines() or ["no message"])[-1]
    except (OSError, subprocess.TimeoutExpired, ValueError, LookupError) as fault:
        problem = f"{type(fault).__name__}: {fault}"
    return [PeerRow(NAME, NAME, None, f"did not run: {problem}")]


def read_rows(text: str) -> list[PeerRow]:
    """The rows of what the script prints; a ValueError or LookupError where it is not that."""
    found = json.loads(text)
    low, high = found["range_km"]
    rows = []
    for row in found["rows"]:
        name = f"{NAME} {found['version']} at steps of {row['main_s']:g} and {row['entry_s']:g} s, one core"
        middle, most, worst = (error / 1e3 for error in row["error_m"])
        error = f"{middle:.1f} / {most:.1f} / {worst:.1f} km over {low:.0f} to {high:.0f} km"
        key = f"{NAME}_at_{row['main_s']:g}_s"
        rows.append(PeerRow(key, name, float(row["rate"]), error))
    return rows
