"""One flight assessed by itself: consistency, implied cut-off, longest range of the same energy."""

from __future__ import annotations

import zlib

import numpy as np

from equipoise.threats.bearings import places_apart
from equipoise.threats.consistency import check
from equipoise.threats.free import KEPT, Posterior, Views, mixed, range_said
from equipoise.threats.priors import Priors
from equipoise.threats.types import FIGURES, FlightAssessed, Observation, Oddity, interval

LEAST_TOLD = 100.0
"""Fewer effective draws than this are said to be few."""


def stream(seed: int, name: str) -> np.random.Generator:
    """Random numbers of one item: they hang on the seed and its name, never on its place or a worker."""
    return np.random.default_rng([seed, zlib.crc32(name.encode("utf-8"))])


def assess_flight(observation: Observation, priors: Priors, seed: int) -> FlightAssessed:
    """The assessment of one account of one flight. What follows from it rests on the figures that fit."""
    rng = stream(seed, observation.id)
    views = Views(observation, priors, rng)
    predicted = {name: views.predicted(name) for name in FIGURES}
    consistent, oddity = check(views)
    used = tuple(f for f in observation.known if oddity is None or f != oddity.figure)
    posterior = views.by(*used)
    warnings = list(observation.warnings)
    if oddity is not None:
        warnings.append(_odd_sentence(oddity))
    apart = places_apart(observation)
    if apart is not None:
        warnings.append(apart)
    if posterior is None:
        warnings.append(
            _unforeseen(observation, priors) or "no ballistic flight from there gives these figures"
        )
        return FlightAssessed(
            observation, consistent, oddity, predicted, None, None, None, None, None, tuple(warnings)
        )
    if posterior.effective < LEAST_TOLD:
        warnings.append(f"only {posterior.effective:.0f} draws fit these figures: the intervals are rough")
    if used == ("range_km",):
        warnings.append(
            "only the range was announced: the loft is taken as that of a usual flight "
            f"({priors.usual_loft_deg[0]:g} to {priors.usual_loft_deg[1]:g} degrees at cut-off, assumed)"
        )
    equal = posterior.equal(rng, KEPT)
    maximum, reach = range_said(observation.launch_deg, equal)
    return FlightAssessed(
        observation=observation,
        consistent=consistent,
        oddity=oddity,
        predicted=predicted,
        speed_km_s=posterior.of("speed_km_s"),
        altitude_km=posterior.of("altitude_km"),
        angle_deg=posterior.of("angle_deg"),
        boost_s=interval(posterior.boosts.boost_s, posterior.weight),
        maximum=maximum,
        warnings=tuple(warnings),
        draws=_kept(equal, mixed(reach)),
        reach_km=reach,
    )


def _kept(equal: Posterior, maximum_km: np.ndarray) -> dict[str, np.ndarray]:
    return {
        "speed_km_s": equal.speed_km_s,
        "angle_deg": equal.angle_deg,
        "altitude_km": equal.altitude_km,
        "boost_s": equal.boosts.boost_s,
        "azimuth_deg": equal.boosts.azimuth_deg,
        "apogee_km": equal.apogee_km,
        "range_km": equal.range_km,
        "maximum_km": maximum_km,
    }


def _unforeseen(observation: Observation, priors: Priors) -> str | None:
    """What is said of a figure that lies outside what the priors hold possible; None where none does."""
    for name in ("range_km", "apogee_km"):
        figure, (least, most) = observation.figure(name), getattr(priors, name)
        if figure is not None and not least < figure.value < most:
            return (
                f"{name}: {_plain(figure.value)} km lies outside what is assumed of flights, "
                f"{_plain(least)} to {_plain(most)} km; --priors can widen {name}"
            )
    return None


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value >= 10.0 else f"{value:g}"


def _odd_sentence(oddity: Oddity) -> str:
    name, unit = oddity.figure.rsplit("_", 1)
    shown = _plain(oddity.announced)
    if oddity.looks_like is not None:
        return f"{oddity.figure}: {shown} looks like {oddity.looks_like}; the other figures fit it so"
    if oddity.would_fit is None or oddity.moves_by is None:
        return f"{oddity.figure}: {shown} {unit} does not fit the other two figures"
    band = oddity.would_fit
    return (
        f"{oddity.figure}: {shown} {unit} does not fit the other two figures, which give "
        f"{band.p5:,.0f} to {band.p95:,.0f} {unit}; it would have to move by {oddity.moves_by:+,.0f} {unit}"
        f" (range, apogee and time bind each other once: the {name} has the least to move)"
    )
