"""Draw the figures of the how-to on lofted tests: ``python docs/draw_threats.py``, some two minutes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from matplotlib.figure import Figure

from equipoise.scenario import load_catalogue
from equipoise.study.figures import to_svg
from equipoise.study.figures.style import INK, look, new_figure
from equipoise.study.figures.threats import RangeRow, ranges_figure, twin_figure
from equipoise.threats import (
    BEYOND_KM,
    Ranks,
    assess,
    calibrate_free,
    calibrate_model,
    catalogue_flights,
    read_observations,
)

IMAGES = Path(__file__).resolve().parent / "images"
NAMES = ("Hwasong-14", "Hwasong-15")


def ranks_figure(found: Sequence[Ranks]) -> Figure:
    """A histogram of ranks a quantity; dotted: what flat ranks would give, and two deviations of it."""
    with look():
        figure = new_figure(9.0, 4.2)
        for at, ranks in enumerate(found):
            axes = figure.add_axes((0.05 + 0.24 * (at % 4), 0.6 - 0.47 * (at // 4), 0.19, 0.29))
            share, count = 1.0 / len(ranks.histogram), len(ranks.ranks)
            axes.bar(range(len(ranks.histogram)), ranks.histogram, width=0.9, color="#a9a3c7", edgecolor=INK)
            spread = 2.0 * (count * share * (1.0 - share)) ** 0.5
            for level in (count * share - spread, count * share, count * share + spread):
                axes.axhline(level, color=INK, linewidth=0.7, linestyle=":")
            axes.set_title(f"{ranks.quantity}, {ranks.kind}", fontsize=7)
            axes.tick_params(labelsize=6)
            axes.set_xticks([0, 9], ["0.0-0.1", "0.9-1.0"])
        figure.text(
            0.5, 0.01, "rank of the truth among the draws; height: simulated flights", ha="center", fontsize=8
        )
    return figure


def main() -> None:
    """A flight and its flattened twin, the ranges of both missiles, and the ranks of simulated truths."""
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
    model = load_catalogue().missile_models["hwasong-12-assumed"]
    ranks = [*calibrate_free(say=_say), *calibrate_model(model, say=_say)]
    alt = "Ranks of simulated truths among the draws, by tenths: flat within what chance gives."
    (IMAGES / "assess-ranks.svg").write_text(to_svg(ranks_figure(ranks), "ranks", alt), encoding="utf-8")


def _say(line: str) -> None:
    print(line, file=sys.stderr)


if __name__ == "__main__":
    main()
