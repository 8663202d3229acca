"""The interceptor of an operand file: the figures given, else a claim's, else a class's, each said."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from equipoise.scenario.builders.defaults import defaults
from equipoise.scenario.builders.meant import same
from equipoise.scenario.edges.defaults import InterceptorClass
from equipoise.scenario.edges.operands import InterceptorPart
from equipoise.scenario.reading import Document, did_you_mean
from equipoise.scenario.reading.yaml_text import KeyPath
from equipoise.scenario.stated import Range, StatedFigures
from equipoise.scenario.types import InterceptorClaim, Scenario
from equipoise.scenario.values import Figure

PATH: KeyPath = ("interceptor",)
CAPS_S = (600.0, math.inf)
"""Where no cap is declared the flight runs from 600 s to none (DESIGN: Guarantee)."""
LINE_KM = 100.0
FASTEST_KM_S = 12.0
"""Above this no chemical interceptor stands, and no needed speed is looked for."""
IN_AIR_KM, IN_AIR_TOP_KM = 40.0, 150.0
"""As reach takes them: a speed quoted lower, with no meeting above the second, is held in the air."""
IN_AIR = "It stays in the air: it flies straight, and holds its speed."
OUT_OF_AIR = (
    "The speed is quoted inside the air and the meeting may lie above it: it coasts from that altitude on, "
    "and what the air takes from it is left out."
)
READER, EVERY = "the reader", "all"


def build_figures(
    document: Document, part: InterceptorPart, scenario: Scenario
) -> tuple[tuple[StatedFigures, ...], tuple[str, ...]]:
    """(figures, one set a claim taken; what was assumed). InputError at the field that makes nonsense."""
    claims = _claims(document, part, scenario)
    group = _class(document, part)
    said: list[str] = []
    found = []
    for claim in claims or (None,):
        taken = _Taken(document, part, claim, group)
        figures = taken.build()
        _check(document, figures)
        found.append(figures)
        said += taken.assumed
    return tuple(dict.fromkeys(found)), tuple(dict.fromkeys(said))


def _claims(document: Document, part: InterceptorPart, scenario: Scenario) -> tuple[InterceptorClaim, ...]:
    """The claims that the file names: by default the one that the scenario takes as declared."""
    if part.model is None:
        if part.claim is not None:
            raise document.fault("missing-field", PATH, name="model")
        return ()
    models = scenario.interceptors
    if part.model not in models:
        near, known = did_you_mean(part.model, models), ", ".join(models)
        path = (*PATH, "model")
        raise document.fault("unknown-interceptor", path, name=part.model, nearest=near, known=known)
    model = models[part.model]
    able = [c for c in model.claims if c.speed_km_s.known or part.speed_km_s is not None]
    if part.claim == EVERY:
        return tuple(able)
    if part.claim is not None:
        by_name = {c.id.split("/")[-1]: c for c in model.claims} | {c.author: c for c in model.claims}
        by_name |= {c.id: c for c in model.claims}
        if part.claim not in by_name:
            near, known = did_you_mean(part.claim, by_name), ", ".join(c.id for c in model.claims)
            names = {"interceptor": model.name, "name": part.claim, "nearest": near, "known": known}
            raise document.fault("unknown-claim", (*PATH, "claim"), **names)
        return (by_name[part.claim],)
    declared = [c for c in model.claims if c.id == model.declared_claim]
    return tuple(declared or able[:1])


def _class(document: Document, part: InterceptorPart) -> InterceptorClass | None:
    if part.kind is None:
        return None
    classes = {c.id: c for c in defaults().interceptor_classes}
    kind = next((name for name in classes if same(name, part.kind)), None)
    if kind is None:
        near, known = did_you_mean(part.kind, classes), ", ".join(classes)
        raise document.fault("wrong-word", (*PATH, "class"), found=part.kind, nearest=near, known=known)
    return classes[kind]


@dataclass
class _Taken:
    """One set of figures being gathered; ``assumed`` gathers a sentence for each value that was not given."""

    document: Document
    part: InterceptorPart
    claim: InterceptorClaim | None
    group: InterceptorClass | None
    assumed: list[str] = field(default_factory=list)

    def build(self) -> StatedFigures:
        part = self.part
        speed = part.speed_km_s or (self.claim.speed_km_s.bounds if self.claim else None)
        quoted = self._quoted(speed)
        burn = self._burn(speed, quoted)
        group = self.group
        floor = self._take("altitude_min_km", group.altitude_min_km if group else None, "km lowest meeting")
        if floor is None:
            raise self.document.fault("missing-field", PATH, name="altitude_min_km")
        ceiling = self._take(
            "altitude_max_km", group.altitude_max_km if group else None, "km highest meeting"
        )
        reach = self._take("range_km", group.range_km if group else None, "km range")
        if quoted[0] < IN_AIR_KM:
            stays = ceiling is not None and ceiling[1] <= IN_AIR_TOP_KM
            self.assumed.append(IN_AIR if stays else OUT_OF_AIR)
        return StatedFigures(
            author=self.claim.author if self.claim and part.speed_km_s is None else READER,
            speed_km_s=speed,
            quoted_at_km=quoted,
            time_to_burnout_s=burn,
            flight_cap_s=self._cap(burn),
            altitude_min_km=floor,
            altitude_max_km=ceiling or (math.inf, math.inf),
            range_km=reach or (math.inf, math.inf),
        )

    def _take(self, name: str, class_value: float | None, words: str) -> Range | None:
        """The reader's figure, else the claim's, else the class's; the last two are said."""
        given: Range | None = getattr(self.part, name)
        if given is not None:
            return given
        figure: Figure | None = getattr(self.claim, name) if self.claim else None
        if figure is not None and figure.bounds is not None:
            self._say(figure.bounds, words, f"{self.claim.author if self.claim else ''}, {figure.status}")
            return figure.bounds
        if class_value is None or self.group is None:
            return None
        self._say((class_value, class_value), words, f"class {self.group.id}, assumed")
        return class_value, class_value

    def _say(self, ends: Range, words: str, whose: str) -> None:
        low, high = (f"{v:g}" for v in ends)
        self.assumed.append(f"{low if low == high else f'{low} to {high}'} {words} ({whose}).")

    def _quoted(self, speed: Range | None) -> Range:
        part, group = self.part, self.group
        if part.speed_at_km is not None:
            return part.speed_at_km
        if speed is None and part.time_to_100_km_s is not None:
            return LINE_KM, LINE_KM
        figure = self.claim.burnout_altitude_km.bounds if self.claim else None
        if figure is not None:
            self._say(figure, "km as the altitude of the speed", "the claim's, or assumed there")
            return figure
        if group is not None:
            at = group.burnout_altitude_km
            self._say((at, at), "km as the altitude of the speed", f"class {group.id}, assumed")
            return at, at
        path = PATH if speed is None or part.speed_km_s is None else (*PATH, "speed_km_s")
        raise self.document.fault("speed-without-its-altitude", path)

    def _burn(self, speed: Range | None, quoted: Range) -> Range:
        """Time to the altitude of the speed; a time to 100 km is carried on at that speed, straight up."""
        part, group = self.part, self.group
        if part.time_to_burnout_s is not None:
            if part.time_to_100_km_s is not None:
                raise self.document.fault(
                    "one-of-two", (*PATH, "time_to_100_km_s"), other="time_to_burnout_s"
                )
            return part.time_to_burnout_s
        if part.time_to_100_km_s is not None:
            return self._from_line(part.time_to_100_km_s, speed, quoted)
        figure = self.claim.time_to_burnout_s.bounds if self.claim else None
        if figure is not None:
            self._say(figure, "s to burnout", "the claim's, or assumed there")
            return figure
        if group is not None:
            low, high = group.time_to_burnout_s
            at = group.burnout_altitude_km
            as_there = quoted == (at, at)
            words = "s to burnout" if as_there else f"s to the altitude of the speed, as to {at:g} km"
            self._say((low, high), words, f"class {group.id}, assumed")
            return low, high
        raise self.document.fault("missing-field", PATH, name="time_to_burnout_s")

    def _from_line(self, line_s: Range, speed: Range | None, quoted: Range) -> Range:
        if quoted == (LINE_KM, LINE_KM):
            return line_s
        if speed is None:  # nothing to carry it on at
            raise self.document.fault("missing-field", PATH, name="time_to_burnout_s")
        more = sorted((at - LINE_KM) / v for at in quoted for v in speed)
        low, high = line_s[0] + more[0], line_s[1] + more[-1]
        if low <= 0.0:
            raise self.document.fault(
                "out-of-range", (*PATH, "time_to_100_km_s"), found=line_s[0], rule="later"
            )
        self._say((low, high), "s to the altitude of the speed", "worked out from the time to 100 km")
        return low, high

    def _cap(self, burn: Range) -> Range:
        """From the interceptor's own launch: one that counts from burnout is converted."""
        given = self.part.flight_cap_s
        if given is not None and self.part.flight_cap_counts_from == "burnout":
            converted = (given[0] + burn[0], given[1] + burn[1])
            self._say(converted, "s flight cap from launch", "converted from one that counts from burnout")
            return converted
        if given is not None:
            return given
        figure = self.claim.flight_cap_s if self.claim else None
        if figure is not None and figure.bounds is not None and figure.status in ("read", "reported"):
            self._say(figure.bounds, "s flight cap", f"the claim's, {figure.status}")
            return figure.bounds
        self.assumed.append(
            "No flight cap is declared: 600 s and none are the two ends (an assumed one binds nobody)."
        )
        return CAPS_S


def _check(document: Document, figures: StatedFigures) -> None:
    """Refuse what no model can answer, at its field."""
    speed, quoted = figures.speed_km_s, figures.quoted_at_km
    floor, ceiling = figures.altitude_min_km, figures.altitude_max_km
    if floor[1] > ceiling[0]:
        names = {"floor": f"{floor[1]:g}", "ceiling": f"{ceiling[0]:g}"}
        raise document.fault("floor-above-ceiling", (*PATH, "altitude_min_km"), **names)
    if figures.flight_cap_s[0] <= figures.time_to_burnout_s[1]:
        names = {"cap": f"{figures.flight_cap_s[0]:g}", "burn": f"{figures.time_to_burnout_s[1]:g}"}
        raise document.fault("operands-cap", (*PATH, "flight_cap_s"), **names)
    if speed is None:
        return
    if speed[1] > FASTEST_KM_S:
        rule = f"at most {FASTEST_KM_S:g} km/s"
        raise document.fault("out-of-range", (*PATH, "speed_km_s"), found=f"{speed[1]:g}", rule=rule)
    needed = climb_km_s(quoted[1], floor[0])
    if speed[1] < needed:
        names = {"speed": f"{speed[1]:g}", "quoted": f"{quoted[1]:g}", "floor": f"{floor[0]:g}"}
        raise document.fault("operands-slow", (*PATH, "speed_km_s"), needed=f"{needed:.2f}", **names)


MU_KM3_S2, EARTH_KM = 398600.4418, 6371.0
"""WGS84's gravitational parameter, and the mean radius."""


def climb_km_s(start_km: float, floor_km: float) -> float:
    """Least speed that rises from one altitude to another, straight up: energy alone."""
    start, top = EARTH_KM + start_km, EARTH_KM + floor_km
    return math.sqrt(max(2.0 * MU_KM3_S2 * (1.0 / start - 1.0 / top), 0.0))
