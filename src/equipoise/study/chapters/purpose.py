"""The chapter on purpose: whom each site newly protects, beside whose missiles it reaches."""

from __future__ import annotations

from collections.abc import Sequence

from equipoise.guarantee import AFTER_BURNOUT, WORST_CASE, SitePurpose, judge_purpose
from equipoise.scenario import Scenario
from equipoise.study.captions import Caption
from equipoise.study.chapters.chapter import Chapter, Drawing, Progress
from equipoise.study.figures import to_svg
from equipoise.study.figures.purpose import SiteRow, Spot, purpose_figure
from equipoise.study.sections import Grid
from equipoise.study.tables import Table
from equipoise.study.types import Study
from equipoise.study.wording import listed, people, percent
from equipoise.study.wording import rung as rung_words

LITTLE_PEOPLE, LITTLE_SHARE = 1e6, 0.02
"""Below these a site is said to serve nobody much, or to reach nothing much."""


def chapter(study: Study, progress: Progress) -> Chapter | None:
    """None where nothing is placed, or no deterrent and no assessed threat is declared."""
    scenario = study.scenario
    placed = any(a.batteries for a in scenario.architectures.values())
    if not placed or not scenario.deterrent_areas or not any(t.assessed for t in scenario.threats):
        return None
    sites = judge_purpose(scenario, quick=study.quick, progress=progress)
    return Chapter(
        "purpose-test",
        "The purpose test, site by site",
        _paragraphs(scenario, sites),
        (_figure(study, sites),),
        (),
        (site_grid(scenario, sites),),
        (_table(sites),),
    )


def _paragraphs(scenario: Scenario, sites: Sequence[SitePurpose]) -> tuple[str, ...]:
    every = [s for s in sites if s.kind == "as proposed"]
    own, unknown = [s for s in every if s.people is not None], [s for s in every if s.people is None]
    kinds = {
        "serve people and reach little": [s for s in own if _serves(s) and not _reaches(s)],
        "serve people and reach the other's deterrent": [s for s in own if _serves(s) and _reaches(s)],
        "reach the other's deterrent and serve few or none": [
            s for s in own if not _serves(s) and _reaches(s)
        ],
        "do neither": [s for s in own if not _serves(s) and not _reaches(s)],
    }
    said = "; ".join(
        f"{len(found)} {what} ({listed([_label(scenario, s) for s in found], 5)})"
        for what, found in kinds.items()
        if found
    )
    first = (
        "Threats come from one side and the infrastructure may stand on another: so each place with "
        "interceptors is "
        "asked both questions at once, whom it newly protects against the assessed threats and what part "
        "of the "
        f"other side's deterrent it reaches at worst. Of {len(own)} places, {said}."
        + (f" {_unknown(scenario, unknown)}" if unknown else "")
    )
    moved = _better_moved(sites)
    second = (
        "A place on land stands beside one mirrored in the line from the threats to the people whom they "
        "threaten, "
        "as near to both and on the other side of it, and beside one 1,000 km farther from the nearest "
        "launch area "
        f"of the other side. {moved} The comparisons are points on the map and no proposals; land, water and "
        "hosts play no part in them."
    )
    idle = [s for s in every if not s.own_system and _reaches(s) and s.newly(WORST_CASE) < LITTLE_SHARE]
    third = (
        f"{len(idle)} of the proposed places reach only flights that the owner's own systems reach at "
        "worst already, "
        "by flying to the far end without a flight cap. What such a place adds is time, numbers and an "
        "earlier "
        "meeting, not flights."
        if idle
        else "What the proposed places reach is not reached by the owner's own systems already."
    )
    return first, second, third


def _unknown(scenario: Scenario, sites: Sequence[SitePurpose]) -> str:
    """Places whose people are not computed, and what that does to the others' figures."""
    return (
        f"Whom {listed([_label(scenario, s) for s in sites], 5)} would serve is not computed, since the "
        "facts hold no sensor for them; what they reach is. People of their owner whom they meet already are "
        "therefore not taken off what its other places newly meet."
    )


def _serves(s: SitePurpose) -> bool:
    return s.people is not None and s.people >= LITTLE_PEOPLE


def _reaches(s: SitePurpose) -> bool:
    return s.share(WORST_CASE) >= LITTLE_SHARE


def _better_moved(sites: Sequence[SitePurpose]) -> str:
    """How many mirrored places keep most of the people and reach less than half as much."""
    by = {(s.architecture, s.place, s.kind): s for s in sites}
    asked = [s for s in sites if s.kind == "as proposed" and _reaches(s) and _serves(s)]
    moved = [(s, by.get((s.architecture, s.place, "mirrored"))) for s in asked]
    kept = [
        s
        for s, m in moved
        if m is not None
        and (m.people or 0.0) >= 0.75 * (s.people or 0.0)
        and m.share(WORST_CASE) < 0.5 * s.share(WORST_CASE)
    ]
    if not asked:
        return "No place serves people and reaches the other's deterrent at once."
    return (
        f"Of {len(asked)} places that do both, {len(kept) or 'none'} would keep three quarters of the "
        "people from "
        "the mirrored place and reach less than half of the flights."
    )


def _label(scenario: Scenario, s: SitePurpose) -> str:
    area, site = scenario.sea_areas.get(s.place), scenario.sites.get(s.place)
    place = area.name if area else site.name.split(" (")[0] if site else s.place
    names = [scenario.interceptors[i].name.split(" (")[0].replace(",", "") for i in s.interceptors]
    return f"{place} ({' and '.join(names)})"


def _figure(study: Study, sites: Sequence[SitePurpose]) -> Drawing:
    parties = [p.id for p in study.scenario.parties]
    rows: dict[tuple[str, str], list[SitePurpose]] = {}
    for s in sites:
        rows.setdefault((s.architecture, s.place), []).append(s)
    drawn = [
        SiteRow(
            _label(study.scenario, each[0]),
            parties.index(each[0].owner),
            tuple(
                Spot(s.kind, _millions(s), 100 * s.share(AFTER_BURNOUT), 100 * s.share(WORST_CASE))
                for s in each
            ),
        )
        for each in rows.values()
    ]
    names = [p.name for p in study.scenario.parties]
    caption = Caption(
        number=0,
        key="purpose_test",
        title="Whom each site newly protects, beside whose missiles it reaches",
        reads="Filled: the place as proposed. Half filled: mirrored in the line from the threats to the "
        "people "
        "whom they threaten. Hollow: 1,000 km farther from the nearest launch area of the other side. "
        "Left: people "
        "of the owner newly met over its own systems. Right: flights of the other side's deterrent that "
        "the place "
        "reaches at worst, each launch area counting the same; the tick is the same after burnout. Not "
        "computed: the facts hold no sensor for the place, and nobody met would be no nought. A sea "
        "box and a "
        "member's own system have no comparison of their own.",
        unit="millions of people (left), % of flights (right)",
        case=f"{study.scenario.id}, {study.scenario.as_of}; assessed threats only",
        source="computed here; interceptors by the claims named in the table",
        assumptions="both are ceilings: kinematics alone, the furthest-reaching corner of all authors' "
        "claims, ships "
        "anywhere in their box",
        alt=f"{len(drawn)} sites, each with people newly met and flights reached; every value is in the "
        "table.",
        table="purpose_test",
    )
    return Drawing(caption, to_svg(purpose_figure(drawn, names), "purpose", caption.alt))


def site_grid(scenario: Scenario, sites: Sequence[SitePurpose]) -> Grid:
    """Every place and its comparisons, as words."""
    rungs = [rung_words(name) for name, _, _ in sites[0].reached]
    heads = (
        "place and interceptors", "architecture", "kind", "whose", "people newly met", "against projected "
        "threats",
        *(f"flights reached, {name}" for name in rungs), "of these newly, at worst",
    )  # fmt: skip
    names = {a.id: a.name for a in scenario.architectures.values()}
    rows = tuple(
        (
            _label(scenario, s),
            names[s.architecture],
            s.kind,
            s.owner,
            *_newly_met(s),
            *(percent(share) for _, share, _ in s.reached),
            percent(s.newly(WORST_CASE)),
        )
        for s in sites
    )
    note = (
        "Newly: over what the owner's own systems meet or reach. At worst, interceptors without a flight "
        "cap reach by "
        "flying to the far end, so that own systems reach much already."
    )
    return Grid("Every place and its comparisons", heads, rows, note)


def _newly_met(s: SitePurpose) -> tuple[str, str]:
    """Against assessed and against projected threats, in words."""
    if s.people is None:
        return ("not computed: no sensor in the facts",) * 2
    later = "none is projected" if s.projected_people is None else people(s.projected_people)
    return f"{people(s.people)} of {people(s.threatened)} threatened", later


def _millions(s: SitePurpose) -> float | None:
    return None if s.people is None else s.people / 1e6


def _table(sites: Sequence[SitePurpose]) -> Table:
    rungs = [name.replace(" ", "_") for name, _, _ in sites[0].reached]
    header = (
        "architecture", "place", "kind", "owner", "protects", "interceptors", "lat_deg", "lon_deg",
        "people_newly_met", "people_threatened", "projected_people_newly_met",
        *(f"reached_{r}" for r in rungs), *(f"newly_reached_{r}" for r in rungs),
    )  # fmt: skip
    rows = tuple(
        (s.architecture, s.place, s.kind, s.owner, s.protects, " ".join(s.interceptors), s.lat_deg, s.lon_deg,
         None if s.people is None else round(s.people), round(s.threatened),
         None if s.projected_people is None else round(s.projected_people),
         *(share for _, share, _ in s.reached), *(new for _, _, new in s.reached))
        for s in sites
    )  # fmt: skip
    return Table("purpose_test", header, rows)
