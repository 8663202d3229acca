"""The tables below the first screen, as plain rows of words for the page."""

from __future__ import annotations

from dataclasses import dataclass

from equipoise.defence import Coverage, RegionCoverage, people_met
from equipoise.guarantee import AS_DECLARED, LADDER, WORST_CASE, Guarantee
from equipoise.scenario import Architecture
from equipoise.study.figures.maps import BASELINE, shown_coverages
from equipoise.study.figures.modes import WITHHELD
from equipoise.study.follows import LITTLE, any_speed, untracked
from equipoise.study.operands import commit_words
from equipoise.study.rows import Row, Side
from equipoise.study.types import Study, ThreatReach
from equipoise.study.wording import (
    figure,
    gained_span,
    margin,
    people,
    people_span,
    percent,
    rung,
    span,
    verdict,
)

Words = tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A table of words: heads and rows; the first cell of a row is its head."""

    title: str
    heads: Words
    rows: tuple[Words, ...]
    note: str = ""


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


def region_tables(study: Study) -> tuple[Grid, ...]:
    """One table a party: for each set of architectures that come out alike, the share met of each region."""
    return tuple(_region_table(study, p.id, p.name) for p in study.scenario.parties)


def _region_table(study: Study, party: str, name: str) -> Grid:
    shown = shown_coverages(study)
    regions = [r for r in shown[0][1].regions if r.party == party and r.population_threatened > 0]
    regions.sort(key=lambda r: -r.population_threatened)
    alike: dict[Words, list[str]] = {}
    for title, c in shown:
        if title == BASELINE and not study.baseline_known(party):
            title += ", as far as the facts go"
        alike.setdefault(_region_cells(study, c, regions), []).append(title)
    rows: list[Words] = [
        ("people within reach of an assessed threat", *(people(r.population_threatened) for r in regions)),
        ("of all its people", *(percent(r.population_threatened / r.population) for r in regions)),
        ("share of its people seen in towns", *(percent(r.share_seen) for r in regions)),
        *(("; ".join(titles), *cells) for cells, titles in alike.items()),
    ]
    heads = ("architecture as proposed", *(r.name for r in regions))
    note = "† rests on a radar whose range has no stated target: without such radars fewer are met."
    return Grid(
        f"{name}: share of the threatened people that can be met, by region, over the own decision range",
        heads,
        tuple(rows),
        note,
    )


def _region_cells(study: Study, c: Coverage, regions: list[RegionCoverage]) -> Words:
    without, whole = study.stated_of.get((c.architecture, c.mode, c.joined)), study.equal_of(c)
    unstated = set()
    if without is not None:
        less = {r.region: r.population_met for r in without.regions}
        unstated = {r.region for r in whole.regions if less[r.region] < r.population_met - 0.5}
    by = {r.region: r for r in c.regions}
    return tuple(_met(by[r.region]) + ("†" if r.region in unstated else "") for r in regions)


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
    """Each architecture with all sensors, and with those of a stated target alone."""
    heads = ("architecture", "side", "all sensors", "only ranges with a stated target")
    rows = []
    for a in study.scenario.architectures.values():
        key = (a.id, *study.proposed_row(a.id))
        for p in study.scenario.parties:
            cells = [study.as_proposed(a.id), study.stated_of.get(key)]
            rows.append((a.name, p.name, *(_computed(a, c, p.id) for c in cells)))
    return Grid("Sensors with and without a stated target, equal decision times", heads, tuple(rows))


def _computed(architecture: Architecture, c: Coverage | None, party: str) -> str:
    if architecture.sensors_missing:
        return "not computed"
    return "not run" if c is None else _share(c, party)


def projected_table(study: Study) -> Grid | None:
    """The projected threats apart: whom they reach, by region, and what could be met of them."""
    if not study.projected:
        return None
    rows: list[Words] = []
    for a in study.scenario.architectures.values():
        c = study.projected_of.get((a.id, *study.proposed_row(a.id)))
        if c is not None:
            rows.append((a.name, *(_computed(a, c, p.id) for p in study.scenario.parties)))
    names = tuple(p.name for p in study.scenario.parties)
    heads = (
        "architecture as proposed",
        *(f"{n}: share of its people in reach that can be met" for n in names),
    )
    return Grid("Projected threats, run apart", heads, tuple(rows))


def projected_reach(study: Study) -> Grid | None:
    """Denominators of the projected case: people within reach by region, largest first."""
    if not study.projected:
        return None
    names = {p.id: p.name for p in study.scenario.parties}
    found = [r for r in study.projected[0].regions if r.population_threatened > 0 and r.party in names]
    found.sort(key=lambda r: (list(names).index(r.party), -r.population_threatened))
    rows = [
        (f"{names[p]}, all", people(sum(r.population_threatened for r in found if r.party == p)), "–")
        for p in names
    ]
    rows += [
        (r.name, people(r.population_threatened), percent(r.population_threatened / r.population))
        for r in found
    ]
    heads = ("region", "people within reach of a projected threat", "of all its people")
    return Grid("Whom the projected threats would reach", heads, tuple(rows))


def verdict_table(study: Study) -> Grid:
    """Every verdict on what each architecture adds against a deterrent, at the three rungs."""
    heads = (
        "architecture", "protects", "case", "verdict", "margin (s)", "by flight cap (s)", "margin (km/s)",
        "break-even commit (s)", "turns on", "warheads that could be met at most", "by launch area",
        "note",
    )  # fmt: skip
    rows = []
    for a in study.scenario.architectures.values():
        for p in study.scenario.parties:
            for step in LADDER:
                g = study.verdict_as_proposed(a.id, p.id, step)
                if g is not None and g.operands:
                    rows.append((a.name, f"{p.name}'s deterrent", rung(step), *_verdict_cells(study, g)))
    share = study.scenario.rules.disruptive_share
    note = (
        "Only architectures that add interceptors against the deterrent have a verdict here. Whether what "
        f"can be met would disrupt it is read against {100 * (share.value or 0.0):g} % of the warheads "
        f"({share.status}); where the number of interceptors or warheads is undeclared, it cannot be read."
    )
    return Grid("Verdicts and margins", heads, tuple(rows), note)


def _verdict_cells(study: Study, g: Guarantee) -> Words:
    areas = {a.id: a.name for a in study.scenario.deterrent_areas}
    words: dict[str, list[str]] = {}
    for name, word in g.by_area:
        words.setdefault(word, []).append(areas.get(name, name))
    said = [verdict(word) + (f": {', '.join(n)}" if len(words) > 1 else ": all") for word, n in words.items()]
    at_most = g.share_met_at_most
    return (
        verdict(g.verdict) + (" (near the edge)" if g.near_edge else ""),
        _margin(g, g.margin_s, "s", 0),
        "; ".join(f"cap {cap}: {_margin(g, value, 's', 0)}" for cap, value in g.margin_s_by_cap) or "–",
        _margin(g, g.margin_km_s, "km/s", 2) + (" (any speed reaches)" if any_speed(g) else ""),
        figure(g.break_even_commit_s, "s") if g.break_even_commit_s is not None else "none",
        ", ".join(g.turns_on) or "nothing",
        "not computed: numbers undeclared" if at_most is None else percent(at_most),
        "; ".join(said) or "not run",
        g.note or "–",
    )


def _margin(g: Guarantee, value: float | None, unit: str, digits: int) -> str:
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
        if not (r.as_proposed and r.placed):
            continue
        fast, slow = study.own_range(study.as_proposed(r.architecture.id))
        served = [
            f"{s.name}: {people_span((people_met(slow, s.party), people_met(fast, s.party)))}{_on_own(s)}"
            for s in r.sides
        ]
        serves = "; ".join(served) if any(people_met(fast, s.party) > LITTLE for s in r.sides) else "nobody"
        if not r.computed:
            serves = "not computed: the facts hold no sensor that would track these flights"
        out.append((r.name, serves, _touched(r.sides, AS_DECLARED), _touched(r.sides, WORST_CASE)))
    return Grid("Purpose, judged by figures and not by words", heads, tuple(out))


def _on_own(side: Side) -> str:
    return "" if side.gained is None else f", {gained_span(side.gained)} on own systems"


def operand_table(rows: tuple[Row, ...]) -> Grid:
    """Every operand vector of each architecture's own batteries in full, with the commits as proposed."""
    out: list[Words] = []
    for r in rows:
        if r.as_proposed and r.placed:
            commits = "; ".join(f"{s.name}'s land: {commit_words(s.commit_s)}" for s in r.sides)
            rule = f"first track + {span(*r.decision_s, 's')}; {commits}"
            out += [(r.architecture.name, line, r.fire_control, rule) for line in r.operands]
    heads = ("architecture", "operand vector", "fire control", "commit as proposed")
    return Grid("Operand vectors in full", heads, tuple(out))


def _touched(sides: tuple[Side, Side], rung: str) -> str:
    """Whose deterrent the row's own interceptors reach, only of those that it adds anything against."""
    words = {"holds": "no", "fails": "yes", "depends": "in part of the stated range"}
    said = []
    for s in sides:
        g = s.verdict(rung)
        if s.added and g is not None:
            answer = "open, no declared sensor tracks it" if untracked(g) else words[g.verdict]
            said.append(f"{s.name}'s deterrent: {answer}")
    return "; ".join(said) or "adds nothing against either deterrent"
