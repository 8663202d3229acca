"""Notices of launches, transparency of missile defence, transit, cooperation, relations as regimes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from equipoise.accords import Declaration, Facts, Finding, judge, load_facts
from equipoise.accords.rules.cooperation import deliverables
from equipoise.accords.rules.relations import changes, events
from equipoise.scenario import InputError

LAUNCH = {"by": "Russia", "launch": "2011-06-01T06:00"}


def found(
    accord: str, on: date, facts: Facts | None = None, **asked: str
) -> Mapping[tuple[str, str | None, str | None], Finding]:
    judged = judge(accord, facts or load_facts(), on, asked=asked).findings
    return {(f.obligation, f.party, f.reading): f for f in judged}


def said(finding: Finding) -> dict[str, Any]:
    return dict(finding.details)


@pytest.mark.parametrize(
    ("notified", "verdict", "margin"),
    [
        ("2011-05-31T06:00", "complies", 0),
        ("2011-05-31T06:01", "breaches", -1),
        ("2011-05-30", "complies", 24),
        ("none", "breaches", None),
    ],
)
def test_a_launch_is_notified_a_day_ahead(notified: str, verdict: str, margin: int | None) -> None:
    rows = found("launch-notice", date(2011, 6, 1), **LAUNCH, notified=notified)
    notice = rows[("missile_notifications.launch_1988.notice", "Russia", None)]
    assert (notice.verdict, notice.margin) == (verdict, margin)


def test_a_memorandum_that_was_never_carried_out_is_open_as_written_and_judged_as_signed() -> None:
    rows = found("launch-notice", date(2011, 6, 1), **LAUNCH, notified="2011-05-31T05:00")
    name = "missile_notifications.plns_2000.notice"
    assert rows[(name, "Russia", None)].verdict == "cannot be decided"
    assert (rows[(name, "Russia", "as_signed")].verdict, rows[(name, "Russia", "as_signed")].margin) == (
        "complies",
        1,
    )
    early = found("launch-notice", date(2011, 6, 1), **LAUNCH, notified="2011-04-01")
    assert early[(name, "Russia", "as_signed")].verdict == "breaches"
    after = found("launch-notice", date(2011, 6, 9), **LAUNCH, reported="2011-06-03T07:00")
    assert after[("missile_notifications.plns_2000.report", "Russia", "as_signed")].margin == -1


def test_fields_that_a_notice_lacks_are_named() -> None:
    rows = found(
        "launch-notice", date(2011, 6, 1), **LAUNCH, notified="2011-05-30", fields="planned date, launch area"
    )
    fields = rows[("missile_notifications.launch_1988.fields", "Russia", None)]
    assert (fields.verdict, fields.margin, said(fields)["missing"]) == ("breaches", -1, ("impact_area",))


def test_an_agreement_of_two_binds_nobody_else_and_nobody_before_it() -> None:
    canada = found("launch-notice", date(2011, 6, 1), by="Canada", launch="2011-06-01", notified="none")
    assert canada[("missile_notifications.launch_1988.notice", "Canada", None)].verdict == "not owed"
    assert canada[("missile_notifications.hcoc_2002.notice", "Canada", None)].verdict == "breaches"
    early = found("launch-notice", date(1988, 1, 1), by="USSR", launch="1988-01-01", notified="none")
    assert {f.verdict for f in early.values()} == {"not owed"}


def declared(category: str, number: int, on: date, at: date, zone: str = "ATTU") -> Declaration:
    return Declaration(
        "United States", category, zone, "", number, number, on, at, "United States", "read", "x"
    )


def test_a_yearly_declaration_is_in_time_late_or_not_in_the_record() -> None:
    def verdict(at: date | None, reading: str | None = None) -> str | None:
        own = [] if at is None else [declared("interceptors", 30, date(2013, 2, 1), at)]
        facts = replace(load_facts(), declarations=tuple(own))
        judged = judge("transparency", facts, date(2013, 6, 1)).findings
        return next(
            f.verdict
            for f in judged
            if (f.obligation, f.party, f.category, f.reading)
            == ("transparency.declaration", "NATO", "interceptors", reading)
        )

    assert verdict(date(2013, 3, 1)) == "complies"
    assert verdict(date(2013, 3, 2)) == "breaches"
    assert verdict(None) == "cannot be decided"
    assert verdict(None, "record_complete") == "breaches"


def test_the_ceiling_on_speed_is_that_of_land_or_sea() -> None:
    on = date(2013, 5, 1)
    for zone, key, margin in (("sea", "sea", -100), ("ATTU", "land", 900)):
        own = (declared("interceptor_speed", 4600, on, on, zone),)
        judged = judge("transparency", replace(load_facts(), declarations=own), date(2013, 6, 1)).findings
        speed = next(f for f in judged if (f.party, f.zone) == ("NATO", key))
        assert (speed.margin, speed.unit) == (margin, "m/s")


def test_a_ship_is_announced_before_it_enters_a_named_sea() -> None:
    asked = {"by": "United States", "sea": "black-sea", "enters": "2014-08-15", "leaves": "2014-09-05"}
    rows = found("transparency", date(2014, 12, 1), **asked, notified="2014-08-02")
    assert rows[("transparency.ship_notice", "United States", None)].margin == -1
    assert rows[("transparency.ship_stay", "United States", None)].margin == 0
    with pytest.raises(InputError) as told:
        found("transparency", date(2014, 12, 1), **{**asked, "sea": "black sae"})
    assert told.value.id == "asked-word"


@pytest.mark.parametrize(
    ("on", "item", "asked", "allowed"),
    [
        (date(2008, 5, 1), "food", {}, True),
        (date(2008, 5, 1), "food", {"direction": "from"}, False),
        (date(2008, 5, 1), "food", {"carriage": "air"}, False),
        (date(2008, 5, 1), "body armour", {}, None),
        (date(2011, 1, 1), "food", {"direction": "from"}, True),
        (date(2011, 1, 1), "MRAP", {}, True),
        (date(2011, 1, 1), "ammunition", {}, False),
        (date(2012, 9, 1), "fuel", {"carriage": "air"}, True),
        (date(2012, 9, 1), "a field kitchen", {"goods": "non-military"}, True),
        (date(2008, 4, 3), "food", {}, None),
        (date(2014, 12, 30), "food", {}, True),
        (date(2014, 12, 31), "food", {}, None),
    ],
)
def test_what_might_pass_on_a_day(on: date, item: str, asked: dict[str, str], allowed: bool | None) -> None:
    one = found("transit", on, item=item, **asked)[("ISAF transit", None, None)]
    assert said(one)["allowed"] is allowed


def test_the_decree_of_2012_and_the_letters_after_it_are_two_readings() -> None:
    for on, decree, letters in (
        (date(2012, 7, 1), "multimodal", "rail"),
        (date(2012, 7, 6), "multimodal", "multimodal"),
    ):
        rows = found("transit", on, item="food")
        carriage = [said(rows[("ISAF transit", None, r)])["carriage"] for r in (None, "letters_2012")]
        assert carriage == [decree, letters]
    parted = judge("transit", load_facts(), date(2012, 7, 1), asked={"item": "food"}).agreement
    assert parted[0].differs_in[0].startswith("from when the simplified transit holds: ")


def test_an_item_that_nobody_listed_is_told_with_the_nearest() -> None:
    with pytest.raises(InputError) as told:
        found("transit", date(2011, 1, 1), item="fule")
    assert told.value.id == "unknown-item"
    assert "fuel" in str(told.value)


def test_a_counted_thing_is_due_by_its_day_and_others_end_with_the_suspension() -> None:
    name = "cooperation.military cooperation framework"
    assert found("cooperation", date(2010, 6, 1))[(name, "Russia", None)].verdict == "cannot be decided"
    assert found("cooperation", date(2011, 1, 26))[(name, "Russia", None)].margin == 0
    late = judge("cooperation", load_facts(), date(2015, 1, 1)).findings
    for one in deliverables():
        if one.project == "helicopter maintenance":
            own = {f.reading: f.verdict for f in late if (f.party, said(f)["item"]) == (one.by, one.item)}
            assert own == {None: "not owed", "suspension_not_agreed": "cannot be decided"}


def test_what_was_delivered_may_be_stated() -> None:
    asked = {"project": "missile defence analysis", "item": "joint analysis of a future framework"}
    name = "cooperation.missile defence analysis"
    none = found("cooperation", date(2011, 7, 1), **asked, by="NATO", delivered="0")[(name, "NATO", None)]
    assert (none.verdict, none.margin) == ("breaches", -1)
    early = found("cooperation", date(2011, 6, 1), **asked, by="NATO", delivered="0")[(name, "NATO", None)]
    assert early.verdict == "cannot be decided"


@pytest.mark.parametrize(
    ("on", "strand", "state", "held"),
    [
        (date(2002, 5, 27), "formal meetings", "not begun", "not begun"),
        (date(2008, 8, 18), "formal meetings", "running", "running"),
        (date(2008, 8, 19), "formal meetings", "suspended", "suspended"),
        (date(2009, 3, 5), "formal meetings", "running", "suspended"),
        (date(2009, 12, 3), "formal meetings", "running", "suspended"),
        (date(2009, 12, 4), "formal meetings", "running", "running"),
        (date(2014, 4, 1), "formal meetings", "ambassadors only", "ambassadors only"),
    ],
)
def test_a_strand_has_a_state_on_each_day(on: date, strand: str, state: str, held: str) -> None:
    rows = found("relations", on)
    both = [said(rows[(f"relations.{strand}", None, r)])["state"] for r in (None, "resumed_when_held")]
    assert both == [state, held]


def test_the_items_of_military_cooperation_come_with_the_framework() -> None:
    name = ("relations.military cooperation", None, None)
    assert said(found("relations", date(2010, 1, 25))[name])["items"] == ()
    items = said(found("relations", date(2010, 1, 26))[name])["items"]
    assert items == ("logistics", "combating terrorism", "search and rescue at sea", "counter-piracy")


def test_what_was_not_yet_known_does_not_bear_on_an_early_finding() -> None:
    judged = judge("relations", load_facts(), date(2009, 4, 1), date(2009, 1, 1)).findings
    assert said(judged[0])["state"] == "suspended"


def test_every_change_of_a_strand_rests_on_an_event_of_the_catalogue() -> None:
    known = {(e.day, e.subject) for e in events()}
    assert {(c.event.day, c.event.subject) for c in changes()} <= known
    assert all(c.event.day <= c.day for c in changes())
