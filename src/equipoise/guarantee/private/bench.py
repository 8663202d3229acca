"""How fast the private check is: rasterising, committing, the run over TLS, beside MPyC's inner product.

The case is made up: one site, six areas of missiles, a domain of 1.5 million entries. The three roles run in
three threads of this process over real connections with certificates; on three machines they would not share
its cores. MPyC (Schoenmakers) runs as three processes of its own, with arrays, if it is installed: it is a
judge in tests, and no part of what is shipped.
"""

from __future__ import annotations

import json
import math
import os
import platform
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, perf_counter

import numpy as np
from jaxtyping import Bool
from numpy import ndarray as Array

from equipoise.guarantee.private.commitment import commit
from equipoise.guarantee.private.folder import Folder, make_folder
from equipoise.guarantee.private.outward.flights import flight_vector
from equipoise.guarantee.private.outward.reach import reach_bins, reach_vector
from equipoise.guarantee.private.outward.statement import Disc, Domain, Statement, domain_of
from equipoise.guarantee.private.run.messages import ROLES, Recorder, Role, Terms
from equipoise.guarantee.private.run.protocol import Dealer, Party, plain_product
from equipoise.guarantee.private.run.roles import Outcome, play_observer, play_party
from equipoise.guarantee.private.run.wire import Endpoint, connected
from equipoise.guarantee.private.set_up import free_ports
from equipoise.scenario import Area, Flyer, Shooter, load_catalogue

MISSILES = ("ss-19-assumed", "topol-m-assumed", "topol-assumed")
AREAS = (((54.0, 55.0), (35.0, 37.0)), ((56.0, 57.0), (40.0, 42.0)))
PEER_ENTRIES = 100_000
PEER = """
import sys, time
import numpy as np
from mpyc.runtime import mpc
async def main():
    field = mpc.SecFld(2**61 - 1)
    rng = np.random.default_rng(1)
    a, b = (rng.integers(0, 2, COUNT).astype(object) for _ in range(2))
    await mpc.start()
    begun = time.perf_counter()
    x, y = mpc.input(field.array(a), senders=0), mpc.input(field.array(b), senders=1)
    opened = await mpc.output(mpc.np_matmul(x, y) * mpc._random(field))
    if mpc.pid == 0:
        print("seconds", time.perf_counter() - begun, (opened != 0) == bool((a * b).sum()), flush=True)
    await mpc.shutdown()
mpc.run(main())
"""


@dataclass(frozen=True)
class PrivateRow:
    """One step: its rate in entries a second, the seconds it took, and what was checked of its result."""

    name: str
    rate: float | None
    unit: str
    seconds: float | None
    error: str


@dataclass(frozen=True)
class PrivateBench:
    """All rows of one run on one machine."""

    machine: str
    rows: tuple[PrivateRow, ...]
    ratios: tuple[tuple[str, float], ...]
    notes: tuple[str, ...]


def bench_private() -> PrivateBench:
    """Time every step once the kernels are compiled, and MPyC in the same run."""
    domain = domain_of(_statement())
    shooters, flyers = _inputs()
    _rasterised(domain, shooters, flyers[:1])
    reach_s, flight_s, a, b = _rasterised(domain, shooters, flyers)
    begun = perf_counter()
    root = commit(domain, a, b"k" * 32).root
    commit_s = perf_counter() - begun
    run_s, outcomes, sent = _run(domain, a, b, root)
    expected = "holds" if plain_product(a, b) == 0 else "not shown"
    right = {o.word for o in outcomes.values()} == {expected}
    peer_s, peer_right = _mpyc()
    count, whole = len(domain), reach_s + flight_s + run_s
    rows = [
        PrivateRow("equipoise, the interceptors' vector", count / reach_s, _UNIT, reach_s, _OUTWARD),
        PrivateRow("equipoise, the missiles' vector", count / flight_s, _UNIT, flight_s, _OUTWARD),
        PrivateRow("equipoise, run of three roles over TLS", count / run_s, _UNIT, run_s, _said(right)),
        PrivateRow("equipoise, whole check", count / whole, _UNIT, whole, _said(right)),
        PrivateRow("equipoise, commitment of one party", count / commit_s, _UNIT, commit_s, "exact"),
    ]
    ratios = []
    rate = None if peer_s is None else PEER_ENTRIES / peer_s
    rows.append(PrivateRow("MPyC, inner product of three processes", rate, _UNIT, peer_s, _said(peer_right)))
    if rate is not None:
        ratios.append(("ours_over_mpyc", count / run_s / rate))
    notes = (
        f"{count:,} entries; bytes on the wire: {sent / 1e6:.1f} MB, {sent / count:.1f} an entry",
        "whole check: both vectors and the run; committing is apart",
        f"MPyC over {PEER_ENTRIES:,} entries, with arrays, input to opened bit",
    )
    return PrivateBench(_machine(), tuple(rows), tuple(ratios), notes)


_UNIT = "entries/s"
_OUTWARD = "outward; see the tests"


def _said(right: bool | None) -> str:
    return "not measured" if right is None else ("the bit of the plain product" if right else "wrong bit")


def _statement() -> Statement:
    """A public statement of some 1.5 million entries."""
    disc = Disc(5450, 1710, 20_000)
    return Statement(
        "", "", "", "", (), (disc,), 4200, 600, 80_000, 1_250_000, 100, 2160, 100_000, 30_000, False
    )


def _inputs() -> tuple[tuple[Shooter, ...], tuple[Flyer, ...]]:
    """Made-up inputs of both sides."""
    site = Area("point", (54.5, 54.5), (17.1, 17.1), "assumed")
    shooters = (Shooter(site, 3.7, 150.0, 70.0, 600.0, 100.0, math.inf, math.inf, 200.0),)
    models = load_catalogue().missile_models
    aims = tuple(Area("point", (a, a), (o, o), "assumed") for a, o in ((38.9, -77.0), (40.7, -74.0)))
    areas = [Area("box", lat, lon, "assumed") for lat, lon in AREAS]
    flyers = (Flyer(models[name].missile, area, aims, (-8.0, 8.0)) for name in MISSILES for area in areas)
    return shooters, tuple(flyers)


def _rasterised(
    domain: Domain, shooters: tuple[Shooter, ...], flyers: tuple[Flyer, ...]
) -> tuple[float, float, Bool[Array, " n"], Bool[Array, " n"]]:
    """Seconds of both sides, and their vectors."""
    begun = perf_counter()
    a = reach_vector(domain, reach_bins(domain, shooters))
    middle = perf_counter()
    b = flight_vector(domain, flyers).value
    return middle - begun, perf_counter() - middle, a, b


def _run(
    domain: Domain, a: Bool[Array, " n"], b: Bool[Array, " n"], root: bytes
) -> tuple[float, dict[Role, Outcome], int]:
    """Seconds of a run, connections included, every role's outcome, and the bytes that all sent."""
    terms = Terms(os.urandom(16), domain.statement.digest, domain.digest, root, root, len(domain), 1, 0)
    with tempfile.TemporaryDirectory(prefix="equipoise-bench-") as beside:
        folders = {role: make_folder(Path(beside) / role, role) for role in ROLES}
        cards = {role: json.loads(f.card.read_text(encoding="utf-8")) for role, f in folders.items()}
        ports = zip(ROLES, free_ports(3), strict=True)
        ends = {role: Endpoint("127.0.0.1", port, cards[role]["certificate"]) for role, port in ports}
        begun = perf_counter()
        with ThreadPoolExecutor(3) as threads:
            plays = {role: threads.submit(_take, role, folders, ends, terms, a, b) for role in ROLES}
            found = {role: play.result() for role, play in plays.items()}
        seconds = perf_counter() - begun
    return seconds, {role: o for role, (o, _) in found.items()}, sum(n for _, n in found.values())


def _take(
    role: Role,
    folders: dict[Role, Folder],
    ends: dict[Role, Endpoint],
    terms: Terms,
    a: Bool[Array, " n"],
    b: Bool[Array, " n"],
) -> tuple[Outcome, int]:
    """One role of the run."""
    me = folders[role]
    keys = {each: f.signing_key.public_key() for each, f in folders.items()}
    with connected(role, ends, me.tls, terms.run, terms.entries, monotonic() + 120.0) as wire:
        recorder = Recorder(wire, terms.run, role, me.signing_key, keys)
        if role == "observer":
            outcome = play_observer(Dealer(me.secret, terms.run, terms.entries), terms, recorder)
        else:
            vector = a if role == "A" else b
            outcome = play_party(Party(role, vector, me.secret, terms.run), terms, recorder)
        return outcome, wire.bytes_sent


def _mpyc() -> tuple[float | None, bool | None]:
    """Seconds of MPyC's inner product of two vectors by three processes; None where it is not installed."""
    with tempfile.TemporaryDirectory(prefix="equipoise-bench-") as beside:
        program = Path(beside) / "peer.py"
        program.write_text(PEER.replace("COUNT", str(PEER_ENTRIES)), encoding="utf-8")
        command = [sys.executable, str(program), "-M3", "--no-log"]
        try:
            ran = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=beside)
        except subprocess.TimeoutExpired:
            return None, None
    said = next((line.split() for line in ran.stdout.splitlines() if line.startswith("seconds")), None)
    return (None, None) if said is None else (float(said[1]), said[2] == "True")


def _machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{platform.machine()}, {cores} cores, Python {platform.python_version()}, NumPy {np.__version__}"
