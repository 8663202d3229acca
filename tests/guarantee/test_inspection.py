"""Operands and what could be shown of each: nothing left out, nothing undescribed, unpublished stays so."""

from __future__ import annotations

import pytest

from equipoise.guarantee import inspect_claim, inspect_guarantee
from equipoise.guarantee.inspection.operands import shown_of
from equipoise.scenario import STATUSES, Scenario, load_scenario


@pytest.fixture(scope="module")
def lisbon() -> Scenario:
    return load_scenario("lisbon-2010")


def test_every_operand_of_every_architecture_is_described(lisbon: Scenario) -> None:
    for architecture in lisbon.architectures.values():
        for party in lisbon.parties:
            page = inspect_guarantee(lisbon, architecture, party.id)
            for line in page.lines:
                assert line.shown.inspection != "not described", line.operand
                assert line.status in STATUSES
                assert line.source


def test_every_operand_of_every_claim_is_described(lisbon: Scenario) -> None:
    for claim in (s for s in lisbon.statements if s.kind == "claim"):
        for line in inspect_claim(lisbon, claim).lines:
            assert line.shown.inspection != "not described", line.operand


def test_only_the_other_partys_interceptors_stand_under_a_guarantee(lisbon: Scenario) -> None:
    first, second = lisbon.parties
    page = inspect_guarantee(lisbon, lisbon.architectures["third-site-2007"], second.id)
    assert {line.of for line in page.lines if line.operand == "interceptor speed"} == {
        "third-site-2007/gbi2@redzikowo"
    }
    own = inspect_guarantee(lisbon, lisbon.architectures["third-site-2007"], first.id)
    assert not [line for line in own.lines if line.operand == "interceptor speed"]


def test_what_was_not_published_stays_so(lisbon: Scenario) -> None:
    claim = next(s for s in lisbon.statements if s.id == "mda-2007-slides")
    lines = {line.operand: line for line in inspect_claim(lisbon, claim).lines}
    assert lines["commit, s"].value is None
    assert lines["interceptor speed, km/s"].value == "6.3"
    assert lines["interceptor speed, km/s"].status == "reported"


def test_a_commit_is_never_shown_by_an_inspection() -> None:
    assert shown_of("commit").inspection.startswith("nothing")
    assert "never" in shown_of("commit").rehearsal


def test_the_count_of_what_can_be_inspected(lisbon: Scenario) -> None:
    page = inspect_guarantee(lisbon, lisbon.architectures["third-site-2007"], lisbon.parties[1].id)
    assert 0 < page.inspectable < len(page.lines)
