"""In force is a relation and no flag: who owes which duties to whom on a day, under which reading.

Acts (signature, provisional application, entry into force, suspension, withholding, withdrawal) are data;
what a suspension does is a reading. A withdrawal ends the duties of the one who withdraws, and those owed to
it. A lawful suspension rests the duties between the one who suspends and those it is turned to, both ways
(Vienna Convention on the Law of Treaties, 1969, Article 72, from memory).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from equipoise.accords.facts import Act, Facts
from equipoise.accords.types import Operand, Reading, Step

Suspension = Literal["not provided for", "lawful", "answer lawful"]
Covers = Literal["limits", "information"]
Status = Literal["in force", "provisional", "suspended", "withheld", "withdrawn", "not in force", "not known"]

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
    (("suspension", "answer lawful"),),
    source="events.csv, 22 November 2011",
    status="assumed",
)


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

    ``regime`` is that of the acts; ``obligor`` and ``obligee`` are States. A State that is no party to the
    regime's acts owes nothing only if no act brings the regime into force.
    """
    status: Status = "not in force"
    since: date | None = None
    operands: list[Operand] = []
    for act in facts.acts:
        if act.regime != regime or act.day > day or act.covers not in ("all", covers, "information"):
            continue
        moved = _moved(facts, act, obligor, obligee, covers, suspension)
        if moved is None:
            continue
        effective, new = moved
        operands.append(_operand(act, effective))
        if effective and new != status and status != "withdrawn":
            status, since = new, act.day
    owed = {"in force": True, "provisional": True, "withheld": False, "not known": None}.get(status, False)
    toward = "anybody" if obligee is None else obligee
    words = f"{status} since {since}" if since else status
    step = Step(
        f"duties of {obligor} toward {toward}: {covers}",
        "acts of the regime",
        tuple(operands),
        result=f"{words}; suspension read as {suspension}" if _disputed(operands) else words,
    )
    return Standing(status, owed, since, step)


def _moved(
    facts: Facts, act: Act, obligor: str, obligee: str | None, covers: Covers, suspension: Suspension
) -> tuple[bool, Status] | None:
    """(whether the act takes effect under the reading, the status that it brings), None if of no concern."""
    if act.kind == "provisional":
        return (act.covers in (covers, "all"), "provisional")
    if act.kind == "in force":
        return (covers == "information" or act.covers in (covers, "all"), "in force")
    if act.kind == "limits bind":
        return (True, "in force") if covers == "limits" else None
    if act.kind == "signed" or act.covers not in ("all", covers):
        return None
    mine, yours = is_by(facts, act, obligor), obligee is not None and is_by(facts, act, obligee)
    turned = not act.toward or obligee == act.toward
    turned_back = not act.toward or obligor == act.toward
    if not ((mine and turned) or (yours and turned_back)):
        return None
    if act.kind == "withdraws":
        return (True, "withdrawn")
    effective = suspension == "lawful" or (suspension == "answer lawful" and act.answers)
    if not act.certain:
        return (effective, "not known")
    return (effective, "withheld" if act.kind == "withholds" else "suspended")


def is_by(facts: Facts, act: Act, state: str) -> bool:
    """Whether the State did the act, itself or as a member of the group that did it."""
    if act.by == state:
        return True
    return any(m.member == state and m.holds_on(act.day) for m in facts.members.get(act.by, ()))


def _operand(act: Act, effective: bool) -> Operand:
    toward = f" toward {act.toward}" if act.toward else ""
    by = f"{act.by} " if act.by else ""
    return Operand(
        f"{by}{act.kind}{toward}",
        "takes effect" if effective else "does not take effect under this reading",
        source=act.event.source,
        status=act.event.status,
        version=f"{act.day}..",
        note=act.note,
    )


def _disputed(operands: list[Operand]) -> bool:
    return any("suspends" in o.name or "withholds" in o.name for o in operands)
