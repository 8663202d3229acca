"""A checked operand file to the frozen value: names resolved in the scenario, then in the catalogue."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import TypeVar

from equipoise.scenario.builders.figures import FASTEST_KM_S, build_figures
from equipoise.scenario.builders.meant import Named, meant, same
from equipoise.scenario.edges.operands import BurnoutPart, CommitPart, OperandFile, Spot
from equipoise.scenario.facts_types import Catalogue
from equipoise.scenario.geography import fill_area
from equipoise.scenario.reading import Document, did_you_mean
from equipoise.scenario.reading.yaml_text import KeyPath
from equipoise.scenario.stated import (
    AlsoCounted,
    Asked,
    BurnoutProfile,
    StatedCommit,
    StatedFigures,
    StatedOperands,
    StatedPlace,
)
from equipoise.scenario.types import End, LaunchArea, MissileModel, Party, Scenario
from equipoise.scenario.values import Area, InputError

Entry = TypeVar("Entry", bound=Named)
GRAVITY_M_S2 = 9.81
OF_THE_FILE = "stated in the file"


def build_operands(
    document: Document, file: OperandFile, scenario: Scenario, catalogue: Catalogue
) -> StatedOperands:
    """The reader's vector. InputError with line and field: an unknown name, a value outside any model."""
    return _Builder(document, file, scenario, catalogue).build()


@dataclass
class _Builder:
    """One file being resolved; ``models`` and ``assumed`` gather as names are met."""

    document: Document
    file: OperandFile
    scenario: Scenario
    catalogue: Catalogue
    models: dict[str, MissileModel] = field(default_factory=dict)
    assumed: list[str] = field(default_factory=list)

    def build(self) -> StatedOperands:
        file = self.file = self._by_id()
        figures, said = build_figures(self.document, file.interceptor, self.scenario)
        places = tuple(self._place(p, n) for n, p in enumerate(file.place))
        owner = self._owner()
        profiles, named = self._missiles()
        launch = self._launch(owner, named, profiles)
        aim = self._aim(owner)
        ask = file.ask
        self._say_defaults(owner, launch, aim)
        self._say_elevation(figures)
        self._check_asked(figures)
        return StatedOperands(
            id=file.id,
            title=file.title,
            owner=owner.id,
            interceptor=file.interceptor.model or file.interceptor.kind or "the reader's",
            figures=figures,
            places=places,
            launch=launch,
            aim=aim,
            models=self.models,
            profiles=profiles,
            lofts=self._lofts(),
            commit=self._commit(file.commit, profiles),
            elevation_deg=file.interceptor.speed_at_elevation_deg,
            meetings_before_burnout=self._boost(profiles),
            number=file.interceptor.number,
            shots_each=file.interceptor.shots_each,
            also_counted=self._counted(),
            declared_warheads=file.declared_warheads,
            surviving_warheads=tuple(file.surviving_warheads),
            asked=Asked(
                self._commits_asked(profiles),
                ask.commits_count_from,
                tuple(ask.latest_commit_at_speeds_km_s),
                tuple(ask.flight_caps_s),
                ask.flight_caps_count_from or file.interceptor.flight_cap_counts_from,
            ),
            assumed=(*said, *self.assumed),
            stands=(self.document.file, *self.document.place(self._stands())),
        )

    def _by_id(self) -> OperandFile:
        """The file with the owner and the interceptor by their ids, however they were written."""
        file, part = self.file, self.file.interceptor
        owner = file.owner
        if owner is not None:
            parties = {p.id: p for p in self.scenario.parties}
            of = {m.name.casefold(): p.id for p in self.scenario.parties for m in p.members}
            owner = of.get(owner.casefold(), meant(owner, parties))
        model = part.model if part.model is None else meant(part.model, self.scenario.interceptors)
        interceptor = part.model_copy(update={"model": model})
        return file.model_copy(update={"owner": owner, "interceptor": interceptor})

    def _stands(self) -> KeyPath:
        """Where in the file it stands what flies: the missile, or else where it starts."""
        return next((p for p in (("missile",), ("launch",)) if p in self.document.marks), ())

    def _say_defaults(self, owner: Party, launch: Iterable[LaunchArea], aim: Iterable[End]) -> None:
        if self.file.owner is None:
            self.assumed.append(f"The interceptor's owner is {owner.name}, from the names given.")
        if self.file.launch is None:
            self.assumed.append(f"Launch areas, none being stated: {', '.join(a.name for a in launch)}.")
        if self.file.aim is None:
            self.assumed.append(f"Aims, none being stated: {', '.join(e.name for e in aim)}.")
        if self.file.loft_offset_deg is None:
            self.assumed.append("Lofts: minimum energy and the offsets that the scenario states.")

    def _say_elevation(self, figures: tuple[StatedFigures, ...]) -> None:
        """An elevation has no effect on the speed: that is said, with what gravity would make of it.

        A climb held at an angle γ for t seconds loses g t sin γ to gravity.
        """
        ends = self.file.interceptor.speed_at_elevation_deg
        if ends is None:
            self.assumed.append("The speed's elevation is not stated: it is taken alike in every direction.")
            return
        low, high = ends
        loss = GRAVITY_M_S2 / 1e3 * max(f.time_to_burnout_s[1] for f in figures)
        slower, faster = loss * (1.0 - math.sin(math.radians(low))), loss * math.sin(math.radians(high))
        angle = f"{low:g}" if low == high else f"{low:g} to {high:g}"
        self.assumed.append(
            f"The elevation of {angle} deg at which the speed is quoted has no effect here: the speed is "
            f"taken alike in every direction. Were the angle held through the burn, gravity would make a "
            f"climb straight up {slower:.2f} km/s slower and a level one {faster:.2f} km/s faster."
        )

    def _check_asked(self, figures: tuple[StatedFigures, ...]) -> None:
        """Speeds and caps in the question that no model can answer."""
        ask, burn = self.file.ask, max(f.time_to_burnout_s[1] for f in figures)
        for number, speed in enumerate(ask.latest_commit_at_speeds_km_s):
            if not 0.0 < speed <= FASTEST_KM_S:
                path: KeyPath = self._path("ask", "latest_commit_at_speeds_km_s", number)
                rule = f"above 0 and at most {FASTEST_KM_S:g} km/s"
                raise self.document.fault("out-of-range", path, found=f"{speed:g}", rule=rule)
        counts = ask.flight_caps_count_from or self.file.interceptor.flight_cap_counts_from
        for number, cap in enumerate(ask.flight_caps_s):
            if counts == "launch" and cap <= burn:
                path = self._path("ask", "flight_caps_s", number)
                raise self.document.fault("operands-cap", path, cap=f"{cap:g}", burn=f"{burn:g}")

    def _place(self, given: str | Spot, number: int) -> StatedPlace:
        path: KeyPath = self._path("place", number)
        if isinstance(given, Spot):
            area = self._area(given, path, sea=given.box if given.sea is None else given.sea)
            return StatedPlace(_name(given), area)
        sites = self.catalogue.sites | self.scenario.sites
        seas = self.catalogue.sea_areas | self.scenario.sea_areas
        given = meant(given, {**sites, **seas})
        if given in sites:
            site = sites[given]
            point = (site.lat_deg, site.lat_deg), (site.lon_deg, site.lon_deg)
            return StatedPlace(given, Area("point", *point, site.status))
        if given not in seas:
            raise self._unknown("operands-place", {**sites, **seas}, given, path)
        return StatedPlace(given, self._filled(seas[given].area, path))

    def _path(self, *path: str | int) -> KeyPath:
        """A list's entry, or the field itself where it was written without a list."""
        return path if path in self.document.marks else path[:-1]

    def _area(self, spot: Spot, path: KeyPath, *, sea: bool = False) -> Area:
        lat, lon = spot.lat_deg, spot.lon_deg
        if isinstance(lat, list) and isinstance(lon, list):
            return self._filled(Area("box", (lat[0], lat[1]), (lon[0], lon[1]), "assumed", sea), path)
        one_lat, one_lon = (v[0] if isinstance(v, list) else v for v in (lat, lon))
        return Area("point", (one_lat, one_lat), (one_lon, one_lon), "assumed")

    def _filled(self, area: Area, path: KeyPath) -> Area:
        """The area, once it is known that some of it can be stood on."""
        try:
            fill_area(area, 3)
        except InputError as error:
            box = error.message.split("box ")[-1].split(" is declared")[0]
            raise self.document.fault(error.id, path, box=box) from error
        return area

    def _owner(self) -> Party:
        """Stated, or from the interceptor's owner, or from the launch area's party."""
        parties, file = self.scenario.parties, self.file
        if file.owner is not None:
            by_name = {p.id: p for p in parties} | {p.name: p for p in parties}
            if file.owner not in by_name:
                raise self._unknown("unknown-party", {p.id: p for p in parties}, file.owner, ("owner",))
            return by_name[file.owner]
        of = {m.name: p for p in parties for m in p.members}
        if file.interceptor.model is not None:
            first = self.scenario.interceptors[file.interceptor.model].owner.split(" / ")[0]
            if first in of:
                return of[first]
        areas = self._known_areas()
        named = [meant(g, areas) for g in file.launch or () if isinstance(g, str)]
        for given in (n for n in named if n in areas):
            return next(p for p in parties if p.id != areas[given].party)
        sites = self.catalogue.sites | self.scenario.sites
        stands = [meant(p, sites) for p in file.place if isinstance(p, str)]
        hosts = [sites[p].member for p in stands if p in sites]
        if hosts and hosts[0] in of:
            return of[hosts[0]]
        raise self.document.fault("missing-field", (), name="owner")

    def _known_areas(self) -> dict[str, LaunchArea]:
        """Launch areas of the scenario, and those that only the catalogue has, by id."""
        models = self.catalogue.deterrent_models
        found = {}
        for a in self.catalogue.deterrent_areas.values():
            party = next((p.id for p in self.scenario.parties if p.name == a.party or p.id == a.party), None)
            names = (*a.missiles_2010, *a.missiles_2024)
            flown = tuple(dict.fromkeys(m for name in names for m in models.get(name, ())))
            found[a.id] = LaunchArea(
                a.id, a.name, a.member, party, a.area, a.basing, a.status, a.source, flown
            )
        return found | {a.id: a for a in self.scenario.deterrent_areas}

    def _missiles(self) -> tuple[tuple[BurnoutProfile, ...], tuple[str, ...]]:
        """(profiles, ids of models) that the file names; both empty where it names none."""
        profiles: list[BurnoutProfile] = []
        named: list[str] = []
        every = self.catalogue.missile_models | self.scenario.missile_models
        for number, given in enumerate(self.file.missile or ()):
            if isinstance(given, BurnoutPart):
                profiles += _profiles(given)
                continue
            ids = self._models(given)
            for id in ids:
                if id not in every:
                    known = {**self.catalogue.deterrent_models, **every}
                    path = self._path("missile", number)
                    raise self._unknown("unknown-missile", known, given, path)
                named.append(id)
        return tuple(dict.fromkeys(profiles)), tuple(dict.fromkeys(named))

    def _models(self, given: str) -> tuple[str, ...]:
        """Every model of a deterrent's name, however it is written; or one model by its id."""
        every = self.catalogue.deterrent_models
        if given in self.catalogue.missile_models | self.scenario.missile_models:
            return (given,)
        return next((every[n] for n in every if same(n, given)), (given,))

    def _launch(
        self, owner: Party, named: tuple[str, ...], profiles: tuple[BurnoutProfile, ...]
    ) -> tuple[LaunchArea, ...]:
        party = next(p for p in self.scenario.parties if p.id != owner.id)
        if self.file.launch is None:
            every = [a for a in self.scenario.deterrent_areas if a.party == party.id]
            return tuple(
                a for a in (self._armed(a, named, profiles, ("launch",)) for a in every) if a.missiles
            )
        areas = self._known_areas()
        found = []
        for number, given in enumerate(self.file.launch):
            path = self._path("launch", number)
            if isinstance(given, Spot):
                area = self._area(given, path, sea=bool(given.sea))
                name = _name(given)
                new = LaunchArea(name, name, party.name, party.id, area, "stated", "assumed", OF_THE_FILE, ())
                found.append(self._armed(new, named, profiles, path))
                continue
            given = meant(given, areas)
            if given not in areas:
                known = {k: a for k, a in areas.items() if a.party == party.id}
                raise self._unknown("unknown-launch-area", known, given, path)
            if areas[given].party != party.id:
                raise self.document.fault("operands-own", path, name=given, owner=owner.name)
            found.append(self._armed(areas[given], named, profiles, path))
        return tuple(found)

    def _armed(
        self, area: LaunchArea, named: tuple[str, ...], profiles: tuple[BurnoutProfile, ...], path: KeyPath
    ) -> LaunchArea:
        """The area with the missiles that are asked about: those named, or all that it holds."""
        ids = (*named, *(p.id for p in profiles)) or area.missiles
        if not ids and self.file.launch is not None:
            raise self.document.fault("operands-missile", path, name=area.name)
        every = self.catalogue.missile_models | self.scenario.missile_models
        self.models |= {i: every[i] for i in ids if i in every}
        return LaunchArea(
            area.id, area.name, area.holder, area.party, area.area, area.basing, area.status, area.source, ids
        )

    def _aim(self, owner: Party) -> tuple[End, ...]:
        """Named ends, places drawn here, or every end in the members of the interceptor's owner."""
        members = {m.name for m in owner.members} | {m.country for m in owner.members}
        mine = {e.id: e for e in self.scenario.ends if e.member in members}
        if self.file.aim is None:
            return tuple(mine.values())
        theirs = {e.id for e in self.scenario.ends} - set(mine)
        bare = {e.id: End(e.id, e.name, e.name, e.area, e.status) for e in self.catalogue.ends.values()}
        found = []
        for number, given in enumerate(self.file.aim):
            path = self._path("aim", number)
            if isinstance(given, Spot):
                area = self._area(given, path, sea=bool(given.sea))
                found.append(End(_name(given), _name(given), _name(given), area, "assumed"))
                continue
            given = meant(given, bare | {e.id: e for e in self.scenario.ends})
            if given in theirs:
                raise self.document.fault("operands-own-end", path, name=given, owner=owner.name)
            found.append(self._find("unknown-end", bare | mine, given, path))
        return tuple(found)

    def _lofts(self) -> tuple[tuple[str, float], ...]:
        given = self.file.loft_offset_deg
        if given is None:
            return (("minimum-energy", 0.0), *self.scenario.rules.loft_offsets_deg)
        low, high = given
        ends = dict.fromkeys((0.0, low, high) if low <= 0.0 <= high else (low, high))
        return tuple(("minimum-energy" if v == 0.0 else f"{v:+g} deg", v) for v in ends)

    def _commit(self, part: CommitPart | None, profiles: tuple[BurnoutProfile, ...]) -> StatedCommit | None:
        if part is None:
            return None
        for number, name in enumerate(part.sensors):
            self._find("unknown-sensor", self.scenario.sensors, name, ("commit", "sensors", number))
        if part.after_launch_s is not None:
            if part.after_launch_s[0] < 0.0:
                raise self._early("after_launch_s", part.after_launch_s[0])
            return StatedCommit("launch", part.after_launch_s)
        if part.after_burnout_s is not None:
            earliest = self._first_burnout_s(profiles) + part.after_burnout_s[0]
            if earliest < 0.0:
                raise self._early("after_burnout_s", earliest)
            return StatedCommit("burnout", part.after_burnout_s)
        if part.after_first_light_s is not None:
            return StatedCommit("first light", part.after_first_light_s)
        seconds = part.after_track_s or (0.0, 0.0)
        sensors = tuple(part.sensors) or tuple(self.scenario.sensors)
        return StatedCommit("track", seconds, part.track or "search", sensors)

    def _early(self, name: str, seconds: float) -> InputError:
        return self.document.fault("operands-commit", ("commit", name), early=f"{-seconds:g}")

    def _commits_asked(self, profiles: tuple[BurnoutProfile, ...]) -> tuple[float, ...]:
        start = self._first_burnout_s(profiles) if self.file.ask.commits_count_from == "burnout" else 0.0
        for number, value in enumerate(self.file.ask.needed_speed_at_commits_s):
            if start + value < 0.0:
                path = self._path("ask", "needed_speed_at_commits_s", number)
                raise self.document.fault("operands-commit", path, early=f"{-start - value:g}")
        return tuple(self.file.ask.needed_speed_at_commits_s)

    def _first_burnout_s(self, profiles: tuple[BurnoutProfile, ...]) -> float:
        """Seconds from launch of the earliest burnout among the missiles."""
        burns = [sum(s.burn_s + s.coast_s for s in m.missile.stages) for m in self.models.values()]
        return min((*burns, *(p.time_s for p in profiles)), default=0.0)

    def _counted(self) -> AlsoCounted | None:
        given = self.file.also_counted
        if given is None:
            return None
        known = self.scenario.architectures
        self._find("unknown-architecture", known, given.architecture, ("also_counted", "architecture"))
        return AlsoCounted(given.architecture, given.which)

    def _boost(self, profiles: tuple[BurnoutProfile, ...]) -> bool:
        if self.file.meetings_before_burnout and profiles:
            raise self.document.fault("operands-boost", ("meetings_before_burnout",))
        return self.file.meetings_before_burnout

    def _find(self, id: str, among: Mapping[str, Entry], name: str, path: KeyPath) -> Entry:
        if name not in among:
            raise self._unknown(id, among, name, path)
        return among[name]

    def _unknown(self, id: str, among: Mapping[str, object], name: str, path: KeyPath) -> InputError:
        near, known = did_you_mean(name, among), ", ".join(among)
        return self.document.fault(id, path, name=name, nearest=near, known=known)


def _name(spot: Spot) -> str:
    if spot.name is not None:
        return spot.name
    lat, lon = (v if isinstance(v, list) else [v] for v in (spot.lat_deg, spot.lon_deg))
    return f"{'-'.join(f'{v:g}' for v in lat)} N, {'-'.join(f'{v:g}' for v in lon)} E"


def _profiles(part: BurnoutPart) -> list[BurnoutProfile]:
    """Every combination of the ends that the file states."""
    ends = (dict.fromkeys(e) for e in (part.burnout_s, part.burnout_altitude_km, part.burnout_downrange_km))
    return [
        BurnoutProfile(f"burnout {t:g} s, {h:g} km up, {d:g} km along", t, h, d) for t, h, d in product(*ends)
    ]
