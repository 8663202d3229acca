"""The published cases about coverage: each agrees by its own rule, and its figures can be asked again."""

from __future__ import annotations

import csv
import math
from importlib.resources import files

import numpy as np
import pytest

from equipoise.defence import PublishedCase, published_cases
from equipoise.defence.published import fields
from equipoise.defence.published_field import Field
from equipoise.defence.published_sites import long_shot, short_shot
from equipoise.scenario import Scenario, load_scenario

ELSEWHERE = {"C02", "C10"}
"""The guarantee's and the engine's."""


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_scenario("lisbon-2010")


@pytest.fixture(scope="module")
def cases(scenario: Scenario) -> dict[str, PublishedCase]:
    return {case.case: case for case in published_cases(scenario)}


@pytest.fixture(scope="module")
def continents(scenario: Scenario) -> tuple[Field, Field]:
    return fields(scenario)


def figures(case: PublishedCase) -> dict[str, float]:
    return {name: value for name, value, _ in case.figures}


def test_every_case_about_coverage_has_a_row(cases: dict[str, PublishedCase]) -> None:
    text = files("equipoise.scenario").joinpath("catalogue/defence/published_coverage.csv").read_text("utf-8")
    listed = {row["case_id"] for row in csv.DictReader(text.splitlines())}
    assert set(cases) == listed - ELSEWHERE
    for case in cases.values():
        assert case.ours
        assert case.reason
        assert all(math.isfinite(value) for _, value, _ in case.figures)


@pytest.mark.parametrize("name", ["C03", "C04", "C05", "C06", "C07", "C08", "C09", "C11"])
def test_the_case_agrees(cases: dict[str, PublishedCase], name: str) -> None:
    assert cases[name].verdict == "agrees", cases[name].ours


def test_third_site_leaves_the_south_east_open(cases: dict[str, PublishedCase]) -> None:
    """C03: Turkey and eastern Romania uncovered at 5.4 km/s, Italy, Germany and Britain covered."""
    need = figures(cases["C03"])
    assert "needed TR" not in need, "no speed under 12 km/s reaches for the whole of Turkey"
    assert need["needed eastern Romania"] > 5.4
    assert max(need[f"needed {n}"] for n in ("IT", "DE", "GB")) < 5.4


def test_phase_three_cannot_hold_all_of_turkey(cases: dict[str, PublishedCase]) -> None:
    """C04."""
    share = figures(cases["C04"])
    assert share["west of Istanbul"] >= 0.98
    assert share["Turkey east of 35 E"] < 0.05


def test_a_late_commit_costs_poland_more_than_the_north_sea(cases: dict[str, PublishedCase]) -> None:
    """C05: order at 400 s, and the slopes."""
    need = figures(cases["C05"])
    assert need["North Sea at 400 s"] < need["Redzikowo at 400 s"] < need["Deveselu at 400 s"]
    assert need["slope Redzikowo, east coast"] >= 2 * need["slope North Sea, east coast"]


def test_the_site_too_near_is_too_late_for_america(cases: dict[str, PublishedCase]) -> None:
    """C11."""
    share = figures(cases["C11"])
    assert share["Incirlik, United States"] < 0.05
    assert share["Redzikowo, United States"] > 0.9


def test_integrated_is_best_at_equal_times_and_its_lead_ends_somewhere(
    cases: dict[str, PublishedCase],
) -> None:
    """C06: at least one party gains, and the row gives the decision time at which that ends."""
    found = figures(cases["C06"])
    both = {name.split(": ")[0] for name in found}
    parties = {name.split(", ")[1] for name in found}
    assert both == {"cax-2012", "epaa-phase3"}
    for architecture in both:
        for party in parties:
            met = [found[f"{architecture}: {mode}, {party}"] for mode in ("separate", "shared", "dual-key")]
            assert met == sorted(met)
    assert [name for name in found if "break-even" in name]


def test_the_claims_would_fail_with_other_figures(continents: tuple[Field, Field]) -> None:
    """A slow interceptor from Poland does not hold the United States, nor a late commit western Europe."""
    europe, america = continents
    assert america.met([long_shot("Redzikowo", 3.5)], 300.0).sum() < 0.2 * america.threatened().sum()
    early, late = (europe.met([short_shot("Redzikowo", 4.5)], t) for t in (190.0, 600.0))
    assert late.sum() < 0.7 * early.sum()


def test_coverage_by_table_agrees_with_the_exact_reach(continents: tuple[Field, Field]) -> None:
    """The round Earth that does not turn costs the flyout table little: the speeds at which both reach."""
    _, america = continents
    vector = long_shot("Redzikowo", 5.4)
    exact = america.needed_km_s(vector, 300.0)
    for speed in (4.0, 5.0, 6.0):
        table = america.latest([long_shot("Redzikowo", speed)])[:, 0] >= 300.0
        apart = table != (exact <= speed)
        assert apart.mean() < 0.02
        assert np.abs(exact[apart] - speed).max(initial=0.0) < 0.1
