"""Write the pages of the docs that are made from the program: ``python docs/generate.py [--check]``.

With ``--check`` nothing is written, and it fails where a page is not what the program would make now.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from equipoise.cli.messages import MESSAGES

DOCS = Path(__file__).resolve().parent
VERBS = (
    "study",
    "init",
    "catalogue list",
    "catalogue show",
    "catalogue sources",
    "catalogue check",
    "fly",
    "design",
    "prove",
    "bench",
)


def help_of(verb: str) -> str:
    """What ``equipoise VERB --help`` prints, at a fixed width."""
    command = (sys.executable, "-m", "equipoise.cli", *verb.split(), "--help")
    env = {"COLUMNS": "100", "TERM": "dumb", "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout.rstrip()


def cli_page() -> str:
    """Every verb with its help, then every message that the command itself can give."""
    parts = [
        "# The command",
        "Made from the program by `make docs`. Every verb takes `-h` and `--help`; with `--json` it prints "
        "one JSON object on standard output and nothing else. Progress goes to standard error.",
        "| exit code | meaning |\n|---|---|\n| 0 | done |\n"
        "| 1 | the answer is no, where the verb asks a yes/no question |\n"
        "| 2 | bad input: the message says where, what was found and what would do |\n"
        "| 70 | a fault of ours; `EQUIPOISE_DEBUG=1` shows the traceback |\n"
        "| 130 | interrupted; nothing was written |",
        "```text\n" + help_of("") + "\n```",
    ]
    parts += [f"## {verb}\n\n```text\n{help_of(verb)}\n```" for verb in VERBS]
    rows = [f"| `{id}` | {_cell(m.text)} | {_cell(m.hint)} |" for id, m in sorted(MESSAGES.items())]
    parts.append(
        "## Messages of the command\n\n| id | says | what would do |\n|---|---|---|\n" + "\n".join(rows)
    )
    return "\n\n".join(parts) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


PAGES: dict[str, Callable[[], str]] = {"reference/cli.md": cli_page}


def main(check: bool) -> int:
    """Write each page, or say which are stale; the number of stale pages ends as the exit code."""
    stale = 0
    for name, make in PAGES.items():
        path, text = DOCS / name, make()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        if check:
            stale += 1
            print(f"docs/{name} is not what the program makes now; run `make docs`")
        else:
            path.write_text(text, encoding="utf-8")
    return stale


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
