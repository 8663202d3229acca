"""Nothing is ever fetched: the main job runs where there is no network at all."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from house.commands import run

SOCKETS_REFUSED = """
import socket, sys

def refuse(*args, **kwargs):
    raise OSError("the network was asked for")

socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = refuse
socket.getaddrinfo = socket.create_connection = refuse
from equipoise.cli import main
sys.exit(main(sys.argv[1:]))
"""


def isolated() -> tuple[str, ...]:
    """``unshare`` cuts the network off for a whole process where the machine lets us; nothing otherwise."""
    cut = ("unshare", "--net", "--map-root-user")
    if shutil.which("unshare") and run((*cut, "true")).returncode == 0:
        return cut
    return ()


def test_the_main_job_runs_with_the_network_off(tmp_path: Path) -> None:
    job = (*isolated(), sys.executable, "-c", SOCKETS_REFUSED, "study", "lisbon-2010", "--quick")
    done = run((*job, "--out", str(tmp_path / "report"), "--json"))
    assert done.returncode == 0, done.stderr
    assert "network was asked for" not in done.stderr
    assert json.loads(done.stdout)["scenario"]
    assert (tmp_path / "report" / "report.html").stat().st_size > 10_000
