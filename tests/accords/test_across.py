"""Concerns, stances, what is due, drafts compared, a regime revived: values, and the verbs as run."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from equipoise.accords import (
    Declaration,
    concerns_of,
    consequences,
    difference,
    due_between,
    load_facts,
    position,
    revival,
    to_ical,
)
from equipoise.accords.across.concerns import ANSWERS, measures
from equipoise.accords.across.stances import bearings
from equipoise.cli import main
from equipoise.scenario import InputError, fact_path, read_yaml

SIDES = ("NATO", "Russia")


def answer(capsys: pytest.CaptureFixture[str], *args: str) -> dict[str, Any]:
    assert main(["keep", *args, "--json"]) == 0, capsys.readouterr().err
    return dict(json.loads(capsys.readouterr().out))


def refused(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    assert main(["keep", *args]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    return said.err


def test_every_concern_of_the_catalogue_has_a_measure_or_says_that_there_is_none() -> None:
    told = read_yaml(fact_path("accords", "concerns.yaml")).data["concerns"]
    assert {c["id"] for c in told} == set(measures())
    for side in SIDES:
        found = concerns_of(load_facts(), side)
        assert {c.id for c in found} == {c["id"] for c in told if c["party"] == side}
        assert {a.dispelled for c in found for a in c.answers} <= set(ANSWERS)


def test_a_concern_is_about_the_other_side_only() -> None:
    for side in SIDES:
        facts = load_facts()
        mine = {m.member for m in facts.sides if m.group == side} | {side}
        for concern in concerns_of(facts, side, date(2010, 12, 1)):
            assert not {f.party for a in concern.answers for f in a.findings} & mine


def test_the_flank_of_1999_is_not_dispelled_and_a_declaration_below_the_limits_does_it() -> None:
    facts, on = load_facts(), date(1999, 7, 1)

    def word(declarations: tuple[Declaration, ...]) -> str:
        found = concerns_of(replace(facts, declarations=declarations), "NATO", on)
        return next(c.answers[0].dispelled for c in found if c.id == "nato-flank-forces")

    assert word(facts.declarations) == "no"
    zones = {(c.zone, c.category) for c in facts.limits["CFE1996_flank"]}
    small = tuple(
        Declaration("Russia", category, zone, state, 0, 0, on, on, "Russia", "read", "invented")
        for zone, category in zones
        for state in ("", "active")
    )
    assert word(small) == "yes"


def test_a_suspension_is_a_dispute_and_no_answer() -> None:
    found = concerns_of(load_facts(), "NATO", date(2008, 6, 1))
    suspension = next(c.answers[0] for c in found if c.id == "nato-cfe-suspension")
    assert suspension.dispelled == "depends on the reading"
    assert dict(suspension.by_reading)["suspension_lawful"] == "not owed"


def test_the_contradiction_of_2010_is_named_on_both_sides() -> None:
    found = position(load_facts(), "Russia", date(2010, 12, 31))
    pairs = {(c.stance.stance, c.kind, getattr(c.against, "stance", None)) for c in found.contradictions}
    assert ("not_an_adversary", "stance", "external_danger") in pairs
    assert all(c.asks.startswith("decide once and for all: ") for c in found.contradictions)
    other = position(load_facts(), "NATO", date(2012, 6, 1))
    assert any(c.stance.stance == "partner" and c.kind == "measure" for c in other.contradictions)


def test_a_stance_that_was_not_yet_taken_contradicts_nothing() -> None:
    found = position(load_facts(), "Russia", date(2010, 2, 1))
    assert [s.id for s in found.stances] == ["ru-doctrine-2010-02"]
    assert found.contradictions == ()
    assert position(load_facts(), "NATO", date(2010, 1, 1)).stances == ()


def test_a_measure_holds_until_it_ends() -> None:
    said = {b.says for b in position(load_facts(), "NATO", date(2009, 3, 5)).bearings}
    assert "formal meetings are suspended" not in said
    assert "formal meetings are resumed" in said
    assert {b.party for b in bearings()} == set(SIDES)


def test_data_withheld_from_one_addressee_only_are_owed_to_the_others() -> None:
    found = due_between(load_facts(), "United States", date(2011, 12, 1), date(2011, 12, 31))
    exchange = {d.reading: d for d in found if d.id == "cfe-exchange"}
    assert exchange[None].owed is True
    assert "Russia" in exchange[None].to
    assert (exchange["answer_lawful"].owed, exchange["answer_lawful"].to) == (False, ("Russia",))
    canada = due_between(load_facts(), "Canada", date(2011, 12, 1), date(2011, 12, 31))
    assert next(d for d in canada if d.reading == "answer_lawful").owed is None


def test_before_the_treaty_and_after_a_withdrawal_nothing_is_owed_under_it() -> None:
    early = due_between(load_facts(), "France", date(1991, 1, 1), date(1991, 12, 31))
    assert [d.id for d in early if d.accord == "cfe"] == []
    late = due_between(load_facts(), "Russia", date(2024, 1, 1), date(2024, 12, 31))
    assert {d.owed for d in late if d.id == "cfe-exchange"} == {False}


def test_months_and_one_time_promises_fall_on_their_days() -> None:
    found = due_between(load_facts(), "Russia", date(2001, 1, 1), date(2002, 12, 31))
    days = {d.id: [e.day.isoformat() for e in found if e.id == d.id] for d in found}
    assert days["flank-extra-kushchevskaya"][:4] == ["2001-02-15", "2001-05-15", "2001-08-15", "2001-11-15"]
    assert days["istanbul-georgia-bases"] == ["2001-07-01"]
    assert days["istanbul-moldova-forces"] == ["2002-12-31"]
    later = due_between(load_facts(), "Russia", date(2003, 12, 31), date(2003, 12, 31))
    assert "istanbul-moldova-forces" in {d.id for d in later}


def test_a_day_off_is_said() -> None:
    facts = load_facts()
    on = date(2010, 12, 15)
    plain = next(d for d in due_between(facts, "France", on, on) if d.id == "cfe-exchange")
    assert plain.note == ""
    off = replace(facts, holidays=frozenset({on}))
    assert next(d for d in due_between(off, "France", on, on) if d.id == "cfe-exchange").note


def test_the_calendar_file_is_read_back_and_comes_out_the_same_twice() -> None:
    found = due_between(load_facts(), "Russia", date(2001, 1, 1), date(2001, 12, 31))
    written = to_ical(found)
    assert written == to_ical(found)
    events = Calendar.from_ical(written).walk("VEVENT")
    assert len(events) == len([d for d in found if d.owed is not False])
    assert len({e["UID"] for e in events}) == len(events)
    assert [e.decoded("DTSTART") for e in events] == [d.day for d in found if d.owed is not False]
    assert all(line.decode() for line in written.split(b"\r\n")[:-1] if len(line) <= 75)


def test_headroom_is_the_other_limit_less_this_one_and_turns_round_when_the_two_are_swapped() -> None:
    facts, on = load_facts(), date(2007, 1, 1)
    there = difference("CFE1990_max_levels", "ACFE1999_national", facts, on)
    back = difference("ACFE1999_national", "CFE1990_max_levels", facts, on)
    assert there.headroom_of("United States") == (0, 2115 + 1189 + 122 + 2194)
    assert back.headroom_of("United States") == (2115 + 1189 + 122 + 2194, 0)
    us = next(c for c in there.changes if (c.party, c.category, c.zone) == ("United States", "acv", "ATTU"))
    assert (us.a.limit, us.b.limit, us.b.margin) == (5152, 3037, 2340) if us.a and us.b else False


def test_a_draft_that_changes_a_verdict_is_marked(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("categories:\n  combat_aircraft: {value: 3, status: assumed, source: mine}\n")
    found = difference("restraint", str(mine), load_facts(), date(2010, 12, 1))
    lithuania = next(c for c in found.changes if c.zone == "Lithuania")
    assert lithuania.verdict_changes
    assert lithuania.headroom == -21
    assert {c.category for c in found.changes} == {"combat_aircraft"}
    assert difference("restraint", "restraint", load_facts(), date(2010, 12, 1)).changes == ()


def test_each_side_has_a_step_in_every_stage() -> None:
    for on in (date(1999, 7, 1), date(2007, 12, 13), date(2010, 12, 1), date(2012, 1, 1)):
        for ceilings in ("CFE1990_max_levels", "ACFE1999_national"):
            found = revival("cfe", ceilings, load_facts(), on)
            assert found.stages
            for stage in found.stages:
                assert stage.balanced
                assert {t.side for t in stage.tasks} >= set(SIDES)


def test_what_is_cut_or_moved_is_the_excess_and_nothing_else() -> None:
    found = revival("cfe", "CFE1990_max_levels", load_facts(), date(1999, 7, 1))
    steps = {(t.what, t.category, t.zone): t.pieces for s in found.stages for t in s.tasks if t.pieces}
    assert steps[("move", "acv", "Art_V.1A_redrawn_smaller_zone")] == 1500
    facts = load_facts()
    on = date(2012, 1, 1)
    more = Declaration(
        "Germany", "artillery", "ATTU", "", 3000, 3000, on, on, "Germany", "reported", "invented"
    )
    cut = revival("cfe", "CFE1990_max_levels", facts.with_declarations([more]), on)
    limit = consequences("CFE1990_max_levels", facts, on)[("Germany", "artillery", "ATTU")].limit
    steps = {(t.what, t.parties, t.category): t.pieces for s in cut.stages for t in s.tasks if t.pieces}
    assert steps == {("cut", ("Germany",), "artillery"): 3000 - (limit or 0)}


def test_the_dispute_on_the_adapted_treaty_is_settled_side_by_side() -> None:
    found = revival("cfe", "ACFE1999_national", load_facts(), date(2010, 12, 1))
    settle = next(s for s in found.stages if s.name == "settle")
    assert {(t.side, t.reading) for t in settle.tasks} >= {("NATO", "separate"), ("Russia", "linked")}
    last = found.stages[-1]
    assert {t.what for t in last.tasks} == {"ratify", "accede", "stand by"}
    old = revival("cfe", "CFE1990_max_levels", load_facts(), date(2010, 12, 1))
    assert "settle" not in {s.name for s in old.stages}


def test_the_verbs_print_one_object(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    said = answer(capsys, "concerns", "--party", "Russia", "--as-of", "2010-12-01")
    assert {"party", "as_of", "concerns"} <= set(said)
    assert all(m["dispelled"] in ANSWERS for c in said["concerns"] for m in c["measures"])
    said = answer(capsys, "stance", "--party", "Estonia", "--as-of", "2012-06-01")
    assert said["party"] == "NATO"
    ics = tmp_path / "due.ics"
    period = ("--from", "2011-12-01", "--to", "2012-01-31", "--ics", str(ics))
    said = answer(capsys, "due", "--party", "United States", *period)
    assert said["due"][0]["due_on"] == "2011-12-15"
    assert ics.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    said = answer(capsys, "diff", "cfe", "acfe", "--as-of", "2007-01-01", "--party", "Russia")
    assert {c["party"] for c in said["changes"]} == {"Russia"}
    said = answer(capsys, "revive", "cfe", "--as-of", "2010-12-01", "--ceilings", "ACFE1999_national")
    assert all(stage["balanced"] for stage in said["stages"])


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("concerns", "--party", "Rusia"), "did you mean"),
        (("concerns", "--party", "Estonia"), "no-concerns"),
        (("stance", "--party", "Ukraine", "--as-of", "2010-01-01"), "no-side"),
        (("stance", "--party", "Russia", "--as-of", "2010-13-01"), "not-a-day"),
        (("due", "--party", "Russia", "--from", "2002-01-01", "--to", "2001-01-01"), "dates-upside-down"),
        (("due", "--party", "Russia", "--from", "1900-01-01", "--to", "2001-01-01"), "dates-too-far"),
        (("diff", "cfe", "acfee", "--as-of", "2007-01-01"), "unknown-draft"),
        (("diff", "cfe", "missing.yaml", "--as-of", "2007-01-01"), "unknown-draft"),
        (("revive", "vienna", "--as-of", "2007-01-01", "--ceilings", "CFE1990_max_levels"), "asked-word"),
        (("revive", "cfe", "--as-of", "2007-01-01", "--ceilings", "CFE1990"), "asked-word"),
        (("transit", "--as-of", "2011-01-01", "--item", "tens"), "unknown-item"),
        (("transparency", "--as-of", "2014-01-01", "--with", "enters=2014-01-01"), "asked-missing"),
        (("cfe", "--as-of", "2011-01-01", "--with", "draft=x"), "unknown-option"),
    ],
)
def test_bad_input_ends_with_2_and_one_message(
    capsys: pytest.CaptureFixture[str], args: tuple[str, ...], told: str
) -> None:
    assert told in refused(capsys, *args)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("day,name,source\n2001-02-30,x,\n", "off.csv:2: day"),
        ("day,name,source\n,x,\n", "declaration-missing"),
        ("date,name,source\n2001-02-03,x,\n", "column"),
    ],
)
def test_days_off_are_checked(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, told: str
) -> None:
    path = tmp_path / "off.csv"
    path.write_text(text)
    period = ("--from", "2001-01-01", "--to", "2001-12-31", "--holidays", str(path))
    assert told in refused(capsys, "due", "--party", "Russia", *period)


def test_nothing_is_left_where_a_calendar_cannot_be_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    period = ("--from", "2001-01-01", "--to", "2001-12-31")
    refused(capsys, "due", "--party", "Russia", *period, "--ics", str(tmp_path / "no" / "due.ics"))
    assert list(tmp_path.iterdir()) == []


def test_a_party_that_nobody_is_told_with_the_nearest() -> None:
    with pytest.raises(InputError) as told:
        due_between(load_facts(), "Rusia", date(2001, 1, 1), date(2001, 2, 1))
    assert told.value.id == "unknown-party-of-accord"
    assert "Russia" in str(told.value)
