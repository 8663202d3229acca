"""What each party would have to do for a regime of ceilings to run again, where nobody goes first alone.

Steps come in stages. All steps of one stage stand side by side, on one day or over one stretch, and each side
has at least one in every stage: where only one has something to cut or move, the other's step is to let it be
seen and to hold its own next step in trust. Nothing here says that a step is owed: that is for the findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from equipoise.accords.across.consequences import Consequence, of_regime
from equipoise.accords.counting import SPEAKS_FOR_MONTHS
from equipoise.accords.dates import add
from equipoise.accords.day import Day
from equipoise.accords.facts import Facts
from equipoise.accords.judging import declared_by, judge
from equipoise.accords.messages import bad_input
from equipoise.accords.pairs import classes
from equipoise.accords.rules.cfe_limits import GROUPS
from equipoise.accords.sides import side_of, sides
from equipoise.accords.tables import rows
from equipoise.scenario import did_you_mean

ZONES = {"CFE1990_max_levels": "CFE1996_flank", "ACFE1999_national": "ACFE1999_flank"}
"""The national regimes that can be revived, and the regime of zones that belongs to each."""
REVIVED = ("cfe",)
OTHERS = "others"
"""States Parties that belong to neither side."""
STAGES: tuple[tuple[str, str], ...] = (
    ("resume", "what was suspended or withheld is taken up again, on one day"),
    ("declare", "all send what they hold, on one day"),
    ("inspect", "what was declared is opened to inspection, the same number each way"),
    ("reduce", "what exceeds the ceilings is cut or moved, over one stretch"),
    ("settle", "what one reading asks for and what the other asks for are done together"),
    ("in force", "the last ratifications and accessions take effect on one day"),
)


@dataclass(frozen=True, slots=True)
class Task:
    """One step of one stage: who does what, how much of it where, why, asked for under which reading."""

    side: str
    parties: tuple[str, ...]
    what: str
    says: str
    category: str | None = None
    zone: str | None = None
    pieces: int | None = None
    reading: str | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """Steps that stand side by side; ``balanced`` where each side has one."""

    name: str
    says: str
    tasks: tuple[Task, ...]
    balanced: bool


@dataclass(frozen=True, slots=True)
class Revival:
    """The stages in their order, and what cannot be said for want of a declaration."""

    accord: str
    ceilings: str
    as_of: date
    stages: tuple[Stage, ...]
    open: tuple[tuple[str, tuple[str, ...]], ...]
    """(party, categories) of which no declaration decides whether something must be cut."""


def revival(accord: str, ceilings: str, facts: Facts, day: date) -> Revival:
    """The stages for ``accord`` to run again under ``ceilings`` from ``day`` on.

    InputError for an accord or a regime that is none of those that can be revived.
    """
    for field, found, known in (("ACCORD", accord, REVIVED), ("--ceilings", ceilings, tuple(ZONES))):
        if found not in known:
            near = did_you_mean(found, known)
            raise bad_input("asked-word", field=field, found=found, nearest=near, known=", ".join(known))
    judged = Day(facts, day, declared_by(facts, day))
    states = tuple(m for g in GROUPS for m in judged.members(g))
    rows_ = {c.key: c for name in (ceilings, ZONES[ceilings]) for c in of_regime(name, facts, day)}
    every = tuple(c for c in rows_.values() if c.party in states)
    makers = {
        "resume": _resume(judged, states),
        "declare": _declare(judged, states, every),
        "inspect": _inspect(judged, states),
        "reduce": _reduce(judged, every),
        "settle": _settle(judged, ceilings),
        "in force": _in_force(judged, states, ceilings),
    }
    stages = []
    for name, says in STAGES:
        tasks = tuple(makers[name])
        if tasks:
            stages.append(_balanced(judged, name, says, tasks))
    return Revival(accord, ceilings, day, tuple(stages), _undecided(every))


def _balanced(judged: Day, name: str, says: str, tasks: tuple[Task, ...]) -> Stage:
    """The stage with a step for each side: whoever has none stands by, and that is a step too."""
    both = sides(judged.facts, judged.as_of)
    added = tuple(
        Task(side, (side,), "stand by", _standing_by(name))
        for side in both
        if not any(t.side == side for t in tasks)
    )
    every = tuple(sorted((*tasks, *added), key=lambda t: (t.side, t.what, t.parties, t.category or "")))
    return Stage(name, says, every, all(any(t.side == side for t in every) for side in both))


def _standing_by(name: str) -> str:
    if name == "reduce":
        return "sees the other's steps, keeps its own holdings unmoved, and holds its next step in trust"
    return "states on the same day that it takes the other's step as one with its own next one"


def _side(judged: Day, state: str) -> str:
    return side_of(judged.facts, state, judged.as_of) or OTHERS


def _by_side(judged: Day, states: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for state in sorted(states):
        found.setdefault(_side(judged, state), []).append(state)
    return {side: tuple(many) for side, many in sorted(found.items())}


def _resume(judged: Day, states: Sequence[str]) -> Iterable[Task]:
    """Whoever suspended, withheld or withdrew takes it up again; grouped by what they did."""
    words = {
        "suspends": "lifts its suspension of {date}",
        "withholds": "sends data and opens to inspection again toward {toward}, as before {date}",
        "withdraws": "comes back: what was withdrawn from on {date} needs a new consent to be bound",
    }
    for (acts, _), members in classes(judged, "cfe", states).items():
        for act in acts:
            says = words[act.kind].format(date=act.day, toward=act.toward or "all")
            maybe = "" if act.certain else " (who followed is not known)"
            for side, some in _by_side(judged, members).items():
                yield Task(side, some, "resume", says + maybe)


def _declare(judged: Day, states: Sequence[str], every: Sequence[Consequence]) -> Iterable[Task]:
    """Whoever's holdings no declaration of the year speaks for."""
    oldest = add(judged.as_of, -SPEAKS_FOR_MONTHS, "months")
    spoken = {
        (d.party, d.category)
        for d in judged.facts.declarations
        if oldest < d.as_of <= judged.as_of and not d.state
    }
    lacking: dict[tuple[str, ...], list[str]] = {}
    for state in states:
        wanted = sorted({c.category for c in every if c.party == state and (state, c.category) not in spoken})
        if wanted:
            lacking.setdefault(tuple(wanted), []).append(state)
    for categories, some in lacking.items():
        for side, members in _by_side(judged, some).items():
            yield Task(side, members, "declare", f"what it holds of {', '.join(categories)}")


def _inspect(judged: Day, states: Sequence[str]) -> Iterable[Task]:
    """Each side opens what it declared."""
    share = judged.facts.parameters.at(
        "cfe.passive_quota_of_declared_objects.residual_validation_120_days", judged.as_of
    )
    quota = "" if share is None else f"; {share.value} of its objects within 120 days (parameters.yaml)"
    for side, members in _by_side(judged, states).items():
        yield Task(side, members, "accept", f"inspections of what it declared{quota}")


def _reduce(judged: Day, every: Sequence[Consequence]) -> Iterable[Task]:
    """Cut what exceeds a ceiling of the whole area; move what exceeds that of a zone only."""
    for one in every:
        if one.verdict != "breaches" or one.margin is None:
            continue
        whole = one.zone == "ATTU"
        says = f"{one.obligation}: limit {one.limit:,}, {-one.margin:,} above it"
        yield Task(
            _side(judged, one.party),
            (one.party,),
            "cut" if whole else "move",
            says if whole else f"{says}; out of the zone, or fewer there",
            one.category,
            one.zone,
            -one.margin,
        )


def _settle(judged: Day, ceilings: str) -> Iterable[Task]:
    """The dispute about the adapted treaty: what one reading asks for beside what the other asks for."""
    if not _never(judged.facts, ceilings):
        return
    found = judge("istanbul", judged.facts, judged.as_of).findings
    for finding in found:
        if finding.reading is None or finding.verdict != "breaches" or finding.party is None:
            continue
        name = finding.obligation.removeprefix("istanbul.")
        text = str(finding.trace.operands[0].value) if finding.trace.operands else name
        side = _side(judged, finding.party)
        yield Task(side, (finding.party,), "accept", f"{name}: {text}", reading=finding.reading)


def _in_force(judged: Day, states: Sequence[str], ceilings: str) -> Iterable[Task]:
    """Ratify, or accede from outside, where the regime never came into force."""
    if not _never(judged.facts, ceilings):
        return
    known = {
        (row["regime"], row["state"]): row["kind"]
        for row, _ in rows("ratifications.csv", ("regime", "state", "kind", "status", "source"), own=True)
    }
    lacking = [s for s in states if known.get((ceilings, s)) != "ratified"]
    for side, members in _by_side(judged, lacking).items():
        yield Task(side, members, "ratify", "its ratification takes effect with all the others")
    outside = [s for (regime, s), kind in known.items() if regime == ceilings and kind == "outside"]
    for side, members in _by_side(judged, outside).items():
        yield Task(side, members, "accede", "it asks to join on the day of entry into force")


def _never(facts: Facts, ceilings: str) -> bool:
    return any(row.in_force == "never" for row in facts.limits[ceilings])


def _undecided(every: Sequence[Consequence]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What no declaration decides, by party."""
    found: dict[str, set[str]] = {}
    for one in every:
        if one.verdict == "cannot be decided":
            found.setdefault(one.party, set()).add(one.category)
    return tuple((party, tuple(sorted(many))) for party, many in sorted(found.items()))
