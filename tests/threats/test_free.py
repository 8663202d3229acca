"""What a flight says by itself: consistency, what is odd, implied range, and predictions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from equipoise.threats import Announced, Observation, Priors, assess
from equipoise.threats.assessing import Question
from equipoise.threats.single import assess_flight

FREE = Question(with_models=False)
THREE = (
    "hs12-2017-05-14", "hs14-2017-07-04", "hs14-2017-07-28", "hs15-2017-11-29", "hs17-2022-11-18",
    "hs18-2023-07-12", "hs12-2017-08-29", "hs12-2017-09-15", "hs12-2022-01-30",
)  # fmt: skip


def one(seen: Observation):
    return assess_flight(seen, Priors(), 1)


@pytest.mark.parametrize("id", THREE)
def test_flights_whose_figures_fit_are_not_flagged(flights: dict[str, Observation], id: str) -> None:
    found = one(flights[id])
    assert found.consistent is True
    assert found.oddity is None
    seen, told = flights[id], found.predicted["time_s"]
    assert seen.time_s is not None
    assert told is not None
    assert told.p5 - seen.time_s.half < seen.time_s.value < told.p95 + seen.time_s.half


def test_a_time_shorter_than_any_boost_allows_is_flagged_with_what_would_fit(
    flights: dict[str, Observation],
) -> None:
    found = one(flights["hs17-2022-03-24"])
    assert found.consistent is False
    assert found.oddity is not None
    assert found.oddity.figure == "time_s"
    assert found.oddity.moves_by is not None
    assert 40.0 < found.oddity.moves_by < 130.0
    assert found.maximum is not None, "range and apogee still say how far it goes"
    assert any("4,052 s" in w for w in found.warnings)


@pytest.mark.parametrize(
    ("figure", "said", "unit"),
    [("apogee_km", Announced(2781, 20), "miles"), ("time_s", Announced(53, 1), "minutes"),
     ("apogee_km", Announced(2416, 20), "nautical miles")],
)  # fmt: skip
def test_other_units_are_recognised(
    flights: dict[str, Observation], figure: str, said: Announced, unit: str
) -> None:
    found = one(replace(flights["hs15-2017-11-29"], **{figure: said}))
    assert found.consistent is False
    assert found.oddity is not None
    assert (found.oddity.figure, found.oddity.looks_like) == (figure, unit)
    assert any(f"looks like {unit}" in w for w in found.warnings)


def test_a_prediction_leaves_out_the_figure_that_it_predicts(flights: dict[str, Observation]) -> None:
    """A time that is wrong by 300 s moves the other predictions, and not its own."""
    seen = flights["hs14-2017-07-28"]
    assert seen.time_s is not None
    right, wrong = one(seen), one(replace(seen, time_s=replace(seen.time_s, value=seen.time_s.value + 300.0)))
    first, second = right.predicted["time_s"], wrong.predicted["time_s"]
    assert first is not None
    assert second is not None
    assert second.p50 == pytest.approx(first.p50, abs=8.0)
    apogee, moved = right.predicted["apogee_km"], wrong.predicted["apogee_km"]
    assert apogee is not None
    assert moved is not None
    assert moved.p50 > apogee.p50 + 200.0


def thrown(range_km: Announced, apogee_km: Announced) -> Observation:
    """A flight of any missile of which no time was announced."""
    return Observation(
        "kept", "Any", "2023", range_km, apogee_km, None, (39.2, 125.7), "here", "us", "made", "assumed"
    )


@pytest.mark.parametrize(
    ("range_km", "apogee_km", "time_s", "width_s"),
    [(290, 86, 313, 100), (320, 90, 320, 110), (989, 5768.5, 4015, 260), (1002.3, 6518.2, 4415, 260)],
)
def test_a_time_follows_from_range_and_apogee_for_short_missiles_and_long(
    range_km: float, apogee_km: float, time_s: float, width_s: float
) -> None:
    """Scud-B and V-2 as commonly given and two flights of 2023 as announced, all from memory: no fact of the
    catalogue is among them, and no prior was made from them."""
    told = one(thrown(Announced(range_km, 10), Announced(apogee_km, 5))).predicted["time_s"]
    assert told is not None
    assert told.p5 < time_s < told.p95
    assert told.p95 - told.p5 < width_s


def test_a_figure_that_no_prior_foresees_is_said(recwarn: pytest.WarningsRecorder) -> None:
    small = one(thrown(Announced(0.5, 20), Announced(0.2, 20)))
    assert small.maximum is None
    assert "0.5 km lies outside what is assumed of flights" in small.warnings[-1]
    assert not recwarn.list


def test_with_fewer_than_three_figures_nothing_is_judged(flights: dict[str, Observation]) -> None:
    found = one(flights["hs10-2016-06-22"])
    assert found.consistent is None
    assert found.predicted["time_s"] is not None
    range_alone = one(flights["pks1-2016-08-24"])
    assert range_alone.predicted["range_km"] is None
    assert any("only the range" in w for w in range_alone.warnings)


def test_the_quarrel_over_an_apogee_is_a_quarrel_over_the_range(flights: dict[str, Observation]) -> None:
    """22 June 2016: 1,413.6 km or about 1,000 km; both are shown, one is counted."""
    seen = flights["hs10-2016-06-22"]
    rival = replace(seen, id="second", apogee_km=Announced(1000, 100), rival_of=seen.id)
    found = assess((seen, rival), {}, FREE)
    assert len(found.flights) == 2
    missile = found.missiles[0]
    assert (missile.flights, missile.rivals) == ((seen.id,), ("second",))
    high, low = (f.maximum for f in found.flights)
    assert high is not None
    assert low is not None
    assert low.km.p95 < high.km.p5
    assert missile.maximum is not None
    assert missile.maximum.km.p50 == pytest.approx(high.km.p50, rel=0.02)


def test_nautical_miles_told_as_miles_show_against_the_places(flights: dict[str, Observation]) -> None:
    """4,200 'miles' from Vandenberg to Kwajalein: the geodesic of the two places says which they were."""
    seen = replace(flights["mm3-2011-06-22"], landing_deg=(8.7, 167.7))
    assert not any("looks like" in w for w in one(seen).warnings)
    told = one(replace(seen, range_km=Announced(4200, 30)))
    assert any("looks like nautical miles" in w for w in told.warnings)
    wrong = one(replace(seen, range_km=Announced(6759, 30)))
    assert any("7,79" in w and "apart" in w for w in wrong.warnings)


def test_the_turning_earth_helps_to_the_east(flights: dict[str, Observation]) -> None:
    found = one(flights["hs14-2017-07-28"]).maximum
    assert found is not None
    assert found.east_km is not None
    assert found.west_km is not None
    assert found.east_km.p50 > found.km.p50 > found.west_km.p50
    assert 7000.0 < found.km.p50 < 8600.0


def test_the_same_seed_gives_the_same_answer_whatever_stands_beside(flights: dict[str, Observation]) -> None:
    alone = assess((flights["hs15-2017-11-29"],), {}, FREE)
    beside = assess((flights["hs14-2017-07-04"], flights["hs15-2017-11-29"]), {}, FREE)
    assert alone.flights[0].maximum == beside.flights[1].maximum
    assert alone.flights[0].predicted == beside.flights[1].predicted


def test_as_known_on_a_day(flights: dict[str, Observation]) -> None:
    seen = tuple(o for o in flights.values() if o.missile == "Hwasong-14")
    july = assess(seen, {}, replace(FREE, known_at="2017-07-10"))
    assert [f.observation.id for f in july.flights] == ["hs14-2017-07-04"]
    before = assess(seen, {}, replace(FREE, known_at="2010-11-20"))
    assert before.flights == ()
    missile = before.missiles[0]
    assert missile.state == "no flight known"
    assert "no flight was observed by 2010-11-20" in missile.notes[0]
    assert missile.probability_beyond(3500.0) is None
    assert july.missiles[0].probability_beyond(3500.0) == 1.0
