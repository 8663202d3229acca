"""Exchange of information under the CFE Treaty: the annual exchange and the notice of a change.

Each State sends by 15 December what holds on the following 1 January (Protocol on Information Exchange, VII;
the days are parameters). A change of ten per cent of *the latest update* of a unit is notified within five
working days (understandings of 1996).
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from equipoise.accords.asking import asked_day, asked_whole
from equipoise.accords.dates import add, in_month_day, working_days
from equipoise.accords.day import Day
from equipoise.accords.facts import Declaration
from equipoise.accords.inforce import Standing
from equipoise.accords.pairs import Read, between, classes
from equipoise.accords.rules.cfe_limits import GROUPS
from equipoise.accords.types import Finding, Operand, Query, Step, Verdict

EXCHANGE, CHANGE = "annual exchange of information", "change notice"
PROTOCOL = "CFE 1990 Protocol on Information Exchange VII"
NOTICE = "Understandings of 1996 on change notices"
_UNHEARD: tuple[Verdict, Step] = (
    "cannot be decided",
    Step("no word on whether it was sent", PROTOCOL, (), "", "cannot be decided"),
)
CHANGE_OPTIONS = ("unit_last_reported", "change", "changed_on", "notified_on")


def judge_exchange(day: Day) -> Iterable[Finding]:
    """For each State and each class of addressees: was the exchange for the day's year owed, and made?"""
    gathered = classes(day, "cfe", [m for g in GROUPS for m in day.members(g)])
    sent = day.facts.parameters.at("cfe.exchange.sent_by", day.as_of)
    operands = () if sent is None else (sent.operand("sent by"),)
    for mine in gathered.values():
        for to in gathered.values():
            if mine == to and len(to) == 1:
                continue
            read = between(day, "cfe", mine[0], to[1] if mine == to else to[0], "information")
            for state in mine:
                others = tuple(s for s in to if s != state)
                yield from _exchange(day, state, others, read, operands)


def _exchange(
    day: Day, state: str, others: tuple[str, ...], read: Read, operands: tuple[Operand, ...]
) -> Iterable[Finding]:
    """The text as written, and each reading under which the exchange is owed otherwise."""
    base = read[0][1]
    made, evidence = _evidence(day, state, base)
    toward = others[0] if len(others) == 1 else f"{len(others)} States, {others[0]} to {others[-1]}"
    details = (("toward", toward), ("addressees", others))
    for reading, owed in read:
        if reading is not None and owed.owed == base.owed:
            continue
        verdict: Verdict = "not owed"
        if owed.owed is None:
            verdict = "cannot be decided"
        elif owed.owed:
            verdict = made
        why: tuple[str, ...] = ()
        if verdict == "cannot be decided":
            why = (f"it would comply if {state} had declared what it held on 1 January {day.as_of.year}",)
        step = Step(EXCHANGE, PROTOCOL, operands, "", verdict, (owed.step, evidence))
        yield Finding(
            "cfe", EXCHANGE, state, None, None, day.as_of, day.known_at, reading, verdict, None, step,
            "", details, why,
        )  # fmt: skip


def _evidence(day: Day, state: str, base: Standing) -> tuple[Verdict, Step]:
    """What shows whether the data were sent: an act that stopped them, or a declaration of that 1 January."""
    stops = tuple(
        o for o in base.step.operands if o.name.startswith((f"{state} suspends", f"{state} withholds"))
    )
    if stops:
        return "breaches", Step("it said that it sends nothing", PROTOCOL, stops, "", "breaches")
    year = in_month_day(day.as_of.year, "01-01")
    own = [d for d in _declared_by(day, state) if d.as_of == year and d.declared_at <= day.known_at]
    if own:
        said = f"{len(own)} figures as of {year}"
        return "complies", Step("it declared what held on 1 January", PROTOCOL, (), "", said)
    return _UNHEARD


def _declared_by(day: Day, state: str) -> Iterable[Declaration]:
    for category in day.facts.categories:
        for many in day.facts.declared.get((state, category), {}).values():
            yield from (d for d in many if d.declared_by == state)


def judge_change(query: Query, day: Day) -> Iterable[Finding]:
    """The notice of one change, where the question states it: is it owed, by when, was it in time?"""
    if not any(name in query.asked for name in CHANGE_OPTIONS):
        return
    last = asked_whole(query, "unit_last_reported")
    change = asked_whole(query, "change", signed=True)
    changed_on = asked_day(query, "changed_on")
    notified_on = asked_day(query, "notified_on", optional=True)
    share = day.facts.parameters.at("cfe.exchange.change_notice_threshold", day.as_of)
    within = day.facts.parameters.at("cfe.exchange.change_notice_due", day.as_of)
    if last is None or change is None or changed_on is None or share is None or within is None:
        return
    least = Decimal(str(share.value)) * last
    notifiable = abs(change) >= least
    due = add(changed_on, int(str(within.value)), "working days", day.facts.holidays)
    margin: int | None = None
    verdict: Verdict = "complies"
    if notifiable and notified_on is not None:
        margin = working_days(notified_on, due, day.facts.holidays)
        verdict = "complies" if margin >= 0 else "breaches"
    elif notifiable:
        verdict = "breaches" if day.as_of > due else "cannot be decided"
    operands = (
        share.operand("threshold"),
        Operand("latest update of the unit", last, unit="pieces"),
        Operand("change", change, unit="pieces"),
        within.operand("due within"),
        Operand("holidays taken", len(day.facts.holidays), unit="days"),
    )
    sum_ = f"|{change}| against {share.value} of {last} = {least}: {'' if notifiable else 'not '}notifiable"
    step = Step(CHANGE, NOTICE, operands, sum_, f"{verdict}; due on {due}")
    details = (("notifiable", notifiable), ("due_on", due.isoformat() if notifiable else None))
    why = (f"it is due on {due}",) if verdict == "cannot be decided" else ()
    yield Finding(
        "cfe", CHANGE, None, None, None, day.as_of, day.known_at, None, verdict, margin, step,
        "working days", (*details, ("margin_unit", "working days")), why,
    )  # fmt: skip
