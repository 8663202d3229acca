"""The Vienna Document: thresholds, the notice ahead, the clock of chapter III, quotas, large activities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipoise.accords import Declaration, Facts, Finding, judge, load_facts
from equipoise.scenario import InputError

DAY = date(2013, 9, 20)
few = settings(max_examples=25, deadline=None, derandomize=True)


def part(state: str, number: int, name: str = "one", category: str = "troops", on: date = DAY) -> Declaration:
    return Declaration(state, category, name, "exercise", number, number, on, on, state, "read", "invented")


def facts_of(*parts: Declaration) -> Facts:
    return replace(load_facts(), declarations=parts)


def found(
    parts: tuple[Declaration, ...], on: date = DAY, **asked: str
) -> Mapping[tuple[str, str | None, str | None, str | None], Finding]:
    judged = judge("vienna", facts_of(*parts), on, date(2014, 1, 1), asked=asked)
    return {(f.obligation, f.party, f.category, f.reading): f for f in judged.findings}


def test_the_threshold_itself_is_notifiable_and_one_less_is_not() -> None:
    below = found((part("Russia", 8999),))[("vienna_document.notify", "Russia", "troops", None)]
    assert (below.verdict, below.margin, dict(below.details)["notifiable"]) == ("complies", 1, False)
    at = found((part("Russia", 9000),))[("vienna_document.notify", "Russia", "troops", None)]
    assert (at.verdict, at.margin, dict(at.details)["notifiable"]) == ("cannot be decided", None, True)
    assert any("notified_on" in line for line in at.why_not)


def test_a_notice_42_days_ahead_is_in_time_and_one_of_41_is_late() -> None:
    parts = (part("Russia", 9500),)
    for ahead, verdict, margin in ((42, "complies", 0), (41, "breaches", -1), (50, "complies", 8)):
        told = (DAY - timedelta(days=ahead)).isoformat()
        lead = found(parts, notified_on=told)[("vienna_document.notify.lead", "Russia", None, None)]
        assert (lead.verdict, lead.margin) == (verdict, margin)
    silent = found(parts, notified_on="none")[("vienna_document.notify", "Russia", "troops", None)]
    assert silent.verdict == "breaches"


def test_all_who_take_part_are_counted_together_and_each_of_them_owes_the_notice() -> None:
    rows = found((part("Russia", 6000), part("Belarus", 3500)))
    for state in ("Russia", "Belarus"):
        counted = rows[("vienna_document.notify", state, "troops", None)]
        assert dict(counted.details)["counted"] == 9500


def test_activities_of_one_day_are_one_under_one_reading_only() -> None:
    rows = found((part("Russia", 8000, "north"), part("Russia", 7000, "south")))
    apart = [f for (o, _, c, r), f in rows.items() if o == "vienna_document.observe" and r is None and c]
    assert {f.verdict for f in apart} == {"complies"}
    together = rows[("vienna_document.observe", "Russia", "troops", "one_command")]
    assert dict(together.details)["observable"] is True
    judged = judge("vienna", facts_of(part("Russia", 8000, "north"), part("Russia", 7000, "south")), DAY)
    parted = [a for a in judged.agreement if a.category == "troops" and a.differs_in]
    assert parted
    assert parted[0].differs_in[0].startswith("what is one activity: ")


def test_of_the_largest_activities_one_in_three_years_is_held() -> None:
    parts = (
        part("Russia", 45_000, "a", on=date(2011, 5, 1)),
        part("Russia", 41_000, "b", on=date(2013, 5, 1)),
    )
    large = found(parts)[("vienna_document.constraining.large", "Russia", "troops", None)]
    assert (large.verdict, large.margin) == ("breaches", -1)
    assert ("vienna_document.constraining.large", "Russia", "troops", None) not in found(
        parts, date(2010, 1, 1)
    )


def test_hours_are_counted_by_the_minute_where_both_ends_have_a_time() -> None:
    asked = {"request": "2022-02-11T10:00", "addressee": "Russia", "requester": "Ukraine"}
    on = date(2022, 2, 18)
    key = ("vienna_document.unusual_activity.reply", "Russia", None, None)
    assert found((), on, **asked, reply="2022-02-13T10:00")[key].margin == 0
    late = found((), on, **asked, reply="2022-02-13T10:01")[key]
    assert (late.verdict, late.margin) == ("breaches", -1)
    assert found((), on, **asked, reply="2022-02-12T22:00")[key].margin == 12


def test_no_answer_is_a_breach_once_it_is_overdue_and_silence_of_the_record_is_not() -> None:
    asked = {"request": "2022-02-11", "addressee": "Russia", "requester": "Ukraine"}
    key = ("vienna_document.unusual_activity.reply", "Russia", None, None)
    assert found((), date(2022, 2, 14), **asked, reply="none")[key].verdict == "breaches"
    assert found((), date(2022, 2, 13), **asked, reply="none")[key].verdict == "cannot be decided"
    assert found((), date(2022, 3, 1), **asked)[key].verdict == "cannot be decided"


@pytest.mark.parametrize(
    ("units", "down", "up"), [(59, 0, 1), (60, 1, 1), (61, 1, 2), (240, 4, 4), (899, 14, 15), (2000, 15, 15)]
)
def test_the_evaluation_quota_by_both_roundings(units: int, down: int, up: int) -> None:
    rows = judge("vienna", load_facts(), DAY, asked={"units": str(units)}).findings
    quotas = {
        f.reading: dict(f.details)["value"]
        for f in rows
        if dict(f.details).get("quantity") == "visits_per_year"
    }
    assert quotas == {"rounded_down": down, "rounded_up": up}
    same = {
        f.reading: dict(f.details)["value"]
        for f in rows
        if dict(f.details).get("quantity") == "visits_by_same_state_max"
    }
    assert same == {"rounded_down": 1 if down < 5 else down // 5, "rounded_up": 1 if up < 5 else up // 5}


def test_an_inspection_may_be_refused_once_the_quota_is_used() -> None:
    def refusal(accepted: str, by_same: str = "0") -> Finding:
        asked = {"inspections_accepted": accepted, "inspection_refused": "yes", "by_same_state": by_same}
        rows = judge("vienna", load_facts(), DAY, asked=asked).findings
        return next(f for f in rows if f.obligation == "vienna_document.inspections.accept")

    assert (refusal("2").verdict, refusal("2").margin) == ("breaches", -1)
    assert (refusal("3").verdict, refusal("3").margin) == ("complies", 0)
    assert refusal("1", "1").verdict == "complies"


def test_before_the_document_nothing_is_owed() -> None:
    rows = judge("vienna", facts_of(part("USSR", 20_000, on=date(1990, 6, 1))), date(1990, 6, 1)).findings
    assert {f.verdict for f in rows} == {"not owed"}


@few
@given(st.integers(0, 30_000), st.integers(0, 30_000))
def test_more_people_never_turn_a_breach_into_keeping(fewer: int, more: int) -> None:
    low, high = sorted((fewer, more))
    key = ("vienna_document.notify", "Russia", "troops", None)
    rank = {"complies": 1, "breaches": 0}
    small = found((part("Russia", low),), notified_on="none")[key]
    large = found((part("Russia", high),), notified_on="none")[key]
    assert rank[str(large.verdict)] <= rank[str(small.verdict)]
    assert (large.margin or 0) <= (small.margin or 0)


def test_a_later_declaration_changes_nothing_that_was_found_before_it() -> None:
    late = replace(part("Russia", 20_000), declared_at=date(2013, 12, 1))
    first = facts_of(part("Russia", 5000))
    both = first.with_declarations([late])
    early = date(2013, 10, 1)
    assert judge("vienna", first, DAY, early).findings == judge("vienna", both, DAY, early).findings


def test_a_moment_that_is_none_is_told() -> None:
    with pytest.raises(InputError) as told:
        judge("vienna", load_facts(), DAY, asked={"request": "2022-02-11T25:00"})
    assert told.value.id == "not-a-moment"
    assert told.value.field == "--with request"


@pytest.mark.parametrize("state", ["Switzerland", "Serbia", "Norway", "Kyrgyzstan"])
def test_a_state_of_the_document_that_no_ceiling_names_may_be_asked_about(state: str) -> None:
    found = judge("vienna", load_facts(), date(2012, 1, 1), asked={"troops": "9000", "by": state}).findings
    notify = next(f for f in found if f.obligation.endswith(".notify"))
    assert (notify.party, notify.category, dict(notify.details)["notifiable"]) == (state, "troops", True)


def test_an_unknown_party_is_told_where_the_names_are_listed() -> None:
    with pytest.raises(InputError) as raised:
        judge("vienna", load_facts(), date(2012, 1, 1), asked={"troops": "9000", "by": "Atlantis"})
    assert "keep schema" in str(raised.value.hint)
    assert raised.value.field == "--with by"
