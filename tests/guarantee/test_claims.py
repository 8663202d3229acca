"""Published claims read with one model: questions, spans of commits, pairs of opposite answers."""

from __future__ import annotations

import json

import numpy as np
import pytest

from equipoise.guarantee import (
    ClaimReading,
    PairReading,
    Span,
    claims_to_json,
    read_claims,
    read_pairs,
)
from equipoise.guarantee.claims.reading import right_for
from equipoise.guarantee.claims.spans import SpanTable, whatever
from equipoise.guarantee.protected import ProtectedFlights, protected_flights
from equipoise.scenario import Scenario, load_catalogue, load_scenario

Readings = dict[str, ClaimReading]


@pytest.fixture(scope="module")
def readings() -> Readings:
    return {r.claim: r for r in read_claims(load_scenario("lisbon-2010"), quick=True)}


@pytest.fixture(scope="module")
def pairs(readings: Readings) -> dict[str, PairReading]:
    found = read_pairs(load_catalogue().claim_pairs, tuple(readings.values()))
    return {p.pair: p for p in found}


def test_every_claim_of_the_catalogue_is_read(readings: Readings) -> None:
    claims = [s.id for s in load_catalogue().statements if s.kind == "claim"]
    assert list(readings) == claims


@pytest.mark.parametrize(
    ("claim", "question"),
    [
        ("podvig-2005", "map"),
        ("mda-2007-slides", "race"),
        ("russia-mod-2012", "fly-out"),
        ("pifer-2012", "numbers"),
        ("nrc-2012", "effect"),
    ],
)
def test_the_question_comes_first(readings: Readings, claim: str, question: str) -> None:
    assert readings[claim].question == question


def test_no_published_claim_can_be_decided_since_none_states_its_commit(readings: Readings) -> None:
    for reading in readings.values():
        assert dict(reading.operands)["commit, s"] is None
        assert reading.finding.startswith("cannot be decided")


def test_a_claim_without_hardware_has_no_spans(readings: Readings) -> None:
    assert readings["lewis-postol-on-nrc-2012"].spans == ()


def test_speeds_of_the_claim_and_of_every_author_are_run_at_both_caps(readings: Readings) -> None:
    spans = readings["postol-lewis-2007"].spans
    assert {s.speed_km_s for s in spans if s.stated} == {9.0}
    assert {s.speed_km_s for s in spans if not s.stated} == {5.4, 6.3, 8.3, 9.0}
    assert {s.cap for s in spans} == {"600 s", "none"}
    assert {s.quoted_at_km for s in spans} == {200.0}


def test_faster_is_reached_later_and_fails_before_it_holds(readings: Readings) -> None:
    spans = [s for s in readings["mda-2007-reply"].spans if s.cap == "600 s"]
    spans.sort(key=lambda s: s.speed_km_s)
    holds = [s.holds_from_s or 0.0 for s in spans]
    assert holds == sorted(holds)
    for span in spans:
        assert (span.fails_until_s or 0.0) <= (span.holds_from_s or 0.0)


def test_the_two_speeds_of_2007_leave_a_window_in_which_both_sides_are_right(
    pairs: dict[str, PairReading],
) -> None:
    pair = pairs["gbi-poland-speed"]
    assert pair.one_figure
    assert pair.no_from_s is not None
    assert pair.yes_until_s is not None
    assert pair.no_from_s < pair.yes_until_s
    assert "at most one is right" in pair.finding


def test_the_phase_three_dispute_turns_on_commit(pairs: dict[str, PairReading]) -> None:
    pair = pairs["sm3-phase3"]
    assert not pair.one_figure
    assert "the commit parts them" in pair.finding


def test_pairs_that_are_not_about_reach_say_so(pairs: dict[str, PairReading]) -> None:
    assert "what counts parts them" in pairs["reach-or-threat"].finding


def test_the_record_has_finite_numbers_only(readings: Readings, pairs: dict[str, PairReading]) -> None:
    record = claims_to_json(readings.values(), pairs.values())
    assert json.loads(json.dumps(record, allow_nan=False)) == record
    assert len(record["claims"]) == len(readings)


def test_spans_agree_with_the_commits_that_they_bound(scenario: Scenario) -> None:
    span = SpanTable(scenario, quick=True).spans(["dart"], ("wick",), ("forest",), ())[0]
    assert (span.interceptor, span.author, span.speed_km_s) == ("dart", "owner", 4.5)
    assert span.holds_from_s is not None
    assert (span.fails_until_s or 0.0) < span.holds_from_s


def test_whatever_takes_the_best_end_of_the_worst_model_loft_and_point(scenario: Scenario) -> None:
    flights: ProtectedFlights = protected_flights(scenario, "east", (100.0,), quick=True)
    here = flights.in_area(0)
    latest = np.where(flights.model == flights.models.index("slow-bolt"), 300.0, 120.0)
    assert whatever(flights, here, latest) == 120.0
    assert whatever(flights, np.zeros_like(here), latest) == -np.inf


def test_words_for_which_a_claim_is_right() -> None:
    never = Span("i", "a", 3.0, 150.0, "none", ("s",), None, None, True)
    some = Span("i", "a", 5.0, 150.0, "none", ("s",), 100.0, 200.0, True)
    assert right_for("no reach", (never,)) == "no reach is right at every commit"
    assert right_for("no reach", (never, some)) == "no reach is right for commits later than 200 s"
    assert right_for("reach", (some,)) == "reach is certain for commits up to 100 s"
    assert "depends" in right_for("reach", (never,))
