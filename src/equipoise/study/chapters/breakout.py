"""The chapter on breakout: how far each architecture is from reaching, and what notice there would be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from equipoise.guarantee import AFTER_BURNOUT, WORST_CASE, Breakout, BreakoutPoint, judge_breakout
from equipoise.scenario import SeaArea, load_catalogue
from equipoise.study.captions import Caption
from equipoise.study.chapters.chapter import Chapter, Drawing, Progress
from equipoise.study.figures import to_svg
from equipoise.study.figures.breakout import ShareCurve, SpeedRow, share_figure, speed_figure
from equipoise.study.sections import Grid
from equipoise.study.tables import Table
from equipoise.study.types import Study
from equipoise.study.wording import listed
from equipoise.study.wording import margin as margin_words
from equipoise.study.wording import rung as rung_words

CLOSE_KM_S = 0.5
"""A declared speed within this of the least that reaches is said to be close."""


def chapter(study: Study, progress: Progress) -> Chapter | None:
    """None where no architecture places an interceptor."""
    scenario = study.scenario
    found = judge_breakout(scenario, seas=_seas(study), quick=study.quick, progress=progress)
    if not found:
        return None
    return Chapter(
        "breakout",
        "Breakout: what would have to grow, and who would know",
        tuple(_paragraphs(study, found)),
        (_speeds(study, found), *_shares(study, found)),
        (notice_grid(found),),
        (sea_grid(study, found), sensor_grid(study, found)),
        (_table(found),),
    )


def _names(study: Study, b: Breakout) -> str:
    return study.scenario.architectures[b.architecture].name


def _owner(study: Study, b: Breakout) -> int:
    """Index of the party whose interceptors they are."""
    return next(i for i, p in enumerate(study.scenario.parties) if p.id != b.protects)


def _turn(b: Breakout, rung: str, cap: str) -> float | None:
    return next(t.speed_km_s for t in b.turns if t.rung == rung and t.cap == cap)


def _paragraphs(study: Study, found: Sequence[Breakout]) -> Iterator[str]:
    beyond = [b for b in found if (_turn(b, AFTER_BURNOUT, "none") or 99.0) > max(b.declared_km_s)]
    close = [
        b for b in beyond if (_turn(b, AFTER_BURNOUT, "none") or 99.0) - max(b.declared_km_s) < CLOSE_KM_S
    ]
    yield (
        f"One thing at a time grows, and the rest stays as declared. After burnout {len(beyond)} of "
        f"{len(found)} architectures that place interceptors need more speed than is declared of them; of "
        f"{listed([_names(study, b) for b in close])} less than {CLOSE_KM_S:g} km/s more would do."
        if close
        else f"One thing at a time grows, and the rest stays as declared. After burnout {len(beyond)} of "
        f"{len(found)} architectures that place interceptors need more speed than is declared of them."
    )
    yield _sea_words(study, found)
    yield (
        "Numbers reach nothing: they bound how many warheads could be met. No total is modelled; how many "
        "there are to be met is the axis of the second figure."
    )


NOW = "as declared"


def _sea_words(study: Study, found: Sequence[Breakout]) -> str:
    """Which seas turn a verdict that holds after burnout as things are declared."""
    turned: dict[str, set[str]] = {}
    for b in found:
        points = {p.at: p for p in _of(b, "seas", AFTER_BURNOUT)}
        if points[NOW].holds:
            for at in points:
                if points[at].holds is False:
                    turned.setdefault(at, set()).add(_names(study, b))
    if not turned:
        return "No ship more in a named sea turns a verdict that holds after burnout."
    areas = _seas(study)
    names = [areas[at].name for at in turned]
    most = max(turned.values(), key=len)
    word = any(p.not_guaranteed for b in found for p in b.points)
    return (
        f"A ship more needs no new hardware. In {listed(names, 9)} one turns a verdict that holds after "
        f"burnout (up to {len(most)} architectures). "
        + ("Where submarines may lie in the same sea there is a word and no number. " if word else "")
        + "What notice a declaration gives is that of its interval; a ship gives the days of its passage."
    )


def _seas(study: Study) -> dict[str, SeaArea]:
    """The seas of the second axis, by id: a fictional scenario has only its own."""
    own = study.scenario.sea_areas
    return dict(own) if study.scenario.fictional else {**load_catalogue().sea_areas, **own}


def _of(b: Breakout, axis: str, rung: str) -> list[BreakoutPoint]:
    return [p for p in b.points if p.axis == axis and p.rung == rung]


def _speeds(study: Study, found: Sequence[Breakout]) -> Drawing:
    rows = [
        SpeedRow(
            _names(study, b),
            _owner(study, b),
            b.declared_km_s,
            _turn(b, AFTER_BURNOUT, "none"),
            _turn(b, WORST_CASE, "none"),
            (_turn(b, AFTER_BURNOUT, "600 s"), _turn(b, WORST_CASE, "600 s")),
        )
        for b in found
    ]
    parties = [p.name for p in study.scenario.parties]
    caption = Caption(
        number=0,
        key="breakout_speed",
        title="Speeds declared, and the least that would reach",
        reads="One line an architecture. Filled: speeds declared of its interceptors. Half filled: the "
        "least speed that reaches some flight of the other's deterrent from a commit at burnout plus a "
        "track; open: from first light plus the stated floor. Where the filled mark stands left of the "
        "others, the line between them is the margin. Launch areas in one sea with the ships are left out: "
        "for them there is a word and no number. Any speed: the flight ends where the interceptor stands.",
        unit="km/s relative to the Earth, at the altitude at which the speed is quoted",
        case=f"{study.scenario.id}, {study.scenario.as_of}",
        source="speeds as declared in the scenario; computed here",
        assumptions="burn time and altitude window as declared; meetings after burnout; no cap on the flight "
        "unless marked",
        alt=f"{len(rows)} architectures with declared speeds and the least speeds that reach; every value is "
        "in the table.",
        table="breakout",
    )
    return Drawing(caption, to_svg(speed_figure(rows, parties), "breakout_speed", caption.alt))


def _shares(study: Study, found: Sequence[Breakout]) -> tuple[Drawing, ...]:
    """Architectures whose numbers are declared; those that come out alike stand under one curve."""
    alike: dict[tuple[int, int, bool, bool], list[str]] = {}
    for b in found:
        ceiling = next((p.ceiling for p in b.points if p.shares and p.value == 1.0), None)
        if ceiling:
            key = (_owner(study, b), ceiling, b.number is None, _reaches(b))
            alike.setdefault(key, []).append(_names(study, b))
    if not alike:
        return ()
    curves = [ShareCurve(listed(names, 3), *key) for key, names in alike.items()]
    parties = [p.name for p in study.scenario.parties]
    share = study.scenario.rules.disruptive_share
    caption = Caption(
        number=0,
        key="breakout_share",
        title="The ceiling on warheads met, as a share of those there to be met",
        reads="The second reading: interceptors over the shots that each warhead takes, as a share of the "
        "warheads there to be met. A curve above the line would exceed the stated share, if every "
        "interceptor could reach and none missed. A thin curve is of an architecture that reaches no flight "
        "even at worst, at the speeds declared of it: it meets none, and its curve shows only what its "
        "numbers would bound. Nobody's total is taken: it is the axis.",
        unit="% of the warheads there to be met",
        case=f"{study.scenario.id}, {study.scenario.as_of}",
        source="numbers as declared in the proposals; batteries without one are left out, and said",
        assumptions=f"one interceptor a warhead where nothing else is declared; the share is {share.status}",
        alt=f"{len(curves)} falling curves of the share met at most against the number of warheads.",
        table="breakout",
    )
    drawn = share_figure(curves, share.middle, parties)
    return (Drawing(caption, to_svg(drawn, "breakout_share", caption.alt)),)


def _reaches(b: Breakout) -> bool:
    """Whether some flight is reached at worst as things are declared; a shared sea counts as reach."""
    return any(p.holds is False for p in _of(b, "seas", WORST_CASE) if p.at == NOW)


def notice_grid(found: Sequence[Breakout]) -> Grid:
    """What each measure on the table would show of growth, and when."""
    heads = ("what grows", "measure", "known ahead, at most", "unseen, at most", "what it shows", "status")
    rows = tuple(
        (n.axis, n.measure or "none", _days(n.ahead_days), _days(n.lag_days), n.shows, n.status)
        for n in found[0].notice
    )
    return Grid("What notice there would be", heads, rows, "Notice binds only what was declared.")


def _days(days: int | None) -> str:
    return "not stated" if days is None else f"{days:,} days"


def sea_grid(study: Study, found: Sequence[Breakout]) -> Grid:
    """Margins with a ship more in each named sea, an architecture and sea a row."""
    areas = {a.id: a.name for a in study.scenario.deterrent_areas}
    seas = _seas(study)
    rows = []
    for b in found:
        points = {(p.at, p.rung): p for p in b.points if p.axis == "seas"}
        for at in dict.fromkeys(at for at, _ in points):
            ends = [points[at, rung] for rung in (AFTER_BURNOUT, WORST_CASE)]
            word = ", ".join(areas[a] for a in ends[0].not_guaranteed)
            name = seas[at].name if at in seas else at
            rows.append(
                (
                    _names(study, b),
                    b.protects,
                    name,
                    *(margin_words(dict(p.margins_s)["none"], "s", 0) for p in ends),
                    f"not guaranteed: {word}" if word else "–",
                )
            )
    heads = (
        "architecture",
        "deterrent of",
        "a ship more in",
        *(rung_words(r) for r in (AFTER_BURNOUT, WORST_CASE)),
        "in one sea",
    )
    note = "The fastest kind that its owner places at sea in any proposal; margins without a flight cap."
    return Grid("A ship more in each named sea", heads, tuple(rows), note)


def sensor_grid(study: Study, found: Sequence[Breakout]) -> Grid:
    """Margins with more and more sensors, an architecture and set a row."""
    rows = tuple(
        (
            _names(study, b),
            b.protects,
            p.at,
            rung_words(p.rung),
            margin_words(dict(p.margins_s)["none"], "s", 0),
        )
        for b in found
        for p in b.points
        if p.axis == "sensors"
    )
    heads = ("architecture", "deterrent of", "sensors that count", "commit at", "margin")
    note = "Out of reach where no sensor of the set tracks a flight: an undeclared one would turn that."
    return Grid("More and more sensors", heads, rows, note)


def _table(found: Sequence[Breakout]) -> Table:
    header = (
        "architecture", "protects", "axis", "rung", "at", "value", "margin_600_s_cap_s", "margin_no_cap_s",
        "holds", "not_guaranteed", "warheads_met_at_most",
    )  # fmt: skip
    rows = []
    for b in found:
        for p in b.points:
            margins = dict(p.margins_s)
            caps = margins.get("600 s"), margins.get("none")
            last = p.holds, " ".join(p.not_guaranteed), p.ceiling
            rows.append((b.architecture, b.protects, p.axis, p.rung, p.at, p.value, *caps, *last))
        for t in b.turns:
            at = f"least speed that reaches, flight cap {t.cap}"
            turn = (b.architecture, b.protects, "speed", t.rung, at, t.speed_km_s, None, None, None, "", None)
            rows.append(turn)
    return Table("breakout", header, tuple(rows))
