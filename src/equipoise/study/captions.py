"""What stands under each figure: number, caption, unit, case, source, assumptions, text alternative."""

from __future__ import annotations

from dataclasses import dataclass

from equipoise.defence import equal_decision_s
from equipoise.study.figures.ground import ground_of
from equipoise.study.figures.reach import ground_of_reach, shown_reaches
from equipoise.study.rows import Row
from equipoise.study.types import Study
from equipoise.study.wording import listed, people, percent_span

_GEO = "borders and coasts Natural Earth (public domain), towns and totals GeoNames (CC BY 4.0)"


@dataclass(frozen=True)
class Caption:
    """The words of one figure. ``key`` is its file name and ``table`` that of its CSV."""

    number: int
    key: str
    title: str
    reads: str
    unit: str
    case: str
    source: str
    assumptions: str
    alt: str
    table: str


def captions(study: Study, rows: tuple[Row, ...]) -> dict[str, Caption]:
    """All captions by key, in the order of the report."""
    made = (_reach(study), _clock(study), _maps(study, rows), _modes(study), _margins(study))
    return {c.key: c for c in made}


def _case(study: Study) -> str:
    grid = f"cells {study.spacing_km:.0f} km apart{', coarse grid of --quick' if study.quick else ''}"
    return f"{study.scenario.id}, {study.scenario.as_of}; {grid}"


def _equal(study: Study) -> str:
    return f"equal decision times of {equal_decision_s(study.scenario):.0f} s"


def _reach(study: Study) -> Caption:
    shown = shown_reaches(study)
    ground = ground_of_reach(study)
    far = [f"{r[0].threat_name} up to {max(x.range_km.max() for x in r):,.0f} km" for r in shown.values()]
    return Caption(
        number=1,
        key="threat_reach",
        title="How far the assessed threats reach",
        reads="Each line is the end of a model's longest flights, over all lofts, from the middles of "
        "the launch areas "
        f"that stand near the map; threats elsewhere are in the table. {ground.projection.name}; "
        "graticule every 10°.",
        unit="km over the ellipsoid",
        case=_case(study),
        source=f"flown here from the models named in the table; {_GEO}",
        assumptions="point-mass flight of each author's model; launch areas are boxes that the "
        "scenario assumes",
        alt=f"Map of the reach of {len(shown)} missile models: {listed(far, 6)}.",
        table="threat_reach",
    )


def _clock(study: Study) -> Caption:
    names = {p.id: p.name for p in study.scenario.parties}
    flights = [
        f"to {names[t.party]} {t.model} from {t.launch_area} to {t.region}, {t.loft}" for t in study.typical
    ]
    seen = [c for c in study.clocks if c.track_s is not None]
    met = [c for c in study.clocks if c.latest_commit_s is not None]
    return Caption(
        number=2,
        key="clock",
        title="The engagement's clock, to scale",
        reads="One flight to each party's land: among those at minimum energy the one that the most "
        "architectures can meet, and of several the median by time to impact. Each architecture sees and "
        "meets it as it was proposed, with what that party has in it. Time to spare runs from the end of the "
        "longest decision to the latest commit.",
        unit="s from the threat's launch",
        case=f"{_case(study)}; {'; '.join(flights) or 'no flight of an assessed threat reaches anybody'}",
        source="computed here; sensors, interceptors and decision times as the scenario declares them",
        assumptions="decision times are stated ranges and assumed; a track needs the stated time after "
        "first sight",
        alt=f"{len(study.clocks)} time lines of {len(flights)} flights: {len(seen)} have a track of the "
        f"flight, {len(met)} have an interceptor that can still meet it.",
        table="clock",
    )


def _maps(study: Study, rows: tuple[Row, ...]) -> Caption:
    own = [r for r in rows if r.as_proposed and r.computed]
    said = [
        f"{r.architecture.name} "
        + " and ".join(
            f"{percent_span(s.share_met)} of {s.name}'s" for s in r.sides if s.share_met is not None
        )
        for r in own
    ]
    return Caption(
        number=3,
        key="coverage_maps",
        title="What can be met, architecture by architecture",
        reads="A cell is met only if every flight to it, from every launch area, with every candidate "
        "model and stated loft, can be met through the whole of the mode's own range of decision times. "
        "Proposals that come out alike share one map. Grey land belongs to neither party. "
        f"{ground_of(study.scenario).projection.name}; graticule every 10°. Unmet places are counted "
        f"by country only.{_outside(study)}{_unknown(study)}",
        unit="three classes of cells; people and land by class are in the table",
        case=f"{_case(study)}; each architecture as it was proposed, at the slow end of its own range",
        source=f"computed here; {_GEO}",
        assumptions="upper bound: kinematics and time alone; numbers of interceptors and leakage play "
        "no part",
        alt="Maps of three classes (can be met, cannot be met, not threatened). Share of threatened "
        "people met: " + "; ".join(said) + ".",
        table="regions",
    )


def _outside(study: Study) -> str:
    """How many threatened people live off the map, for they are counted all the same."""
    west, south, east, north = study.scenario.map_window
    cells, said = study.cells, []
    off = (cells.lon_deg < west) | (cells.lon_deg > east) | (cells.lat_deg < south) | (cells.lat_deg > north)
    for index, party in enumerate(study.scenario.parties):
        count = float(cells.population[off & study.baseline.threatened & (cells.party == index)].sum())
        if count > 0.5:
            said.append(f"{people(count)} of {party.name}")
    return f" Threatened, and counted, outside this map: {' and '.join(said)}." if said else ""


def _unknown(study: Study) -> str:
    """Whose own systems the first map does not show, for want of their sensors in the facts."""
    names = [p.name for p in study.scenario.parties if not study.baseline_known(p.id)]
    return f" What own systems meet for {listed(names)} is not computed." if names else ""


def _modes(study: Study) -> Caption:
    return Caption(
        number=4,
        key="modes",
        title="Command modes compared on the same raid",
        reads=f"If joined. Mark: {_equal(study)}; it is hollow where that time lies outside the mode's own "
        "range, and so off the bar. Bar: from the slow to the fast end of the mode's own range. "
        "Ticks and letters: what is left, at equal times, when the partner withholds its key (k), data (d) "
        "or shots (s), or the link is cut (c), where that is less. Dotted line: own systems alone, where "
        "these are computed. Architectures that come out alike share one panel.",
        unit="% of the party's threatened people that can be met",
        case=_case(study),
        source="computed here; release rules as the scenario declares them",
        assumptions="decision times are stated ranges and assumed; the partner's conduct is put in, "
        "not predicted",
        alt=f"Panels of {sum(not a.own_system for a in study.scenario.architectures.values())} "
        f"architectures by "
        f"{len(study.scenario.modes)} command modes; every value is in the table.",
        table="coverage",
    )


def _margins(study: Study) -> Caption:
    judged = [g for g in study.guarantees if g.operands]
    held = sum(g.verdict == "holds" for g in judged)
    return Caption(
        number=5,
        key="margins",
        title="How far each side's deterrent is from reach",
        reads="Right of the line: out of reach. Filled: as declared, with the very operands of the "
        "first table. Half filled: let go after the protected missile's burnout and a track. Hollow: "
        "the worst case over all authors' claims, which no command mode helps. An arrow stands for a margin "
        "beyond the scale, or for none because nothing reaches; open: what is declared gives no margin. "
        "Any speed: the interceptor needs none to speak of, so that no limit on speed would help. Small "
        "tick: the same with the declared or usual cap on flight time, where it differs from no cap. "
        "Only architectures that add an interceptor against a side's deterrent stand here.",
        unit="s (left), km/s (right)",
        case=f"{_case(study)}; each architecture as it was proposed",
        source="computed here; interceptors by the claims named in the table, deterrents by the models "
        "named there",
        assumptions="every launch area is filled; all candidate models, ends and stated lofts are flown",
        alt=f"Margins of {len(judged)} verdicts, {held} of which hold; every value is in the table.",
        table="margins",
    )
