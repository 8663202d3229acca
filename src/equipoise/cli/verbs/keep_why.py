"""``equipoise keep why``: the reasoning of one finding, as an indented proof."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from equipoise.cli.messages import bad_input
from equipoise.cli.output import Progress, emit_json, emit_line
from equipoise.cli.verbs.keep_facts import asked_for, day, facts_with
from equipoise.cli.verbs.keep_questions import Question, remembered

if TYPE_CHECKING:
    from equipoise.accords import Evaluation, Finding


def why(
    what: Annotated[
        str,
        typer.Argument(metavar="DIGEST|OBLIGATION", help="A digest (8 digits or more), or an obligation."),
    ],
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="The day judged; else it is searched for.")
    ] = None,
    known_at: Annotated[
        str | None, typer.Option("--known-at", metavar="DATE", help="By what had been declared by this day.")
    ] = None,
    accord: Annotated[
        str, typer.Option("--accord", metavar="ACCORD", help="With --as-of: which accord.")
    ] = "cfe",
    declarations: Annotated[
        list[str] | None,
        typer.Option(
            "--declarations", metavar="FILE", help="Your own declarations, CSV; may be given again."
        ),
    ] = None,
    party: Annotated[
        str | None, typer.Option("--party", metavar="P", help="Only this State or group.")
    ] = None,
    category: Annotated[
        str | None, typer.Option("--category", metavar="C", help="Only this category.")
    ] = None,
    reading: Annotated[
        str | None, typer.Option("--reading", metavar="NAME", help="Only this reading.")
    ] = None,
    given: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="NAME=VALUE", help="A further fact that the accord asks for."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Print the reasoning of a finding: rules with their articles, figures with their sources, why not.

    The finding is worked out again: with --as-of on that day, else among the last questions that you put to
    `keep`, then on every 1 January and every day on which something changed.

    \b
    Examples:
      equipoise keep why cfe.VII --as-of 1995-11-17 --party Germany --category acv
      equipoise keep why cfe.IV.1 --as-of 2007-11-07 --party NATO_22_CFE_States --category acv
    """
    from equipoise.accords import by_digest, by_name, first_with, is_digest

    match = by_digest(what.lower()) if is_digest(what.lower()) else by_name(what, party, category, reading)
    if as_of is not None:
        question = Question(accord, as_of, known_at, tuple(declarations or ()), asked_for(None, given or []))
        found = first_with([_ask(question)], match)
    else:
        with Progress() as progress:
            found = first_with(_searched(tuple(declarations or ()), progress), match)
    if found is None:
        raise bad_input("finding-unknown", field="DIGEST|OBLIGATION", found=what)
    _say(*found, json)


def _ask(question: Question) -> Evaluation:
    from equipoise.accords import judge

    return judge(
        question.accord,
        facts_with(list(question.declarations), question.holidays),
        day("--as-of", question.as_of),
        day("--known-at", question.known_at) if question.known_at else None,
        asked=question.asked,
    )


def _searched(declarations: tuple[str, ...], progress: Progress) -> Iterator[Evaluation]:
    """The last questions first, then every accord on every day of change, the latest first."""
    from equipoise.accords import ACCORDS, days_of_change, judge
    from equipoise.scenario import InputError

    for question in remembered():
        try:
            yield _ask(question)
        except InputError:
            continue
    facts = facts_with(list(declarations))
    for when in reversed(days_of_change(facts)):
        progress(f"looking among the findings of {when.year}")
        for name in ACCORDS:
            yield judge(name, facts, when)


def _say(judged: Evaluation, found: tuple[Finding, ...], json: bool) -> None:
    from equipoise.accords import proof, to_json

    proofs = [proof(finding, judged.accord) for finding in found]
    if json:
        emit_json({"findings": [{**to_json(f), "proof": p} for f, p in zip(found, proofs, strict=True)]})
        return
    emit_line("\n\n".join(proofs))
