"""How many findings a second, each with its trace, and whether each margin is what its trace says.

All findings of the conventional-forces treaty on each 1 January and each day of change since 1992 are made
on one core, by the processor's own time, so that what else the machine does is left out; the best of several
rounds counts. The error beside a rate is the number of findings whose margin or digest does not come out
again from the trace as printed. The peer's figures were measured beforehand.
"""

from __future__ import annotations

import gc
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter, process_time
from typing import Any

from equipoise.accords.facts import Facts
from equipoise.accords.history import days_of_change, over_time
from equipoise.accords.tables import load_facts
from equipoise.accords.types import Finding
from equipoise.accords.writing import digest, trace_json

ACCORD = "cfe"
ROUNDS = 5
PEER_TRACED, PEER_SHARED = 10_900.0, 148_000.0
"""OpenFisca-core with its trace on, margins a second on one core: one party a run; thirty in one array."""
_WHOLE = (
    "from equipoise.accords import days_of_change, load_facts, over_time\n"
    "facts = load_facts()\n"
    f"print(sum(len(e.findings) for e in over_time({ACCORD!r}, facts, days_of_change(facts))))\n"
)


@dataclass(frozen=True)
class KeepRow:
    """One measured line: what was run, its rate or time with its unit, and its error."""

    name: str
    rate: float
    unit: str
    error: str


@dataclass(frozen=True)
class KeepBench:
    """The outcome of a bench: machine, rows, ratios by name, and remarks."""

    machine: str
    rows: tuple[KeepRow, ...]
    ratios: dict[str, float]
    notes: tuple[str, ...]


def bench_keep() -> KeepBench:
    """Measure ours: findings with their traces, their canonical digests, and all of it from a cold start."""
    facts = load_facts()
    days = days_of_change(facts)
    found, made_s = _best(lambda: _all(facts, days))
    digests, written_s = _best(lambda: [digest(f) for f in found])
    again = [digest(f) for f in _all(facts, days)]
    changed = sum(a != b for a, b in zip(digests, again, strict=True))
    wrong = sum(not margin_follows(f) for f in found)
    whole_s = _from_cold()
    rate = len(found) / made_s
    rows = (
        KeepRow("equipoise, with traces", rate, "findings/s", f"{wrong} margins not as in the trace"),
        KeepRow(
            "equipoise, digests", len(found) / written_s, "findings/s", f"{changed} changed when made again"
        ),
        KeepRow("equipoise, all from a cold start", whole_s, "s", f"{len(found):,} findings"),
        KeepRow("OpenFisca-core, traced", PEER_TRACED, "margins/s", "measured beforehand"),
        KeepRow("OpenFisca-core, 30 parties a trace node", PEER_SHARED, "margins/s", "measured beforehand"),
    )
    return KeepBench(
        f"{_processor()}, {os.cpu_count()} cores; Python {platform.python_version()}",
        rows,
        {"ours_over_openfisca_traced": rate / PEER_TRACED, "ours_over_openfisca_shared": rate / PEER_SHARED},
        (
            f"seconds of one core; {len(days)} days, {days[0]} to {days[-1]}; the best of {ROUNDS} rounds",
            "OpenFisca's shared figure writes one trace node for thirty parties, ours one for each finding",
        ),
    )


def _all(facts: Facts, days: Sequence[Any]) -> list[Finding]:
    return [finding for judged in over_time(ACCORD, facts, days) for finding in judged.findings]


def _best(run: Any) -> tuple[Any, float]:
    """What a run gives, and the least of the processor's time that it took, the collector held off."""
    best, value = float("inf"), None
    for _ in range(ROUNDS):
        value = None
        gc.collect()
        gc.disable()
        begun = process_time()
        value = run()
        best = min(best, process_time() - begun)
        gc.enable()
    return value, best


def margin_follows(finding: Finding) -> bool:
    """Whether the margin is the limit less what was counted, by the operands that its trace prints."""
    if finding.margin is None or finding.unit != "pieces":
        return True
    printed = trace_json(finding)["operands"]
    limits, counts = _ends(printed[0]), _ends(printed[-1])
    sign = -1 if finding.obligation.endswith("minimum") else 1
    return finding.margin in {sign * (limit - count) for limit in limits for count in counts}


def _ends(operand: dict[str, Any]) -> list[int]:
    """The ends of a printed operand that are known."""
    ends = (operand.get("value"), operand.get("low"), operand.get("high"))
    return [end for end in ends if isinstance(end, int)]


def _from_cold() -> float:
    """Seconds for every finding in a process of its own, start-up included."""
    begun = perf_counter()
    subprocess.run((sys.executable, "-c", _WHOLE), check=True, capture_output=True)
    return perf_counter() - begun


def _processor() -> str:
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            named = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
        if named:
            return named[0]
    return platform.processor() or platform.machine()
