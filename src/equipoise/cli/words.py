"""A verb with reserved words: its first argument is a sub-verb if it is one of them, else it is the verb's.

``equipoise prove claims`` runs the sub-verb; ``equipoise prove lisbon-2010`` is the verb itself, whose first
argument is a scenario (an accord, an exercise). A verb's own file states its words:

    words = typer.Typer(rich_markup_mode=None)

    class WithWords(VerbWithWords):
        words = words

and the root registers it with ``app.command("prove", cls=prove.WithWords)(prove.prove)``.
"""

from __future__ import annotations

from typing import Any, ClassVar

import typer
from typer.core import TyperCommand
from typer.main import get_group


class VerbWithWords(TyperCommand):
    """A verb that looks at its first argument: a reserved word runs that sub-verb, all else is its own."""

    words: ClassVar[typer.Typer]
    """The sub-verbs; a subclass states them."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """The context of the sub-verb that stands first, or of the verb itself."""
        group = get_group(self.words)
        sub = group.commands.get(args[0]) if args else None
        if sub is None:
            return super().make_context(info_name, args, parent, **extra)
        return sub.make_context(f"{info_name} {args[0]}", args[1:], parent, **extra)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The verb's own options, then its sub-verbs."""
        super().format_options(ctx, formatter)
        get_group(self.words).format_commands(ctx, formatter)


def printable(text: str) -> str:
    """A stranger's text as a terminal may show it: what steers a terminal, or turns the direction of writing,
    is written out, so that no entry can repaint what stands around it.
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
