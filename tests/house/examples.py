"""The commands and the Python that stand in the pages, taken out of them so that they can be run.

A ``console`` block holds lines that begin with ``$ `` (and go on in lines that begin with ``> ``) and, below
each, lines of what is said (``...`` stands for anything).
``<!-- exit: 2 -->`` above a block says how its commands end where that is not with 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from house.commands import run

_BLOCK = re.compile(
    r"(?:<!-- exit: (?P<code>\d+) -->\n+)?```(?P<kind>console|python)\n(?P<body>.*?)```", re.S
)


@dataclass(frozen=True)
class Example:
    """One command or one piece of Python, what the page says it prints, and how it should end."""

    page: Path
    kind: str
    text: str
    said: tuple[str, ...] = ()
    code: int = 0


def examples(page: Path) -> Iterator[Example]:
    """Those of one page, in its order."""
    for block in _BLOCK.finditer(page.read_text(encoding="utf-8")):
        code = int(block["code"] or 0)
        if block["kind"] == "python":
            yield Example(page, "python", block["body"], (), code)
            continue
        for part in re.split(r"^\$ ", block["body"], flags=re.M)[1:]:
            command, *said = part.rstrip("\n").split("\n")
            while said and said[0].startswith("> "):
                command += "\n" + said.pop(0).removeprefix("> ")
            yield Example(page, "console", command, tuple(line for line in said if line.strip()), code)


def check(example: Example, folder: Path) -> None:
    """Run it in ``folder`` and compare: the exit code, and each line said to be printed, in order."""
    words = ("bash", "-c", example.text) if example.kind == "console" else ("python", "-c", example.text)
    done = run(words, cwd=folder)
    where = f"{example.page.name}: {example.text}"
    assert done.returncode == example.code, f"{where}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    heard = iter((done.stdout + done.stderr).splitlines())
    for line in example.said:
        pattern = ".*".join(re.escape(piece) for piece in " ".join(line.split()).split("..."))
        assert any(re.fullmatch(pattern, " ".join(h.split())) for h in heard), f"{where}\nnot said: {line}"
