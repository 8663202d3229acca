"""Models inferred from flights: what was put in comes out, and a model that cannot have flown says so."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from equipoise.flight import fly_many
from equipoise.scenario import MissileModel, load_catalogue
from equipoise.threats import (
    Announced,
    Interval,
    Observation,
    Priors,
    Question,
    RangeSaid,
    assess,
    compare,
    read_stated,
    to_json,
)
from equipoise.threats.candidates import bare, candidates_of
from equipoise.threats.claims import claims_on, judged
from equipoise.threats.inference import EFFECTIVE, infer
from equipoise.threats.joint import candidate, odds, used_in_models
from equipoise.threats.likelihood import problem_of
from equipoise.threats.reach import by_country
from equipoise.threats.single import assess_flight
from equipoise.threats.variation import Variation

MODELS = load_catalogue().missile_models


def test_names_find_every_author_s_model_and_stages_find_none() -> None:
    assert [m.id for m in candidates_of("Nodong", MODELS)] == ["nodong-forden-2007", "nodong-rodrigues"]
    assert [m.id for m in candidates_of("Minuteman III", MODELS)] == [
        "minuteman-3-wright",
        "minuteman-3-tssim",
    ]
    assert candidates_of("Taepodong-1 (space launch), first stage", MODELS) == ()
    assert bare("Sejjil-2 (type not stated)") == "sejjil2"


@pytest.fixture(scope="module")
def known() -> tuple[MissileModel, Observation, float]:
    """A flight of the Hwasong-12 model itself, announced with small errors; its payload is 206 kg."""
    model = MODELS["hwasong-12-assumed"]
    flown = fly_many([model.missile], np.array([[40.0, 125.2]]), np.array([95.0]), np.array([81.5]))
    seen = Observation(
        "known", "Hwasong-12", "2017-01-01",
        Announced(float(flown.range_km[0]), 10), Announced(float(flown.apogee_km[0]), 10),
        Announced(float(flown.time_s[0]), 10), (40.0, 125.2), "here", "us", "made", "computed",
        azimuth_deg=Announced(95.0, 2.0),
    )  # fmt: skip
    return model, seen, 81.5


def test_a_flight_of_the_model_itself_is_given_back(
    known: tuple[MissileModel, Observation, float],
) -> None:
    model, seen, loft = known
    found = infer(model, (seen,), Priors(), np.random.default_rng(2))
    assert found.fits, found.why_not
    assert found.effective >= 0.9 * EFFECTIVE
    assert found.log_evidence is not None
    for name in ("payload_factor", "impulse_factor", "propellant_factor", "empty_factor", "burn_factor"):
        assert found.unknowns[name].p5 < 1.0 < found.unknowns[name].p95
    told = found.flights[0]
    assert told.loft_deg.p5 - 0.3 < loft < told.loft_deg.p95 + 0.3
    assert max(abs(off) for off in told.off_by_sds.values()) < 1.5
    assert told.share_used.p95 <= 1.0


@pytest.mark.parametrize(
    ("model", "flight"),
    [("hwasong-12-assumed", "hs12-2017-05-14"), ("hwasong-15-assumed", "hs15-2017-11-29")],
)
def test_two_kinds_of_sampler_agree(model: str, flight: str, flights: dict[str, Observation]) -> None:
    """emcee walks the unit cube itself, with no proposal fitted: means and spreads agree to their noise."""
    import emcee

    seen = replace(flights[flight], azimuth_deg=Announced(90.0, 2.0))
    narrow = replace(Priors(), payload_factor=(0.6, 1.6), burn_sd=0.1)
    found = infer(MODELS[model], (seen,), narrow, np.random.default_rng(3))
    problem = problem_of(Variation(MODELS[model].missile, narrow), (seen,), np.random.default_rng(4))
    rng = np.random.default_rng(5)
    start = rng.random((4000, problem.dimensions))
    weight = problem.evaluate(start)[0]
    weight = np.exp(weight - weight.max())
    walkers = start[rng.choice(len(start), 64, replace=False, p=weight / weight.sum())]

    def log_density(cube: np.ndarray) -> np.ndarray:
        inside = ((cube > 0.0) & (cube < 1.0)).all(1)
        out = np.full(len(cube), -np.inf)
        if inside.any():
            out[inside] = problem.evaluate(cube[inside])[0]
        return out

    sampler = emcee.EnsembleSampler(64, problem.dimensions, log_density, vectorize=True)
    sampler.random_state = np.random.RandomState(6).get_state()
    sampler.run_mcmc(walkers, 300)
    shared = sampler.get_chain(discard=50, flat=True)[:, : len(problem.variation.names)]
    theirs = problem.variation.factors(shared)
    for k, name in enumerate(problem.variation.names):
        spread = found.factors[:, k].std()
        assert theirs[:, k].mean() == pytest.approx(found.factors[:, k].mean(), abs=0.3 * spread), name
        assert theirs[:, k].std() == pytest.approx(spread, rel=0.3), name


def test_a_model_that_cannot_have_flown_so_is_no_result(
    known: tuple[MissileModel, Observation, float],
) -> None:
    """The Scud's model against a flight of 2,000 km up: said, not shown."""
    _, seen, _ = known
    flight = assess_flight(seen, Priors(), 1)
    found = candidate(MODELS["scud-b-forden-2007"], [flight], seen.launch_deg, Priors(), 1, "Any")
    assert found.said is None
    assert found.inference.why_not
    assert odds((found,)) == []


def test_an_early_day_has_no_draws_that_go_nowhere_and_says_hindsight(
    flights: dict[str, Observation],
) -> None:
    seen = tuple(o for o in flights.values() if o.missile == "Hwasong-14")
    found = assess(seen, MODELS, Question(known_at="2010-11-20")).missiles[0]
    assert found.maximum is not None
    assert found.maximum.km.p5 > 1000.0
    assert any("on 2010-11-20, hindsight" in n for n in found.notes)


def test_what_explains_a_claim_is_a_flight_only_where_one_went_beyond_it() -> None:
    """13,000 km was said of the flight of 29 November 2017, in a paper of the 28th across the date line."""
    models = candidates_of("Hwasong-15", MODELS)
    said = RangeSaid(Interval(13_500.0, 15_000.0, 15_000.0), 0.8)
    claims = claims_on("Hwasong-15", models, None)
    assert claims[0].at_least, "it was more than 13,000 km"
    assert judged(claims, said, (), [])[0].inside is True
    same = tuple(replace(c, at_least=False) for c in claims[:1])
    told = judged(same, said, (), [("2017-11-29", 15_000.0)])[0]
    assert told.inside is False
    assert "before" not in (told.explained_by or "")
    earlier = [replace(c, date="2017-10-01") for c in same]
    assert judged(tuple(earlier), said, (), [("2017-11-29", 9_700.0)])[0].explained_by != (
        "made before the flight of 2017-11-29"
    )
    assert judged(tuple(earlier), said, (), [("2017-11-29", 15_000.0)])[0].explained_by == (
        "made before the flight of 2017-11-29"
    )


def test_priors_of_a_model_part_two_assessments(flights: dict[str, Observation], tmp_path: Path) -> None:
    seen = tuple(o for o in flights.values() if o.missile == "Khorramshahr")
    stated = []
    for payload in ((1.0 / 3.0, 3.0), (1.5, 3.0)):
        question = Question(priors=replace(Priors(), payload_factor=payload))
        file = tmp_path / f"{payload[0]}.json"
        file.write_text(json.dumps(to_json(assess(seen, MODELS, question), seen, question)))
        stated.append(read_stated(file))
    missiles, swaps = compare(stated[0], stated[1], MODELS)
    assert missiles[0].parted_by == "prior payload_factor"
    assert swaps[0].moves_km["Khorramshahr"] < -100.0


def test_reach_is_from_any_place_that_it_was_launched_from() -> None:
    km = np.full((40, 8), 800.0)
    west, east = (38.7, 125.8), (40.85, 129.667)
    one, both = (
        {c.country: c.people_share for c in by_country(km, places)} for places in ((west,), (west, east))
    )
    assert all(both[c] >= share for c, share in one.items())
    assert sum(both.values()) > sum(one.values())


def test_a_stage_has_a_range_and_no_reach(flights: dict[str, Observation]) -> None:
    found = assess((flights["td1-1998-08-31-stage1"],), MODELS, Question(with_models=False)).missiles[0]
    assert found.maximum is not None
    assert found.countries == ()
    assert any("not mapped" in n for n in found.notes)


def test_a_range_alone_binds_only_where_there_is_nothing_better(flights: dict[str, Observation]) -> None:
    nodong = [o for o in flights.values() if o.missile == "Nodong"]
    assert [o.id for o in used_in_models([assess_flight(o, Priors(), 1) for o in nodong[:3]])] == [
        "nodong-2016-08-03"
    ]
    march = assess_flight(flights["hs17-2022-03-24"], Priors(), 1)
    assert used_in_models([march])[0].known == ("range_km", "apogee_km")
