"""Dated parameters, durations with their calendar, and counts over nested zones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipoise.accords import Declaration, Facts, judge, load_facts
from equipoise.accords.counting import Tally
from equipoise.accords.dates import add, working_days
from equipoise.accords.parameters import Parameter, ParameterStore, leaves
from equipoise.scenario import InputError

days = st.dates(date(1990, 1, 1), date(2030, 12, 31))


def parameter(value: int, start: str | None, end: str | None) -> Parameter:
    first = None if start is None else date.fromisoformat(start)
    last = None if end is None else date.fromisoformat(end)
    return Parameter("a.b", value, "pieces", first, last, "a paper", "read")


def test_a_value_holds_from_its_first_day_to_before_its_last() -> None:
    store = ParameterStore.of([parameter(1, "1990-01-01", "1999-01-01"), parameter(2, "1999-01-01", None)])
    values = [store.at("a.b", date.fromisoformat(d)) for d in ("1989-12-31", "1998-12-31", "1999-01-01")]
    assert [None if p is None else p.value for p in values] == [None, 1, 2]
    assert store.at("a.c", date(2000, 1, 1)) is None
    assert values[1] is not None
    assert values[1].version == "1990-01-01..1999-01-01"


@pytest.mark.parametrize(("start", "end"), [("1998-12-31", None), (None, None), ("1980-01-01", "1990-01-02")])
def test_two_values_on_one_day_are_refused(start: str | None, end: str | None) -> None:
    with pytest.raises(InputError) as caught:
        ParameterStore.of([parameter(1, "1990-01-01", "1999-01-01"), parameter(2, start, end)], "own.yaml")
    assert (caught.value.id, caught.value.file, caught.value.field) == (
        "overlapping-validity",
        "own.yaml",
        "a.b",
    )


def test_a_value_without_its_mapping_is_told() -> None:
    with pytest.raises(InputError) as caught:
        list(leaves({"cfe": {"limit": 7}}, "own.yaml"))
    assert (caught.value.id, caught.value.field) == ("parameter-form", "cfe.limit")


def test_fractions_are_exact_and_no_date_is_assumed() -> None:
    share = load_facts().parameters.at("cfe.exchange.change_notice_threshold", date(2001, 1, 1))
    assert share is not None
    assert share.value == Decimal("0.1")
    assert share.operand().version == "not dated"


def test_a_duration_ends_by_its_own_calendar() -> None:
    thursday = date(2001, 3, 1)
    assert add(thursday, 5, "working days") == date(2001, 3, 8)
    assert add(thursday, 5, "working days", frozenset({date(2001, 3, 5)})) == date(2001, 3, 9)
    assert add(thursday, 42, "days") == date(2001, 4, 12)
    assert add(thursday, 48, "hours") == date(2001, 3, 3)
    assert add(date(2001, 1, 31), 1, "months") == date(2001, 2, 28)
    assert add(date.max, 1, "days") == date.max


@given(days, st.integers(-400, 400), st.sets(days, max_size=5))
def test_working_days_are_counted_as_they_are_added(start: date, amount: int, off: set[date]) -> None:
    end = add(start, amount, "working days", off)
    assert end.weekday() < 5 or amount == 0
    forth = working_days(start, end, off) if amount >= 0 else None
    assert forth is None or forth == amount


def holding(zone: str, low: int, high: int | None, *, category: str = "acv", state: str = "") -> Declaration:
    day = date(2003, 1, 1)
    return Declaration("Russia", category, zone, state, low, high, day, day, "Russia", "read", "invented")


def bounds(
    *declared: Declaration, zone: str, category: str = "acv", state: str = ""
) -> tuple[int, int | None]:
    facts: Facts = replace(load_facts(), declarations=declared)
    found, _ = Tally(facts, date(2003, 6, 1), date(2003, 6, 1)).count("Russia", category, zone, state)
    return found.low, found.high


FLANK, REDRAWN = "Art_V.1A_as_USSR_understood_it", "Art_V.1A_redrawn_smaller_zone"


def test_a_zone_is_bounded_by_the_zone_around_it_and_a_whole_by_its_parts() -> None:
    inner, outer = holding(REDRAWN, 1000, 1200), holding("ATTU", 0, 9000)
    assert bounds(inner, zone="ATTU") == (1000, None)
    assert bounds(outer, zone=REDRAWN) == (0, 9000)
    assert bounds(inner, outer, zone=FLANK) == (1000, 9000)
    apart = [holding(z, 100, 100) for z in ("Pskov_oblast", "Volgograd_oblast")]
    assert bounds(inner, *apart, zone=FLANK) == (1200, None)


def test_a_state_and_a_sub_category_are_at_most_the_whole() -> None:
    assert bounds(holding("ATTU", 700, 700), zone="ATTU", state="active") == (0, 700)
    assert bounds(holding("ATTU", 700, 700), zone="ATTU", category="hacv") == (0, 700)
    parts = [holding("ATTU", 300, 300, state="active"), holding("ATTU", 200, 250, state="stored")]
    assert bounds(*parts, zone="ATTU") == (500, None)
    assert bounds(holding("ATTU", 40, 40, category="hacv"), zone="ATTU", category="aifv_plus_hacv") == (
        40,
        None,
    )


def test_another_name_of_the_same_ground_is_counted_alike() -> None:
    assert bounds(holding("ATTU_Art_IV.1", 5, 5), zone="Art_VI_sufficiency") == (5, 5)


def test_no_two_ceilings_that_ship_hold_on_one_day() -> None:
    dated: dict[tuple[str, ...], list[tuple[date, date]]] = {}
    for c in load_facts().ceilings:
        if c.valid_from is not None:
            key = (c.regime, c.party, c.category, c.zone, c.kind)
            dated.setdefault(key, []).append((c.valid_from, c.valid_to or date.max))
    for spans in dated.values():
        spans.sort()
        assert all(ends <= begins for (_, ends), (begins, _) in pairwise(spans))


def test_a_limit_on_which_sources_conflict_is_an_interval() -> None:
    day = date(2003, 6, 1)

    def verdict(held: int) -> str | None:
        one = Declaration(
            "Russia", "attack_helicopters", "ATTU", "", held, held, day, day, "Russia", "read", "x"
        )
        found = judge("acfe", replace(load_facts(), declarations=(one,)), day).findings
        same = ("acfe.national ceiling", "Russia", "attack_helicopters", "as_if_in_force")
        return next(f.verdict for f in found if (f.obligation, f.party, f.category, f.reading) == same)

    assert [verdict(n) for n in (855, 870, 886)] == ["complies", "cannot be decided", "breaches"]
