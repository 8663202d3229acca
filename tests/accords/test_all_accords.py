"""Laws that every accord keeps: blind to order, deaf to the future, even-handed, each finding whole."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from equipoise.accords import ACCORDS, Declaration, Facts, canonical, digest, find_accord, judge, load_facts
from equipoise.accords.sides import sides
from equipoise.accords.types import VERDICTS, Step

DAY = date(2013, 6, 1)
FORCES = ("battle_tanks", "acv", "artillery", "combat_aircraft", "attack_helicopters")


def invented(seed: int) -> list[Declaration]:
    """Declarations that bear on every accord: holdings, forces in areas, exercises, missile defence."""
    draw = random.Random(seed)
    states = ("Germany", "United States", "Russia", "Belarus")
    made = []
    for _ in range(40):
        party = draw.choice(states)
        kind = draw.choice(("holdings", "stationed", "exercise", "defence"))
        category, zone, state = draw.choice(FORCES), "ATTU", ""
        if kind == "stationed":
            zone, state = (
                draw.choice(("Estonia", "Belarus", "Poland")),
                draw.choice(("rotating", "permanent", "")),
            )
        elif kind == "exercise":
            category, zone, state = (
                draw.choice(("troops", "acv")),
                draw.choice(("north", "south")),
                "exercise",
            )
        elif kind == "defence":
            category, zone = draw.choice((("interceptors", "ATTU"), ("interceptor_speed", "sea")))
        on = DAY - timedelta(days=draw.randrange(200))
        number = draw.randrange(12_000)
        made.append(
            Declaration(
                party, category, zone, state, number, number + draw.choice((0, 50)), on,
                on + timedelta(days=draw.randrange(100)), party, "reported", "invented",
            )
        )  # fmt: skip
    return made


def facts_of(declarations: list[Declaration]) -> Facts:
    return replace(load_facts(), declarations=tuple(declarations))


@pytest.mark.parametrize("accord", ACCORDS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_what_is_declared_changes_no_digest(accord: str, seed: int) -> None:
    made = invented(seed)
    first = [digest(f) for f in judge(accord, facts_of(made), DAY).findings]
    random.Random(seed + 100).shuffle(made)
    assert [digest(f) for f in judge(accord, facts_of(made), DAY).findings] == first


@pytest.mark.parametrize("accord", ACCORDS)
@pytest.mark.parametrize("seed", [4, 5])
def test_what_is_declared_later_changes_nothing_that_was_found_before(accord: str, seed: int) -> None:
    known_at = DAY - timedelta(days=10)
    made = invented(seed)
    early = [d for d in made if d.declared_at <= known_at]
    assert 0 < len(early) < len(made)
    before = [digest(f) for f in judge(accord, facts_of(early), DAY, known_at).findings]
    assert [digest(f) for f in judge(accord, facts_of(made), DAY, known_at).findings] == before


@pytest.mark.parametrize("accord", ACCORDS)
@pytest.mark.parametrize("on", [date(1990, 1, 1), date(1995, 11, 17), date(2008, 9, 1), date(2024, 1, 1)])
def test_every_finding_is_whole(accord: str, on: date) -> None:
    found = judge(accord, load_facts(), on).findings
    names = {r.name for r in find_accord(accord).readings}
    for one in found:
        assert one.verdict in (*VERDICTS, None)
        assert one.reading in names
        if one.verdict == "breaches":
            assert one.margin is None or one.margin < 0
        if one.verdict == "complies":
            assert one.margin is None or one.margin >= 0
        if one.verdict in ("cannot be decided", "not owed"):
            assert one.margin is None
        if one.verdict == "cannot be decided":
            assert one.why_not or one.trace.result
        assert b"NaN" not in canonical({"rule": one.trace.rule})
        assert all(step.rule for step in steps(one.trace))


def steps(step: Step) -> list[Step]:
    return [step, *(s for child in step.children for s in steps(child))]


@pytest.mark.parametrize("accord", ["vienna", "restraint", "transparency"])
def test_exchanging_the_sides_exchanges_the_findings(accord: str) -> None:
    facts = load_facts()
    one, other = sides(facts, DAY)
    names = {one: other, other: one}
    on = DAY - timedelta(days=20)
    said = [
        Declaration(one, "troops", "west", "exercise", 9500, 9500, on, on, one, "read", "invented"),
        Declaration(other, "interceptors", "ATTU", "", 10, 10, on, on, other, "read", "invented"),
        Declaration(one, "acv", "Poland", "rotating", 300, 300, on, on, one, "read", "invented"),
    ]
    swapped = replace(
        facts,
        declarations=tuple(replace(d, party=names[d.party], declared_by=names[d.party]) for d in said),
        sides=tuple(replace(m, group=names[m.group]) for m in facts.sides),
        areas=tuple(replace(a, side=names[a.side]) for a in facts.areas),
        stationed=(),
    )
    plain = replace(facts, declarations=tuple(said), stationed=())

    def outcome(of: Facts, named: dict[str, str]) -> set[tuple[object, ...]]:
        found = judge(accord, of, DAY).findings
        return {
            (
                f.obligation,
                named.get(str(f.party), f.party),
                f.category,
                f.zone,
                f.reading,
                f.verdict,
                f.margin,
            )
            for f in found
        }

    assert outcome(plain, names) == outcome(swapped, {})
    assert len({row[5] for row in outcome(plain, {})}) > 1
