"""Which measures fix the operand on which a verdict turns."""

from __future__ import annotations

from equipoise.guarantee.closing import closed_by
from equipoise.scenario import load_scenario


def test_a_measure_closes_only_the_operand_that_it_fixes() -> None:
    lisbon = load_scenario("lisbon-2010")
    speed = closed_by(lisbon, ["interceptor speed"])
    assert {"burnout-speed-disclosure", "drop-the-fast-interceptor", "speed-line-1997"} <= set(speed)
    assert "no-ships-in-northern-seas" not in speed
    assert "no-ships-in-northern-seas" in closed_by(lisbon, ["site"])
    assert closed_by(lisbon, ["loft", "boost model"]) == ()
    assert closed_by(lisbon, []) == ()


def test_a_promise_that_fixes_no_figure_closes_nothing() -> None:
    lisbon = load_scenario("lisbon-2010")
    every = closed_by(lisbon, ["interceptor speed", "site", "commit", "which interceptors count"])
    assert not {"written-assurance", "alliance-declaration", "site-visits"} & set(every)
