"""``equipoise prove claims``: published claims of both sides through one model, and what parts them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from equipoise.cli import choices
from equipoise.cli.output import Progress, emit_json, emit_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from equipoise.guarantee import AnchorRow, ClaimReading, PairReading
    from equipoise.scenario import ClaimPair, Statement

NOTE = (
    "No published claim states the commit time, so that none can be decided by itself: each verdict is ours "
    "under the claim's own figures, at a rung of commit; what it leaves out runs over all that was stated."
)


def prove_claims(
    scenario: Annotated[
        str, typer.Argument(metavar="[SCENARIO]", help="A scenario's name, or a YAML file.")
    ] = "lisbon-2010",
    claim: Annotated[
        list[str] | None,
        typer.Option(
            "--claim", metavar="ID", help="Only this claim, operand by operand; may be given again."
        ),
    ] = None,
    claims: Annotated[
        str | None,
        typer.Option("--claims", metavar="FILE", help="Claims of your own, in the form of claims.yaml."),
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="A coarser grid of places and times.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Run the published claims of both sides through one model.

    For each claim: which question it answers (map, race, fly-out, numbers, effect), its operands, nothing
    where it published none, our verdict under its own figures at each rung of commit, and the range over
    which each verdict holds. For each pair of opposite claims: the operand that separates them, each swapped
    for the other side's in turn. Then rough published anchors beside our figures, compared and not tuned to.

    \b
    Examples:
      equipoise prove claims --quick
      equipoise prove claims --claim mda-2007-slides --claim postol-lewis-2007 --json
    """
    from equipoise.guarantee import SpanTable, anchor_rows, read_pairs, read_with
    from equipoise.scenario import load_catalogue, load_scenario

    declared, catalogue = load_scenario(scenario), load_catalogue()
    stated, pairs = _stated(claims, declared)
    known = [s.id for s in stated if s.kind == "claim"]
    wanted = choices.claims(known, claim)
    with Progress() as progress:
        progress("reading claims")
        table = SpanTable(declared, quick=quick)
        readings = read_with(table, [s for s in stated if s.id in wanted])
        progress("swapping operands")
        found = read_pairs(pairs, readings, table)
        progress("working the anchors again")
        anchors = anchor_rows(catalogue, declared) if claims is None and claim is None else ()
    if json:
        from equipoise.guarantee import claims_to_json

        head = {"scenario": declared.id, "digest": declared.digest}
        emit_json({**head, **claims_to_json(readings, found, anchors), "note": NOTE})
        return
    _tell(readings, found, anchors, whole=bool(claim))


def _stated(path: str | None, scenario: object) -> tuple[Sequence[Statement], Sequence[ClaimPair]]:
    """The claims and pairs to read: those of a file, or the scenario's with the catalogue's pairs."""
    from equipoise.guarantee import place_words
    from equipoise.scenario import Scenario, load_catalogue, load_claims

    assert isinstance(scenario, Scenario)
    if path is None:
        return scenario.statements, load_catalogue().claim_pairs
    own = load_claims(path, scenario, place_words())
    return own.claims, own.pairs


def _tell(
    readings: Sequence[ClaimReading],
    pairs: Sequence[PairReading],
    anchors: Sequence[AnchorRow],
    *,
    whole: bool,
) -> None:
    emit_table(
        "Published claims, read with one model",
        ("claim", "says", "question", "verdict under its own figures", "finding"),
        [(r.claim, r.says, r.question, _verdicts(r), _sentences(r)) for r in readings],
        note=NOTE,
    )
    for r in readings if whole else ():
        rows = [(p.operand, p.figure or "not published", p.status, p.note) for p in r.published]
        emit_table(f"Operands of {r.claim}", ("operand", "as published", "status", "note"), rows)
    if pairs:
        emit_table(
            "Pairs of opposite answers",
            ("pair", "no", "yes", "what separates them", "finding"),
            [(p.pair, p.says_no, p.says_yes, p.separates, p.finding) for p in pairs],
            note="; ".join(p.measurement for p in pairs if p.measurement),
        )
    if anchors:
        near = sum(a.agrees for a in anchors)
        emit_table(
            "Anchors: rough published figures, worked again with their own model, and by the engine",
            ("flight and interceptor", "quantity", "at", "published", "by their model", "by the engine"),
            [(a.pair, a.quantity, a.asked, _bound(a.published), _bound(a.ours), _engine(a)) for a in anchors],
            note=f"{near} of {len(anchors)} agree within their own tolerance by their own model; the engine "
            "flies the missiles that stand there, with their own burn.",
        )


def _bound(value: float) -> str:
    if abs(value) < 1e6:
        return f"{value:.2f}"
    return "any" if value > 0 else "never"


def _engine(row: AnchorRow) -> str:
    """Least to most over the missiles that stand there."""
    if row.engine is None:
        return "not flown"
    return " to ".join(dict.fromkeys(f"{v:.2f}" for v in row.engine))


def _sentences(r: ClaimReading) -> str:
    return f"{r.finding.split('. Under')[0]}{f'. {r.answer[0].upper()}{r.answer[1:]}' if r.answer else ''}"


def _verdicts(r: ClaimReading) -> str:
    """Verdict by rung, both where the flight cap parts them."""
    words: dict[str, list[str]] = {}
    for v in r.verdicts:
        words.setdefault(v.rung, []).append(v.verdict)
    return (
        "; ".join(f"{rung}: {' or '.join(dict.fromkeys(w))}" for rung, w in words.items()) or "cannot be run"
    )
