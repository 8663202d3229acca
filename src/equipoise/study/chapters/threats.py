"""The chapter on the threats: what observed flights say of them, as known on the day and since."""

from __future__ import annotations

from datetime import date

import numpy as np

from equipoise.scenario import load_catalogue
from equipoise.study.captions import Caption
from equipoise.study.chapters.chapter import Chapter, Drawing, Progress
from equipoise.study.figures import to_svg
from equipoise.study.figures.reach import ground_of_reach
from equipoise.study.figures.threats import RangeRow, Ring, ranges_figure, rings_map, twin_figure
from equipoise.study.sections import Grid
from equipoise.study.tables import Table
from equipoise.study.types import Study
from equipoise.study.wording import people, percent
from equipoise.threats import (
    BEYOND_KM,
    FlightAssessed,
    MissileAssessed,
    Question,
    ThreatAssessment,
    assess,
    candidates_of,
    catalogue_flights,
    read_observations,
)

GATE_KM = 3500.0
"""The range that opened the gate of the proposals of the day."""
_FAR_RINGS_KM = 5000.0
_GEO = "borders and coasts Natural Earth (public domain), towns GeoNames (CC BY 4.0)"


def chapter(study: Study, progress: Progress) -> Chapter | None:
    """None where no flight of any of the scenario's holders was observed."""
    scenario = study.scenario
    models = load_catalogue().missile_models
    holders = {t.holder for t in scenario.threats}
    seen = tuple(
        o
        for o in read_observations(catalogue_flights(), today=date.today().isoformat())
        if any(m.holder in holders for m in candidates_of(o.missile.split(",")[0], models))
    )
    if scenario.fictional or not seen:
        return None
    progress("what was known of each missile on the day")
    own = tuple(o for o in seen if o.date <= scenario.as_of)
    then = assess(own, models, Question(known_at=scenario.as_of, with_models=not study.quick))
    progress("what was seen to fly since")
    names = {o.missile for o in seen if o.known != ("range_km",) and o.date > scenario.as_of}
    later = tuple(o for o in seen if o.missile in names)
    since = assess(later, models, Question(with_models=not study.quick))
    drawings = [_ranges(study, then, since)]
    drawings += [d for d in (_twin(study, since), _rings(study, then)) if d is not None]
    return Chapter(
        "threats-observed",
        "What the observed flights say of the threats",
        _paragraphs(study, then, since),
        tuple(drawings),
        (_missiles(then, scenario.as_of), _missiles(since, "")),
        (_flights(then, since), _claims(then, since), *_countries(then)),
        (_range_table(then, since),),
    )


def _paragraphs(study: Study, then: ThreatAssessment, since: ThreatAssessment) -> tuple[str, ...]:
    whole = [m for m in then.missiles if m.state == "tested"]
    far = [m for m in whole if (m.probability_beyond(GATE_KM) or 0.0) >= 0.5]
    odd = [f for f in (*then.flights, *since.flights) if f.consistent is False]
    first = (
        f"As known on {study.scenario.as_of}, {len(then.flights)} announced flights and stages of "
        f"{len(then.missiles)} missiles bear on the question how far they go. "
        f"Of the {len(whole)} that had flown whole, {len(far) or 'none'} "
        f"{'was' if len(far) < 2 else 'were'} more likely than not to reach {GATE_KM:,.0f} km."
    )
    second = (
        "Range, apogee and time of a flight must belong to one arc over the turning Earth. "
        + (
            " ".join(f"{f.observation.id}: {f.warnings[-1]}." for f in odd)
            if odd
            else "In all flights with three figures they do."
        )
        + " Burn times and pauses are not published, so that a time is known to some 220 s from range and "
        "apogee alone; that band is in every interval here."
    )
    third = (
        "Energy flown is the least: it is what the missile showed, turned to the angle that goes furthest. A "
        "model fitted to the same flight goes further, since a steep climb loses more to gravity, and it "
        "depends on payload, which nobody announces. Assumed models are compared with what flew; "
        "odds between two assumed models are not given. A party's own deterrents are not mapped."
    )
    return first, second, third


def _row(m: MissileAssessed, since: str = "") -> RangeRow | None:
    if m.maximum is None:
        return None
    with_model = any(c.said is not None for c in m.candidates)
    claims = tuple((c.low_km, min(c.high_km, BEYOND_KM)) for c in m.claims)
    km = m.maximum.km
    return RangeRow(f"{m.missile}{since}", km.p5, km.p50, km.p95, with_model, claims)


def _ranges(study: Study, then: ThreatAssessment, since: ThreatAssessment) -> Drawing:
    rows = [_row(m) for m in then.missiles] + [_row(m, " (seen later)") for m in since.missiles]
    drawn = [r for r in rows if r is not None]
    caption = Caption(
        number=0,
        key="threat-ranges",
        title="How far each missile goes, by what it flew",
        reads="Lines run from the 5 to the 95 % range in any direction. Crosses are published claims. "
        "Missiles marked later were seen to fly after the scenario's day and play no part in its coverage.",
        unit="km, geodesic",
        case=f"{study.scenario.id}, {study.scenario.as_of}, and as known now",
        source="flights as announced; computed here",
        assumptions="boost 30 to 440 s at 12 to 60 m/s² on average; payload a third to three times a "
        "model's; 5 % of the last burn left on average; all assumed",
        alt=f"{len(drawn)} missiles with the interval of their longest range; every value is in the table.",
        table="threat_ranges",
    )
    return Drawing(caption, to_svg(ranges_figure(drawn, BEYOND_KM), caption.key, caption.alt))


def _twin(study: Study, since: ThreatAssessment) -> Drawing | None:
    """The highest flight whose three figures fit and whose range is not beyond what is told."""
    good = [
        (f.observation.apogee_km.value, f.observation.range_km.value, f.maximum.km, f.observation)
        for f in since.flights
        if f.consistent and f.maximum is not None and f.maximum.km.p95 < BEYOND_KM
        and f.observation.apogee_km is not None and f.observation.range_km is not None
    ]  # fmt: skip
    if not good:
        return None
    apogee_km, range_km, longest, seen = max(good, key=lambda found: found[0])
    caption = Caption(
        number=0,
        key="threat-twin",
        title=f"A lofted flight and its flattened twin: {seen.missile}, {seen.date}",
        reads=f"The flight went {range_km:,.0f} km far and {apogee_km:,.0f} km high. The same energy on the "
        f"path that goes furthest gives {longest.p5:,.0f} to {longest.p95:,.0f} km; the middle is drawn.",
        unit="km, the same scale both ways",
        case="unpowered arcs over a sphere that does not turn",
        source=f"announced by {seen.announced_by}",
        assumptions="no gain from a flatter climb and none from the Earth's turning: a fitted model has both",
        alt=f"Two arcs over the Earth's curve: {range_km:,.0f} km far and {apogee_km:,.0f} km high, and "
        f"{longest.p50:,.0f} km far.",
        table="threat_ranges",
    )
    drawn = twin_figure(range_km, apogee_km, longest.p50, "as flown", "the same energy, flown furthest")
    return Drawing(caption, to_svg(drawn, caption.key, caption.alt))


def _rings(study: Study, then: ThreatAssessment) -> Drawing | None:
    """Reach of the missiles known on the day, from where they were last launched."""
    rings: list[Ring] = []
    ground = ground_of_reach(study)
    west, south, east, north = ground.window
    for m in sorted(then.missiles, key=lambda m: -(m.demonstrated_km or 0.0)):
        if m.reach_km.size and m.launch_deg is not None and m.countries and len(rings) < 3:
            step = 360.0 / m.reach_km.shape[1]
            quantiles = np.percentile(m.reach_km, [5.0, 50.0, 95.0], axis=0)
            lat, lon = m.launch_deg
            on_map = west <= lon <= east and south <= lat <= north
            if on_map and quantiles.max() < _FAR_RINGS_KM:
                rings.append(Ring(m.missile, m.launch_deg, np.arange(0.0, 360.0, step), quantiles))
    if not rings:
        return None
    caption = Caption(
        number=0,
        key="threat-rings",
        title="Who lay within reach, by what had flown",
        reads="Within the dotted line a place is reached with 95 %, within the full line with 50 %, within "
        "the dashed one with 5 % probability.",
        unit="probability; lines on the map",
        case=f"{study.scenario.id}, {study.scenario.as_of}; from each missile's last known launch place",
        source=f"flights as announced; computed here; {_GEO}",
        assumptions="payload as inferred; between eight directions the range is linear",
        alt=f"Rings of {len(rings)} missiles round their launch places; shares by country are in the table.",
        table="threat_ranges",
    )
    return Drawing(caption, to_svg(rings_map(ground, rings), caption.key, caption.alt))


def _three(found: MissileAssessed) -> str:
    if found.maximum is None:
        return "–"
    km, beyond = found.maximum.km, found.maximum.beyond
    told = f"{km.p5:,.0f} – {km.p50:,.0f} – {km.p95:,.0f}"
    return told + (f"; beyond {BEYOND_KM:,.0f}: {percent(beyond)}" if beyond > 0.0 else "")


def _east_west(found: MissileAssessed) -> str:
    """The middles to the east and to the west; a capped one is told as beyond."""
    said = found.maximum
    if said is None or said.east_km is None or said.west_km is None:
        return "–"
    middles = (said.east_km.p50, said.west_km.p50)
    return " / ".join(f"{m:,.0f}" if m < BEYOND_KM else f"beyond {BEYOND_KM:,.0f}" for m in middles)


def _missiles(found: ThreatAssessment, day: str) -> Grid:
    rows = tuple(
        (
            m.missile,
            m.state,
            str(len(m.flights)),
            "–" if m.demonstrated_km is None else f"{m.demonstrated_km:,.0f}",
            _three(m),
            _east_west(m),
            "–" if m.probability_beyond(GATE_KM) is None else percent(m.probability_beyond(GATE_KM) or 0.0),
            m.basis,
        )
        for m in found.missiles
    )
    title = f"As known on {day}" if day else "Missiles seen to fly since, as known now"
    heads = (
        "missile", "state", "flights", "flown, km", "longest range, km: 5 – 50 – 95 %",
        "middle to the east / west, km",
        f"reaches {GATE_KM:,.0f} km", "rests on",
    )  # fmt: skip
    return Grid(
        title,
        heads,
        rows,
        "Rival accounts of one flight are counted once. The longest range mixes all directions: the turning "
        "Earth adds to the east and takes from the west.",
    )


def _flights(*found: ThreatAssessment) -> Grid:
    rows = tuple(
        (
            f.observation.id,
            "rival account"
            if f.observation.rival_of
            else "lower bound"
            if f.observation.lower_bound
            else "flight",
            *(_announced(f, n) for n in ("range_km", "apogee_km", "time_s")),
            {True: "✓ fit", False: "✗ do not", None: "too few"}[f.consistent],
            "–" if f.oddity is None else f.oddity.figure,
        )
        for each in found
        for f in each.flights
    )
    heads = ("flight", "counts as", "range, km", "apogee, km", "time, s", "figures", "odd")
    return Grid("Announced flights", heads, rows, "± is half of a 95 % interval.")


def _announced(flight: FlightAssessed, name: str) -> str:
    figure = flight.observation.figure(name)
    return "–" if figure is None else f"{figure.value:,.0f} ± {figure.half:,.0f}"


def _claims(*found: ThreatAssessment) -> Grid:
    signs = {True: "✓ inside", False: "✗ outside", None: "–"}
    rows = tuple(
        (
            c.missile,
            c.says,
            ("over " if c.at_least else "")
            + f"{c.low_km:,.0f}"
            + (f" to {c.high_km:,.0f}" if c.high_km > c.low_km else ""),
            c.by,
            signs[c.inside],
            c.explained_by or "–",
        )
        for each in found
        for m in each.missiles
        for c in m.claims
    )
    heads = ("missile", "says", "km", "by", "5 to 95 %", "what would bring them together")
    return Grid("Published ranges beside the flights", heads, rows)


def _countries(found: ThreatAssessment) -> tuple[Grid, ...]:
    return tuple(
        Grid(
            f"Within reach of {m.missile}, by country",
            ("country", "people in cities of 100,000", "of these within reach", "of the land"),
            tuple((c.name, people(c.people_in_cities), percent(c.people_share), percent(c.land_share))
                  for c in m.countries),
            "Expected shares over the draws; cities are counted, never listed.",
        )
        for m in found.missiles
        if m.countries
    )  # fmt: skip


def _range_table(*found: ThreatAssessment) -> Table:
    header = ("missile", "known_at", "p5_km", "p50_km", "p95_km", "beyond_15000_km", "flown_km", "basis")
    rows = tuple(
        (m.missile, each.known_at, m.maximum.km.p5, m.maximum.km.p50, m.maximum.km.p95, m.maximum.beyond,
         m.demonstrated_km, m.basis)
        for each in found
        for m in each.missiles
        if m.maximum is not None
    )  # fmt: skip
    return Table("threat_ranges", header, rows)
