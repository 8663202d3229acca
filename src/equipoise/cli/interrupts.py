"""Ctrl-C that is heard: asked again until the command's edge hears it.

A library may swallow the one KeyboardInterrupt that Python raises (a callback of compiled code, an import
that tries and goes on), and the command would run to its end. So it is raised again, each second, until the
rim has it. Cleaning up takes less than that.
"""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Any, NoReturn

AGAIN_S = 1.0


class Interrupted(KeyboardInterrupt):
    """Ctrl-C, under a name of its own.

    CPython remembers a plain KeyboardInterrupt that left a string of code (every dataclass runs one while it
    is imported) and ends the process by the signal, though the error was handled and the exit code set.
    """


class Interrupts:
    """While this context lasts, Ctrl-C is asked for again every second; ``asked`` says whether it was."""

    def __init__(self) -> None:
        self.asked = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Interrupts:
        if threading.current_thread() is threading.main_thread():
            self._before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGALRM)}
            for number in self._before:
                signal.signal(number, self._ask)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._before:
            signal.setitimer(signal.ITIMER_REAL, 0.0)
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _ask(self, number: int, frame: FrameType | None) -> NoReturn:
        if not self.asked:
            signal.setitimer(signal.ITIMER_REAL, AGAIN_S, AGAIN_S)
        self.asked = True
        raise Interrupted
