"""Interceptors with every author's claim, and the class values that stand in where an author gives none."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from equipoise.scenario.builders.defaults import interceptor_class
from equipoise.scenario.edges.base import Value
from equipoise.scenario.edges.defaults import InterceptorClass
from equipoise.scenario.edges.defence import InterceptorClaimEdge, InterceptorEdge, Range
from equipoise.scenario.types import InterceptorClaim, InterceptorModel
from equipoise.scenario.values import Figure, Status, unknown, weakest

Cite = Callable[[str | None, str | None], str]
"""(key, how) to the source in words or to its key among all sources."""


def build_interceptor(edge: InterceptorEdge, cite: Cite) -> InterceptorModel:
    """All claims on one interceptor. ``declared_claim`` stays empty: only a scenario declares."""
    group = interceptor_class(edge.id, edge.interceptor_class)
    slugs = _slugs([c.author for c in edge.claims])
    claims = tuple(
        _Claim(edge, claim, group, cite).build(f"{edge.id}/{slug}")
        for claim, slug in zip(edge.claims, slugs, strict=True)
    )
    return InterceptorModel(edge.id, edge.name, edge.owner or "not stated", claims, declared_claim="")


def _slugs(authors: list[str]) -> list[str]:
    """One word an author, numbered where an author stands twice."""
    plain = [re.sub(r"[^a-z0-9]+", "-", a.lower()).strip("-") for a in authors]
    return [
        slug if plain[:at].count(slug) == 0 else f"{slug}-{plain[:at].count(slug) + 1}"
        for at, slug in enumerate(plain)
    ]


WINDOW_WORDS = {
    "altitude_min_km": "lowest meeting altitude",
    "altitude_max_km": "highest meeting altitude",
    "range_vs_ballistic_km": "range against ballistic missiles",
    "range_km": "range",
}


@dataclass
class _Claim:
    """One author's claim being built; ``assumed`` gathers a sentence for each value put in."""

    interceptor: InterceptorEdge
    edge: InterceptorClaimEdge
    group: InterceptorClass | None
    cite: Cite
    assumed: list[str] = field(default_factory=list)

    def build(self, id: str) -> InterceptorClaim:
        edge, group = self.edge, self.group
        altitude = self._altitude(group)
        burnout = self._time_to_burnout(group)
        # A window is an operand: without one nothing can be computed, so a class value stands in.
        low = self._from_sibling("altitude_min_km", group.altitude_min_km if group else None)
        high = self._from_sibling("altitude_max_km", group.altitude_max_km if group else None)
        reach = self._range(group)
        return InterceptorClaim(
            id=id,
            model=self.interceptor.id,
            author=edge.author,
            speed_km_s=self._speed(),
            burnout_altitude_km=altitude,
            time_to_burnout_s=burnout,
            flight_cap_s=self._cap(),
            altitude_min_km=low,
            altitude_max_km=high,
            range_km=reach,
            status=edge.status,
            source=self._source(),
            note="; ".join(n for n in (edge.model, edge.qualifier, edge.note) if n),
            assumptions=tuple(self.assumed),
        )

    def _source(self) -> str:
        return self.cite(self.edge.source, self.edge.how)

    def _speed(self) -> Figure:
        given = self.edge.burnout_speed_km_s
        if self.edge.burnout_speeds_km_s:
            speeds = self.edge.burnout_speeds_km_s
            given = Range(low=min(speeds), high=max(speeds))
        if given is None or given.low is None or given.high is None:
            return unknown("km/s", self._source(), "no speed in this claim")
        return _figure(given.low, given.high, "km/s", self.edge.status, self._source(), given.note or "")

    def _altitude(self, group: InterceptorClass | None) -> Figure:
        given = self.edge.burnout_altitude_km
        if given is not None and given.value is not None:
            if given.status == "assumed":
                self.assumed.append(f"The speed is taken to hold at {given.value:g} km altitude (assumed).")
            return Figure(given.value, "km", given.status, self._said(given), note=given.note or "")
        if group is None:
            return unknown("km", self._source())
        return self._class_value(
            "the speed is taken to hold at", group.burnout_altitude_km, "km altitude", group
        )

    def _time_to_burnout(self, group: InterceptorClass | None) -> Figure:
        given, burn = self.edge.time_to_burnout_s, self.edge.burn_time_s
        if given is not None and given.low is not None and given.high is not None:
            status = weakest(given.status or self.edge.status)
            if status == "assumed":
                self.assumed.append(f"Burnout {_span(given.low, given.high)} s after launch (assumed).")
            source = self.cite(given.source, given.how or "class value")
            return _figure(given.low, given.high, "s", status, source, given.note or "")
        if burn is not None and burn.low is not None and burn.high is not None:
            self.assumed.append(
                f"Burnout taken at the burn time, {_span(burn.low, burn.high)} s, without coasts."
            )
            status = weakest("assumed", self.edge.status)
            return _figure(burn.low, burn.high, "s", status, self._source(), "the burn time")
        if group is None:
            return unknown("s", self._source())
        low, high = group.time_to_burnout_s
        self.assumed.append(
            f"Burnout {_span(low, high)} s after launch: {group.says} (class {group.id}, assumed)."
        )
        return _figure(low, high, "s", "assumed", f"class {group.id}", group.says)

    def _cap(self) -> Figure:
        given = self.edge.flight_cap_s
        if given is None or given.value is None:
            return unknown("s", self._source(), "no cap on the flight is declared")
        if given.status == "assumed":
            self.assumed.append(f"Longest flight {given.value:g} s (assumed).")
        return Figure(given.value, "s", given.status, self._said(given), note=given.note or "")

    def _range(self, group: InterceptorClass | None) -> Figure:
        own = self.edge.range_vs_ballistic_km or self.edge.range_km
        if own is not None:
            note = "against ballistic missiles" if self.edge.range_vs_ballistic_km else "target not stated"
            return Figure(own, "km", self.edge.status, self._source(), note=note)
        against = self._from_sibling("range_vs_ballistic_km", None)
        return against if against.known else self._from_sibling("range_km", group.range_km if group else None)

    def _from_sibling(self, name: str, class_value: float | None) -> Figure:
        """The author's value; else another's of the same interceptor; else the class's; else unknown."""
        words = WINDOW_WORDS[name]
        own = getattr(self.edge, name)
        if own is not None:
            return Figure(own, "km", self.edge.status, self._source())
        for other in self.interceptor.claims:
            value = getattr(other, name)
            if value is not None:
                self.assumed.append(
                    f"{words.capitalize()} {value:g} km is that of {other.author} (assumed here)."
                )
                return Figure(
                    value, "km", weakest("assumed", other.status), self.cite(other.source, other.how)
                )
        if class_value is None or self.group is None:
            return unknown("km", self._source(), f"no {words} is declared")
        return self._class_value(words, class_value, "km", self.group)

    def _class_value(self, words: str, value: float, unit: str, group: InterceptorClass) -> Figure:
        sentence = f"{words} {value:g} {unit}: {group.says} (class {group.id}, assumed)."
        self.assumed.append(sentence[0].upper() + sentence[1:])
        return Figure(value, "km", "assumed", f"class {group.id}", note=group.says)

    def _said(self, value: Value) -> str:
        return self.cite(value.source, value.how or "class value")


def _figure(low: float, high: float, unit: str, status: Status, source: str, note: str) -> Figure:
    if low == high:
        return Figure(low, unit, status, source, note=note)
    return Figure(None, unit, status, source, low, high, note)


def _span(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"
