"""Vienna Document, chapter III: unusual military activities, an answer and a meeting within 48 hours each.

The clock starts with a request (16.1) and with the call for a meeting (16.2); the next rung is a joint
meeting (16.3). Whoever stays away is recorded as such: the text makes attendance no verdict of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from equipoise.accords.asking import asked_word
from equipoise.accords.docket import Docket
from equipoise.accords.messages import bad_input
from equipoise.accords.moments import NONE, Moment, asked_moment, due_after, hours_left
from equipoise.accords.sides import asked_party
from equipoise.accords.types import Finding, Operand, Step, Verdict

ROOT = "vienna_document.unusual_activity"
REPLY, MEETING, JOINT = f"{ROOT}.reply", f"{ROOT}.meeting", f"{ROOT}.joint_meeting"
OPTIONS = (
    "request", "requester", "addressee", "reply", "meeting_called", "meeting", "addressee_attended",
    "joint_meeting_16_3",
)  # fmt: skip
DAYS_ONLY = "hours of the day were not given, so whole days are counted"


def judge_clock(docket: Docket) -> Iterable[Finding]:
    """The answer, the meeting and who came, where the question states a request."""
    asked = docket.query.asked
    if not any(name in asked for name in OPTIONS):
        return
    request = asked_moment(docket.query, "request")
    if not isinstance(request, Moment):
        raise bad_input("asked-missing", field="--with request", name="request")
    who = asked_party(docket.query, "requester", "the State that asks")
    whom = asked_party(docket.query, "addressee", "the State that is asked")
    standing = docket.standing("vienna")
    if not standing.owed:
        for obligation, party in ((REPLY, whom), (MEETING, who)):
            yield docket.not_owed(obligation, "Vienna Document, chapter III", standing, party=party)
        return
    yield _within(docket, REPLY, "16.1", whom, ("request", request), "reply")
    called = asked_moment(docket.query, "meeting_called")
    if isinstance(called, Moment):
        yield _within(docket, MEETING, "16.2", who, ("call", called), "meeting")
    yield from _attendance(docket, whom)
    joint = asked_moment(docket.query, "joint_meeting_16_3")
    if isinstance(joint, Moment):
        step = Step(JOINT, "Vienna Document 16.3", (Operand("joint meeting", str(joint)),), "", "held")
        yield docket.finding(
            JOINT, step, None, party=who, unit="hours", details=(("held_on", joint.day.isoformat()),)
        )


def _within(
    docket: Docket, obligation: str, article: str, party: str, start: tuple[str, Moment], done_name: str
) -> Finding:
    """Something is done within so many hours of a start; the margin is the hours that were left."""
    found = docket.whole(obligation)
    name, began = start
    done = asked_moment(docket.query, done_name)
    if found is None:
        step = Step(obligation, f"Vienna Document {article}", (), "", "the time allowed is not known")
        return docket.finding(obligation, step, "cannot be decided", party=party, unit="hours")
    hours, allowed = found
    due = due_after(began, hours)
    margin: int | None = None
    verdict: Verdict
    why: tuple[str, ...] = ()
    if isinstance(done, Moment):
        margin = hours_left(done, due)
        verdict = "complies" if margin >= 0 else "breaches"
        why = () if margin >= 0 else (f"it would comply if it had come by {due}",)
    elif docket.day > due.day and done == NONE:
        verdict, why = "breaches", (f"it would comply if it had come by {due}",)
    else:
        verdict = "cannot be decided"
        why = (f"it would comply with a {done_name} by {due}: --with {done_name}=MOMENT, or none",)
    operands = (
        allowed,
        Operand(name, str(began)),
        Operand(done_name, "not stated" if done is None else str(done)),
    )
    note = "" if began.minute is not None else f"; {DAYS_ONLY}"
    step = Step(
        obligation,
        f"Vienna Document {article}",
        operands,
        f"{began} + {hours} hours = {due}{note}",
        verdict,
        (docket.standing("vienna").step,),
    )
    details = (("due_after_hours", hours), ("due_on", str(due)))
    return docket.finding(
        obligation, step, verdict, margin, party=party, unit="hours", details=details, why_not=why
    )


def _attendance(docket: Docket, whom: str) -> Iterable[Finding]:
    """Whether the State that was asked came; recorded, and no verdict."""
    came = asked_word(docket.query, "addressee_attended", ("true", "false", "yes", "no"), optional=True)
    if came is None:
        return
    attended = came in ("true", "yes")
    said = "came" if attended else "was called and stayed away"
    step = Step(MEETING, "Vienna Document 16.2", (Operand("attended", attended),), "", said)
    yield docket.finding(
        MEETING, step, None, party=whom, unit="hours", details=(("addressee_attended", attended),)
    )
