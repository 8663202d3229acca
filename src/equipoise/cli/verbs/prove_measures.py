"""``equipoise prove measures``: every verdict before and after each measure that was on the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from equipoise.cli.output import Progress, emit_json, emit_line, emit_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from equipoise.guarantee import Agreed, Given, Measure, MeasureStudy

NOTE = (
    "Each measure binds both sides alike. A row is closed where it holds with the measure and did not "
    "before. A measure that names no parameter changes no verdict. What is fixed binds only while it is "
    "verified."
)


def prove_measures(
    scenario: Annotated[
        str, typer.Argument(metavar="[SCENARIO]", help="A scenario's name, or a YAML file.")
    ] = "lisbon-2010",
    quick: Annotated[bool, typer.Option("--quick", help="A coarser grid of places and times.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Say what each measure would close: what I give, what they get.

    Every measure that was on the table, and each pair of them: the operand that it fixes, how that is
    verified, its remedy and its exit; the verdicts before and after, by architecture and by named sea box;
    and the people whom its taker could no longer protect.

    \b
    Examples:
      equipoise prove measures --quick
      equipoise prove measures lisbon-2010 --quick --json
    """
    from equipoise.guarantee import judge_measures, measures_to_json, people_given
    from equipoise.scenario import load_scenario

    declared = load_scenario(scenario)
    with Progress() as progress:
        study = judge_measures(declared, quick=quick, progress=progress)
        given = people_given(declared, study.measures, quick=quick, progress=progress)
    if json:
        head = {"scenario": declared.id, "digest": declared.digest}
        emit_json({**head, **measures_to_json(study, given), "note": NOTE})
        return
    _tell(study, given)


def _tell(study: MeasureStudy, given: Sequence[Given]) -> None:
    known = {m.id: m for m in study.measures}
    emit_table(
        "Measures: what each fixes, and what it gives and gets",
        ("measure", "fixes", "verified by", "remedy", "gives", "gets"),
        [
            (
                a.measures[0],
                ", ".join(known[a.measures[0]].fixes) or "nothing",
                known[a.measures[0]].verified_by,
                known[a.measures[0]].remedy,
                _gives(known[a.measures[0]], given),
                _gets(a),
            )
            for a in study.alone
        ],
        note=NOTE,
    )
    _tell_rows(study)
    beyond = [p for p in study.pairs if p.beyond]
    emit_line(f"Pairs judged: {len(study.pairs)}; better than either alone: {len(beyond) or 'none'}.")
    for pair in beyond:
        emit_line(f"  {' and '.join(pair.measures)}: {_gets(pair)}")
    for pair in study.pairs:
        if pair.verified:
            emit_line(f"  {' and '.join(pair.measures)}: the speed is told, and then seen")


def _tell_rows(study: MeasureStudy) -> None:
    """The rows that do not hold, and the measures that close each, architectures and then sea boxes."""
    from equipoise.guarantee import closers

    for kind, title in (("architecture", "by architecture"), ("sea", "of a ship, by named sea box")):
        open_rows = [r for r in study.rows if r.kind == kind and r.before != "holds"]
        emit_table(
            f"Verdicts {title}, and the measure that closes each",
            ("interceptors", "protects", "rung", "before", "margin (s)", "closed by"),
            [
                (
                    r.subject,
                    r.protects,
                    r.rung,
                    r.before + (", not guaranteed" if r.not_guaranteed else ""),
                    "" if r.margin_s is None else f"{r.margin_s:+.0f}",
                    "; ".join(" and ".join(c) for c in closers(study, r)) or "none of them",
                )
                for r in open_rows
            ],
            note=f"{sum(r.kind == kind and r.before == 'holds' for r in study.rows)} more rows hold already.",
        )


def _gives(measure: Measure, given: Sequence[Given]) -> str:
    """In words, then people of the taker no longer met, against assessed and then projected threats."""
    from equipoise.guarantee import nobody_loses

    said = [measure.gives]
    for g in given:
        later = g.projected_people or 0.0
        if g.measures == (measure.id,) and max(g.people, later) > 0.5:
            people = f"{g.people / 1e6:.1f} million people" if g.people > 0.5 else ""
            more = f"{later / 1e6:.0f} million against projected threats" if later > 0.5 else ""
            said.append(f"{g.architecture}, {g.party}: {' and '.join(p for p in (people, more) if p)}")
    if nobody_loses(measure, given):
        said.append("by count nobody is met the less")
    return "; ".join(said)


def _gets(agreed: Agreed) -> str:
    closed, flips = sum(c.closes for c in agreed.changes), len(agreed.flips)
    moved = len(agreed.changes) - flips
    if not agreed.changes:
        return "changes no verdict"
    return f"closes {closed} rows" + (f", margin of {moved} more moves" if moved else "")
