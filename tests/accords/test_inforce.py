"""In force is a relation: who owes what to whom, on which day, under which reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from equipoise.accords import Facts, Finding, judge, load_facts, standing
from equipoise.accords.day import Day
from equipoise.accords.inforce import Covers, Suspension
from equipoise.accords.pairs import classes, pairings

FACTS = load_facts()
RU, US, DE, UA = "Russia", "United States", "Germany", "Ukraine"


def owed(
    obligor: str, obligee: str, day: str, covers: Covers, suspension: Suspension, facts: Facts = FACTS
) -> bool | None:
    return standing(facts, "cfe", obligor, obligee, date.fromisoformat(day), covers, suspension).owed


PAIRS: tuple[tuple[str, str, str, Covers, tuple[bool | None, bool | None, bool | None]], ...] = (
    # obligor, obligee, day, duties, owed: not provided for / lawful / only an answer is lawful
    (DE, RU, "1992-07-16", "information", (False, False, False)),
    (DE, RU, "1992-07-17", "information", (True, True, True)),
    (DE, RU, "1995-11-16", "limits", (False, False, False)),
    (DE, RU, "1995-11-17", "limits", (True, True, True)),
    (RU, US, "2007-12-11", "information", (True, True, True)),
    (RU, US, "2007-12-12", "information", (True, False, True)),
    (RU, UA, "2009-01-01", "information", (True, False, True)),
    (US, RU, "2009-01-01", "information", (True, False, True)),
    (US, DE, "2009-01-01", "information", (True, True, True)),
    (US, RU, "2011-11-21", "information", (True, False, True)),
    (US, RU, "2011-11-22", "information", (True, False, False)),
    (DE, RU, "2012-07-25", "information", (True, None, None)),
    (UA, RU, "2012-07-25", "information", (True, False, True)),
    (US, UA, "2012-07-25", "information", (True, True, True)),
    (US, RU, "2012-07-25", "limits", (True, False, True)),
    (RU, US, "2023-11-06", "limits", (True, False, True)),
    (RU, US, "2023-11-07", "limits", (False, False, False)),
    (US, RU, "2023-11-07", "limits", (False, False, False)),
    (US, UA, "2023-11-07", "limits", (True, False, False)),
    (UA, "Armenia", "2024-01-01", "limits", (True, True, True)),
)


@pytest.mark.parametrize(("obligor", "obligee", "day", "covers", "wanted"), PAIRS)
def test_duties_stand_between_a_pair_as_the_events_have_it(
    obligor: str, obligee: str, day: str, covers: Covers, wanted: tuple[bool | None, ...]
) -> None:
    assert tuple(owed(obligor, obligee, day, covers, s) for s in get_args(Suspension)) == wanted


def test_exchanging_two_states_exchanges_their_standing() -> None:
    names = {RU: US, US: RU}
    mirrored = replace(
        FACTS,
        acts=tuple(
            replace(a, by=names.get(a.by, a.by), toward=names.get(a.toward, a.toward)) for a in FACTS.acts
        ),
        memberships=tuple(replace(m, member=names.get(m.member, m.member)) for m in FACTS.memberships),
    )
    for obligor, obligee, day, covers, _ in PAIRS:
        for reading in get_args(Suspension):
            there = owed(
                names.get(obligor, obligor), names.get(obligee, obligee), day, covers, reading, mirrored
            )
            assert there == owed(obligor, obligee, day, covers, reading)


def test_a_trace_names_the_act_and_what_it_does_under_the_reading() -> None:
    lawful = standing(FACTS, "cfe", RU, None, date(2009, 1, 1), "limits", "lawful")
    assert lawful.since == date(2007, 12, 12)
    assert [o.value for o in lawful.step.operands] == ["takes effect", "takes effect"]
    text = standing(FACTS, "cfe", RU, None, date(2009, 1, 1))
    assert text.step.operands[-1].value == "has no effect under this reading"
    assert text.since == date(1995, 11, 17)


def exchange(day: str, party: str) -> list[Finding]:
    found = judge("cfe", FACTS, date.fromisoformat(day)).findings
    return [f for f in found if f.obligation == "annual exchange of information" and f.party == party]


def test_withholding_from_one_addressee_touches_that_addressee_alone() -> None:
    of_states = exchange("2012-07-25", US)
    to = {dict(f.details)["toward"]: f.verdict for f in of_states if f.reading is None}
    assert to[RU] == "breaches"
    assert set(to.values()) == {"breaches", "cannot be decided"}
    read = {f.reading: f.verdict for f in of_states if dict(f.details)["toward"] == RU}
    assert read == {None: "breaches", "suspension_lawful": "not owed", "answer_lawful": "not owed"}


def test_who_suspends_breaches_toward_all_as_written_and_owes_nothing_as_a_lawful_step() -> None:
    of_state = exchange("2009-01-01", RU)
    assert {(f.reading, f.verdict) for f in of_state} == {
        (None, "breaches"),
        ("suspension_lawful", "not owed"),
    }
    parted = next(a for a in judge("cfe", FACTS, date(2009, 1, 1)).agreement if a.party == RU and not a.agree)
    assert parted.differs_in[0].startswith("suspension: ")


def test_states_that_stand_alike_are_one_class() -> None:
    day = Day(FACTS, date(2012, 7, 25), date(2012, 7, 25))
    states = [m for g in ("group_West", "group_East") for m in day.members(g)]
    gathered = list(classes(day, "cfe", states).values())
    assert [RU] in [list(c) for c in gathered]
    assert [US] in [list(c) for c in gathered]
    assert sorted(s for c in gathered for s in c) == sorted(states)
    paired = pairings(day, "cfe", states, "information")
    toward = next(p for p in paired if p.obligors == (US,) and p.obligees == (RU,))
    assert toward.differs
    assert [s.status for _, s in toward.readings] == ["in force", "withheld", "withheld"]


def test_the_flank_agreement_was_applied_before_it_was_in_force() -> None:
    said = {
        day: standing(FACTS, "flank", RU, None, date.fromisoformat(day)).owed
        for day in ("1996-05-30", "1996-05-31", "1996-12-14", "1997-01-01", "1997-05-15", "1999-05-31")
    }
    assert list(said.values()) == [False, True, True, None, True, True]
