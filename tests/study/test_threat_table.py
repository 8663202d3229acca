"""The study's table of missiles tells the middles to the east and to the west beside the mixed range."""

from __future__ import annotations

from equipoise.study.chapters.threats import _missiles
from equipoise.threats import Question, assess, catalogue_flights, read_observations


def test_east_and_west_stand_beside_the_longest_range() -> None:
    seen = read_observations(catalogue_flights(), today="2026-11-25")
    chosen = tuple(o for o in seen if o.id in ("hs15-2017-11-29", "hs17-2022-11-18"))
    found = assess(chosen, {}, Question(with_models=False))
    table = _missiles(found, "")
    at = table.heads.index("middle to the east / west, km")
    told = {row[0]: row[at] for row in table.rows}
    said = found.missile("Hwasong-15").maximum
    assert said is not None
    assert said.east_km is not None
    assert said.west_km is not None
    assert told["Hwasong-15"] == f"{said.east_km.p50:,.0f} / {said.west_km.p50:,.0f}"
    assert told["Hwasong-17"].startswith("beyond 15,000 / ")
