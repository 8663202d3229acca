"""No track at all, and a commit before burnout: what a verdict then turns on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from equipoise.defence import operand_vectors
from equipoise.guarantee.boxes import declared_box
from equipoise.guarantee.commits import Commits
from equipoise.guarantee.moments import never_tracked, verdict_after_burnout
from equipoise.guarantee.protected import protected_flights
from equipoise.guarantee.rows import bounded_by_worst, row_of
from equipoise.guarantee.table import LatestTable
from equipoise.guarantee.verdicts import Case
from equipoise.scenario import Scenario


def case_at(scenario: Scenario, commit_s: float, speed_km_s: float = 5.5) -> Case:
    """West's battery against East's flights, every commit at one moment."""
    flights = protected_flights(scenario, "east", (8.0, 100.0), quick=True)
    west = next(v for v in operand_vectors(scenario, scenario.architectures["both"]) if v.party == "west")
    at = np.full(len(flights), commit_s)
    box = declared_box(scenario, west)
    far = replace(box.declared, speed_km_s=speed_km_s)
    box = replace(box, declared=far, worst=(far,), best=(far,), alone=())
    return Case(flights, (box,), Commits(at, at, at), LatestTable(flights.tracks), None)


def test_without_any_track_the_verdict_depends_on_it(scenario: Scenario) -> None:
    case = case_at(scenario, np.inf)
    assert never_tracked(case)
    row = row_of(scenario, "both", "alone", "as declared", case)
    assert (row.verdict, row.turns_on) == ("depends", ("track",))
    assert {word for _, word in row.by_area} == {"depends"}
    assert row.note.startswith("no declared sensor of the owner tracks these flights")
    assert "no track of" not in row.note


def test_one_tracked_flight_is_enough_to_judge(scenario: Scenario) -> None:
    case = case_at(scenario, np.inf)
    some = case.commits.early_s.copy()
    some[0] = 1e4
    case = replace(case, commits=Commits(some, some, some))
    assert not never_tracked(case)
    row = row_of(scenario, "both", "alone", "as declared", case)
    assert row.verdict == "holds"
    assert "no track of" in row.note


@pytest.mark.parametrize("speed_km_s", [3.0, 4.0, 4.5, 5.0, 6.0, 8.0])
def test_what_is_verdict_after_burnout_turns_on_the_commit(scenario: Scenario, speed_km_s: float) -> None:
    early = case_at(scenario, 0.0, speed_km_s)
    later = replace(early, commits=Commits(*(early.flights.tracks.burnout_s + 10.0 for _ in range(3))))
    now, waited = (row_of(scenario, "both", "alone", "as declared", c) for c in (early, later))
    assert verdict_after_burnout(scenario, early) == waited.verdict
    assert verdict_after_burnout(scenario, later) is None
    changes = now.verdict not in ("holds", waited.verdict)
    assert ("commit" in now.turns_on) == changes
    assert ("by a commit before burnout" in now.note) == changes


def test_waiting_turns_some_verdicts_and_no_fast_interceptors(scenario: Scenario) -> None:
    def both(speed_km_s: float) -> tuple[str, str | None]:
        case = case_at(scenario, 0.0, speed_km_s)
        row = row_of(scenario, "both", "alone", "as declared", case)
        return row.verdict, verdict_after_burnout(scenario, case)

    assert any(both(v)[0] != "holds" and both(v)[1] == "holds" for v in (3.0, 4.0, 4.5, 5.0))
    assert both(9.0)[1] != "holds"


def test_without_a_track_it_holds_where_the_worst_case_does(scenario: Scenario) -> None:
    row = row_of(scenario, "both", "alone", "as declared", case_at(scenario, np.inf))
    held = bounded_by_worst(row)
    assert (held.verdict, held.turns_on, held.closed_by) == ("holds", (), ())
    assert {word for _, word in held.by_area} == {"holds"}
    assert "because the worst case does" in held.note
