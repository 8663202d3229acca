"""Laws of the verdict: more never reaches less, a wider box is never surer, masks mean what they say."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipoise.defence import operand_vectors
from equipoise.guarantee.boxes import Box, Spec, declared_box
from equipoise.guarantee.commits import Commits
from equipoise.guarantee.margins import battery_margins, least_margins
from equipoise.guarantee.protected import ProtectedFlights, protected_flights
from equipoise.guarantee.table import LatestTable
from equipoise.guarantee.verdicts import (
    Case,
    area_verdict,
    places,
    reached_at_worst,
    reached_throughout,
    verdict,
)
from equipoise.scenario import Scenario

ORDER = {"holds": 0, "depends": 1, "fails": 2}


@pytest.fixture(scope="module")
def flights(scenario: Scenario) -> ProtectedFlights:
    return protected_flights(scenario, "east", (100.0,), quick=True)


@pytest.fixture(scope="module")
def plain(scenario: Scenario) -> Box:
    vector = next(v for v in operand_vectors(scenario, scenario.architectures["both"]) if v.party == "west")
    return declared_box(scenario, vector)


def case_of(flights: ProtectedFlights, boxes: tuple[Box, ...], early_s: float, late_s: float) -> Case:
    commit = [np.full(len(flights), v) for v in (early_s, (early_s + late_s) / 2, late_s)]
    return Case(flights, boxes, Commits(*commit), LatestTable(flights.tracks), None)


def of_speeds(plain: Box, slow: float, fast: float, cap_s: float = 600.0) -> Box:
    ends = [replace(plain.declared, speed_km_s=v, flight_cap_s=cap_s) for v in (slow, fast)]
    return Box(
        plain.vector, ends[0], (ends[1],), (ends[0],), (("interceptor speed", (ends[1],), (ends[0],)),)
    )


def judged(case: Case) -> tuple[str, float, float]:
    word = verdict(case.flights, reached_at_worst(case), reached_throughout(case))
    seconds, speed = least_margins(tuple(battery_margins(case, box) for box in case.boxes))
    return word, math.inf if seconds is None else seconds, math.inf if speed is None else speed


@settings(max_examples=15, deadline=None)
@given(
    speed=st.floats(3.0, 8.0),
    faster=st.floats(0.0, 2.0),
    commit=st.floats(40.0, 400.0),
    earlier=st.floats(0.0, 200.0),
    lat=st.floats(45.0, 70.0),
    lon=st.floats(-10.0, 40.0),
)
def test_more_never_raises_a_margin(
    flights: ProtectedFlights,
    plain: Box,
    speed: float,
    faster: float,
    commit: float,
    earlier: float,
    lat: float,
    lon: float,
) -> None:
    one = of_speeds(plain, speed, speed)
    word, seconds, km_s = judged(case_of(flights, (one,), commit, commit))
    two_places = np.vstack([plain.vector.places_deg, [[lat, lon]]])
    wider = replace(plain, vector=replace(plain.vector, places_deg=two_places))
    more = (
        judged(case_of(flights, (of_speeds(plain, speed + faster, speed + faster),), commit, commit)),
        judged(case_of(flights, (one,), commit - earlier, commit - earlier)),
        judged(case_of(flights, (of_speeds(wider, speed, speed),), commit, commit)),
    )
    for _, s, v in more:
        assert s <= seconds + 0.05
        assert v <= km_s + 1e-3
    for other, _, _ in more[:2]:
        assert ORDER[other] >= ORDER[word]


@settings(max_examples=15, deadline=None)
@given(
    slow=st.floats(3.0, 6.0),
    span=st.floats(0.0, 3.0),
    more_slow=st.floats(0.0, 1.0),
    more_fast=st.floats(0.0, 2.0),
    early=st.floats(40.0, 300.0),
    width=st.floats(0.0, 200.0),
    more_width=st.floats(0.0, 200.0),
)
def test_a_wider_box_is_never_surer(
    flights: ProtectedFlights,
    plain: Box,
    slow: float,
    span: float,
    more_slow: float,
    more_fast: float,
    early: float,
    width: float,
    more_width: float,
) -> None:
    narrow = case_of(flights, (of_speeds(plain, slow, slow + span),), early, early + width)
    box = of_speeds(plain, slow - more_slow, slow + span + more_fast)
    wide = case_of(flights, (box,), early, early + width + more_width)
    before, after = judged(narrow)[0], judged(wide)[0]
    assert after in (before, "depends")


def test_an_area_fails_only_if_every_model_and_loft_has_an_end_that_is_reached(
    flights: ProtectedFlights,
) -> None:
    forest = next(i for i, a in enumerate(flights.areas) if a.id == "forest")
    everything = flights.in_area(forest)
    nothing = np.zeros(len(flights), dtype=bool)
    assert area_verdict(flights, forest, nothing, nothing) == "holds"
    assert area_verdict(flights, forest, everything, everything) == "fails"
    slow = everything & (flights.model == flights.models.index("slow-bolt"))
    assert area_verdict(flights, forest, everything, everything & ~slow) == "depends"


def test_a_place_inside_a_box_is_its_owners_to_choose(flights: ProtectedFlights) -> None:
    ice = next(i for i, a in enumerate(flights.areas) if a.id == "ice")
    here = flights.in_area(ice)
    part = here & (flights.point == flights.point[here][0])
    assert area_verdict(flights, ice, part, part) == "depends"
    assert area_verdict(flights, ice, here, here) == "fails"


def test_specs_that_differ_in_name_share_their_figures(flights: ProtectedFlights, plain: Box) -> None:
    twin: Spec = replace(plain.declared, claim="another name")
    table = LatestTable(flights.tracks)
    block = table.of([plain.declared, twin], places(plain))
    assert block.shape == (len(flights), 2, 1)
    assert np.array_equal(block[:, 0], block[:, 1])
    assert np.array_equal(table.of([twin], places(plain)), block[:, 1:])
