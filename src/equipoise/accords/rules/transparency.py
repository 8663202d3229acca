"""Transparency of missile defence: a dated draft, never in force, that binds both sides alike.

Four articles: a yearly declaration of interceptors, launchers, sensors and ships; a notice before a ship that
can carry interceptors enters a named sea; the longest stay there; a ceiling on the burnout speed of what is
declared. Every part was offered or proposed by somebody (guarantee/claims.yaml); the numbers are parameters.
A speed is said in metres a second, a sea by its id.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from equipoise.accords.comparing import compare, counted_operand
from equipoise.accords.counting import operand_of
from equipoise.accords.dates import add, in_month_day
from equipoise.accords.docket import Docket
from equipoise.accords.drafts import number, own_draft, shipped, texts
from equipoise.accords.facts import Declaration
from equipoise.accords.messages import bad_input
from equipoise.accords.moments import NONE, Moment, asked_moment
from equipoise.accords.parameters import ParameterStore
from equipoise.accords.sides import find_party, members_of, sides
from equipoise.accords.types import (
    Accord,
    Bounds,
    Clause,
    Finding,
    Operand,
    Query,
    Reading,
    Step,
    Verdict,
)
from equipoise.scenario import did_you_mean

NAME, ARTICLE = "transparency", "Draft on transparency, article"
SPEED, AT_SEA = "interceptor_speed", "sea"
OPTIONS = ("draft", "by", "sea", "enters", "notified", "leaves")
COMPLETE = Reading(
    "record_complete",
    "the record is complete: what is not in it was not declared",
    (("what is not in the record", "was not declared"),),
    status="assumed",
)


def judge(query: Query) -> tuple[Finding, ...]:
    """Every article for each side on the day, as if the draft were in force."""
    docket = Docket(NAME, query)
    path = query.asked.get("draft", "").strip()
    draft = own_draft(NAME, path) if path else shipped(NAME)
    found: list[Finding] = []
    for side in sides(query.facts, query.as_of):
        found += _declarations(docket, draft, side)
        found += _speed(docket, draft, side)
    found += _ship(docket, draft)
    return tuple(found)


def _declarations(docket: Docket, draft: ParameterStore, side: str) -> Iterable[Finding]:
    """Article 1: each category, declared within the year up to the day on which it was last due."""
    wanted, due = texts(draft, "declaration.categories"), draft.by_path.get("declaration.due", ())
    if wanted is None or not due or due[0].value is None:
        return
    this_year = in_month_day(docket.day.year, str(due[0].value))
    last = this_year if this_year <= docket.day else in_month_day(docket.day.year - 1, str(due[0].value))
    states = {side, *members_of(docket.facts, side, docket.day)}
    for category in wanted[0]:
        own = [
            d
            for d in docket.declared(since=add(last, -12, "months"))
            if d.party in states and d.category == category and d.declared_by in (states | {d.party})
        ]
        operands = (due[0].operand("due each year on"), *(operand_of(d) for d in own[-3:]))
        for reading in (None,) if own else (None, COMPLETE.name):
            yield _declared(docket, side, category, last.isoformat(), operands, own, reading)


def _declared(
    docket: Docket,
    side: str,
    category: str,
    last: str,
    operands: tuple[Operand, ...],
    own: list[Declaration],
    reading: str | None,
) -> Finding:
    verdict: Verdict = "cannot be decided"
    why: tuple[str, ...] = (f"it would comply if {category} had been declared by {last}",)
    if own:
        in_time = min(d.declared_at for d in own).isoformat() <= last
        verdict, why = ("complies", ()) if in_time else ("breaches", why)
    elif reading == COMPLETE.name:
        verdict = "breaches"
    step = Step(f"{NAME}.declaration", f"{ARTICLE} 1", operands, "", f"{verdict}; last due on {last}")
    return docket.finding(
        f"{NAME}.declaration", step, verdict, party=side, category=category, reading=reading, unit="days",
        details=(("due_on", last),), why_not=why,
    )  # fmt: skip


def _speed(docket: Docket, draft: ParameterStore, side: str) -> Iterable[Finding]:
    """Article 4: no interceptor declared faster than the ceiling, on land and at sea."""
    states = {side, *members_of(docket.facts, side, docket.day)}
    since = add(add(docket.day, -12, "months"), 1, "days")
    said = [d for d in docket.declared(since=since) if d.party in states and d.category == SPEED]
    for where, at_sea in (("land", False), (AT_SEA, True)):
        ceiling = number(draft, f"speed.ceiling_{where}")
        kept = [d for d in said if (d.zone == AT_SEA) == at_sea]
        if ceiling is None:
            continue
        highs = [d.high for d in kept]
        fastest = None if not kept or None in highs else max(h for h in highs if h is not None)
        bounds = Bounds(max((d.low for d in kept), default=0), fastest)
        compared = compare(bounds, Bounds(ceiling[0], ceiling[0]), "m/s")
        step = Step(
            f"{NAME}.speed",
            f"{ARTICLE} 4",
            (
                ceiling[1],
                *(
                    replace(o, unit="m/s")
                    for o in (counted_operand(bounds, "fastest declared"), *map(operand_of, kept))
                ),
            ),
            compared.arithmetic,
            compared.verdict,
        )
        yield docket.finding(
            f"{NAME}.speed", step, compared.verdict, compared.margin, party=side, category=SPEED, zone=where,
            unit="m/s", why_not=compared.why_not,
        )  # fmt: skip


def _ship(docket: Docket, draft: ParameterStore) -> Iterable[Finding]:
    """Articles 2 and 3: the notice before a ship enters a named sea, and how long it stays."""
    enters = asked_moment(docket.query, "enters")
    if not isinstance(enters, Moment):
        return
    seas, lead = texts(draft, "ship_notice.seas"), number(draft, "ship_notice.lead")
    sea, by = docket.query.asked.get("sea", "").strip(), docket.query.asked.get("by", "").strip()
    for name, given in (("sea", sea), ("by", by)):
        if not given:
            raise bad_input("asked-missing", field=f"--with {name}", name=name)
    party = find_party(docket.facts, by, "--with by")
    if seas is None or lead is None:
        return
    if sea not in seas[0]:
        near, known = did_you_mean(sea, seas[0]), ", ".join(seas[0])
        raise bad_input("asked-word", field="--with sea", found=sea, nearest=near, known=known)
    yield _notice(docket, party, sea, enters, lead)
    leaves, most = asked_moment(docket.query, "leaves"), number(draft, "ship_notice.stay_max")
    if isinstance(leaves, Moment) and most is not None:
        stay = (leaves.day - enters.day).days
        compared = compare(Bounds(stay, stay), Bounds(most[0], most[0]), "days")
        operands = (most[1], Operand("enters", str(enters)), Operand("leaves", str(leaves)))
        step = Step(f"{NAME}.ship_stay", f"{ARTICLE} 3", operands, compared.arithmetic, compared.verdict)
        yield docket.finding(
            f"{NAME}.ship_stay", step, compared.verdict, compared.margin, party=party, zone=sea, unit="days",
            why_not=compared.why_not,
        )  # fmt: skip


def _notice(docket: Docket, party: str, sea: str, enters: Moment, lead: tuple[int, Operand]) -> Finding:
    told = asked_moment(docket.query, "notified")
    due = add(enters.day, -lead[0], "days")
    verdict: Verdict = "cannot be decided"
    margin: int | None = None
    why: tuple[str, ...] = (f"it would comply with a notice by {due}: --with notified=DATE, or none",)
    if isinstance(told, Moment):
        margin = (due - told.day).days
        verdict = "complies" if margin >= 0 else "breaches"
        why = () if margin >= 0 else (f"it would comply with a notice by {due}",)
    elif told == NONE:
        verdict = "breaches"
    said = Operand("notified", "not stated" if told is None else str(told))
    sum_ = f"{enters.day} less {lead[0]} days = {due}"
    operands = (lead[1], Operand("enters", str(enters)), said)
    step = Step(f"{NAME}.ship_notice", f"{ARTICLE} 2", operands, sum_, verdict)
    return docket.finding(
        f"{NAME}.ship_notice", step, verdict, margin, party=party, zone=sea, unit="days",
        details=(("due_on", due.isoformat()),), why_not=why,
    )  # fmt: skip


ACCORD = Accord(
    name=NAME,
    title="Transparency of missile defence: a draft, as if it were in force",
    force="draft",
    withdrawal=Clause("each side, with the notice of the accord of restraint", f"{ARTICLE} 6", "a draft"),
    disputes=Clause("a meeting of both sides within 48 hours", f"{ARTICLE} 5", "a draft"),
    remedy=Clause(
        "if the data show a breach, what was declared is brought back below the ceiling or the other side is "
        "released from its own declarations until it is",
        f"{ARTICLE} 5",
        "a draft; guarantee/claims.yaml, transparency-agreement names the lack of one as its flaw",
    ),
    readings=(
        Reading(None, "the draft as written", (("what is not in the record", "is not known"),)),
        COMPLETE,
    ),
    judge=judge,
    options=OPTIONS,
)
