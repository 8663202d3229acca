"""In force is a relation and no flag: who owes which duties to whom on a day, under which reading.

Acts (provisional application, entry into force, suspension, withholding, withdrawal) are data; what a
suspension does is a reading. A withdrawal ends the duties of the one who withdraws, and those owed to it. A
lawful suspension rests the duties between the one who suspends and those it is turned to, both ways (Vienna
Convention on the Law of Treaties, 1969, Article 72, from memory).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from equipoise.accords.facts import Act, Facts
from equipoise.accords.types import Operand, Reading, Step

Suspension = Literal["not provided for", "lawful", "answer lawful"]
Covers = Literal["limits", "information"]
Status = Literal["in force", "provisional", "suspended", "withheld", "withdrawn", "not in force", "not known"]

BEGINS = ("provisional", "lapses", "in force", "limits bind")
"""The kinds of act that bring duties to life, or let them lapse, for all; others are done by somebody."""
SUSPENSION_LAWFUL = Reading(
    "suspension_lawful",
    "a State may suspend the treaty as customary law allows; its duties rest while it does",
    (("suspension", "lawful"),),
    source="events.csv, 12 December 2007",
    status="assumed",
)
ANSWER_LAWFUL = Reading(
    "answer_lawful",
    "the first suspension is not provided for; an answer to it, turned to the State that began, is lawful",
    (("suspension", "an answer is lawful, the first is not"),),
    source="events.csv, 22 November 2011",
    status="assumed",
)
SUSPENSIONS: tuple[tuple[str, Suspension], ...] = (
    ("suspension_lawful", "lawful"),
    ("answer_lawful", "answer lawful"),
)
_OWED: dict[Status, bool | None] = {"in force": True, "provisional": True, "not known": None}


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether duties are owed, since when, and the step that shows why; ``owed`` None where not known."""

    status: Status
    owed: bool | None
    since: date | None
    step: Step


def standing(
    facts: Facts,
    regime: str,
    obligor: str,
    obligee: str | None,
    day: date,
    covers: Covers = "limits",
    suspension: Suspension = "not provided for",
) -> Standing:
    """Whether ``obligor`` owes the duties to ``obligee`` on ``day``; ``obligee`` None asks: to anybody?

    ``regime`` is that of the acts (``cfe``, ``flank`` ...); obligor and obligee are States.
    """
    status: Status = "not in force"
    since: date | None = None
    operands: list[Operand] = []
    for act in concerning(facts, regime, obligor, obligee, day, covers):
        effective = act.kind not in ("suspends", "withholds") or _lawful(act, suspension)
        operands.append(_operand(act, effective))
        new = _brought(act)
        if effective and new != status and status != "withdrawn":
            status, since = new, act.day
    rule = f"whether {'limits are' if covers == 'limits' else 'information is'} owed"
    words = f"{status} since {since}" if since else status
    if any(o.name.split(" toward ")[0].endswith(("suspends", "withholds")) for o in operands):
        words += f"; suspension: {suspension}"
    return Standing(status, _OWED.get(status, False), since, Step(rule, "", tuple(operands), "", words))


def concerning(
    facts: Facts, regime: str, obligor: str, obligee: str | None, day: date, covers: Covers
) -> Iterable[Act]:
    """The acts up to the day that touch what ``obligor`` owes to ``obligee``, in their order.

    With no obligee only what ``obligor`` did toward all counts: a duty rests when it is owed to nobody.
    """
    for act in facts.acts_in_order:
        if act.day > day:
            return
        if regime not in act.regimes or not _about(act, covers):
            continue
        if act.kind in BEGINS:
            yield act
            continue
        mine = is_by(facts, act, obligor) and act.toward in ("", obligee)
        yours = obligee is not None and act.toward in ("", obligor) and is_by(facts, act, obligee)
        if mine or yours:
            yield act


def is_by(facts: Facts, act: Act, state: str) -> bool:
    """Whether the State did the act, itself or as a member of the group that did it."""
    if act.by == state:
        return True
    return any(m.member == state and m.holds_on(act.day) for m in facts.members.get(act.by, ()))


def _about(act: Act, covers: Covers) -> bool:
    """Duties of information begin with entry into force; limits begin when they bind."""
    if act.covers == "all" or act.covers == covers:
        return True
    return covers == "information" and act.kind == "in force"


def _lawful(act: Act, suspension: Suspension) -> bool:
    return suspension == "lawful" or (suspension == "answer lawful" and act.answers)


def _brought(act: Act) -> Status:
    if act.kind == "provisional":
        return "provisional"
    if act.kind == "lapses":
        return "not in force" if act.certain else "not known"
    if act.kind in BEGINS:
        return "in force"
    if act.kind == "withdraws":
        return "withdrawn"
    if not act.certain:
        return "not known"
    return "withheld" if act.kind == "withholds" else "suspended"


def _operand(act: Act, effective: bool) -> Operand:
    toward = f" toward {act.toward}" if act.toward else ""
    by = f"{act.by} " if act.by else ""
    return Operand(
        f"{by}{act.kind}{toward}",
        "takes effect" if effective else "has no effect under this reading",
        source=act.event.source,
        status=act.event.status,
        version=f"{act.day}..",
        note=act.note,
    )
