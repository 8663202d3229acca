"""The verbs hung on one command, and ``main``, which the ``equipoise`` script calls."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.main import get_command

from equipoise import __version__
from equipoise.cli import rim
from equipoise.cli.verbs import assess, bench, catalogue, design, fly, init, keep, ledger, prove, study

_SHORT_HELP = f"""equipoise {__version__}: a joint missile defence that both sides can recompute

  equipoise study lisbon-2010                                                declared facts to a report
  equipoise fly --missile sejjil-2-assumed --from 35.2,53.9 --azimuth 310    one flight

`equipoise --help` lists every verb; `equipoise VERB --help` has a worked example of each.
"""

app = typer.Typer(
    name="equipoise",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Documentation and reports of faults: see README.md and CONTRIBUTING.md in the source.",
)
app.command("study")(study.study)
app.command("init")(init.init)
app.add_typer(catalogue.app, name="catalogue")
app.command("fly")(fly.fly)
app.command("assess")(assess.assess)
app.command("design")(design.design)
app.command("prove", cls=prove.WithWords)(prove.prove)
app.add_typer(ledger.app, name="ledger")
app.command("keep", cls=keep.WithWords)(keep.keep)
app.command("bench")(bench.bench)


def _say_version(asked: bool) -> None:
    if asked:
        print(f"equipoise {__version__}")
        raise typer.Exit(rim.DONE)


def _drop_colour(asked: bool) -> None:
    if asked:
        os.environ["NO_COLOR"] = "1"


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_say_version, is_eager=True, help="Say the version."),
    ] = False,
    no_color: Annotated[
        bool,
        typer.Option(
            "--no-color",
            callback=_drop_colour,
            is_eager=True,
            help="No colour, anywhere on the line; so do NO_COLOR, TERM=dumb and a pipe.",
        ),
    ] = False,
) -> None:
    """Design, prove and rehearse a joint missile defence that both sides can recompute.

    \b
    Examples:
      equipoise study lisbon-2010
      equipoise fly --missile sejjil-2-assumed --from 35.2,53.9 --azimuth 310

    Exit codes: 0 done, 1 the answer is no (where a verb asks a yes/no question), 2 bad input, 70 a fault of
    ours, 130 interrupted. With --json a verb prints one JSON object on standard output and nothing else.
    """
    if context.invoked_subcommand is None:
        print(_SHORT_HELP, end="")


def main(args: Sequence[str] | None = None) -> int:
    """Run the command over ``args`` (those of the process by default) and return its exit code."""
    given = list(sys.argv[1:] if args is None else args)
    if "--no-color" in given:
        given = ["--no-color", *(word for word in given if word != "--no-color")]
    return rim.run(get_command(app), given)
