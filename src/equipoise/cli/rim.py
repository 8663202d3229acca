"""The edge of the command: every way in which a verb can end, as one exit code and one clear message."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeGuard

import typer

from equipoise.cli.interrupts import Interrupts
from equipoise.cli.messages import MESSAGES

if TYPE_CHECKING:
    from equipoise.ledger import LedgerError
    from equipoise.scenario import InputError

_FOR_A_PERSON = (("equipoise.scenario", "InputError"), ("equipoise.ledger", "LedgerError"))
"""The rooms with an error for a person of their own, and what it is called; both have the same fields."""
DONE, ANSWER_NO, BAD_INPUT, FAULT, INTERRUPTED = 0, 1, 2, 70, 130


def run(command: Callable[..., Any], args: Sequence[str]) -> int:
    """Run a command over ``args`` and return its exit code; nothing that it raises goes further.

    Typer turns a pipe whose reader went away into SystemExit(1), which would read as the answer no.
    """
    with Interrupts() as interrupts:
        try:
            returned = command(args=list(args), prog_name="equipoise", standalone_mode=False)
            sys.stdout.flush()
        except typer.TyperException as error:
            tell("usage", error.format_message(), _usage_hint(error))
            return BAD_INPUT
        except (KeyboardInterrupt, typer.Abort):
            return _interrupted()
        except (BrokenPipeError, SystemExit):
            _silence_stdout()
            return DONE
        except Exception as error:
            return _interrupted() if interrupts.asked else _failed(error)
    if returned == INTERRUPTED:
        return _interrupted()
    return returned if isinstance(returned, int) else DONE


def tell(id: str, text: str, hint: str | None = None) -> None:
    """One message to standard error: its id, what was found, and what would do."""
    print(f"error[{id}]: {text}", file=sys.stderr)
    if hint:
        print(f"hint: {hint}", file=sys.stderr)


def _usage_hint(error: typer.TyperException) -> str:
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "equipoise"
    return MESSAGES["usage"].hint.format(command=path)


def _failed(error: Exception) -> int:
    """An error that a person can mend ends with 2; all others are ours and end with 70, never with 1."""
    if _is_input_error(error):
        where = ":".join(str(p) for p in (error.file, error.line, error.column) if p is not None)
        text = ": ".join(part for part in (where, error.field, error.message) if part)
        tell(error.id, text, error.hint)
        return BAD_INPUT
    if os.environ.get("EQUIPOISE_DEBUG"):
        traceback.print_exc()
    message = MESSAGES["fault"]
    first = next(iter(str(error).strip().splitlines()), "no words")
    tell("fault", message.text.format(kind=type(error).__name__, problem=first), message.hint)
    return FAULT


def _is_input_error(error: Exception) -> TypeGuard[InputError | LedgerError]:
    """Looked up only if the room is loaded: an error cannot be of a class that was never imported."""
    loaded = [(sys.modules[room], name) for room, name in _FOR_A_PERSON if room in sys.modules]
    kinds = [vars(room).get(name) for room, name in loaded]
    return isinstance(error, tuple(kind for kind in kinds if kind is not None))


def _interrupted() -> int:
    tell("interrupted", MESSAGES["interrupted"].text)
    return INTERRUPTED


def _silence_stdout() -> None:
    """The reader of a pipe went away: not an error, and Python must not complain of it while closing."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
