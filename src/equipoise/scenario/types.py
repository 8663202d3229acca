"""The declared facts as plain frozen values: what every room above takes as its input.

Figures keep their source and status. Latitude and longitude are geodetic WGS84 degrees, east positive;
sectors run clockwise from true north; units stand in the names. A validity is half-open, [start, end).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from equipoise.flight import Missile
from equipoise.scenario.command import ReleaseRule
from equipoise.scenario.values import Area, Figure, Status


@dataclass(frozen=True)
class Membership:
    """A State in a party, with dates (ISO text; empty end = still)."""

    country: str
    """ISO 3166-1 alpha-2."""
    name: str
    joined: str | None
    left: str | None = None
    status: Status = "assumed"
    """Of the dates."""
    source: str = ""


@dataclass(frozen=True)
class Party:
    id: str
    name: str
    members: tuple[Membership, ...]

    def members_on(self, date: str) -> tuple[Membership, ...]:
        """Those that are members on ``date`` (YYYY-MM-DD)."""
        return tuple(
            m
            for m in self.members
            if (m.joined is None or m.joined <= date) and (m.left is None or date < m.left)
        )


@dataclass(frozen=True)
class MissileModel:
    """One author's model of one missile, ready to fly, with what is published beside it."""

    id: str
    missile_name: str
    holder: str
    role: str
    use: str
    model_by: str
    status: Status
    source: str
    missile: Missile
    ballistic_coefficient_status: Status
    assumptions: tuple[str, ...]
    """Each default that the builder put in, as a sentence with its unit."""
    published: tuple[tuple[str, Figure], ...] = ()
    """(quantity, figure)."""
    notes: str = ""


@dataclass(frozen=True)
class LaunchArea:
    """Where missiles of one holder may stand. For deterrents ``party`` is set; for threats it is None."""

    id: str
    name: str
    holder: str
    """A member (deterrents) or a third party (threats)."""
    party: str | None
    area: Area
    basing: str
    status: Status
    source: str
    missiles: tuple[str, ...]
    """Ids of missile models, all of which are run; a name without a model stands in ``no_model``."""
    no_model: tuple[str, ...] = ()


@dataclass(frozen=True)
class Threat:
    """A third party's missile as known on the scenario's day: its candidate models and launch areas."""

    id: str
    name: str
    holder: str
    models: tuple[str, ...]
    launch_areas: tuple[str, ...]
    state: str
    """tested | deployed | projected | failed, as known on the day."""
    state_since: str
    assessed: bool
    """False = projected only: run apart, never mixed into the denominator of the assessed threats."""
    status: Status
    source: str
    note: str = ""


@dataclass(frozen=True)
class End:
    """A city area to which deterrent flights are drawn, as the papers draw them; not a target list."""

    id: str
    name: str
    member: str
    area: Area
    status: Status


@dataclass(frozen=True)
class InterceptorClaim:
    """One author's figures for one interceptor. A speed never stands without its altitude."""

    id: str
    """``model/author`` slug, unique."""
    model: str
    author: str
    speed_km_s: Figure
    """At burnout, at ``burnout_altitude_km``, relative to the Earth, any elevation unless noted."""
    burnout_altitude_km: Figure
    time_to_burnout_s: Figure
    flight_cap_s: Figure
    """Longest flight from its own launch; unknown = none declared (run at 600 s and at none)."""
    altitude_min_km: Figure
    altitude_max_km: Figure
    range_km: Figure
    status: Status
    source: str
    note: str = ""
    assumptions: tuple[str, ...] = ()
    """Class values put in where the author gives none, each as a sentence."""


@dataclass(frozen=True)
class InterceptorModel:
    id: str
    name: str
    owner: str
    claims: tuple[InterceptorClaim, ...]
    declared_claim: str
    """Id of the claim that stands as the owner's declared vector in this scenario; empty in the catalogue."""
    shots: int = 1
    declared_why: str = ""
    """Why this claim and no other."""


@dataclass(frozen=True)
class Battery:
    """Interceptors of one member at one site or in one sea area."""

    id: str
    interceptor: str
    number: int | None
    site: str | None
    sea_area: str | None
    member: str
    party: str
    status: Status
    source: str
    treaty_note: str = ""
    """What an earlier treaty allowed, where it did."""


@dataclass(frozen=True)
class Site:
    id: str
    name: str
    member: str
    lat_deg: float
    lon_deg: float
    status: Status
    source: str
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True)
class SeaArea:
    id: str
    name: str
    area: Area


@dataclass(frozen=True)
class RangeClaim:
    author: str
    range_km: Figure
    target: str
    target_stated: bool


@dataclass(frozen=True)
class Sensor:
    """A radar or a warning satellite system. ``sector_deg`` None = unknown, taken as all round and said."""

    id: str
    name: str
    party: str
    member: str
    kind: Literal["radar", "satellite"]
    lat_deg: float | None
    lon_deg: float | None
    sea_area: str | None
    sector_deg: tuple[float, float] | None
    sector_status: Status
    elevation_min_deg: float
    revisit_s: Figure
    range_claims: tuple[RangeClaim, ...]
    range_km: Figure
    """The one used: the claim chosen for this scenario, or unknown = horizon only."""
    target_stated: bool
    """False = the range has no stated target: marked, and the run without this sensor stands beside."""
    track_quality: Literal["warning", "search", "fire-control"]
    status: Status
    source: str
    assumptions: tuple[str, ...] = ()
    valid_from: str | None = None
    """First day of operation as reported (YYYY, YYYY-MM or YYYY-MM-DD); None = not known."""
    valid_to: str | None = None


@dataclass(frozen=True)
class Architecture:
    """A dated proposal or a member's own system: batteries and sensors, and who proposed it."""

    id: str
    name: str
    proposer_party: str | None
    proposer_member: str | None
    dates: tuple[tuple[str, str], ...]
    command_mode: str | None
    batteries: tuple[Battery, ...]
    sensors: tuple[str, ...]
    joins: tuple[str, ...]
    """Ids of architectures (own systems of either party) that a joint mode would pool with this one."""
    own_system: bool
    elements: tuple[str, ...]
    undeclared: tuple[str, ...]
    """What this proposal leaves open, each as a sentence: the questions for the next meeting."""
    objections: tuple[tuple[str, str], ...]
    status: Status
    source: str
    put_together: tuple[str, ...] = ()
    """What this scenario added so that the proposal can be computed, each as a sentence; all assumed."""
    judged_on: str | None = None
    """The day or year at which it is taken, where that is not the scenario's own day."""
    sensors_missing: bool = False
    """True where the facts lack the sensors that it rests on: its coverage is then not computed, not nil."""
    joint: bool = False
    """True where it was proposed as a joint system of both parties; else joining it is a what-if."""


@dataclass(frozen=True)
class Statement:
    """A concern, claim or measure kept as data: verdicts on them come from the rooms above."""

    id: str
    kind: Literal["concern", "claim", "measure"]
    party: str | None
    text: str
    status: Status
    source: str
    about: tuple[str, ...] = ()
    data: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Country:
    id: str
    """ISO 3166-1 alpha-2."""
    name: str
    population: int
    population_source: str


@dataclass(frozen=True)
class Region:
    """A country, or a part of one where that matters, whose people are counted together."""

    id: str
    country: str
    name: str


@dataclass(frozen=True)
class InventedRegion:
    """A box of a fictional scenario where a member's people live, spread evenly."""

    id: str
    name: str
    member: str
    """Stands where a real member has its country code."""
    area: Area
    population: int


@dataclass(frozen=True)
class EngagementRules:
    """Assumed figures of the engagement, all stated in the scenario with unit and status."""

    cloud_break_km: Figure
    detection_delay_s: Figure
    """From first light to a warning report (scans to confirm), satellites."""
    radar_track_s: Figure
    """From a radar's first sight to a track that can be fired on."""
    first_light_floor_s: Figure
    """Least time from cloud break to a launch order in the worst case."""
    loft_offsets_deg: tuple[tuple[str, float], ...]
    """Named lofts as offsets from minimum energy, such as ("lofted", 15.0)."""
    disruptive_share: Figure
    single_shot: Figure
    """Unknown unless declared with a source: leakage is then left out of the first screen."""
    salvo: int = 2


@dataclass(frozen=True)
class Scenario:
    id: str
    title: str
    question: str
    as_of: str
    parties: tuple[Party, Party]
    observer: str
    threats: tuple[Threat, ...]
    threat_areas: tuple[LaunchArea, ...]
    deterrent_areas: tuple[LaunchArea, ...]
    ends: tuple[End, ...]
    missile_models: dict[str, MissileModel]
    interceptors: dict[str, InterceptorModel]
    sites: dict[str, Site]
    sea_areas: dict[str, SeaArea]
    sensors: dict[str, Sensor]
    architectures: dict[str, Architecture]
    modes: tuple[ReleaseRule, ...]
    rules: EngagementRules
    regions: tuple[Region, ...]
    region_splits: tuple[tuple[str, float, str, str], ...]
    """(country, meridian_deg, name west of it, name east of it)."""
    statements: tuple[Statement, ...]
    seed: int
    fictional: bool = False
    digest: str = ""
    """SHA-256 of the canonical declared facts."""
    map_window: tuple[float, float, float, float] = (-25.0, 30.0, 65.0, 72.0)
    """(west, south, east, north), degrees, of the coverage maps."""
    sources: dict[str, str] = field(default_factory=dict)
    invented_regions: tuple[InventedRegion, ...] = ()
    """Where the members of a fictional scenario live; a member listed here has no land in the real world."""
    baseline_notes: tuple[tuple[str, str], ...] = ()
    """(party, sentence): what its members have of their own that the facts have no place for."""
    declared_warheads: tuple[tuple[str, Figure], ...] = ()
    """(party, how many warheads it declares): what the second reading of a guarantee is a share of."""
    threats_left_out: tuple[tuple[str, str], ...] = ()
    """(name, why): missiles known on the day that are not run."""
