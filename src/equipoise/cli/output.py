"""What a verb says: one JSON object or a table on stdout, progress on stderr, files whole."""

from __future__ import annotations

import json
import math
import os
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from equipoise.cli.messages import bad_input

if TYPE_CHECKING:
    from rich.status import Status

PLAIN_STEP_S, PLAIN_EVERY_S = 2.0, 10.0
"""Least time before a plain line about a new step, and about the same one, where stderr is no terminal."""
PIPED_WIDTH, SHORT_CELL = 140, 24
"""Columns of a table that goes into a pipe or a file; cells up to this length are never broken."""


def emit_json(value: Mapping[str, Any], *, compact: bool = False) -> None:
    """The one object of ``--json``, on one line if ``compact`` (a long one is then written much faster).

    A number that is not finite is a fault: callers say null and a word.
    """
    indent = None if compact else 2
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False) + "\n")


def finite(value: float | None) -> float | None:
    """The number, or None where there is none or it is infinite, so that JSON can hold it."""
    return None if value is None or not math.isfinite(value) else float(value)


def emit_table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]], note: str = "") -> None:
    """A table for a person. Text is taken literally: brackets in a name are no markup."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    cells = [tuple(row) for row in rows]
    table = Table(title=Text(title), title_justify="left", box=SIMPLE_HEAD, title_style="bold")
    for place, head in enumerate(heads):
        longest = max((len(row[place]) for row in cells), default=0)
        table.add_column(Text(head), overflow="fold", no_wrap=longest <= SHORT_CELL)
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    console = Console(highlight=False, width=None if sys.stdout.isatty() else PIPED_WIDTH)
    console.print(table)
    if note:
        console.print(Text(note))


def emit_line(text: str) -> None:
    """One plain line on standard output."""
    print(text)


def write_whole(path: str, text: str) -> None:
    """Write a file beside its place and rename it there: no half file is ever seen. ``-`` is stdout."""
    if path == "-":
        sys.stdout.write(text)
        return
    target = Path(path)
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        beside.write_text(text, encoding="utf-8", newline="")
        os.replace(beside, target)
    except OSError as error:
        raise bad_input("cannot-write", path=path, problem=error.strerror or str(error)) from error
    finally:
        beside.unlink(missing_ok=True)


class Progress:
    """Tells on standard error how far a long verb is: a moving line on a terminal, plain lines elsewhere.

    Call it with the step's name and, where known, the share done (0 to 1).
    """

    def __init__(self) -> None:
        self._step = ""
        self._said_at = 0.0
        self._status: Status | None = None

    def __enter__(self) -> Progress:
        if sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
            from rich.console import Console

            self._status = Console(stderr=True).status("starting")
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._status is not None:
            self._status.stop()

    def __call__(self, step: str, done: float | None = None) -> None:
        line = step if done is None else f"{step} {100 * done:.0f} %"
        if self._status is not None:
            from rich.text import Text

            self._status.update(Text(line))
            return
        now = time.monotonic()
        wait = PLAIN_EVERY_S if step == self._step else PLAIN_STEP_S
        if not self._step or now - self._said_at >= wait:
            self._step, self._said_at = step, now
            print(line, file=sys.stderr, flush=True)
