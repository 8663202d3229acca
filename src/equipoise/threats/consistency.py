"""Do range, apogee and time belong to one ballistic flight? If not, which of them is odd?

The time that range and apogee predict, with all that is unknown of the boost, is a band some 80 s wide for
a missile of 300 km and some 220 s for those that go furthest. An announced time outside it (less than one
chance in 200 at either end) is not of the same flight. Three figures bind each other by one relation only, so
which one is odd is a judgement: a figure that fits when it is read in miles or minutes, else the one that
would have to move by the least share of itself.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from equipoise.threats.free import Views, draw
from equipoise.threats.types import FIGURES, Announced, Interval, Observation, Oddity

TAIL = 0.005
UNITS = (
    ("range_km", "miles", 1.609344),
    ("range_km", "nautical miles", 1.852),
    ("apogee_km", "miles", 1.609344),
    ("apogee_km", "nautical miles", 1.852),
    ("time_s", "minutes", 60.0),
)


def check(views: Views) -> tuple[bool | None, Oddity | None]:
    """(whether the three figures fit, what is odd); (None, None) with fewer than three."""
    observation = views.observation
    if len(observation.known) < len(FIGURES):
        return None, None
    if _fits(observation, views):
        return True, None
    return False, _oddity(observation, views)


def _fits(observation: Observation, views: Views) -> bool:
    """Whether the announced time lies in the band that range and apogee predict."""
    time = observation.time_s
    own = observation is views.observation
    pair = ("range_km", "apogee_km")
    posterior = views.by(*pair) if own else draw(observation, views.priors, views.rng, pair)
    if posterior is None or time is None:
        return False
    announced = posterior.time_s + time.sd * views.rng.standard_normal(len(posterior.weight))
    below = float(posterior.weight[announced < time.value].sum())
    return TAIL < below < 1.0 - TAIL


def _oddity(observation: Observation, views: Views) -> Oddity:
    """The figure that reads well in another unit, or the one that has least to move."""
    bands = {name: views.predicted(name, announced=False) for name in FIGURES}
    known = {name: observation.figure(name) for name in FIGURES}
    shares = {name: _share(known[name], bands[name]) for name in FIGURES}
    unit = _other_unit(observation, views)
    odd = unit[0] if unit is not None else min(FIGURES, key=lambda name: shares[name])
    figure, band = known[odd], bands[odd]
    value = 0.0 if figure is None else figure.value
    return Oddity(
        odd, value, band, None if band is None else _move(value, band), unit[1] if unit is not None else None
    )


def _share(figure: Announced | None, band: Interval | None) -> float:
    """How far a figure would have to move, as a share of itself; no move does where no band is."""
    if figure is None or band is None:
        return np.inf
    return abs(_move(figure.value, band)) / figure.value or np.inf


def _move(value: float, band: Interval) -> float:
    """How far a value would have to move to enter a band; zero inside it."""
    return band.p5 - value if value < band.p5 else min(band.p95 - value, 0.0)


def _other_unit(observation: Observation, views: Views) -> tuple[str, str] | None:
    """(figure, unit) where one figure, read in that unit, makes all three fit."""
    for name, unit, factor in UNITS:
        figure = observation.figure(name)
        if figure is None:
            continue
        read = replace(figure, value=figure.value * factor, half=figure.half * factor)
        if _fits(observation.reading(name, read), views):
            return name, unit
    return None
