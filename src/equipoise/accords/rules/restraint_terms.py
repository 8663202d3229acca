"""The accord of restraint, articles 3 to 7: duration and rotation, notice, verification, remedy, exit.

Each is judged where the question states what happened: a stay, a notice, a request, a meeting, an exit.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from equipoise.accords.asking import asked_day, asked_whole, asked_word
from equipoise.accords.dates import add
from equipoise.accords.docket import Docket
from equipoise.accords.drafts import number
from equipoise.accords.moments import NONE, Moment, asked_moment, due_after, hours_left
from equipoise.accords.parameters import ParameterStore
from equipoise.accords.sides import find_party
from equipoise.accords.types import Finding, Operand, Step, Verdict

NAME, ARTICLE = "restraint", "Accord of restraint, article"
OPTIONS = (
    "by", "arrives", "leaves", "left_before", "notified", "inspections_accepted", "inspection_refused",
    "request", "answer", "meeting_called", "meeting", "exceeded_on", "cured_on", "exit_notified", "exit",
)  # fmt: skip


def judge_terms(docket: Docket, draft: ParameterStore) -> Iterable[Finding]:
    """Articles 3 to 7 for the party that the question names, as far as it states what happened."""
    asked = docket.query.asked
    if not any(name in asked for name in OPTIONS if name != "by"):
        return
    by = asked.get("by", "").strip()
    party = find_party(docket.facts, by, "--with by") if by else None
    arrives = asked_day(docket.query, "arrives", optional=True)
    if arrives is not None:
        yield from _stay(docket, draft, party, arrives)
        yield from _days_before(docket, draft, party, ("notice", "4"), "notice.lead", arrives, "notified")
    yield from _inspections(docket, draft, party)
    yield from _clock(docket, draft, party, ("verification.answer", "5"), "request", "answer")
    yield from _clock(docket, draft, party, ("remedy.meeting", "6"), "meeting_called", "meeting")
    yield from _cure(docket, draft, party)
    leaving = asked_day(docket.query, "exit", optional=True)
    if leaving is not None:
        yield from _days_before(docket, draft, party, ("exit", "7"), "exit.notice", leaving, "exit_notified")


def _stay(docket: Docket, draft: ParameterStore, party: str | None, arrives: date) -> Iterable[Finding]:
    """Article 3: a stay of at most so many days, and so many days between two stays of one unit."""
    most, gap = number(draft, "duration.stay_max"), number(draft, "duration.away_min")
    leaves = asked_day(docket.query, "leaves", optional=True)
    if most is not None:
        until = leaves or docket.day
        days = (until - arrives).days
        margin = most[0] - days
        verdict: Verdict = "complies" if margin >= 0 else "breaches"
        why = () if margin >= 0 else (f"it would comply if they had left by {add(arrives, most[0], 'days')}",)
        ends = Operand("leaves", str(leaves) if leaves else f"still there on {docket.day}")
        operands = (most[1], Operand("arrives", str(arrives)), ends)
        yield _made(
            docket, party, "duration", "3", operands, f"{most[0]} - {days}", verdict, margin, "days", why
        )
    before = asked_day(docket.query, "left_before", optional=True)
    if gap is not None and before is not None:
        away = (arrives - before).days
        margin = away - gap[0]
        verdict = "complies" if margin >= 0 else "breaches"
        why = () if margin >= 0 else (f"it would comply {-margin} days later",)
        operands = (gap[1], Operand("left before", str(before)), Operand("arrives", str(arrives)))
        sum_ = f"{away} days away - {gap[0]}"
        yield _made(docket, party, "rotation", "3", operands, sum_, verdict, margin, "days", why)


def _days_before(
    docket: Docket,
    draft: ParameterStore,
    party: str | None,
    what: tuple[str, str],
    path: str,
    event: date,
    told_name: str,
) -> Iterable[Finding]:
    """A notice so many days before an event (articles 4 and 7)."""
    lead = number(draft, path)
    if lead is None:
        return
    told = asked_moment(docket.query, told_name)
    due = add(event, -lead[0], "days")
    verdict: Verdict = "cannot be decided"
    margin: int | None = None
    why: tuple[str, ...] = (f"it would comply with a notice by {due}: --with {told_name}=DATE, or none",)
    if isinstance(told, Moment):
        margin = (due - told.day).days
        verdict = "complies" if margin >= 0 else "breaches"
        why = () if margin >= 0 else (f"it would comply with a notice by {due}",)
    elif told == NONE:
        verdict = "breaches"
    said = Operand(told_name, "not stated" if told is None else str(told))
    operands = (lead[1], Operand("event", str(event)), said)
    sum_ = f"{event} less {lead[0]} days = {due}"
    yield _made(docket, party, what[0], what[1], operands, sum_, verdict, margin, "days", why)


def _inspections(docket: Docket, draft: ParameterStore, party: str | None) -> Iterable[Finding]:
    """Article 5: requests are accepted until so many were accepted in the year."""
    most = number(draft, "verification.inspections_max")
    accepted = asked_whole(docket.query, "inspections_accepted", optional=True)
    if most is None or accepted is None:
        return
    refused = asked_word(docket.query, "inspection_refused", ("yes", "no"), optional=True)
    left, used = most[0] - accepted, accepted - most[0]
    verdict: Verdict = "complies"
    margin: int | None = None
    why: tuple[str, ...] = ()
    if refused is None and left > 0:
        verdict = "cannot be decided"
        why = ("it turns on whether a request was refused: --with inspection_refused=yes or no",)
    elif refused == "yes":
        verdict, margin = ("breaches" if left > 0 else "complies"), used
        why = (f"refusing would be in order after {left} more",) if left > 0 else ()
    said = Operand("a request was refused", refused or "not stated")
    operands = (most[1], Operand("accepted this year", accepted), said)
    sum_ = f"{accepted} accepted - {most[0]} to be accepted"
    yield _made(docket, party, "verification", "5", operands, sum_, verdict, margin, "inspections", why)


def _clock(
    docket: Docket, draft: ParameterStore, party: str | None, what: tuple[str, str], start: str, done: str
) -> Iterable[Finding]:
    """Something within so many hours of a request (articles 5 and 6)."""
    allowed, began = number(draft, what[0]), asked_moment(docket.query, start)
    if allowed is None or not isinstance(began, Moment):
        return
    came, due = asked_moment(docket.query, done), due_after(began, allowed[0])
    verdict: Verdict = "cannot be decided"
    margin: int | None = None
    why: tuple[str, ...] = (f"it would comply by {due}: --with {done}=MOMENT, or none",)
    if isinstance(came, Moment):
        margin = hours_left(came, due)
        verdict = "complies" if margin >= 0 else "breaches"
        why = () if margin >= 0 else (f"it would comply by {due}",)
    elif came == NONE and docket.day > due.day:
        verdict = "breaches"
    said = Operand(done, "not stated" if came is None else str(came))
    operands = (allowed[1], Operand(start, str(began)), said)
    sum_ = f"{began} + {allowed[0]} hours = {due}"
    yield _made(docket, party, what[0], what[1], operands, sum_, verdict, margin, "hours", why)


def _cure(docket: Docket, draft: ParameterStore, party: str | None) -> Iterable[Finding]:
    """Article 6: whoever exceeded a limit is below it again within so many days."""
    allowed = number(draft, "remedy.cure")
    since = asked_day(docket.query, "exceeded_on", optional=True)
    if allowed is None or since is None:
        return
    cured = asked_moment(docket.query, "cured_on")
    due = add(since, allowed[0], "days")
    margin: int | None = None
    verdict: Verdict = "cannot be decided"
    why: tuple[str, ...] = (f"it would comply if cured by {due}",)
    if isinstance(cured, Moment):
        margin = (due - cured.day).days
        verdict, why = ("complies", ()) if margin >= 0 else ("breaches", why)
    elif cured == NONE and docket.day > due:
        verdict = "breaches"
    said = Operand("cured on", "not stated" if cured is None else str(cured))
    operands = (allowed[1], Operand("exceeded on", str(since)), said)
    sum_ = f"{since} + {allowed[0]} days = {due}"
    yield _made(docket, party, "remedy.cure", "6", operands, sum_, verdict, margin, "days", why)


def _made(
    docket: Docket,
    party: str | None,
    name: str,
    article: str,
    operands: tuple[Operand, ...],
    arithmetic: str,
    verdict: Verdict,
    margin: int | None,
    unit: str,
    why: tuple[str, ...],
) -> Finding:
    sum_ = arithmetic if margin is None else f"{arithmetic}; margin {margin:+d} {unit}"
    step = Step(f"{NAME}.{name}", f"{ARTICLE} {article}", operands, sum_, verdict)
    return docket.finding(f"{NAME}.{name}", step, verdict, margin, party=party, unit=unit, why_not=why)
