"""A sampler that gets there where a posterior is, and words with figures where a model cannot fly so."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from equipoise.flight import fall_many
from equipoise.scenario import load_catalogue
from equipoise.threats import Observation, Priors, arcs, bearings, implied
from equipoise.threats.best import nearest
from equipoise.threats.inference import EFFECTIVE, infer
from equipoise.threats.joint import candidate, used_in_models
from equipoise.threats.likelihood import problem_of
from equipoise.threats.proposal import fit_proposal
from equipoise.threats.single import assess_flight, stream
from equipoise.threats.variation import Variation

MODELS = load_catalogue().missile_models


def _of(flights: dict[str, Observation], missile: str) -> tuple[Observation, ...]:
    own = [assess_flight(o, Priors(), 1) for o in flights.values() if o.missile == missile]
    return used_in_models(own)


@pytest.mark.parametrize(
    ("missile", "model", "priors"),
    [
        ("Hwasong-17", "hwasong-17-assumed", Priors()),
        ("Hwasong-18", "hwasong-18-assumed", Priors()),
        ("Hwasong-15", "hwasong-15-assumed-heavy", Priors()),
        ("Hwasong-14", "hwasong-14-assumed", replace(Priors(), unspent_mean=0.02)),
    ],
)
def test_the_steepest_flights_settle_and_are_given_back(
    missile: str, model: str, priors: Priors, flights: dict[str, Observation]
) -> None:
    found = infer(MODELS[model], _of(flights, missile), priors, stream(20_170_728, f"{missile} {model}"))
    assert found.fits, found.why_not
    assert found.effective >= 0.9 * EFFECTIVE
    assert found.evaluations < 60_000
    assert max(abs(off) for f in found.flights for off in f.off_by_sds.values()) < 1.5


def test_a_model_that_comes_near_nowhere_says_which_figure_and_by_how_much(
    flights: dict[str, Observation],
) -> None:
    """Hwasong-12's model would fly as high as Hwasong-14 did, and come down nearly a minute too early."""
    own = [assess_flight(o, Priors(), 1) for o in flights.values() if o.missile == "Hwasong-14"]
    found = candidate(MODELS["hwasong-12-assumed"], own, (40.6, 126.4), Priors(), 1, "Hwasong-14")
    assert found.said is None
    assert not found.payloads
    why = found.inference.why_not or ""
    assert why.startswith("this model cannot give back what was announced within its priors: at best the ")
    assert "time of hs14-2017-07-28 is" in why
    assert "standard deviations short" in why
    assert found.inference.log_evidence is None
    assert found.inference.unknowns == {}


def test_a_model_that_needs_improbable_figures_names_them(flights: dict[str, Observation]) -> None:
    """The Thrusty library's Shahab-3 goes some 440 km; only with 0.7 of its empty mass does it go 965."""
    own = _of(flights, "Shahab-3")
    found = infer(MODELS["shahab-3-thrusty"], own, Priors(), stream(20_170_728, "Shahab-3 shahab-3-thrusty"))
    assert found.effective >= 0.9 * EFFECTIVE
    assert not found.fits
    assert "only with empty_factor near 0.7" in (found.why_not or "")


def test_the_nearest_variant_of_a_fitting_model_misses_little(flights: dict[str, Observation]) -> None:
    rng = np.random.default_rng(5)
    variation = Variation(MODELS["hwasong-18-assumed"].missile, Priors())
    best = nearest(problem_of(variation, _of(flights, "Hwasong-18"), rng), rng)
    assert best is not None
    assert abs(best.by_sds) < 0.5


def test_a_steep_flight_comes_down_on_the_side_where_it_did(flights: dict[str, Observation]) -> None:
    """Thrown due east to 6,648 km up, two throws come down 1,001 km off: one east and one west."""
    seen = flights["hs18-2023-07-12"]
    boosts = implied.Boosts(*(np.full(3, v) for v in (200.0, 0.4, 0.1)), np.array([80.0, 90.0, 100.0]))
    found = implied.solve(seen.launch_deg, boosts, np.full(3, 1001.2), np.full(3, 6648.4))
    assert found.ok.all()
    cut = implied.cutoffs(seen.launch_deg, boosts, found.speed_km_s, found.angle_deg)
    assert (fall_many(cut, 8000.0).impact_deg[:, 1] > seen.launch_deg[1]).all()
    straight = implied.cutoffs(seen.launch_deg, boosts, found.speed_km_s, np.full(3, 89.99))
    west_km = fall_many(straight, 8000.0).range_km(np.tile(np.array([seen.launch_deg]), (3, 1)))
    assert west_km == pytest.approx(arcs.drift_km(np.full(3, 6648.4), seen.launch_deg[0]), rel=0.15)
    assert bearings.allowed(seen, 1001.2, 6648.4).max() < bearings.allowed(seen, 1001.2, None).max()


def test_a_proposal_finds_a_narrow_posterior_far_out_and_no_narrower() -> None:
    """A ridge in two unknowns of five, three standard deviations out; the other three are as the prior."""
    from scipy.special import ndtri

    def log_l(cube: np.ndarray) -> np.ndarray:
        z = ndtri(np.clip(cube, 1e-12, 1.0 - 1e-12))
        return np.asarray(-0.5 * ((z[:, 0] + z[:, 1] - 4.2) / 0.02) ** 2)

    found, near = fit_proposal(log_l, 5, np.random.default_rng(1))
    assert near
    assert found.mean[:2] == pytest.approx([2.1, 2.1], abs=0.25)
    spread = np.sqrt((found.root**2).sum(1))
    assert spread[2:] == pytest.approx([1.15] * 3, abs=0.3)
    assert spread[:2] == pytest.approx([1.15 * np.sqrt(0.5)] * 2, abs=0.25)
