"""Substantial combat forces and the accord of restraint: numbers, stays, formations, and both sides alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipoise.accords import Declaration, Facts, Finding, digest, judge, load_facts
from equipoise.scenario import InputError

DAY = date(2012, 6, 1)
few = settings(max_examples=20, deadline=None, derandomize=True)
Row = tuple[str, str | None, str | None, str | None, str]


def force(
    party: str, area: str, category: str, number: int, stay: str = "", on: date = DAY, high: int | None = None
) -> Declaration:
    top = number if high is None else high
    return Declaration(party, category, area, stay, number, top, on, on, party, "reported", "invented")


def facts_of(*forces: Declaration) -> Facts:
    return replace(load_facts(), declarations=forces, stationed=())


def rows(facts: Facts, accord: str, **asked: str) -> Mapping[Row, Finding]:
    found = judge(accord, facts, DAY, date(2013, 1, 1), asked=asked).findings
    return {
        (f.obligation, f.party, f.category, f.reading, str(dict(f.details).get("member"))): f for f in found
    }


def line(found: Mapping[Row, Finding], party: str, area: str, category: str, reading: str | None) -> Finding:
    return next(f for (_, p, c, r, m), f in found.items() if (p, c, r, m) == (party, category, reading, area))


def swapped(facts: Facts) -> Facts:
    """The facts with the two sides exchanged: whose State and whose land each is; geography stays."""
    names = {"NATO": "Russia", "Russia": "NATO"}
    return replace(
        facts,
        sides=tuple(replace(m, group=names[m.group]) for m in facts.sides),
        areas=tuple(replace(a, side=names[a.side]) for a in facts.areas),
        declarations=tuple(replace(d, party=names.get(d.party, d.party)) for d in facts.declarations),
    )


def test_members_add_up_and_the_hosts_own_forces_are_left_out() -> None:
    facts = facts_of(
        force("United States", "Estonia", "battle_tanks", 30),
        force("United Kingdom", "Estonia", "battle_tanks", 12),
        force("Estonia", "Estonia", "battle_tanks", 500),
        force("Russia", "Estonia", "battle_tanks", 500),
    )
    found = line(rows(facts, "founding-act"), "NATO", "Estonia", "battle_tanks", "Russia_draft_2009")
    assert (found.verdict, found.margin) == ("breaches", 41 - 42)


def test_a_figure_for_the_whole_side_stands_for_its_members() -> None:
    facts = facts_of(force("NATO", "Latvia", "acv", 100), force("United States", "Latvia", "acv", 80))
    found = line(rows(facts, "restraint"), "NATO", "Latvia", "acv", None)
    assert found.margin == 241 - 100


def test_the_number_itself_is_not_yet_substantial() -> None:
    for number, verdict in ((41, "complies"), (42, "breaches")):
        facts = facts_of(force("United States", "Poland", "battle_tanks", number))
        found = line(rows(facts, "founding-act"), "NATO", "Poland", "battle_tanks", "Russia_draft_2009")
        assert found.verdict == verdict


def test_aircraft_and_helicopters_are_one_sum_under_one_reading() -> None:
    both = (
        force("United States", "Poland", "combat_aircraft", 14),
        force("United States", "Poland", "attack_helicopters", 12),
    )
    found = rows(facts_of(*both), "founding-act")
    for category in ("combat_aircraft", "attack_helicopters"):
        assert line(found, "NATO", "Poland", category, "Russia_draft_2009").verdict == "complies"
    summed = line(found, "NATO", "Poland", "combat_aircraft", "Russia_draft_2009_one_sum")
    assert (summed.verdict, summed.margin) == ("breaches", -2)
    half = line(
        rows(facts_of(both[0]), "founding-act"),
        "NATO", "Poland", "combat_aircraft", "Russia_draft_2009_one_sum",
    )  # fmt: skip
    assert half.verdict == "cannot be decided"


def test_people_are_set_beside_what_a_brigade_commonly_has() -> None:
    for number, verdict, margin in (
        (2999, "complies", 1),
        (4000, "cannot be decided", None),
        (5001, "breaches", -1),
    ):
        facts = facts_of(force("Germany", "Lithuania", "troops", number, "permanent"))
        found = line(rows(facts, "founding-act"), "NATO", "Lithuania", "troops", "NATO_working_norm")
        assert (found.verdict, found.margin) == (verdict, margin)


def test_the_draft_binds_one_side_and_its_mirror_the_other() -> None:
    facts = facts_of(
        force("United States", "Poland", "battle_tanks", 60),
        force("Russia", "Kaliningrad_oblast", "battle_tanks", 60),
    )
    found = rows(facts, "founding-act")
    one, mirror = "Russia_draft_2009", "Russia_draft_2009_mirrored"
    assert line(found, "NATO", "Poland", "battle_tanks", one).margin == -19
    assert line(found, "Russia", "Kaliningrad_oblast", "battle_tanks", mirror).margin == -19
    unbound = {(p, r) for (_, p, _, r, _), f in found.items() if f.verdict == "not owed"}
    assert {(p, r) for p, r in unbound if r in (one, mirror)} == {("Russia", one), ("NATO", mirror)}


def test_whether_what_rotates_counts_is_a_reading_and_an_unsaid_stay_an_interval() -> None:
    facts = facts_of(force("United States", "Romania", "acv", 300, "rotating"))
    found = rows(facts, "restraint")
    assert line(found, "NATO", "Romania", "acv", None).verdict == "breaches"
    assert line(found, "NATO", "Romania", "acv", "permanent_only").margin == 241
    unsaid = facts_of(force("United States", "Romania", "acv", 300))
    found = rows(unsaid, "restraint")
    assert line(found, "NATO", "Romania", "acv", "permanent_only").verdict == "cannot be decided"
    parted = next(
        a
        for a in judge("restraint", facts, DAY).agreement
        if (a.party, a.category, a.about) == ("NATO", "acv", "Romania")
    )
    assert any(line_.startswith("whether what rotates counts: ") for line_ in parted.differs_in)


@pytest.mark.parametrize(
    ("formation", "stay", "draft", "norm"),
    [
        ("battalion", "", "complies", "complies"),
        ("brigade", "", "breaches", "cannot be decided"),
        ("brigade", "rotating", "breaches", "complies"),
        ("brigade", "permanent", "breaches", "breaches"),
        ("helicopter battalion", "permanent", "breaches", "complies"),
        ("air squadron", "permanent", "complies", "complies"),
        ("air regiment", "permanent", "breaches", "complies"),
        ("division", "permanent", "breaches", "breaches"),
    ],
)
def test_how_the_forces_are_organised(formation: str, stay: str, draft: str, norm: str) -> None:
    asked = {"host": "Estonia", "organised_as": formation, "by": "NATO"} | ({"stay": stay} if stay else {})
    found = judge("founding-act", facts_of(), DAY, asked=asked).findings
    by_reading = {f.reading: f.verdict for f in found if f.trace.rule.endswith(": formation")}
    assert (by_reading["Russia_draft_2009"], by_reading["NATO_working_norm"]) == (draft, norm)


def test_the_text_of_1997_shows_that_it_has_no_number_and_judges_nothing() -> None:
    found = rows(facts_of(force("United States", "Poland", "battle_tanks", 900)), "founding-act")
    text = next(f for (_, p, _, r, m), f in found.items() if (p, r, m) == ("NATO", "NRFA_1997", "Poland"))
    assert text.verdict is None
    assert "no number in the text" in text.trace.result


def test_a_declaration_older_than_a_year_says_nothing_and_the_bound_that_would_decide_is_named() -> None:
    old = facts_of(force("United States", "Poland", "battle_tanks", 60, on=date(2011, 6, 1)))
    found = line(rows(old, "restraint"), "NATO", "Poland", "battle_tanks", None)
    assert found.verdict == "cannot be decided"
    assert found.why_not == (
        "it would comply if at most 153 pieces were declared",
        "it would breach if more than 153 were",
    )


@few
@given(st.integers(0, 400), st.sampled_from(["permanent", "rotating", "temporary", ""]), st.booleans())
def test_the_accord_binds_both_sides_alike(number: int, stay: str, bounded: bool) -> None:
    high = number + 50 if bounded else None
    facts = facts_of(
        force("Russia", "Estonia", "acv", number, stay, high=high),
        force("NATO", "Estonia", "battle_tanks", number, stay),
        force("Russia", "Belarus", "battle_tanks", number, stay, high=high),
    )
    names = {"NATO": "Russia", "Russia": "NATO"}
    before, after = rows(facts, "restraint"), rows(swapped(facts), "restraint")
    assert before
    assert set(after) == {(o, names[str(p)], c, r, m) for o, p, c, r, m in before}
    for (obligation, party, category, reading, area), finding in before.items():
        other = after[(obligation, names[str(party)], category, reading, area)]
        assert (other.verdict, other.margin) == (finding.verdict, finding.margin)


@few
@given(st.integers(0, 500), st.integers(0, 500))
def test_more_pieces_never_make_it_better_and_a_higher_number_never_worse(first: int, second: int) -> None:
    rank = {"breaches": 0, "cannot be decided": 1, "complies": 2}
    low, high = sorted((first, second))
    small = line(
        rows(facts_of(force("NATO", "Latvia", "acv", low)), "restraint"), "NATO", "Latvia", "acv", None
    )
    large_rows = rows(facts_of(force("NATO", "Latvia", "acv", high)), "restraint")
    large = line(large_rows, "NATO", "Latvia", "acv", None)
    assert rank[str(large.verdict)] <= rank[str(small.verdict)]
    tight = line(large_rows, "NATO", "Latvia", "acv", "Russia_draft_2009")
    assert rank[str(tight.verdict)] <= rank[str(large.verdict)]


def test_the_order_of_declarations_leaves_every_digest_the_same() -> None:
    forces = [force(s, "Poland", "acv", n) for n, s in enumerate(("Germany", "Canada", "United States"))]
    one = judge("founding-act", facts_of(*forces), DAY).findings
    other = judge("founding-act", facts_of(*reversed(forces)), DAY).findings
    assert [digest(f) for f in one] == [digest(f) for f in other]


@pytest.mark.parametrize(
    ("asked", "obligation", "verdict", "margin"),
    [
        ({"arrives": "2012-01-01", "leaves": "2012-06-29"}, "restraint.duration", "complies", 0),
        ({"arrives": "2012-01-01", "leaves": "2012-06-30"}, "restraint.duration", "breaches", -1),
        ({"arrives": "2012-01-01", "left_before": "2011-12-10"}, "restraint.rotation", "breaches", -8),
        ({"arrives": "2012-03-01", "notified": "2012-01-19"}, "restraint.notice", "complies", 0),
        ({"arrives": "2012-03-01", "notified": "none"}, "restraint.notice", "breaches", None),
        ({"arrives": "2012-03-01"}, "restraint.notice", "cannot be decided", None),
        (
            {"inspections_accepted": "2", "inspection_refused": "yes"},
            "restraint.verification",
            "breaches",
            -1,
        ),
        ({"inspections_accepted": "3", "inspection_refused": "yes"}, "restraint.verification", "complies", 0),
        (
            {"request": "2012-05-01T08:00", "answer": "2012-05-02T09:00"},
            "restraint.verification.answer",
            "breaches",
            -1,
        ),
        (
            {"meeting_called": "2012-05-01", "meeting": "2012-05-03"},
            "restraint.remedy.meeting",
            "complies",
            0,
        ),
        ({"exceeded_on": "2012-04-01", "cured_on": "2012-05-02"}, "restraint.remedy.cure", "breaches", -1),
        ({"exceeded_on": "2012-04-01", "cured_on": "none"}, "restraint.remedy.cure", "breaches", None),
        ({"exit": "2012-12-01", "exit_notified": "2012-07-04"}, "restraint.exit", "complies", 0),
    ],
)
def test_each_article_by_what_happened(
    asked: dict[str, str], obligation: str, verdict: str, margin: int | None
) -> None:
    for party in ("NATO", "Russia"):
        found = judge("restraint", facts_of(), DAY, asked={"by": party, **asked}).findings
        one = next(f for f in found if f.obligation == obligation)
        assert (one.party, one.verdict, one.margin) == (party, verdict, margin)


def test_every_number_is_a_parameter_of_a_draft(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("categories:\n  acv: {value: 99, unit: pieces, status: assumed, source: mine}\n")
    facts = facts_of(force("NATO", "Latvia", "acv", 100))
    found = line(rows(facts, "restraint", draft=str(mine)), "NATO", "Latvia", "acv", None)
    assert (found.verdict, found.margin) == ("breaches", -1)


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("categories:\n  tanks: {value: 99}\n", "unknown-draft-field"),
        ("categories:\n  acv: {value: -1}\n", "draft-value"),
        ("categories:\n  acv: {value: 1.5}\n", "draft-value"),
        ("categories:\n  acv: many\n", "parameter-form"),
        ("- acv\n", "parameter-form"),
    ],
)
def test_a_wrong_draft_is_told(tmp_path: Path, text: str, id: str) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(text)
    with pytest.raises(InputError) as told:
        judge("restraint", facts_of(), DAY, asked={"draft": str(mine)})
    assert told.value.id == id


@pytest.mark.parametrize(
    ("asked", "id"),
    [
        ({"host": "Estland"}, "unknown-area"),
        ({"host": "Estonia", "organised_as": "brigde"}, "asked-word"),
        ({"host": "Estonia", "battle_tanks": "-3"}, "asked-not-whole"),
        ({"host": "Estonia", "battle_tanks": "1.5"}, "asked-not-whole"),
        ({"host": "Estonia", "battle_tanks": "3", "stay": "forever"}, "asked-word"),
        ({"hosts": "Estonia"}, "unknown-option"),
    ],
)
def test_a_wrong_question_is_told(asked: dict[str, str], id: str) -> None:
    with pytest.raises(InputError) as told:
        judge("founding-act", facts_of(), DAY, asked=asked)
    assert told.value.id == id
