"""What the study rests on: assumptions with their status, claims side by side, statements, sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from equipoise.scenario import EngagementRules, Figure, InterceptorClaim, Scenario, Statement
from equipoise.study.sections import Grid, Words
from equipoise.study.wording import NOT_DECLARED

_CLAIMED = (
    ("speed_km_s", "speed"),
    ("burnout_altitude_km", "at altitude"),
    ("time_to_burnout_s", "time to burnout"),
    ("flight_cap_s", "flight cap"),
    ("altitude_min_km", "floor"),
    ("altitude_max_km", "ceiling"),
    ("range_km", "range"),
)


def stated(f: Figure) -> str:
    """A figure in words, with its status; unknown is said."""
    if not f.known:
        return f"{NOT_DECLARED} ({f.status})"
    if f.value is not None:
        return f"{f.value:g} {f.unit} ({f.status})"
    return f"{f.low:g} to {f.high:g} {f.unit} ({f.status})"


def assumed(scenario: Scenario) -> tuple[Grid, ...]:
    """Everything that is assumed, by what it is assumed of, each with its status."""
    heads = ("of", "assumption", "status", "source")
    parts = (
        ("The engagement", _rules(scenario.rules)),
        ("Command modes", _modes(scenario)),
        ("Places: launch areas, sea areas, sites", _places(scenario)),
        ("Missile models", _models(scenario)),
        ("Interceptors", _interceptors(scenario)),
        ("Sensors", _sensors(scenario)),
    )
    return tuple(Grid(title, heads, tuple(rows)) for title, rows in parts)


def _rules(rules: EngagementRules) -> Iterator[Words]:
    for f in fields(rules):
        value = getattr(rules, f.name)
        name = f.name.replace("_", " ")
        if isinstance(value, Figure):
            yield name, stated(value), value.status, value.source
        elif f.name == "loft_offsets_deg":
            said = ", ".join(f"{loft} {offset:+g}°" for loft, offset in value)
            yield "lofts flown beside minimum energy", said or "none", "assumed", "the scenario"


def _modes(scenario: Scenario) -> Iterator[Words]:
    for m in scenario.modes:
        takes = f"decision takes {stated(m.decision_s)}"
        said = f"{takes}; silence means {m.on_silence}; needs a {m.confidence} track"
        yield m.name, said, m.decision_s.status, m.decision_s.source


def _places(scenario: Scenario) -> Iterator[Words]:
    for area in (*scenario.threat_areas, *scenario.deterrent_areas):
        kind = "one point" if area.area.kind == "point" else "a box, filled"
        missing = f"; no model of {', '.join(area.no_model)}" if area.no_model else ""
        yield area.name, f"{area.basing or 'missiles'}: {kind}{missing}", area.area.status, area.source
    for sea in scenario.sea_areas.values():
        yield sea.name, "ships may stand anywhere in the sea part of the box", sea.area.status, "the scenario"
    for site in scenario.sites.values():
        yield site.name, "coordinates to 0.1°", site.status, site.source


def _models(scenario: Scenario) -> Iterator[Words]:
    used = {m for t in scenario.threats for m in t.models}
    used |= {m for a in scenario.deterrent_areas for m in a.missiles}
    for name in sorted(used & set(scenario.missile_models)):
        model = scenario.missile_models[name]
        for sentence in model.assumptions or ("none beyond the source's own figures",):
            yield f"{model.missile_name}, {name} ({model.model_by})", sentence, model.status, model.source


def _interceptors(scenario: Scenario) -> Iterator[Words]:
    for model in scenario.interceptors.values():
        for claim in model.claims:
            for sentence in claim.assumptions:
                yield f"{model.name} ({claim.author})", sentence, "assumed", "a value of its class"


def _sensors(scenario: Scenario) -> Iterator[Words]:
    for s in scenario.sensors.values():
        sector = "all round, for want of a stated sector" if s.sector_deg is None else _sector(s.sector_deg)
        if s.kind == "satellite":
            said = f"sees burning missiles above the clouds; revisit {stated(s.revisit_s)}"
        else:
            target = (
                "against a stated target" if s.target_stated else "with no stated target: a cap, and marked"
            )
            said = f"{sector}; range {stated(s.range_km)} {target}; {s.track_quality} track"
        yield s.name, "; ".join((said, *s.assumptions)), s.status, s.source


def _sector(sector_deg: tuple[float, float]) -> str:
    return f"sector {sector_deg[0]:g}° to {sector_deg[1]:g}° clockwise from north"


def claims(scenario: Scenario) -> Grid:
    """Every author's figures of every interceptor, side by side; the one taken as declared is marked."""
    heads = ("interceptor", "author", *(label for _, label in _CLAIMED), "taken as declared", "source")
    rows = [
        (
            m.name,
            c.author,
            *(_claimed(c, name) for name, _ in _CLAIMED),
            _taken(c.id, m.declared_claim),
            c.source,
        )
        for m in scenario.interceptors.values()
        for c in m.claims
    ]
    return Grid("Interceptors: what each author claims", heads, tuple(rows))


def _claimed(claim: InterceptorClaim, name: str) -> str:
    return stated(getattr(claim, name))


def _taken(claim: str, declared: str) -> str:
    return "yes" if claim == declared else "no"


def statements(scenario: Scenario) -> Grid:
    """Concerns, claims and measures by side, each with who said it, in the scenario's order of parties."""
    names = {p.id: p.name for p in scenario.parties}
    heads = ("side", "kind", "said by", "what is said", "status", "source")
    order = [*names, None]
    ranked = sorted(
        scenario.statements, key=lambda s: (order.index(s.party) if s.party in order else len(order), s.kind)
    )
    rows = tuple(
        (names.get(s.party or "", s.party or "others"), s.kind, *_said(s, names), s.status, s.source)
        for s in ranked
    )
    return Grid("Concerns, claims and measures by side, with who said them", heads, rows)


def _said(statement: Statement, names: dict[str, str]) -> tuple[str, str]:
    """(who, what): a claim or measure names its speaker before the first colon, a concern is its party's."""
    who, colon, what = statement.text.partition(": ")
    if colon and statement.kind != "concern":
        return f"{who} said", what
    return f"{names.get(statement.party or '', 'others')} said", statement.text


def sources(scenario: Scenario) -> tuple[tuple[str, str], ...]:
    """(short name, full reference), in alphabetical order."""
    return tuple(sorted(scenario.sources.items()))
