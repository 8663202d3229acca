"""kill -9 at 100 random moments loses no acknowledged entry, and the next writer goes on at once."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from house.commands import ROOT, run

TIMES = 100


def test_no_kill_loses_an_acknowledged_entry(tmp_path: Path) -> None:
    program = str(ROOT / "tests" / "ledger" / "killing.py")
    command = (sys.executable, program, str(tmp_path), str(TIMES), "2010")
    done = run(command, env={"PYTHONPATH": str(ROOT / "tests")})
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["lost"] == 0
    assert found["good"]
    assert found["busy"] > TIMES // 3
    assert found["entries"] >= found["acknowledged"] + TIMES
