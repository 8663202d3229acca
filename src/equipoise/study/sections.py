"""The tables below the first screen, as plain rows of words for the page."""

from __future__ import annotations

from dataclasses import dataclass

from equipoise.defence import Coverage, RegionCoverage, people_met
from equipoise.guarantee import AS_DECLARED, WORST_CASE, Guarantee
from equipoise.study.figures.maps import shown_coverages
from equipoise.study.figures.modes import WITHHELD
from equipoise.study.follows import LITTLE
from equipoise.study.rows import Row, Side
from equipoise.study.types import Study, ThreatReach
from equipoise.study.wording import figure, gained, margin, people, percent, verdict

Words = tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A table of words: heads and rows; the first cell of a row is its head."""

    title: str
    heads: Words
    rows: tuple[Words, ...]


def threat_table(study: Study) -> Grid:
    """One row a model and launch area: how far, and how well known."""
    threats = {t.id: t for t in study.scenario.threats}
    rows = []
    for r in study.reaches:
        t = threats[r.threat]
        rows.append(
            (
                r.threat_name,
                t.holder,
                f"{r.model} ({r.model_by})",
                r.launch_area_name,
                _reach(r),
                f"{t.state} since {t.state_since}" if t.state_since else t.state,
                "assessed" if r.assessed else "projected only, run apart",
                f"{t.status}: {t.source}",
            )
        )
    heads = (
        "threat", "holder", "model (author)", "launch area", "longest range, by azimuth (km)", "state "
            "on the day",
        "counted as", "status and source",
    )  # fmt: skip
    return Grid("Threats and their longest range from the middle of each launch area", heads, tuple(rows))


def _reach(r: ThreatReach) -> str:
    if r.any_range:
        return "any place, by an earlier cut-off"
    if r.range_km.max() == 0:
        return "no flight came off"
    return f"{r.range_km.min():,.0f} to {r.range_km.max():,.0f} km"


def region_matrix(study: Study) -> Grid:
    """One row an architecture as proposed: the share met of each region's threatened people."""
    shown = shown_coverages(study)
    regions = [r for r in shown[0][1].regions if r.population_threatened > 0]
    regions.sort(key=lambda r: (r.party, -r.population_threatened))
    rows: list[Words] = [
        ("people within reach of an assessed threat", *(people(r.population_threatened) for r in regions)),
        ("of all its people", *(percent(r.population_threatened / r.population) for r in regions)),
        ("share of its people seen in towns", *(percent(r.share_seen) for r in regions)),
    ]
    for title, c in shown:
        by = {r.region: r for r in c.regions}
        rows.append((title, *(_met(by[r.region]) for r in regions)))
    heads = ("architecture as proposed", *(r.name for r in regions))
    return Grid("Share of the threatened people that can be met, by region", heads, tuple(rows))


def _met(region: RegionCoverage) -> str:
    threatened = region.population_threatened
    return percent(region.population_met / threatened) if threatened > 0 else "not threatened"


def mode_tables(study: Study) -> tuple[Grid, ...]:
    """For each architecture: every mode for each party, whole and without the partner."""
    breaks = {(b.architecture, b.mode, b.party): b for b in study.break_evens}
    heads = (
        "mode", "side", "equal times", "own range, slow to fast", "key withheld", "data withheld",
        "shots withheld", "link cut", "decision time at which the lead over going alone is lost (s)",
    )  # fmt: skip
    grids = []
    for a in study.scenario.architectures.values():
        if a.own_system:
            continue
        rows = []
        for mode in study.scenario.modes:
            for p in study.scenario.parties:
                equal, fast, slow = (
                    study.coverage(a.id, mode.id, "whole", t) for t in ("equal", "fast", "slow")
                )
                left = tuple(_share(study.coverage(a.id, mode.id, v), p.id) for v in WITHHELD)
                times = f"{slow.decision_s:.0f} to {fast.decision_s:.0f} s"
                span = f"{_span(_share(slow, p.id), _share(fast, p.id))} ({times})"
                even = breaks.get((a.id, mode.id, p.id))
                said = "the reference" if even is None else even.reason or figure(even.decision_s, "s")
                rows.append((mode.name, p.name, _share(equal, p.id), span, *left, said))
        grids.append(Grid(a.name, heads, tuple(rows)))
    return tuple(grids)


def _span(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"


def _share(c: Coverage, party: str) -> str:
    if not any(r.party == party and r.population_threatened > 0 for r in c.regions):
        return "nobody threatened"
    return percent(c.population_fraction(party))


def stated_table(study: Study) -> Grid:
    """Each architecture with all sensors, with those of a stated target, and against projections."""
    heads = (
        "architecture",
        "side",
        "all sensors",
        "only ranges with a stated target",
        "against projected threats",
    )
    rows = []
    stated, projected = (
        {(c.architecture, (c.mode, c.joined)): c for c in rows}
        for rows in (study.stated_only, study.projected)
    )
    for a in study.scenario.architectures.values():
        key = (a.id, study.proposed_row(a.id))
        for p in study.scenario.parties:
            cells = [study.as_proposed(a.id), stated.get(key), projected.get(key)]
            rows.append((a.name, p.name, *("not run" if c is None else _share(c, p.id) for c in cells)))
    return Grid("Sensors with and without a stated target, and projected threats apart", heads, tuple(rows))


def verdict_table(study: Study) -> Grid:
    """Every verdict on each architecture as proposed, with margins, break-even and what it turns on."""
    heads = (
        "architecture", "protects", "case", "verdict", "margin (s)", "margin (km/s)", "break-even commit (s)",
        "turns on", "by launch area", "note",
    )  # fmt: skip
    rows = []
    for a in study.scenario.architectures.values():
        for p in study.scenario.parties:
            for rung in (AS_DECLARED, WORST_CASE):
                g = study.verdict_as_proposed(a.id, p.id, rung)
                if g is not None:
                    rows.append((a.name, f"{p.name}'s deterrent", rung, *_verdict_cells(study, g)))
    return Grid("Verdicts and margins", heads, tuple(rows))


def _verdict_cells(study: Study, g: Guarantee) -> Words:
    areas = {a.id: a.name for a in study.scenario.deterrent_areas}
    by_area = "; ".join(f"{areas.get(name, name)} {verdict(word)}" for name, word in g.by_area if g.operands)
    return (
        verdict(g.verdict) + (" (near the edge)" if g.near_edge else ""),
        _margin(g, g.margin_s, "s", 0),
        _margin(g, g.margin_km_s, "km/s", 2),
        figure(g.break_even_commit_s, "s") if g.break_even_commit_s is not None else "none",
        ", ".join(g.turns_on) or "nothing",
        by_area or "not run",
        g.note or "–",
    )


def _margin(g: Guarantee, value: float | None, unit: str, digits: int) -> str:
    if not g.operands:
        return "no interceptor placed"
    return "open" if value is None and g.verdict != "holds" else margin(value, unit, digits)


def purpose_table(study: Study, rows: tuple[Row, ...]) -> Grid:
    """What each row is good for by its figures: whose people, and whose missiles it can touch."""
    heads = (
        "architecture and mode",
        "meets third parties' missiles for",
        "reaches as declared",
        "reaches at worst",
    )
    out = []
    for r in rows:
        if not r.as_proposed:
            continue
        c = study.as_proposed(r.architecture.id)
        served = [f"{s.name}: {people(people_met(c, s.party))}{_on_own(s)}" for s in r.sides]
        serves = "; ".join(served) if any(people_met(c, s.party) > LITTLE for s in r.sides) else "nobody"
        out.append((r.name, serves, _touched(r.sides, False), _touched(r.sides, True)))
    return Grid("Purpose, judged by figures and not by words", heads, tuple(out))


def _on_own(side: Side) -> str:
    return "" if side.gained is None else f", {gained(side.gained)} on own systems"


def operand_table(rows: tuple[Row, ...]) -> Grid:
    """Every operand vector of each architecture in full, with the commit as proposed."""
    out: list[Words] = []
    for r in rows:
        if r.as_proposed:
            vectors = r.operands or ("no interceptor that can be placed",)
            out += [(r.architecture.name, line, r.fire_control, r.commit) for line in vectors]
    heads = ("architecture", "operand vector", "fire control", "commit as proposed")
    return Grid("Operand vectors in full", heads, tuple(out))


def _touched(sides: tuple[Side, Side], worst: bool) -> str:
    said = []
    for s in sides:
        g = s.worst_case if worst else s.as_declared
        if g is None or (g.verdict == "holds"):
            continue
        if not g.operands:
            said.append(f"{s.name}'s deterrent: open, no interceptor placed")
        else:
            said.append(
                f"{s.name}'s deterrent: {'yes' if g.verdict == 'fails' else 'in part of the stated range'}"
            )
    return "; ".join(said) or "neither deterrent"
