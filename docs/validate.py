"""Write ``docs/reference/validation.md``: our figure, the published figure, and the difference.

``python docs/validate.py`` flies and judges everything anew, in some minutes; no figure is typed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

import equipoise
from equipoise.defence import PublishedCase, published_cases
from equipoise.flight import ANY_RANGE, Place, bench_accuracy, maximum_range
from equipoise.guarantee import anchor_rows
from equipoise.guarantee import published_cases as guarantee_cases
from equipoise.scenario import MissileModel, load_catalogue, load_scenario

PAGE = Path(__file__).resolve().parent / "reference" / "validation.md"
ORIGIN = Place(36.0, 54.0)
"""One launch point for all, so that rows compare; azimuths all round show what the turning Earth does."""
AZIMUTHS_DEG = np.arange(0.0, 360.0, 30.0)


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; bars in a cell are escaped."""
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def ranges() -> Iterator[tuple[str, str, str, str, str, str]]:
    """Each catalogue model's longest range beside each longest range that is published for it."""
    for model in load_catalogue().missile_models.values():
        published = [(q, f) for q, f in model.published if q.startswith("max_range_km") and f.bounds]
        if not published:
            continue
        ours, north_km = _reach(model)
        for quantity, figure in published:
            condition = quantity.removeprefix("max_range_km").strip(" ()")
            said = _between(*(figure.bounds or (math.nan, math.nan)))
            difference = (
                "" if north_km is None else f"{100 * (north_km / (figure.middle or north_km) - 1):+.0f} %"
            )
            note = f", {condition}" if condition else ""
            yield model.id, f"{said} ({figure.status}){note}", ours, difference, model.status, figure.source


def _reach(model: MissileModel) -> tuple[str, float | None]:
    """Ours in words, and the longest range to the north in km, None where that is any range."""
    reach = maximum_range(model.missile, ORIGIN, AZIMUTHS_DEG)
    free = reach.cause == ANY_RANGE
    north = "any range" if free[0] else f"{reach.range_km[0]:,.0f}"
    most = "any range" if free.any() else f"{reach.range_km.max():,.0f}"
    least = "any range" if free.all() else f"{reach.range_km.min():,.0f}"
    return f"{north} ({least} to {most})", None if free[0] else float(reach.range_km[0])


def _between(low: float, high: float) -> str:
    return f"{low:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}"


def errors() -> Iterator[tuple[str, ...]]:
    """The numerical error of flights, as ``equipoise bench flight --accuracy`` measures it."""
    missiles = [model.missile for model in load_catalogue().missile_models.values()]
    for row in bench_accuracy(missiles).rows:
        spread = [f"{value:.3g}" for value in (row.p50, row.p95, row.p99, row.max)]
        yield row.flights_of, row.quantity, row.unit, *spread, str(row.flights), str(row.in_air)


def cases(found: Iterable[PublishedCase]) -> Iterator[tuple[str, ...]]:
    """Published claims about coverage and reach beside our figures."""
    for case in sorted(found, key=lambda c: c.case):
        yield case.case, case.claim, case.published, case.ours, case.verdict, case.reason


def anchors() -> Iterator[tuple[str, ...]]:
    """Anchor figures of the guarantee beside ours."""
    for row in anchor_rows(load_catalogue()):
        difference = row.ours - row.published
        yield (
            row.pair,
            row.quantity,
            row.asked,
            _bound(row.published),
            _bound(row.ours),
            f"{difference:+.2f}" if math.isfinite(difference) else "",
            row.unit,
            "agrees" if row.agrees else "differs",
            row.reason,
        )


def _bound(value: float) -> str:
    return f"{value:.2f}" if math.isfinite(value) else ("any" if value > 0 else "never")


def page() -> str:
    """The whole page."""
    scenario = load_scenario("lisbon-2010")
    parts = [
        "# Is it validated? Our figure, the published one, the difference",
        f"Made by `python docs/validate.py`, version {equipoise.__version__}; no figure is typed by hand. "
        "The kinds of comparison stand apart, for they say different things.",
        "## 1. Numerical error: how well the equations are solved",
        "Against SciPy's DOP853 at a relative tolerance of 1e-12 on the same forces, over random origins, "
        "azimuths, lofts and cut-offs, flights that stay in the air among them. It says nothing about how "
        "well a real missile is known: that is kilometres.",
        table(
            ["flights of", "quantity", "unit", "p50", "p95", "p99", "max", "flights", "of them in the air"],
            errors(),
        ),
        "## 2. The models: longest ranges",
        f"Ours is from {ORIGIN.lat_deg:g} N, {ORIGIN.lon_deg:g} E to the north, with the least and the most "
        "over twelve azimuths in brackets: the turning Earth makes that difference. *Any range* means that a "
        "full burn goes half the way round the Earth or into orbit. The published figure is as its source "
        "gives it, mostly without azimuth or payload. A model whose status is `assumed` was put together "
        "from such figures: that it agrees shows that it was put together rightly, and no more.",
        table(["model", "published (km)", "ours (km)", "difference", "model's status", "source"], ranges()),
        "## 3. Published claims about coverage and reach",
        "`agrees` means that the claim holds under the test that the catalogue states for it. A claim that "
        "differs has its reason beside it.",
        table(
            ["case", "claim", "published", "ours", "verdict", "how compared, and why it differs"],
            cases([*published_cases(scenario), *guarantee_cases(scenario)]),
        ),
        "## 4. Anchors of the guarantee",
        "Computed by others' rough model (0.3 km/s, 30 s); ours on the same inputs.",
        table(
            ["pair", "quantity", "asked for", "theirs", "ours", "difference", "unit", "verdict", "reason"],
            anchors(),
        ),
    ]
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
