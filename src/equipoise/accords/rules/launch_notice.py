"""Notices of launches: the agreement of 1988, the data exchange and the notices of 2000, the Hague Code.

Each regime asks for a notice some time ahead, with certain fields; the memorandum of 2000 also for a word
afterwards. One launch is stated in the question and judged under every regime. That a regime was signed and
never carried out is said, and leaves what is owed undecided. No place finer than an area is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from equipoise.accords.docket import Docket, terms
from equipoise.accords.moments import NONE, Moment, asked_moment, due_after, hours_left
from equipoise.accords.parameters import Parameter
from equipoise.accords.sides import find_party, members_of, sides
from equipoise.accords.types import Accord, Clause, Finding, Operand, Query, Reading, Step, Verdict

NAME = "launch-notice"
AS_SIGNED = Reading(
    "as_signed",
    "what was signed is owed, whether or not it was ever carried out",
    (("a memorandum that was not carried out", "is owed"),),
    "terms.csv",
    "assumed",
)
OPTIONS = ("launch", "notified", "by", "fields", "reported")


@dataclass(frozen=True, slots=True)
class Regime:
    """One regime: the name of its term, its parameters, and what it is called."""

    name: str
    article: str
    lead: str | None
    """The parameter of the least time ahead; None where the text names none that was read."""
    fields: str | None
    report: str | None = None
    window: str | None = None


ROOT = "missile_notifications"
REGIMES = (
    Regime(
        "launch_1988", "Agreement of 31 May 1988", f"{ROOT}.launch_1988.lead", f"{ROOT}.launch_1988.fields"
    ),
    Regime("jdec_2000", "Memorandum of 4 June 2000", None, f"{ROOT}.jdec_2000.fields"),
    Regime(
        "plns_2000",
        "Memorandum of 16 December 2000",
        None,
        None,
        f"{ROOT}.plns_2000.post_launch",
        f"{ROOT}.plns_2000.pre_launch_window",
    ),
    Regime("hcoc_2002", "Hague Code, 4", None, f"{ROOT}.hcoc_2002.fields"),
)


def judge(query: Query) -> tuple[Finding, ...]:
    """One launch under every regime, for whoever launches; without one, each side's duty is left open."""
    docket = Docket(NAME, query)
    launch = asked_moment(query, "launch")
    by = query.asked.get("by", "").strip()
    who = (find_party(query.facts, by, "--with by"),) if by else sides(query.facts, query.as_of)
    found: list[Finding] = []
    for regime in REGIMES:
        for party in who:
            found += _judge(docket, regime, party, launch if isinstance(launch, Moment) else None)
    return tuple(found)


def _judge(docket: Docket, regime: Regime, party: str, launch: Moment | None) -> Iterable[Finding]:
    """The text as written; and, where it was signed and perhaps never carried out, as if it had been."""
    standing = docket.standing(regime.name, _signatory(docket, regime.name, party))
    obligation = f"{ROOT}.{regime.name}.notice"
    if not standing.owed:
        yield docket.not_owed(obligation, regime.article, standing, party=party)
    if standing.owed is False:
        return
    reading = None if standing.owed else AS_SIGNED.name
    if launch is None:
        step = Step(obligation, regime.article, (), "", "no launch was stated", (standing.step,))
        why = ("it turns on a launch and its notice: --with launch=MOMENT --with notified=MOMENT",)
        yield docket.finding(
            obligation, step, "cannot be decided", party=party, reading=reading, unit="hours", why_not=why
        )
        return
    yield _notice(docket, regime, party, launch, reading)
    fields = docket.parameter(regime.fields) if regime.fields else None
    if fields is not None:
        yield _fields(docket, regime, party, fields, reading)
    if regime.report:
        yield from _report(docket, regime, party, launch, reading)


def _signatory(docket: Docket, regime: str, party: str) -> str:
    """The member of a side that a regime binds, where it binds a few States by name."""
    bound = terms()[regime].between
    return next((m for m in members_of(docket.facts, party, docket.day) if m in bound), party)


def _notice(docket: Docket, regime: Regime, party: str, launch: Moment, reading: str | None) -> Finding:
    """A notice so long ahead, and not too early where there is a window; the margin is the nearer edge's."""
    latest, earliest, bounds = _window(docket, regime)
    told = asked_moment(docket.query, "notified")
    obligation = f"{ROOT}.{regime.name}.notice"
    verdict: Verdict = "cannot be decided"
    margin: int | None = None
    sum_ = ""
    why: tuple[str, ...] = ("it turns on the notice: --with notified=MOMENT, or none",)
    if told == NONE:
        verdict, why = "breaches", (f"it would comply with a notice {latest} hours ahead",)
    elif isinstance(told, Moment):
        ahead = hours_left(told, launch)
        margin = ahead - latest if earliest is None else min(ahead - latest, earliest - ahead)
        verdict = "complies" if margin >= 0 else "breaches"
        when = "earlier" if ahead < latest else "later"
        why = () if margin >= 0 else (f"it would comply with a notice {-margin} hours {when}",)
        window = "" if earliest is None else f", at most {earliest}"
        sum_ = f"{ahead} hours ahead; at least {latest}{window}: {margin:+d}"
    said = Operand("notified", "not stated" if told is None else str(told))
    operands = (*bounds, Operand("launch", str(launch)), said)
    standing = docket.standing(regime.name)
    step = Step(obligation, regime.article, operands, sum_, verdict, (standing.step,))
    return docket.finding(
        obligation, step, verdict, margin, party=party, reading=reading, unit="hours", why_not=why,
        details=(("due_before_hours", latest),),
    )  # fmt: skip


def _window(docket: Docket, regime: Regime) -> tuple[int, int | None, tuple[Operand, ...]]:
    """Hours ahead: the least, the most where there is one, and the parameters that say so."""
    window = docket.parameter(regime.window) if regime.window else None
    if window is not None and isinstance(window.value, Mapping):
        hours = (int(window.value["latest_hours"]), 24 * int(window.value["earliest_days"]))
        return *hours, (window.operand(),)
    lead = docket.whole(regime.lead) if regime.lead else None
    if lead is None:
        return 0, None, (Operand("ahead", None, note="no least time was read: before the launch"),)
    return lead[0], None, (lead[1],)


def _report(
    docket: Docket, regime: Regime, party: str, launch: Moment, reading: str | None
) -> Iterable[Finding]:
    """A word on the launch within so many hours after it."""
    found = docket.whole(regime.report) if regime.report else None
    if found is None:
        return
    obligation, done = f"{ROOT}.{regime.name}.report", asked_moment(docket.query, "reported")
    due = due_after(launch, found[0])
    verdict: Verdict = "cannot be decided"
    margin: int | None = None
    why: tuple[str, ...] = (f"it would comply with a word by {due}: --with reported=MOMENT, or none",)
    if isinstance(done, Moment):
        margin = hours_left(done, due)
        verdict = "complies" if margin >= 0 else "breaches"
        why = () if margin >= 0 else (f"it would comply by {due}",)
    elif done == NONE and docket.day > due.day:
        verdict = "breaches"
    said = Operand("reported", "not stated" if done is None else str(done))
    operands = (found[1], Operand("launch", str(launch)), said)
    sum_ = f"{launch} + {found[0]} hours = {due}"
    step = Step(obligation, regime.article, operands, sum_, verdict, (docket.standing(regime.name).step,))
    yield docket.finding(
        obligation, step, verdict, margin, party=party, reading=reading, unit="hours", why_not=why,
        details=(("due_on", str(due)),),
    )  # fmt: skip


def _fields(docket: Docket, regime: Regime, party: str, fields: Parameter, reading: str | None) -> Finding:
    """Whether the notice held every field; the margin is less by one for each that is missing."""
    obligation = f"{ROOT}.{regime.name}.fields"
    wanted = tuple(str(f) for f in fields.value) if isinstance(fields.value, tuple) else (str(fields.value),)
    text = docket.query.asked.get("fields", "").strip()
    if not text:
        said = "the fields of the notice are not stated"
        step = Step(obligation, regime.article, (fields.operand(),), "", said)
        lacks = (f"it would comply with {', '.join(wanted)}: --with fields=A,B",)
        return docket.finding(
            obligation, step, "cannot be decided", party=party, reading=reading, unit="fields", why_not=lacks
        )
    given = {_plain(part) for part in text.split(",")}
    missing = tuple(f for f in wanted if _plain(f) not in given)
    verdict: Verdict = "breaches" if missing else "complies"
    step = Step(
        obligation,
        regime.article,
        (fields.operand(), Operand("given", text)),
        f"{len(wanted) - len(missing)} of {len(wanted)} given",
        verdict,
    )
    why = tuple(f"it would comply with {name} added" for name in missing)
    return docket.finding(
        obligation, step, verdict, -len(missing), party=party, reading=reading, unit="fields", why_not=why,
        details=(("missing", missing),),
    )  # fmt: skip


def _plain(text: str) -> str:
    return text.strip().casefold().replace("_", " ")


ACCORD = Accord(
    name=NAME,
    title="Notices of launches: 1988, 2000 and the Hague Code",
    force="executive",
    withdrawal=Clause("six months' notice under the agreement of 1988", "Art 7", "memory", "assumed"),
    disputes=Clause("consultation through the centres that carry the notices", "", "memory", "assumed"),
    remedy=Clause("none named", "", "memory", "assumed"),
    readings=(
        Reading(
            None, "the texts as written", (("a memorandum that was not carried out", "cannot be decided"),)
        ),
        AS_SIGNED,
    ),
    judge=judge,
    options=OPTIONS,
)
