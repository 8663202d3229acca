"""Every assert of cases.yaml is reproduced by the engine."""

from __future__ import annotations

import pytest

from .cases import Asserted, asserted, disagreements, findings_of, fits


@pytest.mark.parametrize("one", asserted(), ids=lambda a: a.name)
def test_an_assert_is_reproduced(one: Asserted) -> None:
    about = [f for f in findings_of(one) if fits(f, one.wanted)]
    assert about, f"no finding for {dict(one.wanted)}"
    for found in about:
        assert disagreements(found, one.wanted) == []


def test_an_assert_that_is_not_so_is_told() -> None:
    tanks = next(a for a in asserted() if a.wanted.get("margin") == -260)
    found = next(f for f in findings_of(tanks) if fits(f, tanks.wanted))
    assert disagreements(found, {**tanks.wanted, "margin": -261}) == ["margin -260, wanted -261"]
    assert disagreements(found, {**tanks.wanted, "verdict": "complies"}) != []
