"""How many findings a second, each with its trace, and whether each margin is what its trace says.

All findings of the conventional-forces treaty on each 1 January and each day of change since 1992 are made
on one core. ``rate`` is by the processor's own time, which leaves out what else the machine does, and
``wall_rate`` by the clock; the best of several rounds counts. The error beside a rate is the number of
findings whose margin or digest does not come out again from the trace as printed; beside a peer's, the number
of its margins that are not ours.
"""

from __future__ import annotations

import gc
import os
import platform
import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter, process_time
from typing import Any

from equipoise.accords.bench_peer import NAME, PeerRate, openfisca_rates, peers_folder
from equipoise.accords.facts import Facts
from equipoise.accords.history import days_of_change, over_time
from equipoise.accords.tables import load_facts
from equipoise.accords.types import Finding
from equipoise.accords.writing import digest, trace_json

ACCORD = "cfe"
ROUNDS = 5
PEER_TRACED, PEER_SHARED = 10_900.0, 148_000.0
"""OpenFisca-core with its trace on, margins a second on one core, measured beforehand on another machine: one
party a run; thirty in one array. They stand in where it is not installed here."""
_WHOLE = (
    "from equipoise.accords import days_of_change, load_facts, over_time\n"
    "facts = load_facts()\n"
    f"print(sum(len(e.findings) for e in over_time({ACCORD!r}, facts, days_of_change(facts))))\n"
)


@dataclass(frozen=True)
class KeepRow:
    """One measured line: what was run, its rate or seconds by both clocks (None: not measured), its error."""

    name: str
    rate: float | None
    wall_rate: float | None
    unit: str
    error: str


@dataclass(frozen=True)
class KeepBench:
    """The outcome of a bench: machine, rows, ratios by name, and remarks."""

    machine: str
    rows: tuple[KeepRow, ...]
    ratios: dict[str, float]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Spent:
    """Seconds by the processor's own time and by the clock."""

    processor: float
    clock: float


def bench_keep() -> KeepBench:
    """Measure ours: findings with their traces, their canonical digests, and all of it from a cold start."""
    facts = load_facts()
    days = days_of_change(facts)
    found, made = _best(lambda: _all(facts, days))
    digests, written = _best(lambda: [digest(f) for f in found])
    again = [digest(f) for f in _all(facts, days)]
    changed = sum(a != b for a, b in zip(digests, again, strict=True))
    wrong = sum(not margin_follows(f) for f in found)
    whole = _from_cold()
    peer = openfisca_rates(peers_folder(), found)
    rate = len(found) / made.processor
    rows = (
        _ours("with traces", len(found), made, f"{wrong} margins not as in the trace"),
        _ours("digests", len(found), written, f"{changed} changed when made again"),
        KeepRow(
            "equipoise, all from a cold start", whole.processor, whole.clock, "s", f"{len(found):,} findings"
        ),
    )
    return KeepBench(
        f"{_processor()}, {os.cpu_count()} cores; Python {platform.python_version()}",
        (*rows, *_peer_rows(peer)),
        _ratios(rate, peer),
        (
            f"{len(days)} days, {days[0]} to {days[-1]}; one core, the best of {ROUNDS} rounds",
            "rate, and each ratio, is by the processor's own time, wall rate by the clock",
            f"{NAME} writes one trace node for all parties that share an array, ours one for each finding",
        ),
    )


def _ours(what: str, number: int, spent: _Spent, error: str) -> KeepRow:
    return KeepRow(f"equipoise, {what}", number / spent.processor, number / spent.clock, "findings/s", error)


def _peer_rows(peer: tuple[PeerRate, ...] | str) -> tuple[KeepRow, ...]:
    """The peer as measured just now, or why not and what was measured beforehand."""
    if isinstance(peer, str):
        before = "measured beforehand on another machine"
        return (
            KeepRow(NAME, None, None, "margins/s", peer),
            KeepRow(f"{NAME}, traced, one party a run", PEER_TRACED, None, "margins/s", before),
            KeepRow(f"{NAME}, traced, 30 parties a trace node", PEER_SHARED, None, "margins/s", before),
        )
    return tuple(
        KeepRow(p.name, p.rate, p.wall_rate, "margins/s", f"{p.unlike} of {p.margins} margins unlike ours")
        for p in peer
    )


def _ratios(rate: float, peer: tuple[PeerRate, ...] | str) -> dict[str, float]:
    rates = (
        {"traced_beforehand": PEER_TRACED, "shared_beforehand": PEER_SHARED}
        if isinstance(peer, str)
        else {p.key: p.rate for p in peer}
    )
    return {f"ours_over_openfisca_{key}": rate / theirs for key, theirs in rates.items()}


def _all(facts: Facts, days: Sequence[Any]) -> list[Finding]:
    return [finding for judged in over_time(ACCORD, facts, days) for finding in judged.findings]


def _best(run: Any) -> tuple[Any, _Spent]:
    """What a run gives, and the least that it took by each clock, the collector held off."""
    processor = clock = float("inf")
    value = None
    for _ in range(ROUNDS):
        value = None
        gc.collect()
        gc.disable()
        began, at = process_time(), perf_counter()
        value = run()
        processor = min(processor, process_time() - began)
        clock = min(clock, perf_counter() - at)
        gc.enable()
    return value, _Spent(processor, clock)


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


def _from_cold() -> _Spent:
    """Every finding in a process of its own, start-up included."""
    began, at = _of_children(), perf_counter()
    subprocess.run((sys.executable, "-c", _WHOLE), check=True, capture_output=True)
    return _Spent(_of_children() - began, perf_counter() - at)


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _processor() -> str:
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            named = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
        if named:
            return named[0]
    return platform.processor() or platform.machine()
