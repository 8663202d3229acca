"""A reader's own operand vector as plain values: what one asks of an interceptor and a protected flight.

Every operand may be a range, low end first; the verdict is taken over the box. Latitudes and longitudes are
geodetic WGS84 degrees; commits count as ``StatedCommit`` says; infinite = none binds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from equipoise.scenario.types import End, LaunchArea, MissileModel
from equipoise.scenario.values import Area

Range = tuple[float, float]
"""Low and high end; equal for one figure."""
CountsFrom = Literal["launch", "burnout", "first light", "track"]
"""The moment of the protected missile's flight from which a commit counts."""


@dataclass(frozen=True)
class StatedFigures:
    """One interceptor under one author's figures (or the reader's own).

    The speed is relative to the Earth at ``quoted_at_km``; None = not stated, so that only the speed needed
    can be given. ``flight_cap_s`` counts from the interceptor's own launch.
    """

    author: str
    speed_km_s: Range | None
    quoted_at_km: Range
    time_to_burnout_s: Range
    flight_cap_s: Range
    altitude_min_km: Range
    altitude_max_km: Range
    range_km: Range


@dataclass(frozen=True)
class StatedPlace:
    """Where the interceptor stands: a point, or a box that is filled."""

    id: str
    area: Area


@dataclass(frozen=True)
class BurnoutProfile:
    """A protected missile of which only the burnout is stated: it then takes the least-speed path to its aim.

    ``downrange_km`` is along the ground from launch to under the burnout, towards the aim.
    """

    id: str
    time_s: float
    altitude_km: float
    downrange_km: float


@dataclass(frozen=True)
class StatedCommit:
    """The earliest permitted launch; ``track``: the first of ``quality`` by ``sensors``, then ``seconds``."""

    counts_from: CountsFrom
    seconds: Range
    quality: Literal["warning", "search", "fire-control"] = "search"
    sensors: tuple[str, ...] = ()


Which = Literal["joint system", "in the region", "all that members own"]
"""Which interceptors of the owner count, beside an architecture's."""


@dataclass(frozen=True)
class AlsoCounted:
    """The owner's interceptors of an architecture, with those in the region or all that its members own."""

    architecture: str
    which: Which


@dataclass(frozen=True)
class Asked:
    """Figures wanted beside the verdict: speeds needed at commits, latest commits at speeds, by caps.

    Caps that count from the interceptor's burnout are longer by its burn, counted from its launch.
    """

    commits_s: tuple[float, ...] = ()
    commits_from: Literal["launch", "burnout"] = "launch"
    speeds_km_s: tuple[float, ...] = ()
    caps_s: tuple[float, ...] = ()
    caps_from: Literal["launch", "burnout"] = "launch"


@dataclass(frozen=True)
class StatedOperands:
    """What a reader states: one interceptor kind at one or more places against flights of the other party.

    ``launch`` areas hold the ids of ``models``, or of ``profiles`` where burnout alone is stated. ``lofts``
    are offsets (degrees of flight-path angle at burnout) from minimum energy. ``assumed`` says each value
    that the reader left to the facts or to a class, as a sentence.
    """

    id: str
    title: str
    owner: str
    """The party whose interceptor it is; the other's deterrent is protected."""
    interceptor: str
    figures: tuple[StatedFigures, ...]
    places: tuple[StatedPlace, ...]
    launch: tuple[LaunchArea, ...]
    aim: tuple[End, ...]
    models: dict[str, MissileModel]
    profiles: tuple[BurnoutProfile, ...]
    lofts: tuple[tuple[str, float], ...]
    commit: StatedCommit | None
    elevation_deg: Range | None = None
    """Flight-path angle at which the speed is quoted; None = not stated, taken in any direction alike."""
    meetings_before_burnout: bool = False
    number: int | None = None
    shots_each: int = 1
    also_counted: AlsoCounted | None = None
    """Interceptors that count beside these; None = these alone."""
    declared_warheads: int | None = None
    surviving_warheads: tuple[int, ...] = ()
    asked: Asked = Asked()
    assumed: tuple[str, ...] = ()
    stands: tuple[str | None, int | None, int | None] = (None, None, None)
    """File, line and column of the missile in it (or of the launch areas), for what is refused once flown."""
