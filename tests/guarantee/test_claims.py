"""Published claims read with one model: questions, spans of commits, pairs of opposite answers."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from equipoise.guarantee import (
    ClaimReading,
    PairReading,
    Span,
    anchor_rows,
    claims_to_json,
    place_words,
    read_pairs,
    read_with,
)
from equipoise.guarantee.claims.reading import right_for
from equipoise.guarantee.claims.spans import SpanTable, whatever
from equipoise.guarantee.claims.words import vector_of
from equipoise.guarantee.protected import ProtectedFlights, protected_flights
from equipoise.scenario import InputError, Scenario, load_catalogue, load_claims, load_scenario

Readings = dict[str, ClaimReading]


@pytest.fixture(scope="module")
def table() -> SpanTable:
    return SpanTable(load_scenario("lisbon-2010"), quick=True)


@pytest.fixture(scope="module")
def readings(table: SpanTable) -> Readings:
    return {r.claim: r for r in read_with(table)}


@pytest.fixture(scope="module")
def pairs(readings: Readings, table: SpanTable) -> dict[str, PairReading]:
    found = read_pairs(load_catalogue().claim_pairs, tuple(readings.values()), table)
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


def test_operands_stand_as_published_and_null_where_they_were_not(readings: Readings) -> None:
    slides = {p.operand: p for p in readings["mda-2007-slides"].published}
    assert (slides["interceptor speed, km/s"].figure, slides["interceptor speed, km/s"].status) == (
        "6.3",
        "reported",
    )
    assert slides["number"].figure == "10"
    for reading in readings.values():
        for p in reading.published:
            assert (p.figure is None) == (p.status == "unknown"), (reading.claim, p.operand)


def test_a_verdict_stands_at_each_rung_and_cap_under_the_claims_own_figures(readings: Readings) -> None:
    verdicts = {(v.rung, v.cap): v for v in readings["postol-lewis-2007"].verdicts}
    assert set(verdicts) == {(r, c) for r in ("burnout plus track", "worst case") for c in ("600 s", "none")}
    assert {v.verdict for v in verdicts.values()} == {"fails"}
    assert {v.verdict for v in readings["mda-2007-slides"].verdicts if v.rung == "burnout plus track"} == {
        "depends"
    }
    assert readings["lewis-postol-on-nrc-2012"].verdicts == ()


def test_a_verdict_agrees_with_the_commits_that_bound_it(readings: Readings) -> None:
    for reading in readings.values():
        until, after = reading.turns_s
        for v in (v for v in reading.verdicts if v.rung == "burnout plus track"):
            if v.verdict == "holds":
                assert v.commit_s[1] > (until or 0.0)
            if v.verdict == "fails":
                assert v.commit_s[0] < (after or 0.0)


def test_speeds_run_from_out_of_reach_to_within_reach(readings: Readings) -> None:
    for reading in readings.values():
        for s in reading.speeds:
            low, high = s.holds_below_km_s or 0.0, s.fails_from_km_s or 99.0
            assert low <= high
        by = {s.rung: s for s in reading.speeds}
        if by:
            early, late = by["worst case"], by["burnout plus track"]
            assert (early.holds_below_km_s or 0.0) <= (late.holds_below_km_s or 99.0)


def test_each_question_gets_its_own_answer(readings: Readings) -> None:
    assert "tracks pass" in readings["podvig-2005"].answer
    assert "km/s over the ground" in readings["mda-2007-slides"].answer
    assert "1,000 warheads" in readings["pifer-2012"].answer
    assert readings["russia-mod-2012"].answer == ""


def test_a_claim_about_another_flight_says_so(readings: Readings) -> None:
    assert readings["gao-2013"].other_flight
    assert "another flight" in readings["gao-2013"].finding


def test_one_operand_at_a_time_is_swapped_and_the_right_one_separates(pairs: dict[str, PairReading]) -> None:
    speed = pairs["gbi-poland-speed"]
    assert speed.separates == "interceptor speed, km/s"
    assert "1.4 km/s" in speed.measurement
    assert pairs["which-deterrents"].separates == "launch area"
    assert pairs["sm3-phase3"].separates == "commit"
    assert pairs["map-or-flyout"].separates == "the question asked"
    assert pairs["reach-or-threat"].separates == "what counts"


def test_everything_swapped_is_the_other_side_itself(pairs: dict[str, PairReading]) -> None:
    for pair in pairs.values():
        own = {s.base: s for s in pair.swaps if not s.operand}
        for s in (s for s in pair.swaps if s.operand == "everything"):
            theirs = own["says yes" if s.base == "says no" else "says no"]
            assert (s.fails_until_s, s.holds_from_s) == (theirs.fails_until_s, theirs.holds_from_s)
            assert s.by_rung == theirs.by_rung


def test_anchors_are_compared_in_the_record() -> None:
    record = claims_to_json((), (), anchor_rows(load_catalogue()))
    assert len(record["anchors"]) == 23
    assert {a["published"] for a in record["anchors"] if isinstance(a["published"], str)} == {"any", "never"}


OWN = """claims:
- id: mine
  claimant: a reader
  direction: cannot
  architecture: {interceptor: two-stage GBI, sites: [SITE]}
  inputs: {interceptor_burnout_speed: {value: 6.0, unit: km/s, status: assumed}}
  result: {reach: false, status: assumed}
  source: []
  turns_on: [interceptor_speed]
"""


def test_claims_of_ones_own_are_read_from_a_file(table: SpanTable, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(OWN.replace("SITE", "redzikowo"), encoding="utf-8")
    own = load_claims(path, table.scenario, place_words())
    (reading,) = read_with(table, own.claims)
    assert reading.vector is not None
    assert (reading.vector.places, reading.vector.speeds_km_s) == (("redzikowo",), (6.0,))
    assert reading.verdicts


@pytest.mark.parametrize(
    ("direction", "commit_s", "speed", "says"),
    [
        ("false", 400, 6.0, "borne out"),
        ("true", 400, 6.0, "not borne out"),
        ("true", 60, 8.0, "borne out"),
        ("false", 250, 6.0, "open"),
    ],
)
def test_a_claim_that_states_its_commit_is_decided(
    table: SpanTable, tmp_path: Path, direction: str, commit_s: int, speed: float, says: str
) -> None:
    commit = f"commit_delay: {{value: {commit_s}, unit: s, status: assumed}}"
    commit += ", launch_points: {value: western Russia}"
    text = OWN.replace("SITE", "redzikowo").replace("inputs: {", f"inputs: {{{commit}, ")
    path = tmp_path / "mine.yaml"
    path.write_text(
        text.replace("value: 6.0", f"value: {speed}").replace("reach: false", f"reach: {direction}")
    )
    (reading,) = read_with(table, load_claims(path, table.scenario, place_words()).claims)
    assert dict(reading.operands)["commit, s"] == f"{commit_s} s"
    assert reading.decided == says
    assert reading.finding.startswith(f"{says} at its own commit of {commit_s} s")


def test_each_place_alone_reaches_no_more_than_all_together(readings: Readings) -> None:
    order = {"holds": 0, "depends": 1, "fails": 2}
    several = [v for r in readings.values() for v in r.verdicts if v.by_place]
    assert several
    for v in several:
        assert max(order[word] for _, word in v.by_place) <= order[v.verdict]


@pytest.mark.parametrize(
    ("id", "field", "text"),
    [
        ("unknown-site", "claims[1].architecture.sites[1]", OWN.replace("SITE", "redzikovo")),
        ("duplicate-id", "claims[2].id", OWN.replace("SITE", "redzikowo") + OWN[8:].replace("SITE", "rota")),
        (
            "unknown-statement",
            "pairs[1].says_yes",
            OWN.replace("SITE", "redzikowo")
            + "pairs:\n- {id: p, question: who, says_no: mine, says_yes: yours, operand: speed}\n",
        ),
        ("too-few", "claims", "claims: []\n"),
    ],
)
def test_a_wrong_claim_is_told_at_its_place(
    table: SpanTable, tmp_path: Path, id: str, field: str, text: str
) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as told:
        load_claims(path, table.scenario, place_words())
    assert (told.value.id, told.value.field) == (id, field)
    assert told.value.line is not None


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


@pytest.mark.parametrize(
    ("old", "new", "id", "field"),
    [
        ("unit: s", "unit: min", "wrong-word", "unit"),
        (", unit: s", "", "wrong-word", "commit_delay"),
        ("value: 150", "value: -150", "operands-commit", "value"),
        ("value: 6.0", "value: -6.0", "out-of-range", "value"),
        ("unit: km/s", "unit: m/s", "wrong-word", "unit"),
    ],
)
def test_a_figure_that_cannot_be_run_is_refused_at_its_field(
    table: SpanTable, tmp_path: Path, old: str, new: str, id: str, field: str
) -> None:
    commit = "inputs: {commit_delay: {value: 150, unit: s, status: read}, "
    text = OWN.replace("SITE", "redzikowo").replace("inputs: {", commit)
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    assert load_claims(path, table.scenario, place_words()).claims
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_claims(path, table.scenario, place_words())
    assert (caught.value.id, str(caught.value.field).split(".")[-1]) == (id, field)
    assert caught.value.line is not None


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("SM-3 IIA", ("sm3_iia",)),
        ("SM-3 Block IIA", ("sm3_iia",)),
        ("SM-3 Block IB", ("sm3_ib",)),
        ("three-stage GBI", ("gbi3",)),
        ("EPAA phase 3", ("sm3_iia",)),
    ],
)
def test_hardware_is_known_by_the_words_that_papers_use(
    tmp_path: Path, words: str, ids: tuple[str, ...]
) -> None:
    lisbon = load_scenario("lisbon-2010")
    text = OWN.replace("SITE", "redzikowo").replace("two-stage GBI", words)
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    (claim,) = load_claims(path, lisbon, place_words()).claims
    assert vector_of(lisbon, claim).interceptors == ids
