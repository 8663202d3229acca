"""Laws that hold for all declarations: monotone, even-handed, deaf to the future, blind to order."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from equipoise.accords import Declaration, Facts, Finding, digest, judge, load_facts
from equipoise.accords.agreement import key_of
from equipoise.accords.comparing import compare
from equipoise.accords.types import Bounds

RANK = {"breaches": 0, "cannot be decided": 1, "not owed": 1, "complies": 2}
STATES = ("Belgium", "Germany", "Russia", "Turkey", "United States", "Azerbaijan")
ZONES = ("ATTU", "Art_V.1A_flank", "Art_V.1A_as_USSR_understood_it", "Art_V.1A_redrawn_smaller_zone")
DAY = date(2003, 6, 1)
few = settings(max_examples=25, deadline=None, derandomize=True)


@st.composite
def declared(draw: st.DrawFn) -> Declaration:
    """One figure of a State, exact or with bounds, of the year up to the day judged."""
    party = draw(st.sampled_from(STATES))
    low = draw(st.integers(0, 14_000))
    high = draw(st.sampled_from([low, low + 500, None]))
    as_of = DAY - timedelta(days=draw(st.integers(0, 300)))
    return Declaration(
        party=party,
        category=draw(st.sampled_from(("battle_tanks", "acv", "artillery", "hacv"))),
        zone=draw(st.sampled_from(ZONES)),
        state=draw(st.sampled_from(("", "", "active"))),
        low=low,
        high=high,
        as_of=as_of,
        declared_at=as_of + timedelta(days=draw(st.integers(-20, 200))),
        declared_by=draw(st.sampled_from((party, "an observer"))),
        status="reported",
        source="invented",
    )


several = st.lists(declared(), min_size=1, max_size=8)


def facts_of(declarations: list[Declaration]) -> Facts:
    return replace(load_facts(), declarations=tuple(declarations))


def verdicts(
    facts: Facts, day: date = DAY, known_at: date | None = None
) -> Mapping[tuple[object, ...], Finding]:
    found = judge("cfe", facts, day, known_at or date(2010, 1, 1)).findings
    return {(*key_of(f), f.reading): f for f in found}


def digests(facts: Facts, day: date, known_at: date) -> list[str]:
    return [digest(f) for f in judge("cfe", facts, day, known_at).findings]


@given(
    st.integers(0, 99),
    st.integers(0, 99),
    st.integers(0, 20),
    st.integers(0, 20),
    st.integers(0, 9),
    st.booleans(),
)
def test_more_pieces_never_help_and_a_higher_limit_never_hurts(
    count: int, limit: int, wide: int, loose: int, more: int, open_ended: bool
) -> None:
    counted = Bounds(count, None if open_ended else count + wide)
    raised = Bounds(count + more, None if open_ended else count + wide + more)
    first, higher = Bounds(limit, limit + loose), Bounds(limit + more, limit + loose + more)
    base = compare(counted, first)
    assert RANK[compare(raised, first).verdict] <= RANK[base.verdict]
    assert RANK[compare(counted, higher).verdict] >= RANK[base.verdict]
    if base.margin is not None:
        assert (base.margin >= 0) == (base.verdict == "complies")


@few
@given(several, st.integers(1, 5000))
def test_findings_are_monotone_in_what_is_held(declarations: list[Declaration], more: int) -> None:
    one = declarations[0]
    grown = replace(one, low=one.low + more, high=None if one.high is None else one.high + more)
    before = verdicts(facts_of(declarations))
    after = verdicts(facts_of([grown, *(d for d in declarations[1:])]))
    assert before.keys() == after.keys()
    for key, finding in before.items():
        if finding.obligation != "cfe.storage minimum":
            assert RANK[after[key].verdict or ""] <= RANK[finding.verdict or ""]


@few
@given(several, st.integers(1, 5000))
def test_findings_are_monotone_in_limits(declarations: list[Declaration], more: int) -> None:
    facts = facts_of(declarations)
    looser = replace(
        facts,
        ceilings=tuple(
            replace(
                c,
                limit=None if c.limit is None else c.limit + more,
                active_limit=None if c.active_limit is None else c.active_limit + more,
            )
            for c in facts.ceilings
            if c.kind == "maximum"
        ),
    )
    before, after = verdicts(facts), verdicts(looser)
    summed = ("sum_of_maximum_levels", "sum_of_maximum_levels_in_force")
    for key, finding in after.items():
        if finding.reading not in summed:
            assert RANK[finding.verdict or ""] >= RANK[before[key].verdict or ""]


@few
@given(
    several,
    st.permutations(STATES),
    st.sampled_from([date(2003, 6, 1), date(2009, 6, 1), date(2013, 6, 1), date(2024, 1, 1)]),
)
def test_parties_renamed_give_findings_renamed(
    declarations: list[Declaration], renamed: list[str], day: date
) -> None:
    moved = [
        replace(d, as_of=d.as_of + (day - DAY), declared_at=d.declared_at + (day - DAY)) for d in declarations
    ]
    names = {
        **dict(zip(STATES, renamed, strict=True)),
        "group_West": "group_East",
        "group_East": "group_West",
    }
    facts = facts_of(moved)
    before = verdicts(facts, day, date(2030, 1, 1))
    after = verdicts(_renamed(facts, names), day, date(2030, 1, 1))
    wanted = {
        (names.get(f.party or "", f.party), f.obligation, f.category, f.zone, f.reading, f.verdict, f.margin)
        for f in before.values()
    }
    said = {
        (f.party, f.obligation, f.category, f.zone, f.reading, f.verdict, f.margin) for f in after.values()
    }
    assert said == wanted


def _renamed(facts: Facts, names: Mapping[str, str]) -> Facts:
    def new(name: str) -> str:
        return names.get(name, name)

    return replace(
        facts,
        ceilings=tuple(replace(c, party=new(c.party)) for c in facts.ceilings),
        declarations=tuple(
            replace(d, party=new(d.party), declared_by=new(d.declared_by)) for d in facts.declarations
        ),
        memberships=tuple(replace(m, group=new(m.group), member=new(m.member)) for m in facts.memberships),
        acts=tuple(replace(a, by=new(a.by), toward=new(a.toward)) for a in facts.acts),
    )


@few
@given(several, several)
def test_what_is_declared_later_changes_no_earlier_finding(
    declarations: list[Declaration], later: list[Declaration]
) -> None:
    known_at = DAY
    after = [replace(d, declared_at=known_at + timedelta(days=1)) for d in later]
    after.append(replace(after[0], state="awaiting_disposal"))
    before = digests(facts_of(declarations), DAY, known_at)
    assert digests(facts_of(declarations + after), DAY, known_at) == before


@few
@given(several, st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_no_digest(
    declarations: list[Declaration], shuffler: random.Random
) -> None:
    facts = replace(load_facts(), declarations=(*load_facts().declarations, *declarations))

    def shuffled(many: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(shuffler.sample(many, len(many)))

    mixed = replace(
        facts,
        ceilings=shuffled(facts.ceilings),
        declarations=shuffled(facts.declarations),
        memberships=shuffled(facts.memberships),
        acts=shuffled(facts.acts),
        events=shuffled(facts.events),
        zones=dict(shuffled(tuple(facts.zones.items()))),
    )
    day = date(2003, 6, 1)
    assert digests(mixed, day, date(2004, 1, 1)) == digests(facts, day, date(2004, 1, 1))
