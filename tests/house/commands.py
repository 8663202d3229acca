"""Running the command as a person does: a process of its own, with plain text and no colour settings."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UNSET = ("FORCE_COLOR", "PY_COLORS", "GITHUB_ACTIONS", "TERMINAL_WIDTH", "NO_COLOR", "EQUIPOISE_DEBUG")


def plain_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment without settings that change how text looks, and with a fixed width."""
    kept = {name: value for name, value in os.environ.items() if name not in UNSET}
    scripts = str(Path(sys.executable).parent)
    return {**kept, "COLUMNS": "100", "PATH": f"{scripts}:{kept.get('PATH', '')}", **(extra or {})}


def equipoise(
    *args: str, cwd: Path | None = None, env: Mapping[str, str] | None = None, timeout_s: float = 240
) -> subprocess.CompletedProcess[str]:
    """Run ``equipoise ARGS`` and hand back what it said and its exit code."""
    return run((sys.executable, "-m", "equipoise.cli", *args), cwd=cwd, env=env, timeout_s=timeout_s)


def run(
    command: Sequence[str],
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    timeout_s: float = 240,
) -> subprocess.CompletedProcess[str]:
    """Run any command in that environment."""
    return subprocess.run(
        command,
        cwd=cwd,
        env=plain_environment(env),
        timeout=timeout_s,
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
