"""``equipoise prove inspect``: every operand of a guarantee or claim, and what could be shown of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from equipoise.cli import choices
from equipoise.cli.messages import bad_input, nearest
from equipoise.cli.output import emit_json, emit_table
from equipoise.cli.verbs.prove_opened import Opening, inspect_private
from equipoise.cli.verbs.prove_private import record_place

if TYPE_CHECKING:
    from equipoise.guarantee import InspectionPage
    from equipoise.scenario import Scenario

NOTE = (
    "An inspection shows a thing at a place on a day; a rehearsal shows a rule and a crew on a day; a record "
    "shows what both signed. None shows what cannot be done: that is what the worst case is for."
)


def prove_inspect(
    name: Annotated[str, typer.Argument(metavar="[ID]", help="An architecture's id, or a claim's.")] = "",
    scenario: Annotated[
        str, typer.Argument(metavar="[SCENARIO]", help="A scenario's name, or a YAML file.")
    ] = "lisbon-2010",
    protects: Annotated[
        str | None, typer.Option("--protects", metavar="PARTY", help="Whose deterrent; else both in turn.")
    ] = None,
    peers: Annotated[
        str | None, typer.Option("--peers", metavar="FILE", help="Inspect a private check instead.")
    ] = None,
    role: Annotated[
        str | None, typer.Option("--as", metavar="ROLE", help="With --peers: open entries of A or B.")
    ] = None,
    entry: Annotated[
        list[int] | None, typer.Option("--entry", metavar="N", help="With --as: this entry; again.")
    ] = None,
    at: Annotated[
        list[str] | None,
        typer.Option("--at", metavar="LAT,LON,KM,S", help="With --as: the entry there and then; again."),
    ] = None,
    out: Annotated[
        str | None, typer.Option("--out", metavar="FILE", help="With --as: where the opening goes.")
    ] = None,
    opened: Annotated[
        str | None, typer.Option("--opened", metavar="FILE", help="With --peers: check this opening.")
    ] = None,
    record: Annotated[
        str | None,
        typer.Option("--record", metavar="DIR", help="With --peers: hold the roots against this ledger."),
    ] = None,
    policy: Annotated[
        str | None,
        typer.Option("--policy", metavar="FILE", help="With --record: your own copy of its trust policy."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Print every operand under a guarantee or a claim, and what could be shown of it.

    For each operand: its value, source and status; then what an inspection, a rehearsal or a record could
    show of it. A verdict that holds binds only what was declared and inspected.

    \b
    Examples:
      equipoise prove inspect third-site-2007
      equipoise prove inspect mda-2007-slides --json
      equipoise prove inspect --peers peers.yaml --as A --at 58,22,400,420 --out opened.json

    With --peers it inspects a private check: a party opens chosen entries of what it committed to, anybody
    checks an opening, and from all three folders the whole run is played again. Exit code 1: it does not fit.
    """
    if peers is not None:
        place = record_place(record, policy)
        inspect_private(Opening(peers, role, entry or (), at or (), out, opened, place), json)
        return
    if record is not None or policy is not None:
        raise bad_input("private-role", field="--record" if record else "--policy")
    if not name:
        raise bad_input("inspect-what", field="ID")
    from equipoise.scenario import load_scenario

    declared = load_scenario(scenario)
    pages = _pages(declared, name, choices.party(declared, protects))
    if json:
        head = {"scenario": declared.id, "digest": declared.digest}
        emit_json({**head, "inspect": [_plain(p) for p in pages], "note": NOTE})
        return
    for page in pages:
        _tell(page)


def _tell(page: InspectionPage) -> None:
    """The operands, and then what could be shown of each kind of them."""
    whose = f", which protects {page.protects}'s deterrent" if page.protects else ""
    emit_table(
        f"Operands of the {page.kind} {page.id}{whose}",
        ("operand", "of", "value", "status", "source"),
        [(o.operand, o.of, o.value or "not published", o.status, o.source) for o in page.lines],
    )
    kinds = {o.operand: o.shown for o in page.lines}
    emit_table(
        "What could be shown of each",
        ("operand", "by an inspection", "by a rehearsal", "by a record"),
        [(operand, s.inspection, s.rehearsal, s.record) for operand, s in kinds.items()],
        note=f"An inspection shows something of {page.inspectable} of {len(page.lines)} operands. {NOTE}",
    )


def _pages(scenario: Scenario, name: str, party: str | None) -> list[InspectionPage]:
    from equipoise.guarantee import inspect_claim, inspect_guarantee

    claims = {s.id: s for s in scenario.statements if s.kind == "claim"}
    if name in claims:
        return [inspect_claim(scenario, claims[name])]
    if name in scenario.architectures:
        architecture = scenario.architectures[name]
        parties = [party] if party else [p.id for p in scenario.parties]
        owners = {b.party for b in architecture.batteries}
        asked = [p for p in parties if owners - {p}] or parties[:1]
        return [inspect_guarantee(scenario, architecture, p) for p in asked]
    known = [*scenario.architectures, *claims]
    fields = {"found": name, "nearest": nearest(name, known), "known": ", ".join(known)}
    raise bad_input("unknown-filter", field="ID", what="architecture or claim", **fields)


def _plain(page: InspectionPage) -> dict[str, object]:
    return {
        "kind": page.kind,
        "id": page.id,
        "name": page.name,
        "protects": page.protects,
        "operands": [
            {
                "operand": line.operand,
                "of": line.of,
                "value": line.value,
                "status": line.status,
                "source": line.source,
                "inspection": line.shown.inspection,
                "rehearsal": line.shown.rehearsal,
                "record": line.shown.record,
            }
            for line in page.lines
        ],
    }
