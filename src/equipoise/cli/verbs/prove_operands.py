"""``equipoise prove --operands FILE``: a reader's own vector; ``prove schema``: the form of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from equipoise.cli import choices
from equipoise.cli.output import Progress, emit_json, emit_line, emit_table

if TYPE_CHECKING:
    from equipoise.guarantee import Difference, StatedVerdict
    from equipoise.scenario import Scenario, Statement

SIGNS = {"holds": "✓ holds", "fails": "✗ fails", "depends": "◐ depends"}
NOTE = (
    "Commits are seconds from the protected missile's launch, least to greatest over its flights, and in "
    "brackets from its burnout. Some flight: the other operands at their far ends; every flight: near ends."
)


def prove_schema(
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Print an operand file with every field, commented, to be changed.

    \b
    Examples:
      equipoise prove schema > mine.yaml
      equipoise prove --operands mine.yaml
    """
    from equipoise.scenario import operands_example

    text = operands_example()
    if json:
        emit_json({"operands": text})
    else:
        emit_line(text.rstrip())


def judge_file(scenario: Scenario, path: str, against: list[str] | None, *, quick: bool, json: bool) -> None:
    """Judge one operand file and set it beside the claims asked for."""
    from equipoise.guarantee import differences, judge_stated, stated_to_json
    from equipoise.scenario import load_operands

    stated = load_operands(path, scenario)
    claims = _claims(scenario, against)
    with Progress() as progress:
        progress(f"judging {stated.id}")
        verdict = judge_stated(scenario, stated, quick=quick)
        found: list[Difference] = []
        for claim in claims:
            progress(f"setting {stated.id} beside {claim.id}")
            found += differences(scenario, stated, claim, quick=quick)
    if json:
        emit_json(
            {
                "scenario": scenario.id,
                "digest": scenario.digest,
                **stated_to_json(verdict, found),
                "note": NOTE,
            }
        )
        return
    _show(verdict)
    _show_answers(verdict)
    if found:
        _show_differences(found)
    for name in verdict.not_flown:
        emit_line(f"not flown: {name}")
    for said in verdict.operands.assumed:
        emit_line(f"assumed: {said}")


def _claims(scenario: Scenario, against: list[str] | None) -> tuple[Statement, ...]:
    by_id = {s.id: s for s in scenario.statements if s.kind == "claim"}
    return tuple(by_id[name] for name in choices.claims(list(by_id), against, "--against")) if against else ()


def _show(verdict: StatedVerdict) -> None:
    operands = verdict.operands
    emit_table(
        operands.title or operands.id,
        ("rung", "verdict", "margin (s)", "margin (km/s)", "break-even (s)", "commit (s)", "turns on"),
        [
            (
                g.rung,
                SIGNS[g.verdict] + (", near edge" if g.near_edge else ""),
                signed(g.margin_s, "+.0f"),
                signed(g.margin_km_s, "+.2f"),
                signed(g.break_even_commit_s, ".0f"),
                commits(g.commits_s, g.commits_after_burnout_s),
                ", ".join(g.turns_on),
            )
            for g in verdict.guarantees
        ],
        note=f"{verdict.flights} flights, {verdict.engagements} engagements. {NOTE}",
    )
    for g in verdict.guarantees:
        if g.note:
            emit_line(f"{g.rung}: {g.note}")
        if g.disrupts is not None:
            emit_line(f"{g.rung}, does it disrupt stability: {g.disrupts.reason}")


def _show_answers(verdict: StatedVerdict) -> None:
    from equipoise.guarantee import answer_rows

    emit_table(
        "Asked",
        ("asked", "flight cap", "some flight", "every flight", "unit"),
        [
            (
                row.asked,
                row.cap,
                signed(row.some, row.form, "none"),
                signed(row.every, row.form, "none"),
                row.unit,
            )
            for row in answer_rows(verdict.answers)
        ],
    )


def _show_differences(found: list[Difference]) -> None:
    emit_table(
        "Beside published claims",
        ("claim", "operand", "stated", "published", "status", "verdict with theirs"),
        [
            (
                d.claim,
                d.operand,
                d.stated or "not stated",
                "the same" if d.same else d.published or "not published",
                d.status,
                "" if d.verdict_then is None else SIGNS[d.verdict_then],
            )
            for d in found
        ],
    )


def signed(value: float | None, form: str, nothing: str = "") -> str:
    """A figure in a form, or a word where there is none."""
    return nothing if value is None else format(value, form)


def commits(launch: tuple[float, float] | None, burnout: tuple[float, float] | None) -> str:
    """Commits from launch, and, where given, from burnout in brackets."""
    if launch is None:
        return "never"
    after = "" if burnout is None else f" ({_span(burnout, '+.0f')})"
    return f"{_span(launch, '.0f')}{after}"


def _span(ends: tuple[float, float], form: str) -> str:
    low, high = (format(v, form) for v in ends)
    return low if low == high else f"{low} to {high}"
