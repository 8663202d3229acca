"""Vienna Document, chapters V to VII: activities against thresholds of notice, observation, constraint.

An activity is notified at or above a threshold, 42 days ahead; observers are invited at or above a higher one
(the figures are parameters). People and pieces of all States that take part are counted together. Whether
activities of one State on one day are one activity is a reading: the text asks for one operational command.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from equipoise.accords.asking import asked_day, asked_whole, asked_word
from equipoise.accords.comparing import counted_operand
from equipoise.accords.counting import operand_of, words
from equipoise.accords.dates import add
from equipoise.accords.docket import Docket
from equipoise.accords.facts import Declaration
from equipoise.accords.sides import asked_party, sides
from equipoise.accords.stationed import EXERCISE
from equipoise.accords.types import Bounds, Detail, Finding, Operand, Reading, Step, Verdict

ROOT = "vienna_document"
PEOPLE = ("troops", "amphibious_heliborne_parachute")
THRESHOLDS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "notify": (
        "Vienna Document, chapter V",
        {
            "troops": "troops",
            "battle_tanks": "battle_tanks",
            "acv": "acv",
            "artillery": "artillery",
            "amphibious_heliborne_parachute": "amphibious_heliborne_parachute",
        },
    ),
    "observe": (
        "Vienna Document, chapter VI",
        {
            "troops": "troops",
            "battle_tanks": "battle_tanks",
            "acv": "acv",
            "artillery": "artillery",
            "amphibious_heliborne_parachute": "airborne_amphibious",
        },
    ),
}
"""Each duty: its chapter, and the parameter of each category."""
OPTIONS = (
    "troops",
    "battle_tanks",
    "acv",
    "artillery",
    "notified_on",
    "starts_on",
    "observers_invited",
    "by",
    "notified_voluntarily_by",
)
TOGETHER = Reading(
    "one_command",
    "activities of one State on one day are one activity under one command",
    (("what is one activity", "all of one State on one day"),),
    "concerns.yaml, nato-exercise-transparency",
    "assumed",
)


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity: its name, its day, who takes part, and the declarations that say how large it is."""

    name: str
    day: date
    states: tuple[str, ...]
    parts: tuple[Declaration, ...]

    def count(self, category: str) -> tuple[Bounds, tuple[Operand, ...]] | None:
        """What all that take part bring of a category; None where nobody said."""
        said = [p for p in self.parts if p.category == category]
        if not said:
            return None
        highs = [p.high for p in said]
        high = None if None in highs else sum(h for h in highs if h is not None)
        operands = tuple(replace(operand_of(p), unit=_unit(category)) for p in said)
        return Bounds(sum(p.low for p in said), high), operands


def judge_activities(docket: Docket) -> Iterable[Finding]:
    """Notice, observation and constraint for each State that takes part in an activity of the year."""
    found = activities(docket, add(docket.day, -12, "months"))
    for activity in found:
        for state in activity.states:
            yield from _judge(docket, activity, state, None)
    for activity in _together(found):
        for state in activity.states:
            yield from _judge(docket, activity, state, TOGETHER.name)
    if not found:
        yield from _unsaid(docket)
    yield from _constraint(docket)


def activities(docket: Docket, since: date) -> tuple[Activity, ...]:
    """Every activity after ``since`` up to the day: declared, or stated in the question."""
    grouped: dict[tuple[str, date], list[Declaration]] = {}
    for one in docket.declared(since=add(since, 1, "days")):
        if one.state == EXERCISE or one.category in PEOPLE:
            grouped.setdefault((one.zone, one.as_of), [])
    for one in docket.declared(since=add(since, 1, "days")):
        if (one.zone, one.as_of) in grouped and one.state in ("", EXERCISE):
            grouped[(one.zone, one.as_of)].append(one)
    for one in _stated(docket):
        grouped.setdefault((one.zone, one.as_of), []).append(one)
    return tuple(
        Activity(name, day, tuple(sorted({p.party for p in parts})), tuple(parts))
        for (name, day), parts in sorted(grouped.items(), key=lambda item: (item[0][1], item[0][0]))
    )


def _stated(docket: Docket) -> Iterable[Declaration]:
    """The activity of the question itself, by the party that it names."""
    query = docket.query
    for category in ("troops", "battle_tanks", "acv", "artillery"):
        number = asked_whole(query, category, optional=True)
        if number is not None:
            by = asked_party(query, "by", "the State that is asked about")
            day = asked_day(query, "starts_on", optional=True) or docket.day
            yield Declaration(
                by, category, "as stated", EXERCISE, number, number, day, day, by, "reported", "the question"
            )


def _together(found: Sequence[Activity]) -> Iterable[Activity]:
    """Activities of one State and one day as one, where there is more than one."""
    grouped: dict[tuple[str, date], list[Activity]] = {}
    for activity in found:
        for state in activity.states:
            grouped.setdefault((state, activity.day), []).append(activity)
    for (state, day), several in grouped.items():
        if len(several) > 1:
            name = " + ".join(a.name for a in several)
            yield Activity(name, day, (state,), tuple(p for a in several for p in a.parts))


def _judge(docket: Docket, activity: Activity, state: str, reading: str | None) -> Iterable[Finding]:
    standing = docket.standing("vienna")
    for duty, (article, parameters) in THRESHOLDS.items():
        for category, name in parameters.items():
            said, limit = activity.count(category), docket.whole(f"{ROOT}.{duty}.{name}")
            if said is None or limit is None:
                continue
            if not standing.owed:
                about = {"party": state, "category": category, "reading": reading}
                yield docket.not_owed(f"{ROOT}.{duty}", article, standing, **about)
                continue
            yield _threshold(docket, activity, state, reading, duty, category, said, limit)
    if standing.owed and reading is None:
        yield from _lead(docket, activity, state)


def _threshold(
    docket: Docket,
    activity: Activity,
    state: str,
    reading: str | None,
    duty: str,
    category: str,
    said: tuple[Bounds, tuple[Operand, ...]],
    limit: tuple[int, Operand],
) -> Finding:
    """At or above the threshold the duty arises; the margin is the threshold less what is counted."""
    (bounds, declared), (least, operand) = said, limit
    article = THRESHOLDS[duty][0]
    unit = _unit(category)
    arises = bounds.low >= least if bounds.exact else None
    if bounds.high is not None and bounds.high < least:
        arises = False
    elif bounds.low >= least:
        arises = True
    verdict, why = _duty_done(docket, duty, arises, bounds, least, unit)
    decided = verdict in ("complies", "breaches")
    margin = least - (bounds.low if arises else bounds.high or 0) if decided else None
    counting = Step(
        f"count over all that take part in {activity.name}",
        article,
        declared,
        " + ".join(words(Bounds(o.value, o.value)) for o in declared if isinstance(o.value, int)),
        words(bounds),
    )
    sum_ = f"{least} - {bounds.low} = {least - bounds.low}" if bounds.exact else f"{words(bounds)}, {least}"
    result = f"{verdict}: {_arises(duty, arises)}"
    step = Step(
        f"{ROOT}.{duty}",
        article,
        (operand, replace(counted_operand(bounds), unit=unit)),
        sum_,
        result,
        (docket.standing("vienna").step, counting),
    )
    details = (
        ("activity", activity.name),
        ("takes_place_on", activity.day.isoformat()),
        ("counted", bounds.low if bounds.exact else None),
        ("notifiable" if duty == "notify" else "observable", arises),
        *_voluntarily(docket, duty, arises),
    )
    return docket.finding(
        f"{ROOT}.{duty}", step, verdict, margin, party=state, category=category, reading=reading,
        unit=unit, details=details, why_not=why,
    )  # fmt: skip


def _voluntarily(docket: Docket, duty: str, arises: bool | None) -> tuple[tuple[str, Detail], ...]:
    """Who gave notice though nothing asked for it, where the question says so."""
    who = asked_party(docket.query, "notified_voluntarily_by", "")
    return (("notified_voluntarily_by", who),) if who and duty == "notify" and arises is False else ()


def _unit(category: str) -> str:
    return "persons" if category in PEOPLE else "pieces"


def _arises(duty: str, arises: bool | None) -> str:
    what = "notifiable" if duty == "notify" else "open to observers"
    if arises is None:
        return f"whether it is {what} is not known"
    return what if arises else f"not {what}"


def _duty_done(
    docket: Docket, duty: str, arises: bool | None, bounds: Bounds, least: int, unit: str
) -> tuple[Verdict, tuple[str, ...]]:
    """Below the threshold nothing is asked; at or above it the question may say that the duty was done."""
    below = f"nothing would be asked with {bounds.low - least + 1:,} {unit} fewer"
    if arises is False:
        return "complies", ()
    if arises is None:
        return "cannot be decided", (
            f"it would comply if at most {least - 1:,} {unit} took part",
            f"the duty would arise if at least {least:,} did",
        )
    if duty == "notify":
        if docket.query.asked.get("notified_on", "").strip().lower() == "none":
            return "breaches", (below,)
        told = asked_day(docket.query, "notified_on", optional=True)
        why = "it turns on whether and when it was notified: --with notified_on=DATE, or none"
        return ("complies", ()) if told is not None else ("cannot be decided", (why, below))
    invited = asked_word(docket.query, "observers_invited", ("yes", "no"), optional=True)
    if invited is None:
        why = "it turns on whether observers were invited: --with observers_invited=yes or no"
        return "cannot be decided", (why, below)
    return ("complies", ()) if invited == "yes" else ("breaches", (below,))


def _lead(docket: Docket, activity: Activity, state: str) -> Iterable[Finding]:
    """Notice comes so many days before an activity begins, where a notice was stated."""
    lead = docket.whole(f"{ROOT}.notify.lead")
    if lead is None or docket.query.asked.get("notified_on", "").strip().lower() in ("", "none"):
        return
    told = asked_day(docket.query, "notified_on")
    owed = any(
        said is not None and limit is not None and said[0].low >= limit[0]
        for category, name in THRESHOLDS["notify"][1].items()
        for said, limit in [(activity.count(category), docket.whole(f"{ROOT}.notify.{name}"))]
    )
    if told is None:
        return
    due = add(activity.day, -lead[0], "days")
    margin = (due - told).days
    verdict: Verdict = "not owed" if not owed else ("complies" if margin >= 0 else "breaches")
    operands = (
        lead[1],
        Operand("begins on", activity.day.isoformat()),
        Operand("notified on", told.isoformat()),
    )
    sum_ = f"{activity.day} less {lead[0]} days = {due}; notified {margin:+d} days from it"
    step = Step(f"{ROOT}.notify.lead", "Vienna Document, chapter V", operands, sum_, verdict)
    why = (f"it would comply if notified by {due}",) if verdict == "breaches" else ()
    yield docket.finding(
        f"{ROOT}.notify.lead", step, verdict, margin if owed else None, party=state, unit="days",
        details=(("activity", activity.name), ("due_on", due.isoformat())), why_not=why,
    )  # fmt: skip


def _unsaid(docket: Docket) -> Iterable[Finding]:
    """With no activity on record each side's duty cannot be decided, and the bound that would is named."""
    standing, limit = docket.standing("vienna"), docket.whole(f"{ROOT}.notify.troops")
    if limit is None:
        return
    for side in sides(docket.facts, docket.day):
        if not standing.owed:
            yield docket.not_owed(
                f"{ROOT}.notify", THRESHOLDS["notify"][0], standing, party=side, category="troops"
            )
            continue
        step = Step(
            f"{ROOT}.notify",
            THRESHOLDS["notify"][0],
            (limit[1],),
            "",
            "no activity of the year was declared",
            (standing.step,),
        )
        why = (f"it would comply if at most {limit[0] - 1:,} persons were declared in any activity",)
        yield docket.finding(
            f"{ROOT}.notify", step, "cannot be decided", party=side, category="troops", unit="persons",
            why_not=why,
        )  # fmt: skip


def _constraint(docket: Docket) -> Iterable[Finding]:
    """Of the largest activities no State holds more than one in three years (chapter VII)."""
    rule = docket.parameter(f"{ROOT}.constraining.large_per_three_years")
    if rule is None or not isinstance(rule.value, Mapping) or not docket.standing("vienna").owed:
        return
    most, over = int(rule.value["activities"]), int(rule.value["troops_over"])
    large: dict[str, list[str]] = {}
    for activity in activities(docket, add(docket.day, -36, "months")):
        said = activity.count("troops")
        if said is not None and said[0].low > over:
            for state in activity.states:
                large.setdefault(state, []).append(f"{activity.name} ({activity.day})")
    for state, held in sorted(large.items()):
        margin = most - len(held)
        verdict: Verdict = "complies" if margin >= 0 else "breaches"
        step = Step(
            f"{ROOT}.constraining.large",
            "Vienna Document, chapter VII",
            (rule.operand(), Operand("held in three years", ", ".join(held))),
            f"{most} - {len(held)} = {margin}",
            verdict,
        )
        yield docket.finding(
            f"{ROOT}.constraining.large", step, verdict, margin, party=state, category="troops",
            unit="activities",
        )  # fmt: skip
