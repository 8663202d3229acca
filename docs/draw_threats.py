"""Draw the figures of the how-to on lofted tests: ``python docs/draw_threats.py``."""

from __future__ import annotations

from pathlib import Path

from equipoise.scenario import load_catalogue
from equipoise.study.figures import to_svg
from equipoise.study.figures.threats import RangeRow, ranges_figure, twin_figure
from equipoise.threats import BEYOND_KM, assess, catalogue_flights, read_observations

IMAGES = Path(__file__).resolve().parent / "images"
NAMES = ("Hwasong-14", "Hwasong-15")


def main() -> None:
    """Two figures: a flight and its flattened twin, and the ranges of both missiles."""
    seen = read_observations(catalogue_flights(), today="2026-11-25")
    found = assess(tuple(o for o in seen if o.missile in NAMES), load_catalogue().missile_models)
    flight = next(f for f in found.flights if f.observation.id == "hs14-2017-07-28")
    assert flight.maximum is not None
    twin = twin_figure(998.0, 3724.9, flight.maximum.km.p50, "as flown", "the same energy, flown furthest")
    alt = "A steep arc 3,725 km high and 998 km far, and a flat one of the same energy."
    (IMAGES / "lofted-twin.svg").write_text(to_svg(twin, "twin", alt), encoding="utf-8")
    rows = []
    for m in found.missiles:
        claims = tuple((c.low_km, c.high_km) for c in m.claims)
        for said, label, with_model in ((m.model_free, "energy flown", False), (m.maximum, "models", True)):
            assert said is not None
            km = said.km
            rows.append(RangeRow(f"{m.missile}, {label}", km.p5, km.p50, km.p95, with_model, claims))
    alt = "Ranges of Hwasong-14 and Hwasong-15 by the energy flown and by fitted models, beside claims."
    drawn = to_svg(ranges_figure(rows, BEYOND_KM), "ranges", alt)
    (IMAGES / "lofted-ranges.svg").write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main()
